// modules/README.md: what is read from the source of the constructs, the diagrams, and the examples, which all compile.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Project } from "ts-morph";
import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { diagramOf, type Made, runExample } from "../../scripts/generate/diagram.ts";
import { inputsOf, outputsOf, publicInterface, saysOf, unsaidIn } from "../../scripts/generate/props.ts";
import { typeText } from "../../scripts/generate/type-text.ts";

const options = { skipAddingFilesFromTsConfig: true };

describe("the source of a construct", () => {
  const house = new Project({ ...options, useInMemoryFileSystem: true });
  house.createSourceFile(
    "/modules/part.ts",
    `/** A colour. */
export type Colour = "red" | "green";
const sizes = { small: 1, "very large": 2 };
const shapes = ["round", "square"] as const;
export interface Base {
  /** From the base. */
  readonly colour: Colour;
  /**
   * Replaced below.
   *
   * @default 1: one is enough
   */
  readonly count?: number;
  readonly size?: keyof typeof sizes;
  readonly shape?: (typeof shapes)[number];
}
type Hidden = "left" | "right";
export type Side =
  | {
      /** Which one. */
      readonly side: Hidden;
    }
  | { readonly middle: \`\${string}.\${string}\` };
/** A value. */
export class Part {
  private constructor() {}
  /** Makes one. */
  static of(side: Side): Part { return new Part(); }
  /** @internal */
  static secret(): Part { return new Part(); }
}
`,
  );
  house.createSourceFile(
    "/modules/thing.ts",
    `import type { Base, Part } from "./part.ts";
interface Own extends Base {
  /**
   * Of its own, with a
   * second line and {@link Part}.
   *
   * @default 2: two: are better
   */
  readonly count?: number;
  /** In pieces. */
  readonly parts?: readonly Part[];
  /** Two of them. */
  readonly pair: { readonly left?: string };
}
/** Takes anything. */
export class Open extends Construct {
  constructor(scope: Construct, id: string, props: Record<string, string>) { super(scope, id); }
}
export type ThingProps<Use extends "a" | "b"> = Own &
  (
    | {
        /** Its name. */
        readonly name: string; readonly use?: Use; readonly note?: Base["count"] }
    | { readonly name?: never; readonly use?: never; readonly note?: never }
  );
export class Thing<Use extends "a" | "b"> extends Construct {
  /** Where it is. */
  readonly place: Readonly<Record<string, string>>;
  private readonly inner = 1;
  /** @internal */
  readonly kind = "thing";
  constructor(scope: Construct, id: string, props: ThingProps<Use>) { super(scope, id); }
}
class Private extends Construct {}
`,
  );
  const files = house.getSourceFiles();
  const { constructs, types } = publicInterface(files);
  const [, thing] = constructs;
  if (!thing) throw new Error("Thing is not found.");
  const inputs = new Map(inputsOf(thing).map((one) => [one.name, one]));

  test("a construct is exported and extends Construct", () => {
    expect(constructs.map((one) => one.getName())).toEqual(["Open", "Thing"]);
  });

  test("inputs come through what is extended, intersected and united, the nearest first", () => {
    expect([...inputs].map(([name, { need }]) => [name, need])).toEqual([
      ["colour", "required"],
      ["count", "optional"],
      ["size", "optional"],
      ["shape", "optional"],
      ["parts", "optional"],
      ["pair", "required"],
      ["name", "required"],
      ["use", "optional"],
      ["note", "optional"],
    ]);
    expect(inputs.get("count")?.says).toMatchObject({
      text: "Of its own, with a second line and `Part`.",
      default: { value: "2", reason: "two: are better" },
    });
  });

  test("outputs are public, and not internal", () => {
    expect(outputsOf(thing).map(({ name, says }) => [name, says.text])).toEqual([["place", "Where it is."]]);
  });

  test("types are told as a reader wants them", () => {
    const told = [...inputs].map(([name, one]) => [name, one.types.map(typeText).join()]);
    expect(Object.fromEntries(told)).toEqual({
      colour: "Colour",
      count: "number",
      size: '"small" | "very large"',
      shape: '"round" | "square"',
      parts: "Part[]",
      pair: "{ left?: string }",
      name: "string",
      use: '"a" | "b"',
      note: "number",
    });
    const side = files[0]?.getTypeAliasOrThrow("Side").getTypeNodeOrThrow();
    expect(side && typeText(side)).toBe('{ side: "left" | "right" } | { middle: "….…" }');
  });

  test("what is reached from a construct is public, and nothing else", () => {
    expect(types.map((one) => one.getName())).toEqual(["Colour", "Part", "Side"]);
  });

  test("what is left unsaid is listed, once, with its place", () => {
    const unsaid = unsaidIn(files, (node) => `${node.getSourceFile().getBaseName()}:${node.getStartLineNumber()}`);
    expect(unsaid).toEqual([
      "thing.ts:16: Open has no @example with a block of code",
      "thing.ts:17: Record<string, string> is no type of which the members can be told",
      "thing.ts:26: Thing has no doc comment",
      "thing.ts:26: Thing has no @example with a block of code",
      "part.ts:14: size has no doc comment",
      "part.ts:14: size is optional and has no @default",
      "part.ts:15: shape has no doc comment",
      "part.ts:15: shape is optional and has no @default",
      "thing.ts:11: parts is optional and has no @default",
      "thing.ts:13: the type of pair has optional members: make it an interface, which tells of them",
      "thing.ts:23: use has no doc comment",
      "thing.ts:23: use is optional and has no @default",
      "thing.ts:23: note has no doc comment",
      "thing.ts:23: note is optional and has no @default",
      "part.ts:18: Side has no doc comment",
      "part.ts:23: middle has no doc comment",
    ]);
  });
});

describe("a diagram", () => {
  const own = (type: string, ...refersTo: string[]): Made => ({ type: `aws_${type}`, refersTo, isOwn: true });
  const draw = (made: { readonly [address: string]: Made }) => diagramOf(new Map(Object.entries(made))).split("\n  ");

  test("counts what is alike, and keeps apart what is used otherwise", () => {
    const lines = draw({
      name: own("record", "site"),
      other: own("record", "site"),
      proof: own("record", "certificate"),
      certificate: own("certificate"),
      site: own("site"),
    });
    expect(lines.filter((line) => line.startsWith("record"))).toEqual([
      'record["record ×2"]',
      'record2["record"]',
      "record --> site",
      "record2 --> certificate",
    ]);
  });

  test("leaves out the arrow that others lead to", () => {
    const lines = draw({ a: own("a", "b", "c"), b: own("b", "c"), c: own("c") });
    expect(lines.filter((line) => line.includes("-->"))).toEqual(["a --> b", "b --> c"]);
  });

  test("ends where resources refer to each other in a circle", () => {
    const lines = draw({ a: own("a", "b"), b: own("b", "c"), c: own("c", "a") });
    expect(lines.filter((line) => line.includes("-->"))).toEqual(["a --> b", "b --> c", "c --> a"]);
  });

  test("makes a resource that only sets something a part of what it sets", () => {
    const lines = draw({
      bucket: own("bucket"),
      versions: own("bucket_versioning", "bucket"),
      site: own("site", "versions"),
    });
    expect(lines).toEqual(["flowchart LR", 'bucket["bucket<br/>+ versioning"]', 'site["site"]', "site --> bucket"]);
  });

  test("starts at the viewers, and dashes what is given", () => {
    const given = { type: "aws_s3_bucket", refersTo: [], isOwn: false };
    const lines = draw({
      cdn: { ...own("cloudfront_distribution", "bucket", "proof"), region: "us-east-1" },
      bucket: given,
      proof: { type: "data.aws_acm_certificate", refersTo: [], isOwn: true },
      stray: given,
    });
    expect(lines).toEqual([
      "flowchart LR",
      "viewer([viewer])",
      'cloudfront_distribution["cloudfront distribution<br/>in us-east-1"]',
      's3_bucket["s3 bucket"]:::given',
      'data_acm_certificate["data acm certificate"]',
      "viewer --> cloudfront_distribution",
      "cloudfront_distribution --> s3_bucket",
      "cloudfront_distribution --> data_acm_certificate",
      "classDef given stroke-dasharray: 4",
    ]);
  });
});

const { constructs, types } = publicInterface(new Project(options).addSourceFilesAtPaths("modules/*.ts"));

describe("the examples", () => {
  const examples = [...constructs, ...types].flatMap((one) => {
    const { example } = saysOf(one);
    return example === undefined ? [] : [{ name: one.getName() ?? "", example }];
  });

  test("are there for each construct, in ten lines or fewer", () => {
    const names = examples.map(({ name }) => name);
    for (const construct of constructs) expect(names).toContain(construct.getName());
    for (const { name, example } of examples) expect(example.split("\n").length, name).toBeLessThanOrEqual(10);
  });

  test("compile as they are, with what the package exports", { timeout: 120_000 }, () => {
    const wrong = { name: "Wrong", example: 'import { Api } from "tlsgate/modules";\n\nnew Api(this, "api", {});' };
    const errors = compiled([...examples, wrong]);
    expect(errors.filter((line) => !line.startsWith("examples/Wrong.ts"))).toEqual([]);
    expect(errors.join()).toMatch(/examples\/Wrong\.ts.*error TS2739: .*domains/);
  });

  test("are refused where the constructs refuse them", async () => {
    const all = await import("../../modules/exports.ts");
    const example =
      constructs.flatMap((one) => (one.getName() === "Redirect" ? (saysOf(one).example ?? "") : []))[0] ?? "";
    const run = (code: string) => runExample(code, "Redirect", all);
    expect([...run(example).values()].map(({ type }) => type)).toContain("aws_cloudfront_distribution");
    expect(() => run(example.replace(/zones: \{.*?\}/, "zones: {}"))).toThrow(/No hosted zone holds/);
  });
});

const root = new URL("../..", import.meta.url).pathname;

/** What the compiler says to examples, each in the place that the README describes. */
function compiled(examples: readonly { readonly name: string; readonly example: string }[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-examples-"));
  try {
    for (const name of ["node_modules", "modules", "scripts"]) symlinkSync(join(root, name), join(directory, name));
    mkdirSync(join(directory, "examples"));
    for (const { name, example } of examples) {
      const [, imports = "", body = ""] = /^((?:import [^;]*;\n)*)([\s\S]*)$/.exec(example) ?? [];
      const given =
        'import type { given } from "../scripts/generate/diagram.ts";\nimport type { TerraformStack } from "cdktf";\n';
      const names = "{ zones, certificate, bucket, loadBalancer, targetGroup }: ReturnType<typeof given>";
      const text = `${imports}${given}export function example(this: TerraformStack, ${names}) {\n  {\n${body}\n  }\n}\n`;
      writeFileSync(join(directory, `examples/${name}.ts`), text);
    }
    writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
    const compilerOptions = {
      rootDir: "/",
      noEmit: true,
      noUnusedLocals: false,
      noUnusedParameters: false,
      paths: { "tlsgate/modules": ["./modules/exports.ts"] },
    };
    const config = { extends: join(root, "tsconfig.json"), compilerOptions, include: ["examples"] };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", directory, "--pretty", "false"], {
      cwd: directory,
      encoding: "utf8",
    });
    return stdout.split(/\n(?=\S)/).filter((line) => line.includes("error TS"));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe("the page", () => {
  const page = readFileSync(join(root, "modules/README.md"), "utf8");

  test("shows each construct with its example, its diagram, and all that it takes and gives", () => {
    for (const construct of constructs) {
      const [, section = ""] = page.split(`\n## ${construct.getName()}\n`);
      const [own = ""] = section.split("\n## ");
      expect(own).toContain(`\`\`\`ts\n${saysOf(construct).example}\n\`\`\``);
      expect(own).toContain("```mermaid\nflowchart LR\n");
      const names = [...own.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
      const expected = [...inputsOf(construct), ...outputsOf(construct)].map(({ name }) => name);
      expect(new Set(names)).toEqual(new Set(expected));
    }
  });

  test("leads nowhere but to what is there", () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => text.toLowerCase().replaceAll(" ", "-"));
    const anchors = new Set([...headings, ...[...page.matchAll(/<a id="(.+?)">/g)].map(([, id]) => id)]);
    const links = [...page.matchAll(/\]\(#(.+?)\)/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(50);
    expect(links.filter((id) => !anchors.has(id))).toEqual([]);
  });

  test("names rules that there are", () => {
    const ids = new Set(policies.map(({ id }) => id));
    const rules = [...page.matchAll(/\(\.\.\/policies\/README\.md#(.+?)\)/g)].map(([, id = ""]) => id);
    expect(rules).toContain("https-only");
    expect(rules.filter((id) => !ids.has(id))).toEqual([]);
  });

  test("has as many cells in a row as in the head of its table", () => {
    const cells = (row: string) => row.replaceAll("\\|", "").split("|").length;
    const tables = page.match(/(^\|.*\n)+/gm) ?? [];
    expect(tables.length).toBeGreaterThan(20);
    for (const table of tables) expect(new Set(table.trimEnd().split("\n").map(cells)).size, table).toBe(1);
  });
});
