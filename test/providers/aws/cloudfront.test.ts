// aws_cloudfront_distribution → endpoint: names, whose certificate, the security policy, routes; on real plans.
// The value tables are gone through on distributions made by hand: the provider refuses to plan some of the values.

import { describe, expect, test } from "vitest";
import { policies } from "../../../policies/registry.ts";
import { evaluate } from "../../../src/findings/evaluate.ts";
import type { Finding } from "../../../src/findings/finding.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import adapter from "../../../src/providers/aws/cloudfront.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { address, arn, behavior, distribution, only, sound, viewer } from "../../support/distribution.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { type Random, random } from "../../support/random.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises(; its name suggests .+)?$/);

/** Names that every JavaScript object answers to: no table must take them for its own. */
const inherited = ["constructor", "toString", "__proto__"];

describe("the security policy", () => {
  const security = (minimum_protocol_version: unknown) => {
    const made = distribution({ viewer_certificate: [{ ...viewer, minimum_protocol_version } as JsonObject] });
    return [said(made.minimumTls), said(made.forwardSecrecy), said(made.aeadOnly)];
  };

  test.each([
    ["SSLv3", "SSLv3", false, false],
    ["TLSv1", "TLS 1.0", false, false],
    ["TLSv1_2016", "TLS 1.0", false, false],
    ["TLSv1.1_2016", "TLS 1.1", false, false],
    ["TLSv1.2_2018", "TLS 1.2", false, false],
    ["TLSv1.2_2019", "TLS 1.2", true, false],
    ["TLSv1.2_2021", "TLS 1.2", true, true],
    ["TLSv1.2_2025", "TLS 1.2", true, true],
    ["TLSv1.3_2025", "TLS 1.3", true, true],
    // absent: the provider's default
    [null, "TLS 1.0", false, false],
    ["", "TLS 1.0", false, false],
  ])("%s: %s, forward secrecy %s, AEAD only %s", (name, ...expected) => expect(security(name)).toEqual(expected));

  test.each(["TLSv1.2", "tlsv1.2_2021", "TLSv1.2_2021 ", "TLSv1.4_2030", 1.2, ["TLSv1.2_2021"], ...inherited])(
    "%j is not recognised",
    (name) => expect(security(name)).toEqual([unrecognised, unrecognised, unrecognised]),
  );

  test("of real plans", () => {
    const versions = endpointsOf("aws-tls-versions-for-each");
    const floor = (name: string) => said(at(versions, `aws_cloudfront_distribution.${name}`).minimumTls);
    expect(floor('v["TLSv1.1_2016"]')).toBe("TLS 1.1");
    expect(floor('v["TLSv1.2_2021"]')).toBe("TLS 1.2");
    expect(floor("unset")).toBe("TLS 1.0");
    const [unknown] = endpointsOf("aws-tls-version-unknown").values();
    expect(said(unknown?.minimumTls)).toBe("? known after apply, from terraform_data.tls.output");
  });

  test("with its own certificate, CloudFront takes TLSv1 whatever is written", () => {
    const made = distribution({
      aliases: [],
      viewer_certificate: [{ cloudfront_default_certificate: true, minimum_protocol_version: "TLSv1.2_2021" }],
    });
    expect([said(made.minimumTls), said(made.forwardSecrecy), said(made.aeadOnly)]).toEqual(["TLS 1.0", false, false]);
    expect(made.minimumTls).toMatchObject({
      place: { address, at: "viewer_certificate[0].acm_certificate_arn" },
      note: expect.stringContaining("whatever minimum_protocol_version says"),
    });
    const real = at(endpointsOf("minimum-tls-1-2"), "aws_cloudfront_distribution.own_certificate");
    expect(said(real.minimumTls)).toBe("TLS 1.0");
  });

  test("what is to be set, and where", () => {
    const made = distribution({ viewer_certificate: [{ ...viewer, minimum_protocol_version: "TLSv1" }] });
    const attribute = "viewer_certificate[0].minimum_protocol_version";
    expect(made.minimumTls).toMatchObject({
      place: { address, at: attribute },
      remedy: { address, attribute, value: "TLSv1.2_2021" },
    });
  });
});

describe("whose certificate it shows", () => {
  test.each<[string, JsonObject, unknown]>([
    ["its owner's, of ACM", {}, "own"],
    ["its owner's, of IAM", { viewer_certificate: [{ iam_certificate_id: "ASCAEXAMPLE" }] }, "own"],
    [
      "CloudFront's, for CloudFront's name",
      { aliases: [], viewer_certificate: [{ cloudfront_default_certificate: true }] },
      "provider",
    ],
    ["CloudFront's, where nothing is said", { aliases: null, viewer_certificate: [] }, "provider"],
    ["none that would do", { viewer_certificate: [{ cloudfront_default_certificate: true }] }, "missing"],
    ["none, where nothing is said", { viewer_certificate: null }, "missing"],
    ["an empty ARN is none", { viewer_certificate: [{ acm_certificate_arn: "" }] }, "missing"],
  ])("%s", (_, changes, expected) => {
    const made = distribution(changes);
    expect(said(made.certificate)).toBe(expected);
    expect(made.certificates).toHaveLength(expected === "own" ? 1 : 0);
    expect(made.sni === undefined).toBe(expected !== "own");
  });

  test("IAM's comes before ACM's, as in the provider", () => {
    const { certificates } = distribution({ viewer_certificate: [{ ...viewer, iam_certificate_id: "ASCAEXAMPLE" }] });
    expect(only(certificates).ready?.place.at).toBe("viewer_certificate[0].iam_certificate_id");
    expect(only(certificates).region).toBeUndefined();
  });

  test("unknown where its ARN or its names are", () => {
    const late = distribution(
      { viewer_certificate: [{ ...viewer, acm_certificate_arn: null }] },
      {
        unknown: { viewer_certificate: [{ acm_certificate_arn: true }] },
        written: { viewer_certificate: [{ acm_certificate_arn: refersTo("local.arn") }] },
      },
    );
    expect(said(late.certificate)).toMatch(/^\? known after apply, from local.arn/);
    expect(said(late.minimumTls)).toBe("TLS 1.2");
    const aliases = endpointsOf("awkward-aliases");
    expect(said(at(aliases, "aws_cloudfront_distribution.partly_unknown_bare").certificate)).toBe(
      "? it depends on aliases, which are known after apply, from terraform_data.preview.output",
    );
    expect(said(at(aliases, "aws_cloudfront_distribution.bare").certificate)).toBe("missing");
    expect(said(at(aliases, "aws_cloudfront_distribution.empty").certificate)).toBe("provider");
  });
});

describe("names", () => {
  test("each alias is one, known, secret or not known", () => {
    const { names } = distribution(
      { aliases: ["a.test", "b.test", null] },
      {
        secret: { aliases: [false, true, false] },
        unknown: { aliases: [false, false, true] },
        written: { aliases: refersTo("local.alias") },
      },
    );
    expect(names.map(said)).toEqual([
      "a.test",
      { secret: "b.test" },
      expect.stringMatching(/^\? known after apply, from local/),
    ]);
    expect(names.map((one) => one.place.at)).toEqual(["aliases[0]", "aliases[1]", "aliases[2]"]);
  });

  test("all secret, of a real plan", () => {
    const [site] = endpointsOf("aws-sensitive-values").values();
    expect(site?.names.map(said)).toEqual([{ secret: "www.example.com" }]);
  });
});

describe("how the viewer names the host", () => {
  const sni = (ssl_support_method: unknown) =>
    said(distribution({ viewer_certificate: [{ ...viewer, ssl_support_method } as JsonObject] }).sni);

  test.each([
    ["sni-only", true],
    ["vip", false],
    ["static-ip", false],
    [null, "? ssl_support_method is not set, and CloudFront needs it beside a certificate"],
  ])("%s", (method, expected) => expect(sni(method)).toBe(expected));

  test.each(["SNI-only", "none", true, ...inherited])("%j is not recognised", (method) => {
    expect(sni(method)).toEqual(unrecognised);
  });

  test("what is to be set, and where", () => {
    const { sni } = distribution({ viewer_certificate: [{ ...viewer, ssl_support_method: "vip" }] });
    const attribute = "viewer_certificate[0].ssl_support_method";
    expect(sni?.remedy).toEqual({ address, attribute, value: "sni-only" });
  });

  test("of a real plan", () => {
    const endpoints = endpointsOf("sni-only");
    const of = (name: string) => said(at(endpoints, `aws_cloudfront_distribution.${name}`).sni);
    expect([of("by_name"), of("dedicated_addresses"), of("static_addresses"), of("own_certificate")]).toEqual([
      true,
      false,
      false,
      undefined,
    ]);
  });
});

describe("HTTP versions", () => {
  const versions = (http_version: unknown) => said(distribution({ http_version } as JsonObject).httpVersions);

  test.each([
    ["http1.1", ["HTTP/1.1"]],
    ["http2", ["HTTP/1.1", "HTTP/2"]],
    ["http3", ["HTTP/1.1", "HTTP/3"]],
    ["http2and3", ["HTTP/1.1", "HTTP/2", "HTTP/3"]],
    [null, ["HTTP/1.1", "HTTP/2"]],
  ])("%s", (name, expected) => expect(versions(name)).toEqual(expected));

  test("what is to be set, and where", () => {
    const { httpVersions } = distribution({ http_version: "http1.1" });
    expect(httpVersions?.remedy).toEqual({ address, attribute: "http_version", value: "http2and3" });
  });

  test.each(["HTTP2", "http4", 2, ...inherited])("%j is not recognised", (name) => {
    expect(versions(name)).toEqual(unrecognised);
  });
});

describe("routes", () => {
  const plainHttp = (viewer_protocol_policy: unknown) =>
    said(
      only(distribution({ default_cache_behavior: [{ ...behavior, viewer_protocol_policy } as JsonObject] }).routes)
        .plainHttp,
    );

  test.each([
    ["allow-all", "served"],
    ["redirect-to-https", "redirected"],
    ["https-only", "refused"],
    [null, "? viewer_protocol_policy is not set"],
  ])("%s: plain HTTP is %s", (policy, expected) => expect(plainHttp(policy)).toBe(expected));

  test.each(["Allow-All", "https", true, ["https-only"], ...inherited])("%j is not recognised", (policy) => {
    expect(plainHttp(policy)).toEqual(unrecognised);
  });

  test("one for each behavior, by its path", () => {
    const { routes } = distribution({
      ordered_cache_behavior: [
        { ...behavior, path_pattern: "/a/*", viewer_protocol_policy: "allow-all" },
        { ...behavior, path_pattern: "/b/*" },
      ],
    });
    expect(routes.map(({ path, plainHttp }) => [path, said(plainHttp), plainHttp?.place.at])).toEqual([
      ["*", "redirected", "default_cache_behavior[0].viewer_protocol_policy"],
      ["/a/*", "served", "ordered_cache_behavior[0].viewer_protocol_policy"],
      ["/b/*", "redirected", "ordered_cache_behavior[1].viewer_protocol_policy"],
    ]);
  });

  test("a path that is secret or not known is not told", () => {
    const { routes } = distribution(
      {
        ordered_cache_behavior: [
          { ...behavior, path_pattern: "/secret/*" },
          { ...behavior, path_pattern: null },
        ],
      },
      {
        secret: { ordered_cache_behavior: [{ path_pattern: true }] },
        unknown: { ordered_cache_behavior: [{}, { path_pattern: true }] },
      },
    );
    expect(routes.map((route) => route.path)).toEqual(["*", "ordered_cache_behavior[0]", "ordered_cache_behavior[1]"]);
  });

  test("behaviors that a plan does not tell are one route that is not told", () => {
    const { routes } = distribution({}, { unknown: { ordered_cache_behavior: true } });
    expect(routes).toHaveLength(2);
    expect(said(routes[1]?.plainHttp)).toMatch(/^\? known after apply/);
    expect(said(routes[1]?.hsts?.maxAge)).toMatch(/^\? /);
  });

  test("what is to be set, and where", () => {
    const { routes } = distribution({ default_cache_behavior: [{ ...behavior, viewer_protocol_policy: "allow-all" }] });
    const attribute = "default_cache_behavior[0].viewer_protocol_policy";
    expect(only(routes).plainHttp?.remedy).toEqual({ address, attribute, value: "redirect-to-https" });
  });
});

test("a sound distribution: each policy passes, but for what a plan cannot know of a certificate from outside", () => {
  const read = plan({ changes: { [address]: { after: sound } } });
  const enforcement = Object.fromEntries(policies.map(({ id }) => [id, "mandatory" as const]));
  const { findings } = evaluate(read, { policies, adapters, enforcement });
  const outcomes = Object.fromEntries(findings.map(({ policy, outcome }) => [policy, outcome]));
  expect(outcomes).toMatchObject({
    "certificate-present": "pass",
    "certificate-region": "pass",
    "certificate-covers-domains": "unknown",
    "forward-secrecy": "pass",
    "hsts-enabled": "pass",
    "https-only": "pass",
    "minimum-tls-1-2": "pass",
    "modern-http": "pass",
    "origin-https-only": "pass",
    "origin-minimum-tls-1-2": "pass",
    "sni-only": "pass",
    "strong-ciphers": "pass",
  });
});

test("the adapter reads distributions alone, each to one endpoint", () => {
  expect(adapter).toMatchObject({ id: "aws/cloudfront", resourceTypes: ["aws_cloudfront_distribution"] });
  expect(distribution()).toMatchObject({ address, kind: "CloudFront distribution" });
});

describe("values at random, of the types that the provider's schema says", () => {
  /** Words of the tables, words near them, and words that are in no table. */
  const words = [
    ...["TLSv1.2_2021", "TLSv1", "SSLv3", "TLSv1.2", "TLSv1.3", "sni-only", "vip", "http2", "http3", "http1.1"],
    ...[
      "allow-all",
      "redirect-to-https",
      "https-only",
      "http-only",
      "match-viewer",
      "viewer-response",
      "viewer-request",
    ],
    ...["site", "other", "www.example.com", "*.example.com", "b.s3-website-eu-west-1.amazonaws.com"],
    ...[arn("us-east-1"), arn("eu-west-1"), "67f7725c-6f97-4210-82d7-5512b31e9d03", "strict-transport-security"],
    ...["max-age=31536000", "max-age=0", "", "TLSv9", "https", "\u0000", "🙂", ...inherited],
  ];

  /** A list of blocks or values is an array of what one of them is. */
  type Schema =
    | "text"
    | "rarely text"
    | "number"
    | "flag"
    | readonly [Schema]
    | { readonly [attribute: string]: Schema };

  const cacheBehavior: Schema = {
    path_pattern: "text",
    target_origin_id: "text",
    viewer_protocol_policy: "text",
    response_headers_policy_id: "text",
    compress: "flag",
    function_association: [{ event_type: "text", function_arn: "text" }],
    lambda_function_association: [{ event_type: "text", lambda_arn: "text", include_body: "flag" }],
  };

  const customOrigin: Schema = {
    http_port: "number",
    origin_protocol_policy: "text",
    origin_ssl_protocols: ["text"],
  };

  /** What the adapter reads of `aws_cloudfront_distribution`, and a little around it. */
  const schema = {
    enabled: "flag",
    http_version: "text",
    aliases: ["text"],
    origin: [
      {
        origin_id: "text",
        domain_name: "text",
        connection_attempts: "number",
        custom_origin_config: [customOrigin],
        vpc_origin_config: [{ vpc_origin_id: "text" }],
      },
    ],
    origin_group: [{ origin_id: "text", member: [{ origin_id: "text" }] }],
    default_cache_behavior: [cacheBehavior],
    ordered_cache_behavior: [cacheBehavior],
    viewer_certificate: [
      {
        acm_certificate_arn: "text",
        iam_certificate_id: "rarely text",
        cloudfront_default_certificate: "flag",
        minimum_protocol_version: "text",
        ssl_support_method: "text",
      },
    ],
  } as const;

  function valueAs(schema: Schema, source: Random): unknown {
    if (source.chance(0.1)) return null;
    if (schema === "text") return source.pick(words);
    if (schema === "rarely text") return source.chance(0.1) ? source.pick(words) : null;
    if (schema === "number") return source.number(100_000);
    if (schema === "flag") return source.chance(0.5);
    return isList(schema) ? listOf(schema[0], source) : blocksOf(schema, source);
  }

  const listOf = (schema: Schema, source: Random): unknown[] =>
    Array.from({ length: source.pick([0, 1, 1, 1, 2]) }, () => valueAs(schema, source) ?? {});

  const blocksOf = (schema: { readonly [attribute: string]: Schema }, source: Random) =>
    each(schema, (inner) => valueAs(inner, source));

  const isList = (schema: object): schema is readonly [Schema] => Array.isArray(schema);

  const each = <T>(object: { readonly [name: string]: T }, make: (value: T) => unknown) =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, make(value)]));

  /** A mask over a value: true here and there, for a leaf or for all below. */
  function maskOf(value: unknown, source: Random): unknown {
    if (source.chance(0.05)) return true;
    if (Array.isArray(value)) return value.map((one) => maskOf(one, source));
    return typeof value === "object" && value !== null ? each({ ...value }, (one) => maskOf(one, source)) : false;
  }

  const among =
    (...values: readonly unknown[]) =>
    (value: unknown): boolean =>
      values.includes(value);

  /** Where a policy passes: what the attribute may hold that it stands at. */
  const passing: { readonly [policy: string]: (value: unknown, path: string) => boolean } = {
    "minimum-tls-1-2": among("TLSv1.2_2021"),
    "forward-secrecy": among("TLSv1.2_2021"),
    "strong-ciphers": among("TLSv1.2_2021"),
    "https-only": among("redirect-to-https", "https-only"),
    "sni-only": among("sni-only"),
    // What is left out is the provider's default, http2.
    "modern-http": among("http2", "http3", null, ""),
    "hsts-enabled": among("67f7725c-6f97-4210-82d7-5512b31e9d03"),
    "certificate-region": among(arn("us-east-1")),
    "origin-minimum-tls-1-2": (value) => Array.isArray(value) && value.every(among("TLSv1.2")),
    "origin-https-only": (value, path) => path.endsWith("domain_name") || among("https-only", "match-viewer")(value),
  };

  const enforcement = Object.fromEntries(policies.map(({ id }) => [id, "mandatory" as const]));

  /** The value at a path such as `ordered_cache_behavior[1].viewer_protocol_policy`. */
  const dig = (values: unknown, path: string): unknown =>
    (path.match(/[^.[\]]+/g) ?? []).reduce(
      (held, step) => (held as { [step: string]: unknown } | null)?.[step],
      values,
    );

  const passed = new Set<string>();

  test.each(Array.from({ length: 20 }, (_, index) => index))("seeds from %i00 on", (hundred) => {
    for (let seed = hundred * 100; seed < hundred * 100 + 100; seed++) {
      const source = random(seed);
      const after = blocksOf(schema, source) as JsonObject;
      const [after_unknown, after_sensitive] = [maskOf(after, source), maskOf(after, source)] as never[];
      const floor = source.chance(0.5) ? refersTo("local.floor") : {};
      const read = plan({
        root: { resources: [configured(address, { viewer_certificate: [{ minimum_protocol_version: floor }] })] },
        changes: { [address]: { after, after_unknown, after_sensitive } as never },
      });
      const about = `seed ${seed}: ${JSON.stringify({ after, after_unknown })}`;
      let findings: readonly Finding[] = [];
      expect(() => {
        findings = evaluate(read, { policies, adapters, enforcement }).findings;
      }, about).not.toThrow();
      for (const { policy, outcome, at: path, message } of findings) {
        expect(message, `${about}, ${policy}`).toMatch(/./);
        if (outcome !== "pass") continue;
        passed.add(policy);
        const value = dig(after, path);
        const shown = `${about}, ${policy} passes with ${JSON.stringify(value)} at ${path}`;
        expect(passing[policy]?.(value, path) ?? true, shown).toBe(true);
      }
    }
  });

  test("each of the policies passes now and then", () => {
    expect([...Object.keys(passing)].filter((policy) => !passed.has(policy))).toEqual([]);
  });
});
