// AWS Transfer Family's names for what its servers speak and negotiate.

/**
 * `protocols`: what becomes of a client without TLS; SFTP is SSH, and none of ours
 * https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateServer.html
 */
export const protocols: { readonly [name: string]: "refused" | "served" | "other" } = {
  SFTP: "other",
  FTPS: "refused",
  FTP: "served",
  // "Currently, only HTTP is supported": https://docs.aws.amazon.com/transfer/latest/APIReference/API_ProtocolDetails.html
  AS2: "served",
};

interface SecurityPolicy {
  readonly forwardSecrecy: boolean;
  readonly aeadOnly: boolean;
  readonly ecdheAes: boolean;
}

/** ECDHE alone, with CBC: TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 and others. */
const ecdhe: SecurityPolicy = { forwardSecrecy: true, aeadOnly: false, ecdheAes: true };

/**
 * `security_policy_name`, by the TLS ciphers on its page; each takes TLS 1.2. Names that are not here have theirs on no
 * page that was read.
 * https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html
 */
export const securityPolicies: { readonly [name: string]: SecurityPolicy } = {
  // RSA key transport too: TLS_RSA_WITH_AES_128_CBC_SHA256.
  "TransferSecurityPolicy-2018-11": { forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
  "TransferSecurityPolicy-2020-06": ecdhe,
  "TransferSecurityPolicy-2022-03": ecdhe,
  "TransferSecurityPolicy-FIPS-2020-06": ecdhe,
};

/**
 * Where the provider is given none
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/transfer_server
 */
export const defaultPolicy = "TransferSecurityPolicy-2018-11";

/** The policy that the remedies name. */
export const recommendedPolicy = "TransferSecurityPolicy-2022-03";
