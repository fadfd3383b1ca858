// The hosts of an Ingress, the certificates of its tls blocks, and what is left without one.
// https://kubernetes.io/docs/concepts/services-networking/ingress/#tls

import { because, type Cause } from "../../cause.ts";
import { covers } from "../../facts/domain-name.ts";
import type { CertificateUse, Endpoint, PlainHttp } from "../../facts/endpoint.ts";
import { type Fact, isShown, known, unknown, valueText } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { everything } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import { type DisplayText, nameText } from "../../text.ts";
import { certificateIn, isRequested, nameOf, outside, requested } from "./certificate.ts";
import { blockIn, blocksIn, field, type KubernetesObject, listed, standIn, valueIn } from "./object.ts";

const tlsOf = ({ spec }: KubernetesObject): readonly Block[] => blocksIn(spec, "tls");

export const isTls = (ingress: KubernetesObject): boolean => tlsOf(ingress).length > 0;

const rulesOf = ({ spec }: KubernetesObject): readonly Block[] => blocksIn(spec, "rules");

const hostsIn = (tls: Block): Fact<string>[] =>
  tls.presence === "unknown"
    ? [nameOf(tls.value("hosts"), standIn(tls, "hosts"))]
    : tls.elements(field(tls, "hosts")).map((host) => nameOf(host, standIn(tls, "hosts")));

/** Hosts of the rules. */
export const ruleHosts = (ingress: KubernetesObject): Fact<string>[] =>
  rulesOf(ingress).flatMap((rule) => {
    const host = valueIn(rule, "host");
    return host.state === "absent" ? [] : [nameOf(host, standIn(rule, "host"))];
  });

export const tlsHosts = (ingress: KubernetesObject): Fact<string>[] => tlsOf(ingress).flatMap(hostsIn);

export interface Hosts {
  /** Hosts that a tls block is for. */
  readonly covered: readonly Fact<string>[];
  /** Hosts of rules that no tls block names: "hosts in the tls section need to explicitly match the host in the rules". */
  readonly rest: readonly Fact<string>[];
}

export function hostsOf(ingress: KubernetesObject, aliases: readonly Fact<string>[] = []): Hosts {
  const named = tlsHosts(ingress);
  const wanted = [...ruleHosts(ingress), ...aliases];
  // A tls block without hosts is for all of them.
  const isOpen = tlsOf(ingress).some((tls) => hostsIn(tls).length === 0) || named.some((one) => !isShown(one));
  const isNamed = (host: Fact<string>) =>
    isOpen || !isShown(host) || named.some((one) => isShown(one) && covers(one.value, host.value));
  return { covered: distinct([...wanted.filter(isNamed), ...named]), rest: wanted.filter((one) => !isNamed(one)) };
}

export const distinct = (names: readonly Fact<string>[]): Fact<string>[] =>
  names.filter(
    (one, index) =>
      names.findIndex((other) => isShown(other) && isShown(one) && other.value === one.value) === index ||
      !isShown(one),
  );

/** The certificates of the tls blocks, each in its Secret. */
export function ownCertificates(
  ingress: KubernetesObject,
  controller: DisplayText,
): Pick<Endpoint, "certificate" | "certificates"> {
  const blocks = tlsOf(ingress);
  const uses = blocks.map((tls) => useOf(ingress, tls, controller));
  const without = blocks.find((tls) => valueIn(tls, "secretName").state === "absent");
  const [first] = blocks;
  if (without) {
    return {
      certificate: { ...unknown(defaultOf(controller)), ...standIn(without, "secretName") },
      certificates: uses,
    };
  }
  const stand = standIn(first ?? ingress.spec, first ? "secretName" : "tls");
  const whose: Fact<"own"> =
    first?.presence === "unknown"
      ? ({ ...nameOf(first.value("hosts"), stand), value: "own" } as Fact<"own">)
      : { ...known("own"), ...stand };
  return { certificate: whose, certificates: uses };
}

function useOf(ingress: KubernetesObject, tls: Block, controller: DisplayText): CertificateUse {
  const secret = valueIn(tls, "secretName");
  const stand = standIn(tls, "secretName");
  if (secret.state === "absent") return { certificate: outside(stand, defaultOf(controller)) };
  const hosts = hostsIn(tls);
  if (isRequested(ingress) && hosts.length > 0) return { certificate: requested(ingress, hosts) };
  return { certificate: certificateIn(secret, stand, ingress) };
}

const defaultOf = (controller: DisplayText): Cause =>
  because`no Secret is named, so ${controller} shows its default certificate`;

/** An Ingress without TLS: plain HTTP, and its hosts have no certificate. */
export const withoutTls = (ingress: KubernetesObject, plainHttp: PlainHttp, open?: Fact<never>): Endpoint => {
  const names = distinct(ruleHosts(ingress));
  const missing = { ...known("missing" as const), ...standIn(ingress.spec, "tls") };
  return {
    address: ingress.resource.address,
    kind: "ingress",
    names,
    certificate: names.length > 0 ? (open ?? missing) : undefined,
    certificates: [],
    httpsBeside: open ?? noHttps(standIn(ingress.spec, "tls")),
    routes: [{ path: everything, plainHttp }],
    upstreams: [],
  };
};

/** The hosts that the tls blocks leave out: their certificate is another host's, and nothing redirects them. */
export function endpointOfRest(ingress: KubernetesObject, plainHttp: PlainHttp | undefined): Endpoint[] {
  const { rest } = hostsOf(ingress);
  if (rest.length === 0) return [];
  const { address } = ingress.resource;
  const certificates = tlsOf(ingress).map((tls) => ({ certificate: { address, names: hostsIn(tls) } }));
  const routes = rest.map((host) => ({ path: valueText(host, nameText(host.place.at)), plainHttp }));
  return [{ address, kind: "ingress", names: rest, certificates, routes: plainHttp ? routes : [], upstreams: [] }];
}

/** The services that requests are sent to. */
export function servicesOf(ingress: KubernetesObject): DisplayText[] {
  const backends = [
    blockIn(ingress.spec, "defaultBackend"),
    // The older resource's name for it.
    ingress.spec.block("backend"),
    ...pathsOf(ingress).map((path) => path.block("backend")),
  ].filter(({ presence }) => presence === "present");
  return [...new Set(backends.flatMap((backend) => serviceOf(backend) ?? []))];
}

export const pathsOf = (ingress: KubernetesObject): Block[] =>
  rulesOf(ingress).flatMap((rule) => blocksIn(blockIn(rule, "http"), "paths"));

export function serviceOf(backend: Block): DisplayText | undefined {
  const service = blockIn(backend, "service");
  const name = service.presence === "absent" ? backend.value("service_name") : service.value("name");
  return valueText(name, undefined);
}

/** Names that a list in an annotation adds. */
export const namesIn = (annotations: Block, name: string): Fact<string>[] => {
  const value = annotations.value(name);
  const stand = standIn(annotations, name);
  if (value.state === "absent") return [];
  if (!isShown(value)) return [nameOf(value, stand)];
  return listed(String(value.value)).map((one) => ({ ...value, value: one, ...stand }));
};
