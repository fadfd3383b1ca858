// Fastly's services: redirect and header, by settings and by VCL, and their TLS; on real plans and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { type Made, plan } from "../../support/made.ts";
import { random } from "../../support/random.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const address = "fastly_service_vcl.made";
const good = endpointsOf("fastly-good");
const bad = endpointsOf("fastly-bad");

const made = (after: JsonObject, after_unknown: JsonObject = {}, changes: Made["changes"] = {}) =>
  at(
    endpointsOf(plan({ changes: { [address]: { after, after_unknown: after_unknown as never }, ...changes } })),
    address,
  );

const route = (...args: Parameters<typeof made>) => only(made(...args).routes);
const plainHttp = (...args: Parameters<typeof made>) => said(route(...args).plainHttp);
const maxAge = (...args: Parameters<typeof made>) => said(route(...args).hsts?.maxAge);

const force = { name: "force", force_ssl: true };
const redirect = { type: "recv", priority: 5, content: 'if (!req.http.Fastly-SSL) { error 801 "Force SSL"; }' };
const answer = { type: "recv", content: "if (req.http.cookie) { return(pass); }" };

const hides = { type: "request", action: "set", destination: "http.Fastly-SSL", source: '"1"' };
const late = {
  main: true,
  content: "sub vcl_recv { #FASTLY recv\n if (!req.http.Fastly-SSL) { error 801; } } sub vcl_error { #FASTLY error\n }",
};

describe("plain HTTP", () => {
  const first = "? its VCL may answer plain HTTP before it is redirected";
  const disguised = "? its VCL sets Fastly-SSL itself, which tells HTTPS from plain HTTP";

  test("of real plans", () => {
    const of = (real: typeof good, name: string) => said(only(at(real, `fastly_service_vcl.${name}`).routes).plainHttp);
    expect([of(good, "shop"), of(good, "snippet"), of(bad, "plain"), of(bad, "weak")]).toEqual([
      "redirected",
      "redirected",
      "served",
      "served",
    ]);
  });

  test.each<[string, JsonObject, unknown]>([
    ["nothing", {}, "served"],
    ["a setting", { request_setting: [force] }, "redirected"],
    ["a setting that is off", { request_setting: [{ force_ssl: false }] }, "served"],
    ["two settings", { request_setting: [{ force_ssl: false }, force] }, "redirected"],
    ["a snippet", { snippet: [redirect] }, "redirected"],
    ["a snippet of another place", { snippet: [{ ...redirect, type: "fetch" }] }, "served"],
    ["a snippet before it", { request_setting: [force], snippet: [answer] }, first],
    ["snippets by priority", { snippet: [{ ...answer, priority: 6 }, redirect] }, "redirected"],
    ["snippets of the default priority", { snippet: [{ ...redirect, priority: 101 }, answer] }, first],
    ["a snippet just before the default priority", { snippet: [answer, { ...redirect, priority: 99 }] }, "redirected"],
    ["a dynamic snippet that is shown", { dynamicsnippet: [redirect] }, "redirected"],
    [
      "a dynamic snippet that is not",
      { request_setting: [force], dynamicsnippet: [{ type: "recv", name: "a" }] },
      "? the content of dynamicsnippet[0] is not set",
    ],
    ["a dynamic snippet elsewhere", { request_setting: [force], dynamicsnippet: [{ type: "log" }] }, "redirected"],
    ["code that cannot be read", { snippet: [{ type: "recv", content: "if (" }] }, "? snippet[0] cannot be read"],
    [
      "a subroutine of an init snippet",
      {
        snippet: [
          { type: "init", content: "sub to_https { if (!req.is_ssl) { error 801; } }" },
          { type: "recv", content: "call to_https;" },
        ],
      },
      "redirected",
    ],
    [
      "an init snippet that adds to vcl_recv",
      { request_setting: [force], snippet: [{ type: "init", content: "sub vcl_recv { if (a) { return(pass); } }" }] },
      first,
    ],
    ["a setting that redirects, then answers", { request_setting: [{ ...force, action: "pass" }] }, "redirected"],
    [
      "a setting beside it that answers",
      { request_setting: [force, { action: "lookup" }] },
      "? one of its request settings may answer first",
    ],
    ["a setting that answers alone", { request_setting: [{ action: "pass" }] }, "served"],
    [
      "a setting that answers under a condition, after it",
      {
        request_setting: [{ action: "pass", request_condition: "it" }, force],
        condition: [{ name: "it", statement: "a" }],
      },
      "redirected",
    ],
    [
      "a response of its own, after it",
      { request_setting: [force], response_object: [{ status: 200, content: "ok" }] },
      "redirected",
    ],
    ["a header that hides plain HTTP, after it", { request_setting: [force], header: [hides] }, "redirected"],
    ["code after a macro that hides plain HTTP", { header: [hides], vcl: [late] }, disguised],
    [
      "code after a macro with another header",
      { header: [{ ...hides, destination: "http.A" }], vcl: [late] },
      "redirected",
    ],
    [
      "code after a macro with a header of answers",
      { header: [{ ...hides, type: "response" }], vcl: [late] },
      "redirected",
    ],
    [
      "code after a macro that answers",
      { response_object: [{ request_condition: "it" }], condition: [{ name: "it", statement: "a" }], vcl: [late] },
      first,
    ],
    [
      "code after a macro that answers what is cached",
      { response_object: [{ cache_condition: "it" }], condition: [{ name: "it", statement: "a" }], vcl: [late] },
      "redirected",
    ],
  ])("%s", (_, after, expected) => expect(plainHttp(after)).toBe(expected));

  test("where it stands, and what to set", () => {
    const remedy = { address, attribute: "request_setting[0].force_ssl", value: true };
    expect(route({}).plainHttp).toMatchObject({ place: { address, at: "request_setting[0].force_ssl" }, remedy });
    expect(route({ request_setting: [{ force_ssl: false }] }).plainHttp?.remedy).toEqual(remedy);
  });

  test("known after apply", () => {
    const late = plainHttp({ request_setting: [{}] }, { request_setting: [{ force_ssl: true }] });
    expect(late).toMatch(/^\? known after apply/);
    const redirected = { request_setting: [{}], snippet: [redirect] };
    expect(plainHttp(redirected, { request_setting: [{ force_ssl: true }] })).toBe("redirected");
    expect(plainHttp({ snippet: [{ type: "recv" }] }, { snippet: [{ content: true }] })).toMatch(
      /^\? the content of snippet\[0\] is known after apply/,
    );
    const typeless = { snippet: [{ content: redirect.content }] };
    expect(plainHttp(typeless, { snippet: [{ type: true }] })).toMatch(
      /^\? the type of snippet\[0\] is known after apply/,
    );
    expect(plainHttp(typeless)).toBe("served");
  });

  describe("under a condition", () => {
    const under = (statement: string | null, request_condition = "it") =>
      plainHttp({
        request_setting: [{ ...force, request_condition }],
        condition: [{ name: "it", type: "REQUEST", statement }],
      });

    test.each([
      ['req.url ~ "^/shop"', "? its VCL redirects plain HTTP only under a condition"],
      ["!req.http.Fastly-SSL", "redirected"],
      ["req.http.Fastly-SSL", "served"],
      ["(", "? a part of its settings is not VCL that can be read"],
      [null, "? the condition of request_setting[0] is not in the plan"],
    ])("%s", (statement, expected) => expect(under(statement)).toBe(expected));

    test("that is not there", () =>
      expect(under("req.url", "other")).toBe("? the condition of request_setting[0] is not in the plan"));
  });

  describe("by VCL of its own", () => {
    const own = (content: string | null, more: JsonObject = {}) =>
      plainHttp({ vcl: [{ name: "main", main: true, content }], request_setting: [force], ...more });
    const rest = "sub vcl_fetch {} sub vcl_deliver {}";

    test.each([
      [`sub vcl_recv { #FASTLY recv\n return(lookup); } sub vcl_error { #FASTLY error\n } ${rest}`, "redirected"],
      [`sub vcl_recv { return(lookup); } sub vcl_error { #FASTLY error\n } ${rest}`, "served"],
      [`sub vcl_recv { if (req.url) { return(pass); } #FASTLY recv\n } sub vcl_error { #FASTLY error\n }`, first],
      [
        "sub vcl_recv { #FASTLY recv\n } sub vcl_error { }",
        "? its VCL answers plain HTTP in a way that reading it does not decide",
      ],
      ["sub vcl_recv { #FASTLY recv\n }", "? its own VCL has no vcl_error"],
      ["sub vcl_error { #FASTLY error\n }", "? its own VCL has no vcl_recv"],
      [
        `sub force { if (!req.is_ssl) { error 618; } } sub vcl_recv { call force; }
         sub vcl_error { if (obj.status == 618) { set obj.status = 308; set obj.http.Location = "https://" req.http.host; } }`,
        "redirected",
      ],
      ['include "other";', "? its own VCL cannot be read, or includes other files"],
      [null, "? its own VCL is not set"],
    ])("%s", (content, expected) => expect(own(content)).toBe(expected));

    test("code that is not the main one is not run", () =>
      expect(plainHttp({ vcl: [{ main: false, content: "sub vcl_recv {}" }], request_setting: [force] })).toBe(
        "redirected",
      ));

    test("known after apply", () => {
      expect(plainHttp({ vcl: [{ main: true }] }, { vcl: [{ content: true }] })).toMatch(
        /^\? its own VCL is known after apply/,
      );
      expect(plainHttp({ vcl: [{ content: "" }] }, { vcl: [{ main: true }] })).toBe("? its own VCL is not set");
    });
  });
});

describe("Strict-Transport-Security", () => {
  const header = {
    type: "response",
    action: "set",
    destination: "http.Strict-Transport-Security",
    source: '"max-age=31536000"',
  };
  const deliver = (content: string) => ({
    snippet: [{ type: "deliver", content: `set resp.http.Strict-Transport-Security = "${content}";` }],
  });

  test("of real plans", () => {
    const of = (real: typeof good, name: string) => {
      const { hsts } = only(at(real, `fastly_service_vcl.${name}`).routes);
      return [hsts?.maxAge, hsts?.includeSubDomains, hsts?.preload].map(said);
    };
    expect(of(good, "shop")).toEqual([31_536_000, true, true]);
    expect(of(good, "snippet")).toEqual([31_536_000, true, false]);
    expect(of(bad, "plain")).toEqual([0, false, false]);
    expect(of(bad, "weak")).toEqual([300, false, false]);
  });

  test.each<[string, JsonObject, unknown]>([
    ["a header", { header: [header] }, 31_536_000],
    [
      "a header of small letters",
      { header: [{ ...header, destination: "http.strict-transport-security" }] },
      31_536_000,
    ],
    ["another header", { header: [{ ...header, destination: "http.X-Frame-Options" }] }, 0],
    ["a header of requests", { header: [{ ...header, type: "request" }] }, 0],
    ["a header of what is cached", { header: [{ ...header, type: "cache" }] }, 31_536_000],
    ["a header where there is none yet", { header: [{ ...header, ignore_if_set: true }] }, 31_536_000],
    [
      "a header where what is cached has one",
      {
        header: [
          { ...header, type: "cache", source: '"max-age=300"' },
          { ...header, ignore_if_set: true },
        ],
      },
      300,
    ],
    [
      "a header where a snippet has set one",
      { ...deliver("max-age=300"), header: [{ ...header, ignore_if_set: true }] },
      300,
    ],
    ["a header that is removed", { header: [header, { ...header, action: "delete", priority: 200 }] }, 0],
    ["removed first", { header: [header, { ...header, action: "delete", priority: 1 }] }, 31_536_000],
    [
      "a header that is added to",
      { header: [{ ...header, action: "append" }] },
      "? header[0] changes the header in a way that reading it does not decide",
    ],
    [
      "a source without quotes",
      { header: [{ ...header, source: "max-age=31536000" }] },
      "? its VCL computes the header, or treats it in a way that reading it does not decide",
    ],
    ["no source", { header: [{ ...header, source: null }] }, expect.stringMatching(/^\?/)],
    ["a snippet", deliver("max-age=300"), 300],
    ["both alike", { ...deliver("max-age=31536000"), header: [header] }, 31_536_000],
    ["both", { ...deliver("max-age=300"), header: [header] }, "? it sets the header in more than one way"],
    [
      "a dynamic snippet after it",
      { dynamicsnippet: [{ type: "deliver" }] },
      "? the content of dynamicsnippet[0] is not set",
    ],
    ["a dynamic snippet before it", { dynamicsnippet: [{ type: "deliver" }], header: [header] }, 31_536_000],
  ])("%s", (_, after, expected) => expect(maxAge(after)).toEqual(expected));

  test.each([
    ["response_condition", "req.http.Fastly-SSL", 31_536_000],
    ["response_condition", 'req.url ~ "^/a"', "? its VCL sets the header only under a condition"],
    ["request_condition", 'req.url ~ "^/a"', "? its VCL sets the header only under a condition"],
    ["cache_condition", "!req.http.Fastly-SSL", 0],
  ])("under a %s of %s", (attribute, statement, expected) => {
    const condition = [{ name: "it", statement }];
    expect(maxAge({ header: [{ ...header, [attribute]: "it" }], condition })).toBe(expected);
  });

  test.each(["type", "destination", "action", "source", "ignore_if_set"])("whose %s is known after apply", (late) => {
    const { [late]: _, ...rest } = header as { readonly [name: string]: string };
    expect(maxAge({ header: [rest] }, { header: [{ [late]: true }] })).toMatch(/^\? known after apply/);
  });

  test("of code that is secret is judged, and never shown", () => {
    const change = { after: { header: [header] }, after_sensitive: { header: [{ source: true }] } as never };
    const { hsts } = only(at(endpointsOf(plan({ changes: { [address]: change } })), address).routes);
    expect(said(hsts?.maxAge)).toEqual({ secret: 31_536_000 });
    expect(hsts?.preload.remedy?.value).toBe('"max-age=31536000; includeSubDomains; preload"');
  });

  test("where it stands, and what to set there", () => {
    const weak = route({ header: [{ ...header, source: '"max-age=63072000; preload"' }] }).hsts;
    expect(weak?.maxAge.place).toEqual({ address, at: "header[0].source" });
    const values = [weak?.maxAge, weak?.includeSubDomains, weak?.preload].map((one) => one?.remedy?.value);
    expect(values).toEqual([
      '"max-age=63072000; preload"',
      '"max-age=63072000; includeSubDomains; preload"',
      '"max-age=63072000; includeSubDomains; preload"',
    ]);
    expect(route({ header: [{ ...header, source: '"max-age=1"' }] }).hsts?.maxAge.remedy?.value).toBe(
      '"max-age=31536000"',
    );
    const at = (after: JsonObject) => route(after).hsts?.maxAge;
    expect(at(deliver("max-age=1"))).toMatchObject({ place: { at: "snippet[0].content" } });
    expect(at(deliver("max-age=1"))?.remedy).toBeUndefined();
    expect(at({ vcl: [{ main: true, content: "# Strict-Transport-Security" }] })?.place.at).toBe("vcl[0].content");
    expect(at({})?.place.at).toBe("");
  });

  test("by VCL of its own: what is fetched keeps it", () => {
    const set = 'set beresp.http.Strict-Transport-Security = "max-age=5";';
    const content = `sub vcl_fetch { ${set} } sub vcl_deliver { #FASTLY deliver\n }`;
    expect(maxAge({ vcl: [{ main: true, content }] })).toBe(5);
    expect(maxAge({ vcl: [{ main: true, content }], header: [header] })).toBe(
      "? it sets the header in more than one way",
    );
  });
});

describe("Compute", () => {
  const compute = "fastly_service_compute.made";
  const endpoint = at(
    endpointsOf(plan({ changes: { [compute]: { after: { domain: [{ name: "a.edgecompute.app" }] } } } })),
    compute,
  );

  test("redirects by itself, and its program sends the header or not", () => {
    expect([endpoint.kind, said(only(endpoint.routes).plainHttp)]).toEqual(["Fastly Compute service", "redirected"]);
    expect(said(only(endpoint.routes).hsts?.maxAge)).toMatch(/^\? the program sends/);
    expect(said(endpoint.certificate)).toBe("provider");
  });
});

describe("TLS", () => {
  const of = (name: string) => at(good, `fastly_service_vcl.${name}`);

  test("by a subscription", () => {
    const { names, certificate, certificates, minimumTls, forwardSecrecy, httpVersions } = of("shop");
    expect([names.map(said), said(certificate)]).toEqual([["shop.example.com"], "own"]);
    expect(only(certificates).certificate.address).toBe("fastly_tls_subscription.shop");
    expect(minimumTls?.place).toEqual({ address: "fastly_tls_subscription.shop", at: "configuration_id" });
    expect(said(minimumTls)).toMatch(/^\? the TLS configuration is named by its id alone/);
    expect(said(forwardSecrecy)).toMatch(/^\? the TLS configuration decides/);
    expect(said(httpVersions)).toEqual(["HTTP/1.1", "HTTP/3"]);
  });

  test("from elsewhere", () => {
    const { certificate, certificates, minimumTls, aeadOnly, httpVersions } = of("snippet");
    const cause = "? no TLS subscription or activation of this plan is for api.example.com";
    expect([certificate, minimumTls, aeadOnly].map(said)).toEqual([cause, cause, cause]);
    expect([certificates, httpVersions]).toEqual([[], undefined]);
  });

  const activation = (domain: string, configuration_id: string) => ({
    after: { domain, configuration_id, certificate_id: "c" },
  });
  const configuration = (id: string, ...tls_protocols: string[]) => ({ after: { id, tls_protocols } });
  const configurations = {
    "data.fastly_tls_configuration.old": configuration("old", "1.2", "1.0"),
    "data.fastly_tls_configuration.older": configuration("older", "1.1"),
    "data.fastly_tls_configuration.new": configuration("new", "1.2", "1.3"),
    "data.fastly_tls_configuration.newest": configuration("newest", "1.3"),
  };
  const floor = (...ids: string[]) => {
    const changes = Object.fromEntries(
      ids.map((id, index) => [`fastly_tls_activation.${index}x`, activation(`${index}.test`, id)]),
    );
    return made({ domain: ids.map((_, index) => ({ name: `${index}.test` })) }, {}, { ...changes, ...configurations });
  };

  test.each([
    [["old"], "TLS 1.0", expect.stringMatching(/^\?/)],
    [["new"], "TLS 1.2", expect.stringMatching(/^\?/)],
    [["newest"], "TLS 1.3", true],
    [["newest", "new"], "TLS 1.2", expect.stringMatching(/^\?/)],
    [["newest", "newest"], "TLS 1.3", true],
    [["elsewhere", "older", "new"], "TLS 1.1", expect.stringMatching(/^\?/)],
    [["elsewhere", "old", "new"], "TLS 1.0", expect.stringMatching(/^\?/)],
    [["new", "elsewhere"], expect.stringMatching(/^\? the TLS configuration is named/), expect.stringMatching(/^\?/)],
  ])("%j: the weakest decides", (ids, expected, secrecy) => {
    const { minimumTls, forwardSecrecy, aeadOnly } = floor(...ids);
    expect([minimumTls, forwardSecrecy, aeadOnly].map(said)).toEqual([expected, secrecy, secrecy]);
  });

  test("a name without TLS beside one with it", () => {
    const { certificate, minimumTls } = made(
      { domain: [{ name: "0.test" }, { name: "1.test" }] },
      {},
      { "fastly_tls_activation.a": activation("0.test", "new"), ...configurations },
    );
    const cause = "? no TLS subscription or activation of this plan is for 1.test";
    expect([said(certificate), said(minimumTls)]).toEqual([cause, cause]);
  });

  test("a name that is known after apply, and a subscription for such a name", () => {
    expect(said(made({ domain: [{}] }, { domain: [{ name: true }] }).certificate)).toMatch(/^\? known after apply/);
    const late = { after: { domains: [null] }, after_unknown: { domains: [true] } };
    const changes = { "fastly_tls_subscription.late": late };
    expect(said(made({ domain: [{ name: "a.test" }] }, {}, changes).certificate)).toMatch(
      /is for a\.test, as far as it tells: known after apply/,
    );
  });

  test("without a domain", () => {
    const cause = "? the plan does not tell which domains and TLS configuration it has";
    const { names, certificate, minimumTls } = made({});
    expect([names, said(certificate), said(minimumTls)]).toEqual([[], cause, cause]);
  });

  test.each([true, false, null])("HTTP/3 by http3 %j", (http3) => {
    expect(said(made({ http3 }).httpVersions)).toEqual(http3 ? ["HTTP/1.1", "HTTP/3"] : undefined);
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      [address]: {
        http3: "flag",
        domain: [{ name: "text" }],
        request_setting: [{ force_ssl: "flag", request_condition: "text" }],
        condition: [{ name: "text", statement: "text" }],
        snippet: [{ type: "text", priority: "number", content: "text" }],
        dynamicsnippet: [{ type: "text", content: "text" }],
      },
    },
    words: [
      ...["recv", "deliver", "set resp.http.Strict-Transport-Security = req.url;", "a.test", ""],
      ...["if (!req.is_ssl) { error 801; }", "if (", "a", "req.url", "it.fastly.net", "constructor"],
    ],
    passing: {
      "https-only": () => true,
      "certificate-present": () => true,
      "modern-http": among(true),
    },
  }));

test("random headers never throw, and none counts but one that is surely set", () => {
  const year = '"max-age=31536000"';
  let counted = 0;
  for (let seed = 0; seed < 1000; seed++) {
    const { pick } = random(seed);
    const header = {
      type: pick(["response", "cache", "request", "fetch", "constructor", null]),
      action: pick(["set", "set", "append", "delete", "regex", null]),
      destination: pick(["http.Strict-Transport-Security", "http.strict-transport-security", "http.Other", null]),
      source: pick([year, '{"max-age=31536000"}', "max-age=31536000", '"max-age=300"', "", null]),
      response_condition: pick(["it", "", "", null]),
    };
    const condition = [{ name: "it", statement: "req.url" }];
    const isSet =
      ["response", "cache"].includes(header.type ?? "") &&
      header.action === "set" &&
      /^http\.strict/i.test(header.destination ?? "") &&
      /^\{?"max-age=31536000"\}?$/.test(header.source ?? "") &&
      header.response_condition !== "it";
    if (isSet) counted++;
    expect(maxAge({ header: [header], condition }) === 31_536_000, `seed ${seed}`).toBe(isSet);
  }
  expect(counted).toBeGreaterThan(10);
});
