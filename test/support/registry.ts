// Modules and registries in temporary directories, built by the real Terraform where a test needs a verdict.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { terraformEnvironment } from "../../scripts/terraform.ts";
import { settingsOf } from "../../src/config/settings.ts";
import { type BuildOptions, type BuiltModule, buildModules, packageFiles } from "../../src/registry/build.ts";
import type { ModuleDocument } from "../../src/registry/module-document.ts";
import { packModule } from "../../src/registry/module-package.ts";
import type { Built } from "../../src/registry/publish.ts";
import { terraformAt } from "../../src/registry/terraform.ts";

/** Directories that are removed after the tests of a file. */
export function temporaryDirectories(): () => string {
  const root = mkdtempSync(join(tmpdir(), "tlsgate-registry-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return () => mkdtempSync(join(root, "d-"));
}

export type Files = { readonly [path: string]: string };

export function writeTree(directory: string, files: Files): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

/** A module that needs no provider: Terraform plans it in a moment. */
export const plainModule: Files = {
  LICENSE: "Apache-2.0\n",
  "README.md": "# greeting\n\nKeeps a greeting. It has no endpoints.\n",
  "main.tf": 'resource "terraform_data" "greeting" {\n  input = var.text\n}\n',
  "variables.tf": 'variable "text" {\n  description = "What to keep."\n  type        = string\n}\n',
  "outputs.tf": 'output "text" {\n  description = "What is kept."\n  value       = terraform_data.greeting.output\n}\n',
  "examples/minimal/main.tf": 'module "greeting" {\n  source = "../.."\n\n  text = "hello"\n}\n',
};

/** A listener whose certificate and policy are inputs. */
export const listenerModule = (defaults: { readonly sslPolicy: string }): Files => ({
  LICENSE: "Apache-2.0\n",
  "README.md": "# listener\n\nAn HTTPS listener.\n",
  "main.tf": `resource "aws_lb_listener" "https" {
  load_balancer_arn = var.load_balancer_arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "${defaults.sslPolicy}"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0b1c2d3e"

  routing_http_response_strict_transport_security_header_value = "max-age=63072000; includeSubDomains"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}
`,
  "variables.tf":
    'variable "load_balancer_arn" {\n  description = "The load balancer."\n  type        = string\n}\n',
  "versions.tf": `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}
`,
  "examples/minimal/main.tf": `provider "aws" {
  region = "eu-west-1"
}

module "listener" {
  source = "../.."

  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1"
}
`,
});

/** Settings with which the provider of AWS asks nobody. */
export const offlineSettings = `
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
`;

/** A website of our own module, as a registry serves it. */
export const websiteConfiguration = (host: string): string => `provider "aws" {
  region = "eu-west-1"
${offlineSettings}}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
${offlineSettings}}

module "website" {
  source  = "${host}/tlsgate/static-website/aws"
  version = "~> 1.0"

  domains = ["example.com", "www.example.com"]
  zones   = { "example.com" = "Z0123456789ABCDEFGHIJ" }

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
}
`;

const noConfiguration = { config: {}, path: null, packs: [], waivers: [], baseline: undefined, baselinePath: "", registries: [] };

export const settings = (said: Parameters<typeof settingsOf>[1] = {}) =>
  settingsOf(noConfiguration, said, new Date(), false);

let started: ReturnType<typeof terraformAt> | undefined;

/** The Terraform of this machine, offline. */
export const terraform = () => {
  started ??= terraformAt("terraform", { ...process.env, ...terraformEnvironment() });
  return started;
};

/** Builds what is in a directory, and returns what was reported beside it. */
export async function buildIn(
  directory: string,
  options: Partial<BuildOptions> = {},
): Promise<{ readonly built: BuiltModule[]; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const built = await buildModules({
    directory,
    namespace: "example",
    system: undefined,
    version: "1.0.0",
    output: join(directory, "..", "packages"),
    isOffline: true,
    terraform: terraform(),
    settings: settings(),
    environment: {},
    report: (line) => lines.push(line),
    ...options,
  });
  return { built, lines };
}

const noInterface = { requiredVersion: undefined, providers: [], inputs: [], outputs: [], resourceTypes: [], calls: [] };

/** A built version, without Terraform: its package holds one file of this text. */
export async function builtVersion(address: string, version: string, text = version): Promise<Built> {
  const file = { path: "main.tf", content: Buffer.from(`# ${text}\n`), isExecutable: false };
  const { archive, sha256, h1 } = await packModule([file]);
  const document: ModuleDocument = {
    format: 1,
    address,
    version,
    sha256,
    h1,
    description: "A module.",
    readme: "# Title\n\nA module.\n",
    interface: noInterface,
    submodules: [],
    examples: [{ name: "minimal", text: 'module "one" {\n  source = "../.."\n}\n' }],
    source: null,
    verification: {
      time: "2026-11-30T10:00:00.000Z",
      tlsgate: "0.1.0",
      terraform: "Terraform v1.11.4",
      policyDigest: "0".repeat(64),
      result: "PASSED",
      examples: [{ name: "minimal", verdict: "pass", passed: 3, failed: 0, unknown: 0, waivers: [], refusals: [] }],
    },
  };
  return { document, archive, statements: Buffer.from("{}\n") };
}

/** A module of this repository as its package holds it, without a verdict of its own. */
export async function packedModule(directory: string, address: string, version: string): Promise<Built> {
  const { archive, sha256, h1 } = await packModule(packageFiles(directory));
  const { document, statements } = await builtVersion(address, version);
  return { document: { ...document, sha256, h1 }, archive, statements };
}

export const git = (directory: string, ...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
    cwd: directory,
    encoding: "utf8",
  });
