// The endpoint behind an endpoint, where this plan makes both: an app, a bucket of a storage account.

import type { Block } from "../../plan/block.ts";

/** What has a host name that others name as their origin. */
const hosts = {
  azurerm_cdn_endpoint: ["fqdn"],
  azurerm_cdn_frontdoor_endpoint: ["host_name"],
  azurerm_container_app: ["latest_revision_fqdn"],
  azurerm_function_app_flex_consumption: ["default_hostname"],
  azurerm_linux_function_app: ["default_hostname"],
  azurerm_linux_web_app: ["default_hostname"],
  azurerm_static_web_app: ["default_host_name"],
  azurerm_storage_account: ["primary_web_host", "primary_blob_host"],
  azurerm_windows_function_app: ["default_hostname"],
  azurerm_windows_web_app: ["default_hostname"],
};

/** The address of the one resource whose host an attribute names. */
export function nextHop(block: Block, attribute: string): string | undefined {
  const link = block.link(attribute, hosts);
  const [first, another] = link.state === "found" ? link.resources : [];
  return first?.mode === "managed" && !another ? first.address : undefined;
}
