// Resource types of Kubernetes that may serve HTTPS and that no adapter reads.

import type { NotJudgedType, NotJudgedTypes } from "../../facts/not-judged.ts";
import { kindInYaml } from "./serving-kinds.ts";

/** Objects that are written in one attribute, as YAML or as JSON. */
const objectsIn = (attribute: string): NotJudgedType => ({
  what: "Kubernetes object",
  kindOf: (resource) => kindInYaml(resource.value(attribute)),
});

/**
 * https://registry.terraform.io/providers/hashicorp/helm/latest/docs,
 * https://registry.terraform.io/providers/alekc/kubectl/latest/docs,
 * https://registry.terraform.io/providers/kbst/kustomization/latest/docs,
 * https://registry.terraform.io/providers/argoproj-labs/argocd/latest/docs and
 * https://registry.terraform.io/providers/fluxcd/flux/latest/docs
 */
export const notJudged: NotJudgedTypes = {
  argocd_application: "Argo CD application",
  argocd_application_set: "Argo CD application set",
  carvel_kapp: "kapp application",
  flux_bootstrap_git: "Flux repository",
  helm_release: "Helm release",
  helmfile_release: "Helm release",
  helmfile_release_set: "Helm releases",
  k8s_manifest: objectsIn("content"),
  kubectl_manifest: objectsIn("yaml_body"),
  kustomization_resource: objectsIn("manifest"),
  rancher2_app: "Rancher app",
  rancher2_app_v2: "Rancher app",
};
