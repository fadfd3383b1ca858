// Resource types of content delivery networks, web application firewalls and other edges that may serve HTTPS.

import type { NotJudgedTypes } from "../../facts/not-judged.ts";

/** Each provider by its documentation in https://registry.terraform.io/browse/providers */
export const notJudged: NotJudgedTypes = {
  // Akamai
  akamai_apidefinitions_activation: "activation of an API definition",
  akamai_apidefinitions_api: "API definition",
  akamai_cloudlets_policy_activation: "activation of a Cloudlets policy",
  akamai_cloudwrapper_configuration: "Cloud Wrapper configuration",
  akamai_cps_dv_enrollment: "certificate enrollment with TLS settings",
  akamai_cps_third_party_enrollment: "certificate enrollment with TLS settings",
  akamai_edge_hostname: "edge hostname",
  akamai_edgeworkers_activation: "activation of an EdgeWorker",
  akamai_property: "property",
  akamai_property_activation: "activation of a property",
  akamai_property_bootstrap: "property",
  akamai_property_hostname_bucket: "hostnames of a property",
  akamai_property_include: "include of properties",
  akamai_property_include_activation: "activation of an include",

  // bunny.net
  bunnynet_compute_container_app: "container app",
  bunnynet_compute_script: "edge script",
  bunnynet_pullzone: "pull zone",
  bunnynet_pullzone_hostname: "hostname of a pull zone",
  bunnynet_stream_library: "stream library",

  // CacheFly, CDN77, CDNetworks, CDNvideo, KeyCDN
  cachefly_service: "CacheFly service",
  cachefly_service_domain: "CacheFly domain",
  cdn77_cdn: "CDN",
  cdnetworks_cdn_domain: "CDN domain",
  cdnetworks_waap_domain: "WAAP domain",
  cdnvideo_http: "CDN",
  keycdn_zone: "CDN zone",

  // Edgio, StackPath
  edgio_cdn_configuration: "CDN configuration",
  stackpath_cdn_site: "CDN site",
  stackpath_compute_workload: "edge workload",

  // F5 Distributed Cloud
  volterra_bigip_http_proxy: "HTTP proxy",
  volterra_cdn_loadbalancer: "CDN load balancer",
  volterra_http_loadbalancer: "HTTP load balancer",
  volterra_tcp_loadbalancer: "TCP load balancer",
  volterra_virtual_host: "virtual host",
  volterra_workload: "workload",

  // Gcore
  gcore_cdn_resource: "CDN resource",
  gcore_cdn_rule: "CDN rule",
  gcore_faas_function: "function",
  gcore_fastedge_app: "edge app",
  gcore_inference_deployment: "inference deployment",
  gcore_lblistener: "load balancer listener",
  gcore_waap_domain: "WAAP domain",

  // Imperva
  incapsula_custom_certificate: "certificate of a site",
  incapsula_domain: "domain of a site",
  incapsula_site: "site",
  incapsula_site_ssl_settings: "TLS settings of a site",
  incapsula_site_v3: "site",

  // ngrok
  ngrok_agent_ingress: "agent ingress",
  ngrok_cloud_endpoint: "cloud endpoint",
  ngrok_domain: "domain",
  ngrok_https_edge: "HTTPS edge",
  ngrok_https_edge_route: "route of an HTTPS edge",
  ngrok_reserved_domain: "domain",
  ngrok_tls_edge: "TLS edge",

  // NS1
  ns1_redirect: "HTTP redirect",
};
