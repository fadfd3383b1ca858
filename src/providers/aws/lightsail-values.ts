// Lightsail's names for what its distributions do.

/**
 * `origin.protocol_policy`; where none is written, "http-only"
 * https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-creating-content-delivery-network-distribution.html
 */
export const originProtocols: { readonly [name: string]: "http" | "https" } = {
  "http-only": "http",
  "https-only": "https",
};
