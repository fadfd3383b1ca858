// App Engine's names for what becomes of plain HTTP, and for who brings the certificate of a domain.

import type { Security } from "../../facts/service.ts";

/**
 * `ssl_policy` of an application, under appspot.com; DEFAULT leaves it to the age of the application
 * https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps#SslPolicy
 * https://cloud.google.com/appengine/docs/standard/secure-minimum-tls
 */
export const applicationPolicies: { readonly [name: string]: Security } = {
  // ECDHE alone, with AES-CBC among its suites.
  MODERN: { minimumTls: "TLS 1.2", forwardSecrecy: true, aeadOnly: false, ecdheAes: true },
};

/** What applies to an application that is created without a policy (second page). */
export const policyOfNewApplications = "MODERN";

/**
 * `handlers.security_level`
 * https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services.versions#SecurityLevel
 */
export const securityLevels: { readonly [name: string]: "served" | "redirected" } = {
  SECURE_ALWAYS: "redirected",
  // Both succeed without redirects.
  SECURE_DEFAULT: "served",
  SECURE_OPTIONAL: "served",
  // HTTPS is redirected to plain HTTP.
  SECURE_NEVER: "served",
};

/**
 * `ssl_settings.ssl_management_type` of a domain mapping: whether Google issues the certificate, or `certificate_id` names it
 * https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.domainMappings
 */
export const issuedByGoogle: { readonly [name: string]: boolean } = {
  AUTOMATIC: true,
  MANUAL: false,
};
