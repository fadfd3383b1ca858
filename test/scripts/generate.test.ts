// npm run generate: registries, the examples cut out of real Terraform, the catalogue, and --check.

import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { type Workspace, workspace } from "./workspace.ts";

describe("npm run generate", { timeout: 120_000 }, () => {
  let place: Workspace;

  const generate = (...args: string[]) => place.run("tsx", "scripts/generate.ts", ...args);
  const text = (path: string) => readFileSync(place.path(path), "utf8");

  beforeAll(() => {
    place = workspace("minimum-tls-1-2", "hsts-preload");
    expect(generate()).toMatchObject({ code: 0 });
  }, 120_000);
  afterAll(() => place.remove());

  test("cuts the first failing and the first passing resource out of a policy's Terraform", () => {
    const { fail, pass } = JSON.parse(text("policies/examples.generated.json"))["minimum-tls-1-2"];
    expect(fail).toMatch(/^resource "aws_cloudfront_distribution" "outdated" \{\n[\s\S]*TLSv1.1_2016[\s\S]*\n\}$/);
    expect(pass).toMatch(/^resource "aws_cloudfront_distribution" "modern" \{\n[\s\S]*TLSv1.2_2021[\s\S]*\n\}$/);
    const terraform = text("test/plans/minimum-tls-1-2/main.tf");
    expect(terraform).toContain(`\n${fail}\n`);
    expect(terraform).toContain(`\n${pass}\n`);
  });

  test("adds the resources that the verdict was read from", () => {
    const { fail, pass } = JSON.parse(text("policies/examples.generated.json"))["hsts-preload"];
    const resources = (hcl: string) => [...hcl.matchAll(/^resource "(.+)" "/gm)].map(([, type]) => type);
    expect(resources(fail)).toEqual(["aws_cloudfront_distribution", "aws_cloudfront_response_headers_policy"]);
    expect(resources(pass)).toEqual(["aws_cloudfront_distribution", "aws_cloudfront_response_headers_policy"]);
    expect(fail).not.toMatch(/preload += true/);
    expect(pass).toMatch(/preload += true/);
  });

  test("says which policies have no example, and does not make one up", () => {
    expect(Object.keys(JSON.parse(text("policies/examples.generated.json")))).toEqual([
      "hsts-preload",
      "minimum-tls-1-2",
    ]);
    const { code, output } = generate("--check");
    expect(output).toContain("test/plans/https-only: no main.tf with its plan.json yet");
    expect(code).toBe(1);
  });

  test("tells in the catalogue all that a policy says of itself", () => {
    const catalogue = text("policies/README.md");
    for (const { id, requires, why, fix, references, controls } of policies) {
      expect(catalogue).toContain(`[${id}](#${id})`);
      const section = catalogue.split(`\n## ${id}\n`)[1]?.split("\n## ")[0] ?? "";
      for (const words of [
        requires,
        why,
        fix,
        ...references,
        ...Object.keys(controls),
        ...Object.values(controls).flat(),
      ])
        expect(section).toContain(words);
    }
  });

  test("--check names what differs, and writes nothing", () => {
    appendFileSync(place.path("policies/registry.ts"), "// edited\n");
    rmSync(place.path("policies/README.md"));
    const { code, output } = generate("--check");
    expect(output).toContain("Not fresh: policies/registry.ts, policies/README.md\n");
    expect(code).toBe(1);
    expect(text("policies/registry.ts")).toContain("// edited");
    expect(generate().output).toContain("written policies/registry.ts");
    expect(text("policies/registry.ts")).not.toContain("// edited");
    expect(generate("--check").output).not.toContain("Not fresh");
  });
});
