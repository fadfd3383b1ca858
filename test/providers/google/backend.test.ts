// Backends: the hop to them, and what is judged of one that nothing in the plan leads to.

import { describe, expect, test } from "vitest";
import { answersHttp, backendProtocols, schemesWithProxy } from "../../../src/providers/google/backend-values.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const map = "google_compute_url_map.made";
const proxy = "google_compute_target_https_proxy.made";
const app = "google_compute_backend_service.app";
const bucket = "google_compute_backend_bucket.files";

/** Upstreams of an HTTPS proxy whose URL map leads to a backend service. */
const upstreams = (service: Values, more: { readonly [address: string]: Values } = {}) =>
  at(
    endpointsOf(
      creating({
        "terraform_data.late": {},
        ...more,
        [app]: service,
        [map]: { default_service: ref(`${app}.id`) },
        [proxy]: { url_map: ref(`${map}.id`) },
      }),
    ),
    proxy,
  ).upstreams;

describe("the protocol", () => {
  test.each([
    ["HTTP", "http"],
    ["HTTPS", "https"],
    ["HTTP2", "https"],
    ["H2C", "http"],
    ["SSL", "https"],
    ["TCP", "http"],
    [null, "http"],
    ["GRPC", '? "GRPC" is not a value that tlsgate recognises'],
    ["https", '? "https" is not a value that tlsgate recognises'],
    ["toString", '? "toString" is not a value that tlsgate recognises'],
  ])("%s: %s", (protocol, expected) => {
    expect(upstreams({ protocol }).map((one) => said(one.protocol))).toEqual([expected]);
  });

  test("there are no others in the table", () => expect(Object.keys(backendProtocols)).toHaveLength(6));

  test("known after apply", () => {
    const [late] = upstreams({ protocol: ref("terraform_data.late.output") });
    expect(said(late?.protocol)).toBe("? known after apply, from terraform_data.late.output");
  });

  test("the finding and the remedy stand at the backend", () => {
    const [one] = upstreams({ protocol: "HTTP" });
    expect(one).toMatchObject({
      name: app,
      routes: ["*"],
      protocol: {
        place: { address: app, at: "protocol" },
        remedy: { address: app, attribute: "protocol", value: "HTTPS" },
      },
    });
    expect(one?.certificate).toBeUndefined();
  });
});

describe("a serverless backend", () => {
  const neg = "google_compute_region_network_endpoint_group.run";
  const backend = [{ group: ref(`${neg}.id`) }];
  const run = "google_cloud_run_v2_service.web";
  const cause = "? its backend is serverless, and Google does not say what the protocol means to that";

  test.each<[string, Values, Values, unknown]>([
    ["plain HTTP says nothing", {}, { protocol: "HTTP" }, cause],
    ["nor does nothing", { network_endpoint_type: "SERVERLESS" }, {}, cause],
    ["HTTPS is HTTPS", {}, { protocol: "HTTPS" }, "https"],
    ["another kind of group is none", { network_endpoint_type: "INTERNET_FQDN_PORT" }, { protocol: "HTTP" }, "http"],
  ])("%s", (_, group, service, expected) => {
    const [one] = upstreams({ backend, ...service }, { [neg]: group });
    expect(said(one?.protocol)).toBe(expected);
  });

  test.each([
    ["google_cloud_run_v2_service.web", { cloud_run: [{ service: "web" }] }],
    ["google_cloud_run_service.web", { cloud_run: [{ service: "web" }] }],
    ["google_cloudfunctions2_function.web", { cloud_run: [{ service: "web" }] }],
    ["google_cloudfunctions_function.web", { cloud_function: [{ function: "web" }] }],
  ])("%s is the endpoint behind the endpoint, where this plan makes it", (address, group) => {
    const [one] = upstreams({ backend }, { [neg]: group, [address]: { name: "web" } });
    expect(one?.endpoint).toBe(address);
    const [mask] = upstreams(
      { backend },
      { [neg]: { cloud_run: [{ url_mask: "<service>" }] }, [address]: { name: "web" } },
    );
    expect(mask?.endpoint).toBeUndefined();
  });

  test("backends are a set: the plan orders them as it likes", () => {
    const group = "projects/p/zones/z/instanceGroups/g";
    const changes = {
      [run]: { after: { name: "web" } },
      [neg]: { after: { cloud_run: [{ service: "web" }] }, after_unknown: { id: true } },
      [app]: {
        after: { id: "app", protocol: "HTTPS", backend: [{ group }, {}] },
        after_unknown: { backend: [{}, { group: true }] },
      },
      [map]: { after: { id: "map", default_service: "app" } },
      [proxy]: { after: { url_map: "map" } },
    };
    const written = { backend: [{ group: refersTo(`${neg}.id`) }, { group: { constant_value: group } }] };
    const resources = [configured(neg), configured(app, written), configured(run), configured(map), configured(proxy)];
    const [one] = at(endpointsOf(plan({ changes, root: { resources } })), proxy).upstreams;
    expect(one?.endpoint).toBe(run);
  });

  test("two groups leave it open which it is", () => {
    const other = "google_compute_region_network_endpoint_group.other";
    const both = [{ group: ref(`${neg}.id`) }, { group: ref(`${other}.id`) }];
    const groups = { [neg]: { cloud_run: [{ service: ref(`${run}.name`) }] }, [other]: {}, [run]: {} };
    expect(upstreams({ backend: both }, groups)[0]?.endpoint).toBeUndefined();
  });
});

test("a certificate is verified where the settings say how", () => {
  const settings = (tls_settings: Values[]) => said(upstreams({ protocol: "HTTPS", tls_settings })[0]?.certificate);
  expect(settings([{ authentication_config: "//networksecurity/a" }])).toBe("verified");
  expect(settings([{ sni: "app.internal" }])).toBeUndefined();
  expect(settings([])).toBeUndefined();
});

describe("where a route leads", () => {
  const only = (default_service: unknown, more: { readonly [address: string]: Values } = {}) =>
    at(
      endpointsOf(creating({ ...more, [map]: { default_service }, [proxy]: { url_map: ref(`${map}.id`) } })),
      proxy,
    ).upstreams.map(({ name, protocol }) => [name, said(protocol)]);

  test("to a bucket is no hop that a setting could change", () => {
    expect(only(ref(`${bucket}.id`), { [bucket]: {} })).toEqual([]);
    expect(only("projects/p/global/backendBuckets/files")).toEqual([]);
  });

  test("outside the plan", () => {
    expect(only("projects/p/global/backendServices/other")).toEqual([
      ["other", "? the backend service is defined outside this plan"],
    ]);
  });

  test("to one of two: what both say is known", () => {
    const other = "google_compute_backend_service.other";
    const either = ref(`${app}.id`, `${other}.id`);
    expect(only(either, { [app]: { protocol: "HTTPS" }, [other]: { protocol: "HTTP2" } })).toEqual([
      [`${app} or ${other}`, "https"],
    ]);
    expect(only(either, { [app]: { protocol: "HTTPS" }, [other]: {} })).toEqual([
      [`${app} or ${other}`, `? the plan does not tell which it is of ${app}, ${other}`],
    ]);
  });

  test("two routes to one backend are one upstream", () => {
    const values = {
      default_service: ref(`${app}.id`),
      path_matcher: [{ name: "m", default_service: ref(`${app}.id`) }],
    };
    const made = creating({ [app]: {}, [map]: values, [proxy]: { url_map: ref(`${map}.id`) } });
    const found = at(endpointsOf(made), proxy).upstreams;
    expect(found.map(({ name, routes }) => [name, routes])).toEqual([[app, ["*", "/*"]]]);
  });

  test("a backend that a map leads to is not judged alone", () => {
    const made = creating({ [app]: {}, [map]: { default_service: ref(`${app}.id`) } });
    expect(endpointsOf(made).has(app)).toBe(false);
    for (const type of ["target_ssl_proxy", "target_tcp_proxy", "region_target_tcp_proxy", "forwarding_rule"]) {
      const user = { [`google_compute_${type}.made`]: { backend_service: ref(`${app}.id`) } };
      expect(endpointsOf(creating({ [app]: {}, ...user })).has(app), type).toBe(false);
    }
  });
});

describe("a backend that nothing in the plan leads to", () => {
  const alone = (address: string, values: Values) => endpointsOf(creating({ [address]: values })).get(address);

  test("is judged by what it says itself", () => {
    const real = endpointsOf("google-bad-weak");
    const service = at(real, "google_compute_backend_service.http");
    expect(service).toMatchObject({ kind: "backend service", names: [], certificates: [] });
    expect(service.routes.map(({ path, plainHttp, hsts }) => [path, plainHttp, said(hsts?.maxAge)])).toEqual([
      ["*", undefined, 300],
    ]);
    expect(service.upstreams.map(({ protocol }) => said(protocol))).toEqual(["http"]);
    const files = at(real, "google_compute_backend_bucket.nohsts");
    expect([files.kind, said(files.routes[0]?.hsts?.maxAge), files.upstreams]).toEqual(["backend bucket", 0, []]);
  });

  test.each(Object.entries(answersHttp))("with the protocol %s answers HTTP: %s", (protocol, expected) => {
    expect(alone(app, { protocol }) !== undefined).toBe(expected);
  });

  test.each(Object.entries(schemesWithProxy))("of the scheme %s stands behind a proxy: %s", (scheme, expected) => {
    expect(alone(app, { load_balancing_scheme: scheme }) !== undefined).toBe(expected);
  });

  test("which protocols carry bytes, and which schemes have no proxy", () => {
    const no = (table: { readonly [name: string]: boolean }) => Object.keys(table).filter((name) => !table[name]);
    expect(no(answersHttp)).toEqual(["SSL", "TCP", "UDP", "UNSPECIFIED", "GRPC"]);
    expect(no(schemesWithProxy)).toEqual(["INTERNAL", "INTERNAL_SELF_MANAGED"]);
    expect([Object.keys(answersHttp).length, Object.keys(schemesWithProxy).length]).toEqual([9, 5]);
  });

  test("of a region stands behind none by default", () => {
    const regional = "google_compute_region_backend_service.app";
    expect(alone(regional, { protocol: "HTTP" })).toBeUndefined();
    expect(alone(regional, { protocol: "HTTP", load_balancing_scheme: "EXTERNAL_MANAGED" })).toBeDefined();
    expect(alone(app, {})).toBeDefined();
  });
});
