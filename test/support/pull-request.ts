// A repository with a base, and a pull request on top of it that tries to open its own gate.

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { beforeEach, expect } from "vitest";
import { policies } from "../../policies/registry.ts";

/** The command as it is built. */
export const command = resolve("dist/cli.cjs");

export interface Checkout {
  /** Above everything else of the test. */
  readonly home: string;
  /** The repository that is checked out, with the pull request's commit. */
  readonly root: string;
  /** The base's commit. */
  readonly base: string;
  /** What code of the pull request would write. */
  readonly trace: string;
}

type Files = { readonly [path: string]: string };

/** A directory for each test, gone after it. */
export function temporaryHome(): () => string {
  let home = "";
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-integration-")));
    return () => rmSync(home, { recursive: true, force: true });
  });
  return () => home;
}

export function writeFiles(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export const git = (root: string, ...args: string[]): string =>
  execFileSync("git", ["-C", root, "-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
    encoding: "utf8",
    stdio: "pipe",
    // Nothing of the machine's own settings, nor of a repository around.
    env: { PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
  }).trim();

export function commitAll(root: string, message: string): string {
  git(root, "add", "--all", "--force");
  git(root, "commit", "--quiet", "--allow-empty", "--message", message);
  return git(root, "rev-parse", "HEAD");
}

/** Puts a plan of test/plans and its sources beside each other. */
export function putPlan(root: string, name: string, path = "plan.json"): void {
  const from = resolve("test", "plans", name);
  mkdirSync(dirname(join(root, path)), { recursive: true });
  cpSync(join(from, "plan.json"), join(root, path));
  if (existsSync(join(from, "main.tf"))) cpSync(join(from, "main.tf"), join(root, dirname(path), "main.tf"));
}

export function checkoutOf(
  home: string,
  {
    base = { "tlsgate.config.yaml": "profile: recommended\n" },
    plan = "insecure-website",
    change = () => {},
  }: {
    readonly base?: Files;
    readonly plan?: string;
    readonly change?: ((checkout: Checkout) => void) | undefined;
  } = {},
): Checkout {
  const root = join(home, "checkout");
  mkdirSync(root);
  git(root, "init", "--quiet", "--initial-branch", "main");
  writeFiles(root, base);
  const checkout = { home, root, base: commitAll(root, "base"), trace: join(home, "it-ran") };
  git(root, "update-ref", "refs/remotes/origin/main", checkout.base);
  git(root, "checkout", "--quiet", "-b", "change");
  change(checkout);
  commitAll(root, "a pull request");
  putPlan(root, plan);
  return checkout;
}

/** In the place of infra, a link to a directory whose configuration lets the same plan go. */
export function linkedCheckout(home: string): Checkout {
  const base = { "tlsgate.config.yaml": "profile: recommended\n", "sandbox/tlsgate.config.yaml": offConfig };
  const checkout = checkoutOf(home, { base, change: ({ root }) => symlinkSync("sandbox", join(root, "infra")) });
  putPlan(checkout.root, "insecure-website", "sandbox/plan.json");
  return checkout;
}

const off = Object.fromEntries(policies.map(({ id }) => [id, "off"]));
const offConfig = JSON.stringify({ policies: off });

const codeThatRuns = ({ trace }: Checkout): string =>
  `require("node:fs").writeFileSync(${JSON.stringify(trace)}, "");\nexport default { policies: ${JSON.stringify(off)} };\n`;

const waivers = policies.map(({ id }) => ({
  policy: id,
  address: "aws_cloudfront_distribution.site",
  reason: "It is fine",
  owner: "somebody",
  expires: "2999-12-31",
}));

/** By name: what a pull request tries. Each would open the gate if the working tree were believed. */
export const attacks: { readonly [name: string]: (checkout: Checkout) => void } = {
  "adds waivers": ({ root }) => writeFiles(root, { "tlsgate.waivers.yaml": JSON.stringify(waivers) }),
  "switches the policies off": ({ root }) => writeFiles(root, { "tlsgate.config.yaml": offConfig }),
  "writes a baseline": ({ root }) => {
    putPlan(root, "insecure-website");
    execFileSync(process.execPath, [command, "baseline", "plan.json"], { cwd: root, stdio: "pipe" });
    rmSync(join(root, "plan.json"));
  },
  "replaces the configuration by code": (checkout) => {
    rmSync(join(checkout.root, "tlsgate.config.yaml"));
    writeFiles(checkout.root, { "tlsgate.config.ts": codeThatRuns(checkout) });
  },
  "names a pack that is code": (checkout) =>
    writeFiles(checkout.root, {
      "tlsgate.config.yaml": JSON.stringify({ policies: off, packs: ["./pack.ts"] }),
      "pack.ts": `${codeThatRuns(checkout).split("\n")[0]}\nexport default { policies: [] };\n`,
    }),
};

/** Everything in a checkout that npm, Node or a shell might take for its own: each would leave a trace. */
export function layTraps({ root, trace }: Checkout): void {
  const code = `require("node:fs").writeFileSync(${JSON.stringify(trace)}, "");process.exit(0);\n`;
  const program = `#!/usr/bin/env node\n${code}`;
  const scripts = Object.fromEntries(
    ["preinstall", "install", "postinstall", "prepare", "tlsgate"].map((name) => [name, "node trap.cjs"]),
  );
  writeFiles(root, {
    ".npmrc": `${["registry=http://127.0.0.1:9/", "node-options=--require=./trap.cjs", "ignore-scripts=false"].join("\n")}\n`,
    ".env": "NODE_OPTIONS=--require=./trap.cjs\n",
    "node.config.json": JSON.stringify({ nodeOptions: { require: ["./trap.cjs"] } }),
    "trap.cjs": code,
    "package.json": JSON.stringify({ scripts, dependencies: { tlsgate: "file:./node_modules/tlsgate" } }),
    "node_modules/tlsgate/package.json": JSON.stringify({ name: "tlsgate", bin: "dist/cli.cjs", scripts }),
    "node_modules/tlsgate/dist/cli.cjs": program,
  });
  const programs = ["node_modules/.bin/tlsgate", "tlsgate", "node", "npm", "git"].map((name) => join(root, name));
  mkdirSync(join(root, "node_modules/.bin"));
  for (const path of programs) writeFileSync(path, program, { mode: 0o755 });
}

/** Nothing of `layTraps` was run, and npm reads none of its settings. */
export function expectNoTrap({ home, trace }: Checkout): void {
  expect(existsSync(trace)).toBe(false);
  if (!existsSync(join(home, "npm.log"))) return;
  const { registry, "node-options": options, "ignore-scripts": ignored } = readJson(join(home, "npm-config.json"));
  expect({ registry, options, ignored }).toEqual({
    registry: expect.not.stringContaining("127.0.0.1"),
    options: null,
    ignored: true,
  });
}

const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));

/**
 * A registry's worth of npm: it puts the built tlsgate where it is called, or among the programs if it is asked for a global
 * one, and says where it was called and by which settings the real npm would have gone there.
 */
export function fakeNpm(home: string): { readonly bin: string; readonly log: string } {
  const [bin, log] = [join(home, "bin"), join(home, "npm.log")];
  mkdirSync(bin);
  writeFileSync(
    join(bin, "npm"),
    `#!/bin/sh
set -eu
pwd > '${log}'
printf '%s\\n' "$@" >> '${log}'
global=
for option; do
  shift
  case "$option" in --*) set -- "$@" "$option" ;; esac
  if [ "$option" = --global ]; then global=yes; fi
done
'${realNpm}' config list --json "$@" > '${home}/npm-config.json'
if [ -n "$global" ]; then
  printf '#!/bin/sh\\nexec %s %s "$@"\\n' "'${process.execPath}'" "'${command}'" > '${bin}/tlsgate'
  chmod +x '${bin}/tlsgate'
else
  mkdir -p node_modules
  ln -s '${resolve(".")}' node_modules/tlsgate
fi
`,
  );
  chmodSync(join(bin, "npm"), 0o755);
  return { bin, log };
}

const realNpm = execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
