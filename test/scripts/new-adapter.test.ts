// npm run new:adapter: what it writes is sound at once, and red until its author has thought.

import { cpSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workspace, workspace } from "./workspace.ts";

describe("npm run new:adapter", { timeout: 120_000 }, () => {
  let place: Workspace;

  beforeAll(() => {
    place = workspace("minimum-tls-1-2");
  });
  afterAll(() => place.remove());

  const newAdapter = (words: string) => place.run("tsx", "scripts/new-adapter.ts", ...words.split(" "));

  test.each(["", "aws/alb", "aws/ALB aws_lb", "aws/lb/listener aws_lb_listener", "aws/alb AWS::Listener"])(
    "refuses '%s'",
    (words) => {
      const { code, output } = newAdapter(words);
      expect(output).toContain("usage: npm run new:adapter PROVIDER/SERVICE RESOURCE_TYPE…");
      expect(code).toBe(2);
    },
  );

  test("overwrites nothing", () => {
    const { code, output } = newAdapter("aws/cloudfront aws_cloudfront_distribution");
    expect(output).toContain("src/providers/aws/cloudfront.ts");
    expect(output).toContain("exists already");
    expect(code).toBe(2);
    expect(readFileSync(place.path("src/providers/aws/cloudfront.ts"), "utf8")).not.toContain("TODO");
  });

  test("says where a provider is not known to plan offline", () => {
    expect(newAdapter("google/load-balancer google_compute_target_https_proxy")).toMatchObject({ code: 0 });
    const terraform = readFileSync(place.path("test/plans/google-load-balancer/main.tf"), "utf8");
    expect(terraform).toContain('source = "hashicorp/google"');
    expect(terraform).toContain("# TODO: arguments that let it plan offline");
  });

  describe("after it, the plan, and npm run generate", () => {
    let generated: ReturnType<Workspace["run"]>;

    beforeAll(() => {
      const types =
        "aws_cloudfront_distribution aws_globalaccelerator_listener aws_vpclattice_listener aws_lightsail_lb";
      expect(newAdapter(`aws/other-listener ${types}`)).toMatchObject({ code: 0 });
      // A plan that holds some of its resources.
      const planned = (name: string) => place.path(`test/plans/${name}/plan.json`);
      cpSync(planned("minimum-tls-1-2"), planned("aws-other-listener"));
      generated = place.run("tsx", "scripts/generate.ts");
    }, 120_000);

    test("it is in the registry", () => {
      expect(generated).toMatchObject({ code: 0 });
      const registry = readFileSync(place.path("src/providers/aws/registry.ts"), "utf8");
      expect(registry).toContain('load: () => import("./other-listener.ts")');
    });

    test("it is sound for the type checker and the linter", () => {
      const files = ["src/providers/aws/other-listener.ts", "test/providers/aws/other-listener.test.ts"];
      expect(place.complaints(...files)).toBe("");
    });

    test("its test is red for what the author has to say", () => {
      expect(place.redTests("test/providers/aws/other-listener.test.ts")).toEqual([
        "makes an endpoint of each resource",
        "reads every fact",
      ]);
    });
  });
});
