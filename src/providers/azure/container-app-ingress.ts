// The ingress of a container app → what it negotiates, and what becomes of plain HTTP: under any of the app's names.
// https://learn.microsoft.com/azure/container-apps/ingress-overview

import type { Endpoint, PlainHttp } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, lookUp } from "../../facts/fact.ts";
import { always, fixed, onlyRoute, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { transports } from "./container-app-values.ts";

type Ingress = Pick<
  Endpoint,
  "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes" | "httpVersions" | "routes" | "upstreams"
>;

/** Nothing where no ingress answers, or one that passes on TCP as it comes. */
export function ingressOf(app: Resource): Ingress | undefined {
  const ingress = app.block("ingress");
  if (ingress.presence === "absent") return undefined;
  const transport = fact(ingress, "transport", { read: (value) => lookUp(transports, value), absent: "HTTP" as const });
  if (isShown(transport) && transport.value === "TCP") return undefined;
  const plainHttp: PlainHttp = fact(ingress, "allow_insecure_connections", {
    read: (value) => (value === true ? "served" : value === false ? "redirected" : undefined),
    absent: "redirected",
    remedy: false,
  });
  const treatment = transport.state === "unknown" ? transport : plainHttp;
  return { ...tlsOf(app), routes: [onlyRoute(app, treatment, text`the app`)] };
}

/** The ingress of an app that this plan does not show: its TLS is that of any other. */
export const openIngress = (domain: Resource, open: Fact<never>): Ingress => ({
  ...tlsOf(domain),
  routes: [onlyRoute(domain, open, text`the app`)],
});

const versions = text`Container Apps takes TLS 1.2 and 1.3 alone`;

function tlsOf(resource: Resource): Omit<Ingress, "routes"> {
  const suites = undocumented(resource, text`Microsoft does not say which cipher suites Container Apps offers`);
  return {
    minimumTls: fixed(resource, "TLS 1.2", versions),
    forwardSecrecy: suites,
    aeadOnly: suites,
    ecdheAes: always(resource, true, versions),
    httpVersions: always(resource, ["HTTP/1.1", "HTTP/2"], text`Container Apps offers both`),
    upstreams: [],
  };
}
