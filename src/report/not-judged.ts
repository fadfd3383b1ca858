// Resources that may serve HTTPS and are not judged, in words: one line for those that refuse the plan, one for the others.

import type { NotJudged } from "../findings/not-judged.ts";
import { grouped } from "./grouped.ts";
import { shortened } from "./place.ts";
import { onOneLine } from "./printable.ts";

export interface NotJudgedNotice {
  readonly refuses: boolean;
  /** How many resources it stands for. */
  readonly size: number;
  /** "2 resources may serve HTTPS and are not judged" */
  readonly heading: string;
  /** What they are, with as many addresses as there is room for. */
  readonly kinds: readonly NotJudgedKind[];
  /** How many addresses are left out. */
  readonly more: number;
}

export interface NotJudgedKind {
  /** "Helm release" */
  readonly what: string;
  readonly addresses: readonly string[];
}

const maxAddresses = 10;

/** In characters; a key of a resource may be as long as it likes. */
const maxAddress = 200;

export function notJudgedNotices(resources: readonly NotJudged[] = []): NotJudgedNotice[] {
  const [refusing, others] = [resources.filter((one) => one.refuses), resources.filter((one) => !one.refuses)];
  return [refusing, others].filter((some) => some.length > 0).map(noticeOf);
}

function noticeOf(resources: readonly NotJudged[]): NotJudgedNotice {
  const size = resources.length;
  const refuses = resources.some((one) => one.refuses);
  const kinds = shownKinds(resources);
  const shown = kinds.reduce((sum, { addresses }) => sum + addresses.length, 0);
  return { refuses, size, heading: headingOf(size, refuses), kinds, more: size - shown };
}

function headingOf(size: number, refuses: boolean): string {
  const heading = `${countOf(size)} may serve HTTPS and ${size === 1 ? "is" : "are"} not judged`;
  return refuses ? `${heading} (refused by notJudged: refuse)` : heading;
}

/** Each kind gets an address before any of them gets another, so that many of one kind hide no other kind. */
function shownKinds(resources: readonly NotJudged[]): NotJudgedKind[] {
  const groups = grouped(resources, ({ what }) => what);
  const longest = Math.max(...groups.map((group) => group.length));
  const counts = groups.map(() => 0);
  for (let round = 0, left = maxAddresses; round < longest && left > 0; round++) {
    for (const [index, group] of groups.entries()) {
      if (group.length <= round || left === 0) continue;
      counts[index] = round + 1;
      left--;
    }
  }
  return groups.flatMap((group, index) => {
    const addresses = group.slice(0, counts[index]).map(({ address }) => shortened(onOneLine(address), maxAddress));
    return addresses.length > 0 ? [{ what: group[0].what, addresses }] : [];
  });
}

/** "2 resources may serve HTTPS and are not judged: Helm release helm_release.a, helm_release.b; and 4 more" */
export function notJudgedText({ heading, kinds, more }: NotJudgedNotice): string {
  const parts = kinds.map(({ what, addresses }) => `${what} ${addresses.join(", ")}`);
  return `${heading}: ${[...parts, ...(more > 0 ? [`and ${more} more`] : [])].join("; ")}`;
}

/** "1 resource", "2 resources" */
const countOf = (size: number): string => `${size} resource${size === 1 ? "" : "s"}`;

/** Why a report is refused: "2 findings and 1 resource that is not judged". */
export function refusalReason(findings: number, notJudged: number): string {
  const parts = [
    findings > 0 || notJudged === 0 ? `${findings} finding${findings === 1 ? "" : "s"}` : "",
    notJudged > 0 ? `${countOf(notJudged)} that ${notJudged === 1 ? "is" : "are"} not judged` : "",
  ];
  return parts.filter(Boolean).join(" and ");
}
