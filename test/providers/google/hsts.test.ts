// HSTS behind a load balancer: from the backend's custom headers, through the header actions of the URL map.

import { describe, expect, test } from "vitest";
import { fuzz } from "../../support/fuzz.ts";
import { configured, plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const map = "google_compute_url_map.made";
const proxy = "google_compute_target_https_proxy.made";
const app = "google_compute_backend_service.app";
const bucket = "google_compute_backend_bucket.files";
const toApp = ref(`${app}.id`);
const toBucket = ref(`${bucket}.id`);
const year = 31_536_000;
const header = (value: string) => ({
  custom_response_headers: ["X-Frame-Options: DENY", `Strict-Transport-Security: ${value}`],
});

const adds = (header_value: unknown, more: Values = { replace: true }) => ({
  response_headers_to_add: [
    { header_name: "X-Other", header_value: "1", replace: true },
    { header_name: "strict-transport-security", header_value, ...more },
  ],
});
const removes = { response_headers_to_remove: ["Strict-Transport-Security"] };

const application = "? the application behind it sends the Strict-Transport-Security header or not, outside the plan";

const routesOf = (values: Values, more: { readonly [address: string]: Values } = {}) =>
  at(
    endpointsOf(
      creating({
        "terraform_data.late": {},
        [app]: {},
        [bucket]: {},
        ...more,
        [map]: values,
        [proxy]: { url_map: ref(`${map}.id`) },
      }),
    ),
    proxy,
  ).routes;

/** The max-age of each route. */
const ages = (values: Values, more = {}) => routesOf(values, more).map(({ hsts }) => said(hsts?.maxAge));

describe("by the backend", () => {
  test.each<[string, Values, Values, unknown]>([
    ["a service with the header", { default_service: toApp }, { [app]: header(`max-age=${year}`) }, year],
    ["a short one", { default_service: toApp }, { [app]: header("max-age=300") }, 300],
    ["a service without", { default_service: toApp }, {}, application],
    [
      "a service with other headers",
      { default_service: toApp },
      { [app]: { custom_response_headers: ["A: b"] } },
      application,
    ],
    ["a bucket without", { default_service: toBucket }, {}, 0],
    ["a bucket with the header", { default_service: toBucket }, { [bucket]: header(`max-age=${year}`) }, year],
    [
      "headers known after apply",
      { default_service: toApp },
      { [app]: { custom_response_headers: ref("terraform_data.late.output") } },
      "? known after apply, from terraform_data.late.output",
    ],
    [
      "one outside the plan",
      { default_service: "projects/p/global/backendServices/other" },
      {},
      "? the backend is defined outside this plan",
    ],
  ])("%s", (_, values, more, expected) => expect(ages(values, more)).toEqual([expected]));

  test("of two, what both say is known", () => {
    const other = "google_compute_backend_service.other";
    const either = { default_service: ref(`${app}.id`, `${other}.id`) };
    const two = (a: Values, b: Values, more: Values = {}) => ages({ ...either, ...more }, { [app]: a, [other]: b });
    const which = `? the plan does not tell which it is of ${app}, ${other}`;
    expect(two(header("max-age=1"), header("max-age=1"))).toEqual([1]);
    expect(two(header("max-age=1"), header("max-age=2"))).toEqual([which]);
    expect(two(header("max-age=1"), {})).toEqual([application]);
    expect(two({}, {})).toEqual([application]);
    // A header is appended after the one that an application may send, if only one of the two does.
    const appends = { header_action: [adds("max-age=3", {})] };
    expect(two(header("max-age=1"), header("max-age=1"), appends)).toEqual([3]);
    expect(two(header("max-age=1"), {}, appends)).toEqual([expect.stringMatching(/^\? the header is appended/)]);
  });

  test("the finding and the remedy stand at the backend, beside its other headers", () => {
    const [route] = routesOf({ default_service: toApp }, { [app]: header("max-age=300") });
    expect(route?.hsts?.maxAge).toMatchObject({
      place: { address: app, at: "custom_response_headers" },
      remedy: {
        address: app,
        attribute: "custom_response_headers",
        value: ["Strict-Transport-Security: max-age=31536000; includeSubDomains", "X-Frame-Options: DENY"],
      },
    });
    expect(route?.hsts?.preload.remedy?.value).toContain(
      "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload",
    );
    const [files] = routesOf({ default_service: toBucket });
    expect(files?.hsts?.maxAge).toMatchObject({ place: { address: bucket, at: "custom_response_headers" } });
  });

  test("every backend by weight counts", () => {
    const weighted = [{ backend_service: toApp }, { backend_service: ref("google_compute_backend_service.b.id") }];
    const values = { default_route_action: [{ weighted_backend_services: weighted }] };
    const more = { [app]: header("max-age=1"), "google_compute_backend_service.b": header("max-age=2") };
    expect(ages(values, more)).toEqual([1, 2]);
  });
});

test("by the backend of an internal load balancer, which takes it from the URL map alone", () => {
  const internal = { [app]: { load_balancing_scheme: "INTERNAL_MANAGED", ...header(`max-age=${year}`) } };
  const cause = "? internal load balancers take headers from header actions of a URL map alone";
  expect(ages({ default_service: toApp }, internal)).toEqual([cause]);
  expect(ages({ default_service: toApp, header_action: [adds("max-age=7")] }, internal)).toEqual([7]);
  const bare = { [app]: { load_balancing_scheme: "INTERNAL_MANAGED" } };
  expect(ages({ default_service: toApp }, bare)).toEqual([application]);
});

describe("by a header action before a classic load balancer", () => {
  const classic = { [app]: { load_balancing_scheme: "EXTERNAL" } };
  const cause = `? Google does not support header actions where load_balancing_scheme is EXTERNAL, as in ${app}`;
  const action = { header_action: [adds(`max-age=${year}`)] };

  test("is open, whatever it would do", () => {
    expect(ages({ default_service: toApp, ...action }, classic)).toEqual([cause]);
    const sending = { [app]: { ...classic[app], ...header(`max-age=${year}`) } };
    expect(ages({ default_service: toApp, header_action: [removes] }, sending)).toEqual([cause]);
    const [route] = routesOf({ default_service: toApp, ...action }, classic);
    expect(route?.hsts?.maxAge).toMatchObject({ related: [app], place: { address: map } });
    expect(route?.hsts?.maxAge.remedy).toBeUndefined();
  });

  test("is known where it leaves the header alone, or the scheme is another", () => {
    const other = { header_action: [{ response_headers_to_remove: ["Server"] }] };
    const sending = { [app]: { ...classic[app], ...header(`max-age=${year}`) } };
    expect(ages({ default_service: toApp, ...other }, sending)).toEqual([year]);
    const managed = { [app]: { load_balancing_scheme: "EXTERNAL_MANAGED" } };
    expect(ages({ default_service: toApp, ...action }, managed)).toEqual([year]);
  });
});

describe("by the URL map", () => {
  const sts = { [app]: header("max-age=300") };

  test.each<[string, Values, Values, unknown]>([
    ["replaces the application's", { header_action: [adds("max-age=1")] }, {}, 1],
    ["replaces the backend's", { header_action: [adds("max-age=1")] }, sts, 1],
    [
      "goes before the backend's even where it appends",
      { header_action: [adds("max-age=1", { replace: false })] },
      sts,
      1,
    ],
    [
      "appended to what the application may send",
      { header_action: [adds("max-age=1", { replace: false })] },
      {},
      "? the header is appended to the one that the application sends, if it does, and browsers read the first",
    ],
    ["removes it", { header_action: [removes] }, sts, 0],
    ["removes it and adds it again", { header_action: [{ ...removes, ...adds("max-age=7", {}) }] }, sts, 7],
    ["leaves it alone", { header_action: [{ response_headers_to_remove: ["Server"] }] }, sts, 300],
    [
      "is no request header",
      { header_action: [{ request_headers_to_add: adds("max-age=1").response_headers_to_add }] },
      sts,
      300,
    ],
    [
      "known after apply",
      { header_action: [adds(ref("terraform_data.late.output"))] },
      sts,
      "? known after apply, from terraform_data.late.output",
    ],
    [
      "appended or not, known after apply",
      { header_action: [adds("max-age=1", { replace: ref("terraform_data.late.output") })] },
      sts,
      "? known after apply, from terraform_data.late.output",
    ],
    [
      "a header whose name is known after apply",
      {
        header_action: [
          { response_headers_to_add: [{ header_name: ref("terraform_data.late.output"), header_value: "max-age=1" }] },
        ],
      },
      sts,
      "? known after apply, from terraform_data.late.output",
    ],
    [
      "removes what is known after apply",
      { header_action: [{ response_headers_to_remove: ref("terraform_data.late.output") }] },
      sts,
      "? known after apply, from terraform_data.late.output",
    ],
    [
      "a dynamic header action",
      { header_action: ref("terraform_data.late.output") },
      sts,
      expect.stringMatching(/^\? known after apply/),
    ],
  ])("%s", (_, values, more, expected) =>
    expect(ages({ default_service: toApp, ...values }, more)).toEqual([expected]),
  );

  test("a bucket sends nothing that a header could be appended to", () => {
    const values = { default_service: toBucket, header_action: [adds("max-age=1", { replace: false })] };
    expect(ages(values)).toEqual([1]);
  });

  test("the outermost has the last word: weighted backend, rule, matcher, map", () => {
    const weighted = [{ backend_service: toApp, header_action: [adds("max-age=1")] }];
    const rule = { priority: 1, route_action: [{ weighted_backend_services: weighted }] };
    const levels = (ruled: Values, matched: Values, mapped: Values) =>
      ages({
        host_rule: [{ hosts: ["*"], path_matcher: "m" }],
        path_matcher: [{ name: "m", route_rules: [{ ...rule, ...ruled }], ...matched }],
        ...mapped,
      });
    const two = { header_action: [adds("max-age=2")] };
    const three = { header_action: [adds("max-age=3")] };
    const four = { header_action: [adds("max-age=4")] };
    expect(levels({}, {}, {})).toEqual([1]);
    expect(levels(two, {}, {})).toEqual([2]);
    expect(levels(two, three, {})).toEqual([3]);
    expect(levels(two, three, four)).toEqual([4]);
    expect(levels(two, {}, four)).toEqual([4]);
    expect(levels({}, { header_action: [adds("max-age=3", { replace: false })] }, {})).toEqual([1]);
    expect(levels({}, { header_action: [removes] }, {})).toEqual([0]);
  });

  test("of a matcher reaches its rules, not the map's default", () => {
    const values = {
      default_service: toBucket,
      path_matcher: [
        {
          name: "m",
          default_service: toBucket,
          header_action: [adds("max-age=5")],
          path_rule: [{ paths: ["/a"], service: toBucket }],
        },
      ],
    };
    expect(routesOf(values).map(({ path, hsts }) => [path, said(hsts?.maxAge)])).toEqual([
      ["*", 0],
      ["/*", 5],
      ["/a", 5],
    ]);
  });

  test("a redirect has no backend whose answers a header action changes", () => {
    const redirect = { default_url_redirect: [{ host_redirect: "www.example.com" }] };
    expect(ages(redirect)).toEqual([0]);
    expect(ages({ ...redirect, header_action: [{ response_headers_to_remove: ["Server"] }] })).toEqual([0]);
    expect(ages({ ...redirect, header_action: [adds("max-age=1")] })).toEqual([
      "? Google does not say whether the header actions of a URL map reach the redirects of it",
    ]);
  });

  test("the finding and the remedy stand at the action", () => {
    const [route] = routesOf({ default_service: toApp, header_action: [adds("max-age=1")] });
    const attribute = "header_action[0].response_headers_to_add[1].header_value";
    expect(route?.hsts?.maxAge).toMatchObject({
      place: { address: map, at: attribute },
      remedy: { address: map, attribute, value: "max-age=31536000; includeSubDomains" },
    });
    const [appended] = routesOf({ default_service: toApp, header_action: [adds("max-age=1", {})] });
    expect(appended?.hsts?.maxAge.remedy).toEqual({
      address: map,
      attribute: "header_action[0].response_headers_to_add[1].replace",
      value: true,
    });
  });
});

test("a backend that was looked up has no remedy", () => {
  const data = "data.google_compute_backend_service.shared";
  const changes = {
    [data]: { after: { self_link: "link", custom_response_headers: ["Strict-Transport-Security: max-age=9"] } },
    [map]: { after: { self_link: "map", default_service: "link" } },
    [proxy]: { after: { url_map: "map" } },
  };
  const [route] = at(endpointsOf(plan({ changes })), proxy).routes;
  expect([said(route?.hsts?.maxAge), route?.hsts?.maxAge.remedy]).toEqual([9, undefined]);
});

test("a sensitive header is judged, and kept out of the remedy", () => {
  const change = {
    after: { custom_response_headers: ["Strict-Transport-Security: max-age=8"] },
    after_sensitive: { custom_response_headers: [true] },
  };
  const made = plan({ changes: { [app]: change }, root: { resources: [configured(app)] } });
  const [route] = at(endpointsOf(made), app).routes;
  expect([said(route?.hsts?.maxAge), route?.hsts?.maxAge.remedy]).toEqual([{ secret: 8 }, undefined]);
});

describe("random load balancers", () => {
  const good = `max-age=${year}; includeSubDomains; preload`;
  const isGood = (value: unknown) =>
    [value].flat().some((one) => one === good || one === `Strict-Transport-Security: ${good}`);
  const action = [
    {
      response_headers_to_add: [{ header_name: "text", header_value: "text", replace: "flag" }],
      response_headers_to_remove: ["text"],
    },
  ] as const;
  fuzz({
    resources: {
      [app]: { id: "text", custom_response_headers: ["text"], protocol: "text" },
      [bucket]: { id: "text", custom_response_headers: ["text"] },
      [map]: {
        id: "text",
        default_service: "text",
        default_route_action: [{ weighted_backend_services: [{ backend_service: "text", header_action: action }] }],
        default_url_redirect: [{ https_redirect: "flag" }],
        header_action: action,
        host_rule: [{ hosts: ["text"], path_matcher: "text" }],
        path_matcher: [
          {
            name: "text",
            default_service: "text",
            header_action: action,
            path_rule: [{ paths: ["text"], service: "text" }],
          },
        ],
      },
      "google_compute_target_http_proxy.made": { url_map: "text" },
      [proxy]: {
        url_map: "text",
        ssl_policy: "text",
        quic_override: "text",
        ssl_certificates: ["text"],
        certificate_map: "text",
      },
    },
    words: [
      "a",
      "b",
      "",
      "HTTP",
      "HTTPS",
      "NONE",
      "ENABLE",
      "Strict-Transport-Security",
      "Strict-Transport-Security:",
      good,
      `Strict-Transport-Security: ${good}`,
      "max-age=1",
      "toString",
      "*",
    ],
    passing: {
      "ats-connection": (value, path) => path === "" || value === null || value === "",
      "hsts-enabled": isGood,
      "hsts-include-subdomains": isGood,
      "hsts-preload": isGood,
      "private-hop-https": (value) => value === "HTTPS",
      // An HTTPS proxy has no plain HTTP, and takes any certificate that is named.
      "https-only": (value, path) => path === "" || value === true,
      "certificate-present": (value) => value !== null && value !== "",
      "modern-http": (value) => value === null || ["", "NONE", "ENABLE"].includes(value as string),
    },
  });
});
