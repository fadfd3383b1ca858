// A comment on a pull request, and a job summary: what this change makes worse and better first, as tables of GFM.

import type { Finding, SourceLocation } from "../findings/finding.ts";
import { moduleText } from "../text.ts";
import { grouped } from "./grouped.ts";
import { notJudgedNotices } from "./not-judged.ts";
import { worstFirst } from "./notes.ts";
import { inRepository, isOutside, shortened } from "./place.ts";
import { adviceOf } from "./pretty.ts";
import { onOneLine, wellFormed } from "./printable.ts";
import {
  isRefused,
  leftOutText,
  notJudgedCount,
  type PlanReport,
  type Report,
  type Reporter,
  refusalText,
} from "./report.ts";

export interface MarkdownOptions {
  /** Tells several comments on one pull request apart, such as a stack's name. */
  readonly key?: string | undefined;
  /** Where sources can be read, such as `https://github.com/OWNER/REPO/blob/COMMIT`; no links without it. */
  readonly base?: string | undefined;
  /** The working directory from the root of the repository, where it is another. */
  readonly directory?: string | undefined;
  /** The most UTF-16 code units to write. Default 65,535. */
  readonly limit?: number | undefined;
}

/**
 * GitHub refuses a comment above 65,536 characters: "Body is too long (maximum is 65536 characters)". By measurement
 * these are code points of a pull request's description, and 262,144 bytes of a comment
 * (https://github.com/dead-claudia/github-limits#issue-comments). So many UTF-16 code units are never more than either.
 * A job summary may be 1 MiB
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits).
 */
const githubLimit = 65_535;

/** The hidden first line, by which a comment is found again and updated in place. */
export const markerOf = (key = ""): string =>
  key === ""
    ? "<!-- tlsgate -->"
    : `<!-- tlsgate: ${encodeURIComponent(wellFormed(key)).replace(/-(?=-)/g, "%2D")} -->`;

export const markdown =
  ({ key, base, directory, limit = githubLimit }: MarkdownOptions = {}): Reporter =>
  (report) => {
    const head = [markerOf(key), ...headOf(report)].join("\n");
    return fitted(head, sectionsOf(report, linker(base, directory)), limit);
  };

/** A part that is cut at whole rows. */
interface Section {
  /** What a row stands for, for the line that says how much is left: "introduced". */
  readonly noun: string;
  /** Before the rows and after them. */
  readonly before: string;
  readonly after: string;
  readonly rows: readonly Row[];
}

interface Row {
  readonly text: string;
  /** How many findings, or plans, it stands for. */
  readonly size: number;
}

/** As many whole rows as there is room for, and a line that says how many are left. */
function fitted(head: string, sections: readonly Section[], limit: number): string {
  const totals = sections.map(({ noun, rows }) => ({ noun, left: sizeOf(rows) }));
  // What the last line can take at most: all that there is.
  const room = limit - lastLine(totals).length;
  let text = `${head}\n`;
  for (const [index, { before, after, rows }] of sections.entries()) {
    const total = totals[index];
    let shown = "";
    for (const row of rows) {
      if (text.length + before.length + shown.length + row.text.length + after.length > room) break;
      shown += row.text;
      if (total) total.left -= row.size;
    }
    if (shown !== "") text += before + shown + after;
  }
  return text + lastLine(totals);
}

const sizeOf = (rows: readonly Row[]): number => rows.reduce((sum, { size }) => sum + size, 0);

function lastLine(totals: readonly { readonly noun: string; readonly left: number }[]): string {
  const left = totals.filter((total) => total.left > 0).map((total) => `${total.left} ${total.noun}`);
  return left.length > 0
    ? `\n**Left out, for there is no more room here:** ${left.join(", ")}. The JSON report lists all.\n`
    : "";
}

function headOf(report: Report): string[] {
  const { verdict, summary, plans } = report;
  const { endpoints, checks, pass, fail, unknown, gone } = summary;
  const title = {
    pass: "✔ tlsgate: the plan may go",
    refused: `✖ tlsgate: ${refusalText(report)}`,
    error: `✖ tlsgate: could not be judged${isRefused(report) ? `; ${refusalText(report)}` : ""}`,
  }[verdict];
  const facts = [
    plans.filter(isPlan).length === 1 ? "" : count(plans.filter(isPlan).length, "plan"),
    count(endpoints, "endpoint"),
    `${count(checks, "check")}: ${pass} pass, ${fail} fail, ${unknown} unknown`,
    gone ? `${gone} of the baseline gone` : "",
    notJudgedCount(summary),
  ];
  const kinds = classes.map(({ noun, holds }) => {
    const size = plans.reduce((sum, plan) => sum + plan.findings.filter(holds).length, 0);
    const told = size > 0 ? `${size} ${noun}` : "";
    return told !== "" && (noun === "introduced" || noun === "fixed") ? `**${told}**` : told;
  });
  const lines = [facts, kinds, [leftOutText(summary)]]
    .map((parts) => parts.filter(Boolean).join(" · "))
    .filter(Boolean);
  return [`## ${title}`, "", lines.join("<br>\n")];
}

/** Waivers of a file stand among the plans. */
const isPlan = ({ kind }: PlanReport): boolean => kind !== "waivers";

/** A finding is in one of them; a pass is in none, but where it mends something. */
interface Class {
  readonly noun: string;
  readonly title: string;
  /** Folded away until it is asked for. */
  readonly folded: boolean;
  readonly holds: (finding: Finding) => boolean;
}

const isOpen = ({ outcome, waiver, baseline }: Finding): boolean =>
  outcome !== "pass" && waiver === null && baseline !== "known";

/** In the order in which they are told. */
const classes: readonly Class[] = [
  {
    noun: "introduced",
    title: "Worse with this change",
    folded: false,
    holds: (one) => isOpen(one) && one.outcome === "fail" && one.change === "introduced",
  },
  {
    noun: "found",
    title: "Found, with no before to compare with",
    folded: false,
    holds: (one) => isOpen(one) && one.outcome === "fail" && one.change !== "introduced" && one.change !== "existing",
  },
  {
    noun: "fixed",
    title: "Better with this change",
    folded: false,
    holds: (one) => one.outcome === "pass" && one.change === "fixed",
  },
  {
    noun: "existing",
    title: "As it was before",
    folded: false,
    holds: (one) => isOpen(one) && one.outcome === "fail" && one.change === "existing",
  },
  {
    noun: "unknown",
    title: "What the plan does not tell",
    folded: false,
    holds: (one) => isOpen(one) && one.outcome === "unknown",
  },
  {
    noun: "waived",
    title: "Waived",
    folded: true,
    holds: (one) => one.outcome !== "pass" && one.waiver !== null,
  },
  {
    noun: "known",
    title: "Known to the baseline",
    folded: true,
    holds: (one) => one.outcome !== "pass" && one.waiver === null && one.baseline === "known",
  },
];

type Link = (source: SourceLocation) => string;

function sectionsOf({ plans }: Report, link: Link): Section[] {
  const paths = new Map(plans.flatMap((plan) => plan.findings.map((one) => [one, plan.path] as const)));
  const pathOf = (finding: Finding) => (plans.length > 1 ? paths.get(finding) : undefined);
  const ofFindings = classes.map((one) => findingSection(one, plans, pathOf, link));
  return [...noticeSections(plans), ...ofFindings, chainSection(plans), planSection(plans)];
}

/** What must not be overlooked. */
function noticeSections(plans: readonly PlanReport[]): Section[] {
  const section = (noun: string, told: string, which: (plan: PlanReport) => boolean): Section => ({
    noun,
    before: `\n**${told}**\n\n`,
    after: "",
    rows: plans.filter(which).map(({ path }) => ({ text: `- ${code(path)}\n`, size: 1 })),
  });
  return [
    section("that could not be judged", "Could not be judged:", ({ verdict }) => verdict === "error"),
    section(
      "partial",
      "PARTIAL PLAN: it leaves out changes (-target, -exclude, or deferred ones), and the verdict leaves them out too.",
      ({ complete, verdict }) => !complete && verdict !== "error",
    ),
    notJudgedSection(plans),
  ];
}

/** A line for each plan that holds resources which are not judged. */
function notJudgedSection(plans: readonly PlanReport[]): Section {
  const rows = plans.flatMap(({ path, notJudged }) =>
    notJudgedNotices(notJudged).map(({ refuses, size, heading, kinds, more }) => {
      const listed = kinds.map(({ what, addresses }) => `${text(what)} ${addresses.map(code).join(", ")}`);
      const parts = [...listed, ...(more > 0 ? [`and ${more} more`] : [])];
      const of = plans.length > 1 ? `${text(path, 200)}: ` : "";
      return { text: `\n${refuses ? "✖ " : ""}${of}**${text(heading)}:** ${parts.join("; ")}\n`, size };
    }),
  );
  return { noun: "not judged", before: "", after: "", rows };
}

function findingSection(
  { noun, title, folded, holds }: Class,
  plans: readonly PlanReport[],
  pathOf: (finding: Finding) => string | undefined,
  link: Link,
): Section {
  const findings = plans.flatMap((plan) => plan.findings.filter(holds)).sort(refusingFirst);
  // First what is said of one place, then the resources of which the same is said.
  const places = grouped(findings, (one) => [pathOf(one), one.address, one.at, lineOf(one), one.waiver]);
  const alike = grouped(places, (said) => {
    const [first] = said;
    const faults = said.map((one) => [one.policy, one.outcome, one.message, one.refuses, adviceOf(one)]);
    return [pathOf(first), first.at, lineOf(first), first.waiver, faults];
  });
  const heading = `${title} (${findings.length})`;
  const last = noun === "waived" ? "Accepted" : noun === "fixed" ? "" : "What to do";
  const what = { fixed: "What is met now", unknown: "What is not told" }[noun] ?? "What is wrong";
  const columns = ["Severity", "Where", what, last].filter(Boolean);
  const table = `| ${columns.join(" | ")} |\n|${columns.map(() => " --- |").join("")}\n`;
  return {
    noun,
    before: folded ? `\n<details><summary>${heading}</summary>\n\n${table}` : `\n### ${heading}\n\n${table}`,
    after: folded ? "\n</details>\n" : "",
    rows: alike.map((group) => ({ text: rowOf(group, noun, pathOf(group[0][0]), link), size: group.flat().length })),
  };
}

const refusingFirst = (one: Finding, other: Finding): number =>
  Number(other.refuses) - Number(one.refuses) || worstFirst(one, other);

const lineOf = ({ source }: Finding) => source && [source.file, source.line];

type Said = readonly [Finding, ...Finding[]];

function rowOf(group: readonly [Said, ...Said[]], noun: string, path: string | undefined, link: Link): string {
  const [said] = group;
  const [{ severity, refuses, at, source, waiver }] = said;
  const addresses = group.map(([{ address }]) => address);
  const shown = addresses.length > 12 ? addresses.slice(0, 10) : addresses;
  const more = addresses.length - shown.length;
  const where = [
    ...(path === undefined ? [] : [text(path, 200)]),
    ...shown.map(code),
    ...(said[0].module ? [text(moduleText(said[0].module), 200)] : []),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(at === "" ? [] : [code(at)]),
    ...(source ? [link(source)] : []),
  ];
  const cells = [refuses ? `✖&nbsp;${severity}` : severity, where.join("<br>"), faultsOf(said, noun)];
  if (noun === "waived" && waiver) cells.push(waiverText(waiver));
  else if (noun !== "fixed") cells.push([...new Set(said.map(adviceOf))].map((advice) => text(advice)).join("<br>"));
  return `| ${cells.join(" | ")} |\n`;
}

/** Of one place: what several policies say in the same words stands once; what is not as the row says, with each. */
function faultsOf(said: Said, noun: string): string {
  const same = grouped(said, ({ message, outcome }) => [message, outcome]);
  const told = same.map((group) => {
    const [{ message, outcome }] = group;
    const ids = group.map(({ policy, severity, refuses }) => {
      const others = [
        severity === said[0].severity ? "" : severity,
        refuses || !said[0].refuses ? "" : "does not refuse",
      ];
      const other = others.filter(Boolean).join(", ");
      return `**${text(policy, 100)}**${other === "" ? "" : ` (${other})`}`;
    });
    return `${ids.join(", ")}: ${text(outcome === "unknown" && noun !== "unknown" ? `cannot be told: ${message}` : message)}`;
  });
  return told.join("<br>");
}

const waiverText = ({ owner, expires, reason, ticket }: NonNullable<Finding["waiver"]>): string =>
  text(`by ${owner} until ${expires}: ${reason}${ticket ? ` (${ticket})` : ""}`);

/** Behind which endpoint another stands. */
function chainSection(plans: readonly PlanReport[]): Section {
  const chains = plans.flatMap((plan) => plan.chains);
  return {
    noun: "chains",
    before: `\n<details><summary>Behind one another (${chains.length})</summary>\n\n`,
    after: "\n</details>\n",
    rows: chains.map((chain) => ({
      text: `- viewer → ${chain.map((address) => code(address)).join(" → ")}\n`,
      size: 1,
    })),
  };
}

const verdictOrder = ["error", "refused", "pass"] as const;

/** Every plan and its verdict, where there are several. */
function planSection(plans: readonly PlanReport[]): Section {
  const judged = plans.filter(isPlan);
  const sorted = judged.toSorted(
    (one, other) => verdictOrder.indexOf(one.verdict) - verdictOrder.indexOf(other.verdict),
  );
  const columns = classes.filter(({ folded }) => !folded);
  const rows = sorted.map(({ path, verdict, complete, endpoints, findings }) => {
    const counts = [(one: Finding) => one.refuses, ...columns.map(({ holds }) => holds)];
    const cells = [
      `${verdict === "pass" ? "✔" : "✖"} ${verdict}${complete || verdict === "error" ? "" : " (partial)"}`,
      code(path),
      endpoints,
      ...counts.map((holds) => findings.filter(holds).length),
    ];
    return { text: `| ${cells.join(" | ")} |\n`, size: 1 };
  });
  const heads = ["Verdict", "Plan", "endpoints", "refusing", ...columns.map(({ noun }) => noun)];
  const table = `| ${heads.join(" | ")} |\n| --- | --- |${" --: |".repeat(heads.length - 2)}\n`;
  return {
    noun: "plans",
    before: `\n<details><summary>Plans (${judged.length})</summary>\n\n${table}`,
    after: "\n</details>\n",
    rows: judged.length > 1 ? rows : [],
  };
}

/** `main.tf:30`, with a link to the line where sources can be read. */
const linker =
  (base: string | undefined, directory: string | undefined): Link =>
  (source) => {
    const path = inRepository(source, directory);
    const shown = text(`${path}:${source.line}`, 300);
    const root = base === undefined ? undefined : webAddress(base);
    if (root === undefined || isOutside(path) || path.startsWith("../")) return shown;
    return `[${shown}](${root}/${path.split("/").map(urlPart).join("/")}#L${source.line})`;
  };

/** Without what ends a link, or a cell of a table; undefined for what is no address of a web page. */
function webAddress(base: string): string | undefined {
  if (!URL.canParse(base)) return undefined;
  const { protocol, href } = new URL(base);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  return href.replace(/\/+$/, "").replace(/[()|[\]*_\\`]/g, percent);
}

const urlPart = (part: string): string => encodeURIComponent(wellFormed(part)).replace(/[!'()*]/g, percent);

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

// What a server makes a mention, a reference, an emoji or a link of after Markdown has been read, so that an entity alone
// does not stop it: each is given an element of its own, for these look at one piece of text at a time.
const references = /[@#!$%~&^](?=[\w"])|:(?=\/\/|[\w+-]+:)|(?<=\bwww)\.|(?<=\bgh)-(?=\d)/.source;
/** What Markdown and HTML give a meaning; an underscore within a word has none. */
const significant = /[&<>\\`*~|[\]$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/.source;
const special = new RegExp(`(${references})|${significant}`, "gi");

/** Prose from elsewhere, in a cell or a line: https://github.github.com/gfm/#entity-and-numeric-character-references */
function text(given: string, most = 500): string {
  return shortened(onOneLine(given), most).replace(special, (character, reference?: string) => {
    const entity = `&#${character.charCodeAt(0)};`;
    return reference === undefined ? entity : `<span>${entity}</span>`;
  });
}

/** An address, attribute or path: an element, for a code span cannot hold every text within a table. */
const code = (given: string): string => `<code>${text(given, 300)}</code>`;

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
