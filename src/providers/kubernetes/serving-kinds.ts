// Kinds of Kubernetes objects that may serve HTTPS: those that adapters read in a kubernetes_manifest, and all others.

import { isShown, type Value } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { readJson } from "./object.ts";

/** By group and kind, each with a noun phrase: kinds that no adapter reads. */
export const otherKinds: { readonly [kind: string]: string } = {
  // https://docs.ngrok.com/k8s, https://apisix.apache.org/docs/ingress-controller, https://www.getambassador.io/docs
  "apisix.apache.org/ApisixRoute": "APISIX route",
  "apisix.apache.org/ApisixTls": "APISIX TLS configuration",
  "getambassador.io/Host": "Emissary host",
  "getambassador.io/Listener": "Emissary listener",
  "getambassador.io/Mapping": "Emissary mapping",
  "ingress.k8s.ngrok.com/Domain": "ngrok domain",
  "x.getambassador.io/AmbassadorHost": "Emissary host",
  "x.getambassador.io/AmbassadorListener": "Emissary listener",
  // https://developer.hashicorp.com/consul/docs/reference/config-entry
  "consul.hashicorp.com/IngressGateway": "Consul ingress gateway",
  // https://docs.solo.io/gloo-edge/latest/reference/api
  "gateway.solo.io/Gateway": "Gloo gateway",
  "gateway.solo.io/VirtualService": "Gloo virtual service",
  // https://docs.nginx.com/nginx-ingress-controller/configuration
  "k8s.nginx.org/TransportServer": "NGINX transport server",
  "k8s.nginx.org/VirtualServer": "NGINX virtual server",
  // https://docs.openshift.com/container-platform/latest/rest_api/network_apis/route-route-openshift-io-v1.html
  "operator.openshift.io/IngressController": "OpenShift ingress controller",
  "route.openshift.io/Route": "OpenShift route",
  // https://projectcontour.io/docs/main/config/fundamentals
  "projectcontour.io/HTTPProxy": "Contour HTTP proxy",
  // https://knative.dev/docs/serving, https://kserve.github.io/website
  "serving.knative.dev/DomainMapping": "Knative domain mapping",
  "serving.knative.dev/Route": "Knative route",
  "serving.knative.dev/Service": "Knative service",
  "serving.kserve.io/InferenceService": "KServe inference service",
  // https://doc.traefik.io/traefik/routing/providers/kubernetes-crd
  "traefik.containo.us/IngressRoute": "Traefik ingress route",
  "traefik.containo.us/IngressRouteTCP": "Traefik TCP ingress route",
  "traefik.io/IngressRoute": "Traefik ingress route",
  "traefik.io/IngressRouteTCP": "Traefik TCP ingress route",
  // They hold further objects.
  "argoproj.io/Application": "Argo CD application",
  "argoproj.io/ApplicationSet": "Argo CD application set",
  "helm.cattle.io/HelmChart": "Helm chart",
  "helm.toolkit.fluxcd.io/HelmRelease": "Helm release",
  "kustomize.toolkit.fluxcd.io/Kustomization": "Flux kustomization",
};

/** Kinds that adapters judge, where they can read them. */
const judgedKinds: { readonly [kind: string]: string } = {
  "gateway.networking.k8s.io/Gateway": "Gateway",
  "networking.istio.io/Gateway": "Istio gateway",
  "networking.k8s.io/Ingress": "Ingress",
  "extensions/Ingress": "Ingress",
};

/** What a kubernetes_manifest is whose kind no adapter reads; one whose kind is not known yet may be any. */
export function kindOfManifest(resource: Resource): string | undefined {
  if (resource.type !== "kubernetes_manifest") return undefined;
  const manifest = resource.block("manifest");
  const kind = nameOf(manifest.value("apiVersion"), manifest.value("kind"));
  return kind === undefined ? "Kubernetes object" : ownOf(otherKinds, kind);
}

/** What the first of the documents that may serve HTTPS is; a text that is not known yet may hold any. */
export function kindInYaml(text: Value): string | undefined {
  if (!isShown(text)) return "Kubernetes object";
  return String(text.value)
    .split(/^---.*$/m)
    .map(kindOfDocument)
    .find((kind) => kind !== undefined);
}

function kindOfDocument(text: string): string | undefined {
  if (/^(\s*(#.*)?\n)*\s*(#.*)?$/.test(text)) return undefined;
  const [version, kind] = ["apiVersion", "kind"].map((key) => keyAtTop(text, key));
  if (version === undefined || kind === undefined) return "Kubernetes object";
  const name = `${groupOf(version)}/${kind}`;
  // Services of other types are reached within the cluster alone.
  // https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
  if (name === "/Service") return /\b(LoadBalancer|NodePort)\b/.test(text) ? "Service" : undefined;
  return ownOf(otherKinds, name) ?? ownOf(judgedKinds, name);
}

/** A key at the top of a document in YAML or JSON. It is not parsed: that would load a parser for two words. */
function keyAtTop(text: string, key: string): string | undefined {
  const json = readJson(text);
  if (typeof json === "object" && json !== null) {
    const value = (json as { readonly [name: string]: unknown })[key];
    return typeof value === "string" ? value : undefined;
  }
  // A heredoc may be indented as a whole.
  const [, indent = ""] = /^( *)[^\s#]/m.exec(text) ?? [];
  return new RegExp(`^${indent}["']?${key}["']?\\s*:\\s*["']?([\\w./-]+)`, "m").exec(text)?.[1];
}

const nameOf = (version: Value, kind: Value): string | undefined =>
  isShown(version) && isShown(kind) ? `${groupOf(String(version.value))}/${String(kind.value)}` : undefined;

const groupOf = (version: string): string => (version.includes("/") ? (version.split("/")[0] ?? "") : "");

const ownOf = (kinds: { readonly [kind: string]: string }, name: string): string | undefined =>
  Object.hasOwn(kinds, name) ? kinds[name] : undefined;
