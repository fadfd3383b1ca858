// Rules about some requests of a zone → the endpoint that they are: a route or an upstream each.

import type { Endpoint, Upstream } from "../../facts/endpoint.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import type { Rule } from "./ruleset-rules.ts";

/** Nothing for rules that are not about HTTPS. */
export function endpointsOfRules(resource: Resource, kind: string, rules: readonly Rule[]): Endpoint[] {
  const routes = rules.flatMap(({ path, plainHttp, hsts }) => (plainHttp || hsts ? [{ path, plainHttp, hsts }] : []));
  const upstreams = rules.flatMap(({ path, hop }): Upstream[] =>
    hop ? [{ name: text`the origin of ${path}`, reach: "public", ...hop, routes: [] }] : [],
  );
  if (routes.length + upstreams.length === 0) return [];
  return [{ address: resource.address, kind, names: [], certificates: [], routes, upstreams }];
}
