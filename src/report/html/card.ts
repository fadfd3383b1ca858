// One address: its endpoints today and after the apply, as pictures, and what was found of them.

import type { Endpoint } from "../../facts/endpoint.ts";
import type { Fact, Place } from "../../facts/fact.ts";
import { grouped } from "../grouped.ts";
import type { PlanReport } from "../report.ts";
import { findingTables, type Numbered } from "./findings.ts";
import { badge, findingsAt, type Mark, markOf, marks, placeKey, worstOf } from "./marks.ts";
import { type Content, htmlOf, type Markup, markup } from "./markup.ts";
import { type Drawn, picture, type Scene } from "./picture.ts";

interface Card {
  readonly address: string;
  /** What is at the address, or was. */
  readonly kind: string;
  readonly mark: Mark;
  readonly refusing: number;
  readonly content: Markup;
}

/** The endpoints of a plan, worst first, and whatever was found elsewhere. */
export function cards(plan: PlanReport, findings: readonly Numbered[]): readonly Markup[] {
  const { before, after } = plan.inventory ?? { before: [], after: [] };
  const scenes = scenesOf(plan, findings);
  const shown = new Set<Numbered>();
  const drawn = headsOf(before, after).flatMap((head) => {
    const moments = [...scenes.today.endpointsAt(head), ...scenes.planned.endpointsAt(head)];
    const along = new Set([head, ...reachedFrom(head, scenes.today), ...reachedFrom(head, scenes.planned)]);
    const ends = [before, after].flatMap((all) => all.filter(({ address }) => along.has(address)));
    const places = new Set(ends.flatMap(placesIn).map(placeKey));
    const owned = new Set([...along, ...ends.flatMap(certificatesOf)]);
    const found = findings.filter(({ finding }) => owned.has(finding.address) || places.has(placeKey(finding)));
    // What is known of it is not told: a picture without marks would look like praise.
    if (plan.leftOut && found.length === 0) return [];
    for (const one of found) shown.add(one);
    const kinds = [...new Set(moments.map(({ endpoint }) => endpoint.kind))].join(", ");
    return cardOf(head, kinds, found, moments.length > 0 && pictures(head, plan, scenes));
  });
  const elsewhere = grouped(
    findings.filter((one) => !shown.has(one)),
    ({ finding }) => finding.address,
  ).map((group) => cardOf(group[0].finding.address, "", group, false));
  return [...drawn.sort(worstCard), ...elsewhere.sort(worstCard)].map(({ content }) => content);
}

const worstCard = (one: Card, other: Card): number =>
  Math.sign(other.refusing) - Math.sign(one.refusing) ||
  marks.indexOf(one.mark) - marks.indexOf(other.mark) ||
  other.refusing - one.refusing;

function cardOf(address: string, kind: string, found: readonly Numbered[], drawn: Content): Card {
  const mark = worstOf(found.map(({ finding }) => markOf(finding)));
  const refusing = found.filter(({ finding }) => finding.refuses).length;
  const content = markup`<article class="card" data-card>
<header><h3>${kind !== "" && markup`<span class="kind">${kind} </span>`}<code>${address}</code></h3>${verdictOf(mark, found)}</header>
${drawn}<div class="found">${findingTables(found, address)}</div>
</article>\n`;
  return { address, kind, mark, refusing, content };
}

function verdictOf(mark: Mark, found: readonly Numbered[]): Content {
  const number = (wanted: Mark) => found.filter(({ finding }) => markOf(finding) === wanted).length;
  if (mark === "plain") return "";
  if (mark === "pass") return badge("pass", "Passes");
  const told = { fail: "fail", unknown: "unknown", advice: "advice", waived: "waived" } as const;
  return markup`<p class="badges">${Object.entries(told).map(([name, word]) => {
    const many = number(name as keyof typeof told);
    return many > 0 && badge(name as keyof typeof told, `${many} ${word}`);
  })}</p>`;
}

interface Scenes {
  readonly today: Scene;
  readonly planned: Scene;
}

function scenesOf({ inventory }: PlanReport, findings: readonly Numbered[]): Scenes {
  const { before, after } = inventory ?? { before: [], after: [] };
  const found = findingsAt(findings.map(({ finding }) => finding));
  const planned = byAddress(after);
  const today = new Map(
    [...byAddress(before)].map(([address, endpoints]) => [address, paired(endpoints, planned.get(address) ?? [])]),
  );
  return {
    today: { isToday: true, found, endpointsAt: (address) => today.get(address) ?? [] },
    planned: {
      isToday: false,
      found,
      endpointsAt: (address) => (planned.get(address) ?? []).map((endpoint) => ({ endpoint, twin: undefined })),
    },
  };
}

function byAddress(endpoints: readonly Endpoint[]): Map<string, readonly Endpoint[]> {
  const groups = grouped(endpoints, ({ address }) => address);
  return new Map(groups.map((group) => [group[0].address, group]));
}

/** Endpoints at one address, e.g. the listeners of a load balancer: by what they are and do, then by their order. */
function paired(before: readonly Endpoint[], after: readonly Endpoint[]): readonly Drawn[] {
  const free = [...after];
  const take = (fits: (one: Endpoint) => boolean): Endpoint | undefined => {
    const index = free.findIndex(fits);
    return index < 0 ? undefined : free.splice(index, 1)[0];
  };
  const alike = before.map((endpoint) => take((one) => gist(one) === gist(endpoint)));
  return before.map((endpoint, index) => ({
    endpoint,
    twin: alike[index] ?? take(({ kind }) => kind === endpoint.kind),
  }));
}

const gist = ({ kind, routes, upstreams }: Endpoint): string =>
  JSON.stringify([kind, routes.map(({ path }) => path), upstreams.map(({ name }) => name)]);

/** Addresses that a viewer reaches first; of endpoints that stand behind each other in a circle, one. */
function headsOf(before: readonly Endpoint[], after: readonly Endpoint[]): readonly string[] {
  const all = [...after, ...before];
  const next = new Map<string, readonly string[]>();
  for (const { address, upstreams } of all) {
    const behind = upstreams.flatMap(({ endpoint }) => endpoint ?? []).filter((one) => one !== address);
    next.set(address, [...(next.get(address) ?? []), ...behind]);
  }
  const hidden = new Set([...next.values()].flat());
  const reached = new Set<string>();
  const reach = (address: string): void => {
    if (reached.has(address)) return;
    reached.add(address);
    for (const one of next.get(address) ?? []) reach(one);
  };
  const first = [...next.keys()].filter((address) => !hidden.has(address));
  for (const address of first) reach(address);
  const heads = [...first];
  for (const address of next.keys()) {
    if (reached.has(address)) continue;
    heads.push(address);
    reach(address);
  }
  return heads;
}

function reachedFrom(head: string, scene: Scene): readonly string[] {
  const reached: string[] = [head];
  for (const address of reached) {
    const behind = scene.endpointsAt(address).flatMap(({ endpoint }) => endpoint.upstreams);
    for (const { endpoint: one } of behind) {
      if (one !== undefined && !reached.includes(one) && scene.endpointsAt(one).length > 0) reached.push(one);
    }
  }
  return reached;
}

const certificatesOf = ({ certificates }: Endpoint): readonly string[] =>
  certificates.flatMap(({ certificate }) => certificate.address ?? []);

/** Where an endpoint's facts stand. */
function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  if ("state" in value && "place" in value) return [(value as Fact).place];
  return Object.values(value).flatMap(placesIn);
}

function pictures(head: string, { kind }: PlanReport, { today, planned }: Scenes): Markup {
  const draw = (scene: Scene, said?: Set<string>) =>
    scene.endpointsAt(head).map((one) => picture(one, { ...scene, said }));
  const [was, willBe] = [draw(today), draw(planned)];
  if (kind === "state") return moment("As it is", "", willBe);
  if (kind === "configuration") return moment("As it would be", "", willBe);
  if (was.length === 0) return moment("After the apply", "new", willBe);
  if (willBe.length === 0) return moment("Today", "removed by this plan", was);
  // What is told is compared, not the values: another sensitive value is no change to be shown.
  if (htmlOf(was) === htmlOf(willBe)) return moment("Today and after the apply", "unchanged", willBe);
  const said = new Set<string>();
  return markup`<div class="moments">${moment("Today", "", draw(today, said))}${moment("After the apply", "changed", draw(planned, said))}</div>\n`;
}

const moment = (title: string, tag: string, drawn: readonly Markup[]): Markup =>
  markup`<section class="moment"><h4>${title}${tag !== "" && markup` <span class="tag">${tag}</span>`}</h4>\n${drawn}</section>\n`;
