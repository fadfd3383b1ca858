// The options of the command line, and what each kind of them asks for.

import { realpathSync } from "node:fs";
import { parseArgs } from "node:util";
import { profiles } from "../../policies/profiles.ts";
import type { Sought } from "../config/load.ts";
import type { Said } from "../config/settings.ts";
import { InputError } from "../input-error.ts";
import { nearest, orNearest } from "../nearest.ts";
import { type Format, formats } from "../report/formats.ts";

const optionTypes = {
  format: { type: "string", default: "pretty" },
  output: { type: "string" },
  report: { type: "string", multiple: true },
  category: { type: "string" },
  "source-url": { type: "string" },
  configuration: { type: "string" },
  config: { type: "string" },
  "config-from": { type: "string" },
  "allow-config-code": { type: "boolean", default: false },
  "no-waivers": { type: "boolean", default: false },
  "no-baseline": { type: "boolean", default: false },
  profile: { type: "string" },
  policy: { type: "string", multiple: true },
  unknown: { type: "string" },
  "outside-plan": { type: "string" },
  "not-judged": { type: "string" },
  "fail-on": { type: "string" },
  scope: { type: "string" },
  terraform: { type: "string" },
  "no-color": { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  timings: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", default: false, short: "h" },
} as const;

export type Options = ReturnType<typeof parse>["values"];

export function parse(args: string[]) {
  try {
    return parseArgs({ args, options: optionTypes, allowPositionals: true });
  } catch (error) {
    const [message = ""] = (error as Error).message.split(/\.?\s*(?:\n|\. |$)/);
    const [, name] = /^Unknown option '--([^']*)'/.exec(message) ?? [];
    const meant = name === undefined ? undefined : nearest(name, Object.keys(optionTypes));
    throw new InputError(`${message}${meant ? `; did you mean --${meant}?` : "."}`, "tlsgate --help");
  }
}

export interface Wanted {
  readonly format: Format;
  /** Standard output where there is none. */
  readonly file: string | undefined;
}

/** `--format`, `--output` and every `--report FORMAT=FILE`. */
export function reportsOf({ format, output, report = [] }: Options): Wanted[] {
  const more = report.map((one): Wanted => {
    const [name = "", file] = one.split(/=(.*)/s);
    if (!file) throw new InputError(`--report takes FORMAT=FILE, not ${JSON.stringify(one)}.`, "tlsgate --help");
    return { format: oneOf("report", name, formats), file };
  });
  return [{ format: oneOf("format", format, formats), file: output }, ...more];
}

export function formatOf({ format }: Options): "pretty" | "json" {
  return oneOf("format", format, ["pretty", "json"]);
}

export function soughtOf(options: Options): Sought {
  return {
    directory: options["config-from"] === undefined ? "." : here(),
    file: options.config,
    from: options["config-from"],
    allowCode: options["allow-config-code"],
  };
}

/** As the shell names it: only there is a link to be seen, which leads from what a commit holds. */
function here(): string {
  const { PWD } = process.env;
  try {
    return PWD && realpathSync.native(PWD) === process.cwd() ? PWD : ".";
  } catch {
    return ".";
  }
}

export function saidOf(options: Options): Said {
  return {
    profile: options.profile === undefined ? undefined : oneOf("profile", options.profile, Object.keys(profiles)),
    policies: options.policy,
    unknown: options.unknown === undefined ? undefined : oneOf("unknown", options.unknown, ["refuse", "warn"]),
    outsidePlan:
      options["outside-plan"] === undefined
        ? undefined
        : oneOf("outside-plan", options["outside-plan"], ["refuse", "warn"]),
    notJudged:
      options["not-judged"] === undefined
        ? undefined
        : oneOf("not-judged", options["not-judged"], ["refuse", "notice", "ignore"]),
    failOn: options["fail-on"] === undefined ? undefined : oneOf("fail-on", options["fail-on"], ["any", "introduced"]),
    scope: options.scope === undefined ? undefined : oneOf("scope", options.scope, ["all", "changed"]),
    noWaivers: options["no-waivers"],
    noBaseline: options["no-baseline"],
  };
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found) return found;
  throw new InputError(`--${option} takes ${allowed.join(", ")}, not ${orNearest(value, allowed)}`, "tlsgate --help");
}
