// The documents' examples, run: what a reader copies out of docs/ works, and gives what the document says.

import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { policies } from "../policies/registry.ts";
import { checkConfig } from "../src/config/check-config.ts";
import { checkPolicies } from "../src/config/config.ts";
import { loadConfig } from "../src/config/load.ts";
import { settingsOf } from "../src/config/settings.ts";
import { addressMatcher, isTooWide } from "../src/findings/address-glob.ts";
import { readBaseline } from "../src/findings/baseline.ts";
import { readWaivers } from "../src/findings/waivers.ts";
import { formats } from "../src/report/formats.ts";
import { ndjson } from "../src/report/ndjson.ts";
import { reportOn } from "./support/report.ts";
import { readSchema } from "./support/schema.ts";

interface Fence {
  readonly language: string;
  readonly text: string;
  /** The file that it is, by the comment on its first line. */
  readonly file: string | undefined;
}

interface Section {
  readonly document: string;
  readonly title: string;
  readonly fences: readonly Fence[];
}

const root = resolve(".");
const documents = readdirSync("docs").filter((name) => name.endsWith(".md") && name !== "providers.md");
const textOf = (document: string): string => readFileSync(join("docs", document), "utf8");
const ids = policies.map(({ id }) => id);

const fencesOf = (text: string): Fence[] =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", body = ""]) => ({
    language,
    text: body,
    file: /^(?:#|\/\/) (tlsgate[\w.-]+)\n/.exec(body)?.[1],
  }));

/** What stands under one heading of a document is tried in one directory. */
const sections: readonly Section[] = documents.flatMap((document) =>
  textOf(document)
    .split(/^(?=##+ )/m)
    .map((text) => ({ document, title: text.split("\n", 1)[0] ?? "", fences: fencesOf(text) })),
);

const ofLanguage = (...languages: readonly string[]) =>
  sections.flatMap(({ document, title, fences }) =>
    fences
      .filter(({ language }) => languages.includes(language))
      .map((fence) => ({ name: `${document}, ${title}`, ...fence })),
  );

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** A directory with the plans of the tests, the command in PATH, and the package as a dependency. */
function sandbox(): string {
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-docs-"));
  made.push(directory);
  symlinkSync(join(root, "test"), join(directory, "test"));
  const module = join(directory, "node_modules", "tlsgate");
  mkdirSync(module, { recursive: true });
  writeFileSync(join(module, "package.json"), JSON.stringify({ name: "tlsgate", type: "module", exports: "./api.ts" }));
  writeFileSync(join(module, "api.ts"), `export * from ${JSON.stringify(join(root, "src", "api.ts"))};\n`);
  const command = join(directory, "node_modules", ".bin", "tlsgate");
  mkdirSync(dirname(command));
  const start = [process.execPath, "--import", import.meta.resolve("tsx"), join(root, "src", "cli.ts")];
  writeFileSync(command, `#!/bin/sh\nexec ${start.map((part) => `'${part}'`).join(" ")} "$@"\n`);
  chmodSync(command, 0o755);
  return directory;
}

function place(directory: string, { file, text }: Fence): void {
  if (file !== undefined) writeFileSync(join(directory, file), text);
}

// --- configurations, waivers, baselines

const isConfig = (fence: Fence): boolean => fence.file?.startsWith("tlsgate.config.") === true;

describe("configurations", () => {
  const valid = new Ajv({ allowUnionTypes: true }).compile(readSchema("config"));
  const yaml = ofLanguage("yaml").filter(isConfig);

  test("are among the examples", () => expect(yaml.length).toBeGreaterThan(3));

  test.each(yaml)("in YAML are as the schema says: $name", ({ text, file = "" }) => {
    const config = parse(text) as object;
    expect(valid(config), JSON.stringify(valid.errors)).toBe(true);
    expect(() => checkConfig(config, file)).not.toThrow();
    const { waivers } = checkConfig(config, file);
    expect(readWaivers(waivers, file, ids).malformed).toEqual([]);
  });

  const withConfig = sections.filter(({ fences }) => fences.some(isConfig) && !fences.some(isConsole));
  test.each(withConfig)(
    "load, and name policies and options that exist: $document, $title",
    { timeout: 120_000 },
    async ({ fences }) => {
      const directory = sandbox();
      for (const fence of fences) {
        place(directory, fence);
        if (fence.language === "json") writeFileSync(join(directory, "tlsgate.baseline.json"), fence.text);
      }
      for (const file of fences.filter(isConfig).map((fence) => fence.file)) {
        const loaded = await loadConfig({ directory, file });
        const { waivers } = settingsOf(loaded, {}, new Date("2030-01-01"), false);
        expect(waivers.malformed).toEqual([]);
        const own = loaded.packs.flatMap((pack) => pack.policies ?? []);
        checkPolicies(loaded.config, [...policies, ...own], file ?? "");
        // A pack, or something else that the configuration says.
        expect(Object.keys(loaded.config)).not.toEqual([]);
      }
    },
  );
});

test("every key of the configuration is documented, and no other", () => {
  const { properties } = readSchema("config") as { readonly properties: object };
  const keys = tableOf("configuration.md", "key").map(([key = ""]) => key.replaceAll("`", ""));
  expect(keys.sort()).toEqual(Object.keys(properties).sort());
});

test("every option of a policy is documented, and no other", () => {
  const rows = tableOf("configuration.md", "policy").map(([id, option]) => `${id} ${option}`.replaceAll("`", ""));
  const options = policies.flatMap(({ id, options = {} }) => Object.keys(options).map((option) => `${id} ${option}`));
  expect(rows.sort()).toEqual(options.sort());
});

test.each(ofLanguage("yaml").filter(({ file }) => file?.startsWith("tlsgate.waivers.")))(
  "waivers can be read: $name",
  ({ text, file = "" }) => {
    const { waivers, malformed } = readWaivers(parse(text), file, ids);
    expect(malformed).toEqual([]);
    expect(waivers).not.toEqual([]);
    expect(waivers.filter(({ address }) => isTooWide(address))).toEqual([]);
  },
);

test.each(ofLanguage("json"))("a baseline can be read: $name", ({ text }) => {
  expect(readBaseline(text, "").version).toBe(1);
});

// --- globs

/** The rows of the table whose first column has this head, cell by cell. */
function tableOf(document: string, head: string): string[][] {
  const [, table = ""] =
    new RegExp(`^\\| ${head} \\|.*\\n\\|[-| ]+\\|\\n((?:\\|.*\\n)+)`, "m").exec(textOf(document)) ?? [];
  const rows = table.split("\n").filter(Boolean);
  expect(rows.length, `${document} has a table of "${head}"`).toBeGreaterThan(0);
  return rows.map((row) => row.slice(2, -2).split(" | "));
}

const codes = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

test.each(tableOf("configuration.md", "glob"))("the glob %s means %s, not %s", (first, means, not) => {
  const [glob = ""] = codes(first);
  const meant = (addresses: readonly string[]) => addresses.filter(addressMatcher(glob));
  expect(meant(codes(means))).toEqual(codes(means));
  expect(meant(codes(not))).toEqual([]);
  expect([codes(means).length, codes(not).length]).not.toContain(0);
});

test.each(tableOf("waivers.md", "too wide"))("%s is too wide, %s is not", (wide, narrow) => {
  expect(codes(wide).map(isTooWide)).toEqual([true]);
  expect(codes(narrow).map(isTooWide)).toEqual([false]);
});

// --- commands

const isConsole = ({ language }: Fence): boolean => language === "console";

interface Said {
  readonly command: string;
  readonly expected: readonly string[];
}

function saidIn(text: string): Said[] {
  const steps = text.split(/^\$ /m).slice(1);
  return steps.map((step) => {
    const [command = "", ...expected] = step.trimEnd().split("\n");
    return { command, expected };
  });
}

/** Whether lines are as expected; `…` stands for any number of them. */
function holds(lines: readonly string[], expected: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return lines.length === 0;
  if (first === "…") return [...lines, ""].some((_, from) => holds(lines.slice(from), rest));
  return lines[0] === first && holds(lines.slice(1), rest);
}

describe("commands", () => {
  const withCommands = sections.filter(({ fences }) => fences.some(isConsole));

  test("are among the examples", () => expect(withCommands.length).toBeGreaterThan(8));

  test.each(withCommands)("say what the document says: $document, $title", { timeout: 120_000 }, ({ fences }) => {
    const directory = sandbox();
    for (const fence of fences) {
      place(directory, fence);
      if (isConsole(fence)) {
        let status = 0;
        for (const { command, expected } of saidIn(fence.text)) {
          if (command === "echo $?") {
            expect([String(status)], `exit code in ${fence.text}`).toEqual(expected);
            status = 0;
            continue;
          }
          expect(status, `the command before ${command}`).toBeLessThan(2);
          const child = spawnSync("sh", ["-c", `${command} 2>&1`], {
            cwd: directory,
            encoding: "utf8",
            env: { PATH: `${join(directory, "node_modules", ".bin")}:${process.env.PATH}`, HOME: directory },
          });
          status = child.status ?? 2;
          const lines = child.stdout === "" ? [] : child.stdout.trimEnd().split("\n");
          expect(holds(lines, expected), `${command} says\n${child.stdout}`).toBe(true);
        }
      }
    }
  });
});

const helpOf = (...command: readonly string[]): string =>
  execFileSync(process.execPath, ["--import", "tsx", "src/cli.ts", ...command, "--help"], { encoding: "utf8" });
const help = helpOf();
const helpOfModules = helpOf("modules");
const optionsIn = (text: string): string[] => [...new Set(text.match(/(?<![\w-])--[a-z]+(?:-[a-z]+)*/g) ?? [])].sort();
const everywhere = [...documents.map(textOf), readFileSync("README.md", "utf8")].join("\n");

test("the README's session is what the command says", () => {
  const [, session] = /^```text\n(✖ .*?)^```$/ms.exec(readFileSync("README.md", "utf8")) ?? [];
  const plan = "test/plans/insecure-website/plan.json";
  const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "src/cli.ts", "check", plan], {
    encoding: "utf8",
    env: { PATH: process.env.PATH },
  });
  expect(session).toBe(stdout);
});

test.each([
  ["tlsgate", help, "baseline"],
  ["tlsgate modules", helpOfModules, "withdraw"],
])("every option and command of %s --help is documented", (command, text, known) => {
  expect(optionsIn(text).length).toBeGreaterThan(10);
  expect(optionsIn(text).filter((option) => !optionsIn(everywhere).includes(option))).toEqual([]);
  const commands = [...text.matchAll(/^ {2}([a-z]+) .*(?: {2,})/gm)].map(([, name = ""]) => name);
  expect(commands).toContain(known);
  expect(commands.filter((name) => !everywhere.includes(`${command} ${name}`))).toEqual([]);
});

test.each(ofLanguage("sh", "console"))("no example has an option that does not exist: $name", ({ text }) => {
  const calls = text.split("\n").flatMap((line) => /(?:^|\s)tlsgate (?!terraform|tofu).*/.exec(line) ?? []);
  const known = (call: string) => optionsIn(call.includes("tlsgate modules ") ? helpOfModules : help);
  expect(calls.flatMap((call) => optionsIn(call).filter((option) => !known(call).includes(option)))).toEqual([]);
});

test("every format is documented, and every place to look for a report", () => {
  const rows = tableOf("reports.md", "format").map(([name]) => codes(name)[0]);
  expect(rows.sort()).toEqual([...formats].sort());
});

test("the queries name fields of NDJSON alone", () => {
  const [line = "{}"] = ndjson(reportOn("insecure-website")).split("\n");
  const fields = Object.keys(JSON.parse(line));
  const ofReadme = [...readFileSync("README.md", "utf8").matchAll(/^```sql\n(.*?)^```$/gms)].map(
    ([, text = ""]) => text,
  );
  expect(ofReadme).toHaveLength(1);
  const named = [...ofReadme, ...ofLanguage("sql").map(({ text }) => text)].flatMap((text) =>
    [
      ...text
        .replace(/'[^']*'|"[^"]*"/g, "")
        .matchAll(/\b(?!union_by_name|read_json|current_date|true)[a-z]+[A-Z_]?\w*\b/g),
    ].map(([name]) => name),
  );
  const known = [...fields, "count", "plans", "fail", "format", "places"];
  expect(named).toContain("waiverExpires");
  expect([...new Set(named)].filter((name) => !known.includes(name))).toEqual([]);
});

// --- links

test.each([...documents.map((name) => join("docs", name)), "README.md", "SECURITY.md"])(
  "links of %s lead somewhere",
  (document) => {
    const anchors = (text: string) =>
      [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
        title
          .toLowerCase()
          .replace(/[^\w\- ]/g, "")
          .replaceAll(" ", "-"),
      );
    const links = [...readFileSync(document, "utf8").matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
    const broken = links.filter(([, path = "", anchor]) => {
      const file = path === "" ? document : fileURLToPath(new URL(path, pathToFileURL(resolve(document))));
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchors(readFileSync(file, "utf8")).includes(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  },
);
