// Module packages are locked by their hashes, and what differs from the lock is named.

import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { installedPackages, lockDifferences, lockText, parseLock } from "../../src/registry/lock.ts";
import { temporaryDirectories, writeTree } from "../support/registry.ts";

const directory = temporaryDirectories();

/** As terraform init leaves it: a registry module with a module in it, one from git, and a local one. */
function installed(): string {
  const modules = [
    { Key: "", Source: "", Dir: "." },
    { Key: "site", Source: "modules.example.com/example/site/aws", Version: "1.2.0", Dir: ".terraform/modules/site" },
    { Key: "site.logs", Source: "./modules/logs", Dir: ".terraform/modules/site/modules/logs" },
    { Key: "zone", Source: "git::https://example.com/zone.git//inner", Dir: ".terraform/modules/zone/inner" },
    { Key: "own", Source: "./own", Dir: "own" },
  ];
  return writeTree(directory(), {
    ".terraform/modules/modules.json": JSON.stringify({ Modules: modules }),
    ".terraform/modules/site/main.tf": "# site\n",
    ".terraform/modules/site/modules/logs/main.tf": "# logs\n",
    ".terraform/modules/zone/inner/main.tf": "# zone\n",
    ".terraform/modules/zone/.git/HEAD": "ref: refs/heads/main\n",
    "own/main.tf": "",
  });
}

test("each package is locked once, with all of its files", () => {
  const packages = installedPackages(installed());
  expect(packages.map(({ key, source, version }) => [key, source, version])).toEqual([
    ["site", "modules.example.com/example/site/aws", "1.2.0"],
    ["zone", "git::https://example.com/zone.git//inner", null],
  ]);
  for (const { hash } of packages) expect(hash).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
  expect(parseLock(lockText(packages), "lock")).toEqual(packages);
});

describe("what is installed", () => {
  const changes: readonly (readonly [string, (root: string) => void, readonly RegExp[]])[] = [
    ["nothing", () => {}, []],
    ["git's own files", (root) => writeFileSync(join(root, ".terraform/modules/zone/.git/HEAD"), "x"), []],
    [
      "one edited byte",
      (root) => writeFileSync(join(root, ".terraform/modules/site/modules/logs/main.tf"), "# Logs\n"),
      [
        /^module site \(modules\.example\.com\/example\/site\/aws 1\.2\.0\) has other content: h1:.*, and is locked to h1:/,
      ],
    ],
    [
      "an added file",
      (root) => writeFileSync(join(root, ".terraform/modules/zone/extra.tf"), ""),
      [/^module zone \(git::https:\/\/example\.com\/zone\.git\/\/inner\) has other content/],
    ],
    [
      "a removed file",
      (root) => rmSync(join(root, ".terraform/modules/site/modules/logs/main.tf")),
      [/^module site .* has other content/],
    ],
    [
      "a new version",
      (root) => replaceInManifest(root, '"1.2.0"', '"1.3.0"'),
      [/^module site is modules\.example\.com\/example\/site\/aws 1\.3\.0, and is locked to 1\.2\.0\.$/],
    ],
    [
      "another source",
      (root) => replaceInManifest(root, "modules.example.com/", "evil.example.com/"),
      [/^module site comes from evil\.example\.com\/example\/site\/aws, and is locked to modules\.example\.com/],
    ],
    [
      "a renamed call",
      (root) => {
        replaceInManifest(root, '"Key":"zone"', '"Key":"site"');
      },
      [/^module zone is locked but not installed\.$/],
    ],
  ];

  function replaceInManifest(root: string, from: string, to: string): void {
    const path = join(root, ".terraform/modules/modules.json");
    const text = JSON.stringify({
      Modules: [
        { Key: "site", Source: "modules.example.com/example/site/aws", Version: "1.2.0", Dir: "" },
        { Key: "zone", Source: "git::https://example.com/zone.git//inner", Dir: "" },
      ],
    });
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  }

  test.each(changes)("with %s is compared with the lock", (_, change, expected) => {
    const root = installed();
    const locked = installedPackages(root);
    change(root);
    const differences = lockDifferences(locked, installedPackages(root));
    if (expected.length === 0) expect(differences).toEqual([]);
    for (const pattern of expected) expect(differences).toContainEqual(expect.stringMatching(pattern));
  });

  test("beyond the lock is named", () => {
    const packages = installedPackages(installed());
    expect(lockDifferences(packages.slice(1), packages)).toEqual([
      "module site (modules.example.com/example/site/aws 1.2.0) is installed but not locked.",
    ]);
  });
});

test.each([
  [
    "nothing is installed",
    (root: string) => rmSync(join(root, ".terraform"), { recursive: true }),
    "no modules are installed",
  ],
  [
    "the list is broken",
    (root: string) => appendFileSync(join(root, ".terraform/modules/modules.json"), "x"),
    "modules.json is not readable.",
  ],
  [
    "a package is missing",
    (root: string) => rmSync(join(root, ".terraform/modules/zone"), { recursive: true }),
    "zone could not be read (ENOENT).",
  ],
])("where %s, the error says so", (_, change, message) => {
  const root = installed();
  change(root);
  expect(() => installedPackages(root)).toThrow(message);
});

test.each(["", "{}", '{"format":2,"packages":[]}', '{"format":1,"packages":[{"key":"a"}]}'])(
  "%s is no lock file",
  (text) => {
    expect(() => parseLock(text, ".tlsgate.modules.lock")).toThrow(
      "is not a lock file that this version of tlsgate can read.",
    );
  },
);
