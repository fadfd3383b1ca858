// A Gateway of the Gateway API, with its HTTPRoutes → endpoints: one per listener that speaks HTTP, HTTPS or TLS.
// https://gateway-api.sigs.k8s.io/guides/tls/

import { because, type Cause, notSet, outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { CertificateUse, Endpoint, Hsts, PlainHttp, Route } from "../../facts/endpoint.ts";
import { type Fact, isShown, known, lookUp, unknown, valueText } from "../../facts/fact.ts";
import { httpsBeside } from "../../facts/https-beside.ts";
import { secured } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { certificateIn, isRequested, nameOf, requested } from "./certificate.ts";
import { listenerProtocols, tlsModes } from "./gateway-values.ts";
import { headersOf, hstsBehind, treatmentOf, weakestOf } from "./http-route.ts";
import { factIn, type KubernetesObject, namespaceOf, objectOfKind, objectsOf, standIn, valueIn } from "./object.ts";
import { kindOfManifest } from "./serving-kinds.ts";

const group = "gateway.networking.k8s.io";

export default defineAdapter({
  id: "kubernetes/gateway",
  resourceTypes: ["kubernetes_manifest"],
  cannotShow: ["the versions and cipher suites of a Gateway: they are its class's own to decide"],
  endpoints(resource) {
    const gateway = objectOfKind(resource, "Gateway", group);
    return gateway ? gateway.spec.blocks("listeners").flatMap((listener) => endpointsOf(listener, gateway)) : [];
  },
  notJudged: { what: "Kubernetes object of a kind that no adapter reads", kindOf: kindOfManifest },
});

const protocolOf = (listener: Block) =>
  factIn(listener, "protocol", {
    read: (value) => lookUp(listenerProtocols, value),
    absent: { unknown: notSet("protocol") },
    remedy: "HTTPS",
  });

function namesOf(listener: Block): Fact<string>[] {
  const host = valueIn(listener, "hostname");
  return host.state === "absent" ? [] : [nameOf(host, standIn(listener, "hostname"))];
}

/** The other listeners of the Gateway. */
function besideOf(listener: Block, gateway: KubernetesObject): Fact<boolean> {
  const all = gateway.spec.blocks("listeners").map((one) => ({ protocol: protocolOf(one), names: namesOf(one) }));
  return httpsBeside(all, standIn(listener, "protocol", "HTTPS"), namesOf(listener));
}

function endpointsOf(listener: Block, gateway: KubernetesObject): Endpoint[] {
  const protocol = protocolOf(listener);
  if (isShown(protocol) && protocol.value === "other") return [];
  const base = {
    address: gateway.resource.address,
    kind: "gateway listener",
    names: namesOf(listener),
    certificates: [],
    upstreams: [],
  };
  const routes = routesOf(listener, gateway);
  const path = pathOf(listener);
  if (protocol.state === "unknown") return [{ ...base, ...tlsBy(protocol), routes: [{ path, plainHttp: protocol }] }];
  if (protocol.value === "http") {
    const plain = [{ path, plainHttp: plainHttpOf(listener, routes) }];
    return [{ ...base, names: [], httpsBeside: besideOf(listener, gateway), routes: plain }];
  }
  const mode = factIn(listener.block("tls"), "mode", { read: (value) => lookUp(tlsModes, value), absent: "here" });
  const refused: Route = { path, plainHttp: { ...known("refused"), ...standIn(listener, "protocol") } };
  if (!isShown(mode) || mode.value === "behind") {
    const open = isShown(mode) ? { ...unknown(passedOn), place: mode.place } : mode;
    return [{ ...base, ...tlsBy(open), routes: [refused] }];
  }
  const cause = { ...unknown(byClass), ...standIn(listener.block("tls"), "options") };
  const isHttps = protocol.value === "https";
  return [
    {
      ...base,
      ...certificatesOf(listener, gateway, base.names),
      ...secured(cause),
      routes: [isHttps ? { ...refused, hsts: hstsOf(listener, routes) } : refused],
    },
  ];
}

/** No field of a Gateway is about versions and cipher suites. */
const byClass: Cause = outside`the Gateway's class decides`;

export const passedOn: Cause = { reason: "application", note: text`TLS is passed on to what answers behind it` };

const tlsBy = (open: Fact<never>) => ({ certificate: open, ...secured(open) });

const pathOf = (listener: Block): DisplayText => {
  const name = valueText(listener.value("name"), undefined);
  return name ? text`listener ${name}` : nameText(listener.at);
};

/** The routes of this plan, of HTTP and gRPC, that attach to a listener: by its Gateway's name, and by its own where they name one. */
function routesOf(listener: Block, gateway: KubernetesObject): KubernetesObject[] {
  const own = [gateway.metadata.planned("name"), namespaceOf(gateway)];
  const { view } = gateway.resource.scope;
  return [...objectsOf(view, "HTTPRoute", group), ...objectsOf(view, "GRPCRoute", group)].filter((route) =>
    route.spec.blocks("parentRefs").some((parent) => {
      const namespace = parent.planned("namespace") ?? namespaceOf(route);
      const [section, port] = [parent.planned("sectionName"), parent.planned("port")];
      const isSection = section === null || section === listener.planned("name");
      const isPort = port === null || port === listener.planned("port");
      return parent.planned("name") === own[0] && namespace === own[1] && isSection && isPort;
    }),
  );
}

function plainHttpOf(listener: Block, routes: readonly KubernetesObject[]): PlainHttp {
  const treatments = routes.flatMap(treatmentOf);
  const served = treatments.find((one) => isShown(one) && one.value === "served");
  const open = treatments.find((one) => !isShown(one));
  const [first] = treatments;
  return (
    served ??
    open ??
    first ?? { ...unknown(because`no HTTPRoute of this plan is attached to it`), ...standIn(listener, "protocol") }
  );
}

/** The weakest of its routes' headers. */
const hstsOf = (listener: Block, routes: readonly KubernetesObject[]): Hsts =>
  weakestOf(routes.flatMap(headersOf)) ?? hstsBehind(listener, "");

function certificatesOf(
  listener: Block,
  gateway: KubernetesObject,
  names: readonly Fact<string>[],
): Pick<Endpoint, "certificate" | "certificates"> {
  const tls = listener.block("tls");
  const references = tls.blocks("certificateRefs");
  const stand = standIn(tls, "certificateRefs");
  // Some classes take their certificates from elsewhere, by options of their own.
  const hasOptions = tls.block("options").presence !== "absent";
  if (references.length === 0) {
    const none = hasOptions ? unknown(because`tls.options may name a certificate`) : known("missing" as const);
    return { certificate: { ...none, ...stand }, certificates: [] };
  }
  const certificates = references.map((one): CertificateUse => {
    // https://cert-manager.io/docs/usage/gateway/
    if (isRequested(gateway) && names.length > 0) return { certificate: requested(gateway, names) };
    return { certificate: certificateIn(one.value("name"), standIn(one, "name"), gateway) };
  });
  return { certificate: { ...known("own"), ...stand }, certificates };
}
