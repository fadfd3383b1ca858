// An Ingress of the AWS Load Balancer Controller → endpoint: its listeners, their policy, certificates and redirects.
// https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/

import { because } from "../../cause.ts";
import type { CertificateUse, Endpoint, Hsts, Route, Upstream } from "../../facts/endpoint.ts";
import { type Fact, factAt, isShown, known, lookUp, mapped, replaced, unknown } from "../../facts/fact.ts";
import { parseHsts } from "../../facts/hsts.ts";
import { eachDirective, everything, headerOf, type Security, secured } from "../../facts/service.ts";
import { text } from "../../text.ts";
import {
  defaultPolicy,
  recommendedPolicy,
  securityPolicies,
  strictestPolicy,
  suggestPolicy,
} from "../aws/load-balancer-values.ts";
import { type Action, actionFor } from "./alb-action.ts";
import { annotation, arnName, type Listener, listenersOf, paramsOf, plainHttpOf, policyOf } from "./alb-listener.ts";
import { backendProtocols } from "./alb-values.ts";
import { certificatesByArn } from "./aws-certificate.ts";
import { outside } from "./certificate.ts";
import { weakestOf } from "./http-route.ts";
import { distinct, pathsOf, ruleHosts, servicesOf, tlsHosts } from "./ingress-hosts.ts";
import { factIn, type KubernetesObject, objectsNamed, standIn } from "./object.ts";

export function albEndpoints(ingress: KubernetesObject): Endpoint[] {
  const { resource } = ingress;
  const listeners = listenersOf(ingress);
  const names = distinct([...ruleHosts(ingress), ...tlsHosts(ingress)]);
  const base = { address: resource.address, kind: "ingress", names };
  const upstreams = servicesOf(ingress).map(
    (name): Upstream => ({ name, reach: "private", protocol: protocolOf(ingress, name), routes: [] }),
  );
  const isHttps = mapped(listeners, (all) => all.some((one) => one.protocol === "HTTPS"));
  if (isShown(isHttps) && !isHttps.value) {
    const missing = replaced(listeners, known("missing" as const));
    const certificate = names.length > 0 ? missing : undefined;
    const routes = routesOf(ingress, listeners);
    return [{ ...base, certificate, certificates: [], httpsBeside: isHttps, routes, upstreams: [] }];
  }
  return [
    {
      ...base,
      ...certificatesOf(ingress),
      ...secured(
        policyOf(ingress, {
          read: (value) => lookUp(securityPolicies, value),
          absent: securityPolicies[defaultPolicy] as Security,
          remedy: recommendedPolicy,
          stricter: [strictestPolicy],
          suggests: suggestPolicy,
        }),
      ),
      routes: routesOf(ingress, listeners, hstsOf(ingress, listeners)),
      upstreams,
    },
  ];
}

/** The annotation of a Service decides over that of the Ingress. */
function protocolOf(ingress: KubernetesObject, service: string): Fact<"http" | "https"> {
  const name = annotation("backend-protocol");
  const own = objectsNamed(ingress.resource.scope.view, ["Service", ""], known(service), ingress).find(
    ({ annotations }) => annotations.value(name).state !== "absent",
  );
  return factIn((own ?? ingress).annotations, name, {
    read: (value) => lookUp(backendProtocols, value),
    absent: "http",
    remedy: "HTTPS",
  });
}

function certificatesOf(ingress: KubernetesObject): Pick<Endpoint, "certificate" | "certificates"> {
  const { annotations } = ingress;
  const stand = standIn(annotations, arnName);
  const written = annotations.value(arnName);
  const uses: readonly CertificateUse[] = certificatesByArn(annotations, arnName);
  if (isShown(written)) return { certificate: { ...known("own"), ...stand }, certificates: uses };
  if (written.state === "unknown") {
    const isFound = uses.some(({ certificate }) => certificate.address !== undefined);
    return {
      certificate: { ...(isFound ? known("own" as const) : written), ...stand },
      certificates: uses,
    };
  }
  const params = paramsOf(ingress);
  if (params) return { certificate: { ...unknown(params), ...stand }, certificates: [] };
  if (ruleHosts(ingress).length + tlsHosts(ingress).length === 0) {
    const note = text`no certificate-arn is set, and there is no host to look for one by`;
    return { certificate: { ...known("missing"), ...stand, note }, certificates: [] };
  }
  // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/
  const cause = because`the controller looks in ACM for a certificate of the hosts`;
  return { certificate: { ...unknown(cause), ...stand }, certificates: [{ certificate: outside(stand, cause) }] };
}

/** Paths that an action answers have a route of their own. */
function routesOf(ingress: KubernetesObject, listeners: Fact<readonly Listener[]>, hsts?: Hsts): Route[] {
  const plainHttp = plainHttpOf(ingress, listeners);
  const isOpen = isShown(plainHttp) && plainHttp.value === "served";
  const actions = isOpen ? pathsOf(ingress).flatMap((path) => actionFor(path, ingress) ?? []) : [];
  const catchAll = actions.find(
    ({ isCatchAll, plainHttp: one }) => isCatchAll && isShown(one) && one.value === "redirected",
  );
  if (catchAll) return [{ path: everything, plainHttp: catchAll.plainHttp, hsts }];
  const own = actions.map(({ path, plainHttp: one }: Action): Route => ({ path, plainHttp: one }));
  const isAll = own.length > 0 && own.length === pathsOf(ingress).length && servicesOf(ingress).length === own.length;
  return isAll ? own : [{ path: everything, plainHttp, hsts }, ...own];
}

const headerAttribute = "routing.http.response.strict_transport_security.header_value";

/** The header that the load balancer puts into every answer of a listener, in the place of its targets'. */
function hstsOf(ingress: KubernetesObject, listeners: Fact<readonly Listener[]>): Hsts | undefined {
  const shown = isShown(listeners) ? listeners.value : [{ protocol: "HTTPS", port: 443 }];
  return weakestOf(shown.flatMap(({ protocol, port }) => (protocol === "HTTPS" ? [hstsAt(port, ingress)] : [])));
}

/** Without a header of its own it passes on that of the application. */
function hstsAt(port: number, { annotations }: KubernetesObject): Hsts {
  const name = annotation(`listener-attributes.HTTPS-${port}`);
  const written = annotations.value(name);
  const isUnset = written.state === "absent" || (isShown(written) && headerIn(String(written.value)) === undefined);
  return eachDirective((choose, header) => {
    const stand = standIn(annotations, name, `${headerAttribute}=${header}`);
    if (isUnset) return { ...unknown(headerOf(text`the application`)), ...stand };
    return factAt(written, stand, {
      read: (value) => (typeof value === "string" ? choose(parseHsts(headerIn(value) ?? "")) : undefined),
      absent: choose(parseHsts("")),
    });
  });
}

/** name=value, between commas that no backslash stands before. */
const headerIn = (text: string): string | undefined =>
  text
    .split(/(?<!\\),/)
    .map((one) => one.trim())
    .find((one) => one.startsWith(`${headerAttribute}=`))
    ?.slice(headerAttribute.length + 1);
