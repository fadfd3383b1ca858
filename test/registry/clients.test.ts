// The real Terraform asks a registry: through TLS, through a host block, behind nginx and behind Caddy; and what it says
// where something is wrong.

import { execFile, execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasTerraform, terraformEnvironment } from "../../scripts/terraform.ts";
import { directoryStore } from "../../src/registry/directory-store.ts";
import { installedPackages, lockDifferences } from "../../src/registry/lock.ts";
import { type Built, publish, readBuilt, withdraw } from "../../src/registry/publish.ts";
import { hostBlock, serve } from "../../src/registry/serve.ts";
import { cloudfront } from "../support/cloudfront-edge.ts";
import {
  buildIn,
  packedModule,
  plainModule,
  temporaryDirectories,
  websiteConfiguration,
  writeTree,
} from "../support/registry.ts";
import { type Certificate, caddy, certificateIn, nginx, ownServer, type StartServer } from "../support/servers.ts";

const has = (program: string): boolean => spawnSync(program, ["version"]).error === undefined;
const missing = ["terraform", "openssl", "nginx", "caddy"].filter((program) => !has(program));
if (missing.length > 0 && process.env.CI)
  throw new Error(`${missing.join(", ")}: not installed, so no client was tried.`);
if (missing.length > 0) console.warn(`NOT TESTED: ${missing.join(", ")} not installed.`);

const directory = temporaryDirectories();
const address = "example/greeting/null";

describe.runIf(hasTerraform() && has("openssl"))("a registry", { timeout: 120_000 }, () => {
  let root: string;
  let website: Built;
  let certificate: Certificate;
  const stops: (() => unknown)[] = [];

  beforeAll(async () => {
    const source = writeTree(join(directory(), "greeting"), plainModule);
    root = directory();
    for (const version of ["1.0.0", "1.1.0"]) {
      await buildIn(source, { system: "null", version });
      await publish(directoryStore(root), readBuilt(join(source, "../packages")), new Date());
    }
    website = await packedModule("modules/terraform/static-website", "tlsgate/static-website/aws", "1.0.0");
    await publish(directoryStore(root), [website], new Date());
    certificate = certificateIn(directory());
  }, 120_000);
  afterAll(() => {
    for (const stop of stops) stop();
  });

  const moduleCall = (source: string, version = "~> 1.0") =>
    `module "greeting" {\n  source  = "${source}"\n  version = "${version}"\n  text    = "hello"\n}\n`;

  /** A configuration that calls the module, and Terraform in it. */
  function configuration(host: string, version = "~> 1.0", environment: NodeJS.ProcessEnv = {}) {
    const home = directory();
    const place = writeTree(directory(), {
      "main.tf": moduleCall(`${host}/${address}`, version),
    });
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      CHECKPOINT_DISABLE: "1",
      SSL_CERT_FILE: certificate.cert,
      ...environment,
    };
    // The server runs in this process: it must go on meanwhile.
    const terraform = (...args: string[]) =>
      new Promise<{ readonly status: number | null; readonly output: string }>((resolve) => {
        const child = execFile("terraform", [...args, "-no-color"], { cwd: place, env }, (_, stdout, stderr) => {
          // Without the frames and line ends that Terraform adds.
          const output = `${stdout}${stderr}`.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
          resolve({ status: child.exitCode, output });
        });
      });
    return { place, terraform };
  }

  const servers: readonly (readonly [string, StartServer])[] = [
    ["tlsgate modules serve --tls", ownServer],
    ["nginx", nginx],
    ["Caddy", caddy],
    ["CloudFront, as examples/module-registry sets it up", cloudfront],
  ];

  test.runIf(missing.length === 0).each(servers)(
    "behind %s: init takes the newest version, and plan uses it",
    async (_, start) => {
      const { port, stop } = await start(root, directory(), certificate);
      stops.push(stop);
      const missing = configuration(`127.0.0.1:${port}`);
      writeFileSync(join(missing.place, "main.tf"), moduleCall(`127.0.0.1:${port}/example/other/null`));
      expect((await missing.terraform("get")).output).toContain("Module not found");
      const { place, terraform } = configuration(`127.0.0.1:${port}`);
      expect((await terraform("init")).output).toContain("Terraform has been successfully initialized!");
      expect((await terraform("plan")).output).toContain("Plan: 1 to add");
      const [installed] = installedPackages(place);
      const [{ document }] = readBuilt(packagesOf("1.1.0")) as [ReturnType<typeof readBuilt>[number]];
      expect(installed).toEqual({
        key: "greeting",
        source: `127.0.0.1:${port}/${address}`,
        version: "1.1.0",
        hash: document.h1,
      });
      await expectWebsite(websiteFrom(`127.0.0.1:${port}`));
    },
  );

  /** Every byte of our own module, however it came: what the gate says of it is the same. */
  async function expectWebsite({ place, terraform }: ReturnType<typeof websiteFrom>) {
    expect(await terraform("get")).toMatchObject({ status: 0 });
    expect(installedPackages(place)).toMatchObject([{ key: "website", version: "1.0.0", hash: website.document.h1 }]);
  }

  /** A website of our own module, with a provider that asks nobody. */
  function websiteFrom(host: string, environment: NodeJS.ProcessEnv = terraformEnvironment()) {
    const { place, terraform } = configuration(host, "~> 1.0", environment);
    writeTree(place, { "main.tf": websiteConfiguration(host) });
    return { place, terraform };
  }

  test.runIf(missing.length === 0)(
    "our own website comes from it whole, and its plan passes the gate without a failure or an unknown",
    async () => {
      const { port, stop } = await nginx(root, directory(), certificate);
      stops.push(stop);
      const { place, terraform } = websiteFrom(`127.0.0.1:${port}`);
      expect((await terraform("init")).output).toContain("Terraform has been successfully initialized!");
      expect(installedPackages(place)).toMatchObject([{ key: "website", hash: website.document.h1 }]);
      expect((await terraform("plan", "-refresh=false", "-out=tfplan")).output).toContain("Plan:");
      const { status, stdout } = checked(place);
      const { summary, plans } = JSON.parse(stdout);
      expect([status, summary.fail, summary.unknown]).toEqual([0, 0, 0]);
      expect(summary.endpoints).toBe(1);
      expect(plans[0].findings.length).toBeGreaterThan(10);
      for (const { module } of plans[0].findings) {
        expect(module).toEqual({ source: `127.0.0.1:${port}/tlsgate/static-website/aws`, version: "1.0.0" });
      }
    },
    300_000,
  );

  /** What the gate says of the plan file in a directory, as JSON. */
  function checked(place: string) {
    const env = { PATH: process.env.PATH, ...terraformEnvironment() };
    return spawnSync(process.execPath, [resolve("dist/cli.cjs"), "check", "--format", "json", "tfplan"], {
      cwd: place,
      encoding: "utf8",
      env,
    });
  }

  /** What was published, as it was built. */
  function packagesOf(version: string): string {
    const built = directory();
    const from = join(root, "v1/modules", address, version);
    for (const name of ["module.json", "module.tar.gz"]) copyFileSync(join(from, name), join(built, name));
    writeFileSync(join(built, "statements.intoto.jsonl"), "");
    return built;
  }

  /** Over plain HTTP on loopback, by a host block of the CLI configuration. */
  async function byHostBlock(options: { readonly token?: string; readonly at?: string } = {}) {
    const server = await serve({
      store: directoryStore(options.at ?? root),
      address: "127.0.0.1",
      port: 0,
      tls: undefined,
      token: options.token,
    });
    stops.push(() => server.close());
    const rc = join(directory(), "terraformrc");
    writeFileSync(rc, hostBlock(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    return { TF_CLI_CONFIG_FILE: rc };
  }

  test("through a host block: init and plan", async () => {
    const { terraform } = configuration("modules.example.com", "~> 1.0", await byHostBlock());
    expect((await terraform("init")).output).toContain("Terraform has been successfully initialized!");
    expect((await terraform("plan")).output).toContain("Plan: 1 to add");
    await expectWebsite(websiteFrom("modules.example.com", await byHostBlock()));
  });

  /** A registry of its own, to be broken. */
  function copied(): string {
    const copy = directory();
    execFileSync("cp", ["-r", `${root}/.`, copy]);
    return copy;
  }

  /** The explanations of docs/module-registry.md quote what Terraform says. */
  const documented = readFileSync("docs/module-registry.md", "utf8").replace(/\s+/g, " ");
  function expectDocumented(output: string, message: string): void {
    expect(output).toContain(message);
    expect(documented).toContain(message);
  }

  test("a corrupted package is refused", async () => {
    const at = copied();
    const { sha256 } = JSON.parse(readFileSync(join(at, "v1/modules", address, "1.1.0/module.json"), "utf8"));
    const path = join(at, "packs", `${sha256}.tar.gz`);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const { terraform } = configuration("modules.example.com", "~> 1.0", await byHostBlock({ at }));
    expectDocumented((await terraform("get")).output, "Checksums did not match");
  });

  test("a version that does not exist is named", async () => {
    const { terraform } = configuration("modules.example.com", "~> 9.0", await byHostBlock());
    expectDocumented((await terraform("get")).output, "Unresolvable module version constraint");
  });

  test("a module that does not exist is named", async () => {
    const { place, terraform } = configuration("modules.example.com", "~> 1.0", await byHostBlock());
    writeFileSync(
      join(place, "main.tf"),
      readFileSync(join(place, "main.tf"), "utf8").replace(address, "example/other/null"),
    );
    expectDocumented((await terraform("get")).output, "Module not found");
  });

  test("a token that is missing or wrong is refused, the right one is taken", async () => {
    const environment = await byHostBlock({ token: "s3cret" });
    const withToken = (token?: string) =>
      configuration("modules.example.com", "~> 1.0", {
        ...environment,
        ...(token && { TF_TOKEN_modules_example_com: token }),
      });
    for (const token of [undefined, "wrong"]) {
      const { status, output } = await withToken(token).terraform("get");
      expect(status).toBe(1);
      expectDocumented(output, "error looking up module versions: 401 Unauthorized");
    }
    expect((await withToken("s3cret").terraform("init")).output).toContain("successfully initialized");
  });

  test("a withdrawn version is selected no more, by name neither", async () => {
    const at = copied();
    await withdraw(directoryStore(at), address, "1.1.0", "It greets too loudly.", new Date());
    const environment = await byHostBlock({ at });
    const newest = configuration("modules.example.com", "~> 1.0", environment);
    await newest.terraform("get");
    expect(installedPackages(newest.place)).toMatchObject([{ version: "1.0.0" }]);
    const named = configuration("modules.example.com", "1.1.0", environment);
    expectDocumented((await named.terraform("get")).output, "Unresolvable module version constraint");
  });

  test("a plan with a withdrawn version is refused by the gate, with the registry's reason", async () => {
    const at = copied();
    const { place, terraform } = configuration("modules.example.com", "1.1.0", await byHostBlock({ at }));
    await terraform("init");
    await terraform("plan", "-out=tfplan");
    writeFileSync(
      join(place, "tlsgate.config.yaml"),
      `registries:\n  modules.example.com: ${join(at, "index.json")}\n`,
    );
    const check = () =>
      spawnSync(process.execPath, [resolve("dist/cli.cjs"), "check", "tfplan"], {
        cwd: place,
        encoding: "utf8",
        env: { PATH: process.env.PATH },
      });
    expect(check().status).toBe(0);
    await withdraw(directoryStore(at), address, "1.1.0", "It greets too loudly.", new Date());
    const { status, stdout } = check();
    expect(status).toBe(1);
    expect(stdout).toContain("module.greeting (modules.example.com/example/greeting/null 1.1.0)");
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "module-withdrawn: uses modules.example.com/example/greeting/null 1.1.0, which its registry has withdrawn: It greets too loudly.",
    );
  });

  test("a version that was published anew with other content passes Terraform, and verify finds it", async () => {
    const at = copied();
    const environment = await byHostBlock({ at });
    const { place, terraform } = configuration("modules.example.com", "1.0.0", environment);
    await terraform("get");
    const locked = installedPackages(place);
    // Whoever can write into the registry can do this.
    const other = writeTree(join(directory(), "greeting"), { ...plainModule, "more.tf": "# more\n" });
    await buildIn(other, { system: "null" });
    const evil = directory();
    await publish(directoryStore(evil), readBuilt(join(other, "../packages")), new Date());
    execFileSync("cp", ["-r", `${evil}/.`, at]);
    rmSync(join(place, ".terraform"), { recursive: true });
    expect((await terraform("get")).status).toBe(0);
    expect(existsSync(join(place, ".terraform/modules/greeting/more.tf"))).toBe(true);
    expect(lockDifferences(locked, installedPackages(place))).toEqual([
      expect.stringContaining("module greeting (modules.example.com/example/greeting/null 1.0.0) has other content"),
    ]);
  });
});
