// App Engine's names for what becomes of plain HTTP, and for who brings the certificate of a domain.

import type { TlsVersion } from "../../facts/endpoint.ts";

/**
 * `ssl_policy` of an application; DEFAULT leaves it to the age of the application
 * https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps#SslPolicy
 */
export const applicationPolicies: { readonly [name: string]: TlsVersion } = {
  MODERN: "TLS 1.2",
};

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
