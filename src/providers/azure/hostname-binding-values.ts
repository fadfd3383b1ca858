// App Service's names for how a host name gets its certificate.

/**
 * `ssl_state` of a host name binding and of a certificate binding
 * https://learn.microsoft.com/rest/api/appservice/web-apps/create-or-update-host-name-binding
 */
export const sslStates: { readonly [state: string]: "SNI" | "IP address" | "none" } = {
  SniEnabled: "SNI",
  IpBasedEnabled: "IP address",
  Disabled: "none",
};
