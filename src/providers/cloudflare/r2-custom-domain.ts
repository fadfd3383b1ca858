// cloudflare_r2_custom_domain → endpoint: a bucket under a name of its owner's.
// https://developers.cloudflare.com/r2/buckets/public-buckets/

import { defineAdapter } from "../../facts/adapter.ts";
import type { TlsVersion } from "../../facts/endpoint.ts";
import { fact, isShown } from "../../facts/fact.ts";
import { always, nameOf } from "../../facts/service.ts";
import { text } from "../../text.ts";
import { minimumTls, suitesFrom, suitesIn } from "./zone-settings.ts";

export default defineAdapter({
  id: "cloudflare/r2-custom-domain",
  resourceTypes: ["cloudflare_r2_custom_domain"],
  cannotShow: ["Which cipher suites a custom domain of R2 offers that lists none"],
  endpoints(domain) {
    const enabled = domain.flag("enabled");
    if (isShown(enabled) && enabled.value === false) return [];
    const minimum = fact<TlsVersion>(domain, "min_tls", {
      ...minimumTls,
      // https://developers.cloudflare.com/api/resources/r2/subresources/buckets/subresources/domains/subresources/custom/
      absent: "TLS 1.0",
    });
    return [
      {
        address: domain.address,
        kind: "R2 custom domain",
        names: [nameOf(domain, "domain")],
        certificate: always(domain, "own", text`Cloudflare issues a certificate for the name`),
        certificates: [],
        minimumTls: minimum,
        ...suitesFrom(minimum, suitesIn({ block: domain, attribute: "ciphers" })),
        routes: [],
        upstreams: [],
      },
    ];
  },
});
