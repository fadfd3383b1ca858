// azurerm_cdn_frontdoor_route → a route: what becomes of plain HTTP, and its HSTS header.
// https://learn.microsoft.com/azure/frontdoor/how-to-configure-https-redirect

import { because, type Cause } from "../../cause.ts";
import type { Hsts, PlainHttp, Route } from "../../facts/endpoint.ts";
import { causeOf, fact, isShown, known, restated, standAt, unknown, valueText } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, joinText, nameText, text } from "../../text.ts";
import { hstsBy, plainHttpBy } from "./cdn-rules.ts";
import { inAnyOrder, type RouteRule, rulesOf } from "./front-door-rules.ts";

export function routeOf(route: Resource): Route {
  const { open } = rulesOf(route);
  const plainHttp = inAnyOrder(route, (rules) => plainHttpOf(route, rules, open));
  const path = pathOf(route);
  if (takesOnlyHttp(route)) return { path, plainHttp };
  const stand = standAt(route, "cdn_frontdoor_rule_set_ids");
  const isBare = route.value("cdn_frontdoor_rule_set_ids").state === "absent";
  const none = isBare ? text`it has no rule set` : text`no rule of its rule sets sets the header`;
  const directive = <K extends keyof Hsts>(name: K): Hsts[K] =>
    inAnyOrder<boolean | number>(route, (rules) => hstsBy(rules, stand, open, none)[name]) as Hsts[K];
  const hsts = {
    maxAge: directive("maxAge"),
    includeSubDomains: directive("includeSubDomains"),
    preload: directive("preload"),
  };
  return { path, plainHttp, hsts };
}

/** The patterns that it takes, or its address. */
export function pathOf(route: Resource): DisplayText {
  const shown = route.elements("patterns_to_match").flatMap((one) => valueText(one, []));
  return shown.length > 0 ? joinText(shown, ", ") : nameText(route.address);
}

const protocolsOf = (route: Resource) => route.elements("supported_protocols");

function takesOnlyHttp(route: Resource): boolean {
  const protocols = protocolsOf(route);
  return protocols.length > 0 && protocols.every((one) => isShown(one) && one.value === "Http");
}

/** The redirect comes before all rules (the provider's page). */
function plainHttpOf(route: Resource, rules: readonly RouteRule[], open: Cause | undefined): PlainHttp {
  const redirect = fact<boolean>(route, "https_redirect_enabled", {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    absent: true,
    remedy: true,
  });
  const protocols = protocolsOf(route);
  if (protocols.length > 0 && protocols.every((one) => isShown(one) && one.value === "Https")) {
    return { ...known("refused"), ...standAt(route, "supported_protocols") };
  }
  if (!isShown(redirect)) return redirect;
  if (redirect.value) return restated(redirect, "redirected");
  const byRule = plainHttpBy(rules);
  if (byRule) return byRule;
  if (open) return { ...unknown(open), ...standAt(route, "cdn_frontdoor_rule_set_ids") };
  const hidden = protocols.find((one) => !isShown(one));
  const odd = protocols.find((one) => isShown(one) && one.value !== "Http" && one.value !== "Https");
  const stand = standAt(route, "supported_protocols", ["Https"]);
  if (protocols.some((one) => isShown(one) && one.value === "Http")) return restated(redirect, "served");
  if (hidden) return { ...unknown(causeOf(hidden)), ...stand };
  const cause = odd ? because`one of its values is not a value that tlsgate recognises` : because`not set`;
  return { ...unknown(cause), ...stand };
}
