// The baseline: violations that are known and to be mended later, by fingerprints that tell no value.

import { InputError } from "../input-error.ts";
import type { Plan } from "../plan/plan.ts";
import type { Finding } from "./finding.ts";
import { digest, type ValueAt } from "./fingerprint.ts";

/** One known violation. */
export interface Known {
  readonly policy: string;
  readonly address: string;
  /** SHA-256 of policy, address, attribute and value. */
  readonly fingerprint: string;
}

export interface Baseline {
  readonly version: 1;
  readonly known: readonly Known[];
}

export const emptyBaseline: Baseline = { version: 1, known: [] };

/** Reads a baseline file. Throws an InputError for what is none. */
export function readBaseline(text: string, path: string): Baseline {
  const mend = "tlsgate baseline PATH…";
  const wrong = (why: string) => new InputError(`${path} is no baseline: ${why}.`, mend);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw wrong("it is no JSON");
  }
  const { version, known } = (parsed ?? {}) as Partial<Baseline>;
  if (version !== 1) throw wrong("its version is not 1");
  if (!Array.isArray(known) || !known.every(isKnown)) throw wrong("`known` is no list of fingerprints");
  return { version, known };
}

const isKnown = (one: unknown): one is Known =>
  typeof one === "object" && one !== null && typeof (one as Partial<Known>).fingerprint === "string";

/** What today's violations are written down as, waived ones left out: they have their own record. */
export function baselineOf(findings: readonly Finding[]): Baseline {
  const open = findings.filter((one) => one.outcome !== "pass" && one.waiver === null && one.fingerprint !== "");
  const known = new Map(
    open.map(({ policy, address, fingerprint }) => [fingerprint, { policy, address, fingerprint }]),
  );
  const order = (one: Known) => `${one.policy}\n${one.address}\n${one.fingerprint}`;
  return { version: 1, known: [...known.values()].sort((one, other) => (order(one) < order(other) ? -1 : 1)) };
}

/** As it is written: one violation a line, so that a diff reads well. */
export const baselineText = ({ version, known }: Baseline): string =>
  `{\n  "version": ${version},\n  "known": [${known.map((one) => `\n    ${JSON.stringify(one)}`).join(",")}\n  ]\n}\n`;

/** The fingerprint of a violation at an address; the same as before a `moved` block moved it. */
const fingerprintAt = (finding: Finding, address: string, valueAt: ValueAt): string =>
  digest(finding.policy, address, finding.at, finding.outcome, valueAt(finding.address, finding.at));

/** Gives each violation its fingerprint. */
export const fingerprinted = (findings: readonly Finding[], valueAt: ValueAt): Finding[] =>
  findings.map((one) =>
    one.outcome === "pass" ? one : { ...one, fingerprint: fingerprintAt(one, one.address, valueAt) },
  );

export interface Compared {
  readonly findings: readonly Finding[];
  /** Fingerprints of the baseline that are still there. */
  readonly met: readonly string[];
}

/** Tells what is new from what is known; what is known refuses nothing. */
export function compared(
  findings: readonly Finding[],
  { known }: Baseline,
  { plan, valueAt }: { readonly plan: Plan; readonly valueAt: ValueAt },
): Compared {
  const before = new Map(plan.instances.map(({ address, previousAddress }) => [address, previousAddress]));
  const fingerprints = new Set(known.map((one) => one.fingerprint));
  const met = new Set<string>();
  const judged = findings.map((one): Finding => {
    if (one.outcome === "pass" || one.fingerprint === "") return one;
    const previous = before.get(one.address);
    const names = [one.fingerprint, ...(previous ? [fingerprintAt(one, previous, valueAt)] : [])];
    const found = names.find((name) => fingerprints.has(name));
    if (found === undefined) return { ...one, baseline: "new" };
    met.add(found);
    return { ...one, baseline: "known", refuses: false };
  });
  return { findings: judged, met: [...met] };
}
