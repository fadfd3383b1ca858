// The preload that gives synthesised elements their place in the source, in real processes.

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { constructAt } from "../../src/source/construct.ts";
import {
  addressOf,
  compile,
  directory,
  installModules,
  marked,
  project,
  readStack,
  run,
  trace,
  tsx,
} from "./project.ts";

/** Every stack trace of a stack, and the stack without them. */
function traces(home: string): { readonly all: string[]; readonly rest: unknown } {
  const all: string[] = [];
  const rest = JSON.parse(JSON.stringify(readStack(home)), (key, value) => {
    if (key === "stackTrace") all.push(...value);
    // Local state stands in the directory of the app.
    return key === "stackTrace" || key === "path" ? undefined : value;
  });
  return { all, rest };
}

const preload = `--require ${trace}`;

/** How an app may be run, each by what Node or the program in front of it makes of its sources. */
const ways: { readonly [name: string]: { type: "commonjs" | "module"; synth: (home: string) => void } } = {
  "tsx, CommonJS": { type: "commonjs", synth: (home) => run([tsx, "main.ts"], home, preload) },
  "tsx, ES modules": { type: "module", synth: (home) => run([tsx, "main.ts"], home, `--import ${trace}`) },
  "compiled, CommonJS": { type: "commonjs", synth: (home) => compiled(home, preload) },
  "compiled, ES modules": { type: "module", synth: (home) => compiled(home, `--import ${trace}`) },
};

function compiled(home: string, options: string): void {
  compile(home);
  run(["out/main.js"], home, `--enable-source-maps ${options}`);
}

describe.each(Object.entries(ways))("%s", (_, { type, synth }) => {
  let home: string;

  beforeAll(() => {
    home = project("plain", type);
    synth(home);
  }, 60_000);

  test.each([
    ["site/cdn", "cdn"],
    ["site/zone", "zone"],
    ["site/remote", "module"],
  ])("%s is made where it is written, by the site", (path, mark) => {
    const construct = constructAt(readStack(home), addressOf(home, path));
    const places = construct?.frames.map(({ file, line, column }) => ({ file, line, column }));
    expect(construct?.path).toBe(`stack/${path}`);
    expect(places?.slice(0, 2)).toEqual([
      { file: "site.ts", ...marked(join(home, "site.ts"), mark) },
      { file: "main.ts", ...marked(join(home, "main.ts"), "site") },
    ]);
  });

  test("no trace names this machine, a package or the preload", () => {
    const { all } = traces(home);
    expect(all.length).toBeGreaterThan(5);
    for (const line of all) expect(line).toMatch(/^([^/\\]+ \()?(main|site)\.ts:\d+:\d+\)?$/);
  });
});

test("constructs of a package are made where the user calls them", () => {
  const home = project("ours", "module");
  installModules(home);
  run([tsx, "main.ts"], home, preload);
  const stack = readStack(home);
  const [name = ""] = Object.keys(stack.resource.aws_cloudfront_distribution);
  const construct = constructAt(stack, `aws_cloudfront_distribution.${name}`);
  expect(construct?.path).toBe("stack/website/cdn/distribution");
  expect(construct?.frames[0]).toMatchObject({ file: "main.ts", ...marked(join(home, "main.ts"), "website") });
});

test("the stack is the same as without, but for the traces", () => {
  const [traced, plain] = [project("plain", "commonjs"), project("plain", "commonjs")];
  run([tsx, "main.ts"], traced, preload);
  run([tsx, "main.ts"], plain);
  expect(traces(plain).all).toEqual([]);
  expect(traces(traced).all).not.toEqual([]);
  expect(traces(traced).rest).toEqual(traces(plain).rest);
});

describe("an app without cdktf", () => {
  function node(code: string, ...options: string[]): string {
    const home = directory("app");
    writeFileSync(join(home, "main.js"), code);
    return run([...options, "main.js"], home);
  }

  /** A copy of constructs somewhere on the disk. */
  function copy(): string {
    const home = join(directory("copy"), "node_modules", "constructs");
    mkdirSync(join(home, ".."), { recursive: true });
    cpSync("node_modules/constructs", home, { recursive: true });
    return home;
  }

  const added = (path: string, options = "") =>
    `const { RootConstruct } = require(${JSON.stringify(path)});
     const { node } = new RootConstruct("root");
     const site = () => node.addMetadata("stacktrace", "trace"${options});
     site();
     console.log(JSON.stringify(node.metadata));`;

  test("runs as ever without constructs", () => {
    expect(node("console.log(1)", "--require", trace)).toBe("1\n");
  });

  test("has traces from each copy of constructs, though the preload came twice", () => {
    for (const path of [copy(), copy()]) {
      const [entry] = JSON.parse(node(added(path), "--require", trace, "--import", trace));
      expect(entry).toMatchObject({
        type: "stacktrace",
        trace: [
          expect.stringMatching(/^site \(main\.js:3:/),
          expect.stringMatching(/^Object\.<anonymous> \(main\.js:4:/),
        ],
      });
    }
  });

  test("is changed once, however often constructs is asked for", () => {
    const path = JSON.stringify(copy());
    const code = `const add = () => require(${path}).Node.prototype.addMetadata; console.log(add() === add());`;
    expect(node(code, "--require", trace)).toBe("true\n");
  });

  test("keeps what the caller says of the trace", () => {
    const [entry] = JSON.parse(node(added(copy(), ', { stackTraceOverride: ["here"] }'), "--require", trace));
    expect(entry.trace).toEqual(["here"]);
  });

  test.each([
    ["stacks are read by another", "Error.prepareStackTrace = (_, frames) => frames;"],
    ["stacks cannot be read", 'Error.prepareStackTrace = () => { throw new Error("no stack"); };'],
    ["the limit is fixed", 'Object.defineProperty(Error, "stackTraceLimit", { value: 10 });'],
    ["Error is frozen", "Object.freeze(Error);"],
    ["there are no stacks", "Error.captureStackTrace = undefined; delete Error.stackTraceLimit;"],
  ])("is not disturbed where %s", (_, before) => {
    const code = `"use strict"; ${before} ${added(copy())}`;
    const [entry] = JSON.parse(node(code, "--require", trace));
    expect(entry).toMatchObject({ type: "stacktrace", data: "trace" });
  });

  test("a module that only sounds like constructs is left alone", () => {
    const home = join(directory("named"), "constructs");
    mkdirSync(home);
    writeFileSync(join(home, "index.js"), "module.exports = null;");
    expect(node(`console.log(require(${JSON.stringify(home)}))`, "--require", trace)).toBe("null\n");
  });
});
