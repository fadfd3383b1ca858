// API Gateway's names for what it does: security policies, integration types, connection types.

import type { AnnouncedSecurity, Security } from "../../facts/service.ts";

// Each offers TLS 1.2 with ECDHE-RSA-AES128-GCM-SHA256, or TLS 1.3 (page of the policies).
const rsaAndCbc = { forwardSecrecy: false, aeadOnly: false, ecdheAes: true };
const strong = { forwardSecrecy: true, aeadOnly: true, ecdheAes: true };

/**
 * `security_policy`, of REST APIs and of domain names. Those that end in _EDGE are for edge-optimized ones alone.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
export const securityPolicies: { readonly [name: string]: Security | AnnouncedSecurity } = {
  TLS_1_0: { minimumTls: "TLS 1.0", ...rsaAndCbc },
  // Still offers RSA key transport and CBC: AES128-GCM-SHA256, AES128-SHA256.
  TLS_1_2: { minimumTls: "TLS 1.2", ...rsaAndCbc },
  SecurityPolicy_TLS13_1_2_2021_06: { minimumTls: "TLS 1.2", ...rsaAndCbc },
  SecurityPolicy_TLS13_1_2_PQ_2025_09: { minimumTls: "TLS 1.2", ...rsaAndCbc },
  // In the API alone: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html
  SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09: { minimumTls: "TLS 1.2" },
  SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09: { minimumTls: "TLS 1.2" },
  SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09: { minimumTls: "TLS 1.2" },
  SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09: { minimumTls: "TLS 1.2", ...strong },
  SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09: { minimumTls: "TLS 1.2", ...strong },
  SecurityPolicy_TLS13_1_3_2025_09: { minimumTls: "TLS 1.3", ...strong },
  SecurityPolicy_TLS13_1_3_FIPS_2025_09: { minimumTls: "TLS 1.3", ...strong },
  // Still offers ECDHE with CBC: ECDHE-RSA-AES128-SHA256, ECDHE-RSA-AES256-SHA384.
  SecurityPolicy_TLS12_2018_EDGE: { minimumTls: "TLS 1.2", forwardSecrecy: true, aeadOnly: false, ecdheAes: true },
  SecurityPolicy_TLS12_PFS_2025_EDGE: { minimumTls: "TLS 1.2", ...strong },
  SecurityPolicy_TLS13_2025_EDGE: { minimumTls: "TLS 1.3", ...strong },
};

/** What a domain name takes when none is written, and an HTTP or WebSocket API always (same page, "Default security policies"). */
export const domainDefault = securityPolicies.TLS_1_2 as Security;

/**
 * `endpoint_configuration.types`: what the execute-api endpoint of a REST API takes when no policy is written (same page)
 */
export const restDefaults: { readonly [type: string]: Security } = {
  EDGE: securityPolicies.TLS_1_0 as Security,
  REGIONAL: securityPolicies.TLS_1_0 as Security,
  PRIVATE: securityPolicies.TLS_1_2 as Security,
};

/** The domain name policy that the remedies name: every release of the provider and every endpoint type takes it. */
export const recommendedPolicy = "TLS_1_2";

/**
 * `type` of an integration, by what stands behind: a service of AWS (asked over HTTPS), the host of a URI, or nothing
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
 */
export const integrationTypes: { readonly [name: string]: "service" | "uri" | "nothing" } = {
  AWS: "service",
  AWS_PROXY: "service",
  HTTP: "uri",
  HTTP_PROXY: "uri",
  MOCK: "nothing",
};

/** `connection_type`: whether an integration goes through a VPC link. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
export const connectionTypes: { readonly [name: string]: boolean } = { INTERNET: false, VPC_LINK: true };
