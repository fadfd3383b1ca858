// Every app of test/modules/apps can be made on each line; of aws 6, with CloudFront's certificates placed by their region.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Construct } from "constructs";
import { expect, test } from "vitest";
import { synth } from "../modules/synth.ts";

type App = (scope: Construct) => void;

const names = readdirSync("test/modules/apps").map((file) => file.replace(/\.ts$/, ""));
const exports = await Promise.all(names.map((name) => import(`../modules/apps/${name}.ts`)));
const apps = exports.flatMap((of) => Object.values<App>(of));

test("there are apps", () => {
  expect(apps.length).toBeGreaterThan(5);
});

test.each(apps.map((app) => [app.name, app] as const))("%s", (_, app) => {
  const stack = JSON.parse(readFileSync(join(synth(app), "cdk.tf.json"), "utf8"));
  const certificates = Object.values<{ region?: string; provider?: string }>(stack.resource.aws_acm_certificate ?? {});
  for (const { region, provider } of certificates) {
    expect(region).toBe("us-east-1");
    expect(provider).toBeUndefined();
  }
  expect(Object.keys(stack.resource)).toContain("aws_cloudfront_distribution");
});
