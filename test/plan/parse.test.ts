// Bytes → Plan, and what an error says of bytes that are no plan.

import { constants } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/input-error.ts";
import { headLength, isBinaryPlan, looksLikePlan, parsePlan } from "../../src/plan/parse.ts";
import { planPath } from "../support/plans.ts";

const bytes = readFileSync(planPath("aws-https-only"));
const planText = bytes.toString("utf8");
const planJson = (changes: object = {}) => ({ ...JSON.parse(planText), ...changes });
const stateText = JSON.stringify({
  format_version: "1.0",
  terraform_version: "1.11.4",
  values: {
    root_module: {
      resources: [
        { address: "terraform_data.a", mode: "managed", type: "terraform_data", name: "a", values: { input: "x" } },
      ],
    },
  },
});

const buffer = (content: string | Buffer | object): Buffer =>
  Buffer.isBuffer(content) ? content : Buffer.from(typeof content === "string" ? content : JSON.stringify(content));

const utf16 = (text: string, mark = "\uFEFF"): Buffer => Buffer.from(mark + text, "utf16le");

/** The plan with other letters in an address. */
const garbled = (letters: string): string =>
  planText.replaceAll("aws_cloudfront_distribution.", `aws_cloudfront_distribution.${letters}`);

const bigEndian = (text: string): Buffer => Buffer.from(utf16(text)).swap16();

const errorOf = (content: string | Buffer | object): InputError => {
  try {
    parsePlan(buffer(content), "given.json");
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("it was taken for a plan");
};

describe("a plan is read", () => {
  test.each<[string, Buffer]>([
    ["as Terraform writes it", bytes],
    ["with a byte order mark", Buffer.from(`\uFEFF${planText}`)],
    ["indented", buffer(JSON.stringify(planJson(), null, 2))],
    ["compressed", gzipSync(bytes)],
    ["in UTF-16, all of it ASCII", utf16(planText)],
    ["in UTF-16, big endian", bigEndian(planText)],
    ["in UTF-16, compressed", gzipSync(utf16(planText))],
    ["with its keys in another order", buffer(Object.fromEntries(Object.entries(planJson()).reverse()))],
    ["of the first format", buffer(planJson({ format_version: "0.1" }))],
    ["of a later minor format", buffer(planJson({ format_version: "1.99", news: [1] }))],
  ])("%s", (_, content) => {
    const plan = parsePlan(content, "given.json");
    expect(plan.kind).toBe("plan");
    expect(plan.path).toBe("given.json");
    expect(plan.instances).toEqual(parsePlan(bytes, "given.json").instances);
    expect(plan.instances.map((one) => one.type)).toContain("aws_cloudfront_distribution");
  });

  test("and says whether it is whole", () => {
    expect(parsePlan(bytes, "p").complete).toBe(true);
    expect(parsePlan(buffer(planJson({ complete: false })), "p").complete).toBe(false);
    // OpenTofu writes no such field.
    expect(parsePlan(buffer(planJson({ complete: undefined })), "p").complete).toBe(true);
  });
});

describe("a state is read", () => {
  test("as it stands", () => {
    const state = parsePlan(buffer(stateText), "state.json");
    expect(state.kind).toBe("state");
    expect(state.instances.map((one) => one.address)).toEqual(["terraform_data.a"]);
    expect(state.instances[0]?.before).toEqual(state.instances[0]?.after);
  });

  test("even if it is empty", () => {
    expect(parsePlan(buffer({ format_version: "1.0" }), "state.json").instances).toEqual([]);
  });
});

describe("an error says what the file seems to be, and what to run", () => {
  test.each<[string, string | Buffer | object, RegExp, string]>([
    ["nothing", "", /^given\.json is empty\.$/, "terraform show -json PLANFILE > plan.json"],
    ["a line end", " \n", /is empty/, "terraform show"],
    ["truncated JSON", planText.slice(0, 4000), /is no valid JSON.*cut off/, "terraform show"],
    ["JSON and more", `${planText}\nDone.`, /is no valid JSON.*other output/, "terraform show"],
    ["two plans", `${planText}\n${planText}`, /is no valid JSON/, "terraform show"],
    ["a text", "hello", /is neither JSON nor a plan file/, "terraform plan -out"],
    ["configuration", 'resource "a" "b" {\n}\n', /is neither JSON nor a plan file/, "terraform plan -out"],
    ["a list", [1, 2], /is JSON, but no plan/, "terraform plan -out"],
    ["null", "null", /is JSON, but no plan/, "terraform plan -out"],
    ["variables", { region: "eu-west-1", domains: [] }, /is JSON, but no plan/, "terraform plan -out"],
    ["validation", { format_version: "1.0", valid: true, diagnostics: [] }, /is JSON, but no plan/, "terraform plan"],
    ["functions", { format_version: "1.0", function_signatures: {} }, /is JSON, but no plan/, "terraform plan -out"],
    ["a number as version", { format_version: 1, planned_values: {} }, /is JSON, but no plan/, "terraform plan -out"],
    [
      "one log line",
      { "@level": "info", "@message": "m" },
      /log lines of `terraform plan -json`/,
      "terraform plan -out",
    ],
    [
      "log lines",
      '{"@level":"info","@message":"one"}\n{"@level":"info","@message":"two"}\n',
      /log lines of `terraform plan -json`/,
      "terraform plan -out",
    ],
    [
      "a raw state",
      { version: 4, serial: 1, lineage: "x", resources: [] },
      /own state file/,
      "terraform show -json > state.json",
    ],
    [
      "a provider schema",
      { format_version: "1.0", provider_schemas: {} },
      /provider schema/,
      "terraform show -json PLANFILE",
    ],
    [
      "an encrypted plan",
      { meta: {}, encrypted_data: "x", encryption_version: "v0" },
      /encrypted by OpenTofu/,
      "tofu show",
    ],
    [
      "synthesized configuration",
      { "//": {}, terraform: {}, resource: {} },
      /a configuration, not its plan/,
      "terraform plan",
    ],
    ["UTF-16 that is not all ASCII", utf16(garbled("├╝")), /UTF-16.*PowerShell/, "Out-File -Encoding utf8"],
    ["UTF-16, big endian, that is not", bigEndian(garbled("ü")), /UTF-16/, "Out-File"],
    ["UTF-16 of what ASCII does not know", utf16(garbled("??")), /UTF-16/, "Out-File"],
    ["UTF-16 without its mark", utf16(planText, ""), /UTF-16/, "Out-File"],
    ["UTF-16 that is cut off", utf16(planText).subarray(0, 5001), /no valid JSON/, "terraform show"],
    ["UTF-16, big endian, that is cut off", bigEndian(planText).subarray(0, 5001), /no valid JSON/, "terraform show"],
    ["JSON with a fault in it", '{"a" 1}', /is no valid JSON from character 5 on: it may be/, "terraform show"],
    ["JSON without its end", '{"a":', /is no valid JSON: it may be cut off/, "terraform show"],
    ["compressed spaces of 16 MiB", gzipSync(Buffer.alloc(2 ** 24, " ")), /is empty/, "terraform show"],
    [
      "another zip archive",
      Buffer.from("PK\u0003\u0004 not a plan", "latin1"),
      /zip archive, but no plan/,
      "terraform plan -out",
    ],
    [
      "compressed data, cut off",
      gzipSync(bytes).subarray(0, 500),
      /gzip data that is damaged or cut off/,
      "terraform show",
    ],
    ["compressed data in itself", gzipSync(gzipSync(bytes)), /is gzip data in gzip data/, "terraform show"],
    [
      "compressed data that fills the memory",
      gzipSync(Buffer.alloc(2 ** 25)),
      /unpacks to more than 300 times its size/,
      "terraform show",
    ],
    ["compressed text", gzipSync("hello"), /neither JSON nor a plan/, "terraform plan -out"],
    [
      "the text of a plan",
      "\nTerraform will perform the following actions:\n",
      /text of a plan, for people/,
      "terraform show -json PLANFILE",
    ],
    [
      "the same in colour",
      '\u001b[1m  # aws_x.y["a b"]\u001b[0m will be created\u001b[0m\n',
      /text of a plan/,
      "terraform show",
    ],
    ["OpenTofu's text", "OpenTofu used the selected providers to generate\n", /text of a plan/, "terraform show"],
    [
      "the text of no change",
      "\nNo changes. Your infrastructure matches the configuration.\n",
      /text of a plan/,
      "terraform show",
    ],
    [
      "the text of a state",
      '# aws_x.y:\nresource "aws_x" "y" {\n}\n',
      /text of a state, for people/,
      "terraform show -json > state.json",
    ],
    ["the text of no state", "No state.\n", /text of a state/, "terraform show -json > state.json"],
    [
      "a format of the future",
      planJson({ format_version: "2.0" }),
      /format_version "2\.0".*reads 0\.x and 1\.x/,
      "npm install",
    ],
    ["a version that is none", planJson({ format_version: "one" }), /format_version "one"/, "npm install"],
    ["a version that is long", planJson({ format_version: "x".repeat(30) }), /format_version "x{20}";/, "npm install"],
    ["a failed run", planJson({ errored: true }), /plan of a run that failed/, "terraform plan -out"],
    [
      "a plan without its changes",
      planJson({ resource_changes: undefined }),
      /resource_changes were taken out/,
      "terraform show",
    ],
    [
      "a plan that lists a resource twice, so that one entry could hide the other",
      planJson({ resource_changes: [...planJson().resource_changes, planJson().resource_changes[0]] }),
      new RegExp(` lists ${planJson().resource_changes[0].address.replaceAll(".", "\\.")} twice`),
      "terraform show",
    ],
  ])("%s", (_, content, message, mend) => {
    const error = errorOf(content);
    expect(error.message).toMatch(message);
    expect(error.mend).toContain(mend);
  });

  test.each<[string, object, string]>([
    [
      "changes that are no list",
      planJson({ resource_changes: {} }),
      "given.json looks like a plan, but /resource_changes must be array.",
    ],
    ["a change that is none", planJson({ resource_changes: [1] }), "/resource_changes/0 must be object"],
    [
      "a change without its address",
      planJson({ resource_changes: [{ mode: "managed" }] }),
      "/resource_changes/0 must have required property 'address'",
    ],
    [
      "actions that are no list",
      planJson({
        resource_changes: [{ address: "a.b", mode: "managed", type: "a", name: "b", change: { actions: "create" } }],
      }),
      "/resource_changes/0/change/actions must be array",
    ],
    [
      "modules that are a list",
      planJson({ configuration: { root_module: { module_calls: [] } } }),
      "/configuration/root_module/module_calls must be object",
    ],
    ["a text for a flag", planJson({ errored: "no" }), "/errored must be boolean"],
    [
      "resources of a state that are no list",
      { format_version: "1.0", values: { root_module: { resources: {} } } },
      "looks like a state, but /values/root_module/resources must be array",
    ],
  ])("and the place of %s", (_, content, message) => expect(errorOf(content).message).toContain(message));

  test("what no text of the runtime can hold is refused before it is read", () => {
    const huge = Buffer.alloc(constants.MAX_STRING_LENGTH + 1);
    huge.write('{"format_version": "1.2"');
    expect(errorOf(huge)).toMatchObject({
      message: "given.json is larger than 512 MiB, more than this version can read.",
      mend: "one plan for each root module",
    });
  });

  test("and repeats nothing of the content, which can be secret", () => {
    const secret = "hunter2";
    const contents = [secret, `{"password": "${secret}"`, `{"password": ${secret}}`, `"${secret}"`, { a: secret }];
    const shapes = [{ resource_changes: secret }, { variables: { a: secret } }, { terraform_version: { a: secret } }];
    for (const content of [...contents, ...shapes.map(planJson)]) {
      const { message, mend } = errorOf(content);
      expect(`${message} ${mend}`).not.toContain(secret);
    }
  });
});

describe("a file of a directory looks like a plan", () => {
  const looks = (content: string | Buffer | object) => {
    const all = buffer(content);
    return looksLikePlan(all.subarray(0, headLength), () => all);
  };
  const needsAll = (content: string | Buffer) => {
    let asked = false;
    const all = buffer(content);
    looksLikePlan(all.subarray(0, headLength), () => {
      asked = true;
      return all;
    });
    return asked;
  };
  const sorted = Object.fromEntries(Object.entries(planJson()).sort());

  test.each<[string, string | Buffer | object]>([
    ["as Terraform writes it", bytes],
    ["with a byte order mark", `\uFEFF${planText}`],
    ["indented", JSON.stringify(planJson(), null, 2)],
    ["sorted", sorted],
    ["compressed", gzipSync(bytes)],
    ["compressed and sorted", gzipSync(JSON.stringify(sorted))],
    ["cut off", planText.slice(0, 2000)],
    ["cut off early", planText.slice(0, 200)],
    ["in UTF-16", utf16(planText)],
    ["in UTF-16 and sorted", utf16(JSON.stringify(sorted))],
    ["of a wrong shape", planJson({ resource_changes: {} })],
    [
      "a binary plan",
      Buffer.from(
        "PK\u0003\u0004\u0014\u0000\u0008\u0000\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0006\u0000\u0000\u0000tfplan",
        "latin1",
      ),
    ],
  ])("%s", (_, content) => expect(looks(content)).toBe(true));

  // https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
  test.each([
    "action_invocations",
    "applyable",
    "checks",
    "complete",
    "configuration",
    "deferred_action_invocations",
    "deferred_changes",
    "errored",
    "format_version",
    "output_changes",
    "planned_values",
    "prior_state",
    "relevant_attributes",
    "resource_changes",
    "resource_drift",
    "terraform_version",
    "timestamp",
    "variables",
  ])("that begins with %s", (key) => {
    expect(looks({ [key]: {}, format_version: "1.2", planned_values: {} })).toBe(true);
    expect(looks({ [`${key}_`]: {}, format_version: "1.2", planned_values: {} })).toBe(false);
  });

  test.each<[string, string | Buffer | object]>([
    ["nothing", ""],
    ["a text", "planned_values format_version"],
    ["a state", stateText],
    [
      "a state that mentions variables",
      JSON.stringify({
        format_version: "1.0",
        terraform_version: "1.11.4",
        values: { root_module: { resources: [{ values: { variables: {} } }] } },
      }),
    ],
    ["a raw state", { version: 4, serial: 1, lineage: "x" }],
    ["a provider schema", { format_version: "1.0", provider_schemas: {} }],
    ["validation", { format_version: "1.0", valid: true }],
    ["log lines", '{"@level":"info","@message":"planned_values format_version"}\n'],
    ["a package", { name: "planned_values", version: '"format_version"' }],
    ["a report of tlsgate", { schemaVersion: 1, plans: [{ format_version: "1.2", planned_values: {} }] }],
    ["an archive", gzipSync("hello")],
    ["damaged compressed data", Buffer.from([0x1f, 0x8b, 0, 0])],
    ["another zip archive", Buffer.from("PK\u0003\u0004", "latin1")],
  ])("not: %s", (_, content) => expect(looks(content)).toBe(false));

  test("by its first bytes, where they tell", () => {
    expect(needsAll(bytes)).toBe(false);
    expect(needsAll(`{"name":"x","format_version":"${"y".repeat(5000)}","planned_values":{}}`)).toBe(false);
    expect(needsAll("text")).toBe(false);
    expect(needsAll(JSON.stringify(sorted))).toBe(true);
  });

  test("wherever a real plan stands", () => {
    const entries = readdirSync(new URL("../plans", import.meta.url), { recursive: true, withFileTypes: true });
    for (const { name, parentPath } of entries.filter((entry) => entry.isFile())) {
      expect(looks(readFileSync(join(parentPath, name))), join(parentPath, name)).toBe(name === "plan.json");
    }
  });
});

test("a binary plan is told from other zip archives by its first entry", () => {
  const local = (name: string) =>
    Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), Buffer.alloc(26), Buffer.from(name)]);
  expect(isBinaryPlan(local("tfplan"))).toBe(true);
  expect(isBinaryPlan(Buffer.concat([local("tfplan"), Buffer.from("content")]))).toBe(true);
  expect(isBinaryPlan(local("readme"))).toBe(false);
  expect(isBinaryPlan(bytes)).toBe(false);
});
