// AWS IoT Core's names for what its domain configurations negotiate.

import type { Security } from "../../facts/service.ts";

/** AES128-GCM-SHA256 and others without forward secrecy, ECDHE-RSA-AES128-SHA256 and others with CBC, beside ECDHE with GCM. */
const tls12: Security = { minimumTls: "TLS 1.2", forwardSecrecy: false, aeadOnly: false, ecdheAes: true };

/**
 * `tls_config.security_policy`
 * https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html
 */
export const securityPolicies: { readonly [name: string]: Security } = {
  IoTSecurityPolicy_TLS13_1_3_2022_10: { minimumTls: "TLS 1.3", forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
  IoTSecurityPolicy_TLS13_1_2_2022_10: tls12,
  IoTSecurityPolicy_TLS12_1_2_2022_10: tls12,
  // Their names are older than what they do: TLS 1.2 alone, in some regions.
  IoTSecurityPolicy_TLS12_1_0_2016_01: tls12,
  IoTSecurityPolicy_TLS12_1_0_2015_01: tls12,
};

/** Where no policy is written (same page). */
export const defaultPolicy = "IoTSecurityPolicy_TLS13_1_2_2022_10";

/** The one policy with forward secrecy alone. */
export const strongestPolicy = "IoTSecurityPolicy_TLS13_1_3_2022_10";
