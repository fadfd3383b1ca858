// The policy check of Atlantis: its run step with Atlantis' variables, and what Atlantis makes of the output.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  attacks,
  type Checkout,
  checkoutOf,
  command,
  expectNoTrap,
  fakeNpm,
  layTraps,
  temporaryHome,
} from "../support/pull-request.ts";
import { evil } from "../support/snippet.ts";

const home = temporaryHome();
const config = parse(readFileSync("integrations/atlantis.yaml", "utf8"));
const [, { run }] = config.workflows.tlsgate.policy_check.steps;

/** A run step: `sh -c` in the project's directory, both streams in one; tlsgate is in the server's image. */
function check(checkout: Checkout, env: NodeJS.ProcessEnv = {}) {
  const { bin } = fakeNpm(checkout.home);
  writeFileSync(join(bin, "tlsgate"), `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`, { mode: 0o755 });
  const child = spawnSync("sh", ["-c", `exec 2>&1\n${run}`], {
    cwd: checkout.root,
    encoding: "utf8",
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: checkout.home,
      BASE_BRANCH_NAME: "main",
      PLANFILE: join(checkout.root, "default.tfplan"),
      SHOWFILE: join(checkout.root, "plan.json"),
      ...env,
    },
  });
  return { code: child.status, output: child.stdout, passes: child.status === 0 && passed(child.stdout) };
}

/** As server/events/project_command_runner.go decides on the output of a custom check, and as older versions did. */
function passed(output: string): boolean {
  const now = !(/[1-9][0-9]* failure|failures": \[/.test(output) || output.trim().startsWith("FAIL") || output === "");
  const before = !/fail/i.test(output);
  expect(now).toBe(before);
  return now;
}

test("the server decides on the workflow, and the check is shown under a name", () => {
  const [repo] = config.repos;
  expect(repo).toMatchObject({
    policy_check: true,
    custom_policy_check: true,
    workflow: "tlsgate",
    allowed_overrides: [],
  });
  expect(config.policies.policy_sets).toHaveLength(1);
});

test("a refused plan: conftest's JSON with failures, and no error, so that an owner can approve", () => {
  const { code, output, passes } = check(checkoutOf(home()));
  expect({ code, passes }).toEqual({ code: 0, passes: false });
  const [result] = JSON.parse(output);
  expect(result).toMatchObject({ namespace: "tlsgate", filename: expect.stringMatching(/plan\.json$/) });
  expect(result.failures).toHaveLength(7);
  expect(result.failures[0].msg).toMatch(/^[a-z0-9-]+: /);
});

test("a good plan", () => {
  const { code, output, passes } = check(checkoutOf(home(), { plan: "secure-website" }));
  expect({ code, passes }).toEqual({ code: 0, passes: true });
  expect(JSON.parse(output)[0]).not.toHaveProperty("failures");
});

test.each([
  ["no plan", { SHOWFILE: "/nowhere/plan.json" }],
  ["no such base", { BASE_BRANCH_NAME: "other" }],
  ["a base that is a script", { BASE_BRANCH_NAME: evil }],
  ["a plan that is a script", { SHOWFILE: evil }],
])("%s: no verdict, which is an error to Atlantis", (_, env) => {
  const checkout = checkoutOf(home());
  const { code, passes } = check(checkout, env);
  expect(passes).toBe(false);
  expect(code).toBe(2);
  expect(existsSync(join(checkout.root, "it-ran"))).toBe(false);
});

test("a tlsgate that is missing, or says nothing, is no pass", () => {
  const checkout = checkoutOf(home());
  const { bin } = fakeNpm(checkout.home);
  const silent = (text: string) => {
    writeFileSync(join(bin, "tlsgate"), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return spawnSync("sh", ["-c", run], { cwd: checkout.root, env: { PATH: `${bin}:/bin:/usr/bin`, SHOWFILE: "x" } });
  };
  for (const text of ["exit 0", "exit 1", "exit 127"]) expect(silent(text).status).toBe(2);
});

test.each(Object.entries(attacks))("a pull request that %s is refused, and nothing of it runs", (_, change) => {
  const checkout = checkoutOf(home(), { change });
  const { passes, output } = check(checkout);
  expect(passes).toBe(false);
  expect(JSON.parse(output)[0].failures).toHaveLength(7);
  expect(existsSync(checkout.trace)).toBe(false);
});

test("no program of the pull request is taken", () => {
  const checkout = checkoutOf(home(), { change: layTraps });
  expect(JSON.parse(check(checkout).output)[0].failures).toHaveLength(7);
  expectNoTrap(checkout);
});
