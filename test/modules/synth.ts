// Synthesises a stack in this process: with a provider that needs no credentials, into a directory that goes with the test.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack } from "cdktf";
import { afterAll } from "vitest";

const root = mkdtempSync(join(tmpdir(), "tlsgate-synth-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Settings under which the provider plans without ever asking AWS. */
export const offline: AwsProviderConfig = {
  region: "eu-west-1",
  accessKey: "none",
  secretKey: "none",
  skipCredentialsValidation: true,
  skipMetadataApiCheck: "true",
  skipRequestingAccountId: true,
};

/** The directory of the stack, ready for `terraform init`. Throws what the constructs refuse. */
export function synth(build: (stack: TerraformStack) => void, provider: AwsProviderConfig | null = offline): string {
  const outdir = mkdtempSync(join(root, "app-"));
  // cdktn wants to know that write-only attributes are there; cdktf does not ask.
  const app = new App({ outdir, context: { targetVersions: { terraform: ">=1.11.0", opentofu: ">=1.11.0" } } });
  const stack = new TerraformStack(app, "stack");
  if (provider) new AwsProvider(stack, "aws", provider);
  build(stack);
  app.synth();
  return join(outdir, "stacks", "stack");
}
