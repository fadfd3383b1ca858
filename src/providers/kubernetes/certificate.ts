// A Certificate of cert-manager, a Secret that holds one → certificate: names, key, renewal.
// https://cert-manager.io/docs/usage/certificate/

import { because, type Cause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, CertificateKey } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Fact,
  isShown,
  known,
  lookUp,
  replaced,
  type Stand,
  together,
  unknown,
  type Value,
} from "../../facts/fact.ts";
import { readCertificate } from "../../facts/x509.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText } from "../../text.ts";
import { keyAlgorithms } from "./certificate-values.ts";
import {
  blockIn,
  factIn,
  type KubernetesObject,
  namespaceOf,
  objectOfKind,
  objectsNamed,
  objectsOf,
  standIn,
  typesOf,
  valueIn,
} from "./object.ts";

export default defineAdapter({
  id: "kubernetes/certificate",
  resourceTypes: typesOf("Secret"),
  cannotShow: ["the certificate in a Secret that another tool than Terraform writes, e.g. cert-manager"],
  certificates: (resource) => [...issuedBy(resource), ...heldBy(resource)],
});

const certManager = "cert-manager.io";

function issuedBy(resource: Resource): Certificate[] {
  const request = objectOfKind(resource, "Certificate", certManager);
  return request ? [issued(request)] : [];
}

function heldBy(resource: Resource): Certificate[] {
  const secret = objectOfKind(resource, "Secret", "");
  const type = secret && valueIn(secret.root, "type");
  return type && isShown(type) && type.value === "kubernetes.io/tls" ? [held(secret)] : [];
}

/** What cert-manager requests, and renews. */
function issued({ resource, spec }: KubernetesObject): Certificate {
  const common = valueIn(spec, "commonName");
  const names: [Value, string][] = [
    ...(common.state === "absent" ? [] : [[common, "commonName"] as [Value, string]]),
    ...spec.elements("dnsNames").map((name): [Value, string] => [name, "dnsNames"]),
  ];
  return {
    address: resource.address,
    names: names.map(([name, field]) => nameOf(name, standIn(spec, field))),
    key: keyOf(blockIn(spec, "privateKey"), "algorithm", "size"),
    renewal: { ...known("automatic"), ...standIn(spec, "") },
  };
}

export const nameOf = (name: Value, stand: Stand): Fact<string> =>
  isShown(name) ? { ...name, value: String(name.value), ...stand } : { ...unknown(causeOf(name)), ...stand };

/** Of P-256, P-384 and P-521. */
const curveSizes: readonly number[] = [256, 384, 521];

/** Without an algorithm it is RSA. */
function keyOf(block: Block, algorithmName: string, sizeName: string): Fact<CertificateKey> {
  const fallback = keyAlgorithms.RSA as CertificateKey;
  const kind = factIn(block, algorithmName, { read: (value) => lookUp(keyAlgorithms, value), absent: fallback });
  const size = factIn<number | undefined>(block, sizeName, {
    read: (value) => (/^\d+$/.test(String(value)) ? Number(value) : undefined),
    absent: undefined,
    remedy: 2048,
  });
  const both = together<[CertificateKey, number | undefined]>(kind, size);
  if (both.state === "unknown") return { ...both, ...standIn(block, algorithmName) };
  const [{ algorithm, size: usual }, bits] = both.value;
  const isCurve = bits === undefined || curveSizes.includes(bits);
  if (algorithm === "ECDSA" && !isCurve)
    return replaced(size, unknown(because`cert-manager makes no ECDSA key of that size`));
  return replaced(size, { ...both, value: { algorithm, size: bits ?? usual } });
}

/** The certificate in a Secret; its contents are judged, and never shown. */
function held({ resource, root }: KubernetesObject): Certificate {
  const [map, name] = placeOfCertificate(root);
  const stand = standIn(map, name);
  const body = map.value(name);
  const renewal: Certificate["renewal"] = { ...known("by import"), ...stand };
  const read = isShown(body) ? readCertificate(decoded(String(body.value))) : undefined;
  if (!read) {
    const open = { ...unknown(causeOfUnread(body, name)), ...stand };
    return { address: resource.address, names: [open], key: open, renewal };
  }
  const key: Certificate["key"] = read.key
    ? { ...known(read.key, true), ...stand }
    : { ...unknown(because`the certificate's key could not be read`), ...stand };
  return {
    address: resource.address,
    names: read.names.map((value) => ({ ...known(value, true), ...stand })),
    key,
    digest: read.digest && { ...known(read.digest, true), ...stand },
    renewal,
  };
}

function causeOfUnread(body: Value, name: string): Cause {
  if (body.state === "absent") return because`the plan does not show its ${nameText(name)}`;
  return body.state === "unknown" ? body.cause : because`it is no certificate that can be read`;
}

/** The provider encodes `data`, and takes `binary_data` encoded; a manifest's `data` is, its `stringData` is not. */
function placeOfCertificate(root: Block): readonly [map: Block, name: string] {
  const maps = ["data", "binary_data", "stringData"].map((name) => root.block(name));
  const name = "tls.crt";
  const map = maps.find((one) => one.value(name).state !== "absent") ?? maps[0];
  return [map as Block, name];
}

const decoded = (text: string): string =>
  text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString("utf8");

const issuers = [
  "cert-manager.io/cluster-issuer",
  "cert-manager.io/issuer",
  // https://cert-manager.io/docs/usage/ingress/#supported-annotations
  "kubernetes.io/tls-acme",
];

/** Whether cert-manager requests a certificate for what an Ingress, or a Gateway, says of its hosts. */
export const isRequested = ({ annotations }: KubernetesObject): boolean =>
  issuers.some((name) => {
    const value = annotations.value(name);
    return isShown(value) && value.value !== "false";
  });

/** The certificate that cert-manager requests for the hosts of an Ingress. */
export const requested = (
  { annotations, resource }: KubernetesObject,
  names: readonly Fact<string>[],
): Certificate => ({
  address: undefined,
  names,
  key: keyOf(annotations, "cert-manager.io/private-key-algorithm", "cert-manager.io/private-key-size"),
  renewal: { ...known("automatic"), place: { address: resource.address, at: "" } },
});

/** The certificate in the Secret of that name: written by this plan, requested by it, or from elsewhere. */
export function certificateIn(name: Value, stand: Stand, near: KubernetesObject): Certificate {
  const { view } = near.resource.scope;
  const [request, another] = objectsOf(view, "Certificate", certManager).filter(
    (request) =>
      isShown(name) &&
      isShown(valueIn(request.spec, "secretName")) &&
      request.spec.planned("secretName") === name.value &&
      namespaceOf(request) === namespaceOf(near),
  );
  if (request && !another) return issued(request);
  const [secret, second] = objectsNamed(view, ["Secret", ""], name, near);
  if (secret && !second && !request) return held(secret);
  if (secret || request) return outside(stand, because`the plan does not tell which certificate it is`);
  return outside(
    stand,
    isShown(name) ? because`the certificate is in a Secret that this plan does not hold` : causeOf(name),
  );
}

export function outside(stand: Stand, cause: Cause): Certificate {
  const open = { ...unknown(cause), ...stand };
  return { address: undefined, names: [open], key: open, renewal: open };
}
