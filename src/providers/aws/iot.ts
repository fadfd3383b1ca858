// aws_iot_domain_configuration → endpoint: where devices connect to, its security policy, name and certificate.
// https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { fact, known, lookUp, standAt } from "../../facts/fact.ts";
import { always, everything, nameOf, type Security, secured } from "../../facts/service.ts";
import { suggestSecurity } from "../../facts/suggest.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { placementOf } from "./acm.ts";
import { defaultPolicy, securityPolicies, strongestPolicy } from "./iot-values.ts";
import { certifiedByOnly } from "./service-endpoint.ts";

export default defineAdapter({
  id: "aws/iot",
  resourceTypes: ["aws_iot_domain_configuration"],
  endpoints: (domain) => [endpointOf(domain)],
});

function endpointOf(domain: Resource): Endpoint {
  const security = fact(domain.block("tls_config", { computed: true }), "security_policy", {
    read: (value) => lookUp(securityPolicies, value),
    absent: securityPolicies[defaultPolicy] as Security,
    remedy: strongestPolicy,
    suggests: suggestSecurity,
  });
  const plainHttp = always(domain, "refused" as const, text`IoT Core takes encrypted connections alone`);
  return {
    address: domain.address,
    kind: "IoT domain configuration",
    ...ownNameOf(domain),
    ...secured(security),
    sni: always(domain, true, text`IoT Core refuses clients that do not say which name they ask for`),
    // Devices come here, no browsers.
    routes: [{ path: everything, plainHttp }],
    upstreams: [],
  };
}

/**
 * Without a name of its owner's the endpoint has one of AWS's
 * https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable.html
 */
function ownNameOf(domain: Resource): Pick<Endpoint, "names" | "certificate" | "certificates"> {
  const own = certifiedByOnly(domain, "server_certificate_arns", placementOf(domain, "iot"));
  if (domain.value("domain_name").state !== "absent") return { names: [nameOf(domain, "domain_name")], ...own };
  if (own.certificates.length > 0) return { names: [], ...own };
  return { names: [], certificate: { ...known("provider"), ...standAt(domain, "domain_name") }, certificates: [] };
}
