// The tests of the constructs run on the packages of their line indeed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { synth } from "../modules/synth.ts";
import { type Line, lines, packageOf } from "../support/lines.ts";

const line = process.env.TLSGATE_LINE as Line;
const { cdktf, provider } = lines[line];

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));

test(`a stack is made by the packages of ${line}`, () => {
  const stack = readJson(
    synth(() => {}),
    "cdk.tf.json",
  );
  expect(stack["//"].metadata.version).toBe(readJson(packageOf(line, cdktf), "package.json").version);
  const bindings = readJson(packageOf(line, provider), "package.json");
  expect(stack.terraform.required_providers.aws.version).toBe(bindings.cdktf.provider.version);
});
