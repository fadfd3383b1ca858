// As much of GitHub's runner as a composite action needs: expressions, steps in bash, outputs, and workflow commands.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

export interface Action {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default?: string } };
  readonly outputs: { readonly [name: string]: { readonly description: string; readonly value: string } };
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: { readonly [name: string]: string };
}

export const action = parse(readFileSync("action.yml", "utf8")) as Action;

export interface Run {
  /** Exit code of the step that failed, or 0. */
  readonly code: number;
  readonly log: string;
  readonly outputs: { readonly [name: string]: string };
  readonly summary: string;
  readonly temporary: string;
}

type Context = { readonly [name: string]: unknown };

/** `a.b || c.d`, which is all that the action uses: https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions */
function evaluated(text: string, context: Context): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const values = expression.split("||").map((path) =>
      path
        .trim()
        .split(".")
        .reduce<unknown>((value, name) => (value as Context | undefined)?.[name], context),
    );
    return String(values.find(Boolean) ?? "");
  });
}

/** `name=value` a line: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-output-parameter */
const outputsOf = (text: string) =>
  Object.fromEntries(
    text
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );

export function runAction(
  workspace: string,
  home: string,
  {
    inputs = {},
    github = {},
    env = {},
  }: {
    readonly inputs?: { readonly [name: string]: string };
    readonly github?: Context;
    readonly env?: NodeJS.ProcessEnv;
  },
): Run {
  const temporary = join(home, "temp");
  mkdirSync(temporary, { recursive: true });
  const root = {
    github: { server_url: "https://github.com", repository: "OWNER/REPO", sha: "0".repeat(40), ...github },
  };
  const given = Object.fromEntries(
    Object.entries(action.inputs).map(([name, one]) => [name, inputs[name] ?? evaluated(one.default ?? "", root)]),
  );
  const steps: { [id: string]: { readonly outputs: { readonly [name: string]: string } } } = {};
  const summaries: string[] = [];
  let log = "";
  let code = 0;
  for (const [index, step] of action.runs.steps.entries()) {
    const file = (name: string) => join(temporary, `_${index}_${name}`);
    for (const name of ["output", "summary"]) writeFileSync(file(name), "");
    writeFileSync(file("script.sh"), step.run);
    const context = { ...root, inputs: given, steps };
    const child = spawnSync("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", file("script.sh")], {
      cwd: workspace,
      // Both streams are one log.
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        HOME: home,
        GITHUB_ACTIONS: "true",
        GITHUB_ACTION_PATH: resolve("."),
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: file("output"),
        GITHUB_STEP_SUMMARY: file("summary"),
        GITHUB_EVENT_NAME: "pull_request",
        RUNNER_TEMP: temporary,
        ...env,
        ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluated(text, context)])),
      },
    });
    log += child.stdout + child.stderr;
    if (step.id) steps[step.id] = { outputs: outputsOf(readFileSync(file("output"), "utf8")) };
    if (existsSync(file("summary"))) summaries.push(readFileSync(file("summary"), "utf8"));
    code = child.status ?? 255;
    if (code !== 0) break;
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, evaluated(value, { ...root, steps })]),
  );
  return { code, log, outputs, summary: summaries.join(""), temporary };
}

/** The commands that the runner obeys in a log, in order; https://github.com/actions/runner, ActionCommandManager.cs. */
export function commandsIn(log: string): string[] {
  const found: string[] = [];
  let token = "";
  for (const line of log.split(/\r\n|\r|\n/)) {
    const [, command = ""] = /^\s*::([^\s:]+)(?: .*?)?::/.exec(line) ?? [];
    const old = /##\[([^\]]+)\]/.exec(line)?.[1];
    if (token !== "") {
      if (command === token || old === token) token = "";
      continue;
    }
    const name = command || old;
    if (!name) continue;
    found.push(name);
    if (name === "stop-commands") token = line.split("::").at(2) ?? "";
  }
  return found;
}
