// VCL → the Strict-Transport-Security header of HTTPS answers.

import { describe, expect, test } from "vitest";
import { because, describeCause } from "../../../src/cause.ts";
import { readVcl, type Statement } from "../../../src/providers/fastly/vcl.ts";
import { expanded } from "../../../src/providers/fastly/vcl-flow.ts";
import { headerAfter } from "../../../src/providers/fastly/vcl-header.ts";

const header = "resp.http.Strict-Transport-Security";
const set = (text: string) => `set ${header} = "${text}";`;
const a = set("max-age=1");
const b = set("max-age=2");

const code = (text: string): readonly Statement[] => readVcl(text)?.loose ?? [];

const after = (text: string, ...more: [("beresp" | "resp")?]) => {
  const found = headerAfter(code(text), more[0] ?? "resp");
  if (typeof found === "string") return found;
  return "sets" in found ? found.sets : `? ${describeCause(found.unclear)}`;
};

const sometimes = "? its VCL sets the header only under a condition";
const computed = "? its VCL computes the header, or treats it in a way that reading it does not decide";
const manifold = "? it sets the header in more than one way";
const removes = "? its VCL removes the header under a condition";

test.each([
  [a, "max-age=1"],
  [a.replace(/Strict.*y /, "strict-transport-security "), "max-age=1"],
  [`set ${header} = {"max-age=1"};`, "max-age=1"],
  [`set ${header} = "max-age=" "1" + "; preload";`, "max-age=1; preload"],
  [`if (req.http.Fastly-SSL) { ${a} }`, "max-age=1"],
  [`if (req.protocol == "https") { ${a} } else { ${b} }`, "max-age=1"],
  [`if (!req.is_ssl) { ${b} } else { ${a} }`, "max-age=1"],
  [`if (!req.is_ssl) { ${b} }`, "none"],
  [`if (!${header}) { ${a} }`, "max-age=1"],
  [`${a} if (!${header}) { ${b} }`, "max-age=1"],
  [`unset ${header}; ${a}`, "max-age=1"],
  [`remove ${header}; ${a} ${a}`, "max-age=1"],
  [`${a} if (req.url) { ${a} }`, "max-age=1"],
  [`${a} return(deliver); ${b}`, "max-age=1"],
  [`${a} if (req.url) { return(deliver); }`, "max-age=1"],
  [`${a} unset ${header};`, "none"],
  [`if (req.url) { unset ${header}; }`, "none"],
  ["", "none"],
  ["set resp.http.A = 1; unset resp.http.B;", "none"],
  [`if (req.url) { ${a} }`, sometimes],
  [`if (req.url) { x; } else { ${a} }`, sometimes],
  [`if (req.url) { ${a} } if (!${header}) { ${b} }`, sometimes],
  [`if (req.url) { return(deliver); } ${a}`, sometimes],
  [`if (req.is_ssl) { return(deliver); } ${a}`, sometimes],
  [`if (req.is_ssl) { if (req.url) { return(deliver); } } ${a}`, sometimes],
  [`${a} ${b}`, manifold],
  [`${a} if (req.url) { ${b} }`, manifold],
  [`${a} if (req.url) { unset ${header}; }`, removes],
  [`add ${header} = "max-age=1";`, computed],
  [`set ${header} = "max-age=" req.http.age;`, computed],
  [`set ${header} = "max-age%3D1";`, computed],
  [`set ${header} = req.http.age;`, computed],
  [`header.set(resp, "Strict-Transport-Security", "max-age=1");`, computed],
])("%s %s", (text, expected) => expect(after(text)).toBe(expected));

test("what is fetched has a header of its own", () => {
  const fetched = a.replace("resp", "beresp");
  expect(after(fetched, "beresp")).toBe("max-age=1");
  expect(after(a, "beresp")).toBe(computed);
  expect(headerAfter(code(""), "resp", { sets: "max-age=1" })).toEqual({ sets: "max-age=1" });
  expect(headerAfter(code(`unset ${header};`), "resp", { sets: "max-age=1" })).toBe("none");
});

test("what the plan does not show may set it, until it is set for sure", () => {
  const hidden: Statement = { kind: "hidden", why: because`not shown` };
  expect(headerAfter([hidden], "resp")).toEqual({ unclear: because`not shown` });
  expect(headerAfter([...code(a), hidden], "resp")).toEqual({ unclear: because`not shown` });
  expect(headerAfter([hidden, ...code(a)], "resp")).toEqual({ sets: "max-age=1" });
});

describe("macros and calls", () => {
  const subroutines = new Map([
    ["set_it", code(a)],
    ["again", code("call set_it;")],
    ["loop", code("call loop;")],
    ["many", code("call more; ".repeat(50))],
    ["more", code("call most; ".repeat(50))],
    ["most", code("x; ".repeat(50))],
  ]);
  const made = (text: string) => headerAfter(expanded(code(text), { deliver: code(a) }, subroutines), "resp");

  test.each([
    "#FASTLY deliver\n",
    "#FASTLY DELIVER\n",
    "call set_it;",
    "call again;",
    "if (req.is_ssl) { call set_it; }",
  ])("%s", (text) => expect(made(text)).toEqual({ sets: "max-age=1" }));

  test.each(["#FASTLY recv\n", "#FASTLY constructor\n", "call nothing;"])("%s leads nowhere", (text) =>
    expect(made(text)).toBe("none"),
  );

  test.each(["call loop;", "call many;"])("%s is followed only so far", (text) =>
    expect(made(text)).toEqual({
      unclear: because`its VCL calls more subroutines than can be followed`,
    }),
  );
});
