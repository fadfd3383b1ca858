// DigitalOcean's names for what its load balancers speak, to clients and to droplets.

/** "other" is passed on as it comes, and the load balancer sees nothing of it. */
export type EntryProtocol = "http" | "https" | "other";

/**
 * `entry_protocol` of a forwarding rule
 * https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/docs/resources/loadbalancer.md
 */
export const entryProtocols: { readonly [name: string]: EntryProtocol } = {
  http: "http",
  https: "https",
  http2: "https",
  http3: "https",
  tcp: "other",
  udp: "other",
};

/**
 * `entry_protocol` of a forwarding rule: the HTTP version that its name promises
 * https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/docs/resources/loadbalancer.md
 */
export const entryHttpVersions: { readonly [name: string]: string } = {
  http2: "HTTP/2",
  http3: "HTTP/3",
};

/**
 * `target_protocol` of a forwarding rule and of `glb_settings`
 * https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/docs/resources/loadbalancer.md
 */
export const targetProtocols: { readonly [name: string]: "http" | "https" } = {
  http: "http",
  https: "https",
  http2: "https",
};
