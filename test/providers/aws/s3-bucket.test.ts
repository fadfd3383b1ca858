// A bucket's policy → whether it denies plain HTTP, on real plans; what no provider would plan is made by hand.

import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { planFromState } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { type Random, random } from "../../support/random.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const plainHttp = (endpoint: Endpoint) => said(only(endpoint.routes).plainHttp);

const partly = "? the plan shows only a part of the policy's statements";
const unnamed =
  "? the ARN of a new bucket is known after apply, so the plan does not show that the policy is about all of the bucket";

describe("of real plans", () => {
  const endpoints = endpointsOf("aws-s3");
  const of = (address: string) => at(endpoints, address);

  test.each([
    ["denied", "refused"],
    ["one_by_one", "refused"],
    ["all_at_all", "refused"],
    ["not_secure", "refused"],
    ["no_tls", "refused"],
    ["tls_1_3", "refused"],
    ["objects", "served"],
    ["bucket", "served"],
    ["some_objects", "served"],
    ["somebody", "served"],
    ["a_service", "served"],
    ["reading", "served"],
    ["secure", "served"],
    ["allowed", "served"],
    ["old_tls", "served"],
    ["both_at_once", "served"],
    ["from_outside", "served"],
    ["but_for", partly],
  ])("%s: %s", (name, expected) => {
    expect(plainHttp(of(`aws_s3_bucket_policy.known["${name}"]`))).toBe(expected);
  });

  test.each([
    // each.value of a for_each over several documents: a plan does not show which of them.
    ['aws_s3_bucket_policy.document["denied"]', "? the plan does not tell which document it is"],
    ['aws_s3_bucket_policy.document["known"]', "? the plan does not tell which document it is"],
    ["aws_s3_bucket_policy.merged", unnamed],
    ["aws_s3_bucket_policy.one_of_two", partly],
    ["aws_s3_bucket_policy.single_statement", "refused"],
    ["aws_s3_bucket.with_policy", "refused"],
    [
      "aws_s3_bucket_policy.encoded",
      "? known after apply, from local.deny, and a plan does not show what local values hold",
    ],
  ])("%s: %s", (address, expected) => expect(plainHttp(of(address))).toBe(expected));

  test.each([
    ["everything", "refused"],
    ["objects", "served"],
    ["prefixes", "served"],
    ["variable", unnamed],
    // Its denials are of dynamic blocks, which the plan does not show as they are written.
    ["dynamic", unnamed],
  ])("JSON syntax shows what documents name of a new bucket: %s: %s", (name, expected) => {
    expect(plainHttp(at(endpointsOf("aws-s3-json"), `aws_s3_bucket_policy.${name}`))).toBe(expected);
  });

  test("what is missing, and where", () => {
    const note = (name: string) => only(of(`aws_s3_bucket_policy.known["${name}"]`).routes).plainHttp?.note;
    const rule = (part: string) =>
      `no statement of its policy denies everybody s3:*${part} where aws:SecureTransport is false`;
    expect([note("objects"), note("bucket"), note("allowed"), note("denied")]).toEqual([
      rule(" on the bucket itself"),
      rule(" on the objects"),
      rule(""),
      undefined,
    ]);
    expect(only(of("aws_s3_bucket_policy.merged").routes).plainHttp).toMatchObject({
      place: { address: "aws_s3_bucket_policy.merged", at: "policy" },
      related: ["data.aws_iam_policy_document.merged"],
    });
  });

  test("TLS 1.2 is S3's own floor, which a policy can raise", () => {
    expect(said(of('aws_s3_bucket_policy.known["denied"]').minimumTls)).toBe("TLS 1.2");
    expect(said(of('aws_s3_bucket_policy.known["old_tls"]').minimumTls)).toBe("TLS 1.2");
    expect(said(of('aws_s3_bucket_policy.known["tls_1_3"]').minimumTls)).toBe("TLS 1.3");
    expect(said(of("aws_s3_bucket_policy.encoded").minimumTls)).toBe("TLS 1.2");
    // Denied whatever the version.
    expect(said(of('aws_s3_bucket_policy.known["secure"]').minimumTls)).toBe("TLS 1.2");
  });

  test("a bucket whose policy the plan does not hold is not judged", () => {
    expect([...endpoints.keys()].filter((address) => /^aws_s3_bucket\.(new|fronted)$/.test(address))).toEqual([]);
  });

  test("nothing is asked of it that S3 alone decides", () => {
    const judged = findings("aws-s3").filter(({ address }) => address === 'aws_s3_bucket_policy.known["denied"]');
    expect(judged.map(({ policy, outcome }) => `${outcome} ${policy}`).sort()).toEqual([
      "pass certificate-present",
      "pass https-only",
      "pass minimum-tls-1-2",
    ]);
  });
});

const address = "aws_s3_bucket_policy.made";

const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::example", "arn:aws:s3:::example/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

const json = (...Statement: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement });

const made = (policy: string | null, secret = false) =>
  at(
    endpointsOf(plan({ changes: { [address]: { after: { policy }, after_sensitive: { policy: secret } } } })),
    address,
  );

describe("of JSON", () => {
  const denied = (changes: object) => plainHttp(made(json({ ...deny, ...changes })));

  test.each<[string, object, unknown]>([
    ["an action in another case", { Action: ["S3:*"] }, "refused"],
    ["one of several actions", { Action: ["s3:GetObject", "*"] }, "refused"],
    ["one of several principals", { Principal: { Service: "a", AWS: ["arn:aws:iam::1:root", "*"] } }, "refused"],
    ["any principal", { Principal: { "*": "*" } }, "refused"],
    ["another partition", { Resource: ["arn:aws-cn:s3:::example", "arn:aws-cn:s3:::example/*"] }, "refused"],
    ["a pattern of the name", { Resource: "arn:aws:s3:::example*" }, "refused"],
    ["no condition", { Condition: undefined }, "refused"],
    ["either value", { Condition: { Bool: { "aws:SecureTransport": ["true", "False"] } } }, "refused"],
    ["TLS older or none", { Condition: { NumericLessThanIfExists: { "s3:TlsVersion": "1.2" } } }, "refused"],
    ["the key is in every request", { Condition: { Null: { "aws:SecureTransport": "false" } } }, "refused"],
    ["so it is never missing", { Condition: { Null: { "aws:SecureTransport": "true" } } }, "served"],
    ["plain HTTP has no version", { Condition: { Null: { "s3:TlsVersion": "false" } } }, "served"],
    ["the effect in another case", { Effect: "deny" }, "served"],
    ["another service", { Action: "sns:*" }, "served"],
    ["another ARN", { Resource: ["arn:aws:sns:eu-west-1::example", "example/*"] }, "served"],
    ["no principal", { Principal: undefined }, "served"],
    ["no resource", { Resource: undefined }, "served"],
    ["all but some", { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::1:root" } }, partly],
    ["all but some objects", { Resource: undefined, NotResource: "arn:aws:s3:::example/a" }, partly],
    ["another operator", { Condition: { StringEquals: { "aws:SecureTransport": "false" } } }, partly],
    ["another operator on TLS", { Condition: { NumericNotEquals: { "s3:TlsVersion": 1.3 } } }, partly],
    ["a condition that is none", { Condition: "aws:SecureTransport" }, partly],
    ["conditions that are none", { Condition: { Bool: "aws:SecureTransport" } }, partly],
  ])("%s", (_, changes, expected) => expect(denied(changes)).toBe(expected));

  test.each([
    ["NumericLessThan", "1.2", "TLS 1.2"],
    ["NumericLessThanEquals", "1.2", "TLS 1.3"],
    ["NumericLessThan", "1.3", "TLS 1.3"],
    ["NumericLessThan", "one", "TLS 1.2"],
    ["NumericGreaterThan", "1.1", "TLS 1.2"],
  ])("%s %s: %s", (operator, version, expected) => {
    const Condition = { [operator]: { "s3:TlsVersion": version } };
    expect(said(made(json({ ...deny, Condition })).minimumTls)).toBe(expected);
  });

  test.each(["", "{", "null", "[]", '"Deny"', "{}", '{"Version":"2012-10-17"}'])("%j is no policy", (policy) => {
    const expected = policy === "" ? "? not set" : "? the policy is no JSON of a policy";
    expect(plainHttp(made(policy))).toBe(expected);
  });

  test.each(["constructor", "toString", "__proto__"])("a statement of %j says nothing", (name) => {
    expect(plainHttp(made(json(name)))).toBe(partly);
  });

  test("a secret policy is judged", () => {
    expect(plainHttp(made(json(deny), true))).toEqual({ secret: "refused" });
    expect(plainHttp(made(json({ ...deny, Effect: "Allow" }), true))).toEqual({ secret: "served" });
  });
});

describe("of JSON syntax, as CDKTF writes it", () => {
  const late = (policy: string) =>
    plainHttp(
      at(
        endpointsOf(
          plan({
            changes: {
              [address]: { after: {}, after_unknown: { policy: true } },
              "aws_s3_bucket.b": { after_unknown: { arn: true } },
            },
            root: {
              resources: [
                configured(address, { policy: { constant_value: policy, ...refersTo("aws_s3_bucket.b.arn") } }),
              ],
            },
          }),
        ),
        address,
      ),
    );
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's templates look like that.
  const arn = "${aws_s3_bucket.b.arn}";

  test("the text is known but for its references", () => {
    expect(late(json({ ...deny, Resource: [arn, `${arn}/*`] }))).toBe("refused");
    expect(late(json({ ...deny, Resource: [`${arn}/*`] }))).toBe("served");
    expect(late(json({ ...deny, Effect: "Allow", Resource: arn }))).toBe("served");
  });

  test("what is a reference is not known", () => {
    for (const changes of [
      { Effect: arn },
      { Principal: arn },
      { Action: arn },
      { Condition: { Bool: { "aws:SecureTransport": arn } } },
      { Condition: { [arn]: { "aws:SecureTransport": "false" } } },
      { Condition: { Bool: { [arn]: "false" } } },
      { Resource: arn.replace("arn", "id") },
      { Resource: ["arn:aws:s3:::example", `arn:aws:s3:::example/${arn}`] },
    ]) {
      expect(late(json({ ...deny, ...changes }))).toMatch(/^\?|^served$/);
      expect(late(json({ ...deny, ...changes }))).not.toBe("refused");
    }
    expect(late(arn)).toMatch(/^\? known after apply/);
    expect(late(`%{ if true }${json(deny)}%{ endif }`)).toMatch(/^\? known after apply/);
  });
});

describe("documents that are read after the apply", () => {
  const statement: JsonObject = {
    effect: "Deny",
    actions: ["s3:*"],
    resources: ["arn:aws:s3:::example", "arn:aws:s3:::example/*"],
    principals: [{ type: "*", identifiers: ["*"] }],
    condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
  };
  const document = "data.aws_iam_policy_document.made";
  const late = (after: JsonObject, after_unknown: JsonObject = {}) =>
    plainHttp(
      at(
        endpointsOf(
          plan({
            changes: {
              [address]: { after: {}, after_unknown: { policy: true } },
              [document]: { actions: ["read"], after, after_unknown: { json: true, ...after_unknown } as never },
            },
            root: {
              resources: [configured(address, { policy: refersTo(`${document}.json`) }), configured(document)],
            },
          }),
        ),
        address,
      ),
    );

  test.each<[string, JsonObject, unknown]>([
    ["denies", {}, "refused"],
    ["allows where nothing is said", { effect: null }, "served"],
    ["of a service", { principals: [{ type: "Service", identifiers: ["*"] }] }, "served"],
    ["of accounts", { principals: [{ type: "AWS", identifiers: ["*"] }] }, "refused"],
    ["all but some", { principals: [], not_principals: [{ type: "AWS", identifiers: ["a"] }] }, partly],
    ["all but some actions", { actions: null, not_actions: ["s3:GetObject"] }, partly],
    ["all but some resources", { resources: null, not_resources: ["a"] }, partly],
    [
      "both conditions",
      { condition: [...(statement.condition as []), { test: "Bool", variable: "a", values: [] }] },
      "served",
    ],
  ])("%s", (_, changes, expected) => expect(late({ statement: [{ ...statement, ...changes }] })).toBe(expected));

  test("other documents add to its statements, or replace those with a sid", () => {
    const sid = { ...statement, sid: "Tls" };
    expect(late({ statement: [statement], source_policy_documents: ["{}"] })).toBe("refused");
    expect(late({ statement: [], source_policy_documents: ["{}"] })).toBe(partly);
    expect(late({ statement: [], source_policy_documents: [json(), json(deny)] })).toBe("refused");
    expect(late({ statement: [], source_json: json() })).toBe("served");
    expect(late({ statement: [{ ...sid, effect: "Allow" }], source_json: json(deny) })).toBe(partly);
    expect(late({ statement: [statement], override_policy_documents: ["{}"] })).toBe("refused");
    expect(late({ statement: [sid], override_policy_documents: ["{}"] })).toBe(partly);
    expect(late({ statement: [sid], source_json: "{}" })).toBe("refused");
  });

  test("documents that go round in circles end", () => {
    const changes = {
      [address]: { after: {}, after_unknown: { policy: true } },
      [document]: {
        actions: ["read"],
        after: { source_policy_documents: [null] },
        after_unknown: { json: true, source_policy_documents: [true] },
      },
    };
    const own = refersTo(`${document}.json`);
    const resources = [configured(address, { policy: own }), configured(document, { source_policy_documents: own })];
    expect(plainHttp(at(endpointsOf(plan({ changes, root: { resources } })), address))).toBe(partly);
  });

  test("what is not known in it", () => {
    const shape = { statement: [{ principals: [{ identifiers: true }] }] };
    const { principals, ...rest } = statement;
    expect(principals).toHaveLength(1);
    expect(late({ statement: [{ ...rest, principals: [{ type: "*" }] }] }, shape as never)).toBe(partly);
    expect(late({}, { statement: true })).toBe(partly);
  });
});

test("a bucket shows the policy that another resource gives it: it is judged there alone", () => {
  const bucket = (name: string) => ({
    address: `aws_s3_bucket.${name}`,
    mode: "managed" as const,
    type: "aws_s3_bucket",
    name,
    values: { id: name, bucket: name, policy: json(deny) },
  });
  const policy = { mode: "managed" as const, type: "aws_s3_bucket_policy", name: "made" };
  const resources = [
    bucket("one"),
    bucket("other"),
    { ...policy, address, values: { bucket: "one", policy: json({ ...deny, Effect: "Allow" }) } },
  ];
  const state = planFromState({ format_version: "1.0", values: { root_module: { resources } } }, "made by hand");
  expect([...endpointsOf(state)].map(([at, endpoint]) => [at, plainHttp(endpoint)])).toEqual([
    [address, "served"],
    ["aws_s3_bucket.other", "refused"],
  ]);
});

describe("random policies", () => {
  /** What may stand anywhere, well-formed or not. */
  const something = ({ pick }: Random): unknown =>
    pick([
      "*",
      "Deny",
      "Allow",
      "s3:*",
      "",
      null,
      true,
      false,
      1.2,
      [],
      {},
      [["*"]],
      { AWS: "*" },
      "toString",
      "\uFFFF",
    ]);

  const close = (choice: Random): unknown => {
    const { pick, chance } = choice;
    const Condition = () => ({
      [pick(["Bool", "BoolIfExists", "Null", "NumericLessThan", "StringEquals"])]: {
        [pick(["aws:SecureTransport", "AWS:SECURETRANSPORT", "s3:TlsVersion", "aws:SourceIp"])]: pick([
          "true",
          "false",
          "1.2",
        ]),
      },
    });
    const entries = Object.entries({ ...deny, Condition: chance(0.5) ? Condition() : deny.Condition });
    return Object.fromEntries(
      entries.filter(() => !chance(0.02)).map(([name, value]) => [name, chance(0.1) ? something(choice) : value]),
    );
  };

  test("never throw, and none passes without a denial for all", () => {
    let passed = 0;
    for (let seed = 0; seed < 3000; seed++) {
      const choice = random(seed);
      const one = close(choice) as Record<string, unknown>;
      const answer = plainHttp(made(json(one, ...(choice.chance(0.2) ? [something(choice)] : []))));
      if (answer !== "refused") continue;
      passed++;
      expect([one.Effect].flat(), `seed ${seed}`).toContain("Deny");
      expect(JSON.stringify([one.Principal, one.Action, one.Resource]), `seed ${seed}`).toMatch(/\*.*\*.*\*/);
      expect(JSON.stringify(one.Condition ?? {}), `seed ${seed}`).not.toMatch(/SourceIp|NumericLessThan"|StringEquals/);
    }
    expect(passed).toBeGreaterThan(300);
  });
});
