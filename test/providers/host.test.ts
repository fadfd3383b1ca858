// What has a host name, an address or a URL: each attribute that leads to it, and those that do not.

import { describe, expect, test } from "vitest";
import { resourceBehind } from "../../src/providers/host.ts";
import { configured, type Made, plan, refersTo, resource, viewAfter } from "../support/made.ts";

const origin = "terraform_data.origin";

/** What stands behind an origin, by a reference to what is known after apply. */
function behind(reference: string, more: Made["changes"] = {}): string | undefined {
  const [, owner = ""] = /^((?:data\.)?\w+\.\w+)/.exec(reference) ?? [];
  const attribute = reference.slice(owner.length + 1).split(/[.[]/)[0] ?? "";
  const made = plan({
    changes: {
      [owner]: { after: {}, after_unknown: { [attribute]: true, id: true } },
      [origin]: { after: {}, after_unknown: { host: true } },
      ...more,
    },
    root: { resources: [configured(owner), configured(origin, { host: refersTo(reference) })] },
  });
  return resourceBehind(resource(viewAfter(made), origin), "host")?.address;
}

test.each([
  ["aws_alb", "dns_name"],
  ["aws_amplify_app", "default_domain"],
  ["aws_api_gateway_domain_name", "cloudfront_domain_name"],
  ["aws_api_gateway_domain_name", "regional_domain_name"],
  ["aws_apigatewayv2_api", "api_endpoint"],
  ["aws_apigatewayv2_domain_name", "domain_name_configuration[0].target_domain_name"],
  ["aws_apprunner_service", "service_url"],
  ["aws_appsync_domain_name", "appsync_domain_name"],
  ["aws_appsync_graphql_api", 'uris["GRAPHQL"]'],
  ["aws_cloudfront_distribution", "domain_name"],
  ["aws_cognito_user_pool_domain", "cloudfront_distribution"],
  ["aws_elastic_beanstalk_environment", "cname"],
  ["aws_elastic_beanstalk_environment", "endpoint_url"],
  ["aws_elasticsearch_domain", "endpoint"],
  ["aws_elb", "dns_name"],
  ["aws_globalaccelerator_accelerator", "dns_name"],
  ["aws_globalaccelerator_accelerator", "dual_stack_dns_name"],
  ["aws_lambda_function_url", "function_url"],
  ["aws_lb", "dns_name"],
  ["aws_lightsail_distribution", "domain_name"],
  ["aws_lightsail_lb", "dns_name"],
  ["aws_opensearch_domain", "endpoint"],
  ["aws_opensearch_domain", "endpoint_v2"],
  ["aws_s3_bucket", "website_endpoint"],
  ["aws_s3_bucket", "bucket_domain_name"],
  ["aws_s3_bucket", "bucket_regional_domain_name"],
  ["aws_s3_bucket_website_configuration", "website_endpoint"],
  ["aws_transfer_server", "endpoint"],
  ["azurerm_api_management", "gateway_url"],
  ["azurerm_api_management", "gateway_regional_url"],
  ["azurerm_cdn_endpoint", "fqdn"],
  ["azurerm_cdn_frontdoor_endpoint", "host_name"],
  ["azurerm_container_app", "ingress[0].fqdn"],
  ["azurerm_container_app", "latest_revision_fqdn"],
  ["azurerm_function_app_flex_consumption", "default_hostname"],
  ["azurerm_linux_function_app", "default_hostname"],
  ["azurerm_linux_function_app_slot", "default_hostname"],
  ["azurerm_linux_web_app", "default_hostname"],
  ["azurerm_linux_web_app_slot", "default_hostname"],
  ["azurerm_static_web_app", "default_host_name"],
  ["azurerm_storage_account", "primary_web_host"],
  ["azurerm_storage_account", "primary_web_endpoint"],
  ["azurerm_storage_account", "primary_blob_host"],
  ["azurerm_storage_account", "primary_blob_endpoint"],
  ["azurerm_windows_function_app", "default_hostname"],
  ["azurerm_windows_function_app_slot", "default_hostname"],
  ["azurerm_windows_web_app", "default_hostname"],
  ["azurerm_windows_web_app_slot", "default_hostname"],
  ["cloudflare_pages_project", "subdomain"],
  ["digitalocean_app", "default_ingress"],
  ["digitalocean_app", "live_domain"],
  ["digitalocean_app", "live_url"],
  ["digitalocean_cdn", "endpoint"],
  ["digitalocean_loadbalancer", "ip"],
  ["digitalocean_loadbalancer", "ipv6"],
  ["google_cloud_run_service", "status[0].url"],
  ["google_cloud_run_v2_service", "uri"],
  ["google_cloud_run_v2_service", "urls[0]"],
  ["google_cloudfunctions_function", "https_trigger_url"],
  ["google_compute_global_address", "address"],
  ["google_compute_global_forwarding_rule", "ip_address"],
  ["kubernetes_ingress", "status[0].load_balancer[0].ingress[0].hostname"],
  ["kubernetes_ingress_v1", "status[0].load_balancer[0].ingress[0].hostname"],
  ["kubernetes_service", "status[0].load_balancer[0].ingress[0].ip"],
  ["kubernetes_service_v1", "status[0].load_balancer[0].ingress[0].ip"],
])("%s by its %s", (type, path) => {
  expect(behind(`${type}.made.${path}`)).toBe(`${type}.made`);
  expect(behind(`${type}.made.id`)).toBeUndefined();
});

describe("nothing", () => {
  test("of a type that has no host", () => expect(behind("aws_iam_role.made.endpoint")).toBeUndefined());

  test("that another plan makes", () => expect(behind("data.aws_lb.made.dns_name")).toBeUndefined());

  test("where several have the same name", () => {
    const host = "www.example.com";
    const values = { after: { default_hostname: host } };
    const made = (...apps: readonly string[]) => ({
      changes: { ...Object.fromEntries(apps.map((app) => [app, values])), [origin]: { after: { host } } },
    });
    const one = viewAfter(made("azurerm_linux_web_app.one"));
    expect(resourceBehind(resource(one, origin), "host")?.address).toBe("azurerm_linux_web_app.one");
    const two = viewAfter(made("azurerm_linux_web_app.one", "azurerm_windows_web_app.other"));
    expect(resourceBehind(resource(two, origin), "host")).toBeUndefined();
  });
});
