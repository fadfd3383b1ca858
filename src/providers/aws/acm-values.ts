// AWS Certificate Manager's names for keys.

import type { CertificateKey } from "../../facts/endpoint.ts";

/**
 * `key_algorithm` of a certificate that is requested
 * https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
 */
export const keyAlgorithms: { readonly [name: string]: CertificateKey } = {
  RSA_1024: { algorithm: "RSA", size: 1024 },
  RSA_2048: { algorithm: "RSA", size: 2048 },
  RSA_3072: { algorithm: "RSA", size: 3072 },
  RSA_4096: { algorithm: "RSA", size: 4096 },
  EC_prime256v1: { algorithm: "ECDSA", size: 256 },
  EC_secp384r1: { algorithm: "ECDSA", size: 384 },
  EC_secp521r1: { algorithm: "ECDSA", size: 521 },
};
