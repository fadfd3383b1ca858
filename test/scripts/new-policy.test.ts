// npm run new:policy: what it writes is sound at once, and red until its author has thought.

import { cpSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { type Workspace, workspace } from "./workspace.ts";

const id = "no-renegotiation-2";

describe("npm run new:policy", { timeout: 120_000 }, () => {
  let place: Workspace;

  beforeAll(() => {
    place = workspace("minimum-tls-1-2");
  });
  afterAll(() => place.remove());

  const newPolicy = (...args: string[]) => place.run("tsx", "scripts/new-policy.ts", ...args);

  test.each(["", "TLS-1-3", "tls--1-3", "../tls", "registry", "one two"])("refuses '%s'", (words) => {
    const { code, output } = newPolicy(...words.split(" "));
    expect(output).toContain("usage: npm run new:policy ID");
    expect(code).toBe(2);
  });

  test("overwrites nothing", () => {
    const { code, output } = newPolicy("minimum-tls-1-2");
    expect(output).toContain("policies/minimum-tls-1-2.ts");
    expect(output).toContain("exists already");
    expect(code).toBe(2);
    expect(readFileSync(place.path("policies/minimum-tls-1-2.ts"), "utf8")).not.toContain("TODO");
  });

  describe("after it, the plan, and npm run generate", () => {
    let generated: ReturnType<Workspace["run"]>;

    beforeAll(() => {
      expect(newPolicy(id)).toMatchObject({ code: 0 });
      // Its Terraform is a copy but for a comment, and so would be its plan.
      const planned = (name: string) => place.path(`test/plans/${name}/plan.json`);
      cpSync(planned("minimum-tls-1-2"), planned(id));
      generated = place.run("tsx", "scripts/generate.ts");
    }, 120_000);

    test("it is in the registry and the catalogue", () => {
      expect(generated).toMatchObject({ code: 0 });
      expect(readFileSync(place.path("policies/registry.ts"), "utf8")).toContain(`./${id}.ts`);
      expect(readFileSync(place.path("policies/README.md"), "utf8")).toContain(`\n## ${id}\n`);
    });

    test("it has its place in the picture of an endpoint, as every policy has", () => {
      const marks = readFileSync(place.path("src/report/html/marks.ts"), "utf8");
      const [table = ""] = /topicsOf.*? = \{\n.*?\};/s.exec(marks) ?? [];
      const named = [...table.matchAll(/^ {2}"([\w-]+)": \[/gm)].map(([, name]) => name);
      expect(named).toEqual([...policies.map((policy) => policy.id), id].sort());
      expect(table).toContain(`"${id}": ["minimumTls"], // TODO`);
    });

    test("it is sound for the type checker and the linter", () => {
      const written = [`policies/${id}.ts`, `test/policies/${id}.test.ts`, "src/report/html/marks.ts"];
      expect(place.complaints(...written)).toBe("");
    });

    test("its test is red for what the author has to say", () => {
      expect(place.redTests(`test/policies/${id}.test.ts`)).toEqual([
        "has a case that is pass",
        "has a case that is fail",
        "judges its plan",
      ]);
    });

    test("its words are not taken for finished", () => {
      const { code, output } = place.run("tsx", "scripts/generate.ts", "--check");
      expect(output).toContain(`policies/${id}.ts: what it says of itself still holds a TODO`);
      expect(code).toBe(1);
    });
  });
});
