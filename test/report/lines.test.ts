// Lines that fit the screen.

import { describe, expect, test } from "vitest";
import { lines } from "../../src/report/lines.ts";

const mark = (text: string) => `<${text}>`;

describe("lines", () => {
  test("break at spaces, with a hanging indent", () => {
    expect(lines(["one two three four"], { width: 12, first: 2, rest: 4 })).toEqual([
      "  one two",
      "    three",
      "    four",
    ]);
  });

  test("fill the width exactly", () => {
    expect(lines(["aaa bbb"], { width: 7 })).toEqual(["aaa bbb"]);
    expect(lines(["aaa bbb"], { width: 6 })).toEqual(["aaa", "bbb"]);
  });

  test("never break an address, whatever its key holds", () => {
    const address = 'module.cdn["a b"].test_endpoint.site["x \\" y"].floor';
    expect(lines([`at ${address} here`], { width: 10 })).toEqual(["at", address, "here"]);
  });

  test("paint each line by itself, and count no paint", () => {
    expect(lines([["aaa bbb ccc", mark], "ddd"], { width: 7 })).toEqual(["<aaa bbb>", "<ccc> ddd"]);
  });

  test("keep painted neighbours together", () => {
    expect(lines([["a", mark], ["b", mark], "c"], { width: 80 })).toEqual(["<a b> c"]);
  });

  test("are none for no text", () => expect(lines(["", " "], { width: 80, first: 4 })).toEqual([]));

  test("show control characters, and stay on their line", () => {
    expect(lines(["a\nb\t\u001b[2J"], { width: 80 })).toEqual(["a b \\u001b[2J"]);
  });
});
