// What refuses nothing, in brief: advice, and what the plan mends. What says the same stands together.

import type { Finding } from "../findings/finding.ts";
import type { Severity } from "../policy.ts";
import { grouped } from "./grouped.ts";
import { lines } from "./lines.ts";
import type { Screen } from "./style.ts";

const severities: readonly Severity[] = ["critical", "high", "medium", "low"];

const rank = (finding: Finding): number =>
  severities.indexOf(finding.severity) * 2 + (finding.outcome === "fail" ? 0 : 1);

export const worstFirst = (one: Finding, other: Finding): number => rank(one) - rank(other);

/** Failures and unknowns that keep no plan from being applied, in at most so many lines and their heading. */
export function noteLines(findings: readonly Finding[], { style, width }: Screen, room: number): string[] {
  const open = findings.filter((one) => isOpen(one) && !isAccepted(one)).sort(worstFirst);
  // First what is said of one resource, then the resources of which the same policies say the same. What no plan can show
  // is one line for each cause, whichever policies ask.
  const resources = grouped(open, ({ outcome, message, change, address }) => [outcome, message, change, address]);
  const groups = grouped(resources, (said) => {
    const [{ outcome, message, change, unknown }] = said;
    return unknown?.kind === "outside" ? [outcome, message] : [outcome, message, change, policiesOf(said)];
  });
  const blocks = groups.map((group) => {
    const [said] = group;
    const [{ outcome, message }] = said;
    const policies = policiesOf(group.flat());
    const about = group.flat().every((one) => one.change === "existing") ? `(${policies}; existing)` : `(${policies})`;
    return {
      size: group.flat().length,
      lines: [
        ...lines([[outcome === "fail" ? "!" : "?", style.yellow], message, [about, style.dim]], {
          width,
          first: 2,
          rest: 4,
        }),
        ...lines([[placesOf(group.flat()), style.dim]], { width, first: 4 }),
      ],
    };
  });
  return section("Refuses nothing, but worth knowing (tlsgate explain POLICY tells more):", blocks, room, {
    style,
    width,
  });
}

const isOpen = (one: Finding): boolean => !one.refuses && one.outcome !== "pass";

const isAccepted = (one: Finding): boolean => one.waiver !== null || one.baseline === "known";

/** What waivers accept, each with its end and its reason, and how much the baseline knows. */
export function acceptedLines(findings: readonly Finding[], { style, width }: Screen, room: number): string[] {
  const waived = findings.filter((one) => one.waiver !== null).sort(worstFirst);
  const blocks = grouped(waived, ({ waiver }) => waiver).map((group) => {
    const [{ waiver }] = group;
    const terms = `until ${waiver?.expires}, ${waiver?.owner}: ${waiver?.reason}`;
    const about = [waiver?.ticket, waiver?.writtenIn].filter((one) => one !== undefined).join(", ");
    return {
      size: group.length,
      lines: [
        ...lines([["~", style.yellow], policiesOf(group), terms, [`(${about})`, style.dim]], {
          width,
          first: 2,
          rest: 4,
        }),
        ...lines([[placesOf(group), style.dim]], { width, first: 4 }),
      ],
    };
  });
  const known = findings.filter((one) => one.baseline === "known").length;
  return [
    ...section("Waived:", blocks, room, { style, width }),
    ...(known > 0 && room > 0
      ? ["", ...lines([[`Known by the baseline: ${known}; --no-baseline refuses them, too`, style.dim]], { width })]
      : []),
  ];
}

/** Violations of today that the plan mends, and those that are gone with what it deletes. */
export function fixedLines(findings: readonly Finding[], screen: Screen, room: number): string[] {
  const fixed = findings.filter((one) => one.change === "fixed").sort(worstFirst);
  const [mended, deleted] = [fixed.filter((one) => !one.deleted), fixed.filter((one) => one.deleted)];
  return [
    ...byResource("Fixed by this plan:", mended, screen, room),
    ...byResource("Gone with what this plan deletes:", deleted, screen, room),
  ];
}

function byResource(title: string, fixed: readonly Finding[], { style, width }: Screen, room: number): string[] {
  const resources = grouped(fixed, (one) => one.address);
  const groups = grouped(resources, policiesOf);
  const blocks = groups.map((group) => {
    const where = listed(group.map(([one]) => one.address));
    return {
      size: group.flat().length,
      lines: lines([["✔", style.green], `${where}:`, [policiesOf(group[0]), style.dim]], { width, first: 2, rest: 4 }),
    };
  });
  return section(title, blocks, room, { style, width });
}

interface Block {
  /** How many findings it stands for. */
  readonly size: number;
  readonly lines: readonly string[];
}

/** As many whole blocks as there is room for, and how many findings are left. */
function section(title: string, blocks: readonly Block[], room: number, { style, width }: Screen): string[] {
  if (blocks.length === 0 || room === 0) return [];
  const shown: string[] = [];
  let left = blocks.reduce((sum, block) => sum + block.size, 0);
  for (const block of blocks) {
    const isLast = block === blocks.at(-1);
    if (rowsOf([...shown, ...block.lines], width) > (isLast ? room : room - 1)) break;
    shown.push(...block.lines);
    left -= block.size;
  }
  const rest = `… ${shown.length > 0 ? "and " : ""}${left} more; --format json lists all`;
  return [
    "",
    ...lines([[title, style.dim]], { width }),
    ...shown,
    ...(left > 0 ? lines([[rest, style.dim]], { width, first: 2 }) : []),
  ];
}

/** Rows on the screen: a long address is not broken, so its line takes several. */
const rowsOf = (shown: readonly string[], width: number): number =>
  shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(lengthOf(line) / width)), 0);

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours take no room
const lengthOf = (line: string): number => [...line.replace(/\u001b\[\d+m/g, "")].length;

const policiesOf = (findings: readonly Finding[]): string => unique(findings.map((one) => one.policy)).join(", ");

function placesOf(findings: readonly Finding[]): string {
  const addresses = unique(findings.map((one) => one.address));
  const attributes = unique(findings.map((one) => one.at));
  const places = unique(findings.map(({ address, at }) => place(address, at)));
  const isEach = places.length === addresses.length * attributes.length;
  return isEach ? place(listed(addresses), listed(attributes)) : listed(places);
}

const place = (address: string, at: string): string => (at === "" ? address : `${address} · ${at}`);

/** "a, b and 11 more" */
function listed(items: readonly string[]): string {
  const shown = items.length > 3 ? items.slice(0, 2) : items;
  const more = items.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
