// The command line: arguments in, exit code out.

import { closeSync, existsSync, fstatSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { profiles } from "../policies/profiles.ts";
import { policies } from "../policies/registry.ts";
import { loadConfig, type Sought } from "./config/load.ts";
import { policyNamed, type Said, type Settings, settingsOf } from "./config/settings.ts";
import { upwards } from "./config/tree.ts";
import type { Adapter } from "./facts/adapter.ts";
import { inventoryOf as inventoryAt } from "./facts/collect.ts";
import { baselineOf, baselineText } from "./findings/baseline.ts";
import { decide } from "./findings/decide.ts";
import { exitCode, type Verdict, verdictOf, worst } from "./findings/gate.ts";
import { type Waiver, waiverNotices } from "./findings/waivers.ts";
import { InputError } from "./input-error.ts";
import { merged } from "./merge.ts";
import { nearest } from "./nearest.ts";
import type { Plan } from "./plan/plan.ts";
import { type Source, sources } from "./plan/read.ts";
import type { Policy } from "./policy.ts";
import { adaptersFor } from "./providers/load.ts";
import { type Example, explanation, policyDocuments, policyList } from "./report/catalogue.ts";
import { type Format, formats, others } from "./report/formats.ts";
import { inventoryJson, inventoryText, type PlanEndpoints } from "./report/inventory.ts";
import { json } from "./report/json.ts";
import { pretty } from "./report/pretty.ts";
import { judgedPlan, type PlanReport, type Report, reportOf, unjudged } from "./report/report.ts";
import { colored, plain, type Screen } from "./report/style.ts";
import { type ValueTable, valuesJson, valuesText } from "./report/values.ts";
import { located } from "./source/locate.ts";
import { complaint, confession } from "./trouble.ts";
import { version } from "./version.ts";

const help = `tlsgate ${version}: the plan gate for HTTPS

Usage: tlsgate COMMAND [OPTIONS] [PATH…]

Commands:
  check [PATH…]      judge plans: 0 the plan may go, 1 refused, 2 it could not be judged
  baseline [PATH…]   write today's violations down, so that check refuses new ones only
  merge REPORT…      make one report of several that check has written as JSON
  endpoints [PATH…]  show what each HTTPS endpoint of the plans will be
  policies           list the policies
  explain POLICY     what a policy requires, why, and how to meet it
  values [PROVIDER…] what the names of the providers' settings mean, and the pages that say so
  terraform ARGS…    terraform with the gate before every apply; tofu ARGS… likewise

PATH is the JSON of a plan or a state (terraform show -json), a binary plan file, a directory (all plans under it),
or - for standard input. Without a PATH it is the current directory.

Options:
  --format FORMAT     pretty (default), json, ${others.join(", ")}
  --output FILE       write the report to FILE, not to standard output
  --report FORMAT=FILE  one more report; repeatable
  --category NAME     tells reports of one commit apart (sarif, markdown), such as the stack's name
  --source-url URL    where the sources can be read (markdown): https://github.com/OWNER/REPO/blob/COMMIT
  --config FILE       the configuration (default: tlsgate.config.* here or above)
  --config-from REF   read configuration, waivers and baseline from a commit, e.g. origin/main, and run none of its code
  --allow-config-code run a configuration or packs that are code in spite of --config-from
  --no-waivers        accept nothing that a waiver accepts
  --no-baseline       refuse what the baseline knows, too
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
  report: { type: "string", multiple: true },
  category: { type: "string" },
  "source-url": { type: "string" },
  config: { type: "string" },
  "config-from": { type: "string" },
  "allow-config-code": { type: "boolean", default: false },
  "no-waivers": { type: "boolean", default: false },
  "no-baseline": { type: "boolean", default: false },
  profile: { type: "string" },
  policy: { type: "string", multiple: true },
  unknown: { type: "string" },
  "fail-on": { type: "string" },
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

type Command = (operands: string[], options: Options) => Verdict | Promise<Verdict>;

const commands: { readonly [name: string]: Command } = {
  check,
  baseline,
  merge,
  endpoints,
  policies: listPolicies,
  explain,
  values,
};

const [, self = "", ...given] = process.argv;
const [first, ...rest] = given;
if (first === "terraform" || first === "tofu") wrap(first, rest);
else {
  main(given).then(
    (verdict) => {
      process.exitCode = exitCode(verdict);
    },
    (error: unknown) => {
      if (error instanceof InputError) complain(error);
      else confess(error);
      process.exitCode = exitCode("error");
    },
  );
}

/** Every argument is the program's own, and so is the exit code. */
function wrap(name: "terraform" | "tofu", args: readonly string[]): void {
  import("./gate/run.ts")
    .then(({ runGate }) => runGate({ name, args, self, environment: process.env }))
    .then((code) => {
      process.exitCode = code;
    });
}

async function main(args: string[]): Promise<Verdict> {
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

async function check(paths: string[], options: Options): Promise<Verdict> {
  const wanted = reportsOf(options);
  const settings = await settingsFor(options);
  // People are shown the lines of what refuses the plan, and finding them takes its time.
  const sourced = wanted.every(({ format }) => format === "pretty") ? "refusing" : "open";
  const drawn = wanted.some(({ format }) => format === "html" || format === "json");
  const named = sourced === "open" || settings.acceptance.baseline !== undefined;
  const judged = await inTurn(sourcesOf(paths, options), (source) =>
    judgedSource(source, settings, { sourced, drawn, named }),
  );
  const { baseline: known } = settings.acceptance;
  const met = new Set(judged.flatMap((one) => one.met));
  const plans = [...judged.map((one) => one.report), ...noticesOf(settings, judged)];
  const gone = known ? new Set(known.known.map((one) => one.fingerprint)).size - met.size : null;
  const verdict = worst(plans.map((plan) => plan.verdict));
  await tell(reportOf(plans, verdict, version, gone), wanted, settings.policies, options);
  return verdict;
}

/** What reports will tell; the rest is not looked for. */
interface Telling {
  /** Which findings have their source shown. */
  readonly sourced: "open" | "refusing";
  /** Whether endpoints are drawn, today and after. */
  readonly drawn: boolean;
  /** Whether findings are named by their fingerprints. */
  readonly named: boolean;
}

interface JudgedSource {
  readonly report: PlanReport;
  readonly met: readonly string[];
  readonly used: readonly Waiver[];
}

/** One after the other: each plan's memory is free again before the next is read. */
async function inTurn<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

async function judgedSource(
  source: Source,
  { selection: chosen, acceptance }: Settings,
  { sourced, drawn, named }: Telling,
): Promise<JudgedSource> {
  const plan = attempt(source);
  if (!plan) return { report: unjudged(source.path), met: [], used: [] };
  const selection = { ...chosen, adapters: [...(await adaptersFor(plan)), ...chosen.adapters] };
  const { findings, inventory, met, used } = decide(plan, selection, acceptance, named);
  const beside = plan.kind === "configuration" ? source.path : dirname(source.path);
  const evaluation = { findings: located(findings, beside, plan, sourced), inventory };
  const report = judgedPlan(plan, evaluation, verdictOf(findings));
  if (!drawn) return { report, met, used };
  const before = inventoryAt(plan, "before", selection.adapters).endpoints;
  return { report: { ...report, inventory: { before, after: inventory.endpoints } }, met, used };
}

/** What is to be said of the waivers themselves, file by file, once all plans have had the chance to use them. */
function noticesOf({ waivers, acceptance }: Settings, judged: readonly JudgedSource[]): PlanReport[] {
  const used = judged.flatMap((one) => one.used);
  const files = [...waivers.waivers, ...waivers.malformed].map(({ file }) => file);
  return [...new Set(files)].flatMap((file) => {
    const ofFile = {
      waivers: waivers.waivers.filter((one) => one.file === file),
      malformed: waivers.malformed.filter((one) => one.file === file),
    };
    const findings = waiverNotices(ofFile, used, acceptance.today);
    const verdict = verdictOf(findings);
    return findings.length === 0 ? [] : [{ ...unjudged(file), kind: "waivers", complete: true, verdict, findings }];
  });
}

/** Writes down what is violated today, waived violations left out. */
async function baseline(paths: string[], options: Options): Promise<Verdict> {
  const loaded = await loadConfig({ ...soughtOf(options), isBaselineNew: true });
  const settings = settingsOf(loaded, saidOf(options), new Date(), false);
  const judged = await inTurn(sourcesOf(paths, options), (source) =>
    judgedSource(source, settings, { sourced: "refusing", drawn: false, named: true }),
  );
  if (judged.some(({ report }) => report.verdict === "error")) return "error";
  const written = baselineOf(judged.flatMap(({ report }) => report.findings));
  const file = options.output ?? loaded.baselinePath;
  print(baselineText(written), file);
  return print(`${written.known.length} known violations in ${relative("", file) || file}\n`);
}

async function merge(paths: string[], options: Options): Promise<Verdict> {
  if (paths.length === 0) throw new InputError("The reports are missing.", "tlsgate merge REPORT.json…");
  const texts = paths.map((path) => ({ path, text: textOf(path) }));
  const report = merged(texts, version);
  await tell(report, reportsOf(options), policies, options);
  return report.verdict;
}

function textOf(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new InputError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

interface Wanted {
  readonly format: Format;
  /** Standard output where there is none. */
  readonly file: string | undefined;
}

/** `--format`, `--output` and every `--report FORMAT=FILE`. */
function reportsOf({ format, output, report = [] }: Options): Wanted[] {
  const more = report.map((one): Wanted => {
    const [name = "", file] = one.split(/=(.*)/s);
    if (!file) throw new InputError(`--report takes FORMAT=FILE, not ${JSON.stringify(one)}.`, "tlsgate --help");
    return { format: oneOf("report", name, formats), file };
  });
  return [{ format: oneOf("format", format, formats), file: output }, ...more];
}

async function tell(report: Report, wanted: readonly Wanted[], known: readonly Policy[], options: Options) {
  for (const { format, file } of wanted) print(await written(format, report, known, options, file), file);
}

async function written(
  format: Format,
  report: Report,
  known: readonly Policy[],
  options: Options,
  file: string | undefined,
): Promise<string> {
  if (format === "json") return json(report);
  if (format === "pretty")
    return pretty({ policies: known, screen: screenOf(options, file), quiet: options.quiet })(report);
  const { reporters } = await import("./report/reporters.ts");
  const root = upwards(".").at(-1) ?? "";
  const directory = existsSync(join(root, ".git")) ? relative(root, "").split(sep).join("/") : "";
  const { category, "source-url": base } = options;
  return reporters[format]({ policies: known, category, directory: directory || undefined, base })(report);
}

async function settingsFor(options: Options): Promise<Settings> {
  const loaded = await loadConfig(soughtOf(options));
  return settingsOf(loaded, saidOf(options), new Date(), options["config-from"] !== undefined);
}

function soughtOf(options: Options): Sought {
  return {
    directory: ".",
    file: options.config,
    from: options["config-from"],
    allowCode: options["allow-config-code"],
  };
}

function saidOf(options: Options): Said {
  return {
    profile: options.profile === undefined ? undefined : oneOf("profile", options.profile, Object.keys(profiles)),
    policies: options.policy,
    unknown: options.unknown === undefined ? undefined : oneOf("unknown", options.unknown, ["refuse", "warn"]),
    failOn: options["fail-on"] === undefined ? undefined : oneOf("fail-on", options["fail-on"], ["any", "introduced"]),
    noWaivers: options["no-waivers"],
    noBaseline: options["no-baseline"],
  };
}

async function endpoints(paths: string[], options: Options): Promise<Verdict> {
  const format = formatOf(options);
  const { selection } = await settingsFor(options);
  const plans = await inTurn(sourcesOf(paths, options), (source) => inventoryOf(source, selection.adapters));
  print(format === "json" ? inventoryJson(plans, version) : inventoryText(plans, screenOf(options)), options.output);
  return worst(plans.map((plan) => (plan.endpoints ? "pass" : "error")));
}

async function listPolicies(operands: string[], options: Options): Promise<Verdict> {
  if (operands.length > 0) throw new InputError("`policies` takes no operand.", `tlsgate explain ${operands[0]}`);
  const { policies: list, enforcement } = (await settingsFor(options)).selection;
  const text =
    formatOf(options) === "json"
      ? policyDocuments(list, enforcement)
      : policyList(list, enforcement, screenOf(options));
  return print(text, options.output);
}

async function explain(ids: string[], options: Options): Promise<Verdict> {
  if (ids.length === 0) throw new InputError("The policy's id is missing.", "tlsgate policies");
  const { policies: known, selection } = await settingsFor(options);
  const list = ids.map((id) => policyNamed(id, known));
  const examples = JSON.parse(readFileSync(join(import.meta.dirname, "examples.json"), "utf8")) as {
    readonly [policy: string]: Example;
  };
  const text =
    formatOf(options) === "json"
      ? policyDocuments(list, selection.enforcement, examples)
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

async function inventoryOf(source: Source, ofPacks: readonly Adapter[]): Promise<PlanEndpoints> {
  const plan = attempt(source);
  if (!plan)
    return { path: source.path, formatVersion: null, terraformVersion: null, complete: false, endpoints: null };
  const { path, formatVersion, terraformVersion, complete } = plan;
  const inventory = inventoryAt(plan, "after", [...(await adaptersFor(plan)), ...ofPacks]);
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

function screenOf({ output, "no-color": noColor }: Options, file = output): Screen {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM, COLUMNS } = process.env;
  const off = noColor || file !== undefined || NO_COLOR !== "" || FORCE_COLOR === "0" || FORCE_COLOR === "false";
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
