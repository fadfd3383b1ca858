// The real OpenTofu: as a client of a registry, around its apply, and its plan files with their configuration.

import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { providerMirror } from "../../scripts/terraform.ts";
import { directoryStore } from "../../src/registry/directory-store.ts";
import { installedPackages } from "../../src/registry/lock.ts";
import { type Built, publish, withdraw } from "../../src/registry/publish.ts";
import { cloudfront } from "../support/cloudfront-edge.ts";
import {
  builtVersion,
  offlineSettings,
  packedModule,
  temporaryDirectories,
  websiteConfiguration,
  writeTree,
} from "../support/registry.ts";
import { type Certificate, caddy, certificateIn, nginx, ownServer, type StartServer } from "../support/servers.ts";

const tofu = process.env.TLSGATE_OPENTOFU ?? "tofu";
const directory = temporaryDirectories();

/** Providers come from the mirror that Terraform has, under the address of OpenTofu's registry. */
function environment(): NodeJS.ProcessEnv {
  const home = directory();
  const mirror = providerMirror();
  if (mirror === undefined) throw new Error("There is no mirror of the AWS provider.");
  const versions = "hashicorp/aws";
  for (const version of readdirSync(join(mirror, "registry.terraform.io", versions))) {
    const [from, to] = ["registry.terraform.io", "registry.opentofu.org"].map((host) => join(host, versions, version));
    mkdirSync(join(home, to ?? ""), { recursive: true });
    for (const platform of readdirSync(join(mirror, from ?? ""))) {
      symlinkSync(join(mirror, from ?? "", platform), join(home, to ?? "", platform));
    }
  }
  const settings = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(home)}\n  }\n}\n`;
  writeFileSync(join(home, "tofurc"), settings);
  return { PATH: process.env.PATH, HOME: home, TF_CLI_CONFIG_FILE: join(home, "tofurc"), CHECKPOINT_DISABLE: "1" };
}

/** OpenTofu in a directory. What it prints comes without frames and line ends. */
const tofuIn =
  (place: string, env: NodeJS.ProcessEnv) =>
  (...args: string[]) =>
    new Promise<{ readonly status: number | null; readonly output: string }>((resolve) => {
      const child = execFile(tofu, [...args, "-no-color"], { cwd: place, env }, (_, stdout, stderr) => {
        resolve({ status: child.exitCode, output: `${stdout}${stderr}`.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ") });
      });
    });

/** tlsgate in a directory, with the same OpenTofu. */
function tlsgate(place: string, env: NodeJS.ProcessEnv, ...args: string[]) {
  const cli = [join(process.cwd(), "node_modules/tsx/dist/cli.mjs"), join(process.cwd(), "src/cli.ts")];
  return spawnSync(process.execPath, [...cli, ...args], {
    cwd: place,
    encoding: "utf8",
    env: { ...env, TLSGATE_TERRAFORM: tofu },
  });
}

describe("a registry", { timeout: 300_000 }, () => {
  let root = "";
  let website: Built;
  let certificate: Certificate;
  const stops: (() => unknown)[] = [];

  beforeAll(async () => {
    root = directory();
    website = await packedModule("modules/terraform/static-website", "tlsgate/static-website/aws", "1.0.0");
    const others = [
      await builtVersion("example/empty/null", "1.0.0"),
      await builtVersion("example/empty/null", "1.1.0"),
    ];
    await publish(directoryStore(root), [website, ...others], new Date());
    certificate = certificateIn(directory());
  });
  afterAll(() => {
    for (const stop of stops) stop();
  });

  async function client(start: StartServer, at = root) {
    const { port, stop } = await start(at, directory(), certificate);
    stops.push(stop);
    const place = directory();
    const env = { ...environment(), SSL_CERT_FILE: certificate.cert };
    return { host: `127.0.0.1:${port}`, place, env, run: tofuIn(place, env) };
  }

  const call = (host: string, module = "example/empty/null", version = "~> 1.0") =>
    `module "one" {\n  source  = "${host}/${module}"\n  version = "${version}"\n}\n`;

  test.each<readonly [string, StartServer]>([
    ["tlsgate modules serve --tls", ownServer],
    ["nginx", nginx],
    ["Caddy", caddy],
    ["CloudFront, as examples/module-registry sets it up", cloudfront],
  ])("behind %s: init takes the newest version", async (_, start) => {
    const { host, place, run } = await client(start);
    writeTree(place, { "main.tf": call(host) });
    expect((await run("init")).output).toContain("OpenTofu has been successfully initialized!");
    expect(installedPackages(place)).toMatchObject([{ key: "one", version: "1.1.0" }]);
  });

  test("a corrupted package, a missing version and a withdrawn one are refused", async () => {
    const at = directory();
    execFileSync("cp", ["-r", `${root}/.`, at]);
    const { host, place, run } = await client(ownServer, at);
    writeTree(place, { "main.tf": call(host, "example/empty/null", "9.0.0") });
    expect((await run("get")).output).toContain("Unresolvable module version constraint");
    await withdraw(directoryStore(at), "example/empty/null", "1.1.0", "It is empty.", new Date());
    writeTree(place, { "main.tf": call(host) });
    await run("get");
    expect(installedPackages(place)).toMatchObject([{ version: "1.0.0" }]);
    const { sha256 } = JSON.parse(
      readFileSync(join(at, "v1/modules/tlsgate/static-website/aws/1.0.0/module.json"), "utf8"),
    );
    const path = join(at, "packs", `${sha256}.tar.gz`);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    writeTree(place, { "main.tf": call(host, "tlsgate/static-website/aws") });
    expect((await run("get")).output).toContain("Checksums did not match");
  });

  test("our own website comes from it whole; its plan file passes without a failure or an unknown", async () => {
    const { host, place, env, run } = await client(ownServer);
    writeTree(place, { "main.tf": websiteConfiguration(host) });
    expect((await run("init")).output).toContain("OpenTofu has been successfully initialized!");
    expect(installedPackages(place)).toMatchObject([{ key: "website", hash: website.document.h1 }]);
    expect((await run("plan", "-refresh=false", "-out=tfplan")).output).toContain("Plan:");
    const { status, stdout, stderr } = tlsgate(place, env, "check", "--format", "json", "tfplan");
    expect(stderr).toBe("");
    const { summary, plans } = JSON.parse(stdout);
    expect([status, summary.fail, summary.unknown, summary.endpoints]).toEqual([0, 0, 0, 1]);
    expect(plans[0].findings.length).toBeGreaterThan(10);
  });
});

/** Two listeners; which policy they have, only the configuration of the plan file says. */
const listeners = (policy: string) => `provider "aws" {
  region = "eu-west-1"
${offlineSettings}}

variable "names" {
  default = ["one"]
}

locals {
  policy = "${policy}"
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = length(var.names) > 0 ? local.policy : timestamp()
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
`;

describe("the gate", { timeout: 300_000 }, () => {
  const planned = async (policy: string) => {
    const place = writeTree(directory(), { "main.tf": listeners(policy) });
    const env = environment();
    const run = tofuIn(place, env);
    expect((await run("init")).status).toBe(0);
    expect((await run("plan", "-refresh=false", "-out=tfplan")).status).toBe(0);
    return { place, env };
  };

  test("passes a good plan file and refuses a bad one", async () => {
    const good = await planned("ELBSecurityPolicy-TLS13-1-2-Res-2021-06");
    expect(tlsgate(good.place, good.env, "check", "tfplan")).toMatchObject({ status: 0 });
    const bad = await planned("ELBSecurityPolicy-2016-08");
    const { status, stdout } = tlsgate(bad.place, bad.env, "check", "tfplan");
    expect(status).toBe(1);
    expect(stdout).toContain("minimum-tls-1-2");
  });

  test("stands before tofu apply", async () => {
    const { place, env } = await planned("ELBSecurityPolicy-2016-08");
    const { status, stdout } = tlsgate(place, env, "tofu", "apply", "-refresh=false", "-auto-approve");
    expect(status).toBe(3);
    expect(stdout).toContain("minimum-tls-1-2");
    // Nothing was applied.
    expect((await tofuIn(place, env)("state", "list")).output).not.toContain("aws_lb");
  });
});

test("a stack of CDKTF is ejected with its schemas, and valid", { timeout: 300_000 }, async () => {
  const stack = readFileSync("test/eject/cdk.tf.json", "utf8").replace("/home/of/the/app", directory());
  const part = 'variable "word" {}\n\noutput "said" {\n  value = var.word\n}\n';
  const place = writeTree(directory(), { "site/cdk.tf.json": stack, "site/assets/part/main.tf": part });
  const env = environment();
  expect((await tofuIn(join(place, "site"), env)("init")).status).toBe(0);
  expect(tlsgate(place, env, "modules", "eject", "site")).toMatchObject({ status: 0 });
  const run = tofuIn(join(place, "terraform/site"), env);
  expect((await run("init")).status).toBe(0);
  expect((await run("validate")).output).toContain("Success! The configuration is valid");
  expect((await run("plan", "-refresh=false")).output).toContain("12 to add");
});
