// Cloud Functions' names for what becomes of plain HTTP.

/**
 * `https_trigger_security_level` of a function of the first generation
 * https://cloud.google.com/functions/docs/reference/rest/v1/projects.locations.functions#SecurityLevel
 */
export const securityLevels: { readonly [name: string]: "served" | "redirected" } = {
  SECURE_ALWAYS: "redirected",
  SECURE_OPTIONAL: "served",
  // "If unspecified, SECURE_OPTIONAL will be used."
  SECURITY_LEVEL_UNSPECIFIED: "served",
};
