// The real Terraform on a synthesised stack: initialised, validated, planned offline, and shown as JSON.

import { execFile, execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { hasTerraform, terraformEnvironment } from "../../scripts/terraform.ts";

const run = promisify(execFile);

/** Where it is missing, the tests say so, and in CI they fail. */
export function terraformIsHere(untested: string): boolean {
  if (hasTerraform()) return true;
  if (process.env.CI) throw new Error(`terraform is not installed: ${untested} cannot be planned.`);
  console.warn(`NOT TESTED: terraform is not installed, so no plan of ${untested} was made.`);
  return false;
}

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, ...terraformEnvironment() });

/** HCL as Terraform itself lays it out; throws what it cannot read. */
export const formatted = (text: string): string =>
  execFileSync("terraform", ["fmt", "-no-color", "-"], { input: text, encoding: "utf8", env: environment() });

/** Settings with which the provider of AWS plans without ever asking AWS. */
const offline = {
  access_key: "none",
  secret_key: "none",
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_requesting_account_id: true,
};

/** What planOffline adds to a directory. */
export const offlineFiles = ["offline_override.tf.json", "terraform.tfvars.json"] as const;

/** The plan of a stack whose provider is set up for AWS itself. */
export async function planOffline(directory: string, variables: { readonly [name: string]: unknown }): Promise<Buffer> {
  const stack = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
  const providers = stack.provider.aws.map(({ alias }: { alias?: string }) => ({ alias, ...offline }));
  const [override, values] = offlineFiles;
  writeFileSync(join(directory, override), JSON.stringify({ provider: { aws: providers } }));
  writeFileSync(join(directory, values), JSON.stringify(variables));
  return planOf(directory);
}

/** The plan of a configuration as it is. */
export async function planOf(directory: string): Promise<Buffer> {
  const env = environment();
  const terraform = async (...words: string[]) => {
    const { stdout } = await run("terraform", words, { cwd: directory, env, encoding: "buffer", maxBuffer: 2 ** 28 });
    return stdout;
  };
  await terraform("init", "-input=false", "-no-color");
  await terraform("validate", "-no-color");
  await terraform("plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=tfplan");
  return terraform("show", "-json", "tfplan");
}
