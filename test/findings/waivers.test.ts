// Waivers: what is read, what is accepted, and what is said of the waivers themselves.

import { describe, expect, test } from "vitest";
import { digest, terraformDigest, type ValueAt, valuesOf } from "../../src/findings/fingerprint.ts";
import { planWaivers } from "../../src/findings/planned-waivers.ts";
import { waiverNotices } from "../../src/findings/waiver-notices.ts";
import { applyWaivers, readWaivers, type Waiver, type Waivers } from "../../src/findings/waivers.ts";
import type { Mask } from "../../src/plan/plan.ts";
import { type Change, entry as entryOf, plan } from "../support/made.ts";
import { finding } from "../support/report.ts";

const policies = ["https-only", "minimum-tls-1-2"];
const entry = {
  policy: "minimum-tls-1-2",
  address: "test_endpoint.sample",
  reason: "Meters in the field speak TLS 1.0.",
  owner: "grid@example.com",
  expires: "2027-03-31",
};
const waiver: Waiver = {
  ...entry,
  ticket: undefined,
  file: "tlsgate.waivers.yaml",
  writtenIn: "tlsgate.waivers.yaml (waiver 1)",
};
const nowhere: ValueAt = () => null;

const read = (...entries: unknown[]): Waivers => readWaivers(entries, "tlsgate.waivers.yaml", policies);
const at = (day: string) => new Date(`${day}T12:00:00Z`);
const refused = finding({ refuses: true });

const applied = (waivers: readonly Waiver[], found = refused, day = "2027-01-01", valueAt = nowhere) =>
  applyWaivers([found], waivers, { today: at(day), valueAt });

const noticed = (waivers: readonly Waiver[], used: readonly Waiver[], day = "2027-01-01") =>
  waiverNotices({ waivers, malformed: [] }, used, at(day)).map(({ policy }) => policy);

describe("reading", () => {
  test("a whole entry, and none", () => {
    expect(read(entry)).toEqual({ waivers: [waiver], malformed: [] });
    expect(read({ ...entry, ticket: "OPS-12" }).waivers).toMatchObject([{ ticket: "OPS-12" }]);
    for (const entries of [undefined, null, []]) {
      expect(readWaivers(entries, "f", policies)).toEqual({ waivers: [], malformed: [] });
    }
  });

  test.each([
    ["no object", "everything", "it is no object"],
    ["a list", [], "it is no object"],
    ["no owner", { ...entry, owner: undefined }, "owner is missing, or no text"],
    ["an empty reason", { ...entry, reason: " " }, "reason is missing, or no text"],
    ["no end", { ...entry, expires: undefined }, "expires is missing, or no text"],
    ["a day that is none", { ...entry, expires: "2027-02-30" }, 'not "2027-02-30"'],
    ["a time", { ...entry, expires: "2027-03-31T00:00:00Z" }, "expires is a day"],
    ["a word", { ...entry, expires: "never" }, 'not "never"'],
    ["another field", { ...entry, tiket: "OPS-12" }, 'it has no "tiket"; did you mean ticket?'],
    ["another policy", { ...entry, policy: "minimum-tls" }, 'no policy "minimum-tls"; did you mean minimum-tls-1-2?'],
  ])("%s is malformed, and accepts nothing", (_, one, problem) => {
    const { waivers, malformed } = read(one);
    expect(waivers).toEqual([]);
    expect(malformed).toMatchObject([
      { problem: expect.stringContaining(problem), writtenIn: "tlsgate.waivers.yaml (waiver 1)" },
    ]);
    const [notice] = waiverNotices({ waivers, malformed }, [], at("2027-01-01"));
    expect(notice).toMatchObject({ policy: "waiver-malformed", enforcement: "mandatory", refuses: true });
  });

  test("a file that is no list is one malformed waiver", () => {
    expect(readWaivers("text", "f", policies).malformed).toHaveLength(1);
  });
});

describe("accepting", () => {
  test("a violation is shown as waived, and refuses nothing", () => {
    const { findings, used } = applied([waiver]);
    const { reason, owner, expires, writtenIn } = waiver;
    expect(findings).toEqual([{ ...refused, waiver: { reason, owner, expires, writtenIn }, refuses: false }]);
    expect(used).toEqual([waiver]);
  });

  test("a ticket is shown where there is one", () => {
    expect(applied([{ ...waiver, ticket: "OPS-12" }]).findings[0]?.waiver?.ticket).toBe("OPS-12");
    expect(applied([waiver]).findings[0]?.waiver).not.toHaveProperty("ticket");
  });

  test.each([
    ["another policy", { ...refused, policy: "https-only" }],
    ["another address", { ...refused, address: "test_endpoint.other" }],
    ["what passes", { ...refused, outcome: "pass" as const, refuses: false }],
  ])("%s is left alone", (_, found) => expect(applied([waiver], found)).toEqual({ findings: [found], used: [] }));

  test.each([
    ["the day before its last", "2027-03-30", true],
    ["its last day, to its end", "2027-03-31", true],
    ["the day after", "2027-04-01", false],
  ])("%s", (_, day, isWaived) => expect(applied([waiver], refused, day).findings[0]?.waiver !== null).toBe(isWaived));

  test("its last moment is that of its last day in UTC", () => {
    const on = (moment: string) =>
      applyWaivers([refused], [waiver], { today: new Date(moment), valueAt: nowhere }).used;
    expect(on("2027-03-31T23:59:59.999Z")).toHaveLength(1);
    expect(on("2027-04-01T00:00:00.000Z")).toHaveLength(0);
  });

  test("one that names everything accepts nothing, and refuses the plan", () => {
    const wide = { ...waiver, address: "**" };
    expect(applied([wide]).findings).toEqual([refused]);
    expect(waiverNotices({ waivers: [wide], malformed: [] }, [], at("2027-01-01"))).toMatchObject([
      { policy: "waiver-too-wide", refuses: true, outcome: "fail" },
    ]);
  });

  test("of many waivers and many violations, each finds its own", () => {
    const numbers = Array.from({ length: 3_000 }, (_, index) => index);
    const addressOf = (number: number) => `module.site["${number}"].test_endpoint.sample[0]`;
    const waivers = numbers.map((number): Waiver => {
      const one = addressOf(number);
      const address = [one, one.slice(0, -"[0]".length), `module.site["${number}"].**`][number % 3] ?? one;
      return { ...waiver, address, owner: `team ${number}` };
    });
    const found = [...numbers, 3_000].map((number) => finding({ address: addressOf(number), refuses: true }));
    const { findings, used } = applyWaivers(found, waivers, { today: at("2027-01-01"), valueAt: nowhere });
    expect(findings.map((one) => one.waiver?.owner)).toEqual([...numbers.map((number) => `team ${number}`), undefined]);
    expect(new Set(used).size).toBe(waivers.length);
  });

  test("of two the longer one counts, and both are in use", () => {
    const longer = { ...waiver, expires: "2027-12-31" };
    const { findings, used } = applied([waiver, longer]);
    expect(findings[0]?.waiver?.expires).toBe("2027-12-31");
    expect(used).toHaveLength(2);
  });
});

describe("what is said of a waiver", () => {
  test.each<[string, readonly Waiver[], string, readonly string[]]>([
    ["in use, long before its end", [waiver], "2027-01-01", []],
    ["in use, fifteen days before its end", [waiver], "2027-03-16", []],
    ["in use, fourteen days before its end", [waiver], "2027-03-18", ["waiver-expiring"]],
    ["in use, on its last day", [waiver], "2027-03-31", ["waiver-expiring"]],
    ["ended", [waiver], "2027-04-01", ["waiver-expired"]],
    ["used by nothing", [], "2027-01-01", ["waiver-unused"]],
    ["used by nothing, about to end", [], "2027-03-31", ["waiver-unused"]],
  ])("%s", (_, used, day, notices) => expect(noticed([waiver], used, day)).toEqual(notices));

  test("none of it refuses a plan that is right otherwise", () => {
    for (const day of ["2027-03-31", "2027-04-01"]) {
      for (const one of waiverNotices({ waivers: [waiver], malformed: [] }, [waiver], at(day))) {
        expect(one).toMatchObject({ refuses: false, enforcement: "advisory", fix: expect.stringMatching(/\w/) });
        expect(one.message).toContain("tlsgate.waivers.yaml (waiver 1)");
      }
    }
  });
});

describe("in the plan", () => {
  const recorded = {
    rule: "minimum-tls-1-2",
    reason: entry.reason,
    owner: entry.owner,
    until: "2027-03-31",
    ticket: null,
    resource: "test_endpoint.sample",
    attribute: "origin[*].floor",
    fingerprint: digest("minimum-tls-1-2", "origin[*].floor", "TLSv1"),
  };
  const address = "terraform_data.tlsgate_waivers";
  const of = (input: unknown, prefix = "", change: Partial<Change> = {}) =>
    planWaivers(
      plan({ changes: { [`${prefix}${address}`]: { after: { input } as never, ...change } } }),
      policies,
      "after",
    );

  test("each is for one value at one place", () => {
    const { waivers } = of([recorded]);
    expect(waivers).toMatchObject([
      { policy: "minimum-tls-1-2", expires: "2027-03-31", writtenIn: `${address} (waiver 1)` },
    ]);
    const found = finding({ at: "origin[2].floor", refuses: true });
    const holding = (value: string) => applied(waivers, found, "2027-01-01", () => value).findings[0]?.waiver;
    expect(holding("TLSv1")).toMatchObject({ owner: entry.owner });
    expect(holding("SSLv3")).toBeNull();
    expect(applied(waivers, finding({ at: "floor", refuses: true }), "2027-01-01", () => "TLSv1").used).toEqual([]);
  });

  test("a fingerprint can be computed by Terraform", () => {
    const value = "a&b <c>\u2028";
    const fingerprint = terraformDigest("minimum-tls-1-2", "origin[*].floor", value);
    // sha256(jsonencode(["minimum-tls-1-2", "origin[*].floor", "a&b <c>\u2028"])) in `terraform console`
    expect(fingerprint).toBe("fde72c95c99159a68eddc69def9f3c4fe27f5706208d3b40ebef0bb20f2b13c9");
    const { waivers } = of([{ ...recorded, fingerprint }]);
    const found = finding({ at: "origin[2].floor", refuses: true });
    expect(applied(waivers, found, "2027-01-01", () => value).used).toHaveLength(1);
    expect(applied(waivers, found, "2027-01-01", () => "TLSv1").used).toEqual([]);
  });

  test("a fingerprint that is known after apply is for a value that is known after apply", () => {
    const { fingerprint: _, ...late } = recorded;
    const { waivers, malformed } = of([late], "", { after_unknown: { input: [{ fingerprint: true }] } });
    expect(malformed).toEqual([]);
    const found = finding({ address: "test_endpoint.sample", at: "origin[0].floor", refuses: true });
    const usedWith = (change: Partial<Change>) => {
      const made = plan({ changes: { "test_endpoint.sample": change } });
      return applied(waivers, found, "2027-01-01", valuesOf(made)).used.length;
    };
    expect(usedWith({ after: { origin: [{}] }, after_unknown: { origin: [{ floor: true }] } })).toBe(1);
    expect(usedWith({ after: { origin: [] }, after_unknown: { origin: true } })).toBe(1);
    expect(usedWith({ after: { origin: [{ floor: null }] } })).toBe(0);
    expect(usedWith({ after: { origin: [{ floor: "TLSv1" }] } })).toBe(0);
    // A known fingerprint is for a known value.
    expect(applied(of([recorded]).waivers, found, "2027-01-01", () => undefined).used).toEqual([]);
  });

  test("of a module it is for what stands in that module", () => {
    const { waivers } = of([recorded], 'module.cdn["eu"].');
    expect(waivers).toMatchObject([{ address: 'module.cdn["eu"].test_endpoint.sample' }]);
  });

  test("an asterisk in the key of its module stands for itself", () => {
    const { waivers } = of([recorded], 'module.cdn["*.example.com"].');
    const usedAt = (key: string) => {
      const found = finding({ address: `module.cdn["${key}"].test_endpoint.sample[0]`, at: "origin[2].floor" });
      return applied(waivers, found, "2027-01-01", () => "TLSv1").used.length;
    };
    expect(usedAt("*.example.com")).toBe(1);
    expect(usedAt("www.example.com")).toBe(0);
  });

  test.each<[string, unknown, string]>([
    ["nothing", {}, "rule is missing"],
    ["null", null, "it is not an object"],
    ["a text", "text", "it is not an object"],
    ["no day", { ...recorded, until: "soon" }, "expires is a day"],
    ["another field", { ...recorded, tiket: "OPS-12" }, 'it has no "tiket"'],
    ["no rule", { ...recorded, rule: undefined }, "rule is missing or not a string"],
    ["no reason", { ...recorded, reason: " " }, "reason is missing or not a string"],
    ["no owner", { ...recorded, owner: null }, "owner is missing or not a string"],
    // By the constructs' own name for it.
    ["no end", { ...recorded, until: 20270331 }, "until is missing or not a string"],
    ["no resource", { ...recorded, resource: undefined }, "resource is missing or not a string"],
    ["a list of resources", { ...recorded, resource: ["test_endpoint.sample"] }, "resource is missing or not a string"],
    ["no attribute", { ...recorded, attribute: undefined }, "attribute is missing or not a string"],
    ["a whole resource", { ...recorded, attribute: "" }, "attribute is missing or not a string"],
    ["every resource", { ...recorded, resource: "**" }, "the address of one resource"],
    ["every resource of a type", { ...recorded, resource: "test_endpoint.*" }, "the address of one resource"],
    ["every instance", { ...recorded, resource: "test_endpoint.sample[*]" }, "the address of one resource"],
    ["a module", { ...recorded, resource: "module.cdn" }, "the address of one resource"],
    ["all of a module", { ...recorded, resource: "module.cdn.**" }, "the address of one resource"],
    ["every attribute", { ...recorded, attribute: "**" }, "the path of one attribute"],
    ["every attribute of a block", { ...recorded, attribute: "origin[*].*" }, "the path of one attribute"],
    ["any value", { ...recorded, fingerprint: undefined }, "fingerprint must be"],
    ["an empty fingerprint", { ...recorded, fingerprint: "" }, "fingerprint must be"],
    ["another hash", { ...recorded, fingerprint: "d41d8cd98f00b204e9800998ecf8427e" }, "fingerprint must be"],
  ])("one that names %s is malformed, and accepts nothing", (_, one, problem) => {
    const read = of([recorded, one]);
    expect(read.waivers).toHaveLength(1);
    expect(read.malformed).toMatchObject([
      { problem: expect.stringContaining(problem), writtenIn: `${address} (waiver 2)` },
    ]);
    const [notice] = waiverNotices({ waivers: [], malformed: read.malformed }, [], at("2027-01-01"));
    expect(notice).toMatchObject({ policy: "waiver-malformed", address, refuses: true });
    expect(notice?.fix).toContain("fingerprint");
  });

  test("an instance of a resource, and one of a module that is called, are one resource", () => {
    for (const resource of ['test_endpoint.sample["eu"]', "test_endpoint.sample[0]", "module.a[0].test_endpoint.b"]) {
      expect(of([{ ...recorded, resource }]).waivers, resource).toHaveLength(1);
    }
    expect(of([{ ...recorded, resource: "data.test_endpoint.sample" }]).waivers).toHaveLength(1);
  });

  test("an input that is null or empty holds none", () => {
    for (const input of [null, [], undefined]) expect(of(input)).toEqual({ waivers: [], malformed: [] });
  });

  test.each<[string, unknown, Mask]>([
    ["a sensitive reason", [recorded], { input: [{ reason: true }] }],
    ["a sensitive fingerprint", [recorded], { input: [{ fingerprint: true }] }],
    ["a sensitive waiver", [recorded], { input: [true] }],
    ["a sensitive list", [recorded], { input: true }],
    ["a sensitive waiver that stands alone", recorded, { input: { owner: true } }],
    ["all of it sensitive", [recorded], true],
  ])("%s is malformed, and not printed", (_, input, mask) => {
    for (const moment of ["before", "after"] as const) {
      const made = plan({
        changes: {
          [address]: {
            actions: ["no-op"],
            before: { input } as never,
            after: { input } as never,
            [`${moment}_sensitive`]: mask,
          },
        },
      });
      const read = planWaivers(made, policies, moment);
      expect(read.waivers).toEqual([]);
      const notices = waiverNotices(read, [], at("2027-01-01"));
      expect(notices).toMatchObject([
        { policy: "waiver-malformed", address, message: expect.stringContaining("sensitive") },
      ]);
      for (const secret of Object.values(recorded).filter((one) => one !== null)) {
        expect(JSON.stringify(notices)).not.toContain(secret);
      }
    }
  });

  test("a sensitive neighbour is no reason to doubt a waiver", () => {
    const read = of([recorded, recorded], "", { after_sensitive: { input: [{ reason: true }, {}], output: true } });
    expect(read).toMatchObject({ waivers: [{ writtenIn: `${address} (waiver 2)` }], malformed: [{}] });
  });

  test("a data source holds none, planned or applied", () => {
    const state = { input: [recorded] } as never;
    const made = plan({ changes: { [`data.${address}`]: { actions: ["no-op"], before: state, after: state } } });
    for (const moment of ["before", "after"] as const) {
      expect(planWaivers(made, policies, moment)).toEqual({ waivers: [], malformed: [] });
    }
  });

  test("of what has been applied before, only what existed before", () => {
    const made = plan({
      changes: { [address]: { actions: ["update"], before: { input: [] }, after: { input: [recorded] } as never } },
    });
    expect(planWaivers(made, policies, "before").waivers).toEqual([]);
    expect(planWaivers(made, policies, "after").waivers).toHaveLength(1);
  });

  describe("moved by this plan", () => {
    const state = { input: [recorded] };
    const of = (record: string, endpoint?: string) =>
      plan({
        resource_changes: [
          entryOf(`module.prod.${address}`, { before: state, after: state as never }, { previous_address: record }),
          entryOf("module.prod.test_endpoint.sample", { before: {} }, endpoint ? { previous_address: endpoint } : {}),
        ],
      });

    test.each<[string, Parameters<typeof of>, number]>([
      ["with what it names", [`module.test.${address}`, "module.test.test_endpoint.sample"], 1],
      ["without it", [`module.test.${address}`], 0],
      ["with something else", [`module.test.${address}`, "module.test.test_endpoint.other"], 0],
      ["from another name", ["module.prod.terraform_data.other"], 0],
    ])("%s", (_, [record, endpoint], accepted) => {
      const { waivers, malformed } = planWaivers(of(record, endpoint), policies, "before");
      expect(waivers).toHaveLength(accepted);
      expect(malformed).toHaveLength(1 - accepted);
      expect(planWaivers(of(record, endpoint), policies, "after").waivers).toHaveLength(1);
    });
  });
});
