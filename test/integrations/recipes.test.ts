// The recipes of the README and of docs/: each in a shell, in a checkout that lays traps for it.

import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Checkout, checkoutOf, expectNoTrap, git, layTraps, temporaryHome } from "../support/pull-request.ts";
import { runScript } from "../support/snippet.ts";

const home = temporaryHome();

const pages = ["README.md", ...["docs", "docs/integrations", "examples"].flatMap(pagesIn)];

function pagesIn(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".md"));
  return names.map((name) => join(directory, name));
}

/** The commands of a page, without its indentation. */
const commandsOf = (page: string): string[] =>
  [...readFileSync(page, "utf8").matchAll(/^( *)```(?:sh|dockerfile)\n([\s\S]*?)^ *```/gm)].map(
    ([, indent = "", text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );

/** The commands of a page that hold a text. */
function block(page: string, holding: string): string {
  const found = commandsOf(page).filter((text) => text.includes(holding));
  expect(found, `${page}: ${holding}`).toHaveLength(1);
  return found[0] ?? "";
}

const recipes: { readonly [name: string]: string } = {
  "the README's first look": [
    block("README.md", "npm install --global"),
    block("README.md", "--output tlsgate.html"),
  ].join("\n"),
  "the README's guard of pull requests": [
    block("README.md", "npm install --global"),
    block("README.md", "git fetch origin main"),
  ].join("\n"),
  "plans of Terragrunt": block("docs/integrations/terragrunt.md", "terragrunt run --all"),
};

/** A checkout whose terraform and terragrunt have planned already. */
function planned(change: (checkout: Checkout) => void): Checkout {
  const checkout = checkoutOf(home(), { change });
  copyFileSync(join(checkout.root, "plan.json"), join(checkout.root, "tfplan"));
  mkdirSync(join(checkout.root, "plans"));
  copyFileSync(join(checkout.root, "plan.json"), join(checkout.root, "plans/site.json"));
  const project = join(checkout.home, "project.git");
  git(checkout.root, "clone", "--quiet", "--bare", ".", project);
  git(checkout.root, "remote", "add", "origin", project);
  const programs = join(checkout.home, "programs");
  mkdirSync(programs);
  for (const name of ["terraform", "terragrunt"]) {
    writeFileSync(join(programs, name), "#!/bin/sh\n");
    chmodSync(join(programs, name), 0o755);
  }
  return checkout;
}

test.each(Object.entries(recipes))("%s takes no program and no setting of the checkout", (_, script) => {
  const checkout = planned(layTraps);
  const { code, out, err } = runScript(`set -e\nPATH="${checkout.home}/programs:$PATH"\n${script}`, checkout, {
    shell: "sh",
    env: { GITHUB_STEP_SUMMARY: join(checkout.home, "summary.md"), npm_config_prefix: join(checkout.home, "global") },
  });
  expect(code, err).toBe(1);
  expect(out, err).toMatch(/refused for 7 findings|::error /);
  expectNoTrap(checkout);
});

test("the trap would catch a recipe that runs npx in the checkout", () => {
  const checkout = planned(layTraps);
  rmSync(join(checkout.root, "node_modules/tlsgate"), { recursive: true });
  runScript("npx --no-install tlsgate check tfplan", checkout, { shell: "sh", env: {} });
  expect(() => expectNoTrap(checkout)).toThrow();
});

test.each(pages)("%s installs tlsgate out of reach of the checkout, and runs no npx", (page) => {
  for (const text of commandsOf(page).flatMap((block) => block.split("\n"))) {
    // The repository's own clone, which is what the reader wants to run.
    const isOwnClone = text.startsWith("npm ci &&");
    if (!isOwnClone) expect(text).not.toMatch(/\b(npx|npm exec|pnpm dlx|yarn dlx)\b.*\btlsgate\b/);
    // With the constructs it is a library of the app.
    const isLibrary = /@cdktf|@cdktn/.test(text);
    if (/npm (i|install)\b.*\btlsgate\b/.test(text) && !isLibrary)
      expect(text).toMatch(/npm install --global --ignore-scripts tlsgate/);
  }
});
