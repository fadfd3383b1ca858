// Istio's Gateway, DestinationRule and PeerAuthentication → endpoints: of viewers, of hops within the mesh.
// https://istio.io/latest/docs/reference/config/networking/gateway/

import { because, type Cause, notSet, outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import { suitesOf } from "../../facts/cipher-suite.ts";
import type { Endpoint, PlainHttp, Route, TlsVersion } from "../../facts/endpoint.ts";
import {
  type Fact,
  fact,
  factAt,
  isSensitive,
  isShown,
  known,
  lookUp,
  mapped,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { httpsBeside } from "../../facts/https-beside.ts";
import { reachOf } from "../../facts/reach.ts";
import { ecdheAesBy, everything, secured } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { certificateIn, nameOf } from "./certificate.ts";
import { passedOn } from "./gateway.ts";
import {
  clientModes,
  maximumVersions,
  minimumVersions,
  peerModes,
  serverModes,
  serverProtocols,
} from "./istio-values.ts";
import { hstsFor, redirectFor } from "./istio-virtual-service.ts";
import { factIn, type KubernetesObject, objectOfKind, portText, readFlag, standIn } from "./object.ts";

const networking = "networking.istio.io";

export default defineAdapter({
  id: "kubernetes/istio",
  resourceTypes: ["kubernetes_manifest"],
  cannotShow: ["the mesh's own defaults, which its installation decides"],
  endpoints: (resource) => [...serversOf(resource), ...destinationsOf(resource), ...peersOf(resource)],
});

function serversOf(resource: Resource): Endpoint[] {
  const gateway = objectOfKind(resource, "Gateway", networking);
  return gateway ? gateway.spec.blocks("servers").flatMap((server) => endpointsOf(server, gateway)) : [];
}

const protocolOf = (server: Block) =>
  factIn(server.block("port"), "protocol", {
    read: (value) => lookUp(serverProtocols, String(value).toUpperCase()),
    absent: { unknown: notSet("protocol") },
    remedy: "HTTPS",
  });

/** The other servers of the Gateway. */
function besideOf(server: Block, gateway: KubernetesObject): Fact<boolean> {
  const all = gateway.spec.blocks("servers").map((one) => ({ protocol: protocolOf(one), names: hostsOf(one) }));
  return httpsBeside(all, standIn(server.block("port"), "protocol", "HTTPS"), hostsOf(server));
}

function endpointsOf(server: Block, gateway: KubernetesObject): Endpoint[] {
  const protocol = protocolOf(server);
  if (isShown(protocol) && protocol.value === "other") return [];
  const path = pathOf(server);
  const base = {
    address: gateway.resource.address,
    kind: "gateway server",
    names: [],
    certificates: [],
    upstreams: [],
  };
  if (protocol.state === "unknown") return [{ ...base, ...tlsBy(protocol), routes: [{ path, plainHttp: protocol }] }];
  const tls = server.block("tls");
  if (protocol.value === "http") {
    const routes = [{ path, plainHttp: plainHttpOf(tls, gateway) }];
    return [{ ...base, httpsBeside: besideOf(server, gateway), routes }];
  }
  const mode = factIn(tls, "mode", {
    read: (value) => lookUp(serverModes, value),
    // "PASSTHROUGH = 0": https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSmode
    absent: "behind",
    remedy: "SIMPLE",
  });
  const route: Route = { path, plainHttp: { ...known("refused"), ...standIn(server.block("port"), "protocol") } };
  if (isShown(mode) && mode.value === "mesh") return [{ ...base, routes: [route] }];
  if (!isShown(mode) || mode.value === "behind") {
    const open = isShown(mode) ? { ...unknown(passedOn), place: mode.place } : mode;
    return [{ ...base, ...tlsBy(open), routes: [route] }];
  }
  const isHttps = protocol.value === "https";
  return [
    {
      ...base,
      names: hostsOf(server),
      ...certificatesOf(tls, gateway),
      ...securityOf(tls),
      routes: [isHttps ? { ...route, hsts: hstsFor(gateway, server) } : route],
    },
  ];
}

const tlsBy = (open: Fact<never>) => ({ certificate: open, ...secured(open) });

const pathOf = (server: Block): DisplayText => portText(server.block("port").value("number"), server.at);

/** "namespace/host"; "*" stands for every host, and is no name. */
const hostsOf = (server: Block): Fact<string>[] =>
  server
    .elements("hosts")
    .map((host) => mapped(nameOf(host, standIn(server, "hosts")), (name) => name.replace(/^.*\//, "")))
    .filter((host) => !isShown(host) || host.value !== "*");

function plainHttpOf(tls: Block, gateway: KubernetesObject): PlainHttp {
  const redirect = fact(tls, "httpsRedirect", { read: readFlag, absent: false });
  const plainHttp: PlainHttp = {
    ...mapped(redirect, (on) => (on ? "redirected" : "served")),
    ...standIn(tls, "httpsRedirect", true),
  };
  const isServed = isShown(plainHttp) && plainHttp.value === "served";
  return (isServed ? redirectFor(gateway) : undefined) ?? plainHttp;
}

function certificatesOf(tls: Block, gateway: KubernetesObject): Pick<Endpoint, "certificate" | "certificates"> {
  const names = ["credentialName", "serverCertificate", "credentialNames"];
  const name = names.find((one) => tls.value(one).state !== "absent") ?? "credentialName";
  const stand = standIn(tls, name);
  const value = tls.value(name);
  if (value.state === "absent") return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  const secrets = name === "credentialNames" ? tls.elements(name) : [value];
  const isFile = name === "serverCertificate";
  const certificates = secrets.map((one) => ({
    certificate: certificateIn(isFile ? unknown(inFile) : one, stand, gateway),
  }));
  const whose = value.state === "unknown" ? value : known("own" as const);
  return { certificate: { ...whose, ...stand }, certificates };
}

const inFile: Cause = outside`the certificate is a file of the gateway`;

function securityOf(tls: Block): Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes"> {
  const minimumTls = factIn<TlsVersion>(tls, "minProtocolVersion", {
    read: (value) => lookUp(minimumVersions, value),
    absent: "TLS 1.2",
    remedy: "TLSV1_2",
    suggests: suggestTls,
    stricter: ["TLSV1_3"],
  });
  const newest = factIn<TlsVersion>(tls, "maxProtocolVersion", {
    read: (value) => lookUp(maximumVersions, value),
    absent: "TLS 1.3",
    remedy: "TLSV1_3",
    suggests: suggestTls,
  });
  const suites = factAt(tls.whole("cipherSuites"), standIn(tls, "cipherSuites"), {
    read: (value) => (isTexts(value) ? suitesOf(value) : undefined),
    // Envoy's own list for servers, until 1.21 with CBC too: ECDHE with AES-GCM and ChaCha20-Poly1305.
    // https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto
    absent: { forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
  });
  return {
    minimumTls,
    forwardSecrecy: mapped(suites, ({ forwardSecrecy }) => forwardSecrecy),
    aeadOnly: mapped(suites, ({ aeadOnly }) => aeadOnly),
    ecdheAes: ecdheAesBy(
      newest,
      mapped(suites, ({ ecdheAes }) => ecdheAes),
    ),
  };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** How the mesh's clients speak to a host. */
function destinationsOf(resource: Resource): Endpoint[] {
  const rule = objectOfKind(resource, "DestinationRule", networking);
  const policies = [rule?.spec, ...(rule?.spec.blocks("subsets") ?? [])].flatMap(
    (one) => one?.block("trafficPolicy") ?? [],
  );
  const settings = policies
    .flatMap((policy) => [policy, ...policy.blocks("portLevelSettings")])
    .map((one) => one.block("tls"))
    .filter(({ presence }) => presence !== "absent");
  if (!rule || settings.length === 0) return [];
  const name = valueText(rule.spec.value("host"), nameText(resource.address));
  // Within the mesh a host is a short name, or one of the cluster's.
  const reach = reachOf(rule.spec.value("host"));
  const upstreams = settings.map((tls) => {
    const protocol = factIn<"http" | "https">(tls, "mode", {
      read: (value) => lookUp(clientModes, value),
      // "DISABLE = 0": https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-TLSmode
      absent: "http",
      remedy: "ISTIO_MUTUAL",
    });
    const skips = factIn(tls, "insecureSkipVerify", { read: readFlag, absent: false, remedy: false });
    const certificate = mapped(skips, (on) => (on ? ("not verified" as const) : ("verified" as const)));
    const isOwn = tls.value("insecureSkipVerify").state !== "absent";
    return { name, reach, protocol, certificate: isOwn ? certificate : undefined, routes: [] };
  });
  return [{ address: resource.address, kind: "mesh destination", names: [], certificates: [], routes: [], upstreams }];
}

/** Which plain text workloads of the mesh accept: an attacker in the cluster's network reads what is not mutual TLS. */
function peersOf(resource: Resource): Endpoint[] {
  const peers = objectOfKind(resource, "PeerAuthentication", "security.istio.io");
  if (!peers) return [];
  const ports = peers.spec.keys("portLevelMtls") ?? [];
  const level = peers.spec.block("portLevelMtls");
  const routes = [
    { path: everything, plainHttp: treatmentOf(peers.spec.block("mtls")) },
    ...ports.map((port) => ({
      path: isSensitive(level.whole(port)) ? nameText(level.at) : text`port ${nameText(port)}`,
      plainHttp: treatmentOf(level.block(port)),
    })),
  ];
  return [{ address: resource.address, kind: "mesh workloads", names: [], certificates: [], routes, upstreams: [] }];
}

function treatmentOf(mtls: Block): PlainHttp {
  const inherited = because`no mode is set, so that of the namespace or of the mesh holds`;
  const mode = mtls.value("mode");
  if (isShown(mode) && mode.value === "UNSET") return { ...unknown(inherited), ...standIn(mtls, "mode", "STRICT") };
  const treatment = factIn<"served" | "refused">(mtls, "mode", {
    read: (value) => lookUp(peerModes, value),
    absent: { unknown: inherited },
    remedy: "STRICT",
  });
  const note = text`these workloads accept plain text from all of the cluster's network`;
  return isShown(treatment) && treatment.value === "served" ? { ...treatment, note } : treatment;
}
