// App Engine versions and domain mappings → endpoints: what each handler does with plain HTTP, whose certificate a domain has.
// https://cloud.google.com/appengine/docs/standard/reference/app-yaml#handlers_element

import { because, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Route } from "../../facts/endpoint.ts";
import {
  absent,
  type Fact,
  fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  mapped,
  standAt,
  unknown,
  type Value,
  valueText,
} from "../../facts/fact.ts";
import { parseHsts } from "../../facts/hsts.ts";
import { always, everything, headerOf, nameOf, type Security, secured, undocumented } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { applicationPolicies, issuedByGoogle, policyOfNewApplications, securityLevels } from "./app-engine-values.ts";
import { type Header, hstsOf } from "./hsts.ts";

const mapping = "google_app_engine_domain_mapping";
const versions = ["google_app_engine_standard_app_version", "google_app_engine_flexible_app_version"];

export default defineAdapter({
  id: "google/app-engine",
  resourceTypes: [...versions, mapping],
  cannotShow: [
    "Which TLS versions App Engine takes of older applications, and under domains of their owners.",
    "What the application sends, and whether it redirects by itself.",
  ],
  endpoints: (resource) => [resource.type === mapping ? domainEndpoint(resource) : versionEndpoint(resource)],
});

/** The plan's application may ask for TLS 1.2, and has it if it is new; else its age decides. */
function securityOf(version: Resource): Fact<Security> {
  const [application, another] = version.scope.view.resources("google_app_engine_application");
  const policy = application && !another && isOf(application, version) ? policyOf(application) : absent;
  const security = isShown(policy) ? lookUp(applicationPolicies, policy.value) : undefined;
  if (application && security) {
    return {
      ...known(security, isSensitive(policy)),
      ...standAt(version, ""),
      related: [application.address],
    };
  }
  // https://cloud.google.com/appengine/docs/flexible/secure-minimum-tls
  const cause = because`App Engine takes TLS 1.2 and newer of new applications, and how old this is, a plan does not say`;
  return { ...unknown(cause), ...standAt(version, "") };
}

/** A plan can hold several projects. */
function isOf(application: Resource, version: Resource): boolean {
  const [one, other] = [application.value("project"), version.value("project")];
  return !isShown(one) || !isShown(other) || one.value === other.value;
}

function policyOf(application: Resource): Value {
  const policy = application.value("ssl_policy");
  const isNew = application.planned("id") === undefined;
  return policy.state === "absent" && isNew ? known(policyOfNewApplications) : policy;
}

/** "For custom domains, the connection might succeed, but the requests are blocked" (same page). */
function securityOfDomain(domain: Resource): Fact<never> {
  return undocumented(
    domain,
    text`under a domain of its owner's App Engine may take connections of older versions, to refuse the requests; a load balancer with an SSL policy before it would refuse them`,
  );
}

const common = (resource: Resource, security: Fact<Security>) => ({
  address: resource.address,
  ...secured(security),
  certificates: [],
  upstreams: [],
});

function versionEndpoint(version: Resource): Endpoint {
  // The provider fills them in where none are written.
  const options = { computed: true };
  const handlers = version.blocks("handlers", options);
  return {
    ...common(version, securityOf(version)),
    kind: "App Engine version",
    names: [],
    certificate: always(version, "provider", text`Google's own for *.appspot.com`),
    // Without handlers, all requests go to the application, by the default security level.
    routes: (handlers.length > 0 ? handlers : [version.block("handlers", options)]).map(routeOf),
  };
}

function routeOf(handler: Block): Route {
  const level = handler.value("security_level");
  const regex = handler.value("url_regex");
  const unnamed = handler.presence === "absent" ? everything : nameText(handler.at);
  // HTTPS is redirected away, so no browser ever keeps a header.
  const isPlain = isShown(level) && level.value === "SECURE_NEVER";
  return {
    path: valueText(regex, unnamed),
    plainHttp: fact<"served" | "redirected">(handler, "security_level", {
      read: (value) => lookUp(securityLevels, value),
      // https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services.versions#SecurityLevel
      absent: "served",
      remedy: "SECURE_ALWAYS",
    }),
    hsts: isPlain ? undefined : hstsOf(headerIn(handler)),
  };
}

/** Static files have headers of their own; a script sends what it likes. */
function headerIn(handler: Block): Header {
  const files = handler.block("static_files");
  const source = "application";
  if (files.presence === "absent") {
    return { value: unknown(headerOf(text`the application`)), stand: standAt(handler, ""), source };
  }
  const stand = standAt(files, "http_headers");
  const all = files.whole("http_headers");
  if (all.state === "unknown") return { value: all, stand, source };
  const names = isShown(all) ? Object.keys(all.value as object) : [];
  const name = names.find((one) => one.toLowerCase() === "strict-transport-security");
  const header = name === undefined ? absent : files.block("http_headers").value(name);
  if (!isShown(header)) return { value: header.state === "absent" ? known(parseHsts("")) : header, stand, source };
  return { value: { ...header, value: parseHsts(String(header.value)) }, stand, source };
}

/** What becomes of plain HTTP is for the handlers of the version that answers. */
function domainEndpoint(domain: Resource): Endpoint {
  return {
    ...common(domain, securityOfDomain(domain)),
    kind: "App Engine domain mapping",
    names: [nameOf(domain, "domain_name")],
    certificate: certificateOf(domain),
    routes: [],
  };
}

function certificateOf(domain: Resource): Fact<"own" | "missing"> {
  const settings = domain.block("ssl_settings", { computed: true });
  const attribute = "ssl_management_type";
  if (settings.presence === "absent") {
    // The API says that a certificate is issued for every new mapping, the provider that there is none.
    const cause = because`ssl_settings is not set, and Google's and the provider's documentation contradict each other`;
    return { ...unknown(cause), ...standAt(settings, attribute, "AUTOMATIC") };
  }
  const issued = fact(settings, attribute, {
    read: (value) => lookUp(issuedByGoogle, value),
    absent: { unknown: notSet(attribute) },
    remedy: "AUTOMATIC",
  });
  const id = settings.value("certificate_id");
  if (!isShown(issued) || issued.value || id.state === "absent")
    return mapped(issued, (one) => (one ? "own" : "missing"));
  return { ...(isShown(id) ? known("own" as const) : id), ...standAt(settings, "certificate_id") };
}
