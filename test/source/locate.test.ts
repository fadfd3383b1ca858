// Findings, shown in the sources of synthesised apps: the very property, or the nearest thing to it.

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { locator } from "../../src/source/locate.ts";
import { addressOf, compile, directory, installModules, marked, project, run, stackOf, trace, tsx } from "./project.ts";

const preload = `--require ${trace}`;

/** A place, by its mark. */
const at = (home: string, file: string, mark: string) => ({
  file: join(home, file),
  ...marked(join(home, file), mark),
});

const ways: { readonly [name: string]: (home: string) => void } = {
  tsx: (home) => run([tsx, "main.ts"], home, preload),
  "compiled with source maps": (home) => {
    compile(home);
    run(["--enable-source-maps", "out/main.js"], home, preload);
  },
  "compiled, without a word to Node": (home) => {
    compile(home);
    run(["out/main.js"], home, preload);
  },
  "compiled with maps in the files": (home) => {
    compile(home, { inlineSourceMap: true, sourceRoot: ".." });
    run(["out/main.js"], home, preload);
  },
};

describe.each(Object.entries(ways))("an app run by %s", (_, synth) => {
  let home: string;

  beforeAll(() => {
    home = project("plain", "commonjs");
    synth(home);
  }, 60_000);

  test.each([
    ["site/cdn", "viewer_certificate[0].minimum_protocol_version", "site.ts", "floor"],
    ["site/cdn", "viewer_certificate[0].iam_certificate_id", "site.ts", "certificate"],
    ["site/cdn", "default_cache_behavior[0].viewer_protocol_policy", "site.ts", "default"],
    ["site/cdn", "ordered_cache_behavior[1].viewer_protocol_policy", "site.ts", "ordered"],
    ["site/cdn", "origin[0].custom_origin_config[0].origin_protocol_policy", "site.ts", "origin"],
    ["site/cdn", "aliases[1]", "site.ts", "alias"],
    ["site/cdn", "http_version", "site.ts", "cdn"],
    ["site/cdn", "", "site.ts", "cdn"],
    ["site/certificate", "key_algorithm", "site.ts", "key"],
    ["site/zone", "", "site.ts", "zone"],
    ["site/remote", "", "site.ts", "module"],
    ["behind", "default_cache_behavior[0].viewer_protocol_policy", "main.ts", "behind"],
    ["behind", "", "main.ts", "super"],
  ])("%s %s", (path, attribute, file, mark) => {
    const address = addressOf(home, path);
    const expected = { ...at(home, file, mark), constructPath: `stack/${path}` };
    const locate = locator(stackOf(home));
    expect(locate({ address, at: attribute })).toEqual(expected);
    expect(locate({ address: `${address}["a.b"]`, at: attribute })).toEqual(expected);
  });

  test("what a Terraform module holds stands where the module is called", () => {
    const address = `${addressOf(home, "site/remote")}.aws_cloudfront_distribution.this[0]`;
    expect(locator(stackOf(home))({ address, at: "http_version" })).toMatchObject(at(home, "site.ts", "module"));
  });

  test("what the stack does not hold has no place", () => {
    expect(locator(stackOf(home))({ address: "aws_cloudfront_distribution.other", at: "" })).toBeUndefined();
  });
});

test("constructs of tlsgate/modules are shown where their properties are written", () => {
  const home = project("ours", "module");
  installModules(home);
  run([tsx, "main.ts"], home, preload);
  const locate = locator(stackOf(home));
  const address = addressOf(home, "website/cdn/distribution");
  const shown = (attribute: string) => locate({ address, at: attribute });
  expect(shown("viewer_certificate[0].minimum_protocol_version")).toMatchObject(at(home, "main.ts", "floor"));
  expect(shown("ordered_cache_behavior[1].viewer_protocol_policy")).toMatchObject(at(home, "main.ts", "ordered"));
  expect(shown("aliases[0]")).toMatchObject(at(home, "main.ts", "domains"));
  expect(shown("comment")).toMatchObject(at(home, "main.ts", "website"));
});

describe("a stack", () => {
  const wanted = (home: string) => ({
    address: addressOf(home, "site/cdn"),
    at: "default_cache_behavior[0].viewer_protocol_policy",
  });

  test("without traces is shown itself, with the construct's path", () => {
    const home = project("plain", "commonjs");
    run([tsx, "main.ts"], home);
    const place = locator(stackOf(home))(wanted(home));
    const file = join(stackOf(home), "cdk.tf.json");
    expect(place).toMatchObject({ file, constructPath: "stack/site/cdn" });
    const line = readFileSync(file, "utf8").split("\n")[(place?.line ?? 0) - 1];
    expect(line?.slice((place?.column ?? 0) - 1)).toBe('"viewer_protocol_policy": "allow-all"');
  });

  describe("with traces", () => {
    let home: string;
    beforeAll(() => {
      home = project("plain", "commonjs");
      run([tsx, "main.ts"], home, preload);
    }, 60_000);

    test("is named by its file too", () => {
      const place = locator(join(stackOf(home), "cdk.tf.json"))(wanted(home));
      expect(place).toMatchObject(at(home, "site.ts", "default"));
    });

    test("is found from another directory, and may be moved with its app", () => {
      const moved = join(directory("moved"), "app");
      renameSync(home, moved);
      home = moved;
      const place = locator(relative("", stackOf(home)))(wanted(home));
      expect(place).toMatchObject(at(home, "site.ts", "default"));
    });

    test("is shown at the call where the source can no longer be read", () => {
      const expected = at(home, "site.ts", "cdn");
      writeFileSync(join(home, "site.ts"), "class {");
      expect(locator(stackOf(home))(wanted(home))).toMatchObject(expected);
      rmSync(join(home, "site.ts"));
      const { line, column } = expected;
      expect(locator(stackOf(home))(wanted(home))).toMatchObject({ line, column });
    });
  });
});

test.each([
  "",
  "{",
  "[]",
  "null",
  '{"resource":{"a":{"b":1}}}',
  '{"resource":{"a":{"b":{"//":{"metadata":{"path":1}}}}}}',
])("a broken stack has no places: %s", (text) => {
  const home = directory("broken");
  writeFileSync(join(home, "cdk.tf.json"), text);
  expect(locator(home)({ address: "x.y", at: "a" })).toBeUndefined();
});

test("a file is shown from the working directory, where it is below it", () => {
  const plan = join("test", "plans", "minimum-tls-1-2");
  const wanted = { address: "aws_cloudfront_distribution.modern", at: "" };
  expect(locator(plan)(wanted)?.file).toBe(join(plan, "main.tf"));
  expect(locator(resolve(plan))(wanted)?.file).toBe(join(plan, "main.tf"));
  const elsewhere = directory("elsewhere");
  writeFileSync(join(elsewhere, "main.tf"), 'resource "x" "y" {}\n');
  expect(locator(relative("", elsewhere))({ address: "x.y", at: "" })?.file).toBe(join(elsewhere, "main.tf"));
});
