// Waivers: accepted violations, each with a reason, an owner and an end. One that is no longer right is a finding itself.

import { nearest } from "../nearest.ts";
import { type ModuleStep, modulePrefix, parseModuleAddress } from "../plan/address.ts";
import type { Plan } from "../plan/plan.ts";
import { isTooWide, matchesAddress } from "./address-glob.ts";
import type { Finding } from "./finding.ts";
import { digest, type ValueAt } from "./fingerprint.ts";

export interface Waiver {
  /** Id of the policy whose violation is accepted. */
  readonly policy: string;
  /** Where: a glob over addresses, see matchesAddress. */
  readonly address: string;
  /** Attribute path in it; `[*]` stands for any index. Any attribute where there is none. */
  readonly attribute?: string | undefined;
  /** SHA-256 of policy, attribute and value: another value than this one is not accepted. */
  readonly fingerprint?: string | undefined;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, "2027-03-31", in UTC. */
  readonly expires: string;
  readonly ticket?: string | undefined;
  /** The file that holds it, or its address in the plan. */
  readonly file: string;
  /** Where it is written, for people: the file, and which of its waivers it is. */
  readonly writtenIn: string;
}

/** What a report says of the waiver of a finding. */
export type Waived = Pick<Waiver, "reason" | "owner" | "expires" | "ticket" | "writtenIn">;

/** A waiver that cannot be read, and why. */
export interface MalformedWaiver {
  readonly problem: string;
  readonly address: string;
  readonly file: string;
  readonly writtenIn: string;
}

export interface Waivers {
  readonly waivers: readonly Waiver[];
  readonly malformed: readonly MalformedWaiver[];
}

const day = 86_400_000;

/** How long ahead of its end a waiver is warned of, in days. */
const noticeDays = 14;

/** The last moment of a day in UTC; NaN for what is no day of the calendar. */
function endOf(date: string): number {
  const end = Date.parse(`${date}T23:59:59.999Z`);
  return /^\d{4}-\d\d-\d\d$/.test(date) && new Date(end).toISOString().startsWith(date) ? end : Number.NaN;
}

const required = ["policy", "address", "reason", "owner", "expires"] as const;
const optional = ["ticket"] as const;

/** Reads waivers as a file or a configuration holds them; `policies`: the ids that there are. */
export function readWaivers(entries: unknown, file: string, policies: readonly string[]): Waivers {
  if (entries === undefined || entries === null) return { waivers: [], malformed: [] };
  const list = Array.isArray(entries) ? entries : [entries];
  const read = list.map((entry, index) => readWaiver(entry, file, `${file} (waiver ${index + 1})`, policies));
  return split(read);
}

const split = (read: readonly (Waiver | MalformedWaiver)[]): Waivers => ({
  waivers: read.flatMap((one) => ("problem" in one ? [] : [one])),
  malformed: read.flatMap((one) => ("problem" in one ? [one] : [])),
});

function readWaiver(
  entry: unknown,
  file: string,
  writtenIn: string,
  policies: readonly string[],
): Waiver | MalformedWaiver {
  const malformed = (problem: string, address = ""): MalformedWaiver => ({ problem, address, file, writtenIn });
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return malformed("it is no object");
  const given = entry as { readonly [name: string]: unknown };
  const text = (name: string) => (typeof given[name] === "string" ? given[name].trim() : "");
  const address = text("address");
  const missing = required.find((name) => text(name) === "");
  if (missing) return malformed(`${missing} is missing, or no text`, address);
  const names: readonly string[] = [...required, ...optional];
  const strange = Object.keys(given).find((name) => !names.includes(name));
  if (strange !== undefined) return malformed(`it has no ${quoted(strange, names)}`, address);
  if (!policies.includes(text("policy"))) {
    return malformed(`there is no policy ${quoted(text("policy"), policies)}`, address);
  }
  if (Number.isNaN(endOf(text("expires")))) {
    return malformed(`expires is a day such as 2027-03-31, not ${JSON.stringify(given.expires)}`, address);
  }
  const [policy, reason, owner, expires] = [text("policy"), text("reason"), text("owner"), text("expires")];
  return { policy, address, reason, owner, expires, ticket: text("ticket") || undefined, file, writtenIn };
}

function quoted(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return `${JSON.stringify(name)}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

const recordName = "tlsgate_waivers";

/**
 * The waivers that the constructs have written into a plan, each for one value at one place. `moment` "before": those
 * that have been applied already, which a change of today cannot have added.
 */
export function planWaivers({ instances }: Plan, policies: readonly string[], moment: "before" | "after"): Waivers {
  const read = instances
    .filter(({ type, name }) => type === "terraform_data" && name === recordName)
    .flatMap((instance) => {
      const { address, moduleAddress } = instance;
      const input = instance[moment]?.values.input;
      if (input === undefined || input === null) return [];
      const entries = Array.isArray(input) ? input : [input];
      return entries.map((entry) => recordedWaiver(entry, parseModuleAddress(moduleAddress), address, policies));
    });
  return split(read);
}

/** The constructs' words: `rule`, `resource`, `until`. */
function recordedWaiver(entry: unknown, module: readonly ModuleStep[], writtenIn: string, policies: readonly string[]) {
  const { rule, resource, until, attribute, fingerprint, ...rest } = (entry ?? {}) as {
    readonly [name: string]: unknown;
  };
  const given = Object.entries(rest).filter(([, value]) => value !== null);
  const read = readWaiver(
    { policy: rule, address: `${modulePrefix(module)}${resource}`, expires: until, ...Object.fromEntries(given) },
    writtenIn,
    writtenIn,
    policies,
  );
  if ("problem" in read) return read;
  if (typeof attribute !== "string")
    return { problem: "attribute is missing", address: read.address, file: writtenIn, writtenIn };
  return { ...read, attribute, fingerprint: typeof fingerprint === "string" ? fingerprint : undefined };
}

export interface Applied {
  /** In their order; a waived violation refuses nothing. */
  readonly findings: readonly Finding[];
  /** The waivers that accept any of them. */
  readonly used: readonly Waiver[];
}

const isExpired = ({ expires }: Waiver, today: Date): boolean => endOf(expires) < today.getTime();

/** What the constructs write names one resource, by its address. */
const isRule = ({ address, attribute }: Waiver): boolean => attribute === undefined && isTooWide(address);

/** Which violations are accepted today. `valueAt`: what the plan holds. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  { today, valueAt }: { readonly today: Date; readonly valueAt: ValueAt },
): Applied {
  const good = waivers.filter((one) => !isRule(one) && !isExpired(one, today));
  const used = new Set<Waiver>();
  const judged = findings.map((finding): Finding => {
    const fitting = finding.outcome === "pass" ? [] : good.filter((waiver) => covers(waiver, finding, valueAt));
    for (const waiver of fitting) used.add(waiver);
    // The one that holds longest, so that two of them do not expire twice.
    const [waiver] = fitting.sort((one, other) => other.expires.localeCompare(one.expires));
    if (!waiver) return finding;
    const { reason, owner, expires, ticket, writtenIn } = waiver;
    const waived = { reason, owner, expires, ...(ticket === undefined ? {} : { ticket }), writtenIn };
    return { ...finding, waiver: waived, refuses: false };
  });
  return { findings: judged, used: [...used] };
}

/** What is to be said of the waivers themselves: malformed, too wide, expired, about to expire, or used by nothing. */
export function waiverNotices({ waivers, malformed }: Waivers, used: readonly Waiver[], today: Date): Finding[] {
  const good = waivers.filter((one) => !isRule(one) && !isExpired(one, today));
  const inUse = good.filter((one) => used.includes(one));
  const ending = inUse.filter(({ expires }) => endOf(expires) < today.getTime() + noticeDays * day);
  return [
    ...malformed.map((one) => notice("waiver-malformed", one, one.problem)),
    ...waivers
      .filter(isRule)
      .map((one) => notice("waiver-too-wide", one, `${one.address} names no module, and no resource by type and name`)),
    ...waivers
      .filter((one) => isExpired(one, today))
      .map((one) => notice("waiver-expired", one, `it ended on ${one.expires}`)),
    ...ending.map((one) => notice("waiver-expiring", one, `it ends on ${one.expires}`)),
    ...good
      .filter((one) => !inUse.includes(one))
      .map((one) => notice("waiver-unused", one, `there is no violation of ${one.policy} at ${one.address}`)),
  ];
}

function covers(waiver: Waiver, finding: Finding, valueAt: ValueAt): boolean {
  const { policy, address, attribute, fingerprint } = waiver;
  if (policy !== finding.policy || !matchesAddress(address, finding.address)) return false;
  if (attribute === undefined) return true;
  const isThere = matchesAddress(attribute, finding.at);
  return isThere && (!fingerprint || fingerprint === digest(policy, attribute, valueAt(finding.address, finding.at)));
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
  { address, writtenIn }: Pick<Waiver, "address" | "writtenIn">,
  problem: string,
): Finding {
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
    fix,
    remedy: null,
    related: [],
    waiver: null,
    fingerprint: "",
    baseline: null,
    source: null,
    refuses,
  };
}
