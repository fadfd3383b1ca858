// What a code host keeps track of: each violation and each open question, worst first, where it is and what it is known by.

import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Finding } from "../findings/finding.ts";
import { worstFirst } from "./notes.ts";
import { isOutside, shortened } from "./place.ts";
import { adviceOf } from "./pretty.ts";
import { onOneLine } from "./printable.ts";
import type { PlanReport, Report } from "./report.ts";

export interface Issue {
  readonly finding: Finding;
  readonly plan: PlanReport;
  readonly place: RepositoryPlace;
  /** The finding's own; what several findings share is numbered from the second on. */
  readonly fingerprint: string;
}

/** A place in a repository. */
export interface RepositoryPlace {
  /** From the repository's root, with forward slashes; absolute where it is not below the working directory. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** From 1. */
  readonly line: number;
  readonly column: number | undefined;
}

/** All but what passes. `directory`: the working directory, from the repository's root. */
export function issuesOf({ plans }: Report, directory = ""): Issue[] {
  const met = new Map<string, number>();
  const issues = plans.flatMap((plan) =>
    plan.findings
      .filter((one) => one.outcome !== "pass")
      .map((finding): Issue => {
        const fingerprint = fingerprintOf(finding);
        const times = (met.get(fingerprint) ?? 0) + 1;
        met.set(fingerprint, times);
        return {
          finding,
          plan,
          place: placeOf(finding, plan, directory),
          fingerprint: times === 1 ? fingerprint : `${fingerprint}:${times}`,
        };
      }),
  );
  return issues.sort((one, other) => rank(one.finding) - rank(other.finding) || worstFirst(one.finding, other.finding));
}

const rank = (finding: Finding): number => (finding.refuses ? 0 : isSettled(finding) ? 2 : 1);

/** Accepted by a waiver, or old by the baseline. */
export const isSettled = ({ waiver, baseline }: Finding): boolean => waiver !== null || baseline === "known";

/** A finding on a waiver has none of its own. */
const fingerprintOf = ({ fingerprint, policy, address, at, message }: Finding): string =>
  fingerprint ||
  createHash("sha256")
    .update(JSON.stringify([policy, address, at, message]))
    .digest("hex");

/** Where its source is; where there is none, the file of waivers, or the directory of the plan: never the plan. */
function placeOf({ source }: Finding, plan: PlanReport, directory: string): RepositoryPlace {
  if (!source && plan.kind !== "waivers") return directoryOf(plan, directory);
  const { file, line, column } = source ?? { file: plan.path, line: 1, column: undefined };
  return { path: inRepository(file, directory), isDirectory: false, line, column };
}

/** The directory of the configuration that a plan was made from. */
export const directoryOf = ({ path }: PlanReport, directory = ""): RepositoryPlace => ({
  path: inRepository(posix.dirname(slashed(path)), directory),
  isDirectory: true,
  line: 1,
  column: undefined,
});

const inRepository = (path: string, directory: string): string =>
  isOutside(path) ? slashed(path) : posix.join(slashed(directory), slashed(path));

const slashed = (path: string): string => path.replaceAll("\\", "/");

/** In characters; a key of a resource may be as long as it likes, and an upload may not. */
const maxText = 2000;

/** "aws_x.y: accepts TLS 1.0 (viewer_certificate[0].minimum_protocol_version). Set … ": the first sentence says it all. */
export function sentencesOf(finding: Finding): string {
  const { address, at, waiver, baseline } = finding;
  const settled = waiver ? `Waived: ${waiverText(waiver)}` : baseline === "known" ? "Known to the baseline" : "";
  const sentences = [`${address}: ${toldOf(finding)}${at ? ` (${at})` : ""}`, adviceOf(finding), settled];
  return shortened(
    onOneLine(
      sentences
        .filter(Boolean)
        .map((one) => one.replace(/\.?$/, "."))
        .join(" "),
    ),
    maxText,
  );
}

/** What was found, in words that tell a violation from an open question. */
export const toldOf = ({ outcome, message }: Finding): string =>
  outcome === "unknown" ? `cannot be told: ${message}` : message;

/** "behind a VPN until May (owner: web-team; until 2027-05-31; ticket: WEB-12; written in tlsgate.waivers.yaml)" */
export const waiverText = ({ reason, owner, expires, ticket, writtenIn }: NonNullable<Finding["waiver"]>): string => {
  const facts = [
    `owner: ${owner}`,
    `until ${expires}`,
    ticket === undefined ? "" : `ticket: ${ticket}`,
    `written in ${writtenIn}`,
  ];
  return `${reason} (${facts.filter(Boolean).join("; ")})`;
};
