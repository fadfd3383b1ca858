// Value tables in words.

import { expect, test } from "vitest";
import { plain } from "../../src/report/style.ts";
import { meaningOf, valuesText } from "../../src/report/values.ts";

test.each([
  [
    { minimumTls: "TLS 1.2", forwardSecrecy: false, aeadOnly: false },
    "TLS 1.2 or newer, no forward secrecy, CBC or older suites",
  ],
  [{ forwardSecrecy: true, aeadOnly: true }, "forward secrecy, AEAD only"],
  [{ maxAge: 300, preload: false }, "maxAge: 300, preload: no"],
  ["served", "served"],
  [true, "yes"],
  [null, "null"],
  [["HTTP/1.1", "HTTP/2"], "HTTP/1.1, HTTP/2"],
])("%j: %s", (meaning, text) => expect(meaningOf(meaning)).toBe(text));

test("a table names its attribute, its page and its rows", () => {
  const table = {
    provider: "acme",
    service: "edge",
    about: "`policy` of an edge",
    sources: ["https://example.com/policies"],
    values: { strong: "TLS 1.3", weak: "TLS 1.0" },
  };
  expect(valuesText([table, table], { style: plain, width: 80 })).toBe(
    Array(2)
      .fill("acme/edge `policy` of an edge\n  https://example.com/policies\n  strong  TLS 1.3\n  weak    TLS 1.0\n")
      .join("\n"),
  );
});
