// Gets what the tests that deploy need: the real cdktf, and a stand-in for AWS for each of them, which sees no other's resources.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { installMoto, startMoto } from "../support/moto.ts";
import { terraformIsHere } from "../support/terraform-run.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the stand-ins for AWS listen, by the test that each is for; null where the tests cannot run. */
    moto: { readonly [Test in (typeof tests)[number]]: string } | null;
  }
}

const tests = ["deploy", "migration", "registry"] as const;

const folder = join(import.meta.dirname, "cli");

/** The newest Node that cdktf's terminal was built for. */
const newestNode = 22;

/** What cannot be had skips the tests, but not in CI. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide("moto", null);
  if (!terraformIsHere("deployments")) return;
  try {
    checkNode();
    installCdktf();
    installMoto();
    const [deploy, migration, registry] = await Promise.all([startMoto(), startMoto(), startMoto()]);
    project.provide("moto", { deploy: deploy.url, migration: migration.url, registry: registry.url });
    return async () => {
      await Promise.all([deploy, migration, registry].map(({ stop }) => stop()));
    };
  } catch (cause) {
    const missing = "cdktf-cli or moto cannot be had";
    if (process.env.CI) throw new Error(`${missing}, so nothing can be deployed.`, { cause });
    console.warn(`NOT TESTED: ${missing}, so nothing was deployed: ${(cause as Error).message}`);
    return;
  }
}

function checkNode(): void {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major > newestNode) throw new Error(`cdktf-cli does not run on Node ${major}.`);
}

function installCdktf(): void {
  const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
  const { dependencies } = read(join(folder, "package.json"));
  const isThere = Object.entries(dependencies).every(([name, version]) => {
    const file = join(folder, "node_modules", name, "package.json");
    return existsSync(file) && read(file).version === version;
  });
  if (isThere) return;
  console.log("Installing test/deploy/cli: about 420 MB, once.");
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}
