// Cloud Run's names for how a domain mapping gets its certificate, and for the way that requests come in.

/**
 * `spec.certificate_mode` of a domain mapping
 * https://cloud.google.com/run/docs/reference/rest/v1/namespaces.domainmappings
 */
export const certificateModes: { readonly [name: string]: "own" | "missing" } = {
  // Cloud Run requests one and renews it.
  AUTOMATIC: "own",
  NONE: "missing",
};

export const ingressAnnotation = "run.googleapis.com/ingress";

/**
 * `ingress` of a service, `ingress_settings` of a function, and the annotation of the same name: whether requests from
 * outside come through a load balancer alone
 * https://cloud.google.com/run/docs/securing/ingress
 */
export const throughBalancer: { readonly [name: string]: boolean } = {
  INGRESS_TRAFFIC_ALL: false,
  INGRESS_TRAFFIC_INTERNAL_ONLY: false,
  INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER: true,
  all: false,
  internal: false,
  "internal-and-cloud-load-balancing": true,
  ALLOW_ALL: false,
  ALLOW_INTERNAL_ONLY: false,
  ALLOW_INTERNAL_AND_GCLB: true,
};
