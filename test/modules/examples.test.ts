// The examples, run as a newcomer runs them: synthesised, planned by the real Terraform, judged, and shown as Terraform.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { profiles } from "../../policies/profiles.ts";
import { terraformEnvironment } from "../../scripts/terraform.ts";
import { evaluatePlan, parsePlan } from "../../src/api.ts";
import { eject } from "../../src/eject/eject.ts";
import { serverFiles } from "../../src/registry/server-files.ts";
import { terraformAt } from "../../src/registry/terraform.ts";
import { hcl } from "../support/hcl.ts";
import { formatted, offlineFiles, planOf, planOffline, terraformIsHere } from "../support/terraform-run.ts";

const root = new URL("../..", import.meta.url).pathname;
const examples = join(root, "examples");
const copies = mkdtempSync(join(tmpdir(), "tlsgate-examples-"));
afterAll(() => rmSync(copies, { recursive: true, force: true }));

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));
const own = readJson(root, "package.json");

const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What a plan asks for. */
const variables: { readonly [example: string]: { readonly [name: string]: unknown } } = {
  "load-balancer": {
    vpc_id: "vpc-0123456789abcdef0",
    subnet_ids: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    security_group_ids: ["sg-0123456789abcdef0"],
  },
  "imported-certificate": { private_key: "stands in for a private key" },
};

/** Policies that have nothing to judge: S3 and load balancers decide themselves what they speak to others, and how to tell clients apart. */
const silent: { readonly [example: string]: readonly string[] } = {
  api: ["private-hop-https", "storage-secure-transport"],
  redirect: ["origin-minimum-tls-1-2", "private-hop-https", "storage-secure-transport"],
  "single-page-app": ["origin-minimum-tls-1-2", "private-hop-https"],
  "module-registry": ["origin-minimum-tls-1-2", "private-hop-https"],
  website: ["origin-minimum-tls-1-2", "private-hop-https"],
  "load-balancer": [
    "storage-secure-transport",
    "certificate-covers-domains",
    "origin-https-only",
    "origin-minimum-tls-1-2",
    "sni-only",
  ],
  "imported-certificate": ["certificate-transparency", "origin-minimum-tls-1-2", "private-hop-https"],
};

/** A copy of an example, with this repository in the place of what `npm install` would bring. */
function copied(name: string, id = name): string {
  const directory = join(copies, id);
  cpSync(join(examples, name), directory, { recursive: true });
  for (const dependency of ["@cdktf/provider-aws", "cdktf", "constructs", "tsx", "tlsgate"]) {
    const link = join(directory, "node_modules", dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(dependency === "tlsgate" ? root : join(root, "node_modules", dependency), link, "dir");
  }
  return directory;
}

/** The waiver of an example ends one day; its test does not. */
const clock = `data:text/javascript,${encodeURIComponent(
  `const now = Date.parse("2026-12-01");
   globalThis.Date = class extends Date {
     static now() { return now; }
     constructor(...given) { super(...(given.length > 0 ? given : [now])); }
   };`,
)}`;

/** The directory of the stack, which is named like its example. */
function synthesised(directory: string, name: string): string {
  const env = { ...process.env, CDKTF_OUTDIR: "cdktf.out" };
  execFileSync(process.execPath, ["--import", clock, "--import", "tsx", "main.ts"], { cwd: directory, env });
  return join(directory, "cdktf.out", "stacks", name);
}

test("there are seven, each in the table of examples/README.md", () => {
  const readme = readFileSync(join(examples, "README.md"), "utf8");
  expect(names).toEqual([
    "api",
    "imported-certificate",
    "load-balancer",
    "module-registry",
    "redirect",
    "single-page-app",
    "website",
  ]);
  expect([...readme.matchAll(/^\| \[([\w-]+)\]\(\1\/main\.ts\)/gm)].map(([, name]) => name).sort()).toEqual(names);
});

test("the registry's function is the one that tlsgate modules publish writes", () => {
  const [, code = ""] = /^\/\/ .*\n([\s\S]*)$/.exec(serverFiles()["servers/cloudfront-function.js"] ?? "") ?? [];
  expect(code).toContain("x-terraform-get");
  expect(readFileSync(join(examples, "module-registry", "location-header.ts"), "utf8")).toContain(`= \`${code}\`;`);
});

describe.each(names)("%s", (name) => {
  test("asks for what it is tested with", () => {
    const { dependencies, devDependencies, private: isPrivate } = readJson(examples, name, "package.json");
    const { "@cdktf/provider-aws": provider, cdktf, tsx } = own.devDependencies;
    const constructs = own.devDependencies.constructs.replace("~", "^");
    expect(isPrivate).toBe(true);
    expect(dependencies).toEqual({ "@cdktf/provider-aws": provider, cdktf, constructs, tlsgate: `^${own.version}` });
    expect(devDependencies).toEqual({ "cdktf-cli": cdktf, tsx });
  });

  test("is short, and its README leads to its plan", () => {
    const lines = readFileSync(join(examples, name, "main.ts"), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    const readme = readFileSync(join(examples, name, "README.md"), "utf8");
    expect(readme).toContain(`cd cdktf.out/stacks/${name}\n`);
    expect(readme).toContain("npx tlsgate check tfplan");
  });
});

test.each(names)("%s type-checks", (name) => {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const directory = copied(name, `${name}-types`);
  const { stdout, status } = spawnSync(process.execPath, [compiler, "-p", directory], { encoding: "utf8" });
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});

test("an ES module makes the same as CommonJS", () => {
  const stack = (type: "commonjs" | "module") => {
    const directory = copied("website", `website-${type}`);
    writeFileSync(join(directory, "package.json"), JSON.stringify({ type }));
    return readFileSync(join(synthesised(directory, "website"), "cdk.tf.json"), "utf8").replaceAll(directory, "");
  };
  expect(stack("module")).toBe(stack("commonjs"));
});

// biome-ignore lint/suspicious/noExplicitAny: the values of a plan have no type.
type Values = any;

/** What a plan changes, by the names that resources have without CDKTF's hashes. */
function changesOf({ resource_changes: changes, output_changes: outputs }: Values) {
  const named = changes.map(({ type, name, index, provider_name: provider, change }: Values) => {
    const plainName = name.replace(/_[0-9A-F]{8}$/, "").replaceAll("-", "_");
    return [JSON.stringify([type, plainName, index]), { provider, ...change }];
  });
  return { resources: Object.fromEntries(named), outputs };
}

describe.runIf(terraformIsHere("the examples")).each(names)("the plan of %s", (name) => {
  let directory: string;
  let stack: Values;
  let bytes: Buffer;

  beforeAll(async () => {
    directory = synthesised(copied(name), name);
    stack = readJson(directory, "cdk.tf.json");
    bytes = await planOffline(directory, variables[name] ?? {});
  }, 300_000);

  test.each(["strict", "apple-ats"] as const)("passes the profile %s, but for what nobody renews", (profile) => {
    const { enforcement } = profiles[profile];
    const { verdict, findings } = evaluatePlan(parsePlan(bytes, "plan.json"), { enforcement });
    const others = findings.filter(({ outcome }) => outcome !== "pass");
    const isImported = name === "imported-certificate";
    expect(others.map(({ outcome, policy }) => `${outcome} ${policy}`)).toEqual(
      isImported ? ["fail certificate-auto-renewal"] : [],
    );
    // Advice to apps that App Transport Security judges.
    expect(verdict).toBe(isImported && profile === "strict" ? "refused" : "pass");
    const judged = new Set([...findings.map(({ policy }) => policy), ...(silent[name] ?? [])]);
    expect(judged).toEqual(new Set(Object.keys(enforcement)));
  });

  test("reads as Terraform that a reviewer has seen", async () => {
    const title = `# What examples/${name} becomes; written by test/modules/examples.test.ts.\n\n`;
    await expect(title + formatted(hcl(stack))).toMatchFileSnapshot(`snapshots/${name}.tf`);
  });

  // Each takes half a minute; the deployment of a website ejects that.
  const isEjected = ["api", "imported-certificate", "load-balancer"].includes(name);
  if (isEjected)
    test("is the same once it is ejected, but for the names", async () => {
      const output = join(copies, `${name}-ejected`);
      const moves = [...offlineFiles].map((file) => [join(directory, file), join(output, file)] as const);
      const contents = moves.map(([from]) => readFileSync(from));
      for (const [from] of moves) rmSync(from);
      eject(directory, output, terraformAt("terraform", { ...process.env, ...terraformEnvironment() }));
      moves.forEach(([, to], index) => {
        writeFileSync(to, contents[index] as Buffer);
      });
      const ejected = JSON.parse((await planOf(output)).toString());
      const planned = JSON.parse(bytes.toString());
      const hashed = (plan: Values) => plan.resource_changes.filter(({ name }: Values) => /_[0-9A-F]{8}$/.test(name));
      expect(hashed(planned).length).toBeGreaterThan(3);
      expect(hashed(ejected)).toEqual([]);
      expect(changesOf(ejected)).toEqual(changesOf(planned));
    }, 300_000);

  if (name !== "load-balancer") return;

  test("has one listener for HTTPS, and one that only redirects to it", () => {
    const { resource_changes: changes } = JSON.parse(bytes.toString());
    const listeners = changes
      .filter(({ type }: Values) => type === "aws_lb_listener")
      .map(({ change }: Values) => change.after)
      .sort((one: Values, other: Values) => one.port - other.port);
    expect(listeners).toMatchObject([
      {
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", port: "443", status_code: "HTTP_301" }] }],
      },
      {
        port: 443,
        protocol: "HTTPS",
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        routing_http_response_strict_transport_security_header_value: "max-age=63072000; includeSubDomains",
        default_action: [{ type: "forward" }],
      },
    ]);
    const [https] = Object.values<Values>(stack.resource.aws_lb_listener).filter(({ port }) => port === 443);
    expect(https.certificate_arn).toMatch(/^\$\{aws_acm_certificate_validation\..+\.certificate_arn\}$/);
    const providers = stack.provider.aws.map(({ region }: Values) => region);
    expect(providers).toEqual(["eu-west-1"]);
  });
});
