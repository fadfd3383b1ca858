// A URL map → the ways a request can take through it: redirects, and backends with the header actions on the way back.
// https://cloud.google.com/load-balancing/docs/url-map-concepts

import type { PlainHttp } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, mapped, standAt, valueText } from "../../facts/fact.ts";
import { everything, namesIn } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, joinText, nameText, text } from "../../text.ts";

/** Requests that one default, path rule or route rule takes. */
export interface Branch {
  /** Host and path patterns, or the place of the rule. */
  readonly path: DisplayText;
  /** Where the load balancer answers with a redirect itself. */
  readonly redirect: Block | undefined;
  readonly services: readonly Service[];
  /** What the URL map does to answers here, innermost first: each is applied after the one before. */
  readonly headerActions: readonly Block[];
}

/** Where a branch names one of its backends. */
export interface Service {
  readonly block: Block;
  readonly attribute: string;
  /** Of a weighted backend: applied before those of the branch. */
  readonly headerActions: readonly Block[];
}

export function branchesOf(map: Resource): Branch[] {
  const outermost = map.blocks("header_action");
  return [
    ...(takesAllHosts(map) ? [] : branchOf(map, "default_", everything, outermost)),
    ...map.blocks("path_matcher").flatMap((matcher) => {
      const actions = [...matcher.blocks("header_action"), ...outermost];
      const hosts = hostsOf(map, matcher);
      const paths = (named: readonly DisplayText[]) =>
        joinText(
          (hosts.length > 0 ? hosts : [everything]).flatMap((host) =>
            named.map((path) => (host === everything ? path : text`${host}${path}`)),
          ),
          ", ",
        );
      return [
        ...branchOf(matcher, "default_", paths([text`/*`]), actions),
        ...matcher.blocks("path_rule").flatMap((rule) => {
          const named = textsOf(rule, "paths");
          return branchOf(rule, "", named.length > 0 ? paths(named) : nameText(rule.at), actions);
        }),
        ...matcher
          .blocks("route_rules")
          .flatMap((rule) => branchOf(rule, "", nameText(rule.at), [...rule.blocks("header_action"), ...actions])),
      ];
    }),
  ];
}

/** A default has its attributes prefixed: default_service, default_url_redirect, default_route_action. */
function branchOf(block: Block, prefix: "default_" | "", path: DisplayText, headerActions: readonly Block[]): Branch[] {
  const redirect = block.block(`${prefix}url_redirect`);
  const attribute = `${prefix}service`;
  const direct = block.value(attribute).state === "absent" ? [] : [{ block, attribute, headerActions: [] }];
  const weighted = block
    .blocks(`${prefix}route_action`)
    .flatMap((action) => action.blocks("weighted_backend_services"))
    .filter((one) => one.value("backend_service").state !== "absent")
    .map((one) => ({ block: one, attribute: "backend_service", headerActions: one.blocks("header_action") }));
  const services = [...direct, ...weighted];
  if (redirect.presence === "absent")
    return services.length > 0 ? [{ path, redirect: undefined, services, headerActions }] : [];
  return [{ path, redirect, services, headerActions }];
}

const textsOf = (block: Block, attribute: string): DisplayText[] =>
  block.elements(attribute).flatMap((one) => valueText(one, []));

const hostRules = (map: Resource): readonly Block[] => map.blocks("host_rule", { set: true });

/** The hosts whose rules lead to a path matcher. */
function hostsOf(map: Resource, matcher: Block): DisplayText[] {
  const name = matcher.value("name");
  const leading = hostRules(map).filter((rule) => {
    const to = rule.value("path_matcher");
    return isShown(to) && isShown(name) && to.value === name.value;
  });
  return leading.flatMap((rule) => textsOf(rule, "hosts"));
}

/** Then nothing is left for the map's own default. */
const takesAllHosts = (map: Resource): boolean =>
  hostRules(map).some((rule) => textsOf(rule, "hosts").includes(everything));

/**
 * The host names of a URL map: those of its host rules. "*" stands for any; it can be followed by "-" or ".", and a
 * certificate for "*-eu.example.com" is one for "*.example.com". A port can follow.
 */
export function namesOf(map: Resource): Fact<string>[] {
  const names = hostRules(map).flatMap((rule) =>
    namesIn(rule, "hosts")
      .filter((host) => !isShown(host) || host.value !== "*")
      .map((host) => mapped(host, hostName)),
  );
  return names.filter(
    (name, index) => !isShown(name) || names.findIndex((one) => isShown(one) && one.value === name.value) === index,
  );
}

const hostName = (host: string): string => host.replace(/:\d+$/, "").replace(/^\*-[^.]*\./, "*.");

/** What a branch does to a request over plain HTTP. */
export function plainHttpOf({ redirect, services }: Branch): PlainHttp {
  const [service] = services;
  if (redirect) {
    const treatment = fact<"served" | "redirected">(redirect, "https_redirect", {
      read: (value) => (value === true ? "redirected" : value === false ? "served" : undefined),
      // https://cloud.google.com/compute/docs/reference/rest/v1/urlMaps: "The default is set to false."
      absent: "served",
      remedy: true,
    });
    return isShown(treatment) && treatment.value === "served"
      ? { ...treatment, note: text`it redirects to plain HTTP again` }
      : treatment;
  }
  const { block, attribute } = service as Service;
  return { ...known("served"), ...standAt(block, attribute), note: text`it leads to a backend` };
}
