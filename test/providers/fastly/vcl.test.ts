// VCL's text → statements; and what cannot be read.

import { describe, expect, test } from "vitest";
import { readVcl, type Statement } from "../../../src/providers/fastly/vcl.ts";
import { random } from "../../support/random.ts";

/** Statements as text, with braces around what is nested. */
const told = (statements: readonly Statement[] | undefined): unknown =>
  statements?.map((one) => {
    if (one.kind === "line") return one.words.map(({ text, isString }) => (isString ? `'${text}'` : text)).join(" ");
    if (one.kind === "macro") return `macro ${one.name}`;
    if (one.kind === "hidden") return `hidden ${one.why}`;
    return one.branches.map(({ test, body }) => [test?.map(({ text }) => text).join(" ") ?? "else", told(body)]);
  });

const read = (code: string) => told(readVcl(code)?.loose);

describe("lines", () => {
  test.each([
    ['set resp.http.A = "b" + "c";', ["set resp.http.A = 'b' + 'c'"]],
    ['set req.url = {"a "quoted" b"};', [`set req.url = 'a "quoted" b'`]],
    ['synthetic {html"<a href="}">"html};', [`synthetic '<a href="}">'`]],
    ["error 801;return(pass);;", ["error 801", "return ( pass )"]],
    ["set var.x=!req.http.Fastly-SSL;", ["set var.x = ! req.http.Fastly-SSL"]],
    ["# a comment; \n// another;\n/* a\n third; */ esi;", ["esi"]],
    ['set req.http.A = "# no comment";', ["set req.http.A = '# no comment'"]],
    ["#FASTLY recv\n#FASTLY\n#--FASTLY RECV BEGIN\nesi;", ["macro recv", "esi"]],
    ["", []],
  ])("%s", (code, expected) => expect(read(code)).toEqual(expected));
});

describe("conditions", () => {
  test("with all that can follow", () => {
    const code = "if (a && (b || !c)) { x; } elsif (d) { y; } elseif (e) {} else if (f) {} elif (g) {} else { z; } w;";
    expect(read(code)).toEqual([
      [
        ["a && ( b || ! c )", ["x"]],
        ["d", ["y"]],
        ["e", []],
        ["f", []],
        ["g", []],
        ["else", ["z"]],
      ],
      "w",
    ]);
  });

  test("in each other, and in bare braces", () =>
    expect(read("if (a) { if (b) { x; } { y; } }")).toEqual([[["a", [[["b", ["x"]]], "y"]]]]));
});

describe("declarations", () => {
  const code = `
    pragma optional_param geoip_opt_in true;
    import boltsort;
    acl office { "192.0.2.0"/24; !"192.0.2.1"; }
    table flags BOOL { "a": true, }
    backend F_origin { .host = "origin.test"; .probe = { .request = "GET /"; } }
    sub vcl_recv { #FASTLY recv
      x; }
    sub flag STRING { return "a"; }
    sub vcl_recv { y; }`;

  test("are passed over, and subroutines of one name are one", () => {
    const vcl = readVcl(code);
    expect(vcl?.loose).toEqual([]);
    expect(told(vcl?.subroutines.get("vcl_recv"))).toEqual(["macro recv", "x", "y"]);
    expect(told(vcl?.subroutines.get("flag"))).toEqual(["return 'a'"]);
  });
});

describe("what cannot be read", () => {
  test.each([
    "if (a) { x;",
    "if (a { x; }",
    "if a { x; }",
    "if (a) x;",
    "x",
    "x; }",
    'set a = "b',
    'set a = {"b"; x;',
    "/* no end",
    "switch (a) { case 1: x; }",
    'include "other";',
    "sub a",
    "acl a {",
    "set a = `b`;",
    "x #FASTLY recv\n;",
    `${"{".repeat(200)}${"}".repeat(200)}`,
    `x;${" ".repeat(1_000_001)}`,
  ])("%s", (code) => expect(readVcl(code)).toBeUndefined());
});

test("text at random never throws, and neither does a lot of one piece", () => {
  const pieces = [
    "if",
    "(",
    ")",
    "{",
    "}",
    ";",
    '"',
    '{"',
    '"}',
    "/*",
    "*/",
    "#FASTLY recv\n",
    "sub a",
    "else",
    "x",
    "!",
    " ",
  ];
  for (let seed = 0; seed < 2000; seed++) {
    const { pick, number } = random(seed);
    const code = Array.from({ length: number(40) }, () => pick(pieces)).join(pick(["", " "]));
    expect(() => readVcl(code), code).not.toThrow();
  }
  for (const piece of ['{"', "/*", "if (a) {", "sub a {", '"a"', "acl a {", "!"]) {
    expect(() => readVcl(piece.repeat(100_000)), piece).not.toThrow();
  }
});
