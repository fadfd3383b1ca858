// The list of installed modules, as `terraform init` and plan files write it, and what comes from which of them.

import { expect, test } from "vitest";
import { moduleOf, parseModulesManifest } from "../../src/plan/installed-modules.ts";

const site = { Key: "site", Source: "registry.terraform.io/example/site/aws", Version: "1.2.0", Dir: "x" };
const installed = { call: "site", source: "registry.terraform.io/example/site/aws", version: "1.2.0" };

test.each<[string, unknown, unknown]>([
  ["as terraform init writes it", { Modules: [site] }, [installed]],
  ["as a plan file holds it", [site], [installed]],
  ["of a repository, which has no versions", [{ ...site, Version: undefined }], [{ ...installed, version: null }]],
  ["with a version that is no text", [{ ...site, Version: 1 }], [{ ...installed, version: null }]],
  [
    "with the root module and local ones",
    [
      { Key: "", Source: "", Dir: "." },
      { Key: "a", Source: "./a" },
    ],
    [],
  ],
  [
    "with local ones above",
    [
      { Key: "a", Source: "../a" },
      { Key: "b", Source: ".." },
      { Key: "c", Source: "." },
    ],
    [],
  ],
  ["with a source that only begins with dots", [{ ...site, Source: ".site" }], [{ ...installed, source: ".site" }]],
  ["with a package that no call leads to", [{ ...site, Key: "" }], []],
  ["with entries that are none", [null, 1, "a", { Key: 1, Source: "a/b/c" }, { Key: "a", Source: 1 }], []],
  ["without modules", { Modules: [] }, []],
  ["that is none", { Modules: {} }, undefined],
  ["null", null, undefined],
  ["a number", 1, undefined],
])("a list %s", (_, manifest, modules) => expect(parseModulesManifest(JSON.stringify(manifest))).toEqual(modules));

test("what is no JSON is no list", () => expect(parseModulesManifest("{")).toBeUndefined());

test("a resource comes from the innermost package around it", () => {
  const modules = [
    { ...installed, call: "other" },
    { ...installed, call: "site" },
    { ...installed, call: "site.cdn" },
    { ...installed, call: "" },
  ];
  const callOf = (address: string) => moduleOf(address, modules)?.call;
  expect(callOf("module.site.aws_lb.one")).toBe("site");
  expect(callOf('module.site["a"].module.cdn[0].aws_lb.one')).toBe("site.cdn");
  expect(callOf("module.site.module.cdn.module.log.aws_lb.one")).toBe("site.cdn");
  expect(callOf("module.site.module.log.aws_lb.one")).toBe("site");
  expect(callOf("module.log.module.site.aws_lb.one")).toBeUndefined();
  expect(callOf("aws_lb.site")).toBeUndefined();
});
