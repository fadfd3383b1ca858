// The arguments of terraform → what the gate does with them: pass them on as they are, or plan, judge and apply.

import { InputError } from "../input-error.ts";
import { wordsOf } from "./words.ts";

/** Handed to terraform as it is: a command that applies nothing. */
export interface PassedOn {
  readonly kind: "passed on";
  readonly args: readonly string[];
  /** Whether terraform may merge the arguments of TF_CLI_ARGS into these. */
  readonly merges: boolean;
}

/** `apply` and `destroy`: what they are asked, by the step that it belongs to. */
export interface Gated {
  readonly kind: "gated";
  readonly mode: Mode;
  /** The directory of -chdir. */
  readonly directory: string;
  /** The plan to apply, as it was given; else one is made. */
  readonly planFile: string | undefined;
  readonly autoApprove: boolean;
  readonly json: boolean;
  readonly color: boolean;
  readonly planFlags: readonly string[];
  readonly applyFlags: readonly string[];
  /** -var and -var-file: of the plan, and repeated for the apply where terraform takes them. */
  readonly variables: readonly string[];
}

export type Mode = "apply" | "destroy" | "refresh-only";

export interface Environment {
  readonly [variable: string]: string | undefined;
}

/** Throws an InputError for arguments that are wrong, or that could get round the gate. */
export function route(args: readonly string[], environment: Environment): PassedOn | Gated {
  const { globals, command, rest } = split(args);
  // Without a command, terraform would take one from TF_CLI_ARGS.
  if (command === undefined) return { kind: "passed on", args, merges: false };
  if (command !== "apply" && command !== "destroy") return { kind: "passed on", args, merges: true };
  if (globals.length > 0) throw unsafe(globals[0] ?? "", `put it after ${command}`);
  const merged = [...fromEnvironment(`TF_CLI_ARGS_${command}`), ...fromEnvironment("TF_CLI_ARGS"), ...rest];
  if (merged.some((arg) => helpFlags.includes(arg))) {
    return { kind: "passed on", args: [command, "-help"], merges: false };
  }
  return gated(command, directoryOf(args), merged);

  function fromEnvironment(variable: string): string[] {
    return wordsOf(environment[variable] ?? "", variable);
  }
}

// --- what stands before the command

const helpFlags = ["-h", "-help", "--help"];
const versionFlags = ["-v", "-version", "--version"];

/** Terraform takes -chdir=DIR alone before the command. Whatever else could hide a command is refused. */
function split(args: readonly string[]) {
  const at = args.findIndex((arg) => !arg.startsWith("-"));
  const before = at < 0 ? args : args.slice(0, at);
  const command = at < 0 ? undefined : args[at];
  const globals = before.filter((arg) => !arg.startsWith("-chdir="));
  const strange = globals.find((arg) => ![...helpFlags, ...versionFlags].includes(arg));
  if (strange !== undefined && command !== undefined) throw unsafe(strange, "-chdir=DIR");
  // OpenTofu reads further arguments from a file that is named with an @.
  if (command === "" || command?.startsWith("@")) throw unsafe(command, "tlsgate terraform COMMAND");
  return { globals, command, rest: args.slice(at + 1) };
}

function directoryOf(args: readonly string[]): string {
  const chdir = args.find((arg) => arg.startsWith("-chdir="));
  return chdir?.slice("-chdir=".length) || ".";
}

const unsafe = (arg: string, mend: string) =>
  new InputError(`${withoutValue(arg)} cannot stand before the command: it could get round the gate.`, mend);

/** A value can be a secret, as that of -var. */
const withoutValue = (arg: string): string => JSON.stringify(arg.replace(/=.*$/s, "=…"));

// --- the flags of apply and destroy

type Step = "plan" | "apply";

interface Flag {
  readonly steps: readonly Step[];
  /** A switch takes no value but with "=". */
  readonly isSwitch: boolean;
}

const both: readonly Step[] = ["plan", "apply"];

/** Of `terraform apply`, and of `tofu apply` what it has besides. */
const flags: ReadonlyMap<string, Flag> = new Map([
  ...switches(["auto-approve"], []),
  ...switches(["destroy", "refresh-only", "refresh", "allow-deferral", "suppress-forget-errors"], ["plan"]),
  ...switches(["input", "json", "lock", "no-color", "compact-warnings"], both),
  ...switches(["concise", "show-sensitive", "consolidate-warnings", "consolidate-errors"], both),
  ...valued(["target", "target-file", "exclude", "exclude-file", "include", "replace", "invoke"], ["plan"]),
  ...valued(["var", "var-file", "parallelism", "lock-timeout", "state", "policies", "deprecation"], both),
  ...valued(["state-out", "backup", "json-into"], ["apply"]),
]);

function switches(names: string[], steps: readonly Step[]): [string, Flag][] {
  return names.map((name) => [name, { steps, isSwitch: true }]);
}

function valued(names: string[], steps: readonly Step[]): [string, Flag][] {
  return names.map((name) => [name, { steps, isSwitch: false }]);
}

/** Of `terraform plan` alone: they would make another plan than the one that is judged. */
const refused = ["out", "generate-config-out", "detailed-exitcode"];

function gated(command: "apply" | "destroy", directory: string, args: readonly string[]): Gated {
  const { given, operands } = parse(args);
  const [planFile] = operands;
  if (operands.length > 1) throw new InputError(tooMany(command, operands));
  if (planFile !== undefined && command === "destroy") {
    throw new InputError("destroy takes no plan file.", `tlsgate terraform apply ${planFile}`);
  }
  const unknown = given.find(({ name }) => !flags.has(name));
  if (unknown && planFile !== undefined) {
    throw new InputError(`tlsgate does not know -${unknown.name}, and cannot tell what it does to ${planFile}.`);
  }
  const isOn = (name: string) => switchOf(given.findLast((flag) => flag.name === name));
  const autoApprove = isOn("auto-approve");
  const json = isOn("json");
  if (json && !autoApprove && planFile === undefined) {
    throw new InputError("With -json nobody can be asked for approval.", `${command} -json -auto-approve`);
  }
  const isVariable = ({ name }: Given) => name === "var" || name === "var-file";
  const flagsOf = (step: Step) =>
    // What is unknown to the gate belongs to the plan, which changes nothing, and is judged.
    given.filter((flag) => !isVariable(flag) && (flags.get(flag.name)?.steps ?? ["plan"]).includes(step)).map(written);
  const destroys = command === "destroy" || isOn("destroy");
  return {
    kind: "gated",
    mode: destroys ? "destroy" : isOn("refresh-only") ? "refresh-only" : "apply",
    directory,
    planFile,
    autoApprove,
    json,
    color: !isOn("no-color"),
    planFlags: [...(command === "destroy" ? ["-destroy"] : []), ...flagsOf("plan")],
    applyFlags: flagsOf("apply"),
    variables: given.filter(isVariable).map(written),
  };
}

/** Terraform reads no flag behind the plan file; one can hold a secret, as in -var, so it is not repeated. */
function tooMany(command: string, operands: readonly string[]): string {
  const [planFile, ...others] = operands;
  const flag = others.some((one) => one.startsWith("-")) ? ": flags stand before it" : "";
  return `${command} takes one plan file, and ${JSON.stringify(planFile)} is followed by ${others.length} more argument${others.length === 1 ? "" : "s"}${flag}.`;
}

interface Given {
  readonly name: string;
  readonly value: string | undefined;
}

/** As one argument each, so that no value can be taken for a flag. */
const written = ({ name, value }: Given): string => (value === undefined ? `-${name}` : `-${name}=${value}`);

/** By the rules of Go's flag package: one dash or two; flags end at the first operand, or after --. */
function parse(args: readonly string[]): { readonly given: Given[]; readonly operands: string[] } {
  // Terraform takes these out wherever they stand.
  const anywhere = ["-no-color", "-compact-warnings"];
  const given: Given[] = anywhere
    .filter((arg) => args.includes(arg))
    .map((arg) => ({ name: arg.slice(1), value: undefined }));
  const rest = args.filter((arg) => !anywhere.includes(arg));
  for (let arg = rest[0]; arg !== undefined && /^-./.test(arg); arg = rest[0]) {
    rest.shift();
    if (arg === "--") break;
    const [, name = "", value] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === "") throw new InputError(`${withoutValue(arg)} is no flag.`);
    if (refused.includes(name)) {
      throw new InputError(`-${name} belongs to plan, and the plan to apply is the one that is judged.`);
    }
    const flag = flags.get(name);
    if (!flag && value === undefined) {
      throw new InputError(`tlsgate does not know -${name}, nor whether it takes a value.`, `-${name}=VALUE`);
    }
    given.push({ name, value: value ?? (flag?.isSwitch ? undefined : operandOf(name)) });
  }
  return { given, operands: rest };

  function operandOf(name: string): string {
    const value = rest.shift();
    if (value === undefined) throw new InputError(`-${name} needs a value.`, `-${name}=VALUE`);
    return value;
  }
}

/** As Go reads a boolean. */
function switchOf(flag: Given | undefined): boolean {
  if (!flag) return false;
  const { name, value = "true" } = flag;
  if (/^(1|t|T|true|TRUE|True)$/.test(value)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(value)) return false;
  throw new InputError(`-${name} is true or false, not ${JSON.stringify(value)}.`);
}
