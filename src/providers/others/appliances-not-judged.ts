// Resource types of load balancers, proxies and schedulers that are run by their users, which may serve HTTPS.

import { isShown } from "../../facts/fact.ts";
import type { NotJudgedTypes } from "../../facts/not-judged.ts";
import type { Resource } from "../../plan/view.ts";
import { overTcp } from "../tcp-only.ts";

/** Each provider by its documentation in https://registry.terraform.io/browse/providers */
export const notJudged: NotJudgedTypes = {
  // Avi (NSX Advanced Load Balancer)
  avi_virtualservice: "virtual service",

  // Cloud Foundry
  cloudfoundry_app: "Cloud Foundry app",
  cloudfoundry_route: "Cloud Foundry route",

  // Consul
  consul_config_entry: { what: "Consul gateway", kindOf: kindOfEntry },

  // Docker
  docker_compose: "Compose project",
  docker_container: "container",
  docker_service: "Swarm service",

  // F5 BIG-IP
  bigip_as3: "AS3 declaration",
  bigip_bigiq_as3: "AS3 declaration",
  bigip_fast_application: "FAST application",
  bigip_fast_http_app: "FAST HTTP application",
  bigip_fast_https_app: "FAST HTTPS application",
  bigip_fast_tcp_app: "FAST TCP application",
  bigip_ltm_profile_client_ssl: "client SSL profile",
  bigip_ltm_virtual_server: overTcp("virtual server", "ip_protocol"),
  bigip_sys_iapp: "iApp",

  // FortiGate
  fortios_firewall_accessproxy: "access proxy",
  fortios_firewall_accessproxyvirtualhost: "virtual host of an access proxy",
  fortios_ztna_webproxy: "web proxy",

  // Kong
  kong_certificate: "certificate of Kong",
  kong_route: "Kong route",
  konnect_cloud_gateway_configuration: "Kong cloud gateway",
  konnect_gateway_route: "Kong route",

  // NetScaler
  citrixadc_csvserver: "content switching virtual server",
  citrixadc_gslbvserver: "GSLB virtual server",
  citrixadc_lbvserver: "load balancing virtual server",
  citrixadc_sslvserver: "TLS settings of a virtual server",
  citrixadc_vpnvserver: "gateway virtual server",

  // Nomad
  nomad_job: "Nomad job",

  // NSX
  nsxt_lb_http_virtual_server: "HTTP virtual server",
  nsxt_lb_tcp_virtual_server: "TCP virtual server",
  nsxt_policy_lb_virtual_server: "load balancer virtual server",
};

/** https://developer.hashicorp.com/consul/docs/reference/config-entry */
const gateways: { readonly [kind: string]: string } = {
  "api-gateway": "Consul API gateway",
  "ingress-gateway": "Consul ingress gateway",
};

function kindOfEntry(entry: Resource): string | undefined {
  const kind = entry.value("kind");
  if (!isShown(kind)) return "Consul gateway";
  const name = String(kind.value);
  return Object.hasOwn(gateways, name) ? gateways[name] : undefined;
}
