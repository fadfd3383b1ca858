// Sensitive values of Kubernetes objects: none is part of a text for people.

import { expect, test } from "vitest";
import { describeCause } from "../../../src/cause.ts";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { Fact } from "../../../src/facts/fact.ts";
import type { Json, JsonObject } from "../../../src/plan/plan.ts";
import { endpointsAt, manifest, typed } from "./made-objects.ts";

const gateway = "gateway.networking.k8s.io/v1";
const istio = "networking.istio.io/v1";
const rule = (path: JsonObject, host = "public.example") => ({ host, http: [{ path: [path] }] });
const action = { path: "/s3cret", backend: [{ service: [{ name: "shown", port: [{ name: "use-annotation" }] }] }] };
const service = { backend: [{ service: [{ name: "s3cret", port: [{ number: 80 }] }] }] };

test.each<[string, string, { after?: Json }, Json]>([
  [
    "a listener's name",
    "kubernetes_manifest.made",
    manifest(gateway, "Gateway", { listeners: [{ name: "s3cret", protocol: "HTTP", port: 80 }] }),
    { manifest: { spec: { listeners: [{ name: true }] } } },
  ],
  [
    "a server's port",
    "kubernetes_manifest.made",
    manifest(istio, "Gateway", { servers: [{ port: { number: "s3cret", protocol: "HTTP" } }] }),
    { manifest: { spec: { servers: [{ port: { number: true } }] } } },
  ],
  [
    "a destination's host",
    "kubernetes_manifest.made",
    manifest(istio, "DestinationRule", { host: "s3cret", trafficPolicy: { tls: { mode: "DISABLE" } } }),
    { manifest: { spec: { host: true } } },
  ],
  [
    "ports of workloads",
    "kubernetes_manifest.made",
    manifest("security.istio.io/v1", "PeerAuthentication", { portLevelMtls: { s3cret: { mode: "DISABLE" } } }),
    { manifest: true },
  ],
  [
    "the class of an Ingress",
    "kubernetes_ingress_v1.made",
    typed({}, { ingress_class_name: "s3cret", tls: [{ secret_name: "tls" }], rule: [rule(service)] }),
    { spec: [{ ingress_class_name: true, rule: [{ http: [{ path: [{ backend: true }] }] }] }] },
  ],
  [
    "a host without TLS",
    "kubernetes_ingress_v1.made",
    typed(
      { "kubernetes.io/ingress.class": "nginx" },
      { tls: [{ hosts: ["public.example"], secret_name: "tls" }], rule: [rule(service, "s3cret")] },
    ),
    { spec: [{ rule: [{ host: true, http: [{ path: [{ backend: true }] }] }] }] },
  ],
  [
    "the path of an action",
    "kubernetes_ingress_v1.made",
    typed({ "kubernetes.io/ingress.class": "alb" }, { rule: [rule(action), rule(action, "other.example")] }),
    { spec: [{ rule: [{ http: [{ path: [{ path: true }] }] }, { http: [{ path: [{ path: true }] }] }] }] },
  ],
  [
    "all annotations of a Service",
    "kubernetes_service_v1.made",
    typed({ "s3cret/load-balancer": "on" }, { type: "LoadBalancer", port: [{ name: "http", port: 80 }] }),
    { metadata: [{ annotations: true }] },
  ],
])("%s", (_, address, change, mask) => {
  const endpoints = endpointsAt({ [address]: { ...change, after_sensitive: mask } as never }, address);
  const texts = endpoints.flatMap(textsOf);
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter((one) => one.includes("s3cret"))).toEqual([]);
});

const textsOf = ({ routes, upstreams, certificate }: Endpoint): string[] => [
  ...routes.flatMap(({ path, plainHttp, hsts }) => [path, ...notesOf(plainHttp), ...notesOf(hsts?.maxAge)]),
  ...upstreams.flatMap(({ name, protocol, routes: paths }) => [name, ...paths, ...notesOf(protocol)]),
  ...notesOf(certificate),
];

const notesOf = (fact: Fact | undefined): string[] =>
  fact ? [fact.note ?? "", fact.state === "unknown" ? describeCause(fact.cause) : ""] : [];
