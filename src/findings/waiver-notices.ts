// What is said of waivers themselves: one that is no longer right, or never was, is a finding of its own.

import type { Finding } from "./finding.ts";
import { endOf, isExpired, isRule, type MalformedWaiver, type Waiver, type Waivers } from "./waivers.ts";

const day = 86_400_000;

/** How long ahead of its end a waiver is warned of, in days. */
const noticeDays = 14;

/** What is to be said of the waivers themselves: malformed, too wide, expired, about to expire, or used by nothing. */
export function waiverNotices({ waivers, malformed }: Waivers, used: readonly Waiver[], today: Date): Finding[] {
  const good = waivers.filter((one) => !isRule(one) && !isExpired(one, today));
  const isUsed = new Set(used);
  const inUse = good.filter((one) => isUsed.has(one));
  const ending = inUse.filter(({ expires }) => endOf(expires) < today.getTime() + noticeDays * day);
  return [
    ...malformed.map((one) => notice("waiver-malformed", one, one.problem, one.key)),
    ...waivers
      .filter(isRule)
      .map((one) =>
        notice("waiver-too-wide", one, `${one.address} names no module, and no resource by type and name`, "address"),
      ),
    ...waivers
      .filter((one) => isExpired(one, today))
      .map((one) => notice("waiver-expired", one, `it ended on ${one.expires}`, "expires")),
    ...ending.map((one) => notice("waiver-expiring", one, `it ends on ${one.expires}`, "expires")),
    ...good
      .filter((one) => !isUsed.has(one))
      .map((one) => notice("waiver-unused", one, `there is no violation of ${one.policy} at ${one.address}`)),
  ];
}

const kinds = {
  "waiver-malformed": {
    refuses: true,
    severity: "high",
    says: "a waiver that cannot be read accepts nothing",
    fix: "Write it with policy, address, reason, owner and expires.",
  },
  "waiver-too-wide": {
    refuses: true,
    severity: "high",
    says: "a waiver for everything is no exception",
    fix: "Name the module or the resource; a policy that is not wanted at all is switched off in the configuration.",
  },
  "waiver-expired": {
    refuses: false,
    severity: "medium",
    says: "a waiver has ended, and accepts nothing any more",
    fix: "Mend what it accepted, or decide anew and give it another end.",
  },
  "waiver-expiring": {
    refuses: false,
    severity: "low",
    says: "a waiver is about to end",
    fix: "Mend what it accepts before it ends, or decide anew.",
  },
  "waiver-unused": {
    refuses: false,
    severity: "low",
    says: "a waiver accepts nothing of this plan",
    fix: "Remove it, or set its address right.",
  },
} as const;

function notice(
  kind: keyof typeof kinds,
  one: Pick<Waiver, "address" | "writtenIn" | "places"> & Pick<MalformedWaiver, "fix">,
  problem: string,
  key = "",
): Finding {
  const { address, writtenIn, places } = one;
  const { refuses, severity, says, fix } = kinds[kind];
  return {
    policy: kind,
    severity,
    enforcement: refuses ? "mandatory" : "advisory",
    address: address || writtenIn,
    at: "",
    outcome: "fail",
    change: "none",
    message: `${says}: ${problem} (${writtenIn})`,
    unknown: null,
    noFix: null,
    assumed: null,
    fix: one.fix ?? fix,
    remedy: null,
    related: [],
    waiver: null,
    fingerprint: "",
    baseline: null,
    source: places?.get(key) ?? places?.get("") ?? null,
    refuses,
  };
}
