// The backends that an application gateway's rules lead to → upstreams: protocol, and whether the certificate is checked.
// https://learn.microsoft.com/azure/application-gateway/configuration-http-settings

import { type Cause, notSet } from "../../cause.ts";
import type { Reach, Upstream } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, lookUp, standAt, unknown, valueText } from "../../facts/fact.ts";
import { reachOf } from "../../facts/reach.ts";
import { suggestProtocol } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import { nameText } from "../../text.ts";
import { resourceBehind } from "../host.ts";
import { type Branch, named, pathOf } from "./application-gateway-routing.ts";
import { backendProtocols } from "./application-gateway-values.ts";

/** The hop to the backends of each branch, once for each collection of settings. */
export function upstreamsOf(branches: readonly Branch[], listener: Block): Upstream[] {
  const upstreams = new Map<string, Upstream>();
  for (const branch of branches) {
    const { block, settings } = branch;
    const type = settings === "backend_name" ? "backend" : "backend_http_settings";
    const found = named(block, settings, type, type !== "backend");
    if (found.state === "absent") continue;
    const hop = found.state === "found" ? hopBy(found.block) : openHop(block, settings, found.cause);
    const pool = named(block, branch.pool, "backend_address_pool");
    const endpoint = pool.state === "found" ? resourceBehind(pool.block, "fqdns")?.address : undefined;
    const before = upstreams.get(hop.name);
    const routes = [...(before?.routes ?? []), pathOf(branch, listener)];
    const reach = pool.state === "found" && before?.reach !== "public" ? reachOfPool(pool.block) : "public";
    upstreams.set(hop.name, { ...hop, reach, endpoint, routes });
  }
  return [...upstreams.values()];
}

/**
 * Machines of the gateway's network join a pool by their own resources; by name or address it takes public ones too.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-components#backend-pools
 */
const reachOfPool = (pool: Block): Reach =>
  ["fqdns", "ip_addresses"].flatMap((name) => pool.elements(name)).some((one) => reachOf(one) === "public")
    ? "public"
    : "private";

function openHop(block: Block, attribute: string, cause: Cause): Omit<Upstream, "routes" | "reach"> {
  const stand = standAt(block, attribute);
  const name = valueText(block.value(attribute), nameText(stand.place.at));
  return { name, protocol: { ...unknown(cause), ...stand } };
}

/** Which TLS versions a backend is offered, the gateway decides: https://learn.microsoft.com/azure/application-gateway/ssl-overview */
function hopBy(settings: Block): Omit<Upstream, "routes" | "reach"> {
  const protocol = fact<"http" | "https">(settings, "protocol", {
    read: (value) => lookUp(backendProtocols, value),
    suggests: suggestProtocol,
    absent: { unknown: notSet("the protocol of the backend") },
    remedy: settings.at.startsWith("backend_http_settings") ? "Https" : "Tls",
  });
  const name = valueText(settings.value("name"), nameText(settings.at));
  const isPlain = isShown(protocol) && protocol.value === "http";
  return { name, protocol, certificate: isPlain ? undefined : certificateCheck(settings) };
}

/** Both checks are on where nothing is written (the provider's page). */
function certificateCheck(settings: Block): Upstream["certificate"] {
  const check = (attribute: string): Fact<"verified" | "not verified"> =>
    fact(settings, attribute, {
      read: (value) => (value === true ? "verified" : value === false ? "not verified" : undefined),
      absent: "verified",
      remedy: true,
    });
  const chain = check("certificate_chain_validation_enabled");
  const name = check("sni_validation_enabled");
  return isShown(chain) && chain.value === "verified"
    ? name
    : isShown(name) && name.value !== "verified"
      ? name
      : chain;
}
