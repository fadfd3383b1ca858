// The pages of docs/integrations: what they tell people to copy is YAML, and names what there is.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { action } from "../support/runner.ts";

const directory = "docs/integrations";
const pages = readdirSync(directory);
const read = (page: string): string => readFileSync(join(directory, page), "utf8");
const yamlOf = (page: string): string[] =>
  [...read(page).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

test.each(pages)("%s: its YAML can be read, and its links lead somewhere", (page) => {
  for (const text of yamlOf(page)) expect(() => parse(text)).not.toThrow();
  for (const [, target = ""] of read(page).matchAll(/\]\((?!https:)([^)#]+)/g))
    expect(existsSync(join(directory, target)), target).toBe(true);
});

test.each(pages.filter((page) => page !== "terragrunt.md" && page !== "pre-commit.md"))(
  "%s: says what to copy, what it does, needs, and trusts",
  (page) => {
    const titles = [...read(page).matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    for (const title of ["What to copy", "What it does", "How it is trusted"]) expect(titles).toContain(title);
  },
);

test("the workflow gives the action what it takes, and reads what it gives", () => {
  const [workflow = ""] = yamlOf("github.md");
  const { steps } = parse(workflow).jobs.tlsgate;
  const gate = steps.find(({ id }: { id?: string }) => id === "tlsgate");
  expect(gate.uses).toMatch(/^OWNER\/tlsgate@/);
  for (const input of Object.keys(gate.with)) expect(action.inputs).toHaveProperty(input);
  const outputs = [...workflow.matchAll(/steps\.tlsgate\.outputs\.([\w-]+)/g)].map(([, name = ""]) => name);
  expect(new Set(outputs)).toEqual(new Set(["sarif", "comment"]));
  for (const output of outputs) expect(action.outputs).toHaveProperty(output);
  for (const { run = "" } of steps) expect(run).not.toContain("${{");
});

test("the hooks that the page names are there", () => {
  const ids = parse(readFileSync(".pre-commit-hooks.yaml", "utf8")).map(({ id }: { id: string }) => id);
  for (const id of ids) expect(read("pre-commit.md")).toContain(`| \`${id}\` |`);
});
