// azurerm_application_gateway → endpoints: one per listener.
// https://learn.microsoft.com/azure/application-gateway/configuration-listeners

import { notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { CertificateUse, Endpoint, Route } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, lookUp, standAt, unknown } from "../../facts/fact.ts";
import { httpsBeside } from "../../facts/https-beside.ts";
import { nameOf, namesIn, secured } from "../../facts/service.ts";
import { suggestProtocol } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { upstreamsOf } from "./application-gateway-backend.ts";
import { branchesOf, hstsOf, named, pathOf, plainHttpOf } from "./application-gateway-routing.ts";
import { tlsOf } from "./application-gateway-tls.ts";
import { listenerProtocols } from "./application-gateway-values.ts";
import { pfxContents, vaultCertificate } from "./key-vault.ts";

export default defineAdapter({
  id: "azure/application-gateway",
  resourceTypes: ["azurerm_application_gateway"],
  cannotShow: [
    "Headers that the backends send by themselves: a rule without a rewrite for it counts as one that sends no HSTS.",
    "Which default TLS policy a gateway has that an older version of the API may have made.",
  ],
  endpoints: (gateway) => listenersOf(gateway).flatMap(endpointOf),
});

const listenersOf = (gateway: Resource): Block[] =>
  ["http_listener", "listener"].flatMap((type) => gateway.blocks(type, { set: true }));

const protocolOf = (listener: Block) =>
  fact(listener, "protocol", {
    read: (value) => lookUp(listenerProtocols, value),
    suggests: suggestProtocol,
    absent: { unknown: notSet("the protocol of the listener") },
    remedy: "Https",
  });

function endpointOf(listener: Block): Endpoint[] {
  const gateway = listener.resource;
  const branches = branchesOf(listener);
  const protocol = protocolOf(listener);
  const base = { address: gateway.address, kind: "application gateway listener", certificates: [] };
  const names = namesOf(listener);
  const upstreams = upstreamsOf(branches, listener);
  if (!isShown(protocol)) {
    const open = { certificate: protocol, ...secured(protocol) };
    const routes = branches.map((branch): Route => ({ path: pathOf(branch, listener), plainHttp: protocol }));
    return [{ ...base, names, ...open, routes, upstreams }];
  }
  if (protocol.value === "other") return [];
  if (protocol.value === "http") {
    const routes = branches.map((one): Route => ({ path: pathOf(one, listener), plainHttp: plainHttpOf(one) }));
    const all = listenersOf(gateway).map((one) => ({ protocol: protocolOf(one), names: namesOf(one) }));
    const beside = httpsBeside(all, standAt(listener, "protocol", "Https"), names);
    return [{ ...base, names: [], httpsBeside: beside, routes, upstreams }];
  }
  const isHttps = protocol.value === "https";
  const routes = branches.map((one): Route => {
    const plainHttp = { ...known("refused" as const), ...standAt(listener, "protocol") };
    return { path: pathOf(one, listener), plainHttp, hsts: isHttps ? hstsOf(one) : undefined };
  });
  return [
    {
      ...base,
      names,
      ...certificateOf(listener),
      ...securityOf(listener),
      httpVersions: isHttps ? httpVersionsOf(gateway) : undefined,
      routes,
      upstreams,
    },
  ];
}

function namesOf(listener: Block): Fact<string>[] {
  const single = listener.value("host_name").state === "absent" ? [] : [nameOf(listener, "host_name")];
  return [...single, ...namesIn(listener, "host_names")];
}

/** By a profile's own policy, or by the gateway's. */
function securityOf(listener: Block): Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes"> {
  const gateway = listener.resource.block("ssl_policy", { computed: true });
  const profile = named(listener, "ssl_profile_name", "ssl_profile", false);
  if (profile.state === "absent") return tlsOf(gateway);
  if (profile.state === "unknown") {
    const open = { ...profile, ...standAt(listener, "ssl_profile_name") };
    return secured(open);
  }
  const own = profile.block.block("ssl_policy");
  return tlsOf(own.presence === "absent" ? gateway : own);
}

function certificateOf(listener: Block): Pick<Endpoint, "certificate" | "certificates"> {
  const stand = standAt(listener, "ssl_certificate_name");
  const certificate = named(listener, "ssl_certificate_name", "ssl_certificate");
  if (certificate.state === "absent") {
    const id = listener.value("ssl_certificate_id");
    const whose = id.state === "unknown" ? id : known("missing" as const);
    return { certificate: { ...whose, ...stand }, certificates: [] };
  }
  const uses = certificate.state === "found" ? [useOf(certificate.block)] : [];
  return { certificate: { ...known("own"), ...stand }, certificates: uses };
}

function useOf(certificate: Block): CertificateUse {
  if (certificate.value("key_vault_secret_id").state !== "absent")
    return vaultCertificate(certificate, "key_vault_secret_id");
  const stand = standAt(certificate, "data");
  const name = { ...unknown(pfxContents), ...stand };
  const renewal = { ...known("by import" as const), ...stand };
  return { certificate: { address: undefined, names: [name], renewal } };
}

/** Off unless it is switched on (the provider's page); azurerm 4 knew the switch by another name too. */
function httpVersionsOf(gateway: Resource): Endpoint["httpVersions"] {
  const isOld = gateway.value("http2_enabled").state === "absent" && gateway.value("enable_http2").state !== "absent";
  return fact<readonly string[]>(gateway, isOld ? "enable_http2" : "http2_enabled", {
    read: (value) => (value === true ? ["HTTP/1.1", "HTTP/2"] : value === false ? ["HTTP/1.1"] : undefined),
    absent: ["HTTP/1.1"],
    remedy: true,
  });
}
