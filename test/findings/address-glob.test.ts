// Globs over Terraform addresses.

import { expect, test } from "vitest";
import { addressMatcher, isTooWide, withoutKey } from "../../src/findings/address-glob.ts";
import { random } from "../support/random.ts";

test.each([
  ["aws_lb_listener.front", "aws_lb_listener.front", true],
  ["aws_lb_listener.front", "aws_lb_listener.front2", false],
  ["aws_lb_listener.front", "module.a.aws_lb_listener.front", false],
  ["aws_lb_listener.front", 'aws_lb_listener.front["eu"]', true],
  ["aws_lb_listener.front", "aws_lb_listener.front[0]", true],
  ["aws_lb_listener.front[*]", "aws_lb_listener.front[12]", true],
  ["aws_lb_listener.front[*]", 'aws_lb_listener.front["a.b"]', true],
  ["aws_lb_listener.front[*]", "aws_lb_listener.front", false],
  ['aws_lb_listener.front["eu-*"]', 'aws_lb_listener.front["eu-west-1"]', true],
  ['aws_lb_listener.front["eu-*"]', 'aws_lb_listener.front["us-east-1"]', false],
  ['aws_lb_listener.front["*.example.com"]', 'aws_lb_listener.front["www.a.example.com"]', true],
  ['aws_lb_listener.front["*"]', 'aws_lb_listener.front["a\\"b"]', true],
  ["aws_lb_listener.front*", "aws_lb_listener.frontend", true],
  ["aws_lb_listener.*", "aws_lb_listener.front", true],
  ["aws_lb_*.front", "aws_lb_listener.front", true],
  ["aws_lb_*.front", "aws_lb.listener.front", false],
  ["module.cdn.**", "module.cdn.aws_lb.a", true],
  ["module.cdn.**", 'module.cdn.module.b["x"].aws_lb.a[0]', true],
  ["module.cdn.**", "module.cdn2.aws_lb.a", false],
  ["module.cdn", "module.cdn.aws_lb.a", false],
  ['module.cdn["eu"].**', 'module.cdn["eu"].aws_lb.a', true],
  ['module.cdn["eu"].**', 'module.cdn["us"].aws_lb.a', false],
  ["module.cdn[*].**", 'module.cdn["us"].aws_lb.a', true],
  ["**.aws_lb.a", "module.cdn.aws_lb.a", true],
  ["a.b", "axb", false],
  ["a.(b|c)+", "a.b", false],
])("%s, %s: %s", (glob, address, isMeant) => expect(addressMatcher(glob)(address)).toBe(isMeant));

test.each([
  ["** between letters", `**${"a**".repeat(12)}b`, `aws_lb.x["${"a".repeat(20_000)}"]`, false],
  ["** between letters", `**${"a**".repeat(12)}`, `aws_lb.x["${"a".repeat(20_000)}"]`, true],
  ["* in a key", `["${"a*".repeat(30)}b"]`, `["${"a".repeat(20_000)}"]`, false],
  ["many strings", `**${'"*"'.repeat(40)}x`, '"'.repeat(4_000), false],
  ["many asterisks", `${"*".repeat(5_001)}x`, "a".repeat(5_000), false],
  ["many keys", "**[*]x", '["'.repeat(20_000), false],
])("a glob with many ways through a long address comes to an end: %s", (_, glob, address, isMeant) => {
  expect(addressMatcher(glob)(address)).toBe(isMeant);
});

test("an unclosed string in a glob is read once", () => {
  const unclosed = String.raw`\"`.repeat(100_000);
  expect(addressMatcher(`"${unclosed}`)(`"${unclosed}`)).toBe(true);
  expect(isTooWide(`module.*.${unclosed}`)).toBe(false);
});

test("random globs match what a regular expression of the same meaning does", () => {
  const { pick, number, chance } = random(1);
  const text = (parts: readonly string[]) => Array.from({ length: number(8) }, () => pick(parts)).join("");
  const plain = ["a", "b", ".", '"', "\\", "[", "]", "0", '["', '"]', "\n"];
  const matched = { true: 0, false: 0 };
  for (let index = 0; index < 5_000; index++) {
    const glob = text([...plain, "*", "**", "[*]"]);
    const filled = glob.replace(/\[\*\]|\*+/g, () => pick(["", "a", "[0]", '["a"]', "a.b", '\\"']));
    const address = chance(0.5) ? text([...plain, "*"]) : filled + pick(["", "[0]", '["a"]']);
    const expected = asRegularExpression(glob).test(address);
    expect(addressMatcher(glob)(address), JSON.stringify([glob, address])).toBe(expected);
    matched[`${expected}`]++;
  }
  expect(matched.true).toBeGreaterThan(1_000);
  expect(matched.false).toBeGreaterThan(1_000);
});

const anyKey = String.raw`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`;

/** Can take a time that grows by powers: for short texts alone. */
function asRegularExpression(glob: string): RegExp {
  const literal = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const pattern = glob.replace(/"(?:[^"\\]|\\.)*"|\*\*|\[\*\]|\*|[^*"[]+|./gs, (part) => {
    if (part === "**") return ".*";
    if (part === "[*]") return anyKey;
    if (part === "*") return String.raw`[^.[\]"]*`;
    return part.split("*").map(literal).join(String.raw`(?:[^"\\]|\\.)*`);
  });
  return new RegExp(`^${pattern}(?:${anyKey})?$`, "s");
}

test.each([
  ["aws_lb.a", "aws_lb.a"],
  ["aws_lb.a[0]", "aws_lb.a"],
  ['module.b["x"].aws_lb.a["y[0]"]', 'module.b["x"].aws_lb.a'],
  ['aws_lb.a["]"]', "aws_lb.a"],
  ['aws_lb.a["x\\"]"]', "aws_lb.a"],
  ["a]", "a]"],
])("%s is of %s", (address, resource) => expect(withoutKey(address)).toBe(resource));

test.each([
  ["**", true],
  ["*", true],
  ["*.*", true],
  ["aws_lb_listener.*", true],
  ["aws_*.front", true],
  ["module.*.**", true],
  ["module.c*.**", true],
  ["module.**", true],
  ["module.*.module.*.**", true],
  ["module.*.aws_lb.*", true],
  ["module.*.aws_lb.front", false],
  ["module.*.module.cdn.**", false],
  ['module.cdn["*"].**', false],
  ['module.*["a.b"].**', true],
  ["", true],
  ["module.cdn.**", false],
  ["aws_lb_listener.front", false],
  ["aws_lb_listener.front[*]", false],
  ["**.aws_lb_listener.front", false],
])("%s is too wide: %s", (glob, isWide) => expect(isTooWide(glob)).toBe(isWide));
