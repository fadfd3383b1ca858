// Properties of plans whose bytes were changed, recoded or cut.

import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { headLength, isBinaryPlan, looksLikePlan } from "../../src/plan/parse.ts";
import type { Property } from "./check.ts";
import { judge } from "./judge.ts";
import { fuzzPlans } from "./plans.ts";
import { zipOf } from "./zip.ts";

const encodings: { readonly [name: string]: (text: string) => Buffer } = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-8 with a mark": (text) => Buffer.from(`\uFEFF${text}`),
  "UTF-16": (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  "UTF-16 without a mark": (text) => Buffer.from(text, "utf16le"),
  "UTF-16, big endian": (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
  "Latin-1": (text) => Buffer.from(text, "latin1"),
  gzip: (text) => gzipSync(text),
  "gzip of UTF-16": (text) => gzipSync(Buffer.from(`\uFEFF${text}`, "utf16le")),
  "gzip of gzip": (text) => gzipSync(gzipSync(text)),
  "a ZIP archive": (text) => zipOf([{ name: "plan.json", content: Buffer.from(text) }]),
  "a plan file": (text) => zipOf([{ name: "tfplan", content: Buffer.from(text) }]),
};

export interface Edit {
  readonly kind: "flip" | "cut" | "insert" | "repeat" | "truncate";
  /** Where, as a part of the length. */
  readonly at: number;
  readonly length: number;
  readonly bytes: readonly number[];
}

const tokens = [
  '{"',
  '":',
  "[",
  "]",
  "}",
  "null",
  "1e999",
  "-",
  '"',
  "\\u0000",
  "\\ud800",
  ",",
  "\0",
  "\uFEFF",
  "__proto__",
];

export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Edit["kind"]>("flip", "cut", "insert", "repeat", "truncate"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 4000 })),
    bytes: fc.oneof(
      fc.array(fc.nat(255), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...tokens).map((token) => [...Buffer.from(token)]),
    ),
  }),
  { minLength: 0, maxLength: 4 },
);

export const edited = (bytes: Buffer, edits: readonly Edit[]): Buffer => edits.reduce(edit, bytes);

function edit(before: Buffer, { kind, at, length, bytes }: Edit): Buffer {
  const start = Math.min(before.length, Math.floor(at * before.length));
  const [head, tail] = [before.subarray(0, start), before.subarray(start)];
  const [chosen, rest] = [tail.subarray(0, length), tail.subarray(length)];
  switch (kind) {
    case "flip":
      return Buffer.concat([head, Buffer.from(bytes), tail.subarray(bytes.length)]);
    case "cut":
      return Buffer.concat([head, rest]);
    case "insert":
      return Buffer.concat([head, Buffer.from(bytes), tail]);
    case "repeat":
      return Buffer.concat([head, chosen, chosen, rest]);
    case "truncate":
      return head;
  }
}

interface Case {
  readonly plan: number;
  readonly encoding: string;
  readonly edits: readonly Edit[];
}

export const anyBytes: Property<Case> = {
  name: "any bytes are a plan, or refused as none",
  cases: fc.record({ plan: fc.nat(9999), encoding: fc.constantFrom(...Object.keys(encodings)), edits }),
  check: ({ plan, encoding, edits }) => {
    const plans = fuzzPlans();
    const bytes = edited(encodings[encoding]?.(plans[plan % plans.length]?.text ?? "") ?? Buffer.alloc(0), edits);
    isBinaryPlan(bytes);
    looksLikePlan(bytes.subarray(0, headLength), () => bytes);
    judge(bytes);
  },
  describe: ({ plan, encoding, edits }) => {
    const plans = fuzzPlans();
    return [plans[plan % plans.length]?.name, encoding, ...edits.map(({ kind }) => kind)].join(", ");
  },
};
