// The steps for Azure Pipelines: what they say as YAML, and their script in bash with Azure's variables.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  attacks,
  type Checkout,
  checkoutOf,
  expectNoTrap,
  layTraps,
  linkedCheckout,
  putPlan,
  temporaryHome,
} from "../support/pull-request.ts";
import { evil, type Ran, runScript } from "../support/snippet.ts";

const home = temporaryHome();
const { parameters, steps } = parse(readFileSync("integrations/azure-pipelines.yml", "utf8"));
const [judge, ...published] = steps;

const defaults = Object.fromEntries(
  Object.entries(judge.env as { [name: string]: string }).map(([variable, text]) => {
    const [, name] = /^\$\{\{ parameters\.(\w+) \}\}$/.exec(text) ?? [];
    return [variable, parameters.find((one: { name: string }) => one.name === name).default];
  }),
);

const gate = (checkout: Checkout, env: NodeJS.ProcessEnv = {}): Ran =>
  runScript(judge.bash, checkout, {
    shell: "bash",
    env: {
      ...defaults,
      AGENT_TEMPDIRECTORY: join(checkout.home, "temp"),
      BUILD_SOURCESDIRECTORY: checkout.root,
      BUILD_REASON: "PullRequest",
      SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
      ...env,
    },
  });

test("parameters and macros reach the script through the environment only", () => {
  expect(judge.bash).not.toMatch(/\$\{\{|\$\([A-Za-z]+\.[A-Za-z.]+\)|\$\[/);
  expect(published.map((step: { condition: string }) => step.condition)).toEqual(Array(2).fill("succeededOrFailed()"));
});

test("refuses, with issues at their lines and reports to publish", () => {
  const checkout = checkoutOf(home());
  const { code, out } = gate(checkout);
  expect(code).toBe(1);
  expect(out).toMatch(/^##vso\[task\.logissue type=error;sourcepath=main\.tf;linenumber=60;/);
  expect(out).toContain("##vso[task.complete result=Failed;]");
  for (const file of ["junit.xml", "tlsgate.html", "tlsgate.json"])
    expect(existsSync(join(checkout.home, "temp/tlsgate-reports", file))).toBe(true);
});

test("lets a good plan go", () => {
  const { code, out } = gate(checkoutOf(home(), { plan: "secure-website" }));
  expect(code).toBe(0);
  expect(out).toContain("##vso[task.complete result=Succeeded;]");
});

test("a build of a branch, and a target that GitHub names without refs/heads", () => {
  const checkout = checkoutOf(home());
  expect(gate(checkout, { BUILD_REASON: "IndividualCI", SYSTEM_PULLREQUEST_TARGETBRANCH: undefined }).code).toBe(1);
});

test("a directory of the repository", () => {
  const checkout = checkoutOf(home());
  putPlan(checkout.root, "insecure-website", "infra/plan.json");
  const { code, out } = gate(checkout, { TLSGATE_DIRECTORY: "infra", SYSTEM_PULLREQUEST_TARGETBRANCH: "main" });
  expect(code).toBe(1);
  expect(out).toContain("sourcepath=infra/main.tf;");
});

test("a pull request without a target in the checkout is no verdict", () => {
  const { code, err } = gate(checkoutOf(home()), { SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/other" });
  expect(code).toBe(2);
  expect(err).toContain("There is no commit");
});

test.each(Object.entries(attacks))("a pull request that %s is refused, and nothing of it runs", (_, change) => {
  const checkout = checkoutOf(home(), { change });
  const { code, out } = gate(checkout);
  expect(code).toBe(1);
  expect(out).toContain("refused for 7 findings");
  expect(existsSync(checkout.trace)).toBe(false);
});

test.each(["", "the checkout"])("no program and no setting of the pull request is taken, with %j as the home", (at) => {
  const checkout = checkoutOf(home(), { change: layTraps });
  expect(gate(checkout, at ? { HOME: checkout.root } : {}).code).toBe(1);
  expectNoTrap(checkout);
});

test("a pull request that lays a link to another directory is no verdict", () => {
  const checkout = linkedCheckout(home());
  const { code, err } = gate(checkout, { TLSGATE_DIRECTORY: "infra" });
  expect(code).toBe(2);
  expect(err).toContain("infra is reached through a symbolic link");
});

test.each([...Object.keys(defaults), "SYSTEM_PULLREQUEST_TARGETBRANCH"])("%s is never run", (name) => {
  const checkout = checkoutOf(home());
  const { code } = gate(checkout, { [name]: evil });
  expect(code).not.toBe(0);
  for (const at of [checkout.root, checkout.home]) expect(existsSync(join(at, "it-ran"))).toBe(false);
});
