// A bucket's policy → whether it denies plain HTTP, on real plans; what no provider would plan is made by hand.

import { describe, expect, test } from "vitest";
import type { ObjectStore } from "../../../src/facts/object-store.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { type Plan, planFromState } from "../../../src/plan/plan.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { type Random, random } from "../../support/random.ts";
import { at, endpointsOf, objectStoresOf, said } from "../../support/said.ts";

const refuses = (store: ObjectStore) => said(store.refusesPlainHttp);

/** What would pass. */
const fixed = ({ refusesPlainHttp }: ObjectStore) => refusesPlainHttp.remedy;

const partly = "? the plan shows only a part of the policy's statements";
const unnamed =
  "? the ARN of a new bucket is known after apply, so the plan does not show that the policy is about all of the bucket";

const ofDocument = (from: string) => `? known after apply, from ${from}`;

describe("of real plans", () => {
  const stores = objectStoresOf("aws-s3");
  const of = (address: string) => at(stores, address);

  test.each([
    ["denied", true],
    ["one_by_one", true],
    ["all_at_all", true],
    ["not_secure", true],
    ["no_tls", true],
    ["tls_1_3", true],
    ["objects", false],
    ["bucket", false],
    ["some_objects", false],
    ["somebody", false],
    ["a_service", false],
    ["reading", false],
    ["secure", false],
    ["allowed", false],
    ["old_tls", false],
    ["both_at_once", false],
    ["from_outside", false],
    ["but_for", partly],
  ])("%s: %s", (name, expected) => {
    expect(refuses(of(`aws_s3_bucket_policy.known["${name}"]`))).toBe(expected);
  });

  test.each([
    // each.value of a for_each over documents: that of the same key, whose text is known after apply.
    [
      'aws_s3_bucket_policy.document["denied"]',
      '? known after apply, from each.value.json (data.aws_iam_policy_document.new["denied"])',
    ],
    [
      'aws_s3_bucket_policy.document["known"]',
      '? known after apply, from each.value.json (data.aws_iam_policy_document.new["known"]), and data.aws_iam_policy_document.new["known"] denies plain HTTP',
    ],
    ["aws_s3_bucket_policy.merged", ofDocument("data.aws_iam_policy_document.merged.json")],
    ["aws_s3_bucket_policy.one_of_two", ofDocument("data.aws_iam_policy_document.one_of_two.json")],
    ["aws_s3_bucket_policy.single_statement", true],
    ["aws_s3_bucket.with_policy", true],
    [
      "aws_s3_bucket_policy.encoded",
      "? known after apply, from local.deny, and the JSON plan does not show what local values hold (check the plan file to resolve this)",
    ],
  ])("%s: %s", (address, expected) => expect(refuses(of(address))).toBe(expected));

  test.each([
    ["everything", true],
    ["objects", false],
    ["prefixes", false],
    ["variable", unnamed],
    // Its denials are of dynamic blocks, which the plan does not show as they are written.
    ["dynamic", unnamed],
  ])("JSON syntax shows what documents name of a new bucket: %s: %s", (name, expected) => {
    expect(refuses(at(objectStoresOf("aws-s3-json"), `aws_s3_bucket_policy.${name}`))).toBe(expected);
  });

  test("what is missing, and where", () => {
    const note = (name: string) => of(`aws_s3_bucket_policy.known["${name}"]`).refusesPlainHttp.note;
    const rule = (part: string) =>
      `no statement of its policy denies everybody s3:*${part} where aws:SecureTransport is false`;
    expect([note("objects"), note("bucket"), note("allowed"), note("denied")]).toEqual([
      rule(" on the bucket itself"),
      rule(" on the objects"),
      rule(""),
      undefined,
    ]);
    expect(of("aws_s3_bucket_policy.merged").refusesPlainHttp).toMatchObject({
      place: { address: "aws_s3_bucket_policy.merged", at: "policy" },
      related: ["data.aws_iam_policy_document.merged"],
    });
  });

  test("a bucket without a policy, and one whose policy is judged in its place", () => {
    expect(refuses(of("aws_s3_bucket.fronted"))).toBe(false);
    expect(of("aws_s3_bucket.fronted").refusesPlainHttp).toMatchObject({
      place: { address: "aws_s3_bucket.fronted", at: "" },
      note: "no bucket policy denies it",
    });
    expect(stores.has("aws_s3_bucket.new")).toBe(false);
  });

  test("a bucket is no endpoint: endpointsOf lists its website alone", () => {
    expect([...endpointsOf("aws-s3").values()].filter(({ kind }) => kind === "S3 bucket")).toEqual([]);
  });

  test("nothing is asked of it that S3 alone decides, nor what is asked of endpoints", () => {
    const judged = findings("aws-s3").filter(({ address }) => address.startsWith("aws_s3_bucket_policy."));
    expect(new Set(judged.map(({ policy }) => policy))).toEqual(new Set(["storage-secure-transport"]));
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
    objectStoresOf(
      plan({ changes: { [address]: { after: { bucket: "example", policy }, after_sensitive: { policy: secret } } } }),
    ),
    address,
  );

describe("of JSON", () => {
  const denied = (changes: object) => refuses(made(json({ ...deny, ...changes })));

  test.each<[string, object, unknown]>([
    ["an action in another case", { Action: ["S3:*"] }, true],
    ["one of several actions", { Action: ["s3:GetObject", "*"] }, true],
    ["one of several principals", { Principal: { Service: "a", AWS: ["arn:aws:iam::1:root", "*"] } }, true],
    ["any principal", { Principal: { "*": "*" } }, true],
    ["another partition", { Resource: ["arn:aws-cn:s3:::example", "arn:aws-cn:s3:::example/*"] }, true],
    ["a pattern of the name", { Resource: "arn:aws:s3:::example*" }, true],
    ["no condition", { Condition: undefined }, true],
    ["either value", { Condition: { Bool: { "aws:SecureTransport": ["true", "False"] } } }, true],
    ["TLS older or none", { Condition: { NumericLessThanIfExists: { "s3:TlsVersion": "1.2" } } }, true],
    ["the key is in every request", { Condition: { Null: { "aws:SecureTransport": "false" } } }, true],
    ["so it is never missing", { Condition: { Null: { "aws:SecureTransport": "true" } } }, false],
    ["plain HTTP has no version", { Condition: { Null: { "s3:TlsVersion": "false" } } }, false],
    ["the effect in another case", { Effect: "deny" }, false],
    ["another service", { Action: "sns:*" }, false],
    ["another ARN", { Resource: ["arn:aws:sns:eu-west-1::example", "example/*"] }, false],
    ["no principal", { Principal: undefined }, false],
    ["no resource", { Resource: undefined }, false],
    ["all but some", { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::1:root" } }, partly],
    ["all but some objects", { Resource: undefined, NotResource: "arn:aws:s3:::example/a" }, partly],
    ["another operator", { Condition: { StringEquals: { "aws:SecureTransport": "false" } } }, partly],
    ["another operator on TLS", { Condition: { NumericNotEquals: { "s3:TlsVersion": 1.3 } } }, partly],
    ["a condition that is none", { Condition: "aws:SecureTransport" }, partly],
    ["conditions that are none", { Condition: { Bool: "aws:SecureTransport" } }, partly],
  ])("%s", (_, changes, expected) => expect(denied(changes)).toBe(expected));

  test.each(["", "{", "null", "[]", '"Deny"', "{}", '{"Version":"2012-10-17"}'])("%j is no policy", (policy) => {
    const expected = policy === "" ? "? not set" : "? the policy is no JSON of a policy";
    expect(refuses(made(policy))).toBe(expected);
  });

  test.each(["constructor", "toString", "__proto__"])("a statement of %j says nothing", (name) => {
    expect(refuses(made(json(name)))).toBe(partly);
  });

  test("a secret policy is judged", () => {
    expect(refuses(made(json(deny), true))).toEqual({ secret: true });
    expect(refuses(made(json({ ...deny, Effect: "Allow" }), true))).toEqual({ secret: false });
  });
});

describe("of JSON syntax, as CDKTF writes it", () => {
  const late = (policy: string) =>
    refuses(
      at(
        objectStoresOf(
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
    expect(late(json({ ...deny, Resource: [arn, `${arn}/*`] }))).toBe(true);
    expect(late(json({ ...deny, Resource: [`${arn}/*`] }))).toBe(false);
    expect(late(json({ ...deny, Effect: "Allow", Resource: arn }))).toBe(false);
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
      expect(late(json({ ...deny, ...changes }))).toMatch(/^\?|^false$/);
      expect(late(json({ ...deny, ...changes }))).not.toBe(true);
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
  /** As JSON syntax writes it: nothing is around the reference. */
  const whole = (id: string) => ({ constant_value: `\${${id}.json}`, ...refersTo(`${id}.json`) });
  const late = (after: JsonObject, after_unknown: JsonObject = {}, source_policy_documents = {}) =>
    refuses(
      at(
        objectStoresOf(
          plan({
            changes: {
              [address]: { after: {}, after_unknown: { policy: true } },
              [document]: { actions: ["read"], after, after_unknown: { json: true, ...after_unknown } as never },
            },
            root: {
              resources: [
                configured(address, { policy: whole(document) }),
                configured(document, { source_policy_documents }),
              ],
            },
          }),
        ),
        address,
      ),
    );

  test.each<[string, JsonObject, unknown]>([
    ["denies", {}, true],
    ["allows where nothing is said", { effect: null }, false],
    ["of a service", { principals: [{ type: "Service", identifiers: ["*"] }] }, false],
    ["of accounts", { principals: [{ type: "AWS", identifiers: ["*"] }] }, true],
    ["all but some", { principals: [], not_principals: [{ type: "AWS", identifiers: ["a"] }] }, partly],
    ["all but some actions", { actions: null, not_actions: ["s3:GetObject"] }, partly],
    ["all but some resources", { resources: null, not_resources: ["a"] }, partly],
    [
      "both conditions",
      { condition: [...(statement.condition as []), { test: "Bool", variable: "a", values: [] }] },
      false,
    ],
  ])("%s", (_, changes, expected) => expect(late({ statement: [{ ...statement, ...changes }] })).toBe(expected));

  test("other documents add to its statements, or replace those with a sid", () => {
    const sid = { ...statement, sid: "Tls" };
    expect(late({ statement: [statement], source_policy_documents: ["{}"] })).toBe(true);
    expect(late({ statement: [], source_policy_documents: ["{}"] })).toBe(partly);
    expect(late({ statement: [], source_policy_documents: [json(), json(deny)] })).toBe(true);
    expect(late({ statement: [], source_json: json() })).toBe(false);
    expect(late({ statement: [{ ...sid, effect: "Allow" }], source_json: json(deny) })).toBe(partly);
    expect(late({ statement: [statement], override_policy_documents: ["{}"] })).toBe(true);
    expect(late({ statement: [sid], override_policy_documents: ["{}"] })).toBe(partly);
    expect(late({ statement: [sid], source_json: "{}" })).toBe(true);
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
    const own = whole(document);
    const resources = [configured(address, { policy: own }), configured(document, { source_policy_documents: own })];
    expect(refuses(at(objectStoresOf(plan({ changes, root: { resources } })), address))).toBe(partly);
  });

  test("what is not known in it", () => {
    const shape = { statement: [{ principals: [{ identifiers: true }] }] };
    const { principals, ...rest } = statement;
    expect(principals).toHaveLength(1);
    expect(late({ statement: [{ ...rest, principals: [{ type: "*" }] }] }, shape as never)).toBe(partly);
    expect(late({}, { statement: true })).toBe(partly);
  });
});

describe("HCL's documents", () => {
  const document = "data.aws_iam_policy_document.made";
  const denial: JsonObject = {
    effect: "Deny",
    actions: ["s3:*"],
    resources: ["*"],
    principals: [{ type: "*", identifiers: ["*"] }],
    condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
  };
  const late = (statement: JsonObject) =>
    refuses(
      at(
        objectStoresOf(
          plan({
            changes: {
              [address]: { after: {}, after_unknown: { policy: true } },
              [document]: { actions: ["read"], after: { statement: [statement] }, after_unknown: { json: true } },
            },
            root: { resources: [configured(address, { policy: refersTo(`${document}.json`) }), configured(document)] },
          }),
        ),
        address,
      ),
    );

  test("a function around one, e.g. replace(), could make anything of it", () => {
    const from = `? known after apply, from ${document}.json, and ${document}`;
    expect(late(denial)).toBe(`${from} denies plain HTTP`);
    expect(late({ ...denial, effect: "Allow" })).toBe(`${from} does not deny plain HTTP`);
    expect(late({ ...denial, effect: null, actions: null, not_actions: ["a"] })).toMatch(/^\? known after apply/);
  });

  test("a source of a document that HCL wrote is no source that is known", () => {
    const source = "data.aws_iam_policy_document.source";
    const merged = (sources: object) =>
      refuses(
        at(
          objectStoresOf(
            plan({
              changes: {
                [address]: { after: {}, after_unknown: { policy: true } },
                [document]: {
                  actions: ["read"],
                  after: { source_policy_documents: [null] },
                  after_unknown: { json: true, source_policy_documents: [true] },
                },
                [source]: { actions: ["read"], after: { statement: [denial] }, after_unknown: { json: true } },
              },
              root: {
                resources: [
                  configured(address, {
                    policy: { constant_value: `\${${document}.json}`, ...refersTo(`${document}.json`) },
                  }),
                  configured(document, { source_policy_documents: { ...refersTo(`${source}.json`), ...sources } }),
                  configured(source),
                ],
              },
            }),
          ),
          address,
        ),
      );
    expect(merged({ constant_value: [`\${${source}.json}`] })).toBe(true);
    expect(merged({ constant_value: [`\${replace(${source}.json, "Deny", "Allow")}`] })).toBe(partly);
    expect(merged({})).toBe(partly);
  });
});

describe("buckets and their policies", () => {
  const bucket = (name: string, values: JsonObject = {}) => ({
    address: `aws_s3_bucket.${name}`,
    mode: "managed" as const,
    type: "aws_s3_bucket",
    name,
    values: { id: name, bucket: name, policy: json(deny), ...values },
  });
  const policy = { mode: "managed" as const, type: "aws_s3_bucket_policy", name: "made" };
  const answers = (made: Plan) =>
    Object.fromEntries([...objectStoresOf(made)].map(([at, store]) => [at, refuses(store)]));

  test("a bucket shows the policy that another resource gives it: it is judged there alone", () => {
    const resources = [
      bucket("one"),
      bucket("other"),
      { ...policy, address, values: { bucket: "one", policy: json({ ...deny, Effect: "Allow" }) } },
    ];
    const state = planFromState({ format_version: "1.0", values: { root_module: { resources } } }, "made by hand");
    expect(answers(state)).toEqual({ [address]: false, "aws_s3_bucket.other": true });
  });

  test("a policy whose bucket is not known hides no policy of any bucket", () => {
    const changes = {
      [address]: { after: { policy: json(deny) }, after_unknown: { bucket: true } },
      "aws_s3_bucket.open": { after: { bucket: "open", policy: json({ ...deny, Effect: "Allow" }) } },
      "aws_s3_bucket.closed": { after: { bucket: "closed", policy: json(deny) } },
      "aws_s3_bucket.bare": { after: { bucket: "bare" } },
    };
    const root = { resources: [configured(address, { bucket: refersTo("local.bucket") })] };
    expect(answers(plan({ changes, root }))).toEqual({
      [address]: true,
      "aws_s3_bucket.open": false,
      "aws_s3_bucket.closed": true,
      "aws_s3_bucket.bare":
        "? aws_s3_bucket_policy.made may be its policy: the plan does not show which bucket that is for",
    });
  });

  test("without a policy it fails, and one would do", () => {
    const store = at(
      objectStoresOf(plan({ changes: { "aws_s3_bucket.bare": { after: { bucket: "bare" } } } })),
      "aws_s3_bucket.bare",
    );
    expect(refuses(store)).toBe(false);
    const remedied = fixed(store);
    expect(remedied).toMatchObject({ address: "aws_s3_bucket.bare", attribute: "policy" });
    const changes = { "aws_s3_bucket.bare": { after: { bucket: "bare", policy: remedied?.value as string } } };
    expect(answers(plan({ changes }))).toEqual({ "aws_s3_bucket.bare": true });
  });

  test("a name that is known after apply, and a secret one, are in no fix", () => {
    const unnamed = { "aws_s3_bucket.a": { after: {}, after_unknown: { bucket: true } } };
    expect(fixed(at(objectStoresOf(plan({ changes: unnamed })), "aws_s3_bucket.a"))).toBeUndefined();
    const secret = { "aws_s3_bucket.a": { after: { bucket: "a" }, after_sensitive: { bucket: true } } };
    expect(fixed(at(objectStoresOf(plan({ changes: secret })), "aws_s3_bucket.a"))).toBeUndefined();
  });

  test("no fix ends a website", () => {
    const changes = {
      "aws_s3_bucket.site": { after: { bucket: "site" } },
      "aws_s3_bucket_website_configuration.site": { after: { bucket: "site" } },
    };
    const store = at(objectStoresOf(plan({ changes })), "aws_s3_bucket.site");
    expect([refuses(store), fixed(store)]).toEqual([false, undefined]);
  });

  test("a policy with a statement more passes, and keeps the others", () => {
    const allow = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws-cn:s3:::example/*" };
    const of = (text: string) =>
      at(objectStoresOf(plan({ changes: { [address]: { after: { bucket: "example", policy: text } } } })), address);
    for (const text of [json(allow), JSON.stringify({ Statement: allow }), json()]) {
      const { address: where, attribute, value } = fixed(of(text)) ?? {};
      expect([where, attribute]).toEqual([address, "policy"]);
      expect(refuses(of(String(value)))).toBe(true);
      expect(String(value)).toContain(text === json() ? "arn:aws:s3:::example/*" : JSON.stringify(allow));
    }
    expect(fixed(of(json(allow)))?.value).toContain('"arn:aws-cn:s3:::example","arn:aws-cn:s3:::example/*"');
    // HCL would read a variable of IAM as its own.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's variables look like that.
    expect(fixed(of(json({ ...allow, Resource: "arn:aws:s3:::example/${aws:username}/*" })))).toBeUndefined();
    expect(fixed(made(json(allow), true))).toBeUndefined();
  });

  const stale = (configured_policy?: string) => {
    const own = { bucket: "b", id: "b", policy: json(deny) };
    return plan({
      changes: {
        [address]: { actions: ["delete"], before: { bucket: "b", policy: json(deny) }, after: null },
        "aws_s3_bucket.b": { actions: ["no-op"], before: own, after: own },
      },
      root: {
        resources: [
          configured("aws_s3_bucket.b", configured_policy ? { policy: { constant_value: configured_policy } } : {}),
        ],
      },
    });
  };

  test("a bucket whose policy is deleted has none, though it still shows it", () => {
    expect(answers(stale())).toEqual({ "aws_s3_bucket.b": false });
    expect(answers(stale(json(deny)))).toEqual({ "aws_s3_bucket.b": true });
    const changes = findings(stale()).map(({ policy: id, address: where, outcome, change }) => [
      id,
      where,
      outcome,
      change,
    ]);
    expect(changes).toContainEqual(["storage-secure-transport", "aws_s3_bucket.b", "fail", "introduced"]);
  });

  test("a policy of a directory bucket decides nothing about plain HTTP", () => {
    const express = "aws_s3_directory_bucket.made";
    const text = json({ ...deny, Effect: "Allow" });
    const byName = { [address]: { after: { bucket: "a--use1-az4--x-s3", policy: text } } };
    expect(answers(plan({ changes: byName }))).toEqual({});
    const changes = {
      [address]: { after: { policy: text }, after_unknown: { bucket: true } },
      [express]: { after: {}, after_unknown: { bucket: true } },
    };
    const root = { resources: [configured(address, { bucket: refersTo(`${express}.bucket`) }), configured(express)] };
    expect(answers(plan({ changes, root }))).toEqual({ [express]: true });
  });
});

test("access points take HTTPS alone", () => {
  const changes = {
    "aws_s3_access_point.made": { after: { bucket: "b", policy: json({ ...deny, Effect: "Allow" }) } },
    "aws_s3control_multi_region_access_point.made": { after: {} },
  };
  const stores = [...objectStoresOf(plan({ changes })).values()];
  expect(stores.map((store) => [store.kind, refuses(store), store.refusesPlainHttp.note])).toEqual([
    ["S3 access point", true, "it takes HTTPS alone"],
    ["S3 multi-region access point", true, "it takes HTTPS alone"],
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
      const answer = refuses(made(json(one, ...(choice.chance(0.2) ? [something(choice)] : []))));
      if (answer !== true) continue;
      passed++;
      expect([one.Effect].flat(), `seed ${seed}`).toContain("Deny");
      expect(JSON.stringify([one.Principal, one.Action, one.Resource]), `seed ${seed}`).toMatch(/\*.*\*.*\*/);
      expect(JSON.stringify(one.Condition ?? {}), `seed ${seed}`).not.toMatch(/SourceIp|NumericLessThan"|StringEquals/);
    }
    expect(passed).toBeGreaterThan(300);
  });
});
