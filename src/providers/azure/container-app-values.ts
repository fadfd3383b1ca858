// Container Apps' names for what an ingress speaks, and for how a domain gets its certificate.

/**
 * `ingress.transport`
 * https://learn.microsoft.com/azure/container-apps/ingress-overview
 */
export const transports: { readonly [transport: string]: "HTTP" | "TCP" } = {
  auto: "HTTP",
  http: "HTTP",
  http2: "HTTP",
  tcp: "TCP",
};

/**
 * `certificate_binding_type` of a custom domain
 * https://learn.microsoft.com/azure/container-apps/custom-domains-certificates
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/container_app_custom_domain
 */
export const bindingTypes: { readonly [type: string]: "own" | "missing" } = {
  SniEnabled: "own",
  Disabled: "missing",
};
