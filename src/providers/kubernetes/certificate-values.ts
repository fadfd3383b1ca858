// cert-manager's names for keys.

import type { CertificateKey } from "../../facts/endpoint.ts";

/**
 * `privateKey.algorithm` of a Certificate, and the annotation of an Ingress: the key where no size is set beside it
 * https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificatePrivateKey
 */
export const keyAlgorithms: { readonly [name: string]: CertificateKey } = {
  RSA: { algorithm: "RSA", size: 2048 },
  ECDSA: { algorithm: "ECDSA", size: 256 },
};
