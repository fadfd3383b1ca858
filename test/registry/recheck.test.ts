// A published version is judged again, by the policies and the day of today.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasTerraform } from "../../scripts/terraform.ts";
import { directoryStore } from "../../src/registry/directory-store.ts";
import { publish, readBuilt, readIndex } from "../../src/registry/publish.ts";
import { recheck } from "../../src/registry/recheck.ts";
import { buildIn, listenerModule, settings, temporaryDirectories, terraform, writeTree } from "../support/registry.ts";

const directory = temporaryDirectories();
const address = "example/listener/aws";

test.runIf(hasTerraform())(
  "what passed when it was built is refused by stricter settings, and the registry says so",
  async () => {
    const source = writeTree(
      join(directory(), "listener"),
      listenerModule({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
    );
    await buildIn(source);
    const root = directory();
    const store = directoryStore(root);
    await publish(store, readBuilt(join(source, "../packages")), new Date());
    const lines: string[] = [];
    const again = (chosen: ReturnType<typeof settings>) =>
      recheck({ store, terraform: terraform(), settings: chosen, isOffline: true, report: (line) => lines.push(line) });

    expect(await again(settings())).toBe(true);
    // The policy's suites without authenticated encryption are advisory by default.
    expect(await again(settings({ policies: ["strong-ciphers"] }))).toBe(false);
    expect(lines).toEqual([
      `passes ${address} 1.0.0`,
      `refused ${address} 1.0.0`,
      expect.stringContaining("examples/minimal: strong-ciphers: module.listener.aws_lb_listener.https ssl_policy: "),
    ]);

    const found = (await readIndex(store)).modules[0]?.versions[0];
    expect(found?.verification.result).toBe("FAILED");
    const read = (path: string) => readFileSync(join(root, path), "utf8");
    expect(read(`v1/modules/${address}/1.0.0/badge.svg`)).toContain("refused");
    expect(read(`v1/modules/${address}/1.0.0/index.html`)).toContain("refused by current policies");
    const statements = read(`packs/${found?.sha256}.intoto.jsonl`)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).predicate);
    expect(statements.map(({ verificationResult }) => verificationResult)).toEqual([
      undefined,
      "PASSED",
      "PASSED",
      "FAILED",
    ]);
    // The digest says that other policies judged.
    expect(new Set(statements.slice(1).map(({ policy }) => policy.digest.sha256)).size).toBe(2);

    // What it would run is not what was published.
    writeFileSync(join(root, `packs/${found?.sha256}.tar.gz`), "other");
    await expect(again(settings())).rejects.toThrow(`the package of ${address} 1.0.0, has other content`);
  },
  300_000,
);
