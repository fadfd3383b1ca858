// The command line: arguments in, exit code out.

import { closeSync, fstatSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { profiles } from "../policies/profiles.ts";
import { policies } from "../policies/registry.ts";
import { evaluate, type Selection } from "./findings/evaluate.ts";
import { exitCode, type Verdict, verdictOf, worst } from "./findings/gate.ts";
import { InputError } from "./input-error.ts";
import { nearest } from "./nearest.ts";
import type { Plan } from "./plan/plan.ts";
import { type Source, sources } from "./plan/read.ts";
import type { Policy } from "./policy.ts";
import { adapters } from "./providers/registry.ts";
import { type Example, explanation, policyDocuments, policyList } from "./report/catalogue.ts";
import { inventoryJson, inventoryText, type PlanEndpoints } from "./report/inventory.ts";
import { json } from "./report/json.ts";
import { pretty } from "./report/pretty.ts";
import { judgedPlan, type PlanReport, reportOf, unjudged } from "./report/report.ts";
import { colored, plain, type Screen } from "./report/style.ts";
import { type ValueTable, valuesJson, valuesText } from "./report/values.ts";
import { located } from "./source/locate.ts";
import { complaint, confession } from "./trouble.ts";
import { version } from "./version.ts";

const help = `tlsgate ${version}: the plan gate for HTTPS

Usage: tlsgate COMMAND [OPTIONS] [PATH…]

Commands:
  check [PATH…]      judge plans: 0 the plan may go, 1 refused, 2 it could not be judged
  endpoints [PATH…]  show what each HTTPS endpoint of the plans will be
  policies           list the policies
  explain POLICY     what a policy requires, why, and how to meet it
  values [PROVIDER…] what the names of the providers' settings mean, and the pages that say so
  terraform ARGS…    terraform with the gate before every apply; tofu ARGS… likewise

PATH is the JSON of a plan or a state (terraform show -json), a binary plan file, a directory (all plans under it),
or - for standard input. Without a PATH it is the current directory.

Options:
  --format FORMAT     pretty (default) or json
  --output FILE       write the report to FILE, not to standard output
  --profile NAME      ${Object.keys(profiles).join(", ")} (default: recommended)
  --policy ID         judge by this policy alone, as mandatory; repeatable
  --unknown ACTION    refuse or warn where a plan does not tell (default: as each policy says)
  --fail-on WHICH     refuse a plan for any violation (default), or only for an introduced one
  --terraform PROGRAM what shows binary plans (default: TLSGATE_TERRAFORM, terraform, tofu)
  --no-color          no colours, as with NO_COLOR; FORCE_COLOR wants them in any case
  --quiet             print only what refuses a plan, or leaves a part of it unjudged
  --version, --help

terraform and tofu leave all options to the program. Their gate is set by TLSGATE_PROFILE, TLSGATE_UNKNOWN and
TLSGATE_FAIL_ON, as by the options above; TLSGATE_PARTIAL=allow judges plans of -target by what they hold, and
TLSGATE_REPORT=FILE is where the report goes as JSON. They exit with 3 when the plan is refused.
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
    const [message = ""] = (error as Error).message.split(/\.?\s*(?:\n|\. |$)/);
    const [, name] = /^Unknown option '--([^']*)'/.exec(message) ?? [];
    const meant = name === undefined ? undefined : nearest(name, Object.keys(optionTypes));
    throw new InputError(`${message}${meant ? `; did you mean --${meant}?` : "."}`, "tlsgate --help");
  }
}

const commands: { readonly [name: string]: (operands: string[], options: Options) => Verdict } = {
  check,
  endpoints,
  policies: listPolicies,
  explain,
  values,
};

const [, self = "", ...given] = process.argv;
const [first, ...others] = given;
if (first === "terraform" || first === "tofu") wrap(first, others);
else {
  try {
    process.exitCode = exitCode(main(given));
  } catch (error) {
    if (error instanceof InputError) complain(error);
    else confess(error);
    process.exitCode = exitCode("error");
  }
}

/** Every argument is the program's own, and so is the exit code. */
function wrap(name: "terraform" | "tofu", args: readonly string[]): void {
  import("./gate/run.ts")
    .then(({ runGate }) => runGate({ name, args, self, environment: process.env }))
    .then((code) => {
      process.exitCode = code;
    });
}

function main(args: string[]): Verdict {
  const { values, positionals } = parse(args);
  if (values.version) return print(`${version}\n`);
  const [name, ...operands] = positionals;
  if (values.help || name === "help") return print(help);
  if (name === undefined) throw new InputError("A command is missing.", "tlsgate --help");
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command(operands, values);
  const isPath = name === "-" || /[./\\]/.test(name);
  const mend = isPath ? `tlsgate check ${name}` : "tlsgate --help";
  throw new InputError(`There is no command ${orNearest(name, Object.keys(commands))}`, mend);
}

function check(paths: string[], options: Options): Verdict {
  const format = formatOf(options);
  const selection = selectionOf(options);
  // People are shown the lines of what refuses the plan, and finding them takes its time.
  const sourced = format === "json" ? "open" : "refusing";
  const plans = sourcesOf(paths, options).map((source) => judged(source, selection, sourced));
  const verdict = worst(plans.map((plan) => plan.verdict));
  const reporter = format === "json" ? json : pretty({ policies, screen: screenOf(options), quiet: options.quiet });
  print(reporter(reportOf(plans, verdict, version)), options.output);
  return verdict;
}

function endpoints(paths: string[], options: Options): Verdict {
  const format = formatOf(options);
  const plans = sourcesOf(paths, options).map(inventoryOf);
  print(format === "json" ? inventoryJson(plans, version) : inventoryText(plans, screenOf(options)), options.output);
  return worst(plans.map((plan) => (plan.endpoints ? "pass" : "error")));
}

function listPolicies(operands: string[], options: Options): Verdict {
  if (operands.length > 0) throw new InputError("`policies` takes no operand.", `tlsgate explain ${operands[0]}`);
  const { policies: list, enforcement } = selectionOf(options);
  const text =
    formatOf(options) === "json"
      ? policyDocuments(list, enforcement)
      : policyList(list, enforcement, screenOf(options));
  return print(text, options.output);
}

function explain(ids: string[], options: Options): Verdict {
  if (ids.length === 0) throw new InputError("The policy's id is missing.", "tlsgate policies");
  const list = ids.map(policyOf);
  const examples = JSON.parse(readFileSync(join(import.meta.dirname, "examples.json"), "utf8")) as {
    readonly [policy: string]: Example;
  };
  const text =
    formatOf(options) === "json"
      ? policyDocuments(list, selectionOf(options).enforcement, examples)
      : list.map((policy) => explanation(policy, examples[policy.id], screenOf(options))).join("\n");
  return print(text, options.output);
}

function values(operands: string[], options: Options): Verdict {
  const all = JSON.parse(readFileSync(join(import.meta.dirname, "values.json"), "utf8")) as readonly ValueTable[];
  const providers = [...new Set(all.map(({ provider }) => provider))];
  const strange = operands.find((operand) => !providers.includes(operand));
  if (strange !== undefined) {
    throw new InputError(
      `There is no provider ${orNearest(strange, providers)}`,
      `tlsgate values ${providers.join(" ")}`,
    );
  }
  const tables = operands.length > 0 ? all.filter(({ provider }) => operands.includes(provider)) : all;
  return print(
    formatOf(options) === "json" ? valuesJson(tables) : valuesText(tables, screenOf(options)),
    options.output,
  );
}

function judged(source: Source, selection: Selection, sourced: "open" | "refusing"): PlanReport {
  const plan = attempt(source);
  if (!plan) return unjudged(source.path);
  const { findings, inventory } = evaluate(plan, selection);
  const beside = plan.kind === "configuration" ? source.path : dirname(source.path);
  return judgedPlan(plan, { findings: located(findings, beside, plan, sourced), inventory }, verdictOf(findings));
}

function inventoryOf(source: Source): PlanEndpoints {
  const plan = attempt(source);
  if (!plan)
    return { path: source.path, formatVersion: null, terraformVersion: null, complete: false, endpoints: null };
  const { path, formatVersion, terraformVersion, complete } = plan;
  const { inventory } = evaluate(plan, { policies: [], enforcement: {}, adapters });
  return { path, formatVersion, terraformVersion, complete, endpoints: inventory.endpoints };
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
  const terraform = options.terraform ?? process.env.TLSGATE_TERRAFORM;
  return sources(paths.length > 0 ? paths : ["."], { terraform });
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
  if (policy) return policy;
  throw new InputError(
    `There is no policy ${orNearest(
      id,
      policies.map((one) => one.id),
    )}`,
    "tlsgate policies",
  );
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found) return found;
  throw new InputError(`--${option} takes ${allowed.join(", ")}, not ${orNearest(value, allowed)}`, "tlsgate --help");
}

/** The end of a sentence about a name that does not exist. */
function orNearest(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return meant === undefined ? `${JSON.stringify(name)}.` : `${JSON.stringify(name)}; did you mean ${meant}?`;
}

function formatOf({ format }: Options): "pretty" | "json" {
  return oneOf("format", format, ["pretty", "json"]);
}

function screenOf({ output, "no-color": noColor }: Options): Screen {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM, COLUMNS } = process.env;
  const off = noColor || output !== undefined || NO_COLOR !== "" || FORCE_COLOR === "0" || FORCE_COLOR === "false";
  // process.stdout would load Node's streams for this one question.
  const wanted = () => FORCE_COLOR !== "" || (TERM !== "dumb" && fstatSync(1).isCharacterDevice());
  const width = Number(COLUMNS);
  return { style: !off && wanted() ? colored : plain, width: width > 0 ? Math.max(40, width) : 100 };
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
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "its directory does not exist" : code;
    throw new InputError(`${file} could not be written (${reason}).`);
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
      if (code !== "EAGAIN") {
        // What is wrong with standard error cannot be said anywhere.
        if (descriptor === 2) return;
        throw new InputError(`The output could not be written (${code}).`);
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function complain(error: InputError): void {
  writeAll(2, complaint(error));
}

function confess(error: unknown): void {
  writeAll(2, confession(error, `Node ${process.version}, ${process.platform}`));
}
