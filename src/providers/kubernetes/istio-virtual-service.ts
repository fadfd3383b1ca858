// The VirtualServices of an Istio Gateway → what they redirect, and the HSTS header that they put into answers.
// https://istio.io/latest/docs/reference/config/networking/virtual-service/

import type { Hsts, PlainHttp } from "../../facts/endpoint.ts";
import { isShown, known } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import { hstsBehind, hstsIn, hstsRemoved, removes, weakestOf } from "./http-route.ts";
import { type KubernetesObject, namespaceOf, objectsOf, standIn } from "./object.ts";

/** The HTTP routes that this plan binds to a Gateway, by namespace/name, or by its name from its own namespace. */
function routesOf(gateway: KubernetesObject): Block[] {
  const name = gateway.metadata.planned("name");
  const whole = `${namespaceOf(gateway)}/${name}`;
  return objectsOf(gateway.resource.scope.view, "VirtualService", "networking.istio.io")
    .filter((service) => {
      const names = namespaceOf(service) === namespaceOf(gateway) ? [name, whole] : [whole];
      return service.spec.elements("gateways").some((one) => isShown(one) && names.includes(String(one.value)));
    })
    .flatMap(({ spec }) => spec.blocks("http"));
}

/** Where all of them redirect to HTTPS, nothing is served; what redirects HTTPS too would redirect in circles. */
export function redirectFor(gateway: KubernetesObject): PlainHttp | undefined {
  const routes = routesOf(gateway);
  const redirects = routes.filter((route) => route.block("redirect").planned("scheme") === "https");
  const [first] = redirects;
  if (!first || redirects.length < routes.length) return undefined;
  return { ...known("redirected"), ...standIn(first.block("redirect"), "scheme") };
}

const header = /^strict-transport-security$/i;

/** The weakest header of the routes. */
export function hstsFor(gateway: KubernetesObject, server: Block): Hsts {
  const routes = routesOf(gateway).filter((route) => route.block("redirect").presence === "absent");
  const headers = routes.map(headerIn);
  return weakestOf(headers) ?? hstsBehind(server, "hosts");
}

function headerIn(route: Block): Hsts {
  const response = route.block("headers").block("response");
  for (const operation of ["set", "add"]) {
    const map = response.block(operation);
    const name = response.keys(operation)?.find((one) => header.test(one));
    if (name === undefined) continue;
    return hstsIn(map, name);
  }
  // Envoy removes headers first, and adds others then.
  return removes(response, "remove") ? hstsRemoved(response, "remove") : hstsBehind(route, "headers");
}
