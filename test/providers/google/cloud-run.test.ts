// Cloud Run: services, functions of the second generation and domain mappings.

import { describe, expect, test } from "vitest";
import { certificateModes, throughBalancer } from "../../../src/providers/google/cloud-run-values.ts";
import { fuzz } from "../../support/fuzz.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const service = "google_cloud_run_v2_service.made";
const mapping = "google_cloud_run_domain_mapping.made";

const endpoint = (address: string, values: Values) =>
  endpointsOf(creating({ "terraform_data.late": {}, [address]: values })).get(address);

const header = "? the container sends the Strict-Transport-Security header or not, outside the plan";
const untold =
  "? Google does not say which TLS versions and cipher suites Cloud Run takes; of a load balancer before it an SSL policy decides";
const late = "? known after apply, from terraform_data.late.output";

describe("a service", () => {
  test.each([
    ["google_cloud_run_service.made", "Cloud Run service"],
    [service, "Cloud Run service"],
    ["google_cloudfunctions2_function.made", "Cloud Run function"],
  ])("%s redirects plain HTTP, under Google's own name", (address, kind) => {
    const made = endpoint(address, {});
    expect(made).toMatchObject({ kind, names: [], certificates: [], upstreams: [] });
    expect(said(made?.certificate)).toBe("provider");
    expect([said(made?.minimumTls), said(made?.forwardSecrecy), said(made?.aeadOnly)]).toEqual([
      untold,
      untold,
      untold,
    ]);
    expect(made?.routes.map(({ path, plainHttp, hsts }) => [path, said(plainHttp), said(hsts?.maxAge)])).toEqual([
      ["*", "redirected", header],
    ]);
  });

  test.each(Object.entries(throughBalancer))("ingress %s: only behind a load balancer %s", (name, expected) => {
    const given: readonly [string, Values][] = [
      ["google_cloud_run_service.made", { metadata: [{ annotations: { "run.googleapis.com/ingress": name } }] }],
      [service, { ingress: name }],
      ["google_cloudfunctions2_function.made", { service_config: [{ ingress_settings: name }] }],
    ];
    for (const [address, values] of given)
      expect(endpoint(address, values)?.routes[0]?.hsts === undefined, address).toBe(expected);
  });

  test("which ingress leaves its answers to a load balancer", () => {
    expect(Object.keys(throughBalancer).filter((name) => throughBalancer[name])).toEqual([
      "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
      "internal-and-cloud-load-balancing",
      "ALLOW_INTERNAL_AND_GCLB",
    ]);
    expect(endpoint(service, { ingress: ref("terraform_data.late.output") })?.routes[0]?.hsts).toBeDefined();
    expect(endpoint(service, { metadata: [{ annotations: null }] })?.routes[0]?.hsts).toBeDefined();
  });

  test("without its default name is no endpoint", () => {
    expect(endpoint(service, { default_uri_disabled: true })).toBeUndefined();
    expect(endpoint(service, { default_uri_disabled: false })).toBeDefined();
    expect(endpoint(service, { default_uri_disabled: ref("terraform_data.late.output") })).toBeDefined();
  });

  test("of real plans", () => {
    const good = at(endpointsOf("google-good"), "google_cloud_run_v2_service.api");
    expect(good.routes.map(({ plainHttp, hsts }) => [said(plainHttp), hsts])).toEqual([["redirected", undefined]]);
    const open = at(endpointsOf("google-bad-weak"), "google_cloud_run_v2_service.api");
    expect(said(open.routes[0]?.hsts?.preload)).toBe(header);
  });
});

describe("a domain mapping", () => {
  const mapped = (spec: Values[]) => {
    const made = endpoint(mapping, { name: "api.example.com", spec });
    return [said(made?.certificate), said(made?.routes[0]?.plainHttp), said(made?.routes[0]?.hsts?.maxAge)];
  };
  const without = "? Google does not say what plain HTTP gets on a domain without a certificate";
  const unrecognised = '? "MANUAL" is not a value that tlsgate recognises';

  test.each<[string, Values[], unknown[]]>([
    ["AUTOMATIC", [{ certificate_mode: "AUTOMATIC" }], ["own", "redirected", header]],
    ["left out", [{}], ["own", "redirected", header]],
    ["without a spec", [], ["own", "redirected", header]],
    ["NONE", [{ certificate_mode: "NONE" }], ["missing", without, undefined]],
    ["known after apply", [{ certificate_mode: ref("terraform_data.late.output") }], [late, late, header]],
    ["another", [{ certificate_mode: "MANUAL" }], [unrecognised, unrecognised, header]],
  ])("%s", (_, spec, expected) => expect(mapped(spec)).toEqual(expected));

  test("there are no other modes", () => expect(Object.keys(certificateModes)).toEqual(["AUTOMATIC", "NONE"]));

  test("has a name of its owner's, and a remedy", () => {
    const made = at(endpointsOf("google-bad-weak"), "google_cloud_run_domain_mapping.api");
    expect([made.kind, made.names.map(said)]).toEqual(["Cloud Run domain mapping", ["api.legacy.example.com"]]);
    const attribute = "spec[0].certificate_mode";
    expect(made.certificate).toMatchObject({
      place: { address: made.address, at: attribute },
      remedy: { address: made.address, attribute, value: "AUTOMATIC" },
    });
  });
});

describe("random domain mappings and services", () => {
  fuzz({
    resources: {
      [mapping]: { name: "text", spec: [{ certificate_mode: "text", route_name: "text" }] },
      [service]: { name: "text", ingress: "text", default_uri_disabled: "flag", metadata: [{ annotations: "text" }] },
    },
    words: ["AUTOMATIC", "NONE", "", "automatic", "toString", "INGRESS_TRAFFIC_ALL"],
    passing: {
      // A service always redirects, and Google gives it a certificate.
      "https-only": (value) => typeof value === "object",
      "certificate-present": (value) =>
        (typeof value === "object" && value !== null) || [null, undefined, "", "AUTOMATIC"].includes(value as string),
    },
  });
});
