// The baseline: known violations told from new ones, by fingerprints that tell no value.

import { describe, expect, test } from "vitest";
import {
  baselineOf,
  baselineText,
  compared,
  emptyBaseline,
  fingerprinted,
  readBaseline,
} from "../../src/findings/baseline.ts";
import { valuesOf } from "../../src/findings/fingerprint.ts";
import { type Change, plan } from "../support/made.ts";
import { finding } from "../support/report.ts";

const address = "test_endpoint.sample";
const made = (after: object, change: Partial<Change> = {}, more = {}) =>
  plan({ changes: { [address]: { after: after as never, ...change } }, ...more });
const old = finding({ at: "tls[0].floor", refuses: true });

const named = (of: ReturnType<typeof made>, found = old) => fingerprinted([found], valuesOf(of))[0] ?? found;
const weak = made({ tls: [{ floor: "TLSv1" }] });

describe("a fingerprint", () => {
  test("is the same for the same violation, and tells no value", () => {
    const { fingerprint } = named(weak);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(named(made({ tls: [{ floor: "TLSv1" }], other: 1 })).fingerprint).toBe(fingerprint);
    expect(JSON.stringify(baselineOf([named(weak)]))).not.toContain("TLSv1");
  });

  test.each([
    ["another value", named(made({ tls: [{ floor: "SSLv3" }] }))],
    ["another policy", named(weak, { ...old, policy: "https-only" })],
    ["another attribute", named(weak, { ...old, at: "tls[1].floor" })],
    ["another outcome", named(weak, { ...old, outcome: "unknown" })],
  ])("of %s is another", (_, other) => expect(other.fingerprint).not.toBe(named(weak).fingerprint));

  test("of a secret holds nothing of it", () => {
    const secret = (floor: string, after_sensitive: object) =>
      named(made({ tls: [{ floor }] }, { after_sensitive: after_sensitive as never })).fingerprint;
    const mask = { tls: [{ floor: true }] };
    expect(secret("TLSv1", mask)).toBe(secret("SSLv3", mask));
    expect(secret("TLSv1", { tls: true })).toBe(secret("SSLv3", mask));
    expect(secret("TLSv1", {})).not.toBe(secret("TLSv1", mask));
  });

  test("of what the plan does not hold is that of nothing", () => {
    expect(valuesOf(made({}))("test_endpoint.gone", "tls[0].floor")).toBeNull();
    expect(valuesOf(made({}))(address, "tls[0].floor")).toBeNull();
  });

  test("a pass has none", () => expect(named(weak, { ...old, outcome: "pass" }).fingerprint).toBe(""));
});

describe("compared with a baseline", () => {
  const known = baselineOf([named(weak)]);
  const against = (of: ReturnType<typeof made>, found = named(of)) =>
    compared([found], known, { plan: of, valueAt: valuesOf(of) });

  test("what is known refuses nothing", () => {
    expect(against(weak)).toMatchObject({ findings: [{ baseline: "known", refuses: false }] });
    expect(against(weak).met).toEqual(known.known.map((one) => one.fingerprint));
  });

  test("what has got another value is new", () => {
    const worse = made({ tls: [{ floor: "SSLv3" }] });
    expect(against(worse)).toMatchObject({ findings: [{ baseline: "new", refuses: true }], met: [] });
  });

  test("what a moved block has moved keeps its own", () => {
    const moved = plan({
      resource_changes: [
        {
          address: "module.edge.test_endpoint.sample",
          previous_address: address,
          mode: "managed",
          type: "test_endpoint",
          name: "sample",
          change: { actions: ["no-op"], before: {}, after: { tls: [{ floor: "TLSv1" }] } },
        },
      ] as never,
    });
    const found = named(moved, { ...old, address: "module.edge.test_endpoint.sample" });
    expect(against(moved, found)).toMatchObject({ findings: [{ baseline: "known" }] });
  });

  test("a pass is neither", () => {
    expect(against(weak, { ...old, outcome: "pass", refuses: false }).findings).toMatchObject([{ baseline: null }]);
  });
});

describe("the file", () => {
  test("holds each violation once, in an order that does not change, one a line", () => {
    const other = named(weak, { ...old, policy: "https-only" });
    const baseline = baselineOf([named(weak), other, named(weak)]);
    expect(baseline.known.map(({ policy }) => policy)).toEqual(["https-only", "minimum-tls-1-2"]);
    expect(baselineOf([other, named(weak)])).toEqual(baseline);
    const text = baselineText(baseline);
    expect(text.split("\n").filter((line) => line.includes("fingerprint"))).toHaveLength(2);
    expect(readBaseline(text, "f")).toEqual(baseline);
    expect(readBaseline(baselineText(baselineOf([])), "f")).toEqual({ version: 1, known: [] });
    expect(readBaseline(baselineText(emptyBaseline), "f")).toEqual({ version: 1, known: [] });
  });

  test("leaves out what is waived", () => {
    const waiver = { reason: "r", owner: "o", expires: "2027-03-31", writtenIn: "f" };
    expect(baselineOf([{ ...named(weak), waiver }]).known).toEqual([]);
  });

  test.each(["", "[]", "null", '{"version":2,"known":[]}', '{"version":1}', '{"version":1,"known":[{}]}'])(
    "%j is none, and an error that says what to run",
    (text) => expect(() => readBaseline(text, "old.json")).toThrow(/old\.json is no baseline: /),
  );
});
