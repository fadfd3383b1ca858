// Cloud Run services and domain mappings, functions of the second generation → endpoints: plain HTTP is always redirected.
// https://cloud.google.com/run/docs/triggering/https-request

import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, lookUp, standAt, unknown } from "../../facts/fact.ts";
import { always, everything, nameOf, onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { certificateModes, ingressAnnotation, throughBalancer } from "./cloud-run-values.ts";

const mapping = "google_cloud_run_domain_mapping";
const kinds: { readonly [type: string]: string } = {
  google_cloud_run_service: "Cloud Run service",
  google_cloud_run_v2_service: "Cloud Run service",
  google_cloudfunctions2_function: "Cloud Run function",
};

export default defineAdapter({
  id: "google/cloud-run",
  resourceTypes: [...Object.keys(kinds), mapping],
  cannotShow: [
    "Which TLS versions and cipher suites Cloud Run takes: nothing of them can be set.",
    "What the container sends, Strict-Transport-Security included.",
  ],
  endpoints(resource) {
    if (resource.type === mapping) return [mappingEndpoint(resource)];
    const off = resource.flag("default_uri_disabled");
    // Then only a load balancer or a domain mapping leads to it.
    return isShown(off) && off.value === true ? [] : [serviceEndpoint(resource)];
  },
});

/** An organization policy (gcp.restrictTLSVersion) is not for Cloud Run: https://cloud.google.com/assured-workloads/docs/restrict-tls-versions */
const common = (resource: Resource) => {
  const tls = undocumented(
    resource,
    text`Google does not say which TLS versions and cipher suites Cloud Run takes; of a load balancer before it an SSL policy decides`,
  );
  return {
    address: resource.address,
    certificates: [],
    ...secured(tls),
    upstreams: [],
  };
};

// https://cloud.google.com/run/docs/triggering/https-request: "Cloud Run redirects all HTTP requests to HTTPS".
const redirected = (resource: Resource) => always(resource, "redirected" as const, text`Cloud Run redirects to HTTPS`);

function serviceEndpoint(service: Resource): Endpoint {
  const route = onlyRoute(service, redirected(service), text`the container`);
  return {
    ...common(service),
    kind: kinds[service.type] as string,
    names: [],
    certificate: always(service, "provider", text`Google's own for *.run.app`),
    // Behind a load balancer its answers are told of there.
    routes: [isBehindBalancer(service) ? { path: route.path, plainHttp: route.plainHttp } : route],
  };
}

/** v1 says it in an annotation, v2 in an attribute, and a function in its service's configuration. */
function isBehindBalancer(service: Resource): boolean {
  const annotation = service.block("metadata").block("annotations").value(ingressAnnotation);
  const attributes = [service.value("ingress"), service.block("service_config").value("ingress_settings")];
  return [annotation, ...attributes].some((one) => isShown(one) && lookUp(throughBalancer, one.value) === true);
}

function mappingEndpoint(domain: Resource): Endpoint {
  const spec = domain.block("spec");
  const certificate: Fact<"own" | "missing"> = fact(spec, "certificate_mode", {
    read: (value) => lookUp(certificateModes, value),
    // https://cloud.google.com/run/docs/reference/rest/v1/namespaces.domainmappings
    absent: "own",
    remedy: "AUTOMATIC",
  });
  const note = text`Google does not say what plain HTTP gets on a domain without a certificate`;
  const open = isShown(certificate)
    ? unknown({ reason: "undocumented", note })
    : unknown(certificate.cause, certificate.kind);
  const plainHttp =
    isShown(certificate) && certificate.value === "own"
      ? redirected(domain)
      : { ...open, ...standAt(spec, "certificate_mode") };
  const route = onlyRoute(domain, plainHttp, text`the container`);
  const isMissing = isShown(certificate) && certificate.value === "missing";
  return {
    ...common(domain),
    kind: "Cloud Run domain mapping",
    names: [nameOf(domain, "name")],
    certificate,
    routes: [isMissing ? { path: everything, plainHttp } : route],
  };
}
