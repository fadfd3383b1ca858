// A plan that uses a withdrawn version of a module is refused; a finding names the module's version.

import { describe, expect, test } from "vitest";
import { installedModulesOf, withModules } from "../../src/config/installed-modules.ts";
import { withdrawnIn, withdrawnModules } from "../../src/findings/withdrawn-modules.ts";
import { moduleOf, parseModulesManifest } from "../../src/plan/installed-modules.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { zipOf } from "../fuzz/zip.ts";
import { temporaryDirectories, writeTree } from "../support/registry.ts";

const entries = [
  { Key: "", Source: "", Dir: "." },
  { Key: "site", Source: "modules.example.com/example/site/aws", Version: "1.1.0", Dir: "site" },
  { Key: "site.cdn", Source: "./modules/cdn", Dir: "site/modules/cdn" },
  { Key: "site.cdn.logs", Source: "modules.example.com/example/logs/aws//inner", Version: "2.0.0", Dir: "logs/inner" },
  { Key: "zone", Source: "git::https://example.com/zone.git", Dir: "zone" },
  { Key: "own", Source: "../own", Dir: "../own" },
];
const modules = parseModulesManifest(JSON.stringify({ Modules: entries })) ?? [];

test("packages are what is neither the configuration nor within it", () => {
  expect(modules).toEqual([
    { call: "site", source: "modules.example.com/example/site/aws", version: "1.1.0" },
    { call: "site.cdn.logs", source: "modules.example.com/example/logs/aws//inner", version: "2.0.0" },
    { call: "zone", source: "git::https://example.com/zone.git", version: null },
  ]);
  // A plan file holds the list alone.
  expect(parseModulesManifest(JSON.stringify(entries))).toEqual(modules);
  for (const text of ["", "{", "null", "7", '{"Modules":7}']) expect(parseModulesManifest(text)).toBeUndefined();
  expect(parseModulesManifest('[7,null,{"Key":1}]')).toEqual([]);
});

test.each([
  ["aws_lb.x", undefined],
  ["module.own.aws_lb.x", undefined],
  ["module.zone.aws_lb.x", "zone"],
  ['module.site["a.b"].aws_lb.x', "site"],
  // A module of the package belongs to it.
  ["module.site[0].module.cdn.aws_lb.x", "site"],
  ["module.site.module.cdn.module.logs.aws_s3_bucket.x", "site.cdn.logs"],
  ["module.sites.aws_lb.x", undefined],
])("%s is written in %s", (address, call) => {
  expect(moduleOf(address, modules)?.call).toBe(call);
});

const index = JSON.stringify({
  format: 1,
  modules: [
    {
      address: "example/site/aws",
      versions: [{ version: "1.1.0", withdrawn: { reason: "Its listener accepts TLS 1.0." } }, { version: "1.0.0" }],
    },
    { address: "example/logs/aws", versions: [{ version: "2.0.0", withdrawn: { reason: "It logs too much." } }] },
  ],
});

describe("a withdrawn version", () => {
  const found = (host: string, text = index) => {
    const registry = withdrawnIn(text, host);
    return registry ? withdrawnModules(modules, [registry]) : undefined;
  };

  test("refuses the plan with the registry's reason, of a submodule too", () => {
    expect(found("modules.example.com")).toMatchObject([
      {
        policy: "module-withdrawn",
        address: "module.site",
        outcome: "fail",
        refuses: true,
        message:
          "uses modules.example.com/example/site/aws 1.1.0, which its registry has withdrawn: Its listener accepts TLS 1.0.",
      },
      { address: "module.site.module.cdn.module.logs", message: expect.stringContaining("It logs too much.") },
    ]);
  });

  test("of another registry, or another version, is none", () => {
    expect(found("other.example.com")).toEqual([]);
    expect(found("modules.example.com", index.replace('"1.1.0"', '"1.2.0"').replace('"2.0.0"', '"2.1.0"'))).toEqual([]);
  });

  test.each(["", "{}", '{"format":2,"modules":[]}', '{"format":1}'])("%s is no index", (text) => {
    expect(withdrawnIn(text, "modules.example.com")).toBeUndefined();
  });
});

describe("the modules of a plan", () => {
  const directory = temporaryDirectories();
  const plan = (moduleAddress?: string, planFile?: Uint8Array) =>
    ({ instances: [{ moduleAddress }], planFile }) as unknown as Plan;
  const installed = () =>
    writeTree(directory(), { ".terraform/modules/modules.json": JSON.stringify({ Modules: entries }) });

  test("are those of the plan file, whatever stands beside it", async () => {
    const manifest = JSON.stringify(entries.slice(0, 2));
    const file = zipOf([{ name: "tfconfig/modules.json", content: Buffer.from(manifest) }]);
    expect(await installedModulesOf(plan("module.site", file), installed())).toEqual(modules.slice(0, 1));
    expect(await installedModulesOf(plan("module.site", Buffer.from("encrypted")), installed())).toEqual([]);
  });

  test("are those that terraform init left, for the JSON of a plan", async () => {
    expect(await installedModulesOf(plan("module.site"), installed())).toEqual(modules);
    expect(await installedModulesOf(plan("module.site"), directory())).toEqual([]);
    expect(await installedModulesOf(plan(), installed())).toEqual([]);
  });

  test("are named in its findings", () => {
    const [finding] = withdrawnModules(modules, [
      { host: "modules.example.com", reasons: new Map([["example/site/aws 1.1.0", "x"]]) },
    ]);
    const { module: _, ...plain } = { ...finding, address: "module.zone.aws_lb.x" } as NonNullable<typeof finding>;
    const other = { ...plain, address: "aws_lb.x" };
    expect(withModules([plain, other], modules, []).map(({ module }) => module)).toEqual([
      { source: "git::https://example.com/zone.git", version: null },
      undefined,
    ]);
  });
});
