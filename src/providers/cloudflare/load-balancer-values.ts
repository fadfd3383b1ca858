// Cloudflare's names for what the monitors of its load balancers speak.

/**
 * `type` of a monitor, in capitals or not; "other" is no HTTP
 * https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/load_balancer_monitor
 */
export const monitorTypes: { readonly [type: string]: "https" | "http" | "other" } = {
  http: "http",
  https: "https",
  icmp_ping: "other",
  smtp: "other",
  tcp: "other",
  udp_icmp: "other",
};
