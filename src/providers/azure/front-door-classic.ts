// azurerm_frontdoor → endpoints of Front Door (classic): one per frontend, with the routing rules that name it.
// https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/frontdoor

import { because, type Cause, definedElsewhere, notSet, outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, CertificateUse, Endpoint, PlainHttp, Route, Upstream } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, lookUp, standAt, unknown, type Value, valueText } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { always, directives, fixed, nameOf, withoutFix } from "../../facts/service.ts";
import { suggestProtocol, suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, joinText, nameText, text } from "../../text.ts";
import { classicRedirectProtocols, classicTlsVersions, forwardingProtocols } from "./front-door-values.ts";

export default defineAdapter({
  id: "azure/front-door-classic",
  resourceTypes: ["azurerm_frontdoor"],
  cannotShow: ["Which rules engine a routing rule has: the provider cannot set it, so HSTS is unknown."],
  endpoints: (frontDoor) => frontDoor.blocks("frontend_endpoint").map((frontend) => endpointOf(frontDoor, frontend)),
});

function endpointOf(frontDoor: Resource, frontend: Block): Endpoint {
  const host = frontend.value("host_name");
  const isAzures = isShown(host) && /\.azurefd\.net$/i.test(String(host.value));
  const rules = rulesOf(frontDoor, frontend);
  const answers = isAzures ? azures(frontend) : ownOf(frontDoor, frontend);
  const hasHttps = !isShown(answers.certificate) || answers.certificate.value !== "missing";
  return {
    address: frontDoor.address,
    kind: "Front Door (classic) frontend",
    names: isAzures ? [] : [nameOf(frontend, "host_name")],
    ...answers,
    routes: rules.map((rule) => routeOf(rule, hasHttps)),
    upstreams: rules.flatMap((rule) => upstreamsOf(frontDoor, rule)),
  };
}

interface Answers extends Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "ecdheAes" | "httpsBeside"> {
  readonly certificate: Fact<"own" | "provider" | "missing">;
  readonly certificates: readonly CertificateUse[];
}

/** https://learn.microsoft.com/azure/frontdoor/end-to-end-tls */
const note = text`Front Door (classic) takes TLS 1.2 and newer`;

const azures = (frontend: Block): Answers => ({
  certificate: { ...known("provider"), ...standAt(frontend, "host_name") },
  certificates: [],
  minimumTls: fixed(frontend.resource, "TLS 1.2", note),
  forwardSecrecy: always(frontend.resource, true, note),
  ecdheAes: always(frontend.resource, true, note),
});

/** A resource of its own sets up HTTPS for a name of its owner's. */
function ownOf(frontDoor: Resource, frontend: Block): Answers {
  const stand = standAt(frontend, "host_name");
  const configurations = frontDoor.scope.view
    .resources("azurerm_frontdoor_custom_https_configuration")
    .filter((one) => isFor(one, frontDoor, frontend));
  const [configuration, another] = configurations;
  if (!configuration) {
    return { certificate: { ...known("missing"), ...stand }, certificates: [], httpsBeside: noHttps(stand) };
  }
  if (another) {
    const cause = because`the plan does not tell which custom HTTPS configuration it has`;
    return { certificate: { ...unknown(cause), ...stand }, certificates: [] };
  }
  const certificate = fact<"own" | "missing">(configuration, "custom_https_provisioning_enabled", {
    read: (value) => (value === true ? "own" : value === false ? "missing" : undefined),
    absent: { unknown: notSet("custom_https_provisioning_enabled") },
    remedy: true,
  });
  if (isShown(certificate) && certificate.value === "missing") {
    return { certificate, certificates: [], httpsBeside: noHttps({ ...certificate, note: undefined }) };
  }
  return {
    certificate,
    certificates: isShown(certificate) ? [{ certificate: certificateOf(configuration, frontend) }] : [],
    minimumTls: withoutFix(
      fact(configuration.block("custom_https_configuration"), "minimum_tls_version", {
        read: (value) => lookUp(classicTlsVersions, value),
        suggests: suggestTls,
        absent: "TLS 1.2",
      }),
      text`Azure alone sets the minimum TLS version of Front Door (classic)`,
    ),
    forwardSecrecy: always(frontDoor, true, note),
    ecdheAes: always(frontDoor, true, note),
  };
}

/** By an ID that ends in the frontend's name, or by a reference to this Front Door, whose frontends it does not tell apart. */
function isFor(configuration: Resource, frontDoor: Resource, frontend: Block): boolean {
  const id = configuration.value("frontend_endpoint_id");
  const name = frontend.planned("name");
  if (isShown(id)) return typeof name === "string" && String(id.value).toLowerCase().endsWith(`/${name.toLowerCase()}`);
  const targets = { azurerm_frontdoor: ["id", "frontend_endpoint", "frontend_endpoints"] };
  const link = configuration.link("frontend_endpoint_id", targets);
  return link.state === "found" ? link.resources.includes(frontDoor) : true;
}

function certificateOf(configuration: Resource, frontend: Block): Certificate {
  const settings = configuration.block("custom_https_configuration");
  const source = fact<"managed" | "vault">(settings, "certificate_source", {
    read: (value) => (value === "FrontDoor" ? "managed" : value === "AzureKeyVault" ? "vault" : undefined),
    // FrontDoor (the provider's page)
    absent: "managed",
  });
  if (!isShown(source) || source.value === "vault") {
    const open = isShown(source) ? unknown(definedElsewhere("the certificate")) : source;
    return { address: undefined, names: [{ ...open, place: source.place }] };
  }
  const renewal = { ...known("automatic" as const), place: source.place };
  return { address: undefined, names: [nameOf(frontend, "host_name")], renewal };
}

/** The rules that name a frontend, or may. */
function rulesOf(frontDoor: Resource, frontend: Block): readonly Block[] {
  const name = frontend.planned("name");
  return frontDoor.blocks("routing_rule").filter((rule) => {
    const isOff = rule.planned("enabled") === false;
    const frontends = rule.elements("frontend_endpoints");
    return !isOff && frontends.some((one) => !isShown(one) || one.value === name);
  });
}

/** The provider cannot attach one. */
const rulesEngine: Cause = outside`a rules engine may set the header, and the provider does not show which rules it is attached to`;

function routeOf(rule: Block, hasHttps: boolean): Route {
  const protocols = rule.elements("accepted_protocols");
  const isTold = (one: Value) => isShown(one) && (one.value === "Http" || one.value === "Https");
  const takes = (protocol: string) => protocols.some((one) => !isTold(one) || (isShown(one) && one.value === protocol));
  const isSure = protocols.every(isTold) || protocols.some((one) => isShown(one) && one.value === "Http");
  const plainHttp = takes("Http") ? treatmentOf(rule, isSure) : refused(rule);
  const path = pathOf(rule);
  if (!takes("Https") || !hasHttps) return { path, plainHttp };
  const header = { ...unknown(rulesEngine), ...standAt(rule, "") };
  return { path, plainHttp, hsts: directives(header) };
}

const refused = (rule: Block): PlainHttp => ({ ...known("refused"), ...standAt(rule, "accepted_protocols") });

function treatmentOf(rule: Block, isCertain: boolean): PlainHttp {
  const redirect = rule.block("redirect_configuration");
  const stand = standAt(rule, "accepted_protocols", ["Https"]);
  if (redirect.presence !== "absent") {
    return fact<"served" | "redirected">(redirect, "redirect_protocol", {
      read: (value) => lookUp(classicRedirectProtocols, value),
      suggests: suggestProtocol,
      absent: { unknown: notSet("redirect_protocol") },
      remedy: "HttpsOnly",
    });
  }
  if (isCertain) return { ...known("served"), ...stand };
  return { ...unknown(because`the plan does not tell which protocols the rule accepts`), ...stand };
}

/** Its patterns and its name: a rule for plain HTTP and one for HTTPS often share the patterns. */
function pathOf(rule: Block): DisplayText {
  const patterns = rule.elements("patterns_to_match").flatMap((one) => valueText(one, []));
  const name = valueText(rule.value("name"), undefined);
  const shown = name === undefined ? patterns : [...patterns, text`(${name})`];
  return shown.length > 0 ? joinText(shown, " ") : nameText(rule.at);
}

function upstreamsOf(frontDoor: Resource, rule: Block): Upstream[] {
  return rule.blocks("forwarding_configuration").map((forwarding) => {
    return {
      name: valueText(forwarding.value("backend_pool_name"), nameText(forwarding.at)),
      reach: "public",
      protocol: fact<"http" | "https" | "viewer">(forwarding, "forwarding_protocol", {
        read: (value) => lookUp(forwardingProtocols, value),
        suggests: suggestProtocol,
        // HttpsOnly (the provider's page)
        absent: "https",
        remedy: "HttpsOnly",
      }),
      certificate: certificateCheck(frontDoor),
      routes: [pathOf(rule)],
    };
  });
}

function certificateCheck(frontDoor: Resource): Upstream["certificate"] {
  const settings = frontDoor.block("backend_pool_settings");
  return fact(settings, "enforce_backend_pools_certificate_name_check", {
    read: (value) => (value === true ? "verified" : value === false ? "not verified" : undefined),
    absent: { unknown: notSet("enforce_backend_pools_certificate_name_check") },
    remedy: true,
  });
}
