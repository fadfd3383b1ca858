// The gate around terraform: plan, judge, ask, and apply the very plan that was judged.

import { copyFileSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { writeTo } from "../command/terminal.ts";
import { InputError } from "../input-error.ts";
import { colored, plain, type Screen } from "../report/style.ts";
import { complaint, confession } from "../trouble.ts";
import { answer, cancelled, prompt, question } from "./approval.ts";
import { type Environment, type Gated, route } from "./arguments.ts";
import { type Place, placeOf } from "./place.ts";
import { privateDirectory } from "./private-directory.ts";
import { codeOf, isSignal, type Steps, steps } from "./processes.ts";
import { deeper, findProgram, type ProgramName } from "./program.ts";

export interface Call {
  readonly name: ProgramName;
  readonly args: readonly string[];
  /** The script that runs, which must not be taken for terraform. */
  readonly self: string;
  readonly environment: Environment;
}

/** Exit codes of the gate itself, and with each of them nothing was applied; all others are terraform's. */
export const notApproved = 1;
export const noVerdict = 2;
export const refused = 3;

/** `tlsgate terraform ARGS…`; resolves to the exit code. */
export async function runGate({ name, args, self, environment }: Call): Promise<number> {
  // A reader that went away is no reason to leave an apply half done.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    const asked = route(args, environment);
    const merges = asked.kind === "passed on" && asked.merges;
    const handed = deeper(merges ? environment : withoutArguments(environment));
    const program = findProgram(name, self, environment);
    const terraform = steps(program, handed);
    if (asked.kind === "passed on") return (await terraform.run(asked.args)).code;
    return await inPrivate((planFile) =>
      gate({ asked, terraform, product: productOf(program), environment: handed, planFile }),
    );
  } catch (error) {
    if (isSignal(error)) {
      say(`tlsgate: Interrupted by ${error}, so nothing was applied.\n`);
      return codeOf(error);
    }
    const isMendable = error instanceof InputError;
    say(isMendable ? complaint(error) : confession(error, `Node ${process.version}, ${process.platform}`));
    return noVerdict;
  }
}

const productOf = (program: string): string => (/^tofu\b/.test(basename(program)) ? "OpenTofu" : "Terraform");

/** What TF_CLI_ARGS holds was read already; no step of the gate may get it a second time. */
const withoutArguments = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^TF_CLI_ARGS(_|$)/i.test(name)));

const say = (text: string): void => writeTo(process.stderr, text);

async function inPrivate(work: (planFile: string) => Promise<number>): Promise<number> {
  const directory = privateDirectory();
  try {
    return await work(join(directory.path, "plan"));
  } finally {
    directory.remove();
  }
}

// --- one apply

interface Job {
  readonly asked: Gated;
  readonly terraform: Steps;
  /** As it calls itself. */
  readonly product: string;
  readonly environment: Environment;
  /** Where the plan is, out of anybody's reach. */
  readonly planFile: string;
}

async function gate(job: Job): Promise<number> {
  const { asked, terraform, environment, planFile } = job;
  const { judge, rulesOf } = await import("./judge.ts");
  const { told, writeReport, writeUnjudged } = await import("./tell.ts");
  // Mistakes in these are told before a plan is made, which takes its time.
  const rules = await rulesOf(environment, asked.directory);
  const place = placeOf(asked.directory, asked.planFile, environment);
  writeUnjudged(place);

  const planned = asked.planFile === undefined ? await makePlan(job) : takePlan(job, asked.planFile);
  if (planned.code !== 0) return planned.code;
  const toBeJudged = readPlan(planFile);
  const shown = {
    path: place.name,
    planFile: toBeJudged,
    json: await showPlan(job),
    isPartial: asked.planFlags.some(leavesOut),
  };
  const report = await judge(shown, rules, asked.directory);
  writeReport(report, place);
  const output = asked.json ? process.stderr : process.stdout;
  const screen = screenOf(output, asked, environment);
  writeTo(output, told(report, place, screen));
  if (report.verdict !== "pass") return refused;

  if (planned.asks && !(await isApproved(job, place, screen))) return notApproved;
  // A signal that came while this process was busy is heard of only now.
  await new Promise(setImmediate);
  terraform.interruption.throwIfAborted();
  if (!readPlan(planFile).equals(toBeJudged)) {
    throw new InputError("The plan was changed after it was judged, so nothing was applied.");
  }
  const takesVariables = asked.planFile !== undefined || asksVariablesAnew(report.plans[0]?.terraformVersion);
  const flags = [...asked.applyFlags, ...(takesVariables ? asked.variables : [])];
  return (await terraform.run([...globalsOf(asked), "apply", ...flags, planFile])).code;
}

const leavesOut = (flag: string): boolean => /^--?(target|exclude|include)(-file)?(=|$)/.test(flag);

const globalsOf = ({ directory }: Gated): string[] => (directory === "." ? [] : [`-chdir=${directory}`]);

interface Planned {
  /** 0, or what the gate ends with. */
  readonly code: number;
  readonly asks: boolean;
}

async function makePlan({ asked, terraform, environment, planFile }: Job): Promise<Planned> {
  const { code, signal } = await terraform.run(
    // Our -out stands first, where no flag can swallow it.
    [...globalsOf(asked), "plan", `-out=${planFile}`, "-detailed-exitcode", ...asked.planFlags, ...asked.variables],
    // Else it advises to apply a file that will be gone.
    { ...environment, TF_IN_AUTOMATION: environment.TF_IN_AUTOMATION || "1" },
  );
  // With -detailed-exitcode: 0 there is nothing to do, 2 there is.
  if (signal === null && (code === 0 || code === 2)) {
    terraform.interruption.throwIfAborted();
    return { code: 0, asks: code === 2 && !asked.autoApprove };
  }
  const ended = signal === null ? `with code ${code}` : `by ${signal}`;
  // It leaves a plan file even then.
  say(`tlsgate: terraform plan ended ${ended}, so nothing was judged and nothing was applied.\n`);
  return { code, asks: false };
}

/** A copy is judged and applied, so that nobody can change it in between. Terraform asks nobody about a plan file. */
function takePlan({ asked, planFile }: Job, given: string): Planned {
  const path = resolve(asked.directory, given);
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
      throw new InputError(`The plan ${given} is not a file.`, "terraform plan -out=PLANFILE");
    }
    copyFileSync(path, planFile);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`The plan ${given} could not be copied (${code}).`, "terraform plan -out=PLANFILE");
  }
  return { code: 0, asks: false };
}

function readPlan(planFile: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(planFile);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`terraform plan left no plan that could be read (${code}), so nothing was applied.`);
  }
  // The cloud block makes the plan of HCP Terraform, of which this is only the address.
  if (bytes.subarray(0, 1024).includes('"remote_plan_format"')) {
    throw new InputError(
      "HCP Terraform made this plan and keeps it, so it cannot be judged and applied from here.",
      "judge it there by a run task, or by tlsgate check in CI",
    );
  }
  return bytes;
}

/** The JSON holds what the plan holds, secrets too: it stays in memory. */
async function showPlan({ asked, terraform, planFile }: Job): Promise<Buffer> {
  const { code, output } = await terraform.read([...globalsOf(asked), "show", "-json", planFile]);
  terraform.interruption.throwIfAborted();
  if (code === 0) return output;
  throw new InputError(`terraform show ended with code ${code}, so nothing was judged and nothing was applied.`);
}

async function isApproved(
  { asked, terraform, product }: Job,
  { workspace }: Place,
  { style }: Screen,
): Promise<boolean> {
  writeTo(process.stdout, prompt(question(asked.mode, workspace, product), style.bold));
  const line = await answer(terraform.interruption);
  writeTo(process.stdout, "\n");
  terraform.interruption.throwIfAborted();
  if (line?.trimEnd() === "yes") return true;
  if (line !== undefined) writeTo(process.stdout, cancelled(asked.mode));
  else say("tlsgate: Standard input ended without an answer, so nothing was applied.\n");
  return false;
}

/** Since 1.10, ephemeral variables must be given to the apply again; before, none may be given. */
function asksVariablesAnew(terraformVersion: string | null | undefined): boolean {
  const [major = 0, minor = 0] = (terraformVersion ?? "").split(".").map(Number);
  return major > 1 || (major === 1 && minor >= 10);
}

function screenOf(output: NodeJS.WriteStream, { color }: Gated, environment: Environment): Screen {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM, COLUMNS } = environment;
  const off = !color || NO_COLOR !== "" || FORCE_COLOR === "0" || FORCE_COLOR === "false";
  const wanted = FORCE_COLOR !== "" || (TERM !== "dumb" && output.isTTY);
  return { style: !off && wanted ? colored : plain, width: Math.max(40, Number(COLUMNS) || 100) };
}
