// Properties of plan files: of the archive, and of the configuration in it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { policies } from "../../policies/registry.ts";
import { verdictOf } from "../../src/findings/gate.ts";
import { evaluatorOf } from "../support/evaluator.ts";
import { planPath } from "../support/plans.ts";
import { declared } from "../support/random-expressions.ts";
import { type Edit, edited, edits } from "./bytes.ts";
import type { Property } from "./check.ts";
import { hostileExpression, hostileFile } from "./expressions.ts";
import { type Judged, judge } from "./judge.ts";
import { type ZipEntry, zipOf } from "./zip.ts";

interface PlanWithConfiguration {
  readonly name: string;
  readonly json: Buffer;
  readonly entries: readonly ZipEntry[];
  /** What its JSON alone shows to be bad, and the configuration too. */
  readonly bad: readonly Violation[];
}

interface Violation {
  readonly address: string;
  readonly policy: string;
}

const folder = (key: string) => `tfconfig/m-${key}/`;

const manifest = (keys: readonly string[]): ZipEntry => ({
  name: "tfconfig/modules.json",
  content: Buffer.from(JSON.stringify(keys.map((Key) => ({ Key, Dir: Key || "." })))),
});

const filesIn = (directory: string): string[] =>
  readdirSync(directory).filter((name) => name.endsWith(".tf") || name.endsWith(".tf.json"));

/** Plans of small configurations, some with modules; a larger one takes as long as a hundred of them. */
const names = [
  "aws-https-only",
  "aws-templates",
  "kubernetes-bad",
  "aws-load-balancer-rules",
  "aws-alb",
  "https-only",
  "awkward-conditional-certificate",
  "awkward-locals",
  "awkward-depends-on",
  "awkward-object-arguments",
  "awkward-references-in-circles",
  "awkward-nested-modules",
  "google-bad-weak",
  "aws-policy-documents",
  "aws-load-balancer",
];

/** The files of a module, and of those that it calls from folders beside it. */
function entriesOf(
  directory: string,
  key = "",
): { readonly keys: readonly string[]; readonly entries: readonly ZipEntry[] } {
  const entries = filesIn(directory).map(
    (file): ZipEntry => ({ name: folder(key) + file, content: readFileSync(join(directory, file)) }),
  );
  const text = entries.map(({ content }) => content.toString()).join("\n");
  const calls = [...text.matchAll(/^module "(\w+)" \{[^}]*?source\s*=\s*"(\.[^"]*)"/gm)].map(
    ([, name = "", source = ""]) => entriesOf(join(directory, source), key === "" ? name : `${key}.${name}`),
  );
  return {
    keys: [key, ...calls.flatMap(({ keys }) => keys)],
    entries: [...entries, ...calls.flatMap((call) => call.entries)],
  };
}

/** Policies that refuse what is unknown too. */
const strict = new Set(policies.filter(({ whenUnknown }) => whenUnknown === "refuse").map(({ id }) => id));

function violationsOf(judged: Judged | Error): readonly Violation[] {
  if (judged instanceof Error) throw judged;
  return judged.findings.filter(({ refuses, outcome, policy }) => refuses && outcome === "fail" && strict.has(policy));
}

const isAmong = (one: Violation, others: readonly Violation[]): boolean =>
  others.some(({ address, policy }) => address === one.address && policy === one.policy);

let loaded: readonly PlanWithConfiguration[] | undefined;

function plans(): readonly PlanWithConfiguration[] {
  loaded ??= names.map((name) => {
    const { keys, entries } = entriesOf(join(planPath(name), ".."));
    const shown = readFileSync(planPath(name));
    const plan = { name, json: shown, entries: [tfplan, manifest(keys), ...entries] };
    const withConfiguration = violationsOf(judge(shown, zipOf(plan.entries)));
    return { ...plan, bad: violationsOf(judge(shown)).filter((one) => isAmong(one, withConfiguration)) };
  });
  return loaded;
}

const tfplan: ZipEntry = { name: "tfplan", content: Buffer.alloc(0) };

const planAt = (index: number): PlanWithConfiguration => plans()[index % names.length] as PlanWithConfiguration;

// --- the archive

const entryNames = [
  "tfplan",
  "tfconfig/modules.json",
  "tfconfig/m-/main.tf",
  "tfconfig/m-/other.tf",
  "tfconfig/m-/x.tf.json",
  "tfconfig/m-/../../../main.tf",
  "tfconfig/m-/override.tf",
  "tfconfig/m-../main.tf",
  "/etc/main.tf",
  "..\\..\\main.tf",
  "tfconfig/",
  "tfconfig/m-/\u0000.tf",
  "tfconfig/m-a.b/main.tf",
  "__proto__",
  "tfconfig/m-/__proto__",
  "tfconfig/m-/\ud800.tf",
  ".terraform.lock.hcl",
  "",
];

const contents = [
  "",
  "[]",
  '[{"Key":"","Dir":"."}]',
  '[{"Key":"","Dir":"../../.."},{"Key":"","Dir":7},null,{"Key":"a.b","Dir":"C:\\\\x"},{"Key":"__proto__"}]',
  '{"resource":{"a_b":{"c":{"//":"x","count":"${1}"}}}}',
  'module "a" { source = "./a" }\n',
  'locals { a = "${local.a}" }\n',
  "\ufefflocals {}\n",
  "{",
  "\u0000",
  `[${"[".repeat(20_000)}`,
  "a".repeat(200_000),
];

const number32 = fc.oneof(fc.constantFrom(0, 1, 2 ** 16, 2 ** 26, 2 ** 31, 2 ** 32 - 1), fc.nat(1000));

const archiveEntry: fc.Arbitrary<ZipEntry> = fc.record(
  {
    name: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...entryNames) },
      fc.string({ maxLength: 9, unit: "binary" }),
    ),
    content: fc.constantFrom(...contents).map((text) => Buffer.from(text)),
    isStored: fc.boolean(),
    size: number32,
    compressedSize: number32,
    crc: number32,
    method: fc.constantFrom(0, 8, 9, 99),
    offset: number32,
  },
  { requiredKeys: ["name", "content"] },
);

interface ArchiveCase {
  readonly plan: number;
  readonly more: readonly ZipEntry[];
  readonly isFirst: boolean;
  readonly count: number | undefined;
  readonly edits: readonly Edit[];
}

export const anyArchive: Property<ArchiveCase> = {
  name: "any archive is a plan file, or refused as none",
  cases: fc.record({
    plan: fc.nat(9999),
    // Mostly true to the truth: few archives are read otherwise.
    more: fc.array(archiveEntry, { maxLength: 3 }),
    isFirst: fc.boolean(),
    count: fc.option(fc.constantFrom(0, 1, 100, 65_535), { freq: 8, nil: undefined }),
    edits: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: edits }),
  }),
  check: ({ plan, more, isFirst, count, edits }) => {
    const { json, entries } = planAt(plan);
    judge(json, edited(zipOf(isFirst ? [...more, ...entries] : [...entries, ...more], count), edits));
  },
  describe: ({ plan, more }) => [planAt(plan).name, ...more.map(({ name }) => JSON.stringify(name))].join(", "),
};

// --- the text of the configuration

interface TextCase {
  readonly plan: number;
  readonly file: number;
  readonly edits: readonly Edit[];
  readonly expression: string;
  readonly at: number;
}

/** A file with an expression in the place of one that it holds. */
function withExpression(text: string, expression: string, at: number): string {
  const lines = text.split("\n");
  const places = lines.flatMap((line, index) => (/^\s*[\w-]+\s*=\s*[^{[(<]*$/.test(line) ? [index] : []));
  const place = places[at % places.length];
  return lines.map((line, index) => (index === place ? line.replace(/=.*/, () => `= ${expression}`) : line)).join("\n");
}

export const anyConfiguration: Property<TextCase> = {
  name: "any text of a configuration is evaluated, or unknown",
  cases: fc.record({
    plan: fc.nat(9999),
    file: fc.nat(9),
    edits: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: edits }),
    expression: hostileExpression,
    at: fc.nat(9999),
  }),
  check: ({ plan, file, edits, expression, at }) => {
    const { json, entries } = planAt(plan);
    const texts = entries.filter(({ name }) => name.endsWith(".tf"));
    const chosen = texts[file % texts.length];
    const changed = entries.map((entry) => {
      if (entry !== chosen) return entry;
      const text = withExpression(entry.content.toString(), expression, at);
      return { ...entry, content: edited(Buffer.from(text), edits) };
    });
    judge(json, zipOf(changed));
  },
  describe: ({ plan, expression, edits }) =>
    [planAt(plan).name, expression.slice(0, 300), ...edits.map(({ kind }) => kind)].join(", "),
};

interface FileCase {
  readonly plan: number;
  readonly file: string;
  readonly name: string;
}

export const furtherFile: Property<FileCase> = {
  name: "a bad endpoint stays refused, whatever else its configuration holds",
  cases: fc.record({
    plan: fc.nat(9999),
    file: hostileFile,
    name: fc.constantFrom("zz.tf", "aa.tf", "zz.tf.json", "zz_override.tf"),
  }),
  check: ({ plan, file, name }) => {
    const { json, entries, bad } = planAt(plan);
    const judged = judge(json, zipOf([...entries, { name: folder("") + name, content: Buffer.from(file) }]));
    if (judged instanceof Error) return;
    for (const { address, policy } of bad) {
      const own = judged.findings.filter((one) => isAmong(one, [{ address, policy }]));
      if (verdictOf(own) === "pass") throw new Error(`${address} passes ${policy}`);
    }
  },
  describe: ({ plan, file, name }) => [planAt(plan).name, name, file.slice(0, 500)].join(", "),
};

// --- expressions alone, which takes a fraction of the time

export const anyExpression: Property<string> = {
  name: "any expression is evaluated, or unknown",
  cases: hostileExpression,
  check: (expression) => {
    const files = { "main.tf": `${declared}${declarations}output "value" {\n  value = ${expression}\n}\n` };
    evaluatorOf({
      files,
      instances: { "a_b.late": { values: { name: "x" }, unknown: { id: true, list: true } } },
    }).output([], "value");
  },
  describe: (expression) => expression.slice(0, 1000),
};

const declarations = `
resource "a_b" "late" {
  name = "x"
}
locals {
  text   = "0123456789"
  list   = ["a", "b", 1, null]
  map    = { a = 1, b = "2" }
  late   = [for one in a_b.late.list : one]
  either = a_b.late.id == "x" ? { a = 1 } : { a = "2" }
  loop   = [local.loop]
}
`;
