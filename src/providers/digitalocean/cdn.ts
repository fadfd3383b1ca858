// digitalocean_cdn → endpoint: DigitalOcean's own name for a Space, or a domain of its owner's with a certificate.
// https://docs.digitalocean.com/products/spaces/how-to/customize-cdn-endpoint/

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { known, standAt } from "../../facts/fact.ts";
import { nameOf, onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { certified } from "./certificate.ts";

export default defineAdapter({
  id: "digitalocean/cdn",
  resourceTypes: ["digitalocean_cdn"],
  cannotShow: ["TLS versions, cipher suites, headers and the treatment of plain HTTP: no setting is about them"],
  endpoints: (cdn) => [endpointOf(cdn)],
});

function endpointOf(cdn: Resource): Endpoint {
  const tls = undocumented(cdn, text`DigitalOcean does not say which TLS versions and cipher suites its CDN takes`);
  const plainHttp = undocumented(cdn, text`DigitalOcean does not say what plain HTTP gets from its CDN`);
  return {
    address: cdn.address,
    kind: "DigitalOcean CDN endpoint",
    ...certificateOf(cdn),
    ...secured(tls),
    routes: [onlyRoute(cdn, plainHttp, text`the Space`)],
    // Both ends of the hop to the Space are DigitalOcean's, and it alone decides on it.
    upstreams: [],
  };
}

function certificateOf(cdn: Resource): Pick<Endpoint, "names" | "certificate" | "certificates"> {
  const domain = cdn.value("custom_domain");
  if (domain.state !== "absent") return { names: [nameOf(cdn, "custom_domain")], ...certified(cdn) };
  const certificate = { ...known("provider" as const), ...standAt(cdn, "custom_domain") };
  return { names: [], certificate, certificates: [] };
}
