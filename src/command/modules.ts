// tlsgate modules: builds, publishes and serves Terraform modules, and verifies what a configuration has installed.

import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { loadConfig } from "../config/load.ts";
import { settingsOf } from "../config/settings.ts";
import { eject } from "../eject/eject.ts";
import type { Verdict } from "../findings/gate.ts";
import { findProgram } from "../gate/program.ts";
import { InputError } from "../input-error.ts";
import { orNearest } from "../nearest.ts";
import { buildModules, versionOfTag } from "../registry/build.ts";
import { directoryStore, existingDirectory } from "../registry/directory-store.ts";
import {
  installedPackages,
  type LockedPackage,
  lockDifferences,
  lockFile,
  lockText,
  parseLock,
} from "../registry/lock.ts";
import { parseVersion } from "../registry/module-address.ts";
import { publish, readBuilt, withdraw } from "../registry/publish.ts";
import { recheck } from "../registry/recheck.ts";
import { s3Store } from "../registry/s3-store.ts";
import { hostBlock, serve } from "../registry/serve.ts";
import type { Store } from "../registry/store.ts";
import { type Terraform, terraformAt } from "../registry/terraform.ts";
import { readRegularFile } from "../whole-file.ts";
import { print } from "./terminal.ts";

const help = `tlsgate modules: a registry of Terraform modules whose examples pass the gate

Usage: tlsgate modules COMMAND [OPTIONS]

Commands:
  build [DIR]                 check, plan, test and judge the modules in DIR, and pack those that pass
      --version VERSION       default: the tag of the current commit
      --namespace NAME        the first part of the modules' addresses
      --system NAME           the last part; default: the module's only provider
      --output DIR            default: tlsgate-modules
      --offline               plan with the AWS provider without credentials
      --terraform PROGRAM     default: TLSGATE_TERRAFORM, terraform, tofu
  publish [DIR] --to PLACE    publish what build has written into DIR; PLACE is a directory or s3://BUCKET/PREFIX
  withdraw ADDRESS VERSION    take a version back: it stays downloadable, but Terraform selects it no more
      --reason TEXT           users are shown it
      --in PLACE              the registry
  serve DIR                   serve a registry
      --port PORT             default: 8080
      --address ADDRESS       default: 127.0.0.1
      --tls CERT KEY          files in PEM
      --token                 require the token in TLSGATE_REGISTRY_TOKEN
  recheck --in PLACE          judge all published versions again by today's policies; exit code 1 if one is refused
      --offline, --terraform PROGRAM: as for build
  lock [DIR]                  write .tlsgate.modules.lock: the hash of every module package that terraform init installed
  verify [DIR]                compare what is installed with .tlsgate.modules.lock; exit code 1 if it differs
  eject STACK                 write a stack that CDKTF has synthesised as Terraform, with moved blocks for its state;
                              STACK is its name, its directory or its cdk.tf.json
      --output DIR            default: terraform/STACK
      --terraform PROGRAM     as for build
`;

type Values = { readonly [name: string]: string | boolean | undefined };

interface Subcommand {
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  readonly run: (operands: readonly string[], values: Values) => Promise<Verdict>;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const subcommands: { readonly [name: string]: Subcommand } = {
  build: {
    options: { version: text, namespace: text, system: text, output: text, offline: flag, terraform: text },
    run: build,
  },
  publish: { options: { to: text }, run: publishBuilt },
  withdraw: { options: { reason: text, in: text }, run: withdrawVersion },
  serve: { options: { port: text, address: text, tls: text, token: flag }, run: serveDirectory },
  recheck: { options: { in: text, offline: flag, terraform: text }, run: recheckAll },
  lock: { options: {}, run: lock },
  verify: { options: {}, run: verify },
  eject: { options: { output: text, terraform: text }, run: ejectStack },
};

export async function modules(args: readonly string[]): Promise<Verdict> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") return print(help);
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (!subcommand) {
    throw new InputError(
      `tlsgate modules has no command ${orNearest(name, Object.keys(subcommands))}`,
      "tlsgate modules --help",
    );
  }
  if (rest.includes("--help") || rest.includes("-h")) return print(help);
  try {
    const { values, positionals } = parseArgs({ args: rest, options: subcommand.options, allowPositionals: true });
    return await subcommand.run(positionals, values as Values);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS")) throw error;
    throw new InputError(message.split("\n")[0] ?? message, "tlsgate modules --help");
  }
}

function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function required(values: Values, name: string, example: string): string {
  const value = textOf(values, name);
  if (value !== undefined && value !== "") return value;
  throw new InputError(`--${name} is missing.`, example);
}

function atMost(operands: readonly string[], most: number): void {
  const extra = operands[most];
  if (extra !== undefined)
    throw new InputError(`${JSON.stringify(extra)} is one argument too many.`, "tlsgate modules --help");
}

function terraformOf(values: Values): Terraform {
  const chosen = textOf(values, "terraform");
  const environment = chosen === undefined ? process.env : { ...process.env, TLSGATE_TERRAFORM: chosen };
  return terraformAt(findProgram("terraform", process.argv[1] ?? "", environment), environment);
}

/** What judges examples, and how it reports. */
async function judging(values: Values) {
  return {
    isOffline: values.offline === true,
    terraform: terraformOf(values),
    settings: settingsOf(await loadConfig({ directory: "." }), {}, new Date(), false),
    report: (line: string) => void print(`${line}\n`),
  };
}

/** Where `build` writes and `publish` reads. */
const packages = "tlsgate-modules";

async function build(operands: readonly string[], values: Values): Promise<Verdict> {
  atMost(operands, 1);
  const [directory = "."] = operands;
  const namespace = required(values, "namespace", "--namespace NAME, such as that of your team");
  const version = textOf(values, "version") ?? versionOfTag(directory);
  if (version === undefined) {
    throw new InputError("The current commit has no tag that is a version.", "--version VERSION, such as 1.0.0");
  }
  const built = await buildModules({
    directory,
    namespace,
    system: textOf(values, "system"),
    version: parseVersion(version),
    output: textOf(values, "output") ?? packages,
    environment: process.env,
    ...(await judging(values)),
  });
  return print(`Built ${built.length === 1 ? "1 module" : `${built.length} modules`}.\n`);
}

const storeAt = (place: string): Store =>
  place.startsWith("s3://") ? s3Store(place, process.env) : directoryStore(place);

async function publishBuilt(operands: readonly string[], values: Values): Promise<Verdict> {
  atMost(operands, 1);
  const to = required(values, "to", "--to DIR or --to s3://BUCKET/PREFIX");
  const built = readBuilt(operands[0] ?? packages);
  const results = await publish(storeAt(to), built, new Date());
  built.forEach(({ document: { address, version, h1 } }, index) => {
    print(`${results[index]} ${address} ${version} ${h1}\n`);
  });
  return "pass";
}

async function withdrawVersion(operands: readonly string[], values: Values): Promise<Verdict> {
  atMost(operands, 2);
  const [address, version] = operands;
  if (address === undefined || version === undefined) {
    throw new InputError(
      "An address and a version are needed.",
      'tlsgate modules withdraw ADDRESS VERSION --reason "…" --in PLACE',
    );
  }
  const place = required(values, "in", "--in DIR or --in s3://BUCKET/PREFIX");
  const reason = required(values, "reason", '--reason "why nobody should use it any more"');
  await withdraw(storeAt(place), address, version, reason, new Date());
  return print(`withdrawn ${address} ${version}\n`);
}

async function serveDirectory(operands: readonly string[], values: Values): Promise<Verdict> {
  // "--tls CERT KEY": the second file follows as an operand.
  const cert = textOf(values, "tls");
  const [directory, key, extra] = operands;
  if (directory === undefined)
    throw new InputError("The directory of the registry is missing.", "tlsgate modules serve DIR");
  if (cert !== undefined && key === undefined) throw new InputError("The private key is missing.", "--tls CERT KEY");
  if (extra !== undefined || (cert === undefined && key !== undefined)) atMost(operands, 1);
  const address = textOf(values, "address") ?? "127.0.0.1";
  const portText = textOf(values, "port") ?? "8080";
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InputError(`${portText} is not a port.`, "--port 8080");
  const { TLSGATE_REGISTRY_TOKEN: token } = process.env;
  if (values.token === true && !token) {
    throw new InputError(
      "TLSGATE_REGISTRY_TOKEN is not set.",
      "TLSGATE_REGISTRY_TOKEN=TOKEN tlsgate modules serve DIR --token",
    );
  }
  const server = await serve({
    store: directoryStore(existingDirectory(directory)),
    address,
    port,
    tls: cert === undefined ? undefined : { cert: readPem(cert), key: readPem(key ?? "") },
    token: values.token === true ? token : undefined,
  });
  const { port: actual } = server.address() as AddressInfo;
  const host = address.includes(":") ? `[${address}]` : address;
  const base = `${cert === undefined ? "http" : "https"}://${host}:${actual}`;
  print(`Serving ${directory} at ${base}\n`);
  if (cert === undefined)
    print(`For Terraform, put this into ~/.terraformrc or the file of TF_CLI_CONFIG_FILE:\n\n${hostBlock(base)}`);
  else print(`For Terraform: source = "${host}:${actual}/NAMESPACE/NAME/SYSTEM"\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close(() => resolve()));
  });
  return "pass";
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputError(`${path} could not be read (${(error as NodeJS.ErrnoException).code}).`, "--tls CERT KEY");
  }
}

async function recheckAll(operands: readonly string[], values: Values): Promise<Verdict> {
  atMost(operands, 0);
  const place = required(values, "in", "--in DIR or --in s3://BUCKET/PREFIX");
  return (await recheck({ store: storeAt(place), ...(await judging(values)) })) ? "pass" : "refused";
}

async function lock(operands: readonly string[]): Promise<Verdict> {
  atMost(operands, 1);
  const [directory = "."] = operands;
  const packages = installedPackages(directory);
  print(lockText(packages), join(directory, lockFile));
  return print(`Locked ${countOf(packages)} in ${join(directory, lockFile)}.\n`);
}

async function verify(operands: readonly string[]): Promise<Verdict> {
  atMost(operands, 1);
  const [directory = "."] = operands;
  const path = join(directory, lockFile);
  const installed = installedPackages(directory);
  const differences = lockDifferences(parseLock(readLock(path, directory), path), installed);
  for (const line of differences) print(`${line}\n`);
  if (differences.length > 0) return "refused";
  return print(`Verified ${countOf(installed)}.\n`);
}

const countOf = ({ length }: readonly LockedPackage[]): string =>
  length === 1 ? "1 module package" : `${length} module packages`;

function readLock(path: string, directory: string): string {
  try {
    return readRegularFile(path);
  } catch {
    throw new InputError(`${path} not found.`, `tlsgate modules lock ${directory}`);
  }
}

async function ejectStack(operands: readonly string[], values: Values): Promise<Verdict> {
  atMost(operands, 1);
  const [name] = operands;
  if (name === undefined) throw new InputError("The stack is missing.", "tlsgate modules eject cdktf.out/stacks/STACK");
  const output = textOf(values, "output") ?? join("terraform", basename(name.replace(/[\\/]?cdk\.tf\.json$/, "")));
  const { files, resources, moved } = eject(name, output, terraformOf(values));
  print(`Wrote ${files.size} files with ${resources} resources, data sources and module calls into ${output}.\n`);
  if (moved > 0) print(`${moved} of them have new names; moved.tf holds a moved block for each.\n`);
  return print(`Next: cd ${output}, terraform init, terraform plan. The plan shows no changes.\n`);
}
