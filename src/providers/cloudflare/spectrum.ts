// cloudflare_spectrum_application → endpoint: where Spectrum ends TLS, how it goes on to the origin.
// https://developers.cloudflare.com/spectrum/reference/configuration-options/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Upstream } from "../../facts/endpoint.ts";
import { causeOf, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { everything, nameOf } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { endpointBehind } from "./endpoint-behind.ts";
import { hopIn } from "./next-hop.ts";

export default defineAdapter({
  id: "cloudflare/spectrum",
  resourceTypes: ["cloudflare_spectrum_application"],
  cannotShow: ["What an application speaks whose TLS ends at the origin"],
  endpoints: (application) => [...tlsEndpointOf(application), ...plainEndpointOf(application)],
});

const baseOf = (application: Resource): Pick<Endpoint, "address" | "kind" | "names" | "certificates"> => ({
  address: application.address,
  kind: "Spectrum application",
  names: [nameOf(application.block("dns"), "name")],
  certificates: [],
});

/** With tls off, which is the default, it passes on what it gets. */
function tlsEndpointOf(application: Resource): Endpoint[] {
  const tls = application.value("tls");
  if (tls.state === "absent" || (isShown(tls) && tls.value === "off")) return [];
  const hop = hopIn(application, "tls");
  const endpoint = originOf(application);
  const upstreams: Upstream[] = hop
    ? [{ name: endpoint ? nameText(endpoint) : text`its origin`, reach: "public", ...hop, endpoint, routes: [] }]
    : [];
  return [{ ...baseOf(application), routes: [], upstreams }];
}

/** HTTP without TLS is what traffic_type "http" says; TCP of the port of HTTP is passed on to an origin that may redirect. */
function plainEndpointOf(application: Resource): Endpoint[] {
  const type = application.value("traffic_type");
  const stand = standAt(application, "traffic_type", "https");
  if (type.state === "absent" || (isShown(type) && type.value !== "http")) return passedOn(application);
  const treatment = isShown(type) ? known("served" as const) : unknown(causeOf(type));
  const routes = [{ path: everything, plainHttp: { ...treatment, ...stand } }];
  return [{ ...baseOf(application), httpsBeside: noHttps(stand), routes, upstreams: [] }];
}

function passedOn(application: Resource): Endpoint[] {
  const [protocol, tls] = [application.value("protocol"), application.value("tls")];
  const isEncrypted = tls.state !== "absent" && !(isShown(tls) && tls.value === "off");
  if (isEncrypted || !isShown(protocol) || !/^tcp\/(80|8080)$/i.test(String(protocol.value))) return [];
  const note = text`its origin redirects plain HTTP or not, outside the plan`;
  const plainHttp = { ...unknown({ reason: "application", note }), ...standAt(application, "protocol") };
  return [{ ...baseOf(application), routes: [{ path: everything, plainHttp }], upstreams: [] }];
}

const originOf = (application: Resource): string | undefined => endpointBehind(application.block("origin_dns"), "name");
