// S3 websites → endpoints of plain HTTP, but for those behind CloudFront; on real plans.

import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { planFromState } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { configured, plan } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { random } from "../../support/random.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const plainHttp = (endpoint: Endpoint) => said(only(endpoint.routes).plainHttp);

describe("of a real plan", () => {
  const endpoints = new Map([...endpointsOf("aws-s3")].filter(([, { kind }]) => kind === "S3 website"));

  test("all but those behind the distribution", () => {
    expect(Object.fromEntries([...endpoints].map(([address, one]) => [address, plainHttp(one)]))).toEqual({
      "aws_s3_bucket_website_configuration.site": "served",
      'aws_s3_bucket_website_configuration.redirect["http"]': "served",
      'aws_s3_bucket_website_configuration.redirect["https"]': "redirected",
      "aws_s3_bucket_website_configuration.same_protocol": "served",
      'aws_s3_bucket.own_website["documents"]': "served",
      'aws_s3_bucket.own_website["redirect"]': "redirected",
      'aws_s3_bucket.own_website["plain"]': "served",
    });
    expect(endpointsOf("origin-https-only").has("aws_s3_bucket_website_configuration.site")).toBe(false);
    expect(endpointsOf("awkward-origins").has("aws_s3_bucket_website_configuration.site")).toBe(false);
  });

  test("where, why, and what to set", () => {
    expect(only(at(endpoints, "aws_s3_bucket_website_configuration.site").routes).plainHttp).toMatchObject({
      place: { address: "aws_s3_bucket_website_configuration.site", at: "" },
      note: "an S3 website endpoint answers plain HTTP only",
    });
    const address = "aws_s3_bucket_website_configuration.same_protocol";
    const attribute = "redirect_all_requests_to[0].protocol";
    expect(only(at(endpoints, address).routes).plainHttp).toMatchObject({
      place: { address, at: attribute },
      remedy: { address, attribute, value: "https" },
    });
    expect(only(at(endpoints, 'aws_s3_bucket.own_website["plain"]').routes).plainHttp?.place.at).toBe(
      "website[0].redirect_all_requests_to",
    );
  });

  test("without HTTPS there is nothing else to judge", () => {
    const judged = findings("aws-s3").filter(({ address }) => address === "aws_s3_bucket_website_configuration.site");
    expect(judged.map(({ policy, outcome }) => `${outcome} ${policy}`)).toEqual([
      "fail ats-connection",
      "fail https-only",
    ]);
  });
});

const address = "aws_s3_bucket_website_configuration.made";

const website = (redirect: JsonObject, unknown: JsonObject = {}) =>
  at(
    endpointsOf(
      plan({
        changes: {
          [address]: {
            after: { redirect_all_requests_to: [redirect] },
            after_unknown: { redirect_all_requests_to: [unknown] } as never,
          },
        },
      }),
    ),
    address,
  );

test.each([
  ["ftp", '? "ftp" is not a value that tlsgate recognises'],
  ["HTTPS", '? "HTTPS" is not a value that tlsgate recognises'],
  ["constructor", '? "constructor" is not a value that tlsgate recognises'],
  ["", "served"],
])("a redirect to %j: %s", (protocol, expected) => expect(plainHttp(website({ protocol }))).toBe(expected));

test("a redirect that is known after apply", () => {
  expect(plainHttp(website({}, { protocol: true }))).toMatch(/^\? known after apply/);
  const changes = {
    "aws_s3_bucket.made": {
      after: { website: [{}] },
      after_unknown: { website: [{ redirect_all_requests_to: true }] },
    },
  };
  expect(plainHttp(at(endpointsOf(plan({ changes })), "aws_s3_bucket.made"))).toMatch(/^\? known after apply/);
});

test("a bucket shows the website that another resource gives it: it is judged there alone", () => {
  const of = (type: string, name: string, values: JsonObject) => ({
    address: `${type}.${name}`,
    mode: "managed" as const,
    type,
    name,
    values,
  });
  const resources = [
    of("aws_s3_bucket", "one", { id: "one", bucket: "one", website: [{ index_document: "a" }] }),
    of("aws_s3_bucket", "other", { id: "other", bucket: "other", website: [{ index_document: "a" }] }),
    of("aws_s3_bucket_website_configuration", "made", { bucket: "one" }),
  ];
  const state = planFromState({ format_version: "1.0", values: { root_module: { resources } } }, "made by hand");
  expect([...endpointsOf(state).keys()]).toEqual([address, "aws_s3_bucket.other"]);
});

describe("a bucket whose policy denies plain HTTP", () => {
  const denying = (effect: string) =>
    JSON.stringify({
      Statement: {
        Effect: effect,
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    });
  const served = (effect: string, redirect: JsonObject[] = []) =>
    plainHttp(
      at(
        endpointsOf(
          plan({
            changes: {
              [address]: { after: { bucket: "b", redirect_all_requests_to: redirect } },
              "aws_s3_bucket.b": { after: { bucket: "b" } },
              "aws_s3_bucket_policy.b": { after: { bucket: "b", policy: denying(effect) } },
            },
          }),
        ),
        address,
      ),
    );

  test("shows nobody an object of its website", () => {
    expect([served("Deny"), served("Allow")]).toEqual(["refused", "served"]);
    const changes = (effect: string) => ({
      "aws_s3_bucket.b": { after: { bucket: "b", website: [{ index_document: "a" }], policy: denying(effect) } },
    });
    const own = (effect: string) => plainHttp(at(endpointsOf(plan({ changes: changes(effect) })), "aws_s3_bucket.b"));
    expect([own("Deny"), own("Allow")]).toEqual(["refused", "served"]);
  });

  test("redirects as before: a redirect reads no object", () => {
    expect(served("Deny", [{ protocol: "http" }])).toBe("served");
    expect(served("Deny", [{ protocol: "https" }])).toBe("redirected");
  });

  test("where the policy is not known, the website serves", () => {
    const changes = {
      [address]: { after: { bucket: "b" } },
      "aws_s3_bucket.b": { after: { bucket: "b" } },
      "aws_s3_bucket_policy.b": { after: { bucket: "b" }, after_unknown: { policy: true } },
    };
    expect(plainHttp(at(endpointsOf(plan({ changes })), address))).toBe("served");
  });
});

test("a website that the plan deletes serves nothing, though the bucket still shows it", () => {
  const own = { bucket: "b", id: "b", website: [{ index_document: "a" }] };
  const changes = {
    [address]: { actions: ["delete"], before: { bucket: "b" }, after: null },
    "aws_s3_bucket.b": { actions: ["no-op"], before: own, after: own },
  };
  expect([...endpointsOf(plan({ changes, root: { resources: [configured("aws_s3_bucket.b")] } })).keys()]).toEqual([]);
});

test("random redirects never throw, and none but https:// passes", () => {
  for (let seed = 0; seed < 500; seed++) {
    const { pick } = random(seed);
    const protocol = pick(["https", "http", "HTTPS", "", " https", null, "toString", "__proto__"]);
    const answer = plainHttp(website({ protocol, host_name: pick(["www.example.com", null]) }));
    expect(answer === "redirected", `seed ${seed}`).toBe(protocol === "https");
  }
});
