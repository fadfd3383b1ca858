// VPC Lattice's names for what its listeners and target groups speak.

import type { Security } from "../../facts/service.ts";

/**
 * `protocol` of a listener; what is passed through, VPC Lattice does not decrypt
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateListener.html
 */
export const listenerProtocols: { readonly [name: string]: "http" | "https" | "other" } = {
  HTTP: "http",
  HTTPS: "https",
  TLS_PASSTHROUGH: "other",
};

/**
 * `config.protocol` of a target group
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TargetGroupConfig.html
 */
export const targetProtocols: { readonly [name: string]: "http" | "https" } = {
  HTTP: "http",
  HTTPS: "https",
  // What the listener decrypts goes on in plain text.
  TCP: "http",
};

/**
 * What every HTTPS listener negotiates: TLS 1.2 and 1.3, AES128-GCM-SHA256 and ECDHE-RSA-AES128-SHA among the suites
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/https-listeners.html
 */
export const httpsSecurity: Security = {
  minimumTls: "TLS 1.2",
  forwardSecrecy: false,
  aeadOnly: false,
  ecdheAes: true,
};
