// The JSON of a policy document, made of its blocks: what the real provider has written into plans, and what is not known yet.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Template } from "../../../src/plan/block-config.ts";
import { withConfiguration } from "../../../src/plan/configured.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { readPlan } from "../../../src/plan/read.ts";
import { type Resource, viewPlan } from "../../../src/plan/view.ts";
import { computedAttributes } from "../../../src/providers/aws/iam-policy-document.ts";
import { plan } from "../../support/made.ts";
import { planFileWith } from "../../support/plan-file.ts";
import { findings } from "../../support/plans.ts";

const root = "test/plans";

const documentsIn = (plan: Plan) => viewPlan(plan, "after").resources("aws_iam_policy_document", "data");

const rendered = (document: Resource, attribute: "json" | "minified_json" = "json"): Template | undefined =>
  computedAttributes.aws_iam_policy_document?.[attribute]?.(document);

/** A text with ⟨…⟩ for what is not known yet. */
const shown = (text: Template | undefined): string | undefined =>
  text
    ?.map((part) => (typeof part === "string" ? part : part ? `⟨${part.resource.name}.${part.attribute}⟩` : "⟨⟩"))
    .join("");

/** Documents that have blocks whose order is the provider's own. */
const orderedByProvider = new Set(["data.aws_iam_policy_document.twice"]);

const read = readdirSync(root)
  .filter((name) => readFileSync(join(root, name, "plan.json"), "utf8").includes('"aws_iam_policy_document"'))
  .flatMap((name) =>
    documentsIn(readPlan(join(root, name, "plan.json"))).flatMap((document) =>
      document.planned("json") === undefined ? [] : [[`${name}: ${document.address}`, document] as const],
    ),
  );

describe("a document that was read while planning", () => {
  test("is in several plans", () => expect(read.length).toBeGreaterThan(20));

  test.each(read.filter(([, { address }]) => !orderedByProvider.has(address)))("%s", (_, document) => {
    expect(shown(rendered(document))).toBe(document.planned("json"));
    expect(shown(rendered(document, "minified_json"))).toBe(document.planned("minified_json"));
  });

  test.each(read.filter(([, { address }]) => orderedByProvider.has(address)))("%s", (_, document) => {
    const statement = {
      Effect: "Allow",
      Action: "s3:*",
      Principal: { AWS: "⟨⟩" },
      Condition: { StringEquals: { a: "⟨⟩" } },
    };
    const json = { Version: "2012-10-17", Statement: [statement] };
    expect(shown(rendered(document))).toBe(JSON.stringify(json, undefined, 2));
  });
});

describe("a document that is read during the apply", () => {
  const arn = "arn:aws:s3:::one";

  /** A text of HCL with a reference in it. */
  const around = (before: string, reference: string, after = "") => `"${before}\${${reference}}${after}"`;

  /** The JSON of a document, from a file of its configuration and what the plan shows. */
  function late(block: string, after: object, unknown: object) {
    const others = ["a", "b"].map((name) => `resource "aws_s3_bucket" "${name}" {}\n`);
    const main = `data "aws_iam_policy_document" "late" {\n${block}\n}\n${others.join("")}`;
    const bucket = { after: { bucket: "one" }, after_unknown: { id: true, arn: true, region: true } };
    const changes = {
      "data.aws_iam_policy_document.late": { after: { ...after }, after_unknown: { json: true, ...unknown } },
      "aws_s3_bucket.a": bucket,
      "aws_s3_bucket.b": bucket,
    };
    const judged = withConfiguration({ ...plan({ changes }), planFile: planFileWith(main) }, computedAttributes);
    return shown(rendered(documentsIn(judged)[0] as Resource, "minified_json"));
  }

  const statement = (members: string) => `{"Version":"2012-10-17","Statement":[{${members}}]}`;
  const resources = (...written: string[]) =>
    late(
      `statement {\nresources = [${written.join(", ")}]\n}`,
      { statement: [{ resources: written.map(() => null) }] },
      { statement: [{ resources: written.map(() => true) }] },
    );

  test("has what it comes from in place of what is not known yet", () => {
    expect(resources("aws_s3_bucket.a.arn")).toBe(statement('"Effect":"Allow","Resource":"⟨a.arn⟩"'));
    expect(resources(around("<", "aws_s3_bucket.a.id", ">"))).toBe(
      statement('"Effect":"Allow","Resource":"\\u003c⟨a.id⟩\\u003e"'),
    );
  });

  test("has the texts of a set in their order where that is known", () => {
    const [first, second] = ["aws_s3_bucket.a.arn", around("", "aws_s3_bucket.a.arn", "/*")] as const;
    const sorted = statement('"Effect":"Allow","Resource":["⟨a.arn⟩/*","⟨a.arn⟩"]');
    expect([resources(first, second), resources(second, first)]).toEqual([sorted, sorted]);
    expect(resources(around("b", "aws_s3_bucket.a.id"), around("c", "aws_s3_bucket.b.id"), '"a"')).toBe(
      statement('"Effect":"Allow","Resource":["c⟨b.id⟩","b⟨a.id⟩","a"]'),
    );
    expect(resources(first, first)).toBe(statement('"Effect":"Allow","Resource":"⟨a.arn⟩"'));
  });

  test("has nothing but quotation marks where the order, or the number, of its texts is open", () => {
    const open = statement('"Effect":"Allow","Resource":"⟨⟩"');
    expect(resources("aws_s3_bucket.a.arn", "aws_s3_bucket.b.arn")).toBe(open);
    expect(resources("aws_s3_bucket.a.arn", `"${arn}"`)).toBe(open);
    expect(
      late(
        "statement {\nresources = aws_s3_bucket.a.region\n}",
        { statement: [{}] },
        { statement: [{ resources: true }] },
      ),
    ).toBe(open);
  });

  test("merges what is not known yet", () => {
    const source = (sid: string) =>
      `jsonencode({ Statement = [{ Sid = ${sid}, Effect = "Allow", Resource = aws_s3_bucket.a.arn }] })`;
    const merged = (sid: string) =>
      late(
        `source_policy_documents = [${source(sid)}]\nstatement {\nsid = "Own"\n}`,
        { source_policy_documents: [null], statement: [{ sid: "Own" }] },
        { source_policy_documents: [true] },
      );
    const own = '{"Sid":"Own","Effect":"Allow"}';
    expect(merged('"Other"')).toBe(
      `{"Version":"2012-10-17","Statement":[{"Sid":"Other","Effect":"Allow","Resource":"⟨a.arn⟩"},${own}]}`,
    );
    expect(merged('"Own"')).toBe(`{"Version":"2012-10-17","Statement":[${own}]}`);
    // Which of the two is meant cannot be told.
    expect(merged("aws_s3_bucket.a.id")).toBeUndefined();
  });

  test.each([
    ["is no policy", '"[]"'],
    ["is no JSON", "aws_s3_bucket.a.id"],
    ["has a member that is not read", "jsonencode({ Statement = [{ Note = aws_s3_bucket.a.id }] })"],
    ["has a name that is not known yet", "jsonencode({ (aws_s3_bucket.a.id) = 1 })"],
  ])("is open where a source %s", (_, source) => {
    const text = late(
      `source_policy_documents = [${source}]`,
      { source_policy_documents: [null] },
      { source_policy_documents: [true] },
    );
    expect(text).toBeUndefined();
  });

  test("is open where older providers merge, and where its statements are", () => {
    expect(late('source_json = "{}"', { source_json: "{}" }, {})).toBeUndefined();
    expect(
      late('dynamic "statement" {\nfor_each = aws_s3_bucket.a.region\ncontent {}\n}', {}, { statement: true }),
    ).toBeUndefined();
  });

  test("settles a bucket policy that is made of it by functions", () => {
    const folder = join(root, "aws-policy-documents");
    const judged = withConfiguration(readPlan(join(folder, "plan.json")), computedAttributes, folder);
    const policies = findings(judged).filter(
      ({ address, policy }) => address.startsWith("aws_s3_bucket_policy.") && policy === "storage-secure-transport",
    );
    expect(Object.fromEntries(policies.map(({ address, outcome }) => [address.split(".")[1], outcome]))).toEqual({
      itself: "pass",
      same: "pass",
      allows: "fail",
      objects: "fail",
      shortened: "unknown",
      waiting: "pass",
      decoded: "pass",
    });
    const relatedTo = (name: string) => policies.find(({ address }) => address.endsWith(`.${name}`))?.related;
    expect(["itself", "waiting", "decoded"].map(relatedTo)).toEqual([
      ["data.aws_iam_policy_document.tls"],
      ["data.aws_iam_policy_document.waiting"],
      [],
    ]);
  });
});
