// The stage for Jenkins: its sh step, taken out of the Jenkinsfile, in a shell with Jenkins' variables.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  attacks,
  type Checkout,
  checkoutOf,
  expectNoTrap,
  layTraps,
  linkedCheckout,
  temporaryHome,
} from "../support/pull-request.ts";
import { evil, type Ran, runScript } from "../support/snippet.ts";

const home = temporaryHome();
const text = readFileSync("integrations/Jenkinsfile", "utf8");
const environment = Object.fromEntries(
  [...text.matchAll(/^ +(TLSGATE_\w+) = '(.*)'$/gm)].map((found) => found.slice(1)),
);

/** What Groovy makes of `'''…'''`: a backslash at the end of a line is its own, and joins it with the next. */
const script = (/\bsh '''\n([\s\S]*?)'''/.exec(text)?.[1] ?? "").replaceAll("\\\n", "");

const gate = (checkout: Checkout, env: NodeJS.ProcessEnv = {}): Ran =>
  runScript(script, checkout, {
    shell: "sh",
    env: { ...environment, WORKSPACE: checkout.root, CHANGE_TARGET: "main", ...env },
  });

test("there is one script, in single quotes, and its reports are picked up", () => {
  expect(text.match(/\bsh\b/g)).toHaveLength(1);
  expect(Object.keys(environment)).toEqual([
    "TLSGATE_VERSION",
    "TLSGATE_DIRECTORY",
    "TLSGATE_PLAN",
    "TLSGATE_CONFIGURATION",
  ]);
  expect(script).not.toMatch(/\\/);
  for (const [, path = ""] of text.matchAll(/(?:testResults|pattern): '([^']+)'/g))
    expect(script).toContain(`/${path}"`);
  for (const [open, close] of ["{}", "()"]) expect(text.split(open ?? "").length).toBe(text.split(close ?? "").length);
});

test("refuses, with reports", () => {
  const checkout = checkoutOf(home());
  const { code, out } = gate(checkout);
  expect(code).toBe(1);
  expect(out).toContain("refused for 7 findings");
  for (const file of ["junit.xml", "tlsgate.sarif", "tlsgate.html", "tlsgate.json"])
    expect(existsSync(join(checkout.root, "tlsgate-reports", file))).toBe(true);
});

test("lets a good plan go", () => {
  expect(gate(checkoutOf(home(), { plan: "secure-website" })).code).toBe(0);
});

test("a build of a branch reads the branch's own configuration", () => {
  expect(gate(checkoutOf(home(), { change: attacks["adds waivers"] }), { CHANGE_TARGET: undefined }).code).toBe(0);
});

test("a pull request without a target in the checkout is no verdict", () => {
  expect(gate(checkoutOf(home()), { CHANGE_TARGET: "other" }).code).toBe(2);
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

test.each([...Object.keys(environment), "CHANGE_TARGET"])("%s is never run", (name) => {
  const checkout = checkoutOf(home());
  expect(gate(checkout, { [name]: evil }).code).not.toBe(0);
  for (const at of [checkout.root, checkout.home]) expect(existsSync(join(at, "it-ran"))).toBe(false);
});
