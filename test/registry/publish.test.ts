// A registry in a directory: published once, withdrawn with a reason, by several publishers at once.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { directoryStore } from "../../src/registry/directory-store.ts";
import { publish, readBuilt, readIndex, withdraw } from "../../src/registry/publish.ts";
import type { Store } from "../../src/registry/store.ts";
import { builtVersion, temporaryDirectories } from "../support/registry.ts";

const directory = temporaryDirectories();
const today = new Date("2026-11-30T12:00:00Z");
const address = "example/site/aws";

const filesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

const versionsIn = (root: string, module = address): string[] =>
  JSON.parse(readFileSync(join(root, "v1/modules", module, "versions"), "utf8")).modules[0].versions.map(
    (one: { readonly version: string }) => one.version,
  );

/** Every file with its content. */
const snapshot = (root: string) => filesIn(root).map((path) => [path, readFileSync(join(root, path), "utf8")]);

describe("a published version", () => {
  test("is the tree of the registry protocol", async () => {
    const root = directory();
    const one = await builtVersion(address, "1.0.0");
    expect(await publish(directoryStore(root), [one], today)).toEqual(["published"]);
    const { sha256 } = one.document;
    expect(filesIn(root)).toEqual([
      ".well-known/terraform.json",
      "index.html",
      "index.json",
      `packs/${sha256}.intoto.jsonl`,
      `packs/${sha256}.tar.gz`,
      "servers/Caddyfile",
      "servers/cloudfront-function.js",
      "servers/nginx.conf",
      `v1/modules/${address}/1.0.0/SHA256SUMS`,
      `v1/modules/${address}/1.0.0/badge.svg`,
      `v1/modules/${address}/1.0.0/download`,
      `v1/modules/${address}/1.0.0/index.html`,
      `v1/modules/${address}/1.0.0/module.json`,
      `v1/modules/${address}/1.0.0/module.tar.gz`,
      `v1/modules/${address}/versions`,
    ]);
    const read = (path: string) => readFileSync(join(root, path), "utf8");
    expect(JSON.parse(read(".well-known/terraform.json"))).toEqual({ "modules.v1": "/v1/modules/" });
    expect(read(`v1/modules/${address}/1.0.0/SHA256SUMS`)).toBe(`${sha256}  module.tar.gz\n`);
    expect(JSON.parse(read(`v1/modules/${address}/1.0.0/download`))).toEqual({
      location: `./module.tar.gz?checksum=sha256:${sha256}`,
    });
    expect(readFileSync(join(root, `packs/${sha256}.tar.gz`)).equals(one.archive)).toBe(true);
    expect(versionsIn(root)).toEqual(["1.0.0"]);
  });

  test("is written before the list of versions names it", async () => {
    const written: string[] = [];
    const store = directoryStore(directory());
    const noting: Store = {
      ...store,
      create: (path, content) => {
        written.push(path);
        return store.create(path, content);
      },
      replace: (path, content, tag) => {
        written.push(path);
        return store.replace(path, content, tag);
      },
    };
    await publish(noting, [await builtVersion(address, "1.0.0")], today);
    expect(written.at(-1)).toBe(`v1/modules/${address}/versions`);
    expect(written.filter((path) => path.endsWith("/versions"))).toHaveLength(1);
    expect(written.findIndex((path) => path.startsWith("packs/"))).toBeLessThan(written.indexOf("index.json"));
  });

  test("published again is left as it is; other content under its version is refused, and changes nothing", async () => {
    const root = directory();
    const store = directoryStore(root);
    await publish(store, [await builtVersion(address, "1.0.0")], today);
    const before = snapshot(root);
    const later = new Date("2026-12-24T12:00:00Z");
    expect(await publish(store, [await builtVersion(address, "1.0.0")], later)).toEqual(["unchanged"]);
    await expect(publish(store, [await builtVersion(address, "1.0.0", "other")], later)).rejects.toThrow(
      /^example\/site\/aws 1\.0\.0 was published with other content \(sha256:/,
    );
    expect(snapshot(root)).toEqual(before);
  });

  test("stands in the list by its precedence, the newest first", async () => {
    const root = directory();
    const store = directoryStore(root);
    for (const version of ["1.10.0", "1.9.0", "2.0.0-rc.1", "1.9.1"]) {
      await publish(store, [await builtVersion(address, version)], today);
    }
    expect(versionsIn(root)).toEqual(["2.0.0-rc.1", "1.10.0", "1.9.1", "1.9.0"]);
  });
});

test("of two publishers at once, none loses its versions", async () => {
  const root = directory();
  const versions = ["1.0.0", "1.0.1", "1.0.2", "1.0.3"];
  const publisher = async (module: string) => {
    for (const version of versions) {
      await publish(directoryStore(root), [await builtVersion(module, version, module + version)], today);
    }
  };
  const modules = ["example/one/aws", "example/two/aws"];
  await Promise.all([...modules, ...modules].map(publisher));
  const index = await readIndex(directoryStore(root));
  expect(index.modules.map((one) => [one.address, one.versions.length])).toEqual(modules.map((one) => [one, 4]));
  for (const module of modules) expect(versionsIn(root, module)).toEqual([...versions].reverse());
});

test("of two that publish different content under one version at once, exactly one wins", async () => {
  const root = directory();
  const results = await Promise.allSettled(
    ["a", "b"].map(async (text) => publish(directoryStore(root), [await builtVersion(address, "1.0.0", text)], today)),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [{ sha256 } = { sha256: "" }] = (await readIndex(directoryStore(root))).modules[0]?.versions ?? [];
  const sums = readFileSync(join(root, "v1/modules", address, "1.0.0/SHA256SUMS"), "utf8");
  expect(sums).toBe(`${sha256}  module.tar.gz\n`);
});

describe("a withdrawn version", () => {
  test("leaves the list, and stays downloadable with its reason", async () => {
    const root = directory();
    const store = directoryStore(root);
    for (const version of ["1.0.0", "1.1.0"]) await publish(store, [await builtVersion(address, version)], today);
    await withdraw(store, address, "1.1.0", "Its listener accepts TLS 1.0.", today);
    expect(versionsIn(root)).toEqual(["1.0.0"]);
    const [newest] = (await readIndex(store)).modules[0]?.versions ?? [];
    expect(newest?.withdrawn).toEqual({ reason: "Its listener accepts TLS 1.0.", time: today.toISOString() });
    const page = readFileSync(join(root, "v1/modules", address, "1.1.0/index.html"), "utf8");
    expect(page).toContain("Withdrawn on 2026-11-30: Its listener accepts TLS 1.0.");
    expect(readFileSync(join(root, "v1/modules", address, "1.1.0/badge.svg"), "utf8")).toContain("withdrawn");
    expect(filesIn(root)).toContain(`v1/modules/${address}/1.1.0/module.tar.gz`);
  });

  test.each([
    ["an unknown version", address, "9.9.9", "example/site/aws 9.9.9 was not published."],
    ["an unknown module", "example/other/aws", "1.0.0", "example/other/aws 1.0.0 was not published."],
    ["no address", "example/site", "1.0.0", '"example/site" is not the address of a module.'],
    ["no version", address, "latest", '"latest" is not a version.'],
  ])("%s is refused", async (_, name, version, message) => {
    const store = directoryStore(directory());
    await publish(store, [await builtVersion(address, "1.0.0")], today);
    await expect(withdraw(store, name, version, "A reason.", today)).rejects.toThrow(message);
  });
});

test("what is not as it was built is refused before anything is written", async () => {
  const root = directory();
  expect(() => readBuilt(root)).toThrow(`Nothing is built in ${root}.`);
  const { document, archive } = await builtVersion(address, "1.0.0");
  writeFileSync(join(root, "module.json"), JSON.stringify(document));
  writeFileSync(join(root, "module.tar.gz"), Buffer.concat([archive, Buffer.from("x")]));
  writeFileSync(join(root, "statements.intoto.jsonl"), "");
  expect(() => readBuilt(root)).toThrow("module.tar.gz is not the archive that was built.");
  writeFileSync(join(root, "module.json"), "{}");
  expect(() => readBuilt(root)).toThrow("was not written by this version of tlsgate modules build.");
});
