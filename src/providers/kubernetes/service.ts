// A Service of type LoadBalancer → endpoints: one for its ports with a certificate of AWS, one for those of plain HTTP.
// https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer

import { because, type Cause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp, Route, Upstream } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Decided,
  type Fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  mapped,
  unknown,
} from "../../facts/fact.ts";
import {
  type AnnouncedSecurity,
  directives,
  headerOf,
  passedOnHttp,
  type Security,
  secured,
} from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { predefinedPolicies } from "../aws/classic-load-balancer-values.ts";
import {
  defaultPolicy,
  recommendedPolicy,
  securityPolicies,
  strictestPolicy,
  suggestPolicy,
} from "../aws/load-balancer-values.ts";
import { certificatesByArn } from "./aws-certificate.ts";
import {
  annotationNames,
  blocksIn,
  factIn,
  type KubernetesObject,
  listed,
  objectOfKind,
  portText,
  standIn,
  typesOf,
  valueIn,
} from "./object.ts";
import { backendProtocols, balancerTypes } from "./service-values.ts";

export default defineAdapter({
  id: "kubernetes/service",
  resourceTypes: typesOf("Service"),
  cannotShow: [
    "the TLS of what answers behind a load balancer that passes TCP on, as those of Azure and Google do",
    "whether what answers on port 80 redirects",
  ],
  endpoints(resource) {
    const service = objectOfKind(resource, "Service", "");
    const type = service && valueIn(service.spec, "type");
    return service && type && isShown(type) && type.value === "LoadBalancer" ? endpointsOf(service) : [];
  },
});

const annotation = (name: string): string => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

const base = { kind: "load balancer service", names: [], certificates: [], upstreams: [] };

function endpointsOf(service: KubernetesObject): Endpoint[] {
  const ports = blocksIn(service.spec, "ports");
  const hasCertificate = service.annotations.value(annotation("ssl-cert")).state !== "absent";
  const encrypted = hasCertificate ? encryptedPorts(service) : undefined;
  if (encrypted && !isShown(encrypted)) return [securedEndpoint(service, ports, encrypted)];
  const wanted = encrypted?.value ?? [];
  const isEncrypted = (port: Block) => wanted === "all" || namesOf(port).some((name) => wanted.includes(name));
  const own = ports.filter(isEncrypted);
  const others = ports.filter((port) => !isEncrypted(port));
  return [
    ...(own.length > 0 ? [securedEndpoint(service, own)] : []),
    ...plainEndpoint(service, others, own.length > 0),
  ];
}

/** "If you don't specify this annotation, controller creates TLS listener for all the service ports." */
const encryptedPorts = ({ annotations }: KubernetesObject): Fact<"all" | readonly string[]> =>
  factIn<"all" | readonly string[]>(annotations, annotation("ssl-ports"), {
    // "*" is every port to the older controller, and none to the newer.
    read: (value) => (typeof value === "string" && value !== "*" ? listed(value) : undefined),
    absent: "all",
  });

/** A port is meant by its name or by its number. */
const namesOf = (port: Block): string[] =>
  ["name", "port"].flatMap((field) => {
    const value = port.value(field);
    return isShown(value) ? [String(value.value)] : [];
  });

const isNetwork = ({ annotations }: KubernetesObject): boolean => {
  const type = annotations.value(annotation("type"));
  return isShown(type) && lookUp(balancerTypes, type.value) === "network";
};

/** What is spoken on both sides of it: TCP where nothing is said. */
const protocolOf = ({ annotations }: KubernetesObject): Fact<(typeof backendProtocols)[string]> =>
  factIn(annotations, annotation("backend-protocol"), {
    read: (value) => lookUp(backendProtocols, value),
    absent: backendProtocols.tcp as (typeof backendProtocols)[string],
    remedy: "ssl",
  });

function securedEndpoint(service: KubernetesObject, ports: readonly Block[], open?: Fact<never>): Endpoint {
  const { annotations, resource } = service;
  const name = annotation("ssl-cert");
  const stand = standIn(annotations, name);
  const written = annotations.value(name);
  const certificates = certificatesByArn(annotations, name);
  const isFound = isShown(written) || certificates.some(({ certificate }) => certificate.address !== undefined);
  const whose = isFound ? known("own" as const) : unknown(causeOf(written));
  const kind = protocolOf(service);
  const refused: PlainHttp = open ?? { ...known("refused"), ...stand };
  const cause = headerOf(text`the application`);
  const header = { ...unknown(cause), place: { address: resource.address, at: "" } };
  const isHttp = isShown(kind) && kind.value.listener === "https";
  const hsts = directives(header);
  const routes = ports.map((port): Route => ({ path: pathOf(port), plainHttp: refused, ...(isHttp ? { hsts } : {}) }));
  return {
    ...base,
    address: resource.address,
    certificate: { ...whose, ...stand },
    certificates,
    ...secured(securityOf(service)),
    routes,
    upstreams: [
      {
        name: text`the pods`,
        reach: "private",
        protocol: mapped(kind, ({ backend }) => backend),
        routes: [],
      } satisfies Upstream,
    ],
  };
}

function securityOf(service: KubernetesObject): Fact<Security | AnnouncedSecurity> {
  const network = isNetwork(service);
  return factIn<Security | AnnouncedSecurity>(service.annotations, annotation("ssl-negotiation-policy"), {
    read(value) {
      const modern = lookUp(securityPolicies, value);
      const classic = lookUp(predefinedPolicies, value);
      return modern ?? (classic && { minimumTls: classic, forwardSecrecy: false, aeadOnly: false, ecdheAes: true });
    },
    absent: securityPolicies[defaultPolicy] as Security,
    // A classic load balancer knows older ones alone.
    remedy: network ? recommendedPolicy : "ELBSecurityPolicy-TLS-1-2-2017-01",
    stricter: network ? [strictestPolicy] : [],
    suggests: suggestPolicy,
  });
}

const pathOf = (port: Block): DisplayText => portText(port.value("port"), port.at);

/** A classic load balancer that speaks HTTP can redirect nothing; where TCP is passed on, what stands behind answers. */
function plainEndpoint(service: KubernetesObject, ports: readonly Block[], isSecured: boolean): Endpoint[] {
  const kind = protocolOf(service);
  const isClassic = !isNetwork(service) && isShown(kind) && kind.value.plain === "http";
  const foreign = annotationNames(service)?.find(isForeign);
  const isOpen = foreign !== undefined || (!isClassic && (isSecured || ports.some(isHttps)));
  const treatment: Decided<"served"> = isOpen ? unknown(causeBy(service, foreign)) : known("served");
  const note = isSecured || isOpen ? undefined : text`no port of it speaks HTTPS`;
  const routes = ports
    .filter((port) => isClassic || isHttp(port))
    .map((port): Route => ({ path: pathOf(port), plainHttp: { ...treatment, ...standIn(port, "port"), note } }));
  const stand = standIn(service.spec, "ports");
  const beside: Fact<boolean> = isSecured
    ? { ...known(true), ...stand }
    : { ...(treatment.state === "unknown" ? treatment : known(false)), ...stand };
  return routes.length > 0 ? [{ ...base, address: service.resource.address, httpsBeside: beside, routes }] : [];
}

function causeBy({ annotations }: KubernetesObject, foreign: string | undefined): Cause {
  if (foreign === undefined) return passedOnHttp;
  // Of annotations that are sensitive as a whole, the names are too.
  const name = isSensitive(annotations.value(foreign)) ? text`an annotation` : nameText(foreign);
  return because`${name} is for a load balancer that tlsgate does not know`;
}

/** Annotations of other clouds can do what those of AWS do; Azure and Google pass TCP on, whatever theirs say. */
const isForeign = (name: string): boolean =>
  /load-?balancer/i.test(name) &&
  !/^(service\.beta\.kubernetes\.io\/(aws|azure)-load-balancer|cloud\.google\.com\/|networking\.gke\.io\/)/.test(name);

const named = (port: Block, names: RegExp, numbers: readonly number[]): boolean => {
  const [name, protocol, number] = ["name", "appProtocol", "port"].map((field) => valueIn(port, field));
  const says = (value: typeof name) => value !== undefined && isShown(value) && names.test(String(value.value));
  return (
    says(name) || says(protocol) || (number !== undefined && isShown(number) && numbers.includes(Number(number.value)))
  );
};

const isHttps = (port: Block): boolean => named(port, /^https(-|$)/i, [443, 8443]);

const isHttp = (port: Block): boolean => !isHttps(port) && named(port, /^http(-|$)/i, [80, 8080]);
