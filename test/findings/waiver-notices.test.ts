// What a report says of waivers themselves: how grave it is, whether it refuses the plan, and what to do.

import { describe, expect, test } from "vitest";
import { waiverNotices } from "../../src/findings/waiver-notices.ts";
import type { Waiver } from "../../src/findings/waivers.ts";

const waiver: Waiver = {
  policy: "minimum-tls-1-2",
  address: "test_endpoint.sample",
  reason: "Meters in the field speak TLS 1.0.",
  owner: "grid@example.com",
  expires: "2027-03-31",
  file: "tlsgate.waivers.yaml",
  writtenIn: "tlsgate.waivers.yaml (waiver 1)",
};
const malformed = {
  problem: "owner is missing, or no text",
  address: "",
  file: "tlsgate.waivers.yaml",
  writtenIn: "tlsgate.waivers.yaml (waiver 2)",
};
const on = (moment: string) => new Date(moment);
const early = on("2027-01-01T12:00:00Z");

describe("a notice", () => {
  const [unreadable] = waiverNotices({ waivers: [], malformed: [malformed] }, [], early);
  const [wide] = waiverNotices({ waivers: [{ ...waiver, address: "**" }], malformed: [] }, [], early);
  const [ended] = waiverNotices({ waivers: [waiver], malformed: [] }, [], on("2027-04-01T00:00:00Z"));
  const [ending] = waiverNotices({ waivers: [waiver], malformed: [] }, [waiver], on("2027-03-31T12:00:00Z"));
  const [unused] = waiverNotices({ waivers: [waiver], malformed: [] }, [], early);

  test.each([
    [
      "a waiver that cannot be read keeps the plan from being applied",
      unreadable,
      ["waiver-malformed", "high", "mandatory", true],
      "a waiver that cannot be read accepts nothing: owner is missing, or no text (tlsgate.waivers.yaml (waiver 2))",
      "Write it with policy, address, reason, owner and expires.",
    ],
    [
      "a waiver for everything too",
      wide,
      ["waiver-too-wide", "high", "mandatory", true],
      "a waiver for everything is no exception: ** names no module, and no resource by type and name (tlsgate.waivers.yaml (waiver 1))",
      "Name the module or the resource; a policy that is not wanted at all is switched off in the configuration.",
    ],
    [
      "an ended one is advice, as what it accepted refuses by itself",
      ended,
      ["waiver-expired", "medium", "advisory", false],
      "a waiver has ended, and accepts nothing any more: it ended on 2027-03-31 (tlsgate.waivers.yaml (waiver 1))",
      "Mend what it accepted, or decide anew and give it another end.",
    ],
    [
      "one that is about to end is worth little more than a note",
      ending,
      ["waiver-expiring", "low", "advisory", false],
      "a waiver is about to end: it ends on 2027-03-31 (tlsgate.waivers.yaml (waiver 1))",
      "Mend what it accepts before it ends, or decide anew.",
    ],
    [
      "one that nothing needs too",
      unused,
      ["waiver-unused", "low", "advisory", false],
      "a waiver accepts nothing of this plan: there is no violation of minimum-tls-1-2 at test_endpoint.sample (tlsgate.waivers.yaml (waiver 1))",
      "Remove it, or set its address right.",
    ],
  ])("%s", (_, notice, [policy, severity, enforcement, refuses], message, fix) => {
    expect(notice).toMatchObject({ policy, severity, enforcement, refuses, outcome: "fail", message, fix });
    expect(notice?.remedy).toBeNull();
  });

  test("stands at the waiver's address, or where it is written if it has none", () => {
    expect(unreadable?.address).toBe("tlsgate.waivers.yaml (waiver 2)");
    expect(ended?.address).toBe("test_endpoint.sample");
  });
});

test.each([
  ["2027-03-17T23:59:59.998Z", 0],
  // Exactly fourteen days before the last moment of the last day.
  ["2027-03-17T23:59:59.999Z", 0],
  ["2027-03-18T00:00:00.000Z", 1],
])("the last fourteen days of a waiver are noticed: %s", (moment, count) => {
  expect(waiverNotices({ waivers: [waiver], malformed: [] }, [waiver], on(moment))).toHaveLength(count);
});
