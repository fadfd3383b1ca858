// Which controller an Ingress is for, and what holds for an Ingress of any.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { controllerOf } from "../../../src/providers/kubernetes/ingress-class.ts";
import {
  annotationPrefixes,
  controllers,
  ingressClasses,
  usualAnnotations,
} from "../../../src/providers/kubernetes/ingress-values.ts";
import { objectOfKind } from "../../../src/providers/kubernetes/object.ts";
import { only } from "../../support/distribution.ts";
import { resource, viewAfter } from "../../support/made.ts";
import { said } from "../../support/said.ts";
import {
  type Changes,
  certificateNames,
  endpointsAt,
  manifest,
  plainHttp,
  planOf,
  tls,
  typed,
} from "./made-objects.ts";

const address = "kubernetes_ingress_v1.made";
const rule = [{ host: "shop.example.com", http: [{ path: [{ backend: [{ service: [{ name: "shop" }] }] }] }] }];
const secured = [{ hosts: ["shop.example.com"], secret_name: "shop-tls" }];

function controller(
  annotations: JsonObject,
  ingress_class_name: string | null,
  others: Changes = {},
  unknown?: { readonly [name: string]: boolean },
) {
  const after_unknown = unknown ? { metadata: [{ annotations: unknown }] } : {};
  const changes = { [address]: { ...typed(annotations, { ingress_class_name }), after_unknown }, ...others };
  const ingress = objectOfKind(resource(viewAfter(planOf(changes)), address), "Ingress", "networking.k8s.io");
  return ingress && controllerOf(ingress);
}

describe("the controller", () => {
  test.each(Object.entries(ingressClasses))("of the class %s is %s", (name, expected) => {
    expect(controller({}, name)).toBe(expected);
    expect(controller({ "kubernetes.io/ingress.class": name }, null)).toBe(expected);
  });

  test.each(Object.entries(annotationPrefixes))("that annotations of %s are for is %s", (name, expected) => {
    const annotation = name.includes("/") ? name : `${name}/something`;
    expect(controller({ [annotation]: "true" }, "internal")).toBe(expected);
    expect(controller({ [annotation]: "true" }, null)).toBe(expected);
  });

  test.each(Object.entries(usualAnnotations))(
    "is seen by %s where another annotation is not known yet",
    (name, expected) => {
      expect(controller({ [name]: "true" }, null, {}, { "example.com/late": true })).toBe(expected);
      expect(controller({}, null, {}, { [name]: true })).toBe(expected);
    },
  );

  test.each(Object.entries(controllers))("of an IngressClass of this plan: %s is %s", (name, expected) => {
    const own = { after: { metadata: [{ name: "internal" }], spec: [{ controller: name }] } };
    expect(controller({}, "internal", { "kubernetes_ingress_class_v1.own": own })).toBe(expected);
    const other = { after: { metadata: [{ name: "nginx" }], spec: [{ controller: "nginx.org/ingress-controller" }] } };
    expect(controller({}, "nginx", { "kubernetes_ingress_class.own": other })).toBe("other");
  });

  test("a class called nginx may be another nginx", () => {
    expect(controller({ "nginx.org/redirect-to-https": "true" }, "nginx")).toBe("other");
  });

  test("the annotation comes before the field; of two kinds of annotations none decides", () => {
    expect(controller({ "kubernetes.io/ingress.class": "alb" }, "nginx")).toBe("alb");
    const both = { "nginx.ingress.kubernetes.io/ssl-redirect": "true", "alb.ingress.kubernetes.io/scheme": "internal" };
    expect(controller(both, null)).toBe("other");
    expect(controller({}, "constructor")).toBe("other");
    expect(controller({}, "nginx", {}, { "kubernetes.io/ingress.class": true })).toBe("nginx");
  });
});

describe("of an unknown controller", () => {
  const endpoints = (annotations: JsonObject, spec: JsonObject) =>
    endpointsAt({ [address]: typed(annotations, { ingress_class_name: "internal", rule, ...spec }) }, address);
  const open = '? that is for the controller of the class "internal" to decide';

  test("with tls: its certificate is judged, the rest is unknown", () => {
    const shop = only(endpoints({}, { tls: secured }));
    expect([said(shop.certificate), tls(shop), plainHttp(shop)]).toEqual(["own", [open, open, open], { "*": open }]);
    expect(only(shop.upstreams).name).toBe("shop");
    const [, rest] = endpoints({}, { tls: [{ hosts: ["other.example.com"], secret_name: "tls" }] });
    expect(rest && certificateNames(rest)).toEqual([["other.example.com"]]);
  });

  test("without: it is plain HTTP, unless an annotation may say otherwise", () => {
    const shop = only(endpoints({ "cert-manager.io/issuer": "ca", "kubernetes.io/description": "shop" }, {}));
    expect([said(shop.certificate), plainHttp(shop)]).toEqual(["missing", { "*": "served" }]);
    const other = only(endpoints({ "ingress.example.com/tls": "true" }, {}));
    expect([said(other.certificate), plainHttp(other)]).toEqual([open, { "*": open }]);
  });

  test("whose name is not known, or secret, or missing", () => {
    const cause = (change: JsonObject, more: JsonObject = {}) =>
      plainHttp(only(endpointsAt({ [address]: { ...typed({}, { tls: secured, ...change }), ...more } }, address)))["*"];
    expect(cause({ ingress_class_name: null })).toBe("? that is for its controller to decide");
    expect(cause({ ingress_class_name: "s3cret" }, { after_sensitive: { spec: [{ ingress_class_name: true }] } })).toBe(
      "? that is for its controller to decide",
    );
    expect(cause({}, { after_unknown: { spec: [{ ingress_class_name: true }] } })).toMatch(
      /^\? the plan does not tell its class: known after apply/,
    );
  });
});

test("a manifest says the same in the API's own words", () => {
  const own = "kubernetes_manifest.made";
  const paths = [{ path: "/", pathType: "Prefix", backend: { service: { name: "shop", port: { number: 80 } } } }];
  const spec = {
    ingressClassName: "nginx",
    tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }],
    rules: [{ host: "shop.example.com", http: { paths } }, { host: "admin.example.com" }],
  };
  const annotations = { "nginx.ingress.kubernetes.io/ssl-redirect": "false" };
  const changes = { [own]: manifest("networking.k8s.io/v1", "Ingress", spec, { annotations }) };
  const [shop, admin] = endpointsAt(changes, own);
  expect(shop?.names.map(said)).toEqual(["shop.example.com"]);
  expect([admin?.names[0]?.place.at, shop?.upstreams[0]?.name]).toEqual(["manifest.spec.rules[1].host", "shop"]);
  expect(shop?.routes[0]?.plainHttp).toMatchObject({
    value: "served",
    place: { at: 'manifest.metadata.annotations["nginx.ingress.kubernetes.io/ssl-redirect"]' },
  });
  const bare = { [own]: manifest("networking.k8s.io/v1", "Ingress", { ...spec, tls: null }) };
  expect(only(endpointsAt(bare, own)).certificate?.place.at).toBe("manifest.spec.tls");
  expect(endpointsAt({ [own]: manifest("example.com/v1", "Ingress", spec) }, own)).toEqual([]);
  expect(endpointsAt({ [own]: { after: {}, after_unknown: { manifest: true } } }, own)).toEqual([]);
});

test("an Ingress by the older name of its group", () => {
  const own = "kubernetes_manifest.made";
  const old = { [own]: manifest("extensions/v1beta1", "Ingress", { rules: [{ host: "shop.example.com" }] }) };
  expect(endpointsAt(old, own)[0]?.routes.map((one) => said(one.plainHttp))).toEqual(["served"]);
});
