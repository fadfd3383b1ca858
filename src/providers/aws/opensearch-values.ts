// OpenSearch's and Elasticsearch's names for what their domains negotiate.

import type { TlsVersion } from "../../facts/endpoint.ts";

interface SecurityPolicy {
  readonly minimumTls: TlsVersion;
  /** Nothing, of both, where AWS publishes no list of its cipher suites. */
  readonly forwardSecrecy?: boolean;
  readonly aeadOnly?: boolean;
  /** The same. */
  readonly ecdheAes?: boolean;
}

/**
 * `domain_endpoint_options.tls_security_policy`
 * https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html
 */
export const securityPolicies: { readonly [name: string]: SecurityPolicy } = {
  // TLS 1.0 has no AEAD suites at all (RFC 5246 brought them).
  "Policy-Min-TLS-1-0-2019-07": { minimumTls: "TLS 1.0", forwardSecrecy: false, aeadOnly: false },
  "Policy-Min-TLS-1-2-2019-07": { minimumTls: "TLS 1.2", forwardSecrecy: false },
  // "TLS version 1.2 to TLS version 1.3"
  "Policy-Min-TLS-1-2-PFS-2023-10": { minimumTls: "TLS 1.2", forwardSecrecy: true, ecdheAes: true },
  "Policy-Min-TLS-1-2-FIPS-PQ-2026-10": { minimumTls: "TLS 1.2" },
  // The profile of RFC 9151 has AES-256-GCM alone, with ECDHE among its suites.
  "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08": {
    minimumTls: "TLS 1.2",
    forwardSecrecy: true,
    aeadOnly: true,
    ecdheAes: true,
  },
};

/** The policy that the remedies name: Security Hub's Opensearch.8 and ES.8 ask for it. */
export const recommendedPolicy = "Policy-Min-TLS-1-2-PFS-2023-10";
