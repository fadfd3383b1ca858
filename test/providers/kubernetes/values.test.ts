// What the names of the tables mean, row by row: by their grammar, or by the guide that lists them.

import { expect, test } from "vitest";
import * as alb from "../../../src/providers/kubernetes/alb-values.ts";
import { keyAlgorithms } from "../../../src/providers/kubernetes/certificate-values.ts";
import * as gateway from "../../../src/providers/kubernetes/gateway-values.ts";
import * as ingress from "../../../src/providers/kubernetes/ingress-values.ts";
import * as istio from "../../../src/providers/kubernetes/istio-values.ts";
import * as nginx from "../../../src/providers/kubernetes/nginx-values.ts";
import { backendProtocols, balancerTypes } from "../../../src/providers/kubernetes/service-values.ts";

/** The names of a table by what they mean. */
function byMeaning(table: { readonly [name: string]: unknown }): { readonly [meaning: string]: readonly string[] } {
  const grouped: { [meaning: string]: string[] } = {};
  for (const [name, meaning] of Object.entries(table)) {
    grouped[String(meaning)] = [...(grouped[String(meaning)] ?? []), name];
  }
  return grouped;
}

test("versions are what their names say", () => {
  const said = (name: string) =>
    name.replace(/^(TLS)v?V?(1)([._](\d))?$/, (_, word, one, _dot, minor = "0") => `${word} ${one}.${minor}`);
  const { SSLv2, SSLv3, ...tls } = nginx.protocols;
  expect([SSLv2, SSLv3]).toEqual(["SSLv3", "SSLv3"]);
  expect(Object.values(tls)).toEqual(Object.keys(tls).map(said));
  const { TLS_AUTO, ...versions } = istio.minimumVersions;
  expect(TLS_AUTO).toBe("TLS 1.2");
  expect(Object.values(versions)).toEqual(Object.keys(versions).map(said));
  expect([...Object.values(tls), ...Object.values(versions)]).toHaveLength(8);
});

test("keys of cert-manager, where no size is set", () => {
  expect(keyAlgorithms).toEqual({ RSA: { algorithm: "RSA", size: 2048 }, ECDSA: { algorithm: "ECDSA", size: 256 } });
});

test("protocols of backends", () => {
  expect(byMeaning(nginx.backendProtocols)).toEqual({
    http: ["HTTP", "GRPC", "FCGI"],
    https: ["HTTPS", "GRPCS"],
    viewer: ["AUTO_HTTP"],
  });
  expect(byMeaning(nginx.verification)).toEqual({ verified: ["on"], "not verified": ["off"] });
  expect(byMeaning(alb.backendProtocols)).toEqual({ http: ["HTTP"], https: ["HTTPS"] });
  expect(byMeaning(istio.clientModes)).toEqual({ http: ["DISABLE"], https: ["SIMPLE", "MUTUAL", "ISTIO_MUTUAL"] });
});

test("a load balancer of AWS speaks HTTP where its backend does, and TLS or TCP elsewhere", () => {
  expect(backendProtocols).toEqual({
    http: { listener: "https", plain: "http", backend: "http" },
    https: { listener: "https", plain: "tcp", backend: "https" },
    ssl: { listener: "tls", plain: "tcp", backend: "https" },
    tcp: { listener: "tls", plain: "tcp", backend: "http" },
  });
  expect(byMeaning(balancerTypes)).toEqual({ network: ["nlb", "nlb-ip", "external"] });
});

test("only a redirect to HTTPS is one", () => {
  expect(byMeaning(alb.redirectProtocols)).toEqual({ redirected: ["HTTPS"], served: ["HTTP", "#{protocol}"] });
  expect(byMeaning(gateway.redirectSchemes)).toEqual({ redirected: ["https"], served: ["http"] });
});

test("where TLS ends", () => {
  expect(byMeaning(gateway.tlsModes)).toEqual({ here: ["Terminate"], behind: ["Passthrough"] });
  expect(byMeaning(istio.serverModes)).toEqual({
    here: ["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"],
    behind: ["PASSTHROUGH", "AUTO_PASSTHROUGH"],
    mesh: ["ISTIO_MUTUAL"],
  });
});

test("what a listener speaks", () => {
  expect(byMeaning(gateway.listenerProtocols)).toEqual({
    http: ["HTTP"],
    https: ["HTTPS"],
    tls: ["TLS"],
    other: ["TCP", "UDP"],
  });
  expect(byMeaning(istio.serverProtocols)).toEqual({
    http: ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"],
    https: ["HTTPS"],
    tls: ["TLS"],
    other: ["TCP", "MONGO"],
  });
});

test("only STRICT refuses plain text", () => {
  expect(byMeaning(istio.peerModes)).toEqual({ refused: ["STRICT"], served: ["PERMISSIVE", "DISABLE"] });
});

test("whose class, controller or annotation it is", () => {
  const { nginx: own, alb: aws, gke, other } = byMeaning(ingress.ingressClasses);
  expect([own, aws, gke]).toEqual([["nginx"], ["alb"], ["gce", "gce-internal"]]);
  expect(other).toHaveLength(8);
  expect(byMeaning(ingress.controllers)).toEqual({ nginx: ["k8s.io/ingress-nginx"], alb: ["ingress.k8s.aws/alb"] });
  const prefixes = byMeaning(ingress.annotationPrefixes);
  expect([prefixes.nginx, prefixes.alb]).toEqual([["nginx.ingress.kubernetes.io"], ["alb.ingress.kubernetes.io"]]);
  expect(prefixes.gke).toEqual([
    ...["networking.gke.io", "ingress.gcp.kubernetes.io"],
    ...["kubernetes.io/ingress.allow-http", "kubernetes.io/ingress.global-static-ip-name"],
  ]);
  expect(prefixes.other).toEqual(expect.arrayContaining(["nginx.org", "nginx.com"]));
  for (const [name, controller] of Object.entries(ingress.usualAnnotations)) {
    expect([name, ingress.annotationPrefixes[name] ?? ingress.annotationPrefixes[name.split("/")[0] ?? ""]]).toEqual([
      name,
      controller,
    ]);
  }
});
