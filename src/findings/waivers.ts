// Waivers: accepted violations, each with a reason, an owner and an end.

import { nearest } from "../nearest.ts";
import { groupedBy, onceEach } from "../plan/once.ts";
import { addressMatcher, isTooWide, withoutKey } from "./address-glob.ts";
import type { Finding, SourceLocation } from "./finding.ts";
import { digest, terraformDigest, type ValueAt } from "./fingerprint.ts";

export interface Waiver {
  /** Id of the policy whose violation is accepted. */
  readonly policy: string;
  /** Where: a glob over addresses, see addressMatcher. */
  readonly address: string;
  /** Of a waiver in a plan: the one value that it accepts, at one resource, whose address is no glob then. */
  readonly value?: WaivedValue | undefined;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, "2027-03-31", in UTC. */
  readonly expires: string;
  readonly ticket?: string | undefined;
  /** The file that holds it, or its address in the plan. */
  readonly file: string;
  /** Where it is written, for people: the file, and which of its waivers it is. */
  readonly writtenIn: string;
  readonly places?: Places | undefined;
}

/** The value of one attribute, as a waiver in a plan names it. */
export interface WaivedValue {
  /** Attribute path; `[*]` stands for any index. */
  readonly attribute: string;
  /** SHA-256 of policy, attribute and value; undefined where it is known after apply, as the value is then. */
  readonly fingerprint: string | undefined;
}

/** Where a waiver stands, as "", and each of its keys; nowhere where its lines are not known. */
export type Places = ReadonlyMap<string, SourceLocation>;

/** How waivers are written. */
export interface Written {
  /** The commit that they are read from; "" for the working tree. */
  readonly ref: string;
  /** In the order of the waivers. */
  readonly places: readonly Places[];
}

/** What a report says of the waiver of a finding. */
export type Waived = Pick<Waiver, "reason" | "owner" | "expires" | "ticket" | "writtenIn">;

/** A waiver that cannot be read, and why. */
export interface MalformedWaiver {
  readonly problem: string;
  readonly address: string;
  readonly file: string;
  readonly writtenIn: string;
  readonly places?: Places | undefined;
  /** The key that is wrong. */
  readonly key?: string | undefined;
  /** What to write, where that is not what a file holds. */
  readonly fix?: string | undefined;
}

export interface Waivers {
  readonly waivers: readonly Waiver[];
  readonly malformed: readonly MalformedWaiver[];
}

/** The last moment of a day in UTC; NaN for what is no day of the calendar. */
export function endOf(date: string): number {
  const end = Date.parse(`${date}T23:59:59.999Z`);
  return /^\d{4}-\d\d-\d\d$/.test(date) && new Date(end).toISOString().startsWith(date) ? end : Number.NaN;
}

const required = ["policy", "address", "reason", "owner", "expires"] as const;
const optional = ["ticket"] as const;

/** Reads waivers as a file or a configuration holds them; `policies`: the ids that there are. */
export function readWaivers(
  entries: unknown,
  file: string,
  policies: readonly string[],
  { ref, places }: Written = { ref: "", places: [] },
): Waivers {
  if (entries === undefined || entries === null) return { waivers: [], malformed: [] };
  const list = Array.isArray(entries) ? entries : [entries];
  const where = ref === "" ? file : `${file} (at ${ref})`;
  return split(
    list.map((entry, index) => {
      const writtenIn = `${where} (waiver ${index + 1})`;
      return readWaiver(entry, { file, writtenIn, places: places[index] }, policies);
    }),
  );
}

export const split = (read: readonly (Waiver | MalformedWaiver)[]): Waivers => ({
  waivers: read.flatMap((one) => ("problem" in one ? [] : [one])),
  malformed: read.flatMap((one) => ("problem" in one ? [one] : [])),
});

export type Origin = Pick<Waiver, "file" | "writtenIn" | "places">;

export function readWaiver(entry: unknown, origin: Origin, policies: readonly string[]): Waiver | MalformedWaiver {
  const malformed = (problem: string, address = "", key?: string): MalformedWaiver => ({
    ...origin,
    problem,
    address,
    key,
  });
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return malformed("it is no object");
  const given = entry as { readonly [name: string]: unknown };
  const text = (name: string) => (typeof given[name] === "string" ? given[name].trim() : "");
  const address = text("address");
  const missing = required.find((name) => text(name) === "");
  if (missing) return malformed(`${missing} is missing, or no text`, address, missing);
  const names: readonly string[] = [...required, ...optional];
  const strange = Object.keys(given).find((name) => !names.includes(name));
  if (strange !== undefined) return malformed(`it has no ${quoted(strange, names)}`, address, strange);
  if (!policies.includes(text("policy"))) {
    return malformed(`there is no policy ${quoted(text("policy"), policies)}`, address, "policy");
  }
  if (Number.isNaN(endOf(text("expires")))) {
    return malformed(`expires is a day such as 2027-03-31, not ${JSON.stringify(given.expires)}`, address, "expires");
  }
  const [policy, reason, owner, expires] = [text("policy"), text("reason"), text("owner"), text("expires")];
  return { ...origin, policy, address, reason, owner, expires, ticket: text("ticket") || undefined };
}

function quoted(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return `${JSON.stringify(name)}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

export interface Applied {
  /** In their order; a waived violation refuses nothing. */
  readonly findings: readonly Finding[];
  /** The waivers that accept any of them. */
  readonly used: readonly Waiver[];
}

export const isExpired = ({ expires }: Waiver, today: Date): boolean => endOf(expires) < today.getTime();

/** A waiver in a plan names one resource. */
export const isRule = ({ address, value }: Waiver): boolean => value === undefined && isTooWide(address);

/** Which violations are accepted today. `valueAt`: what the plan holds. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  { today, valueAt }: { readonly today: Date; readonly valueAt: ValueAt },
): Applied {
  const waiversAt = waiversByPlace(waivers.filter((one) => !isRule(one) && !isExpired(one, today)));
  const matcherOf = onceEach(addressMatcher);
  const used = new Set<Waiver>();
  const judged = findings.map((finding): Finding => {
    if (finding.outcome === "pass") return finding;
    const fitting = waiversAt(finding).filter((waiver) => acceptsValue(waiver, finding, valueAt, matcherOf));
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

/**
 * The waivers for a policy at an address. There can be many of both: a waiver without a wildcard is looked up, and a
 * glob is parsed once, and matched once with each address.
 */
function waiversByPlace(waivers: readonly Waiver[]): (finding: Finding) => readonly Waiver[] {
  const isGlob = ({ address, value }: Waiver) => value === undefined && address.includes("*");
  const byAddress = groupedBy(
    waivers.filter((one) => !isGlob(one)),
    ({ policy, address }) => `${policy} ${address}`,
  );
  const globs = groupedBy(
    waivers.filter(isGlob).map((waiver) => ({ waiver, matches: addressMatcher(waiver.address) })),
    ({ waiver }) => waiver.policy,
  );
  const ofPolicy = onceEach((policy: string) =>
    onceEach((address: string) => [
      ...[...new Set([address, withoutKey(address)])].flatMap((one) => byAddress.get(`${policy} ${one}`) ?? []),
      ...(globs.get(policy) ?? []).flatMap(({ waiver, matches }) => (matches(address) ? [waiver] : [])),
    ]),
  );
  return ({ policy, address }) => ofPolicy(policy)(address);
}

/** Whether a waiver for an address accepts what the plan holds there. */
function acceptsValue(
  { policy, value }: Waiver,
  { address, at }: Finding,
  valueAt: ValueAt,
  matcherOf: (glob: string) => (text: string) => boolean,
): boolean {
  if (value === undefined) return true;
  const { attribute, fingerprint } = value;
  if (!matcherOf(attribute)(at)) return false;
  const planned = valueAt(address, at);
  if (planned === undefined || fingerprint === undefined) return planned === fingerprint;
  // The constructs compute it, or Terraform does, of what only Terraform knows.
  return [digest, terraformDigest].some((compute) => compute(policy, attribute, planned) === fingerprint);
}
