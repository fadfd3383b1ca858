// The rules of an HTTPRoute → what they do with plain HTTP, and which HSTS header they put into answers.
// https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/
// https://gateway-api.sigs.k8s.io/guides/http-header-modifier/

import type { Hsts, PlainHttp } from "../../facts/endpoint.ts";
import { isShown, known, lookUp, unknown } from "../../facts/fact.ts";
import { oneYear, parseHsts } from "../../facts/hsts.ts";
import { directives, headerOf } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import { text } from "../../text.ts";
import { redirectSchemes } from "./gateway-values.ts";
import { factIn, type KubernetesObject, standIn } from "./object.ts";

const filtersOf = (rule: Block, type: string): Block[] =>
  rule.blocks("filters").filter((filter) => filter.presence === "unknown" || filter.planned("type") === type);

/** One treatment a rule. */
export function treatmentOf({ spec }: KubernetesObject): PlainHttp[] {
  return spec.blocks("rules").map((rule): PlainHttp => {
    const [redirect] = filtersOf(rule, "RequestRedirect");
    if (!redirect) return { ...known("served"), ...standIn(rule, "filters"), note: text`it redirects nothing` };
    // "When empty, the scheme of the request is used."
    return factIn<"redirected" | "served">(redirect.block("requestRedirect"), "scheme", {
      read: (value) => lookUp(redirectSchemes, value),
      absent: "served",
      remedy: "https",
    });
  });
}

/** One header a rule that sends answers of its backends. */
export function headersOf({ spec }: KubernetesObject): Hsts[] {
  return spec
    .blocks("rules")
    .filter((rule) => filtersOf(rule, "RequestRedirect").length === 0)
    .map(hstsOf);
}

function hstsOf(rule: Block): Hsts {
  const modifiers = filtersOf(rule, "ResponseHeaderModifier").map((filter) => filter.block("responseHeaderModifier"));
  const [header] = modifiers
    .flatMap((modifier) => [...modifier.blocks("set"), ...modifier.blocks("add")])
    .filter((one) => isHeader(one.planned("name")));
  if (header) return hstsIn(header, "value");
  const remover = modifiers.find((modifier) => removes(modifier, "remove"));
  return remover ? hstsRemoved(remover, "remove") : hstsBehind(rule, "filters");
}

const isHeader = (name: unknown): boolean => String(name).toLowerCase() === "strict-transport-security";

/** Whether a list of headers to remove, whose names are taken in any case, has this one. */
export const removes = (block: Block, field: string): boolean =>
  block.elements(field).some((name) => isShown(name) && isHeader(name.value));

/** No header, whatever answers behind it sends. */
export const hstsRemoved = (block: Block, field: string): Hsts =>
  directives({ ...known(parseHsts("")), ...standIn(block, field), note: text`it removes the header` });

/** What answers behind it decides on the header. */
export const hstsBehind = (block: Block, field: string): Hsts =>
  directives({ ...unknown(headerOf(text`what answers behind it`)), ...standIn(block, field) });

/**
 * What can be relied on where each of several answers has a header of its own: the shortest, and where that would do, one
 * that the plan does not show.
 */
export function weakestOf(headers: readonly Hsts[]): Hsts | undefined {
  const [shortest] = headers
    .filter(({ maxAge }) => isShown(maxAge))
    .toSorted((one, other) => ageOf(one) - ageOf(other));
  if (shortest && ageOf(shortest) < oneYear) return shortest;
  return headers.find(({ maxAge }) => !isShown(maxAge)) ?? shortest;
}

const ageOf = ({ maxAge }: Hsts): number => (isShown(maxAge) ? maxAge.value : 0);

/** The header whose text a field holds. */
export const hstsIn = (block: Block, field: string): Hsts =>
  directives(
    factIn(block, field, {
      read: (value) => (typeof value === "string" ? parseHsts(value) : undefined),
      absent: parseHsts(""),
      remedy: "max-age=31536000",
    }),
  );
