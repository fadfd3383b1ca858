// What of Kubernetes is not judged: kinds that no adapter reads, and objects that are written as text.

import { describe, expect, test } from "vitest";
import { otherKinds } from "../../../src/providers/kubernetes/serving-kinds.ts";
import { plan } from "../../support/made.ts";
import { kindOf, notJudgedOf } from "../../support/not-judged.ts";

/** Group and kind as the two keys of an object. */
function headOf(name: string): { readonly apiVersion: string; readonly kind: string } {
  const [group = "", kind = ""] = name.split("/");
  return { apiVersion: group === "" ? "v1" : `${group}/v1`, kind };
}

describe("kubernetes_manifest", () => {
  const manifest = (object: object) => kindOf("kubernetes_manifest", { manifest: object });

  test.each(Object.entries(otherKinds))("%s: %s", (name, what) => expect(manifest(headOf(name))).toBe(what));

  test.each([
    "gateway.networking.k8s.io/Gateway",
    "networking.k8s.io/Ingress",
    "/Service",
    "/ConfigMap",
    "example.com/IngressRoute",
  ])("not %s: an adapter reads it, or it serves nothing", (name) => expect(manifest(headOf(name))).toBeUndefined());

  test("may be any, where its kind is not known yet", () =>
    expect(kindOf("kubernetes_manifest", { manifest: {} }, { manifest: { kind: true, apiVersion: true } })).toBe(
      "Kubernetes object",
    ));

  test("no other type of the provider", () => expect(kindOf("kubernetes_ingress_v1", {})).toBeUndefined());
});

describe("kubectl_manifest", () => {
  const written = (yaml_body: string) => kindOf("kubectl_manifest", { yaml_body });

  test.each([
    ["apiVersion: networking.k8s.io/v1\nkind: Ingress\n", "Ingress"],
    ["apiVersion: extensions/v1beta1\nkind: Ingress\n", "Ingress"],
    ["kind: Gateway\napiVersion: gateway.networking.k8s.io/v1\n", "Gateway"],
    ['"apiVersion": "networking.istio.io/v1"\n"kind": "Gateway"\n', "Istio gateway"],
    ["# Traefik\n    apiVersion: traefik.io/v1alpha1\n    kind: IngressRoute\n", "Traefik ingress route"],
    ["apiVersion: v1\nkind: Service\nspec:\n  type: LoadBalancer\n", "Service"],
    ["apiVersion: v1\nkind: ConfigMap\n---\napiVersion: route.openshift.io/v1\nkind: Route\n", "OpenShift route"],
    [JSON.stringify({ apiVersion: "networking.k8s.io/v1", kind: "Ingress" }), "Ingress"],
  ])("%j: %s", (text, what) => expect(written(text)).toBe(what));

  test.each([
    "apiVersion: v1\nkind: ConfigMap\ndata:\n  kind: Ingress\n",
    "apiVersion: v1\nkind: Service\nspec:\n  type: ClusterIP\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: LoadBalancer\n",
    "---\n# nothing\n\n---\napiVersion: apps/v1\nkind: Deployment\n",
    JSON.stringify({ data: { kind: "Ingress" }, apiVersion: "v1", kind: "ConfigMap" }),
  ])("not %j", (text) => expect(written(text)).toBeUndefined());

  test("may be any, where the text is not known yet, or no object that can be told", () => {
    expect(kindOf("kubectl_manifest", {}, { yaml_body: true })).toBe("Kubernetes object");
    expect(written("kind: Ingress\n")).toBe("Kubernetes object");
    expect(written("[]")).toBe("Kubernetes object");
  });

  test("a sensitive text is read, and what it is called is none of its words", () => {
    const yaml_body = "apiVersion: traefik.io/v1\nkind: IngressRoute\nmetadata:\n  name: secret\n";
    const changes = { "kubectl_manifest.it": { after: { yaml_body }, after_sensitive: { yaml_body: true } } };
    expect(notJudgedOf(plan({ changes }))).toEqual({ "kubectl_manifest.it": "Traefik ingress route" });
  });
});

test.each([
  ["kustomization_resource", { manifest: '{"apiVersion":"networking.k8s.io/v1","kind":"Ingress"}' }, "Ingress"],
  ["k8s_manifest", { content: "apiVersion: v1\nkind: Namespace\n" }, undefined],
  ["helm_release", {}, "Helm release"],
])("%s %j: %s", (type, after, what) => expect(kindOf(type, after)).toBe(what));
