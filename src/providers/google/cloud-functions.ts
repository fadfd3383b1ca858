// google_cloudfunctions_function → endpoint: functions of the first generation take plain HTTP unless told otherwise.
// https://cloud.google.com/functions/docs/reference/rest/v1/projects.locations.functions

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { fact, isShown, lookUp } from "../../facts/fact.ts";
import { always, everything, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { securityLevels } from "./cloud-functions-values.ts";

export default defineAdapter({
  id: "google/cloud-functions",
  resourceTypes: ["google_cloudfunctions_function"],
  cannotShow: ["Which TLS versions and cipher suites functions take: nothing of them can be set."],
  endpoints(resource) {
    const trigger = resource.flag("trigger_http");
    const isCalled = trigger.state === "unknown" || (isShown(trigger) && trigger.value === true);
    return isCalled ? [endpointOf(resource)] : [];
  },
});

function endpointOf(resource: Resource): Endpoint {
  const plainHttp = fact<"served" | "redirected">(resource, "https_trigger_security_level", {
    read: (value) => lookUp(securityLevels, value),
    // "If unspecified, SECURE_OPTIONAL will be used" (SecurityLevel of the API).
    absent: "served",
    remedy: "SECURE_ALWAYS",
  });
  const tls = undocumented(resource, text`Google does not say which TLS versions and cipher suites functions take`);
  return {
    address: resource.address,
    kind: "Cloud Functions function",
    names: [],
    certificate: always(resource, "provider", text`Google's own for *.cloudfunctions.net`),
    certificates: [],
    ...secured(tls),
    // No page that a browser stays on is served by the trigger of a function.
    routes: [{ path: everything, plainHttp }],
    upstreams: [],
  };
}
