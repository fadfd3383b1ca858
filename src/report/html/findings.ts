// Findings as tables: what fails or cannot be told in full, what passes folded away.

import type { Finding } from "../../findings/finding.ts";
import { worstFirst } from "../notes.ts";
import { adviceOf } from "../pretty.ts";
import { badge, markOf } from "./marks.ts";
import { type Content, type Markup, markup } from "./markup.ts";

/** A finding, and its number in the report: it may be shown beside several endpoints. */
export interface Numbered {
  readonly number: number;
  readonly finding: Finding;
}

export function findingTables(findings: readonly Numbered[], about: string): Content {
  const sorted = [...findings].sort((one, other) => urgency(one) - urgency(other) || byWorst(one, other));
  const open = sorted.filter(({ finding }) => isOpen(finding));
  const rest = sorted.filter(({ finding }) => !isOpen(finding));
  if (findings.length === 0) return markup`<p class="quiet">No policy judges anything here.</p>`;
  return [
    open.length > 0 && table(open, about, `What fails or is unknown of ${about}`),
    rest.length > 0 &&
      markup`<details class="passes"><summary>${count(rest.length, "check")} ${rest.length === 1 ? "passes" : "pass"}${fixedIn(rest)}</summary>${table(rest, about, `What passes of ${about}`)}</details>\n`,
  ];
}

const isOpen = ({ outcome }: Finding): boolean => outcome !== "pass";

const fixedIn = (findings: readonly Numbered[]): string => {
  const fixed = findings.filter(({ finding }) => finding.change === "fixed").length;
  return fixed === 0 ? "" : `, ${fixed} of them fixed by this plan`;
};

const byWorst = (one: Numbered, other: Numbered): number => worstFirst(one.finding, other.finding);

const urgency = ({ finding }: Numbered): number =>
  finding.refuses ? 0 : isOpen(finding) ? (finding.waiver ? 2 : 1) : finding.change === "fixed" ? 3 : 4;

// What lays a table out for a phone takes its roles away, so they are written down.
const table = (findings: readonly Numbered[], about: string, caption: string): Markup =>
  markup`<table role="table"><caption class="unseen">${caption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Outcome</th><th role="columnheader" scope="col">Policy</th><th role="columnheader" scope="col">What and where</th><th role="columnheader" scope="col">Change</th></tr></thead>
<tbody role="rowgroup">
${findings.map((one) => row(one, about))}</tbody></table>\n`;

function row({ number, finding }: Numbered, about: string): Markup {
  const { policy, severity, outcome, change, message, address, at, waiver, refuses, related } = finding;
  const isAway = address !== about;
  const place = [
    isAway && markup`<code>${address}</code>`,
    isAway && at !== "" && " · ",
    at !== "" && markup`<code>${at}</code>`,
  ];
  const advice = outcome !== "pass" && adviceOf(finding);
  const others = related.filter((one) => one !== address);
  const outcomes = [outcome, ...(refuses ? ["refuses"] : []), ...(waiver ? ["waived"] : [])];
  return markup`<tr role="row" data-number="${number}" data-policy="${policy}" data-outcome="${outcomes.join(" ")}" data-change="${changesOf(finding).join(" ")}"${refuses && markup` class="refuses"`}>
<td role="cell" class="outcome">${outcomeBadge(finding)}<span class="severity">${severity}${refuses && markup`, <b>refuses</b>`}</span></td>
<td role="cell" class="policy"><a href="#policy-${policy}">${policy}</a></td>
<td role="cell" class="what"><p class="message">${message}</p><p class="place">${place}${sourceOf(finding)}</p>${others.length > 0 && markup`<p class="place">with ${others.map((one, index) => [index > 0 && ", ", markup`<code>${one}</code>`])}</p>`}${advice && markup`<p class="advice"><span aria-hidden="true">→ </span>${advice}</p>`}${waiverOf(finding)}</td>
<td role="cell" class="change">${changeText(change)}${finding.baseline && markup`<span class="severity">${baselineText(finding.baseline)}</span>`}</td>
</tr>\n`;
}

const outcomeBadge = (finding: Finding): Markup => {
  const mark = markOf(finding);
  return mark === "plain" ? badge("pass") : badge(mark);
};

function sourceOf({ source }: Finding): Content {
  if (!source) return "";
  const { file, line, column, constructPath } = source;
  return markup` <span class="source">at <code>${file}:${line}:${column}</code>${constructPath && markup` (<code>${constructPath}</code>)`}</span>`;
}

function waiverOf({ waiver }: Finding): Content {
  if (!waiver) return "";
  const { reason, owner, expires, ticket, writtenIn } = waiver;
  return markup`<p class="waiver">Waived until ${expires} by ${owner}: ${reason}${ticket && ` (${ticket})`}; written in <code>${writtenIn}</code></p>`;
}

const changeText = (change: Finding["change"]): Content =>
  change === "none"
    ? markup`<span class="quiet"><span aria-hidden="true">–</span><span class="unseen">none</span></span>`
    : change;

const baselineText = (baseline: "new" | "known"): string =>
  baseline === "known" ? "known to the baseline" : "new to the baseline";

/** By what a reader asks for. */
export const changesOf = ({ change, baseline }: Finding): readonly string[] => [
  change,
  ...(baseline === null ? [] : [baseline]),
];

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
