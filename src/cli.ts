// The command line: arguments in, exit code out.

import { profiles } from "../policies/profiles.ts";
import { baseline } from "./command/baseline.ts";
import { explain, listPolicies } from "./command/catalogue.ts";
import { check } from "./command/check.ts";
import { endpoints } from "./command/endpoints.ts";
import { merge } from "./command/merge.ts";
import { type Options, parse } from "./command/options.ts";
import { coverage, values } from "./command/tables.ts";
import { complain, confess, print, writeAll } from "./command/terminal.ts";
import { validate } from "./command/validate.ts";
import { startWatch, toldTimes } from "./command/watch.ts";
import { exitCode, type Verdict } from "./findings/gate.ts";
import { InputError } from "./input-error.ts";
import { orNearest } from "./nearest.ts";
import { others } from "./report/formats.ts";
import { version } from "./version.ts";

const help = `tlsgate ${version}: the plan gate for HTTPS

Usage: tlsgate COMMAND [OPTIONS] [PATH…]

Commands:
  check [PATH…]         judge plans: 0 the plan may go, 1 refused, 2 it could not be judged
  baseline [PATH…]      write today's violations down, so that check refuses new ones only
  merge REPORT…         make one report of several that check has written as JSON
  endpoints [PATH…]     show what each HTTPS endpoint of the plans will be
  validate [FILE…]      check configuration, waivers and baseline: 0 valid, 2 not
  policies              list the policies
  explain POLICY        what a policy requires, why, and how to meet it
  values [PROVIDER…]    what the names of the providers' settings mean, and the pages that say so
  coverage [PROVIDER…]  which resources are judged, by which policies, and what no plan of them shows
  modules COMMAND …     build, publish and serve a registry of Terraform modules: tlsgate modules --help
  terraform ARGS…       terraform with the gate before every apply; tofu ARGS… likewise

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
  --outside-plan ACTION  refuse or warn for what no configuration can change (default: warn; strict: refuse)
  --not-judged ACTION refuse, notice (default) or ignore resources that may serve HTTPS and are not judged
  --fail-on WHICH     refuse a plan for any violation (default), or only for an introduced one
  --scope SCOPE       all (default), or changed: tell only what a plan introduces or fixes, and refuse for nothing else
  --configuration PATH the configuration of a JSON plan: its plan file, or the directory of its .tf files
  --terraform PROGRAM what shows binary plans (default: TLSGATE_TERRAFORM, terraform, tofu)
  --no-color          no colours, as with NO_COLOR; FORCE_COLOR wants them in any case
  --quiet             print only what refuses a plan, or leaves a part of it unjudged
  --timings           say on standard error how long each phase took
  --version, --help

terraform and tofu leave all options to the program. Their gate is set by TLSGATE_PROFILE, TLSGATE_UNKNOWN,
TLSGATE_OUTSIDE_PLAN, TLSGATE_NOT_JUDGED and TLSGATE_FAIL_ON, as by the options above; TLSGATE_PARTIAL=allow judges
plans of -target by what they hold, and TLSGATE_REPORT=FILE is where the report goes as JSON. They exit with 3 when the
plan is refused.
`;

type Command = (operands: string[], options: Options) => Verdict | Promise<Verdict>;

const commands: { readonly [name: string]: Command } = {
  check,
  baseline,
  merge,
  endpoints,
  validate,
  policies: listPolicies,
  explain,
  values,
  coverage,
};

const [, self = "", ...given] = process.argv;
const [first, ...rest] = given;
if (first === "terraform" || first === "tofu") wrap(first, rest);
else {
  main(given)
    .then(
      (verdict) => {
        process.exitCode = exitCode(verdict);
      },
      (error: unknown) => {
        if (error instanceof InputError) complain(error);
        else confess(error);
        process.exitCode = exitCode("error");
      },
    )
    .then(() => {
      writeAll(2, toldTimes());
      // All is written, and nothing goes on: to take the heap apart would take its time.
      process.exit();
    });
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
  if (args[0] === "modules") return (await import("./command/modules.ts")).modules(args.slice(1));
  const { values, positionals } = parse(args);
  if (values.timings) startWatch();
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
