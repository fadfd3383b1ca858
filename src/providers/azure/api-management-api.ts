// azurerm_api_management_api, azurerm_api_management_backend → endpoint: the protocols that it takes, and the next hop.
// https://learn.microsoft.com/azure/api-management/backends

import { because, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp, Upstream } from "../../facts/endpoint.ts";
import {
  type Fact,
  fact,
  isShown,
  lookUp,
  restated,
  standAt,
  unknown,
  unrecognised,
  valueText,
} from "../../facts/fact.ts";
import { reachOf } from "../../facts/reach.ts";
import { onlyRoute } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { apiProtocols } from "./api-management-values.ts";

export default defineAdapter({
  id: "azure/api-management-api",
  resourceTypes: ["azurerm_api_management_api", "azurerm_api_management_backend"],
  cannotShow: ["Backends that a policy names."],
  endpoints: (resource) => [resource.type === "azurerm_api_management_api" ? apiOf(resource) : backendOf(resource)],
});

const bare = { names: [], certificates: [] };

const apiOf = (api: Resource): Endpoint => ({
  ...bare,
  address: api.address,
  kind: "API of API Management",
  routes: [onlyRoute(api, plainHttpOf(api), text`a policy or the backend`)],
  upstreams: upstreamOf(api, "service_url"),
});

/** A list: one that speaks plain HTTP is enough. */
function plainHttpOf(api: Resource): PlainHttp {
  const stand = standAt(api, "protocols", ["https"]);
  const protocols = api.elements("protocols").map((one): Fact<string> => {
    if (!isShown(one)) return { ...(one.state === "unknown" ? one : unknown(notSet("protocols"))), ...stand };
    const kind = lookUp(apiProtocols, one.value);
    return { ...(kind === undefined ? unrecognised(one) : { ...one, value: kind }), ...stand };
  });
  const plain = protocols.find((one) => isShown(one) && one.value === "plain");
  if (plain && isShown(plain)) return restated(plain, "served");
  const open = protocols.find((one) => one.state === "unknown");
  if (open?.state === "unknown") return open;
  const [first] = protocols;
  // https://learn.microsoft.com/rest/api/apimanagement/apis/create-or-update
  if (!first || !isShown(first))
    return { ...unknown(because`protocols is not set: a revision takes its source's`), ...stand };
  return restated(first, "refused");
}

const backendOf = (backend: Resource): Endpoint => ({
  ...bare,
  address: backend.address,
  kind: "backend of API Management",
  routes: [],
  upstreams: upstreamOf(backend, "url").map((one) => ({ ...one, certificate: certificateOf(backend.block("tls")) })),
});

function upstreamOf(resource: Resource, attribute: string): Upstream[] {
  const url = resource.value(attribute);
  if (url.state === "absent") return [];
  const stand = standAt(resource, attribute);
  const scheme = isShown(url) ? /^\w+(?=:\/\/)/.exec(String(url.value))?.[0].toLowerCase() : undefined;
  const protocol = lookUp({ https: "https", wss: "https", http: "http", ws: "http" } as const, scheme);
  const told = url.state === "unknown" ? url : protocol ? { ...url, value: protocol } : unrecognised(url);
  const address = nameText(resource.address);
  const host = isShown(url) ? { ...url, value: /^\w+:\/\/([^/:?#]+)/.exec(String(url.value))?.[1] ?? address } : url;
  return [{ name: valueText(host, address), reach: reachOf(url), protocol: { ...told, ...stand }, routes: [] }];
}

/** Both checks are on without the block; within it the provider switches off the one that is not set. */
function certificateOf(tls: Block): Fact<"verified" | "not verified"> {
  const check = (attribute: string) =>
    fact(tls, attribute, {
      read: (value) => (value === true ? "verified" : value === false ? "not verified" : undefined),
      absent: tls.presence === "present" ? ("not verified" as const) : ("verified" as const),
      remedy: true,
    });
  const checks = [check("validate_certificate_chain"), check("validate_certificate_name")] as const;
  const off = checks.find((one) => isShown(one) && one.value === "not verified");
  return off ?? checks.find(({ state }) => state === "unknown") ?? checks[0];
}
