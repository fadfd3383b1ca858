// DigitalOcean's names for the ways in which a certificate comes about.

/**
 * `type` of a certificate: who renews it
 * https://docs.digitalocean.com/products/networking/load-balancers/how-to/ssl-termination/
 */
export const renewals: { readonly [type: string]: "automatic" | "by import" } = {
  lets_encrypt: "automatic",
  custom: "by import",
};
