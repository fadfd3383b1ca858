// The custom headers of Amplify apps, as people and yamlencode write them.

import { describe, expect, test } from "vitest";
import { customHeaders } from "../../../src/providers/aws/amplify-headers.ts";
import { random } from "../../support/random.ts";

const hsts = (pattern: string, value = "max-age=300") => ({ pattern, key: "Strict-Transport-Security", value });

describe("read", () => {
  test.each([
    [
      "as in AWS's example",
      `customHeaders:
  - pattern: '**'
    headers:
      - key: 'Strict-Transport-Security'
        value: 'max-age=300'
      - key: X-Frame-Options
        value: SAMEORIGIN
  - pattern: '/path/*'
    headers:
      - key: 'Strict-Transport-Security'
        value: 'max-age=31536000; includeSubDomains'
`,
      [
        hsts("**"),
        { pattern: "**", key: "X-Frame-Options", value: "SAMEORIGIN" },
        hsts("/path/*", "max-age=31536000; includeSubDomains"),
      ],
    ],
    [
      "as yamlencode writes it",
      `"customHeaders":
- "headers":
  - "key": "Strict-Transport-Security"
    "value": "max-age=300"
  "pattern": "**/*"
`,
      [hsts("**/*")],
    ],
    [
      "with comments, and the value before the key",
      `---
# of every answer
customHeaders:

- pattern: "**"
  headers:
  - value: max-age=300
    key: Strict-Transport-Security
`,
      [hsts("**")],
    ],
    [
      "as JSON",
      JSON.stringify({ customHeaders: [{ pattern: "**", headers: [{ key: hsts("").key, value: "max-age=300" }] }] }),
      [hsts("**")],
    ],
    ["none", "customHeaders:\n", []],
  ])("%s", (_, text, expected) => expect(customHeaders(text)).toEqual(expected));
});

describe("not read", () => {
  test.each([
    ["a monorepo's", "applications:\n  - appRoot: app1\n    customHeaders:\n"],
    ["a pattern that YAML takes for an alias", "customHeaders:\n  - pattern: **\n    headers:\n"],
    [
      "a value of several lines",
      "customHeaders:\n  - pattern: '**'\n    headers:\n      - key: A\n        value: >-\n",
    ],
    ["a list in one line", "customHeaders: [{ pattern: '**', headers: [] }]"],
    ["a header without a value", "customHeaders:\n  - pattern: '**'\n    headers:\n      - key: A\n"],
    ["a header without a pattern", "customHeaders:\n  - headers:\n      - key: A\n        value: b\n"],
    ["a key of no header", "customHeaders:\n  - pattern: '**'\n    key: A\n"],
    ["a header in the place of an item", "customHeaders:\n  - key: A\n    value: b\n    pattern: c\n"],
    ["a key before any item", "pattern: '**'\n"],
    [
      "a value behind a comment",
      "customHeaders:\n  - pattern: '**'\n    headers:\n      - key: A\n        value: b # c\n",
    ],
    ["JSON with numbers", '{"customHeaders":[{"pattern":1,"headers":[{"key":"A","value":2}]}]}'],
    ["JSON of something else", "[]"],
    ["a word", "constructor"],
  ])("%s", (_, text) => expect(customHeaders(text)).toBeUndefined());
});

test("texts at random never throw", () => {
  const parts = [
    "customHeaders:",
    "  ",
    "- ",
    "pattern:",
    " '**'",
    "headers:",
    "key:",
    "value:",
    " x",
    "\n",
    "\n",
    '"',
    "#",
  ];
  for (let seed = 0; seed < 2000; seed++) {
    const { pick, number } = random(seed);
    const text = Array.from({ length: number(30) }, () => pick(parts)).join("");
    for (const one of customHeaders(text) ?? [])
      expect(Object.values(one).every((part) => typeof part === "string")).toBe(true);
  }
});
