// The name that was meant.

import { expect, test } from "vitest";
import { nearest } from "../src/nearest.ts";

const names = ["check", "endpoints", "policies", "explain", "minimum-tls-1-2", "hsts-enabled", "hsts-preload"];

test.each([
  ["chekc", "check"],
  ["chck", "check"],
  ["endpoint", "endpoints"],
  ["polices", "policies"],
  ["minimum-tls", "minimum-tls-1-2"],
  ["minimum-tls-1.2", "minimum-tls-1-2"],
  ["minimun-tsl-1-2", "minimum-tls-1-2"],
  ["hsts-prelod", "hsts-preload"],
])("%s means %s", (name, meant) => expect(nearest(name, names)).toBe(meant));

test.each(["", "deploy-to-production", "xyz", "-"])("%j means nothing", (name) => {
  expect(nearest(name, names)).toBeUndefined();
});

test("there is nothing to mean where nothing exists", () => expect(nearest("check", [])).toBeUndefined());
