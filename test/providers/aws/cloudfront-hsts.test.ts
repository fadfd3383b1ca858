// The Strict-Transport-Security header of a cache behavior: by a response headers policy, by a function, by both.
// Real plans show each by itself; what they do together, and values that no provider plans, is made by hand.

import { describe, expect, test } from "vitest";
import type { Hsts } from "../../../src/facts/endpoint.ts";
import { hstsRoutes } from "../../../src/facts/hsts.ts";
import type { JsonObject, Mask } from "../../../src/plan/plan.ts";
import { managedHeadersPolicies } from "../../../src/providers/aws/cloudfront-values.ts";
import { type Around, behavior, custom, distribution, only } from "../../support/distribution.ts";
import { type Change, configured, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const year = 31_536_000;
const name = "strict-transport-security";

const hsts = (changes: JsonObject, around?: Around): Hsts =>
  only(hstsRoutes(distribution({ default_cache_behavior: [{ ...behavior, ...changes }] }, around).routes)).hsts;

const values = ({ maxAge, includeSubDomains, preload }: Hsts) => [said(maxAge), said(includeSubDomains), said(preload)];

/** max-age on each path of a distribution in a real plan. */
const seconds = (plan: string, name: string) =>
  Object.fromEntries(
    at(endpointsOf(plan), `aws_cloudfront_distribution.${name}`).routes.map(({ path, hsts }) => [
      path,
      said(hsts?.maxAge),
    ]),
  );

describe("a managed policy", () => {
  test.each(managedHeadersPolicies)("$name, by its id", ({ id, hsts: expected }) => {
    expect(values(hsts({ response_headers_policy_id: id }))).toEqual([expected.maxAge, false, false]);
  });

  test.each(managedHeadersPolicies)("$name, looked up by its name", ({ name, hsts: expected }) => {
    const changes = { "data.aws_cloudfront_response_headers_policy.it": { after: { id: "looked-up", name } } };
    expect(values(hsts({ response_headers_policy_id: "looked-up" }, { changes }))).toEqual([
      expected.maxAge,
      false,
      false,
    ]);
  });

  test("a policy of one's own does not become one by its name", () => {
    const changes = {
      "aws_cloudfront_response_headers_policy.it": { after: { id: "own", name: "Managed-SecurityHeadersPolicy" } },
    };
    expect(values(hsts({ response_headers_policy_id: "own" }, { changes }))).toEqual([0, false, false]);
  });

  test("of a real plan", () => {
    const plan = "aws-hsts-managed-policies";
    expect(
      ["sec", "corssec", "corspresec", "simple", "preflight", "other"].map((one) => seconds(plan, one)["*"]),
    ).toEqual([year, year, year, 0, 0, "? the response headers policy is defined outside this plan"]);
    expect(seconds("hsts-enabled", "by_managed_policy_looked_up")).toEqual({ "*": year });
  });
});

describe("a policy of this plan", () => {
  const policy = (after: JsonObject, more: Partial<Change> = {}): Around => ({
    changes: { "aws_cloudfront_response_headers_policy.it": { after: { id: "own", ...after }, ...more } },
    root: { resources: [configured("aws_cloudfront_response_headers_policy.it")] },
  });
  const of = (after: JsonObject, more?: Partial<Change>) =>
    values(hsts({ response_headers_policy_id: "own" }, policy(after, more)));
  const header = (changes: JsonObject): JsonObject => ({
    security_headers_config: [
      {
        strict_transport_security: [
          { access_control_max_age_sec: year, include_subdomains: true, preload: true, override: true, ...changes },
        ],
      },
    ],
  });
  const custom = (...items: JsonObject[]): JsonObject => ({ custom_headers_config: [{ items }] });
  const item = (header: string | null, value: string | null): JsonObject => ({ header, value, override: true });

  test.each<[string, JsonObject, unknown[]]>([
    ["a year", header({}), [year, true, true]],
    ["a minute", header({ access_control_max_age_sec: 60 }), [60, true, true]],
    ["none at all", header({ access_control_max_age_sec: 0 }), [0, true, true]],
    ["the header alone", header({ include_subdomains: false, preload: false }), [year, false, false]],
    ["flags left out", header({ include_subdomains: null, preload: null }), [year, false, false]],
    ["max-age left out", header({ access_control_max_age_sec: null }), [0, true, true]],
    ["where the origin sends none", header({ override: false }), [year, true, true]],
    [
      "no such header",
      { security_headers_config: [{ content_type_options: [{ override: true }] }] },
      [0, false, false],
    ],
    ["no security headers", {}, [0, false, false]],

    ["as a custom header", custom(item("Strict-Transport-Security", "max-age=31536000; preload")), [year, false, true]],
    ["as one of several", custom(item("x-a", "1"), item("STRICT-TRANSPORT-SECURITY", "max-age=5")), [5, false, false]],
    ["as a custom header that browsers ignore", custom(item("Strict-Transport-Security", "1 year")), [0, false, false]],
    ["not among the custom headers", custom(item("x-strict-transport-security", "max-age=5")), [0, false, false]],
    ["as both, the custom one off", { ...header({}), ...custom(item(name, "max-age=0")) }, [0, false, false]],
    [
      "as both, the custom one shorter",
      { ...header({}), ...custom(item(name, "max-age=60; includeSubDomains; preload")) },
      [60, true, true],
    ],
    [
      "as both, the custom one stronger",
      { ...header({ preload: false }), ...custom(item(name, "max-age=63072000; includeSubDomains; preload")) },
      [year, true, false],
    ],
    [
      "as both, the security one off",
      { ...header({ access_control_max_age_sec: 0 }), ...custom(item(name, "max-age=31536000")) },
      [0, false, false],
    ],
    ["as a custom header without a value", custom(item(name, null)), [0, false, false]],
    ["as both, the custom one without a value", { ...header({}), ...custom(item(name, null)) }, [0, false, false]],
    [
      "removed and added: CloudFront adds after it removes",
      { ...header({}), remove_headers_config: [{ items: [{ header: "Strict-Transport-Security" }] }] },
      [year, true, true],
    ],
    [
      "removed and added as a custom header",
      {
        ...custom(item(name, "max-age=31536000")),
        remove_headers_config: [{ items: [{ header: "strict-transport-security" }] }],
      },
      [year, false, false],
    ],
    [
      "removed alone",
      { remove_headers_config: [{ items: [{ header: "Strict-Transport-Security" }] }] },
      [0, false, false],
    ],
  ])("%s", (_, after, expected) => expect(of(after)).toEqual(expected));

  test.each(["a year", "31536000 seconds", "-1", true, [year], { seconds: year }])(
    "max-age %j is not recognised",
    (age) => {
      const [maxAge] = of(header({ access_control_max_age_sec: age as never }));
      expect(maxAge).toMatch(/^\? .* is not a value that tlsgate recognises$/);
    },
  );

  test("a number in a text is a number", () => {
    expect(of(header({ access_control_max_age_sec: "31536000" }))).toEqual([year, true, true]);
  });

  test("secret, and not known", () => {
    const deep = (mask: JsonObject) =>
      ({ security_headers_config: [{ strict_transport_security: [mask] }] }) as unknown as Mask;
    expect(of(header({}), { after_sensitive: deep({ access_control_max_age_sec: true }) })).toEqual([
      { secret: year },
      true,
      true,
    ]);
    const [maxAge, ...flags] = of(header({}), { after_unknown: deep({ access_control_max_age_sec: true }) });
    expect([maxAge, flags]).toEqual([expect.stringMatching(/^\? known after apply/), [true, true]]);
  });

  test("a custom header whose name or text is not known may be the one", () => {
    const items = (mask: JsonObject) => ({ custom_headers_config: [{ items: [mask] }] }) as unknown as Mask;
    const open = expect.stringMatching(/^\? known after apply/);
    expect(of(custom(item(name, null)), { after_unknown: items({ value: true }) })).toEqual([open, open, open]);
    expect(of(custom(item(null, "max-age=31536000")), { after_unknown: items({ header: true }) })).toEqual([
      open,
      open,
      open,
    ]);
  });

  test("custom headers are a set: what is written goes by the header's name, not by its place", () => {
    const two = custom(item("x-a", null), item(name, null));
    const open = { custom_headers_config: [{ items: [{ value: true }, { value: true }] }] } as unknown as Mask;
    const written = (header: string, reference: string) => ({
      header: { constant_value: header },
      value: refersTo(reference),
    });
    const around = policy(two, { after_unknown: open });
    const items = [written(name, "local.hsts"), written("x-a", "local.other")];
    const resources = [configured("aws_cloudfront_response_headers_policy.it", { custom_headers_config: [{ items }] })];
    const { maxAge } = hsts({ response_headers_policy_id: "own" }, { ...around, root: { resources } });
    expect(said(maxAge)).toMatch(/^\? known after apply, from local.hsts/);
  });

  test("says where it stands, which policy it is and what to set there", () => {
    const { maxAge } = hsts({ response_headers_policy_id: "own" }, policy(header({ access_control_max_age_sec: 60 })));
    expect(maxAge).toMatchObject({
      place: { at: "default_cache_behavior[0].response_headers_policy_id" },
      related: ["aws_cloudfront_response_headers_policy.it"],
      remedy: {
        address: "aws_cloudfront_response_headers_policy.it",
        attribute: "security_headers_config[0].strict_transport_security[0].access_control_max_age_sec",
        value: year,
      },
    });
    const without = hsts({ response_headers_policy_id: "own" }, policy({}));
    // A new block needs what the provider requires in it.
    expect(without.maxAge.remedy).toEqual({ ...maxAge.remedy, with: [{ attribute: "override", value: true }] });
    const flags = hsts(
      { response_headers_policy_id: "own" },
      policy(header({ include_subdomains: false, preload: false })),
    );
    expect([flags.includeSubDomains.remedy?.value, flags.preload.remedy?.value]).toEqual([true, true]);
  });

  test("one that is looked up is not this plan's to mend", () => {
    const changes = { "data.aws_cloudfront_response_headers_policy.it": { after: { id: "own", name: "corporate" } } };
    const { maxAge } = hsts({ response_headers_policy_id: "own" }, { changes });
    expect([said(maxAge), maxAge.remedy]).toEqual([0, undefined]);
  });

  test("which of two is not told: only what both say is", () => {
    const open = { id: true };
    const found = hsts(
      { response_headers_policy_id: null },
      {
        unknown: { default_cache_behavior: [{ response_headers_policy_id: true }] },
        written: {
          default_cache_behavior: [
            {
              response_headers_policy_id: refersTo(
                "aws_cloudfront_response_headers_policy.a.id",
                "aws_cloudfront_response_headers_policy.b.id",
              ),
            },
          ],
        },
        root: { resources: ["a", "b"].map((one) => configured(`aws_cloudfront_response_headers_policy.${one}`)) },
        changes: {
          "aws_cloudfront_response_headers_policy.a": { after: header({}), after_unknown: open },
          "aws_cloudfront_response_headers_policy.b": {
            after: header({ access_control_max_age_sec: 60 }),
            after_unknown: open,
          },
        },
      },
    );
    expect(values(found)).toEqual([
      "? the plan does not tell which it is of aws_cloudfront_response_headers_policy.a, aws_cloudfront_response_headers_policy.b",
      true,
      true,
    ]);
  });

  test("of a real plan", () => {
    const plan = "aws-hsts-max-age";
    expect(
      ["zero", "minute", "year", "nooverride", "nosub", "nosts", "unknownage"].map((one) => seconds(plan, one)["*"]),
    ).toEqual([0, 60, year, year, year, 0, "? known after apply, from terraform_data.age.output"]);
  });

  test("of a real plan: among custom headers and those that are removed", () => {
    const names = ["custom_off", "custom_year", "both_off", "both_year", "removed_and_added", "removed_alone"];
    expect(names.map((one) => seconds("aws-hsts-two-sections", one)["*"])).toEqual([0, year, 0, year, year, 0]);
  });
});

test("no policy and no function: no header, and the remedy is a managed policy", () => {
  const found = hsts({ response_headers_policy_id: null });
  expect(values(found)).toEqual([0, false, false]);
  expect(found.maxAge).toMatchObject({
    note: "no response headers policy is attached",
    remedy: {
      attribute: "default_cache_behavior[0].response_headers_policy_id",
      value: "67f7725c-6f97-4210-82d7-5512b31e9d03",
    },
  });
});

describe("functions", () => {
  const code = (body: string) =>
    `function handler(event) { var headers = event.response.headers; ${body} return event.response; }`;
  const sets = (value: string) => code(`headers["${name}"] = { value: "${value}" };`);
  const around = (text: string | null, more: Partial<Change> = {}): Around => ({
    changes: { "aws_cloudfront_function.it": { after: { arn: "arn:it", code: text }, ...more } },
    root: { resources: [configured("aws_cloudfront_function.it", { code: refersTo("local.code") })] },
  });
  const attached = (event_type: string, function_arn = "arn:it"): JsonObject => ({
    function_association: [{ event_type, function_arn }],
  });
  const none: JsonObject = { response_headers_policy_id: null };

  test.each<[string, JsonObject, Around, unknown]>([
    ["on the viewer's response", attached("viewer-response"), around(sets("max-age=5")), 5],
    ["on the viewer's request", attached("viewer-request"), around(sets("max-age=5")), 0],
    ["that does nothing", attached("viewer-response"), around(code("")), 0],
    [
      "that cannot be read",
      attached("viewer-response"),
      around("?"),
      "? aws_cloudfront_function.it: its code could not be parsed",
    ],
    [
      "from outside the plan",
      attached("viewer-response", "arn:other"),
      around(null),
      "? the CloudFront function is defined outside this plan",
    ],
    [
      "whose code is not known",
      attached("viewer-response"),
      around(null, { after_unknown: { code: true } }),
      expect.stringMatching(/^\? the code of aws_cloudfront_function.it is known after apply, from local.code/),
    ],
    [
      "whose code is secret",
      attached("viewer-response"),
      around(sets("max-age=5"), { after_sensitive: { code: true } }),
      { secret: 5 },
    ],
  ])("%s", (_, changes, made, expected) => {
    expect(said(hsts({ ...none, ...changes }, made).maxAge)).toEqual(expected);
  });

  test.each(["viewer-response", "origin-response"])(
    "Lambda@Edge on %s: a plan does not show its code",
    (event_type) => {
      const lambda = { lambda_function_association: [{ event_type, lambda_arn: "arn:lambda" }] };
      expect(said(hsts({ ...none, ...lambda }).maxAge)).toMatch(
        /^\? a Lambda@Edge function may set or remove the header/,
      );
    },
  );

  test("Lambda@Edge beside a policy of a year: on viewer-response it runs last, on origin-response the policy does", () => {
    const of = (event_type: string) =>
      hsts({ lambda_function_association: [{ event_type, lambda_arn: "arn:lambda" }] }).maxAge;
    expect(of("viewer-response")).toMatchObject({ state: "unknown", kind: "outside" });
    expect(said(of("origin-response"))).toBe(year);
  });

  test.each(["viewer-request", "origin-request"])("Lambda@Edge on %s makes no header", (event_type) => {
    const lambda = { lambda_function_association: [{ event_type, lambda_arn: "arn:lambda" }] };
    expect(said(hsts({ ...none, ...lambda }).maxAge)).toBe(0);
  });

  test("say which function it is, and what it does", () => {
    const of = (text: string) => hsts({ ...none, ...attached("viewer-response") }, around(text)).maxAge;
    const related = ["aws_cloudfront_function.it"];
    expect(of(sets("max-age=5"))).toMatchObject({ related, note: "by aws_cloudfront_function.it" });
    expect(of(code(""))).toMatchObject({ related, note: "aws_cloudfront_function.it does not set the header" });
  });

  test("are a set: what is written goes by the event, not by its place", () => {
    const functions = [{ event_type: "viewer-response" }, { event_type: "viewer-request" }];
    const written = (event: string, name: string) => ({
      event_type: { constant_value: event },
      function_arn: refersTo(`aws_cloudfront_function.${name}.arn`),
    });
    const function_association = [written("viewer-request", "other"), written("viewer-response", "it")];
    const { routes } = distribution(
      { default_cache_behavior: [{ ...behavior, ...none, function_association: functions }] },
      {
        unknown: {
          default_cache_behavior: [{ function_association: [{ function_arn: true }, { function_arn: true }] }],
        },
        written: { default_cache_behavior: [{ function_association }] },
        root: { resources: ["it", "other"].map((one) => configured(`aws_cloudfront_function.${one}`)) },
        changes: {
          "aws_cloudfront_function.it": { after: { code: sets("max-age=5") }, after_unknown: { arn: true } },
          "aws_cloudfront_function.other": { after: { code: sets("max-age=6") }, after_unknown: { arn: true } },
        },
      },
    );
    expect(said(only(routes).hsts?.maxAge)).toBe(5);
  });

  test("of real plans", () => {
    expect(seconds("aws-hsts-by-function", "sts")).toEqual({ "*": 63_072_000 });
    expect(seconds("aws-hsts-by-function", "request")).toEqual({ "*": 0 });
    expect(seconds("hsts-enabled", "missing_on_one_path")).toEqual({ "*": year, "/api/*": 0 });
  });

  // CloudFront adds the policy's headers first, and hands them to the function that runs on the viewer's response.
  // https://aws.amazon.com/blogs/networking-and-content-delivery/amazon-cloudfront-introduces-response-headers-policies/
  describe("beside a policy of a year, of which the function has the last word", () => {
    const both = (text: string) => values(hsts(attached("viewer-response"), around(text)));

    test.each<[string, string, unknown[]]>([
      ["it leaves the header alone", code('headers["x-a"] = { value: "1" };'), [year, false, false]],
      ["it sets a longer one", sets("max-age=63072000; includeSubDomains"), [63_072_000, true, false]],
      ["it sets a shorter one", sets("max-age=60"), [60, false, false]],
      ["it switches the header off", sets("max-age=0"), [0, false, false]],
      [
        "it sets one only where there is none",
        code(`headers["${name}"] ??= { value: "max-age=60" };`),
        [year, false, false],
      ],
    ])("%s", (_, text, expected) => expect(both(text)).toEqual(expected));

    test.each([
      ["it leaves the header alone", ""],
      ["it sets one only where there is none", `headers["${name}"] ??= { value: "max-age=60" };`],
    ])("%s, and the policy is defined elsewhere", (_, body) => {
      const outside = { response_headers_policy_id: "elsewhere", ...attached("viewer-response") };
      expect(said(hsts(outside, around(code(body))).maxAge)).toBe(
        "? the response headers policy is defined outside this plan",
      );
    });

    test("it removes the header, or what it does is not clear", () => {
      const open = expect.stringMatching(/^\? aws_cloudfront_function.it: its code /);
      expect(both(code(`delete headers["${name}"];`))).toEqual([open, open, open]);
      expect(both(code("strip(event.response);"))).toEqual([open, open, open]);
    });
  });
});

describe("who has the last word, on a real plan", () => {
  const headers = (name: string) => seconds("aws-hsts-at-the-edge", name);
  const lambda = "? a Lambda@Edge function may set or remove the header, and a plan does not show its code";

  test.each<[string, unknown]>([
    ["origin_sends", year],
    ["origin_short", 3600],
    ["origin_late", "? known after apply, from terraform_data.header.output"],
    ["origin_silent", 0],
    ["origin_plain", 0],
    ["origin_kept", 3600],
    ["origin_replaced", year],
    ["origin_removed", 0],
    ["answered", year],
    ["answered_silently", 0],
    ["sometimes", 0],
    ["by_lambda", lambda],
    ["error_pages_too", year],
  ])("%s", (name, expected) => expect(headers(name)).toEqual({ "*": expected }));

  test("functions do not run where an error becomes an ordinary page", () => {
    expect(headers("error_pages")).toEqual({ "*": year, "* (error pages)": 0 });
    const { routes } = at(endpointsOf("aws-hsts-at-the-edge"), "aws_cloudfront_distribution.error_pages");
    expect(routes.at(-1)?.hsts?.maxAge).toMatchObject({
      note: "functions do not run on the viewer's response where the origin answers 404, and a custom error page turns it into 200",
      remedy: { attribute: "default_cache_behavior[0].response_headers_policy_id" },
    });
  });
});

describe("the origin's header", () => {
  const origins = (...names: string[]): JsonObject[] =>
    names.map((name) => ({
      origin_id: name,
      domain_name: `${name}.elb.amazonaws.com`,
      custom_origin_config: [{ ...custom, https_port: 443 }],
    }));
  const balancer = (name: string, header: string | null, more: JsonObject = {}) => ({
    [`aws_lb.${name}`]: { after: { arn: `arn:${name}`, dns_name: `${name}.elb.amazonaws.com` } },
    [`aws_lb_listener.${name}`]: {
      after: {
        load_balancer_arn: `arn:${name}`,
        port: 443,
        protocol: "HTTPS",
        routing_http_response_strict_transport_security_header_value: header,
        ...more,
      },
    },
  });
  const sent = (changes: JsonObject, made: NonNullable<Around["changes"]>, toBehavior: JsonObject = {}) => {
    const behaviors = [{ ...behavior, response_headers_policy_id: null, target_origin_id: "a", ...toBehavior }];
    const { routes } = distribution(
      { origin: origins("a", "b"), default_cache_behavior: behaviors, ...changes },
      { changes: made },
    );
    return said(only(routes).hsts?.maxAge);
  };
  const long = "max-age=31536000";
  const group = { origin_group: [{ origin_id: "g", member: [{ origin_id: "a" }, { origin_id: "b" }] }] };
  const toGroup = { target_origin_id: "g" };

  test.each<[string, unknown, unknown]>([
    ["of a listener on the port that is asked", sent({}, balancer("a", long)), year],
    ["of a listener on another port", sent({}, balancer("a", long, { port: 8443 })), 0],
    ["of a listener in plain HTTP", sent({}, balancer("a", long, { protocol: "HTTP" })), 0],
    ["of a listener without the attribute", sent({}, balancer("a", null)), 0],
    ["of the balancer of another origin", sent({}, balancer("b", long)), 0],
    [
      "of two listeners that may have the port",
      sent({}, { ...balancer("a", long), "aws_lb_listener.c": { after: { load_balancer_arn: "arn:a" } } }),
      0,
    ],
    [
      "asked in the viewer's protocol, which is HTTPS",
      sent(
        {
          origin: [
            { ...origins("a")[0], custom_origin_config: [{ origin_protocol_policy: "match-viewer", https_port: 443 }] },
          ],
        },
        balancer("a", long),
      ),
      year,
    ],
    [
      "asked in the viewer's protocol, which may be plain HTTP",
      sent(
        {
          origin: [
            { ...origins("a")[0], custom_origin_config: [{ origin_protocol_policy: "match-viewer", https_port: 443 }] },
          ],
        },
        balancer("a", long),
        { viewer_protocol_policy: "allow-all" },
      ),
      0,
    ],
    [
      "of a group whose members all send it",
      sent(group, { ...balancer("a", long), ...balancer("b", long) }, toGroup),
      year,
    ],
    ["of a group of which one sends none", sent(group, balancer("a", long), toGroup), 0],
    [
      "of a group whose members differ",
      sent(group, { ...balancer("a", long), ...balancer("b", "max-age=60") }, toGroup),
      "? the origins of its group send different headers",
    ],
    [
      "beside a managed policy, which leaves the origin's",
      sent({}, balancer("a", "max-age=60"), {
        response_headers_policy_id: behavior.response_headers_policy_id as string,
      }),
      60,
    ],
  ])("%s", (_, found, expected) => expect(found).toBe(expected));
});

test("what a function answers every request with, beside a policy of a year: AWS does not say whether it is added", () => {
  const changes = {
    "aws_cloudfront_function.it": {
      after: { arn: "arn:it", code: "function handler() { return { statusCode: 403 }; }" },
    },
  };
  const function_association = [{ event_type: "viewer-request", function_arn: "arn:it" }];
  expect(hsts({ function_association }, { changes }).maxAge).toMatchObject({ state: "unknown", kind: "outside" });
});
