// The certificates of an Ingress of GKE: in Secrets, made for it by Google, or of Compute Engine by their names.
// https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-multi-ssl

import { definedElsewhere } from "../../cause.ts";
import type { Certificate, CertificateUse } from "../../facts/endpoint.ts";
import { isShown, known, unknown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";
import { certificateOf } from "../google/certificate.ts";
import { certificateIn, nameOf, outside } from "./certificate.ts";
import { blocksIn, type KubernetesObject, listed, objectsNamed, standIn, valueIn } from "./object.ts";

const managedName = "networking.gke.io/managed-certificates";
const sharedName = "ingress.gcp.kubernetes.io/pre-shared-cert";

/** The annotation that names certificates. */
export const certificateName = ({ annotations }: KubernetesObject): string | undefined =>
  [managedName, sharedName].find((name) => annotations.value(name).state !== "absent");

export function certificatesOf(ingress: KubernetesObject): CertificateUse[] {
  const held = blocksIn(ingress.spec, "tls").map((tls) =>
    certificateIn(valueIn(tls, "secretName"), standIn(tls, "secretName"), ingress),
  );
  return [
    ...held,
    ...named(ingress, managedName, (name) => managed(name, ingress)),
    ...named(ingress, sharedName, (name) => shared(name, ingress.resource)),
  ].map((certificate) => ({ certificate }));
}

/** Those that an annotation lists. */
function named(
  { annotations }: KubernetesObject,
  annotation: string,
  find: (name: string) => Certificate | undefined,
): Certificate[] {
  const value = annotations.value(annotation);
  if (value.state === "absent") return [];
  const stand = standIn(annotations, annotation);
  if (!isShown(value)) return [outside(stand, value.cause)];
  const elsewhere = { ...unknown(definedElsewhere("the certificate")), ...stand };
  return listed(String(value.value)).map((name) => find(name) ?? { address: undefined, names: [elsewhere] });
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/managed-certs */
function managed(name: string, ingress: KubernetesObject): Certificate | undefined {
  const kind = ["ManagedCertificate", "networking.gke.io"] as const;
  const [found] = objectsNamed(ingress.resource.scope.view, kind, known(name), ingress);
  if (!found) return undefined;
  const stand = standIn(found.spec, "domains");
  const names = found.spec.elements("domains").map((domain) => nameOf(domain, stand));
  return { address: found.resource.address, names, renewal: { ...known("automatic"), ...stand } };
}

function shared(name: string, { scope }: Resource): Certificate | undefined {
  const [found] = ["google_compute_managed_ssl_certificate", "google_compute_ssl_certificate"].flatMap((type) =>
    scope.view.identified(type, "name", name),
  );
  return found?.mode === "managed" ? certificateOf(found) : undefined;
}
