// cloudflare_workers_custom_domain, cloudflare_pages_domain → endpoint: a Worker or a site of Pages under a name of its owner's.
// https://developers.cloudflare.com/workers/configuration/routing/custom-domains/

import { defineAdapter } from "../../facts/adapter.ts";
import { always, nameOf } from "../../facts/service.ts";
import { text } from "../../text.ts";
import { sharedBy } from "./zone.ts";
import { zoneOf } from "./zones.ts";

const workers = ["cloudflare_workers_custom_domain", "cloudflare_workers_domain", "cloudflare_worker_domain"];

export default defineAdapter({
  id: "cloudflare/worker-domain",
  resourceTypes: [...workers, "cloudflare_pages_domain"],
  cannotShow: ["The TLS versions of Pages, which no setting changes", "Headers that a Worker or a site of Pages sends"],
  endpoints(domain) {
    const zone = zoneOf(domain);
    const { tls, routes } = zone ? sharedBy(zone) : { tls: {}, routes: [] };
    const attribute = workers.includes(domain.type)
      ? "hostname"
      : domain.value("name").state === "absent"
        ? "domain"
        : "name";
    return [
      {
        address: domain.address,
        kind: workers.includes(domain.type) ? "Workers custom domain" : "Pages custom domain",
        names: [nameOf(domain, attribute)],
        certificate: always(domain, "own", text`Cloudflare issues a certificate for the name`),
        certificates: [],
        ...tls,
        routes,
        upstreams: [],
      },
    ];
  },
});
