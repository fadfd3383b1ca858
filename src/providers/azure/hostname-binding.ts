// azurerm_app_service_custom_hostname_binding → endpoint: an app under a name of its owner's, with the certificate for it.
// https://learn.microsoft.com/azure/app-service/configure-ssl-bindings

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, lookUp, mapped, standAt, unknown } from "../../facts/fact.ts";
import { nameOf, onlyRoute, secured } from "../../facts/service.ts";
import type { Targets } from "../../plan/link.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource, View } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import functionApp from "./function-app.ts";
import { bindings, usesOf } from "./hostname-binding-certificate.ts";
import { sslStates } from "./hostname-binding-values.ts";
import { madeBy } from "./reference.ts";
import webApp from "./web-app.ts";
import { siteOf } from "./web-app-site.ts";

const sites = [...webApp.resourceTypes, ...functionApp.resourceTypes];
const targets = (isWanted: (type: string) => boolean, attribute: string): Targets =>
  Object.fromEntries(sites.filter(isWanted).map((type) => [type, [attribute]]));
const isSlot = (type: string): boolean => type.endsWith("_slot");
const apps = targets((type) => !isSlot(type), "name");
const slots = targets(isSlot, "id");

export default defineAdapter({
  id: "azure/hostname-binding",
  resourceTypes: Object.keys(bindings),
  cannotShow: ["Certificates that are bound to a host name by another plan, or by hand."],
  endpoints: (binding) => [endpointOf(binding)],
});

const endpointOf = (binding: Resource): Endpoint => ({
  ...siteBehind(binding),
  address: binding.address,
  kind: "App Service host name",
  names: [nameOf(binding, "hostname")],
  ...certificateOf(binding),
});

/** TLS and plain HTTP are the app's: what there is to say of them stands there, and is said once. */
function siteBehind(binding: Resource): Endpoint {
  const isSlots = binding.type.includes("_slot_");
  const attribute = isSlots ? "app_service_slot_id" : "app_service_name";
  const app = madeBy(binding, attribute, isSlots ? slots : apps, text`the app`);
  if (!("state" in app)) return siteOf(app, "");
  const routes = [onlyRoute(binding, app, text`the application`)];
  return { address: "", kind: "", names: [], certificates: [], ...secured(app), routes, upstreams: [] };
}

type Certified = Pick<Endpoint, "certificate" | "certificates" | "sni">;

/** By a certificate binding, which waits for the certificate's issue, or by a thumbprint of its own. */
function certificateOf(binding: Resource): Certified {
  const attached = attachedIn(binding.scope.view);
  const own = attached.find(({ to: [first, another] }) => first === binding && !another)?.one;
  if (own) {
    const certificate = { ...known("own" as const), ...standAt(binding, ""), related: [own.address] };
    return { certificate, certificates: usesOf(own, "certificate_id"), sni: isSni(sslStateOf(own)) };
  }
  const state = sslStateOf(binding);
  const open = attached.find(({ isOpen, to }) => isOpen || to.includes(binding))?.one;
  const isNone = isShown(state) && state.value === "none";
  if (isNone && open) {
    const cause = because`the plan does not tell whether ${nameText(open.address)} is for this host name`;
    return { certificate: { ...unknown(cause), ...standAt(binding, ""), related: [open.address] }, certificates: [] };
  }
  const certificate = mapped(state, (one) => (one === "none" ? "missing" : "own"));
  return {
    certificate: { ...certificate, remedy: undefined, note: text`this plan binds none to it` },
    certificates: isNone ? [] : usesOf(binding, "thumbprint"),
    sni: isNone ? undefined : isSni(state),
  };
}

interface Attached {
  readonly one: Resource;
  /** The host names that it can be for; where the plan does not tell any, it is open. */
  readonly to: readonly Resource[];
  readonly isOpen: boolean;
}

/** The certificate bindings of a plan. */
const attachedIn = oncePer((view: View) =>
  view.resources("azurerm_app_service_certificate_binding").map((one): Attached => {
    const link = one.link("hostname_binding_id", bindings);
    return { one, to: link.state === "found" ? link.resources : [], isOpen: link.state === "unknown" };
  }),
);

const sslStateOf = (binding: Resource): Fact<(typeof sslStates)[string]> =>
  fact(binding, "ssl_state", { read: (value) => lookUp(sslStates, value), absent: "none", remedy: "SniEnabled" });

const isSni = (state: Fact<(typeof sslStates)[string]>): Fact<boolean> => mapped(state, (one) => one === "SNI");
