// Ingress → endpoints, as its controller reads it; of an unknown controller only what holds for every Ingress.
// https://kubernetes.io/docs/concepts/services-networking/ingress/

import { because, type Cause, describeCause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { known, unknown } from "../../facts/fact.ts";
import { directives, everything, secured } from "../../facts/service.ts";
import { quotedText, text } from "../../text.ts";
import { albEndpoints } from "./alb-ingress.ts";
import { gkeEndpoints } from "./gke-ingress.ts";
import { classOf, controllerOf, hasForeignAnnotations } from "./ingress-class.ts";
import { endpointOfRest, hostsOf, isTls, ownCertificates, servicesOf, withoutTls } from "./ingress-hosts.ts";
import type { Controller } from "./ingress-values.ts";
import { nginxEndpoints } from "./nginx-ingress.ts";
import { type KubernetesObject, objectOfKind, standIn, typesOf } from "./object.ts";

export default defineAdapter({
  id: "kubernetes/ingress",
  resourceTypes: typesOf("Ingress"),
  cannotShow: [
    "which controller a class of an unknown name belongs to, and which is the cluster's default",
    "flags of a controller, e.g. its default certificate",
  ],
  endpoints(resource) {
    const ingress = objectOfKind(resource, "Ingress", "networking.k8s.io");
    return ingress ? readers[controllerOf(ingress)](ingress) : [];
  },
});

const readers: { readonly [K in Controller]: (ingress: KubernetesObject) => Endpoint[] } = {
  nginx: nginxEndpoints,
  alb: albEndpoints,
  gke: gkeEndpoints,
  other: otherEndpoints,
};

function otherEndpoints(ingress: KubernetesObject): Endpoint[] {
  const { resource } = ingress;
  const open = { ...unknown(causeFor(ingress)), ...standIn(ingress.spec, "ingressClassName") };
  if (!isTls(ingress)) {
    const served = { ...known("served" as const), ...standIn(ingress.spec, "tls"), note: text`it has no tls` };
    const isOpen = hasForeignAnnotations(ingress);
    return [withoutTls(ingress, isOpen ? open : served, isOpen ? open : undefined)];
  }
  const header = directives(open);
  const services = servicesOf(ingress);
  return [
    {
      address: resource.address,
      kind: "ingress",
      names: hostsOf(ingress).covered,
      ...ownCertificates(ingress, text`its controller`),
      ...secured(open),
      routes: [{ path: everything, plainHttp: open, hsts: header }],
      upstreams: services.map((name) => ({ name, reach: "private", protocol: open, routes: [] })),
    },
    ...endpointOfRest(ingress, open),
  ];
}

function causeFor(ingress: KubernetesObject): Cause {
  const name = classOf(ingress);
  if (name.state === "unknown") {
    return {
      reason: "other",
      note: text`the plan does not tell its class: ${describeCause(name.cause)}`,
      kind: name.kind,
    };
  }
  const quoted = quotedText(name, text``);
  const whose = quoted ? text`the controller of the class ${quoted}` : text`its controller`;
  return because`that is for ${whose} to decide`;
}
