// Origins → upstreams: protocol and TLS floor of each hop, and the routes that lead there.
// The value tables are gone through on distributions made by hand: the provider refuses to plan some of the values.

import { describe, expect, test } from "vitest";
import type { Upstream } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { type Around, address, behavior, custom, distribution, only, origin } from "../../support/distribution.ts";
import { configured, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const hop = (changes: JsonObject, around?: Around): Upstream =>
  only(distribution({ origin: [{ ...origin, ...changes }] }, around).upstreams);

const customHop = (changes: { readonly [attribute: string]: unknown }, around?: Around): Upstream =>
  hop({ custom_origin_config: [{ ...custom, ...changes } as JsonObject] }, around);

const unrecognised = expect.stringMatching(/not a value that tlsgate recognises(; its name suggests .+)?$/);
const inherited = ["constructor", "toString", "__proto__"];

/** Name, protocol, TLS floor and routes of each upstream in a real plan. */
const hops = (plan: string, name: string) =>
  Object.fromEntries(
    at(endpointsOf(plan), `aws_cloudfront_distribution.${name}`).upstreams.map((one) => [
      one.name,
      [said(one.protocol), said(one.minimumTls), one.routes],
    ]),
  );

describe("a custom origin's protocol", () => {
  test.each([
    ["http-only", "http"],
    ["match-viewer", "viewer"],
    ["https-only", "https"],
    [null, "? origin_protocol_policy is not set"],
  ])("%s", (origin_protocol_policy, expected) => {
    expect(said(customHop({ origin_protocol_policy }).protocol)).toBe(expected);
  });

  test.each(["HTTPS-only", "https", true, ["https-only"], ...inherited])("%j is not recognised", (policy) => {
    expect(said(customHop({ origin_protocol_policy: policy }).protocol)).toEqual(unrecognised);
  });

  test("what is to be set, and where", () => {
    const attribute = "origin[0].custom_origin_config[0].origin_protocol_policy";
    expect(customHop({ origin_protocol_policy: "http-only" }).protocol).toMatchObject({
      place: { address, at: attribute },
      remedy: { address, attribute, value: "https-only" },
    });
  });
});

describe("a custom origin's TLS floor", () => {
  const floor = (versions: unknown, around?: Around) =>
    said(customHop({ origin_ssl_protocols: versions }, around).minimumTls);

  test.each([
    [["SSLv3"], "SSLv3"],
    [["TLSv1"], "TLS 1.0"],
    [["TLSv1.1"], "TLS 1.1"],
    [["TLSv1.2"], "TLS 1.2"],
    // the oldest counts, in any order
    [["TLSv1.2", "TLSv1"], "TLS 1.0"],
    [["TLSv1.1", "SSLv3", "TLSv1.2"], "SSLv3"],
    [[], "? origin[0].custom_origin_config[0].origin_ssl_protocols is not set"],
    [null, "? origin[0].custom_origin_config[0].origin_ssl_protocols is not set"],
  ])("%j", (versions, expected) => expect(floor(versions)).toBe(expected));

  test.each(["TLSv1.3", "TLSv2", "tlsv1.2", 1.2, ...inherited])("%j is not recognised", (version) => {
    expect(floor([version])).toEqual(unrecognised);
    expect(floor(["TLSv1.2", version])).toEqual(unrecognised);
    // An old version stays offered, whatever else is.
    expect(floor(["TLSv1", version])).toBe("TLS 1.0");
  });

  const masked = (mask: readonly boolean[] | boolean) =>
    ({ origin: [{ custom_origin_config: [{ origin_ssl_protocols: mask }] }] }) as unknown as JsonObject;

  test("known in part", () => {
    expect(floor(["TLSv1.2", null], { unknown: masked([false, true]) })).toMatch(/^\? known after apply/);
    expect(floor(["TLSv1.1", null], { unknown: masked([false, true]) })).toBe("TLS 1.1");
  });

  test("secret", () => {
    expect(floor(["TLSv1.2"], { secret: masked(true) })).toEqual({ secret: "TLS 1.2" });
    expect(floor(["TLSv1", "TLSv1.2"], { secret: masked([true, false]) })).toEqual({ secret: "TLS 1.0" });
  });

  test("does not matter where plain HTTP is spoken", () => {
    expect(customHop({ origin_protocol_policy: "http-only" }).minimumTls).toBeUndefined();
    expect(said(customHop({ origin_protocol_policy: "match-viewer" }).minimumTls)).toBe("TLS 1.2");
  });

  test("what is to be set, and where", () => {
    const attribute = "origin[0].custom_origin_config[0].origin_ssl_protocols";
    expect(customHop({ origin_ssl_protocols: ["TLSv1"] }).minimumTls?.remedy).toEqual({
      address,
      attribute,
      value: ["TLSv1.2"],
    });
  });
});

describe("S3", () => {
  test("a bucket is asked as the viewer asks, and takes TLS 1.2 or newer by itself", () => {
    const bucket = hop({ domain_name: "site.s3.eu-west-1.amazonaws.com", custom_origin_config: [] });
    expect([said(bucket.protocol), bucket.minimumTls]).toEqual(["viewer", undefined]);
    expect(bucket.protocol.place.at).toBe("origin[0].domain_name");
  });

  test.each([
    "site.s3-website-us-east-1.amazonaws.com",
    "site.s3-website.eu-central-1.amazonaws.com",
    "Site.S3-Website.eu-central-1.amazonaws.com",
  ])("a website, %s, answers plain HTTP whatever is written", (domain_name) => {
    const website = hop({ domain_name });
    expect([said(website.protocol), website.minimumTls]).toEqual(["http", undefined]);
  });

  test("a website by reference, and one that is secret", () => {
    const secret = { origin: [{ domain_name: true }] } as unknown as JsonObject;
    expect(said(hop({ domain_name: "site.s3-website-us-east-1.amazonaws.com" }, { secret }).protocol)).toEqual({
      secret: "http",
    });
    expect(hops("origin-https-only", "website_by_reference")).toEqual({ site: ["http", undefined, ["*"]] });
  });

  describe("a bucket behind an index, whose attribute the plan hides", () => {
    const bucket = (more: JsonObject) =>
      said(
        hop(
          { domain_name: null, ...more },
          {
            unknown: { origin: [{ domain_name: true }] } as unknown as JsonObject,
            changes: { 'aws_s3_bucket.site["a"]': {}, 'aws_s3_bucket.site["b"]': {} },
            root: { resources: [configured("aws_s3_bucket.site")] },
            written: { origin: [{ domain_name: { references: ["aws_s3_bucket.site", "terraform.workspace"] } }] },
          },
        ).protocol,
      );

    test.each<[string, JsonObject, string]>([
      ["with origin access control", { custom_origin_config: [], origin_access_control_id: "E1" }, "viewer"],
      ["with s3_origin_config", { custom_origin_config: [], s3_origin_config: [{}] }, "viewer"],
      ["as a custom origin", { custom_origin_config: [{ origin_protocol_policy: "http-only" }] }, "http"],
    ])("%s is no website for that alone", (_, more, expected) => expect(bucket(more)).toBe(expected));
  });

  test("a name of its owner's is no website", () => {
    expect(said(hop({ domain_name: "www.example.com" }).protocol)).toBe("https");
  });
});

describe("in a VPC", () => {
  const endpoint = (policy: string, versions: readonly string[]): JsonObject => ({
    origin_protocol_policy: policy,
    origin_ssl_protocols: [{ items: versions, quantity: versions.length }],
  });
  const vpc = (config: JsonObject, id: string | null = "vo-1", around: Around = {}) =>
    hop(
      { custom_origin_config: [], vpc_origin_config: [{ vpc_origin_id: id }] },
      {
        changes: { "aws_cloudfront_vpc_origin.a": { after: { id: "vo-1", vpc_origin_endpoint_config: [config] } } },
        ...around,
      },
    );

  test.each([
    [endpoint("https-only", ["TLSv1.2"]), "https", "TLS 1.2"],
    [endpoint("https-only", ["TLSv1.2", "TLSv1"]), "https", "TLS 1.0"],
    [endpoint("match-viewer", ["TLSv1.2"]), "viewer", "TLS 1.2"],
    [endpoint("http-only", ["TLSv1.2"]), "http", undefined],
    [endpoint("https-only", []), "https", expect.stringMatching(/^\? .*items is not set/)],
    [endpoint("ftp", ["TLSv1.2"]), unrecognised, "TLS 1.2"],
  ])("%j", (config, protocol, floor) => {
    const found = vpc(config);
    expect([said(found.protocol), said(found.minimumTls)]).toEqual([protocol, floor]);
  });

  test("stands at the VPC origin itself, where it is to be mended", () => {
    const found = vpc(endpoint("https-only", ["TLSv1"]));
    expect(found.protocol.place.address).toBe("aws_cloudfront_vpc_origin.a");
    expect(found.minimumTls?.remedy).toEqual({
      address: "aws_cloudfront_vpc_origin.a",
      attribute: "vpc_origin_endpoint_config[0].origin_ssl_protocols[0].items",
      value: ["TLSv1.2"],
    });
  });

  test("from outside the plan", () => {
    const found = vpc(endpoint("https-only", ["TLSv1.2"]), "vo-2");
    const open = "? the VPC origin is defined outside this plan";
    expect([said(found.protocol), said(found.minimumTls)]).toEqual([open, open]);
  });

  test("one of several that agree", () => {
    const changes = Object.fromEntries(
      ["a", "b"].map((key) => [
        `aws_cloudfront_vpc_origin.each["${key}"]`,
        {
          after: { vpc_origin_endpoint_config: [endpoint("https-only", ["TLSv1.2"])] },
          after_unknown: { id: true },
        },
      ]),
    );
    const found = vpc(endpoint("https-only", []), null, {
      unknown: { origin: [{ vpc_origin_config: [{ vpc_origin_id: true }] }] } as unknown as JsonObject,
      changes,
      root: { resources: [configured("aws_cloudfront_vpc_origin.each")] },
      written: {
        origin: [
          {
            vpc_origin_config: [
              { vpc_origin_id: { references: ["aws_cloudfront_vpc_origin.each", "terraform.workspace"] } },
            ],
          },
        ],
      },
    });
    expect([said(found.protocol), said(found.minimumTls)]).toEqual(["https", "TLS 1.2"]);
  });

  test("which of two is not told: nothing of either is", () => {
    const open = { unknown: { origin: [{ vpc_origin_config: [{ vpc_origin_id: true }] }] } as unknown as JsonObject };
    const after_unknown = { id: true };
    const vpcs = {
      "aws_cloudfront_vpc_origin.good": {
        after: { vpc_origin_endpoint_config: [endpoint("https-only", ["TLSv1.2"])] },
        after_unknown,
      },
      "aws_cloudfront_vpc_origin.bad": {
        after: { vpc_origin_endpoint_config: [endpoint("http-only", ["TLSv1.2"])] },
        after_unknown,
      },
    };
    const either = refersTo("aws_cloudfront_vpc_origin.good.id", "aws_cloudfront_vpc_origin.bad.id");
    const found = vpc(endpoint("https-only", []), null, {
      ...open,
      changes: vpcs,
      root: { resources: Object.keys(vpcs).map((one) => configured(one)) },
      written: { origin: [{ vpc_origin_config: [{ vpc_origin_id: either }] }] },
    });
    expect(said(found.protocol)).toMatch(/^\? /);
  });

  test("origins are a set: what is written goes by the origin's id, not by its place", () => {
    const planned = ["one", "two"].map((origin_id) => ({ origin_id, domain_name: "a.test", vpc_origin_config: [{}] }));
    const written = (id: string) => ({
      origin_id: { constant_value: id },
      vpc_origin_config: [{ vpc_origin_id: refersTo(`aws_cloudfront_vpc_origin.${id}.id`) }],
    });
    const made = (policy: string) => ({
      after: { vpc_origin_endpoint_config: [endpoint(policy, ["TLSv1.2"])] },
      after_unknown: { id: true },
    });
    const open = { vpc_origin_config: [{ vpc_origin_id: true }] };
    const { upstreams } = distribution(
      {
        origin: planned,
        default_cache_behavior: [{ ...behavior, target_origin_id: "one" }],
        ordered_cache_behavior: [{ ...behavior, target_origin_id: "two", path_pattern: "/two/*" }],
      },
      {
        unknown: { origin: [open, open] },
        written: { origin: [written("two"), written("one")] },
        root: { resources: ["one", "two"].map((one) => configured(`aws_cloudfront_vpc_origin.${one}`)) },
        changes: {
          "aws_cloudfront_vpc_origin.one": made("https-only"),
          "aws_cloudfront_vpc_origin.two": made("http-only"),
        },
      },
    );
    expect(upstreams.map(({ name, protocol }) => [name, said(protocol)])).toEqual([
      ["one", "https"],
      ["two", "http"],
    ]);
  });

  test("of real plans", () => {
    expect(hops("awkward-origins", "vpc")).toEqual({
      good: ["https", "TLS 1.2", ["*"]],
    });
    expect(hops("awkward-origins", "vpc_plain")).toEqual({ plain: ["http", undefined, ["*"]] });
    expect(hops("origin-minimum-tls-1-2", "private_outdated")).toMatchObject({ site: ["https", "TLS 1.0", ["*"]] });
  });
});

describe("the routes that lead to an origin", () => {
  test("by the behavior's target, or by a group that holds the origin", () => {
    const { upstreams } = distribution({
      origin: [
        { ...origin, origin_id: "one" },
        { ...origin, origin_id: "two" },
        { ...origin, origin_id: "three" },
      ],
      origin_group: [{ origin_id: "group", member: [{ origin_id: "one" }, { origin_id: "two" }] }],
      default_cache_behavior: [{ ...behavior, target_origin_id: "group" }],
      ordered_cache_behavior: [
        { ...behavior, target_origin_id: "two", path_pattern: "/two/*" },
        { ...behavior, target_origin_id: "none", path_pattern: "/none/*" },
      ],
    });
    expect(upstreams.map(({ name, routes }) => [name, routes])).toEqual([
      ["one", ["*"]],
      ["two", ["*", "/two/*"]],
    ]);
  });

  test("one that nobody can tell the leading behaviors of stays, and so does one without a known id", () => {
    const left = (unknown: JsonObject) =>
      distribution({ origin: [{ ...origin, origin_id: "other" }], default_cache_behavior: [behavior] }, { unknown })
        .upstreams;
    expect(left({})).toEqual([]);
    expect(left({ default_cache_behavior: [{ target_origin_id: true }] })).toHaveLength(1);
    expect(left({ origin: [{ origin_id: true }] })).toHaveLength(1);
    expect(left({ origin_group: true })).toHaveLength(1);
  });

  test("of real plans", () => {
    expect(hops("awkward-origins", "group_serves")).toEqual({
      first: ["viewer", "TLS 1.2", ["/open/*"]],
      second: ["viewer", "TLS 1.2", ["/open/*"]],
      third: ["viewer", "TLS 1.2", ["*"]],
    });
    expect(hops("aws-origin-protocols", "second")).toEqual({
      o: ["viewer", undefined, ["*"]],
    });
  });

  test("an origin whose id is secret goes by its place", () => {
    const secret = { origin: [{ origin_id: true }] } as unknown as JsonObject;
    expect(hop({}, { secret })).toMatchObject({ name: "origin[0]", routes: ["*"] });
  });

  test("origins that a plan does not tell are one that is not told", () => {
    const { upstreams } = distribution({ origin: null }, { unknown: { origin: true } });
    expect(said(only(upstreams).protocol)).toMatch(/^\? known after apply/);
  });
});
