// A host name or an address that a record or a pool leads to → the endpoint of this plan that answers there.

import { isShown } from "../../facts/fact.ts";
import type { Block, Targets } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";

/** What has a name or an address of its own. */
const hosts: Targets = {
  aws_alb: ["dns_name"],
  aws_apigatewayv2_api: ["api_endpoint"],
  aws_apprunner_service: ["service_url"],
  aws_cloudfront_distribution: ["domain_name"],
  aws_elastic_beanstalk_environment: ["cname", "endpoint_url"],
  aws_elb: ["dns_name"],
  aws_globalaccelerator_accelerator: ["dns_name"],
  aws_lb: ["dns_name"],
  aws_s3_bucket: ["website_endpoint", "bucket_domain_name", "bucket_regional_domain_name"],
  aws_s3_bucket_website_configuration: ["website_endpoint"],
  azurerm_cdn_frontdoor_endpoint: ["host_name"],
  azurerm_container_app: ["latest_revision_fqdn"],
  azurerm_linux_web_app: ["default_hostname"],
  azurerm_static_web_app: ["default_host_name"],
  azurerm_windows_web_app: ["default_hostname"],
  cloudflare_pages_project: ["subdomain"],
  digitalocean_loadbalancer: ["ip"],
  google_compute_global_address: ["address"],
  google_compute_global_forwarding_rule: ["ip_address"],
};

/** The address of the one endpoint that an attribute leads to. */
export function endpointBehind(block: Block, attribute: string): string | undefined {
  const link = block.link(attribute, hosts);
  const [resource, another] = link.state === "found" ? link.resources : [];
  if (!resource || another || resource.mode !== "managed") return undefined;
  const answering = answeringFor(resource);
  const [first, ...more] = answering.length > 1 ? answering.filter(isHttps) : answering;
  return (first && more.length === 0 ? first : resource).address;
}

const isHttps = (resource: Resource): boolean => {
  const protocol = resource.value("protocol");
  return resource.type.endsWith("_https_proxy") || (isShown(protocol) && protocol.value === "HTTPS");
};

/** A load balancer answers through its listeners, an address of Google Cloud through the proxies of its forwarding rules. */
function answeringFor(resource: Resource): readonly Resource[] {
  const naming = (types: readonly string[], attribute: string, ids: readonly string[]) =>
    types
      .flatMap((type) => resource.scope.view.resources(type))
      .filter((one) => linked(one, attribute, { [resource.type]: ids }).includes(resource));
  switch (resource.type) {
    case "aws_lb":
    case "aws_alb":
      return naming(["aws_lb_listener", "aws_alb_listener"], "load_balancer_arn", ["arn", "id"]);
    case "google_compute_global_address":
      return naming(["google_compute_global_forwarding_rule"], "ip_address", ["address", "id", "self_link"]).flatMap(
        proxiesOf,
      );
    case "google_compute_global_forwarding_rule":
      return proxiesOf(resource);
    default:
      return [];
  }
}

const proxiesOf = (rule: Resource): readonly Resource[] =>
  linked(rule, "target", {
    google_compute_target_https_proxy: ["id", "self_link"],
    google_compute_target_http_proxy: ["id", "self_link"],
    google_compute_target_ssl_proxy: ["id", "self_link"],
  });

function linked(block: Block, attribute: string, targets: Targets): readonly Resource[] {
  const link = block.link(attribute, targets);
  return link.state === "found" ? link.resources : [];
}
