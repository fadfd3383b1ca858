// The constructs as users get them, out of the packed package: in CommonJS under TypeScript 5 and in ES modules, on cdktf
// and on cdktn.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isInstalled, type Line, lines, packageOf } from "./support/lines.ts";

const work = mkdtempSync(join(tmpdir(), "tlsgate-modules-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

beforeAll(() => {
  const packed = ["pack", "--ignore-scripts", "--silent", "--pack-destination", work];
  const tarball = execFileSync("npm", packed, { encoding: "utf8", shell: process.platform === "win32" }).trim();
  execFileSync("tar", ["-xzf", tarball], { cwd: work });
});

/** What `cdktf init` gives to a TypeScript project, but for what it only emits. */
const commonJs = {
  alwaysStrict: true,
  experimentalDecorators: true,
  lib: ["es2018"],
  module: "CommonJS",
  moduleResolution: "node10",
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  resolveJsonModule: true,
  strict: true,
  stripInternal: true,
  target: "ES2018",
  skipLibCheck: true,
};

const modules = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
};

/** An app that is judged while it is synthesised. */
const gated = `import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { Redirect } from "tlsgate/modules";
import { TlsGate } from "tlsgate/synth";

const app = new App({ outdir: "gated.out" });
const stack = new TerraformStack(app, "gated");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
TlsGate.on(stack, { profile: "strict" });
new Redirect(stack, "old", { from: ["example.org"], to: "https://example.com", zones: { "example.org": "Z1" } });
app.synth();
`;

/** What npm installs with the package. */
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object };

/** What an app has installed: the packages of package.json, or those of a line. */
const installed = (line?: Line): { readonly [name: string]: string } => {
  const { cdktf, provider } = line ? lines[line] : { cdktf: "cdktf", provider: "@cdktf/provider-aws" };
  return Object.fromEntries(
    [cdktf, provider, "constructs"].map((name) => [name, line ? packageOf(line, name) : resolve("node_modules", name)]),
  );
};

const typescript5 = packageOf("aws6", "typescript");
const typescript = resolve("node_modules/typescript");

interface App {
  readonly line?: Line;
  readonly type: "commonjs" | "module";
  readonly typescript: string;
}

const apps: { readonly [name: string]: App } = {
  "CommonJS, TypeScript 5": { line: "aws6", type: "commonjs", typescript: typescript5 },
  "ES modules": { type: "module", typescript },
  "ES modules, aws 6": { line: "aws6", type: "module", typescript },
  "CommonJS, TypeScript 5, cdktn": { line: "cdktn", type: "commonjs", typescript: typescript5 },
  "ES modules, cdktn": { line: "cdktn", type: "module", typescript },
};

/** Those whose packages are here; without the line of TypeScript 5, none in CommonJS. */
const possible = Object.entries(apps).filter(
  ([, { line, type }]) => (!line || isInstalled(line)) && (type === "module" || isInstalled("aws6")),
);

const examples = readdirSync("examples", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
/** Its sources; main.ts by the example's name. */
const sourcesOf = (example: string): [name: string, source: string][] =>
  readdirSync(`examples/${example}`)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [
      file === "main.ts" ? example : file.slice(0, -".ts".length),
      readFileSync(`examples/${example}/${file}`, "utf8"),
    ]);

/** Its waiver ends one day. */
const lasting = examples.filter((name) => name !== "imported-certificate");

const named = (source: string, { line }: App) =>
  line === "cdktn"
    ? source
        .replaceAll("@cdktf/", "@cdktn/")
        .replaceAll('"cdktf"', '"cdktn"')
        .replaceAll('"tlsgate/modules', '"tlsgate/modules/cdktn')
    : source;

/** The folder of an app with the examples and the misuses as its sources, all written for the package. */
function written(name: string, app: App): string {
  const folder = join(work, name.replaceAll(/[ ,]+/g, "-"));
  const beside = ["@types/node", ...Object.keys(dependencies)].map((one) => [one, resolve("node_modules", one)]);
  const links: { readonly [name: string]: string } = { ...installed(app.line), ...Object.fromEntries(beside) };
  for (const [dependency, target] of Object.entries(links)) {
    const link = join(folder, "node_modules", dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link, "dir");
  }
  cpSync(join(work, "package"), join(folder, "node_modules/tlsgate"), { recursive: true });

  const misuses = readFileSync("test/modules/misuses.ts", "utf8");
  const sources = {
    ...Object.fromEntries(examples.flatMap(sourcesOf)),
    gated,
    misuses: misuses.replaceAll(/"\.\.\/\.\.\/modules\/([\w-]+)\.ts"/g, '"tlsgate/modules/$1"'),
  };
  for (const [file, source] of Object.entries(sources)) writeFileSync(join(folder, `${file}.ts`), named(source, app));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: app.type }));
  const compilerOptions = { ...(app.type === "module" ? modules : commonJs), types: ["node"], outDir: "out" };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  return folder;
}

const node = (cwd: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return { status, text: stdout + stderr };
};

const done = { status: 0, text: "" };

// biome-ignore lint/suspicious/noExplicitAny: the values of a stack have no type.
type Stack = any;

/** What each example became, by app. */
const stacks: { [app: string]: Stack[] } = {};

/** But for where it came from. */
function comparable({ "//": _, terraform, ...stack }: Stack): Stack {
  const { required_providers: providers, backend: __, ...others } = terraform;
  expect(Object.keys(providers)).toEqual(["aws"]);
  return { ...stack, terraform: others };
}

describe.each(possible)("an app in %s", (name, app) => {
  let folder = "";
  beforeAll(() => {
    folder = written(name, app);
  });

  test("type-checks, and its misuses do not", () => {
    expect(node(folder, join(app.typescript, "bin/tsc"), "-p", ".")).toEqual(done);
  });

  test("runs", () => {
    const imports = lasting.map((example) => `await import("./out/${example}.js");`);
    writeFileSync(join(folder, "run.mjs"), imports.join("\n"));
    expect(node(folder, "run.mjs")).toEqual(done);
    stacks[name] = lasting.map((example) =>
      JSON.parse(readFileSync(join(folder, "cdktf.out/stacks", example, "cdk.tf.json"), "utf8")),
    );
    for (const { resource } of stacks[name]) expect(Object.keys(resource).length).toBeGreaterThan(1);
  });

  test("is judged as it is synthesised, and says where its parts come from", () => {
    expect(node(folder, "--require", "tlsgate/trace", "out/gated.js")).toEqual(done);
    const { resource } = JSON.parse(readFileSync(join(folder, "gated.out/stacks/gated/cdk.tf.json"), "utf8"));
    const [distribution] = Object.values<Stack>(resource.aws_cloudfront_distribution);
    expect(distribution["//"].metadata.stackTrace.join("\n")).toMatch(/\bout\/gated\.js:\d+:\d+/);
  });

  test("gets the same classes from each entry, whether it requires or imports it", () => {
    const base = app.line === "cdktn" ? "tlsgate/modules/cdktn" : "tlsgate/modules";
    const files = readdirSync(join(folder, "node_modules/tlsgate/dist/modules"))
      .filter((file) => file.endsWith(".js"))
      .map((file) => file.slice(0, -".js".length));
    writeFileSync(
      join(folder, "entries.mjs"),
      `import { createRequire } from "node:module";
       const all = await import("${base}");
       const ofFiles = new Map();
       for (const file of ${JSON.stringify(files)}) {
         const imported = await import("${base}/" + file);
         const required = createRequire(import.meta.url)("${base}/" + file);
         for (const name of Object.keys(required)) {
           if (imported[name] !== required[name]) console.log(file, name, "is not seen by an import");
           if (file !== "exports") ofFiles.set(name, required[name]);
         }
       }
       const names = Object.keys(all).filter((name) => !["__esModule", "default", "module.exports"].includes(name));
       for (const name of names) if (all[name] !== ofFiles.get(name)) console.log(name, "is another one");
       if (!names.includes("Distribution")) console.log("no Distribution");`,
    );
    expect(files).toContain("distribution");
    expect(node(folder, "entries.mjs")).toEqual(done);
  });
});

test.runIf(possible.length === Object.keys(apps).length)(
  "cdktn makes the same of every example as cdktf, in CommonJS as in ES modules",
  () => {
    const [first, ...others] = Object.keys(apps).filter((name) => apps[name]?.line);
    const expected = stacks[first ?? ""]?.map(comparable);
    expect(expected).toHaveLength(lasting.length);
    for (const name of others) expect(stacks[name]?.map(comparable), name).toEqual(expected);
  },
);
