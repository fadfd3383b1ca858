// The controller that an Ingress is for: by its class, by the IngressClass of that name, or by its annotations.
// https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class

import { isShown, lookUp, type Value } from "../../facts/fact.ts";
import {
  annotationPrefixes,
  type Controller,
  controllers,
  ingressClasses,
  usualAnnotations,
} from "./ingress-values.ts";
import { annotationNames, type KubernetesObject, objectsOf, valueIn } from "./object.ts";

/** The field came after the annotation, which still decides where both are written. */
export function classOf({ annotations, spec }: KubernetesObject): Value {
  const annotation = annotations.value("kubernetes.io/ingress.class");
  const field = valueIn(spec, "ingressClassName");
  return annotation.state === "absent" || (annotation.state === "unknown" && isShown(field)) ? field : annotation;
}

export function controllerOf(ingress: KubernetesObject): Controller {
  const name = classOf(ingress);
  const meant = controllerMeant(ingress);
  if (!isShown(name)) return meant ?? "other";
  const own = controllerOfClass(ingress, name.value);
  // A class is often called nginx, whichever nginx it is.
  return own ?? (meant === "other" ? meant : (lookUp(ingressClasses, name.value) ?? meant ?? "other"));
}

function controllerOfClass({ resource }: KubernetesObject, name: unknown): Controller | undefined {
  const found = objectsOf(resource.scope.view, "IngressClass", "networking.k8s.io").find(
    ({ metadata }) => metadata.planned("name") === name,
  );
  const controller = found?.spec.value("controller");
  return controller && isShown(controller) ? (lookUp(controllers, controller.value) ?? "other") : undefined;
}

/** The one controller that the annotations are for. */
function controllerMeant(ingress: KubernetesObject): Controller | undefined {
  const found = new Set(namesOf(ingress).flatMap((name) => byPrefix(name) ?? []));
  return found.size === 1 ? [...found][0] : undefined;
}

const byPrefix = (name: string): Controller | undefined =>
  lookUp(annotationPrefixes, name) ?? lookUp(annotationPrefixes, name.split("/")[0]);

/** Names of annotations; where one of their values is not known, the plan lists them no longer. */
function namesOf(ingress: KubernetesObject): readonly string[] {
  const listed = annotationNames(ingress);
  const isThere = (name: string) => ingress.annotations.value(name).state !== "absent";
  return listed ?? Object.keys(usualAnnotations).filter(isThere);
}

/** Annotations that no ingress controller reads. */
const neutral =
  /^(kubernetes\.io|cert-manager\.io|acme\.cert-manager\.io|external-dns\.alpha\.kubernetes\.io|meta\.helm\.sh|argocd\.argoproj\.io)\//;

/** Whether annotations for a controller that is not known here may change everything. */
export const hasForeignAnnotations = (ingress: KubernetesObject): boolean =>
  annotationNames(ingress)?.some((name) => !neutral.test(name)) ?? true;
