// Violations that refuse a plan and come without a remedy: something can be written against each, or it would be advice.
// A place that is not here needs a decision: noFix on its fact where the service offers nothing, or a line and a reason.

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { findings } from "./support/plans.ts";

/** Policy, resource type and attribute, by what can be written. */
const reviewed: { readonly [reason: string]: readonly string[] } = {
  "The template, or the desired state, can be written anew.": [
    "forward-secrecy aws_cloudformation_stack template_body",
    "https-only aws_cloudformation_stack template_body",
    "https-only aws_cloudcontrolapi_resource desired_state",
    "minimum-tls-1-2 aws_cloudformation_stack template_body",
    "origin-https-only aws_cloudformation_stack template_body",
    "strong-ciphers aws_cloudformation_stack template_body",
  ],
  "A policy of the bucket that denies plain HTTP can be written.": [
    "storage-secure-transport aws_s3_bucket",
    "storage-secure-transport aws_s3_bucket_policy policy",
  ],
  "A certificate that is requested and validated by DNS can be written in place of an imported one.": [
    "certificate-auto-renewal aws_acm_certificate certificate_body",
    "certificate-auto-renewal aws_iam_server_certificate certificate_body",
    "certificate-auto-renewal fastly_tls_certificate certificate_body",
    "certificate-key-strength aws_acm_certificate certificate_body",
    "certificate-key-strength aws_iam_server_certificate certificate_body",
  ],
  "A certificate for these names, in the region that is required, can be written and attached.": [
    "certificate-covers-domains aws_apigatewayv2_domain_name domain_name",
    "certificate-covers-domains aws_appsync_domain_name domain_name",
    "certificate-covers-domains aws_cloudfront_distribution aliases[]",
    "certificate-covers-domains aws_lb_listener_rule condition[].host_header[].values[]",
    "certificate-covers-domains aws_route53_record name",
    "certificate-covers-domains digitalocean_cdn custom_domain",
    "certificate-covers-domains google_compute_url_map host_rule[].hosts[]",
    "certificate-present aws_api_gateway_domain_name regional_certificate_arn",
    "certificate-present aws_cloudfront_distribution viewer_certificate[].acm_certificate_arn",
    "certificate-present aws_cognito_user_pool_domain certificate_arn",
    "certificate-present aws_elastic_beanstalk_environment setting",
    "certificate-present aws_iot_domain_configuration server_certificate_arns",
    "certificate-present aws_opensearch_domain domain_endpoint_options[].custom_endpoint_certificate_arn",
    "certificate-present aws_transfer_server certificate",
    "certificate-present aws_vpclattice_service certificate_arn",
    "certificate-present cloudflare_custom_hostname ssl",
    'certificate-present kubernetes_ingress_v1 metadata[].annotations["alb.ingress.kubernetes.io/certificate-arn"]',
    "certificate-present kubernetes_ingress_v1 spec[].tls",
    "certificate-region aws_api_gateway_domain_name certificate_arn",
    "certificate-region aws_api_gateway_domain_name regional_certificate_arn",
    "certificate-region aws_apigatewayv2_domain_name domain_name_configuration[].certificate_arn",
    "certificate-region aws_appsync_domain_name certificate_arn",
    "certificate-region aws_cloudfront_distribution viewer_certificate[].acm_certificate_arn",
    "certificate-region aws_cognito_user_pool_domain certificate_arn",
    "certificate-region aws_elb listener[].ssl_certificate_id",
    "certificate-region aws_iot_domain_configuration server_certificate_arns",
    "certificate-region aws_lb_listener_certificate certificate_arn",
  ],
  "An aws_acm_certificate_validation can be written, and the endpoint can take the certificate's ARN from it.": [
    "certificate-validated aws_cloudfront_distribution viewer_certificate[].acm_certificate_arn",
    "certificate-validated aws_lb_listener certificate_arn",
    "certificate-validated aws_lb_listener_certificate certificate_arn",
  ],
  "A certificate for an alias can be attached: CloudFront's own certificate has one security policy.": [
    "forward-secrecy aws_cloudfront_distribution viewer_certificate[].acm_certificate_arn",
    "minimum-tls-1-2 aws_cloudfront_distribution viewer_certificate[].acm_certificate_arn",
    "strong-ciphers aws_cloudfront_distribution viewer_certificate[].acm_certificate_arn",
  ],
  "A response headers policy, or other code of the function, can be written.": [
    "hsts-enabled aws_cloudfront_distribution default_cache_behavior[].function_association[].function_arn",
    "hsts-enabled aws_cloudfront_distribution default_cache_behavior[].response_headers_policy_id",
    "hsts-enabled aws_cloudfront_distribution ordered_cache_behavior[].function_association[].function_arn",
    "hsts-enabled aws_cloudfront_distribution ordered_cache_behavior[].response_headers_policy_id",
    "hsts-include-subdomains aws_cloudfront_distribution default_cache_behavior[].function_association[].function_arn",
    "hsts-include-subdomains aws_cloudfront_distribution default_cache_behavior[].response_headers_policy_id",
    "hsts-include-subdomains aws_cloudfront_distribution ordered_cache_behavior[].function_association[].function_arn",
    "hsts-include-subdomains aws_cloudfront_distribution ordered_cache_behavior[].response_headers_policy_id",
    "hsts-preload aws_cloudfront_distribution default_cache_behavior[].function_association[].function_arn",
    "hsts-preload aws_cloudfront_distribution default_cache_behavior[].response_headers_policy_id",
    "hsts-preload aws_cloudfront_distribution ordered_cache_behavior[].function_association[].function_arn",
    "hsts-preload aws_cloudfront_distribution ordered_cache_behavior[].response_headers_policy_id",
  ],
  "An origin that takes HTTPS can be written: the bucket's own endpoint in place of its website.": [
    "origin-https-only aws_cloudfront_distribution origin[].domain_name",
  ],
  "CloudFront in front of a private bucket can be written.": [
    "https-only aws_s3_bucket website[]",
    "https-only aws_s3_bucket website[].redirect_all_requests_to",
    "https-only aws_s3_bucket_policy policy",
    "https-only aws_s3_bucket_website_configuration",
  ],
  "A setting of the environment can be written; a load balancer of the type application takes every policy.": [
    "forward-secrecy aws_elastic_beanstalk_environment setting",
    "forward-secrecy aws_elastic_beanstalk_environment setting[].value",
    "https-only aws_elastic_beanstalk_environment setting",
    "minimum-tls-1-2 aws_elastic_beanstalk_environment setting",
    "origin-https-only aws_elastic_beanstalk_environment setting",
    "strong-ciphers aws_elastic_beanstalk_environment setting",
    "strong-ciphers aws_elastic_beanstalk_environment setting[].value",
  ],
  "A policy of the load balancer's own can be written, or an application load balancer in place of it.": [
    "forward-secrecy aws_elb listener[].lb_protocol",
    "forward-secrecy aws_lb_ssl_negotiation_policy",
    "forward-secrecy aws_load_balancer_policy policy_attribute[].value",
    "minimum-tls-1-2 aws_elb listener[].lb_protocol",
    "strong-ciphers aws_elb listener[].lb_protocol",
    "strong-ciphers aws_lb_ssl_negotiation_policy",
    "strong-ciphers aws_load_balancer_policy policy_attribute[].value",
  ],
  "A listener on HTTPS, and a redirect to it, can be written.": [
    "https-only aws_alb_listener default_action[].type",
    "https-only aws_lb_listener default_action[].type",
    "https-only aws_lb_listener_rule action[].fixed_response[].status_code",
    "https-only aws_lb_listener_rule action[].type",
    "https-only aws_vpclattice_listener_rule action[].forward",
    "https-only azurerm_application_gateway request_routing_rule[].redirect_configuration_name",
    "https-only digitalocean_loadbalancer forwarding_rule[].entry_protocol",
    "https-only oci_load_balancer_listener rule_set_names",
  ],
  "An aws_lightsail_lb_https_redirection_policy can be written.": ["https-only aws_lightsail_lb"],
  "TLS to the backend can be written.": [
    "private-hop-https aws_apigatewayv2_integration tls_config",
    "private-hop-https aws_elastic_beanstalk_environment setting",
    "private-hop-https oci_load_balancer_backend_set ssl_configuration",
    "origin-https-only aws_apigatewayv2_integration tls_config",
    "origin-https-only oci_load_balancer_backend_set ssl_configuration",
  ],
  "custom_headers can be written anew.": [
    "hsts-enabled aws_amplify_app custom_headers",
    "hsts-include-subdomains aws_amplify_app custom_headers",
    "hsts-preload aws_amplify_app custom_headers",
  ],
  "Another security policy can be written, whose cipher suites AWS lists on no page.": [
    "strong-ciphers aws_elasticsearch_domain domain_endpoint_options[].tls_security_policy",
    "strong-ciphers aws_opensearch_domain domain_endpoint_options[].tls_security_policy",
    "strong-ciphers aws_transfer_server security_policy_name",
  ],
  "A rule that sets the header can be written.": [
    "hsts-enabled azurerm_cdn_endpoint global_delivery_rule",
    "hsts-enabled azurerm_cdn_frontdoor_route cdn_frontdoor_rule_set_ids",
    "hsts-preload azurerm_cdn_endpoint global_delivery_rule",
    "hsts-preload azurerm_cdn_frontdoor_route cdn_frontdoor_rule_set_ids",
    "hsts-preload oci_load_balancer_rule_set items[].value",
  ],
  "A setting of the zone can be written, as a resource of its own.": [
    "forward-secrecy cloudflare_zone",
    "hsts-enabled cloudflare_zone",
    "hsts-preload cloudflare_zone",
    "https-only cloudflare_zone",
    "minimum-tls-1-2 cloudflare_zone",
    "strong-ciphers cloudflare_zone",
  ],
  "A target on HTTPS can be written.": [
    "https-only cloudflare_page_rule actions.forwarding_url.url",
    "https-only cloudflare_page_rule actions[].forwarding_url[].url",
    "https-only cloudflare_ruleset rules[].action_parameters.from_value.target_url.value",
  ],
  "A header block, or other code, can be written.": [
    "hsts-enabled fastly_service_vcl",
    "hsts-preload fastly_service_vcl",
    "hsts-preload fastly_service_vcl snippet[].content",
  ],
  "An SSL policy can be written and attached, with other features where it lists them.": [
    "forward-secrecy google_compute_region_target_https_proxy ssl_policy",
    "forward-secrecy google_compute_ssl_policy custom_features",
    "forward-secrecy google_compute_target_https_proxy ssl_policy",
    "minimum-tls-1-2 google_compute_region_target_https_proxy ssl_policy",
    "minimum-tls-1-2 google_compute_target_https_proxy ssl_policy",
    "strong-ciphers google_compute_region_target_https_proxy ssl_policy",
    "strong-ciphers google_compute_ssl_policy custom_features",
    "strong-ciphers google_compute_target_https_proxy ssl_policy",
  ],
  "Another value of the key can be written.": [
    "hsts-enabled kubernetes_config_map_v1 data.hsts",
    "hsts-preload kubernetes_config_map_v1 data.hsts",
  ],
  "TLS can be written for the ingress, or an ingress in front of the service.": [
    "https-only kubernetes_ingress_v1 spec[].tls",
    "https-only kubernetes_service_v1 spec[].port[].port",
  ],
  "HTTPS, a certificate, or another policy of the listener can be written.": [
    "ats-connection aws_cloudfront_distribution viewer_certificate[].acm_certificate_arn",
    "ats-connection aws_lb_listener certificate_arn",
    "ats-connection aws_lb_ssl_negotiation_policy",
    "ats-connection aws_lightsail_lb",
    "ats-connection digitalocean_loadbalancer forwarding_rule",
    "ats-connection kubernetes_ingress_v1 spec[].tls",
    "ats-connection kubernetes_service_v1 spec[].port",
    "minimum-tls-1-2 aws_lb_ssl_negotiation_policy",
  ],
  "A distribution can be written in front of the website.": [
    "ats-connection aws_s3_bucket",
    "ats-connection aws_s3_bucket_website_configuration",
  ],
};

const known = new Set(Object.values(reviewed).flat());

/** Type and attribute without the keys of instances and blocks. */
const placeOf = (address: string, at: string): string => {
  const [type = ""] = address.replace(/^(module\.[^.[]+(\[[^\]]*\])?\.)+/, "").split(".");
  // What follows is the path in a document, with names of its own.
  const outer = /^(template_body|desired_state)\b/.exec(at)?.[0] ?? at;
  return `${type} ${outer.replace(/\[\d+\]/g, "[]")}`.trim();
};

const names = readdirSync(new URL("plans", import.meta.url));

const blocking = names
  .flatMap((name) => findings(name))
  .filter(({ refuses, outcome, remedy }) => refuses && outcome === "fail" && !remedy);

test("each is known to have something that can be written against it", () => {
  const places = blocking.map(({ policy, address, at }) => `${policy} ${placeOf(address, at)}`);
  expect([...new Set(places)].filter((place) => !known.has(place))).toEqual([]);
  expect(blocking.length).toBeGreaterThan(300);
});

test("what nothing can be written against is advice, and says why", () => {
  const advice = names.flatMap((name) => findings(name)).filter(({ noFix }) => noFix !== null);
  expect(advice.filter(({ refuses, remedy }) => refuses || remedy)).toEqual([]);
  for (const { message } of advice) expect(message).toMatch(/; nothing can be set: ./);
  expect(new Set(advice.map(({ address, at }) => placeOf(address, at)))).toEqual(
    new Set([
      "aws_api_gateway_domain_name security_policy",
      "aws_api_gateway_rest_api disable_execute_api_endpoint",
      "aws_apigatewayv2_api",
      "aws_apigatewayv2_domain_name domain_name_configuration[].security_policy",
      "aws_lightsail_lb",
      "aws_vpclattice_listener",
      "azurerm_api_management",
    ]),
  );
});
