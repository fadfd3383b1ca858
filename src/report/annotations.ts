// What annotations say: worst first, what says the same together, no more than a server shows, the rest counted.

import type { Finding, SourceLocation } from "../findings/finding.ts";
import type { Policy } from "../policy.ts";
import { grouped } from "./grouped.ts";
import { notJudgedNotices, notJudgedText } from "./not-judged.ts";
import { worstFirst } from "./notes.ts";
import { place, shortened } from "./place.ts";
import { adviceOf, firstSentence } from "./pretty.ts";
import { onOneLine } from "./printable.ts";
import type { Report } from "./report.ts";

/** error: refuses; warning: open, and refuses nothing; notice: accepted by a waiver, old, or not judged. */
export type Level = "error" | "warning" | "notice";

export interface Annotation {
  readonly level: Level;
  /** Id of the policy; "tlsgate" where it is about no policy. */
  readonly code: string;
  readonly title: string;
  /** Printable, and each without a line end. */
  readonly lines: readonly string[];
  readonly source: SourceLocation | null;
}

/**
 * How many of a level are shown of one step.
 *
 * GitHub: 10 errors, 10 warnings and 10 notices a step, see `_maxCountPerIssueType` in
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ExecutionContext.cs
 *
 * Azure Pipelines: 10 errors and 10 warnings a task, see `_maxIssueCount` in
 * https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Agent.Worker/ExecutionContext.cs
 */
const room = 10;

const levels: readonly Level[] = ["error", "warning", "notice"];

/** At most ten of each level; the last one counts what is left. */
export function annotationsOf(report: Report, policies: readonly Policy[]): Annotation[] {
  const why = new Map(policies.map((policy) => [policy.id, firstSentence(policy.why)]));
  const findings = report.plans.flatMap((plan) => plan.findings).filter((one) => one.outcome !== "pass");
  return levels.flatMap((level) => {
    const ofLevel = findings.filter((one) => levelOf(one) === level).sort(mostUrgentFirst);
    const heads = headsOf(report, level);
    const groups = groupsOf(ofLevel, room - heads.length);
    const isAll = heads.length + groups.length <= room;
    const shownHeads = heads.slice(0, isAll ? room : room - 1);
    const shown = isAll ? groups : groups.slice(0, room - 1 - shownHeads.length);
    const left = groups.slice(shown.length).flat();
    const rest = isAll ? [] : [restOf(level, left, heads.slice(shownHeads.length))];
    return [...shownHeads, ...shown.map((group) => annotationOf(level, group, why)), ...rest];
  });
}

const levelOf = ({ refuses, waiver, baseline }: Finding): Level =>
  refuses ? "error" : waiver || baseline === "known" ? "notice" : "warning";

const mostUrgentFirst = (one: Finding, other: Finding): number =>
  worstFirst(one, other) || Number(other.change === "introduced") - Number(one.change === "introduced");

/** About whole plans. */
interface Head extends Annotation {
  /** How the last annotation counts it, where there is no room for it. */
  readonly noun: string;
}

function headsOf({ plans }: Report, level: Level): Head[] {
  const about = (title: string, lines: readonly string[], noun: string): Head => ({
    level,
    code: "tlsgate",
    title,
    lines: lines.map(onOneLine),
    source: null,
    noun,
  });
  const unread = plans.filter(({ verdict }) => level === "error" && verdict === "error");
  const partial = plans.filter(({ verdict, complete }) => level === "warning" && !complete && verdict !== "error");
  const hasLevel = ({ refuses }: { readonly refuses: boolean }) => level === (refuses ? "error" : "notice");
  return [
    ...unread.map(({ path }) => about("Could not be judged", [shortened(path, 400)], "could not be judged")),
    ...partial.map(({ path }) =>
      about(
        "Partial plan",
        [
          "It leaves out changes (-target, -exclude, or deferred ones), and the verdict leaves them out too.",
          shortened(path, 400),
        ],
        "partial",
      ),
    ),
    ...plans.flatMap(({ path, notJudged }) =>
      notJudgedNotices(notJudged)
        .filter(hasLevel)
        .map((notice) =>
          about("Not judged", [notJudgedText(notice), shortened(path, 400)], "with resources not judged"),
        ),
    ),
  ];
}

/** One annotation a place and a fault; where that is too much, one a fault. */
function groupsOf(findings: readonly Finding[], most: number): (readonly [Finding, ...Finding[]])[] {
  const sameFault = (one: Finding) => [one.policy, one.outcome, one.message, one.change, one.waiver];
  const byPlace = grouped(findings, (one) => [...sameFault(one), one.source?.file, one.source?.line]);
  return byPlace.length <= most ? byPlace : grouped(findings, sameFault);
}

function annotationOf(
  level: Level,
  group: readonly [Finding, ...Finding[]],
  why: ReadonlyMap<string, string>,
): Annotation {
  const [first] = group;
  const { policy, severity, outcome, message, change, waiver, baseline } = first;
  const facts = [
    severity,
    change === "none" ? "" : change,
    waiver ? "waived" : "",
    baseline === "known" ? "known" : "",
  ];
  const lines = [
    outcome === "fail" ? message : `cannot be told: ${message}`,
    ...placesOf(group),
    ...[...new Set(group.map(adviceOf))].slice(0, 2),
    waiver ? `Waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}` : (why.get(policy) ?? ""),
  ];
  return {
    level,
    code: policy,
    title: onOneLine(`${shortened(policy, 100)} (${facts.filter(Boolean).join(", ")})`),
    lines: lines.filter(Boolean).map((line) => shortened(onOneLine(line), 500)),
    source: group.find((one) => one.source)?.source ?? null,
  };
}

/** With their lines where they do not all stand at one. */
function placesOf(findings: readonly Finding[]): string[] {
  const lines = new Set(findings.map(({ source }) => source && `${source.file}:${source.line}`));
  const places = findings.map(({ address, at, source }) => {
    const line = lines.size > 1 && source ? ` (${source.file}:${source.line})` : "";
    return place(address, at) + line;
  });
  const unique = [...new Set(places)];
  const shown = unique.length > 4 ? unique.slice(0, 3) : unique;
  const more = unique.length - shown.length;
  return [...shown.map((one) => shortened(onOneLine(one), 400)), ...(more > 0 ? [`and ${more} more places`] : [])];
}

/** "27 more errors: https-only 20, hsts-enabled 7" */
function restOf(level: Level, left: readonly Finding[], heads: readonly Head[]): Annotation {
  const counts = grouped(left, ({ policy }) => policy).map((group) => [group[0].policy, group.length] as const);
  const most = counts.sort(([, one], [, other]) => other - one);
  const named = most.slice(0, 8).map(([policy, count]) => `${shortened(policy, 100)} ${count}`);
  const others = most.length > named.length ? [`${most.length - named.length} other policies`] : [];
  const whole = grouped(heads, ({ noun }) => noun).map((group) => `${group.length} ${group[0].noun}`);
  const total = left.length + heads.length;
  return {
    level,
    code: "tlsgate",
    title: `${total} more ${level}${total === 1 ? "" : "s"}`,
    lines: [[...whole, ...named, ...others].join(", "), "The whole report lists all of them."].map(onOneLine),
    source: null,
  };
}
