// Packages: reproducible bytes, and nothing in them that does not belong into a module.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { describe, expect, test } from "vitest";
import { hash1 } from "../../src/registry/dirhash.ts";
import { packModule, sourceDateEpoch, unpackModule } from "../../src/registry/module-package.ts";
import { readModuleFiles } from "../../src/registry/package-files.ts";
import { plainModule, temporaryDirectories, writeTree } from "../support/registry.ts";

const directory = temporaryDirectories();

const file = (path: string, text: string, isExecutable = false) => ({ path, content: Buffer.from(text), isExecutable });

test("the hash is that of Go's dirhash.Hash1", () => {
  // Computed by golang.org/x/mod v0.43.0 from a directory with these files.
  const files = [file("main.tf", "hello\n"), file("sub/Z.txt", "x"), file("a b.md", ""), file("é.txt", "é")];
  expect(hash1(files)).toBe("h1:DeV6II/ZQO6kRtIu1CkBv/zNKUJ5aGX1AuA3Mw0hqw4=");
});

describe("the bytes of a package", () => {
  test("are the same from two directories with other times, modes and orders of creation", async () => {
    const [one, other] = [directory(), directory()];
    writeTree(one, plainModule);
    writeTree(other, Object.fromEntries(Object.entries(plainModule).reverse()));
    utimesSync(join(other, "main.tf"), 0, 0);
    chmodSync(join(other, "main.tf"), 0o600);
    const [first, second] = await Promise.all([one, other].map((path) => packModule(readModuleFiles(path).files)));
    expect(second?.archive.equals(first?.archive ?? Buffer.alloc(0))).toBe(true);
    // The checksum on every Node and machine; a new one means that published versions can't be rebuilt.
    expect(first?.sha256).toBe("474470adca6bbe28dd2520e621ff4bbedd22f6975bf4e4ecd1d2229346efa6e5");
  });

  test("are what tar unpacks: nothing above the module, 0644 or 0755, one time", async () => {
    const { archive } = await packModule([file("b.sh", "#!/bin/sh\n", true), file("a.tf", "")], 1_000_000_000);
    const path = join(directory(), "module.tar.gz");
    writeFileSync(path, archive);
    const listed = execFileSync("tar", ["--list", "--verbose", "--utc", "--file", path], { encoding: "utf8" });
    expect(listed.trim().split("\n")).toEqual([
      expect.stringMatching(/^-rw-r--r-- 0\/0 +0 2001-09-09 01:46 a\.tf$/),
      expect.stringMatching(/^-rwxr-xr-x 0\/0 +10 2001-09-09 01:46 b\.sh$/),
    ]);
    expect(archive[9], "the system that packed it").toBe(255);
  });

  test("come back as the files", async () => {
    const files = [file("a.tf", "a"), file(`${"deep/".repeat(30)}b.tf`, "b", true)];
    const { archive } = await packModule(files);
    expect(await unpackModule(archive, "module.tar.gz")).toEqual(files);
  });
});

test("the time is SOURCE_DATE_EPOCH, or an error", () => {
  expect(sourceDateEpoch({})).toBeUndefined();
  expect(sourceDateEpoch({ SOURCE_DATE_EPOCH: "1700000000" })).toBe(1_700_000_000);
  for (const text of ["yesterday", "-1", "1.5", "8589934592"]) {
    expect(() => sourceDateEpoch({ SOURCE_DATE_EPOCH: text })).toThrow("is not a number of seconds");
  }
});

describe("an archive that was not packed here", () => {
  async function archiveOf(header: { readonly name: string; readonly type?: "symlink"; readonly linkname?: string }) {
    const tar = pack();
    tar.entry(header, header.type ? "" : "x");
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar) chunks.push(chunk as Buffer);
    return gzipSync(Buffer.concat(chunks));
  }

  test.each([
    ["a path that leads out", { name: "../x" }],
    ["an absolute path", { name: "/x" }],
    ["a link", { name: "x", type: "symlink" as const, linkname: "/etc/passwd" }],
  ])("%s is refused", async (_, header) => {
    await expect(unpackModule(await archiveOf(header), "m.tar.gz")).rejects.toThrow("which no module may hold");
  });

  test("a damaged one is refused", async () => {
    const { archive } = await packModule([file("a.tf", "a")]);
    await expect(unpackModule(archive.subarray(0, 20), "m.tar.gz")).rejects.toThrow("m.tar.gz is a damaged archive.");
  });
});

describe("files that may not be published", () => {
  test("each is named, with the reason", () => {
    const root = writeTree(directory(), {
      ...plainModule,
      "terraform.tfstate": "{}",
      "examples/minimal/prod.auto.tfvars": "",
      "examples/minimal/terraform.tfstate.d/x": "",
      "tls/server.key": "",
      "tls/both.pem": `-----BEGIN CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----\n${"A".repeat(64)}\n`,
      "tls/encrypted.txt": `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${"A".repeat(64)}\n`,
      "variables.tf": `locals {\n  key = "-----BEGIN PRIVATE KEY-----\\n${"A".repeat(64)}"\n}\n`,
      "message.tf": 'locals {\n  wrong = "-----BEGIN PRIVATE KEY-----"\n}\n',
      "tls/certificate.pem": "-----BEGIN CERTIFICATE-----\n",
      ".env": "",
      "plan.tfplan": "",
    });
    mkdirSync(join(root, "examples/minimal/.terraform"));
    symlinkSync("/etc/passwd", join(root, "passwd.tf"));
    const { problems, files } = readModuleFiles(root);
    expect(problems.map((one) => one.split(" ")[0])).toEqual([
      ".env",
      "examples/minimal/.terraform",
      "examples/minimal/prod.auto.tfvars",
      "examples/minimal/terraform.tfstate.d",
      "passwd.tf",
      "plan.tfplan",
      "terraform.tfstate",
      "tls/both.pem",
      "tls/encrypted.txt",
      "tls/server.key",
      "variables.tf",
    ]);
    expect(problems.join("\n")).toContain("passwd.tf is a link, which no package can hold: copy the file.");
    const harmless = [...Object.keys(plainModule), "message.tf", "tls/certificate.pem"].filter(
      (path) => path !== "variables.tf",
    );
    expect(files.map(({ path }) => path).sort()).toEqual(harmless.sort());
  });

  test("what belongs to the repository or the editor is left out", () => {
    const root = writeTree(directory(), {
      "main.tf": "",
      ".git/config": "",
      ".gitignore": "",
      ".vscode/settings.json": "",
    });
    expect(readModuleFiles(root)).toEqual({ files: [file("main.tf", "")], problems: [] });
  });
});
