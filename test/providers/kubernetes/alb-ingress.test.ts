// Ingresses of the AWS Load Balancer Controller → endpoints: on real plans; what no provider plans is made by hand.

import { describe, expect, test } from "vitest";
import { inventoryOf } from "../../../src/facts/collect.ts";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { securityPolicies } from "../../../src/providers/aws/load-balancer-values.ts";
import { backendProtocols, redirectProtocols } from "../../../src/providers/kubernetes/alb-values.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { only } from "../../support/distribution.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { fixture, outcomes } from "../../support/plans.ts";
import { said, saidBy } from "../../support/said.ts";
import {
  type Changes,
  certificateNames,
  endpointsAt,
  fuzzObjects,
  hsts,
  manifest,
  plainHttp,
  some,
  tls,
  typed,
  word,
} from "./made-objects.ts";

const address = "kubernetes_ingress_v1.made";
const annotation = (name: string) => `alb.ingress.kubernetes.io/${name}`;
const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const strong = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
const both = '[{"HTTP": 80}, {"HTTPS": 443}]';

const path = (name: string, port: JsonObject = { number: 80 }, pattern = "/") => ({
  path: pattern,
  path_type: "Prefix",
  backend: [{ service: [{ name, port: [port] }] }],
});
const action = { name: "use-annotation" };
const rule = (...paths: JsonObject[]) => [{ host: "shop.example.com", http: [{ path: paths }] }];
const spec = { ingress_class_name: "alb", rule: rule(path("shop")) };

const ingress = (annotations: JsonObject, more: JsonObject = {}, others: Changes = {}): Endpoint =>
  only(endpointsAt({ ...others, [address]: typed(named(annotations), { ...spec, ...more }) }, address));

const named = <T>(annotations: { readonly [name: string]: T }): { readonly [name: string]: T } =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [annotation(name), value]));

test("of the real plans", () => {
  const of = (name: string) =>
    only(
      inventoryOf(fixture(name), "after", adapters).endpoints.filter(
        (one) => one.address === "kubernetes_ingress_v1.alb",
      ),
    );
  const [good, bad] = [of("kubernetes-good"), of("kubernetes-bad")];
  expect([tls(good), plainHttp(good), said(good.certificate)]).toEqual([
    ["TLS 1.2", true, false],
    { "*": "redirected" },
    "own",
  ]);
  expect([tls(bad), plainHttp(bad), said(bad.certificate)]).toEqual([
    ["TLS 1.0", false, false],
    { "*": "served" },
    "missing",
  ]);
  expect(outcomes("kubernetes-good", "certificate-covers-domains")["kubernetes_ingress_v1.alb"]).toBe("unknown");
});

describe("listeners", () => {
  const sound = { "certificate-arn": arn, "listen-ports": both, "ssl-redirect": "443" };

  test.each<[string, JsonObject, unknown]>([
    ["redirects", sound, "redirected"],
    ["serves without a redirect", { ...sound, "ssl-redirect": null }, "served"],
    ["refuses plain HTTP where it listens to none", { ...sound, "listen-ports": '[{"HTTPS": 443}]' }, "refused"],
    ["has HTTPS alone by default with a certificate", { "certificate-arn": arn }, "refused"],
    ["has plain HTTP alone by default without one", {}, "served"],
    [
      "cannot redirect to a port that is not there",
      { ...sound, "ssl-redirect": "8443" },
      "? listen-ports has no HTTPS port of that number",
    ],
    [
      "not recognised",
      { ...sound, "listen-ports": '[{"TCP": 80}]' },
      '? "[{\\"TCP\\": 80}]" is not a value that tlsgate recognises',
    ],
    ["no JSON", { ...sound, "listen-ports": "80" }, '? "80" is not a value that tlsgate recognises'],
    ["none", { ...sound, "listen-ports": "[]" }, '? "[]" is not a value that tlsgate recognises'],
  ])("%s", (_, annotations, expected) => expect(plainHttp(ingress(annotations))).toEqual({ "*": expected }));

  test("a redirect of another Ingress of the group is one of this", () => {
    const group = { ...sound, "group.name": "shop", "ssl-redirect": null };
    const other = (name: string) => ({
      "kubernetes_ingress_v1.other": typed(named({ "group.name": name, "ssl-redirect": "443" }), spec),
    });
    expect(plainHttp(ingress(group, {}, other("shop")))).toEqual({ "*": "redirected" });
    const open = "? an Ingress of its group that this plan does not hold may redirect";
    expect(plainHttp(ingress(group, {}, other("blog")))).toEqual({ "*": open });
  });

  test("the class's own parameters may decide", () => {
    const params = {
      "kubernetes_manifest.params": manifest("elbv2.k8s.aws/v1beta1", "IngressClassParams", { sslRedirectPort: "443" }),
    };
    const { routes, certificate } = ingress({ "listen-ports": both }, {}, params);
    const open = "? kubernetes_manifest.params may decide";
    expect([said(only(routes).plainHttp), said(certificate)]).toEqual([open, open]);
  });

  test("plain HTTP alone: its hosts have no certificate, and nothing is said of TLS", () => {
    const { certificate, minimumTls, upstreams } = ingress({});
    expect([said(certificate), certificate?.place.at, minimumTls, upstreams]).toEqual([
      "missing",
      `metadata[0].annotations["${annotation("listen-ports")}"]`,
      undefined,
      [],
    ]);
    expect(ingress({}, { rule: [] }).certificate).toBeUndefined();
  });
});

describe("actions", () => {
  const treatment = (json: unknown, ...paths: JsonObject[]) =>
    plainHttp(
      ingress(
        { "listen-ports": both, "actions.go": typeof json === "string" ? json : JSON.stringify(json) },
        { rule: rule(...(paths.length > 0 ? paths : [path("go", action)])) },
      ),
    );
  const redirect = (redirectConfig: JsonObject) => ({ type: "redirect", redirectConfig });

  test.each(Object.entries(redirectProtocols))("a redirect to %s", (protocol, expected) => {
    expect(treatment(redirect({ protocol }))).toEqual({ [expected === "redirected" ? "*" : "/"]: expected });
    expect(treatment({ Type: "redirect", RedirectConfig: { Protocol: protocol } })).toEqual(
      treatment(redirect({ protocol })),
    );
  });

  test.each<[string, unknown, unknown]>([
    ["a redirect as it came", redirect({}), "served"],
    ["an answer", { type: "fixed-response", fixedResponseConfig: { statusCode: "200" } }, "served"],
    ["a refusal", { type: "fixed-response", fixedResponseConfig: { statusCode: "403" } }, "refused"],
    ["a forward", { type: "forward", targetGroupName: "shop" }, "served"],
    ["no JSON", "redirect", expect.stringMatching(/not a value that tlsgate recognises/)],
    ["something new", { type: "teleport" }, expect.stringMatching(/not a value that tlsgate recognises/)],
    ["another protocol", redirect({ protocol: "https" }), expect.stringMatching(/not a value that tlsgate recognises/)],
  ])("%s", (_, json, expected) => expect(treatment(json)).toEqual({ "/": expected }));

  test("one for a path of its own leaves the others as they are", () => {
    const json = redirect({ protocol: "HTTPS" });
    expect(treatment(json, path("go", action, "/old"), path("shop"))).toEqual({ "*": "served", "/old": "redirected" });
    expect(treatment(json, path("go", action, "/*"), path("shop"))).toEqual({ "*": "redirected" });
  });

  test("one on conditions redirects no other requests", () => {
    const annotations = {
      "listen-ports": both,
      "actions.go": JSON.stringify(redirect({ protocol: "HTTPS" })),
      "conditions.go": '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"A","values":["b"]}}]',
    };
    const made = ingress(annotations, { rule: rule(path("go", action, "/*"), path("shop")) });
    expect(plainHttp(made)).toEqual({ "*": "served", "/*": "redirected" });
  });

  test("one that is not there", () => {
    const { routes } = ingress({ "listen-ports": both }, { rule: rule(path("go", action)) });
    expect(routes.map((one) => said(one.plainHttp))).toEqual(["? there is no annotation of the action go"]);
  });
});

describe("TLS", () => {
  test.each(Object.entries(securityPolicies))("%s", (name, security) => {
    expect(tls(ingress({ "certificate-arn": arn, "ssl-policy": name }))).toEqual(saidBy(security));
  });

  test("by default, and of a name that is not known", () => {
    expect(tls(ingress({ "certificate-arn": arn }))).toEqual(["TLS 1.0", false, false]);
    const newer = ingress({ "certificate-arn": arn, "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2099-01" });
    expect(tls(newer)[0]).toMatch(
      /is not a value that tlsgate recognises; its name suggests TLS 1.2 with forward secrecy$/,
    );
  });
});

describe("HSTS", () => {
  const sent = (attributes: string, ports = '[{"HTTPS": 443}]', port = 443) =>
    hsts(ingress({ "listen-ports": ports, [`listener-attributes.HTTPS-${port}`]: attributes }));
  const attribute = "routing.http.response.strict_transport_security.header_value";

  const ofApplication = "? the application sends the Strict-Transport-Security header or not, outside the plan";

  test.each<[string, unknown[]]>([
    [`${attribute}=max-age=31536000; includeSubDomains; preload`, [31_536_000, true, true]],
    [`routing.http.response.server.enabled=false,${attribute}=max-age=60`, [60, false, false]],
    [`${attribute}=nonsense`, [0, false, false]],
    [`${attribute}=`, [0, false, false]],
    ["routing.http.response.server.enabled=false", Array(3).fill(ofApplication)],
    [`x=a\\,${attribute}=max-age=60`, Array(3).fill(ofApplication)],
  ])("%s", (attributes, expected) => expect(sent(attributes)).toEqual(expected));

  test("of the listener's own port", () => {
    expect(sent(`${attribute}=max-age=60`, '[{"HTTPS": 8443}]', 8443)[0]).toBe(60);
    expect(sent(`${attribute}=max-age=60`, '[{"HTTPS": 8443}]')[0]).toBe(ofApplication);
  });

  test("the weakest of two listeners", () => {
    const listeners = '[{"HTTPS": 443}, {"HTTPS": 8443}]';
    expect(sent(`${attribute}=max-age=31536000`, listeners)[0]).toBe(ofApplication);
  });

  test("the application's by default, and what is to be set", () => {
    const { routes } = ingress({ "certificate-arn": arn });
    expect(only(routes).hsts?.maxAge).toMatchObject({
      kind: "outside",
      remedy: { value: `${attribute}=max-age=31536000` },
    });
  });
});

describe("certificates", () => {
  test("each ARN of the list", () => {
    const { certificates } = ingress({ "certificate-arn": `${arn}, ${arn.replace("1111", "9999")}` });
    expect(certificates.map(({ certificate }) => certificate.names.map(said))).toEqual(
      Array(2).fill(["? the certificate is defined outside this plan"]),
    );
  });

  test("of this plan, by its ARN or by reference", () => {
    const own = { "aws_acm_certificate.own": { after: { arn, domain_name: "shop.example.com" } } };
    const shop = ingress({ "certificate-arn": `${arn.replace("1111", "9999")},${arn}` }, {}, own);
    expect(certificateNames(shop)[1]).toEqual(["shop.example.com"]);
    const changes = {
      "aws_acm_certificate.own": { after: { domain_name: "shop.example.com" }, after_unknown: { arn: true } },
      [address]: {
        ...typed(named({ "listen-ports": both }), spec),
        after_unknown: { metadata: [{ annotations: named({ "certificate-arn": true }) }] },
      },
    };
    const resources = [
      configured(address, { metadata: [{ annotations: refersTo("aws_acm_certificate.own.arn") }] }),
      configured("aws_acm_certificate.own"),
    ];
    const [made] = inventoryOf(plan({ changes, root: { resources } }), "after", adapters).endpoints;
    const use = made?.certificates[0];
    expect([said(made?.certificate), use?.certificate.address, use?.region]).toEqual([
      "own",
      "aws_acm_certificate.own",
      undefined,
    ]);
    expect(use?.ready?.place.at).toBe(`metadata[0].annotations["${annotation("certificate-arn")}"]`);
  });

  test("looked for in ACM by the hosts; without any there is none", () => {
    expect(said(ingress({ "listen-ports": both }).certificate)).toBe(
      "? the controller looks in ACM for a certificate of the hosts",
    );
    expect(said(ingress({ "listen-ports": both }, { rule: [] }).certificate)).toBe("missing");
  });
});

describe("an SSL policy of the class", () => {
  const params = (name: string): Changes => ({
    "kubernetes_manifest.params": manifest(
      "elbv2.k8s.aws/v1beta1",
      "IngressClassParams",
      { sslPolicy: "ELBSecurityPolicy-2016-08" },
      { name },
    ),
    "kubernetes_ingress_class_v1.alb": {
      after: {
        metadata: [{ name: "alb" }],
        spec: [{ controller: "ingress.k8s.aws/alb", parameters: [{ kind: "IngressClassParams", name: "own" }] }],
      },
    },
  });
  const made = (name: string) =>
    ingress({ "certificate-arn": arn, "listen-ports": both, "ssl-policy": strong }, {}, params(name));

  test("decides over the annotation", () => {
    expect(tls(made("own"))).toEqual(["TLS 1.0", false, false]);
    expect(made("own").minimumTls?.place).toEqual({
      address: "kubernetes_manifest.params",
      at: "manifest.spec.sslPolicy",
    });
  });

  test("may decide where the plan does not tell whose it is", () => {
    expect(tls(made("other"))[0]).toBe("? kubernetes_manifest.params may decide");
  });
});

test("without listen-ports the certificates of the class may decide", () => {
  const params = { "kubernetes_manifest.params": manifest("elbv2.k8s.aws/v1beta1", "IngressClassParams", {}) };
  expect(plainHttp(ingress({}, {}, params))).toEqual({ "*": "? kubernetes_manifest.params may decide" });
});

test("the annotation of a Service decides over that of the Ingress", () => {
  const service = {
    "kubernetes_service_v1.shop": typed(named({ "backend-protocol": "HTTP" }), {}, { name: "shop" }),
  };
  const { upstreams } = ingress({ "certificate-arn": arn, "backend-protocol": "HTTPS" }, {}, service);
  expect(only(upstreams).protocol).toMatchObject({ value: "http", place: { address: "kubernetes_service_v1.shop" } });
});

test.each(Object.entries(backendProtocols))("targets speak %s", (name, expected) => {
  const { upstreams } = ingress({ "certificate-arn": arn, "backend-protocol": name });
  expect([only(upstreams).name, said(only(upstreams).protocol)]).toEqual(["shop", expected]);
});

test("targets speak plain HTTP by default", () => {
  expect(said(only(ingress({ "certificate-arn": arn }).upstreams).protocol)).toBe("http");
});

describe("values at random", () => {
  fuzzObjects({
    make: (source) => {
      const annotations = some(source, {
        [annotation("listen-ports")]: () =>
          word(source, both, '[{"HTTPS":443}]', '[{"HTTP":80}]', "[null]", '{"HTTP":80}'),
        [annotation("certificate-arn")]: () => word(source, arn),
        [annotation("ssl-redirect")]: () => word(source, "443"),
        [annotation("ssl-policy")]: () => word(source, strong, "ELBSecurityPolicy-2016-08"),
        [annotation("backend-protocol")]: () => word(source, "HTTP", "HTTPS"),
        [annotation("actions.go")]: () =>
          word(source, '{"type":"redirect","redirectConfig":{"protocol":"HTTPS"}}', '{"type":null}'),
        [annotation("listener-attributes.HTTPS-443")]: () =>
          word(source, "routing.http.response.strict_transport_security.header_value=max-age=31536000"),
      });
      const rules = source.chance(0.5) ? rule(path("shop")) : rule(path("go", action));
      return {
        [address]: { metadata: [{ name: "made", annotations }], spec: [{ ingress_class_name: "alb", rule: rules }] },
      };
    },
    passing: {
      "ats-connection": (value, { at }) =>
        !value || /^ELBSecurityPolicy-/.test(String(value)) || /listen-ports/.test(at),
      "https-only": (value, { at }) =>
        value === "443" || /HTTPS/.test(String(value)) || (!value && /listen-ports/.test(at)),
      "certificate-present": (value) => typeof value === "string" && value !== "",
      "minimum-tls-1-2": (value) => value === strong,
      "forward-secrecy": (value) => value === strong,
      "strong-ciphers": (value) => value === strong,
      "hsts-enabled": (value) => /max-age=31536000$/.test(String(value)),
      "private-hop-https": (value) => value === "HTTPS",
    },
  });
});
