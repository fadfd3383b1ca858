// Text from a plan is harmless once it is printed.

import { describe, expect, test } from "vitest";
import { onOneLine, printable, wellFormed } from "../../src/report/printable.ts";

const harmful: readonly (readonly [about: string, text: string, shown: string])[] = [
  ["a colour", "\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"],
  ["a terminal's title", "\u001b]0;pass\u0007", "\\u001b]0;pass\\u0007"],
  ["a line that is written over", "fail\rpass", "fail\\u000dpass"],
  ["a character that is taken back", "fail\b\b\b\bpass", "fail\\u0008\\u0008\\u0008\\u0008pass"],
  ["NUL", "\u0000", "\\u0000"],
  ["vertical tab and form feed", "\u000b\u000c", "\\u000b\\u000c"],
  ["DEL", "\u007f", "\\u007f"],
  ["C1: CSI", "\u009b31m", "\\u009b31m"],
  ["C1: next line", "\u0085", "\\u0085"],
  ["line and paragraph separators", "\u2028\u2029", "\\u2028\\u2029"],
  ["embedded text from right to left", "\u202epass\u202c", "\\u202epass\\u202c"],
  ["isolated text from right to left", "\u2067pass\u2069", "\\u2067pass\\u2069"],
  ["marks of direction", "\u200e\u200f\u061c", "\\u200e\\u200f\\u061c"],
];

const harmless = [
  "",
  'aws_cloudfront_distribution.site["a.b"]',
  "two\nlines\tand a tab",
  "größe → 東京 🙂 é",
  "a zero-width joiner: 👩‍💻",
  "\\u001b is only text",
];

describe.each([
  ["printable", printable],
  ["onOneLine", onOneLine],
])("%s", (_, make) => {
  test.each(harmful)("writes out %s", (_, text, shown) => expect(make(text)).toBe(shown));

  test("leaves no control character, wherever it stands", () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).join("a");
    expect(make(all).replaceAll(/[\t\n]/g, "")).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  });

  test("is the same the second time", () => expect(make(make("\u001b[31m"))).toBe(make("\u001b[31m")));
});

test.each(harmless)("printable leaves %j as it is", (text) => expect(printable(text)).toBe(text));

test("every hidden character alone is written out, and no other", () => {
  const hidden = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029]/u;
  const stay = ["\t", "\n", "\ufe0e", "\ufe0f"];
  const wrong = Array.from({ length: 0x11_0000 }, (_, code) => String.fromCodePoint(code)).filter(
    (one) => (printable(one) !== one) !== (hidden.test(one) && !stay.includes(one)),
  );
  expect(wrong.map((one) => one.codePointAt(0)?.toString(16))).toEqual([]);
});

test("keeps JSON what it was", () => {
  const value = { text: "a\u001b\u0085\u202eb" };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});

test("onOneLine puts spaces for lines and tabs", () => {
  expect(onOneLine("one\ntwo\tthree\r\nfour")).toBe("one two three\\u000d four");
});

test("wellFormed replaces a half of a character, and nothing else", () => {
  expect(wellFormed("half \ud800 a \udc00, a whole \ud83d\ude42")).toBe("half \ufffd a \ufffd, a whole 🙂");
  for (const text of harmless) expect(wellFormed(text)).toBe(text);
});
