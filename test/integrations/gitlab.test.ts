// The template for GitLab CI: what it says as YAML, and its script in a shell with GitLab's variables.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseXml } from "@rgrove/parse-xml";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  attacks,
  type Checkout,
  checkoutOf,
  expectNoTrap,
  git,
  layTraps,
  linkedCheckout,
  putPlan,
  temporaryHome,
  writeFiles,
} from "../support/pull-request.ts";
import { evil, type Ran, runScript } from "../support/snippet.ts";

const home = temporaryHome();
const template = parse(readFileSync("integrations/gitlab-ci.yml", "utf8"));
const { tlsgate: job } = template;

/** A checkout of GitLab's runner: detached, without any other branch, and with the project as its origin. */
function gate(checkout: Checkout, env: NodeJS.ProcessEnv = {}): Ran {
  const project = join(checkout.home, "project.git");
  git(checkout.root, "clone", "--quiet", "--bare", ".", project);
  git(checkout.root, "remote", "add", "origin", project);
  git(checkout.root, "update-ref", "-d", "refs/remotes/origin/main");
  git(checkout.root, "checkout", "--quiet", "--detach");
  git(checkout.root, "branch", "--quiet", "-D", "main", "change");
  return runScript(job.script.join("\n"), checkout, {
    shell: "sh",
    env: {
      ...job.variables,
      CI_PROJECT_DIR: checkout.root,
      CI_DEFAULT_BRANCH: "main",
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      ...env,
    },
  });
}

test("declares the reports that its script writes", () => {
  expect(Object.keys(template)).toEqual(["tlsgate"]);
  expect(job.artifacts).toMatchObject({ when: "always", paths: ["tlsgate-reports/"] });
  for (const path of Object.values(job.artifacts.reports)) expect(job.script.join()).toContain(`/${path}"`);
  expect(Object.keys(job.artifacts.reports)).toEqual(["codequality", "junit"]);
});

test("refuses, with a code quality report and a JUnit report", () => {
  const checkout = checkoutOf(home());
  const { code, out } = gate(checkout);
  expect(code).toBe(1);
  expect(out).toContain("refused for 7 findings");
  const read = (path: string) => readFileSync(join(checkout.root, path), "utf8");
  const issues = JSON.parse(read(job.artifacts.reports.codequality));
  expect(issues).toHaveLength(8);
  expect(issues[0]).toMatchObject({ check_name: "https-only", location: { path: "main.tf", lines: { begin: 60 } } });
  expect(parseXml(read(job.artifacts.reports.junit)).root?.name).toBe("testsuites");
  expect(JSON.parse(read("tlsgate-reports/tlsgate.json")).verdict).toBe("refused");
});

test("lets a good plan go, and says by the code what could not be judged", () => {
  expect(gate(checkoutOf(home(), { plan: "secure-website" })).code).toBe(0);
});

test("without a plan, there is no verdict", () => {
  const { code, err } = gate(checkoutOf(home()), { TLSGATE_PLAN: "nowhere.json" });
  expect(code).toBe(2);
  expect(err).toContain("nowhere.json");
});

test("in a directory of the repository, paths are from its root", () => {
  const checkout = checkoutOf(home());
  putPlan(checkout.root, "insecure-website", "infra/plan.json");
  expect(gate(checkout, { TLSGATE_DIRECTORY: "infra" }).code).toBe(1);
  expect(readFileSync(join(checkout.root, job.artifacts.reports.codequality), "utf8")).toContain('"infra/main.tf"');
});

test("on the default branch, its own configuration is read", () => {
  const { code } = gate(checkoutOf(home()), { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: undefined });
  expect(code).toBe(1);
});

test.each(Object.entries(attacks))("a merge request that %s is refused, and nothing of it runs", (_, change) => {
  const checkout = checkoutOf(home(), { change });
  const { code, out } = gate(checkout);
  expect(code).toBe(1);
  expect(out).toContain("refused for 7 findings");
  expect(existsSync(checkout.trace)).toBe(false);
});

test.each(["", "the checkout"])(
  "no program and no setting of the merge request is taken, with %j as the home",
  (at) => {
    const change = (checkout: Checkout) => {
      layTraps(checkout);
      writeFiles(checkout.root, {
        "tlsgate-reports/code-quality.json": "[]",
        "tlsgate-reports/of-the-change.html": "",
      });
    };
    const checkout = checkoutOf(home(), { change });
    expect(gate(checkout, at ? { HOME: checkout.root } : {}).code).toBe(1);
    expect(readFileSync(join(checkout.home, "npm.log"), "utf8")).toMatch(new RegExp(`^${checkout.home}/temp/tmp\\.`));
    expectNoTrap(checkout);
    expect(existsSync(join(checkout.root, "tlsgate-reports/of-the-change.html"))).toBe(false);
  },
);

test("a merge request that lays a link to another directory is no verdict", () => {
  const checkout = linkedCheckout(home());
  const { code, err } = gate(checkout, { TLSGATE_DIRECTORY: "infra" });
  expect(code).toBe(2);
  expect(err).toContain("infra is reached through a symbolic link");
});

test.each(["TLSGATE_DIRECTORY", "TLSGATE_PLAN", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"])("%s is never run", (name) => {
  const checkout = checkoutOf(home());
  expect(gate(checkout, { [name]: evil }).code).toBeGreaterThan(1);
  for (const at of [checkout.root, checkout.home]) expect(existsSync(join(at, "it-ran"))).toBe(false);
});

test("a project in a directory with a name that shells stumble over", () => {
  const strange = join(home(), "a $(id) b");
  mkdirSync(strange);
  expect(gate(checkoutOf(strange)).code).toBe(1);
});
