// aws_opensearch_domain, aws_elasticsearch_domain → endpoint: its HTTPS and TLS policy, its custom name and certificate.
// https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp } from "../../facts/endpoint.ts";
import { type Fact, fact, known, lookUp, mapped, replaced, standAt, unknown } from "../../facts/fact.ts";
import { everything, nameOf } from "../../facts/service.ts";
import { suggestSecurity } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { placementOf } from "./acm.ts";
import { recommendedPolicy, securityPolicies } from "./opensearch-values.ts";
import { certified } from "./service-endpoint.ts";

export default defineAdapter({
  id: "aws/opensearch",
  resourceTypes: ["aws_opensearch_domain", "aws_elasticsearch_domain"],
  endpoints: (domain) => [endpointOf(domain)],
});

function endpointOf(domain: Resource): Endpoint {
  const options = domain.block("domain_endpoint_options", { computed: true });
  const plainHttp: PlainHttp = fact(options, "enforce_https", {
    read: (value) => (value === true ? "refused" : value === false ? "served" : undefined),
    // Inside of the block the provider plans true; without the block AWS asks for no HTTPS.
    absent: "served",
    remedy: true,
  });
  const security = fact(options, "tls_security_policy", {
    read: (value) => lookUp(securityPolicies, value),
    suggests: suggestSecurity,
    absent: { unknown: because`tls_security_policy is not set, and AWS documents no default for it` },
    remedy: recommendedPolicy,
  });
  return {
    address: domain.address,
    kind: domain.type === "aws_opensearch_domain" ? "OpenSearch domain" : "Elasticsearch domain",
    ...ownNameOf(domain, options),
    minimumTls: mapped(security, ({ minimumTls }) => minimumTls),
    forwardSecrecy: suitesOf(security, "forwardSecrecy"),
    aeadOnly: suitesOf(security, "aeadOnly"),
    ecdheAes: suitesOf(security, "ecdheAes"),
    // No setting makes it send HSTS.
    routes: [{ path: everything, plainHttp }],
    upstreams: [],
  };
}

function suitesOf(
  security: Fact<(typeof securityPolicies)[string]>,
  part: "forwardSecrecy" | "aeadOnly" | "ecdheAes",
): Fact<boolean> {
  if (security.state === "unknown") return security;
  const { [part]: isStrong } = security.value;
  if (isStrong !== undefined) return mapped(security, (one) => one[part] ?? isStrong);
  const note = text`AWS publishes no list of the policy's cipher suites`;
  return replaced(security, unknown({ reason: "undocumented", note }));
}

/** Beside the name that AWS gives, a domain can have one of its owner's, with a certificate of the domain's region. */
function ownNameOf(domain: Resource, options: Block): Pick<Endpoint, "names" | "certificate" | "certificates"> {
  const enabled = options.flag("custom_endpoint_enabled");
  const stand = standAt(options, "custom_endpoint_enabled");
  if (enabled.state === "unknown") {
    return { names: [], certificate: { ...enabled, ...stand }, certificates: [] };
  }
  if (enabled.state === "absent" || enabled.value !== true) {
    return { names: [], certificate: { ...known("provider"), ...stand }, certificates: [] };
  }
  return {
    names: [nameOf(options, "custom_endpoint")],
    ...certified(options, "custom_endpoint_certificate_arn", placementOf(domain, "es")),
  };
}
