// azurerm_cdn_endpoint, azurerm_cdn_endpoint_custom_domain → endpoints of the classic CDN: its own name, and each custom one.
// https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/cdn_endpoint

import { because, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { CertificateUse, Endpoint, PlainHttp, Route, Upstream } from "../../facts/endpoint.ts";
import { fact, isShown, known, lookUp, standAt, unknown, valueText } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { always, everything, fixed, nameOf } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { resourceBehind } from "../host.ts";
import { conditionsIn } from "./cdn-conditions.ts";
import { hstsBy, plainHttpBy, type Rule } from "./cdn-rules.ts";
import { domainTlsVersions, sniTypes } from "./cdn-values.ts";
import { vaultCertificate } from "./key-vault.ts";
import { madeBy } from "./reference.ts";

export default defineAdapter({
  id: "azure/cdn",
  resourceTypes: ["azurerm_cdn_endpoint", "azurerm_cdn_endpoint_custom_domain"],
  cannotShow: [
    "Headers that the origin sends by itself: an endpoint without a rule for it counts as one that sends no HSTS.",
  ],
  endpoints: (resource) => [resource.type === "azurerm_cdn_endpoint" ? endpointOf(resource) : domainOf(resource)],
});

/** NAME.azureedge.net, with Azure's certificate: https://learn.microsoft.com/azure/frontdoor/end-to-end-tls */
function endpointOf(endpoint: Resource): Endpoint {
  const base = { address: endpoint.address, kind: "CDN endpoint", names: [], certificates: [] };
  const [routes, upstreams] = [[routeOf(endpoint)], upstreamsOf(endpoint)];
  if (takesNoHttps(endpoint)) {
    return { ...base, httpsBeside: noHttps(standAt(endpoint, "is_https_allowed", true)), routes, upstreams };
  }
  const note = text`Azure's classic CDN takes TLS 1.2 and newer`;
  return {
    ...base,
    certificate: { ...known("provider"), ...standAt(endpoint, "") },
    minimumTls: fixed(endpoint, "TLS 1.2", note),
    forwardSecrecy: always(endpoint, true, note),
    ecdheAes: always(endpoint, true, note),
    routes,
    upstreams,
  };
}

function takesNoHttps(endpoint: Resource): boolean {
  const allowed = endpoint.flag("is_https_allowed");
  return isShown(allowed) && allowed.value === false;
}

function routeOf(endpoint: Resource): Route {
  const rules = rulesOf(endpoint);
  const plainHttp = plainHttpOf(endpoint, rules);
  if (takesNoHttps(endpoint)) return { path: everything, plainHttp };
  const stand = standAt(endpoint, "global_delivery_rule");
  return { path: everything, plainHttp, hsts: hstsBy(rules, stand, undefined, text`no delivery rule sets the header`) };
}

function plainHttpOf(endpoint: Resource, rules: readonly Rule[]): PlainHttp {
  const allowed = fact<"served" | "refused">(endpoint, "is_http_allowed", {
    read: (value) => (value === true ? "served" : value === false ? "refused" : undefined),
    // true (the provider's page)
    absent: "served",
    remedy: false,
  });
  if (isShown(allowed) && allowed.value === "refused") return allowed;
  const byRule = plainHttpBy(rules);
  return byRule && (isShown(allowed) || (isShown(byRule) && byRule.value === "redirected")) ? byRule : allowed;
}

/** The global rule comes first, for all requests; then the others, in their order. */
function rulesOf(endpoint: Resource): Rule[] {
  const others = endpoint.blocks("delivery_rule").map((block) => ({ block, order: orderOf(block) }));
  return [
    ...endpoint.blocks("global_delivery_rule").map((block) => ruleOf(block)),
    ...others.toSorted((one, other) => one.order - other.order).map(({ block }) => ruleOf(block)),
  ];
}

function orderOf(rule: Block): number {
  const order = rule.planned("order");
  return typeof order === "number" ? order : Number.MAX_SAFE_INTEGER;
}

function ruleOf(rule: Block): Rule {
  const name = valueText(rule.value("name"), undefined);
  const [redirect] = rule.blocks("url_redirect_action");
  const isConditional = rule.presence === "unknown" || conditionsIn(rule).length > 0;
  return {
    name: name === undefined ? nameText(rule.at) : text`the delivery rule ${name}`,
    address: rule.resource.address,
    conditions: isConditional ? rule : undefined,
    headers: rule
      .blocks("modify_response_header_action")
      .map((block) => ({ block, name: "name", action: "action", value: "value" })),
    redirect: redirect && { block: redirect, attribute: "protocol" },
    onMatch: { state: "absent" },
  };
}

/** Each origin is asked in the protocol that the client used; nothing in the configuration says otherwise. */
function upstreamsOf(endpoint: Resource): Upstream[] {
  return endpoint.blocks("origin", { set: true }).map((origin) => {
    const name = valueText(origin.value("host_name"), nameText(origin.at));
    const note = text`the classic CDN asks an origin in the protocol that the viewer used`;
    const protocol = { ...known("viewer" as const), ...standAt(origin, "host_name"), note };
    return {
      name,
      reach: "public",
      protocol,
      endpoint: resourceBehind(origin, "host_name")?.address,
      routes: [everything],
    };
  });
}

/** A custom name; without a block for HTTPS it answers plain HTTP alone. */
function domainOf(domain: Resource): Endpoint {
  const managed = domain.block("cdn_managed_https");
  const own = domain.block("user_managed_https");
  const settings = own.presence === "absent" ? managed : own;
  const routes = routesOf(domain);
  const base = {
    address: domain.address,
    kind: "CDN custom domain",
    names: [nameOf(domain, "host_name")],
    upstreams: [],
  };
  if (settings.presence === "absent") {
    const certificate = { ...known("missing" as const), ...standAt(domain, "cdn_managed_https") };
    const plain = routes.map(({ path, plainHttp }): Route => ({ path, plainHttp }));
    const without = noHttps(standAt(domain, "cdn_managed_https"));
    return { ...base, certificate, certificates: [], httpsBeside: without, routes: plain };
  }
  const open = settings.presence === "unknown";
  const whose = open ? unknown(because`the plan does not tell whether HTTPS is set up`) : known("own" as const);
  return {
    ...base,
    certificate: { ...whose, ...standAt(settings, "") },
    certificates: open ? [] : [settings === own ? vaultUse(own) : managedUse(domain, managed)],
    minimumTls: fact(settings, "tls_version", {
      read: (value) => lookUp(domainTlsVersions, value),
      suggests: suggestTls,
      // TLS12 (the provider's page)
      absent: "TLS 1.2",
      remedy: "TLS12",
    }),
    // Its suites are those of the CDN's own names: https://learn.microsoft.com/azure/frontdoor/end-to-end-tls
    ecdheAes: open ? undefined : always(domain, true, text`Azure's classic CDN offers TLS 1.2 with ECDHE and AES`),
    sni: settings === managed ? sniOf(managed) : undefined,
    routes,
  };
}

const vaultUse = (own: Block): CertificateUse => vaultCertificate(own, "key_vault_secret_id");

/** Issued for the domain's very name, and renewed: https://learn.microsoft.com/azure/cdn/cdn-custom-ssl */
const managedUse = (domain: Resource, managed: Block): CertificateUse => ({
  certificate: {
    address: undefined,
    names: [nameOf(domain, "host_name")],
    renewal: { ...known("automatic"), ...standAt(managed, "certificate_type") },
  },
});

const sniOf = (managed: Block): Endpoint["sni"] =>
  fact(managed, "protocol_type", {
    read: (value) => lookUp(sniTypes, value),
    absent: { unknown: notSet("protocol_type") },
    remedy: "ServerNameIndication",
  });

function routesOf(domain: Resource): Route[] {
  const endpoint = madeBy(domain, "cdn_endpoint_id", { azurerm_cdn_endpoint: ["id"] }, text`the endpoint`);
  return "state" in endpoint ? [] : [routeOf(endpoint)];
}
