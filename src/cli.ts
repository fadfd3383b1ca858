#!/usr/bin/env node
// The command line: arguments in, exit code out.

import { closeSync, fstatSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { profiles } from "../policies/profiles.ts";
import { policies } from "../policies/registry.ts";
import { evaluate, type Selection } from "./findings/evaluate.ts";
import { exitCode, type Verdict, verdictOf, worst } from "./findings/gate.ts";
import { InputError } from "./input-error.ts";
import type { Plan } from "./plan/plan.ts";
import { type ReadOptions, type Source, sources } from "./plan/read.ts";
import type { Policy } from "./policy.ts";
import { adapters } from "./providers/registry.ts";
import { type Example, explanation, policyList } from "./report/catalogue.ts";
import { inventoryJson, inventoryText } from "./report/inventory.ts";
import { json } from "./report/json.ts";
import { pretty } from "./report/pretty.ts";
import { printable } from "./report/printable.ts";
import { type PlanReport, reportOf } from "./report/report.ts";
import { colored, plain, type Style } from "./report/style.ts";
import { version } from "./version.ts";

const help = `tlsgate ${version}: the plan gate for HTTPS

Usage: tlsgate COMMAND [OPTIONS] [PATH…]

Commands:
  check [PATH…]      judge plans: 0 the plan may go, 1 refused, 2 it could not be judged
  endpoints [PATH…]  show what each HTTPS endpoint of the plans will be
  policies           list the policies
  explain POLICY     what a policy requires, why, and how to meet it

PATH is the JSON of a plan or a state (terraform show -json), a binary plan file, a directory (all plans under it),
or - for standard input. Without a PATH it is the current directory.

Options:
  --format FORMAT     pretty (default) or json
  --output FILE       write the report to FILE, not to standard output
  --profile NAME      ${Object.keys(profiles).join(", ")} (default: recommended)
  --policy ID         judge by this policy alone, as mandatory; repeatable
  --unknown ACTION    refuse or warn when a plan does not tell (default: as each policy says)
  --fail-on WHICH     any violation (default), or those the plan has introduced
  --terraform PROGRAM what shows binary plans (default: TLSGATE_TERRAFORM, terraform, tofu)
  --no-color          no colours; NO_COLOR does the same
  --quiet             print only what refuses a plan
  --version, --help
`;

const optionTypes = {
  format: { type: "string", default: "pretty" },
  output: { type: "string" },
  profile: { type: "string", default: "recommended" },
  policy: { type: "string", multiple: true },
  unknown: { type: "string" },
  "fail-on": { type: "string", default: "any" },
  terraform: { type: "string" },
  "no-color": { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", default: false, short: "h" },
} as const;

type Options = ReturnType<typeof parse>["values"];

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: optionTypes, allowPositionals: true });
  } catch (error) {
    throw new InputError(`${(error as Error).message.split(". ")[0]}.`, "tlsgate --help");
  }
}

const commands: { readonly [name: string]: (operands: string[], options: Options) => Verdict } = {
  check,
  endpoints,
  policies: listPolicies,
  explain,
};

try {
  process.exitCode = exitCode(main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  complain(error);
  process.exitCode = exitCode("error");
}

function main(args: string[]): Verdict {
  const { values, positionals } = parse(args);
  if (values.version) return print(`${version}\n`);
  const [name, ...operands] = positionals;
  if (values.help || name === "help" || name === undefined) {
    if (!values.help && name === undefined) throw new InputError("A command is missing.", "tlsgate --help");
    return print(help);
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new InputError(`There is no command ${name}.`, "tlsgate --help");
  return command(operands, values);
}

function check(paths: string[], options: Options): Verdict {
  const format = oneOf("format", options.format, ["pretty", "json"]);
  const selection = selectionOf(options);
  const plans = sourcesOf(paths, options).map((source) => judged(source, selection));
  const report = reportOf(plans, version);
  const text =
    format === "json" ? json(report) : pretty({ policies, style: styleOf(options), quiet: options.quiet })(report);
  print(text, options.output);
  return report.verdict;
}

function endpoints(paths: string[], options: Options): Verdict {
  const format = oneOf("format", options.format, ["pretty", "json"]);
  const selection: Selection = { policies: [], enforcement: {}, adapters };
  const read = sourcesOf(paths, options).map((source) => ({ path: source.path, plan: attempt(source) }));
  const plans = read.flatMap(({ path, plan }) =>
    plan ? [{ path, endpoints: evaluate(plan, selection).inventory.endpoints }] : [],
  );
  print(format === "json" ? inventoryJson(plans, version) : inventoryText(plans, styleOf(options)), options.output);
  return worst(read.map(({ plan }) => (plan ? "pass" : "error")));
}

function listPolicies(_operands: string[], options: Options): Verdict {
  const { policies: list, enforcement } = selectionOf(options);
  if (oneOf("format", options.format, ["pretty", "json"]) === "pretty") {
    return print(policyList(list, enforcement, styleOf(options)), options.output);
  }
  const documents = list.map(({ id, requires, severity, whenUnknown, why, fix, references, controls }) => {
    const asked = enforcement[id] ?? "off";
    return { id, requires, severity, enforcement: asked, whenUnknown, why, fix, references, controls };
  });
  return print(`${JSON.stringify(documents, null, 2)}\n`, options.output);
}

function explain(ids: string[], options: Options): Verdict {
  if (ids.length === 0) throw new InputError("The policy's id is missing.", "tlsgate policies");
  const examples = JSON.parse(readFileSync(join(import.meta.dirname, "examples.json"), "utf8")) as {
    readonly [policy: string]: Example;
  };
  const texts = ids.map((id) => explanation(policyOf(id), examples[id], styleOf(options)));
  return print(texts.join("\n"), options.output);
}

function judged(source: Source, selection: Selection): PlanReport {
  const plan = attempt(source);
  if (!plan) {
    const { path } = source;
    return {
      path,
      formatVersion: null,
      terraformVersion: null,
      complete: false,
      verdict: "error",
      findings: [],
      endpoints: 0,
    };
  }
  const { findings, inventory } = evaluate(plan, selection);
  const { path, formatVersion, terraformVersion, complete } = plan;
  const verdict = verdictOf(findings);
  return { path, formatVersion, terraformVersion, complete, verdict, findings, endpoints: inventory.endpoints.length };
}

/** One broken file does not hide the verdict on the others. */
function attempt(source: Source): Plan | undefined {
  try {
    return source.read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    complain(error);
    return undefined;
  }
}

function sourcesOf(paths: string[], options: Options): Source[] {
  const { env } = process;
  const readOptions: ReadOptions = { terraform: options.terraform ?? env.TLSGATE_TERRAFORM };
  return sources(paths.length > 0 ? paths : ["."], readOptions);
}

function selectionOf(options: Options): Selection {
  const profile = profiles[oneOf("profile", options.profile, Object.keys(profiles) as (keyof typeof profiles)[])];
  const chosen = options.policy?.map(policyOf);
  return {
    policies: chosen ?? policies,
    enforcement: chosen ? Object.fromEntries(chosen.map(({ id }) => [id, "mandatory"])) : profile.enforcement,
    adapters,
    unknown: options.unknown === undefined ? undefined : oneOf("unknown", options.unknown, ["refuse", "warn"]),
    failOn: oneOf("fail-on", options["fail-on"], ["any", "introduced"]),
  };
}

function policyOf(id: string): Policy {
  const policy = policies.find((one) => one.id === id);
  if (!policy) throw new InputError(`There is no policy ${id}.`, "tlsgate policies");
  return policy;
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (!found) throw new InputError(`--${option} takes ${allowed.join(", ")}, not ${value}.`, "tlsgate --help");
  return found;
}

function styleOf(options: Options): Style {
  const { env } = process;
  const off = options["no-color"] || options.output !== undefined || (env.NO_COLOR ?? "") !== "";
  // process.stdout would load Node's streams for this one question.
  const isTerminal = () => fstatSync(1).isCharacterDevice();
  return !off && ((env.FORCE_COLOR ?? "") !== "" || isTerminal()) ? colored : plain;
}

function print(text: string, file?: string): Verdict {
  const descriptor = file === undefined ? 1 : open(file);
  writeAll(descriptor, text);
  if (file !== undefined) closeSync(descriptor);
  return "pass";
}

function open(file: string): number {
  try {
    return openSync(file, "w");
  } catch (error) {
    throw new InputError(`${file} could not be written (${(error as NodeJS.ErrnoException).code}).`, "--output FILE");
  }
}

/** A pipe that is full for the moment takes the rest later; one that is closed needs no more. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(descriptor, bytes, from);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function complain({ message, mend }: InputError): void {
  writeAll(2, printable(`tlsgate: ${message}\n${mend === undefined ? "" : `Run instead: ${mend}\n`}`));
}
