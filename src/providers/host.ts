// A host name, an address or a URL that others name as what stands behind them → the resource of this plan that has it.

import type { Block } from "../plan/block.ts";
import type { Targets } from "../plan/link.ts";
import { isShown } from "../plan/value.ts";
import type { Resource, View } from "../plan/view.ts";

/** In a nested block, e.g. `status[0].load_balancer[0].ingress[0].hostname`, it is known by the block. */
const hosts: Targets = {
  aws_alb: ["dns_name"],
  aws_amplify_app: ["default_domain"],
  aws_api_gateway_domain_name: ["cloudfront_domain_name", "regional_domain_name"],
  aws_apigatewayv2_api: ["api_endpoint"],
  aws_apigatewayv2_domain_name: ["domain_name_configuration"],
  aws_apprunner_service: ["service_url"],
  aws_appsync_domain_name: ["appsync_domain_name"],
  aws_appsync_graphql_api: ["uris"],
  aws_cloudfront_distribution: ["domain_name"],
  aws_cognito_user_pool_domain: ["cloudfront_distribution"],
  aws_elastic_beanstalk_environment: ["cname", "endpoint_url"],
  aws_elasticsearch_domain: ["endpoint"],
  aws_elb: ["dns_name"],
  aws_globalaccelerator_accelerator: ["dns_name", "dual_stack_dns_name"],
  aws_lambda_function_url: ["function_url"],
  aws_lb: ["dns_name"],
  aws_lightsail_distribution: ["domain_name"],
  aws_lightsail_lb: ["dns_name"],
  aws_opensearch_domain: ["endpoint", "endpoint_v2"],
  aws_s3_bucket: ["website_endpoint", "bucket_domain_name", "bucket_regional_domain_name"],
  aws_s3_bucket_website_configuration: ["website_endpoint"],
  aws_transfer_server: ["endpoint"],
  azurerm_api_management: ["gateway_url", "gateway_regional_url"],
  azurerm_cdn_endpoint: ["fqdn"],
  azurerm_cdn_frontdoor_endpoint: ["host_name"],
  azurerm_container_app: ["ingress", "latest_revision_fqdn"],
  azurerm_function_app_flex_consumption: ["default_hostname"],
  azurerm_linux_function_app: ["default_hostname"],
  azurerm_linux_function_app_slot: ["default_hostname"],
  azurerm_linux_web_app: ["default_hostname"],
  azurerm_linux_web_app_slot: ["default_hostname"],
  azurerm_static_web_app: ["default_host_name"],
  azurerm_storage_account: ["primary_web_host", "primary_web_endpoint", "primary_blob_host", "primary_blob_endpoint"],
  azurerm_windows_function_app: ["default_hostname"],
  azurerm_windows_function_app_slot: ["default_hostname"],
  azurerm_windows_web_app: ["default_hostname"],
  azurerm_windows_web_app_slot: ["default_hostname"],
  cloudflare_pages_project: ["subdomain"],
  digitalocean_app: ["default_ingress", "live_domain", "live_url"],
  digitalocean_cdn: ["endpoint"],
  digitalocean_loadbalancer: ["ip", "ipv6"],
  google_cloud_run_service: ["status"],
  google_cloud_run_v2_service: ["uri", "urls"],
  google_cloudfunctions_function: ["https_trigger_url"],
  google_compute_global_address: ["address"],
  google_compute_global_forwarding_rule: ["ip_address"],
  kubernetes_ingress: ["status"],
  kubernetes_ingress_v1: ["status"],
  kubernetes_service: ["status"],
  kubernetes_service_v1: ["status"],
};

/** The one resource that this plan makes whose host an attribute names, or an attribute's list of one. */
export function resourceBehind(block: Block, attribute: string): Resource | undefined {
  const link = block.link(attribute, hosts);
  if (link.state !== "found") return resourceNamed(block, attribute);
  const [resource, another] = link.resources;
  return resource?.mode === "managed" && !another ? resource : undefined;
}

/** By a host as DNS writes it: with a dot at its end, in any case, or as the name of a load balancer's IPv6 too. */
function resourceNamed({ value, elements, resource: { scope } }: Block, attribute: string): Resource | undefined {
  const only = value(attribute);
  const [host, another] = isShown(only) ? [only] : elements(attribute);
  const written = host && !another && isShown(host) && typeof host.value === "string" ? host.value : undefined;
  if (written === undefined) return undefined;
  const found = new Set(spellingsOf(written).flatMap((one) => named(scope.view)(one)));
  const [resource, other] = [...found].filter(({ mode }) => mode === "managed");
  return other ? undefined : resource;
}

const spellingsOf = (host: string): string[] => {
  const name = host.toLowerCase().replace(/\.$/, "");
  return [...new Set([host, name, name.replace(/^dualstack\./, "")])];
};

const named =
  (view: View) =>
  (host: string): readonly Resource[] =>
    Object.entries(hosts).flatMap(([type, attributes]) =>
      attributes.flatMap((attribute) => view.identified(type, attribute, host)),
    );
