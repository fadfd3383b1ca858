// Where Terraform finds its providers offline: a mirror on this machine, named by TLSGATE_PROVIDER_MIRROR or looked for.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const registry = "registry.terraform.io";

/** Variables for `terraform init` without network, or without a mirror none: then it asks the registry. */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const base = { CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const mirror = providerMirror();
  if (!mirror) return base;
  const directory = mkdtempSync(join(tmpdir(), "tlsgate-terraform-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "terraformrc");
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  return { ...base, TF_CLI_CONFIG_FILE: file };
}

/** Whether the real Terraform is on this machine. */
export function hasTerraform(): boolean {
  try {
    execFileSync("terraform", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The directory of the mirror; undefined where there is none. */
export function providerMirror(): string | undefined {
  const given = process.env.TLSGATE_PROVIDER_MIRROR;
  const usual = [
    join(homedir(), ".terraform.d", "plugins"),
    "/usr/share/terraform/plugins",
    "/usr/local/share/terraform/plugins",
  ];
  const holds = (directory: string) => existsSync(join(directory, registry, "hashicorp", "aws"));
  return [given, ...usual, ...below("/opt")].find((directory) => directory !== undefined && holds(directory));
}

/** Directories two levels down, where packaged mirrors stand. */
function below(directory: string): string[] {
  const list = (path: string) => {
    try {
      return readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(path, entry.name));
    } catch {
      return [];
    }
  };
  const first = list(directory);
  return [...first, ...first.flatMap(list)];
}
