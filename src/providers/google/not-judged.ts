// Resource types of Google Cloud that may serve HTTPS and that no adapter reads.

import { isShown } from "../../facts/fact.ts";
import type { NotJudgedType, NotJudgedTypes } from "../../facts/not-judged.ts";
import type { Resource } from "../../plan/view.ts";
import { overTcp } from "../tcp-only.ts";
import { bySelfLink, resourcesOf } from "./reference.ts";

/** Proxies that are judged, and with them all that leads to them. */
const judgedProxies = Object.fromEntries(
  [
    "google_compute_region_target_http_proxy",
    "google_compute_region_target_https_proxy",
    "google_compute_target_http_proxy",
    "google_compute_target_https_proxy",
    "google_compute_target_ssl_proxy",
  ].map((type) => [type, bySelfLink]),
);

/** Targets that stand for the APIs of Google. https://cloud.google.com/vpc/docs/configure-private-service-connect-apis */
const googleApis = ["all-apis", "vpc-sc"];

const forwardingRule: NotJudgedType = {
  what: "forwarding rule that leads to no target proxy of the plan",
  kindOf(rule) {
    const scheme = rule.value("load_balancing_scheme");
    const target = rule.value("target");
    // In a service mesh it is a sidecar beside a client that listens.
    const isOfMesh = isShown(scheme) && scheme.value === "INTERNAL_SELF_MANAGED";
    const isOfGoogle = isShown(target) && googleApis.includes(String(target.value));
    return isOfMesh || isOfGoogle || leadsToJudged(rule)
      ? undefined
      : overTcp("forwarding rule", "ip_protocol").kindOf(rule);
  },
};

const leadsToJudged = (rule: Resource): boolean => resourcesOf(rule, "target", judgedProxies).length > 0;

/** https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs */
export const notJudged: NotJudgedTypes = {
  // They hold further resources.
  google_config_deployment: "Infrastructure Manager deployment",
  google_deployment_manager_deployment: "Deployment Manager deployment",

  // They answer themselves.
  google_api_gateway_gateway: "API gateway",
  google_apigee_envgroup: "Apigee environment group",
  google_composer_environment: "Airflow environment",
  google_compute_forwarding_rule: forwardingRule,
  google_compute_global_forwarding_rule: forwardingRule,
  google_data_fusion_instance: "Data Fusion instance",
  google_endpoints_service: "Cloud Endpoints service",
  google_firebase_app_hosting_backend: "App Hosting backend",
  google_firebase_app_hosting_domain: "custom domain of App Hosting",
  google_firebase_hosting_channel: "Firebase Hosting channel",
  google_firebase_hosting_custom_domain: "custom domain of Firebase Hosting",
  google_firebase_hosting_site: "Firebase Hosting site",
  google_looker_instance: "Looker instance",
  google_network_services_edge_cache_service: "Media CDN service",
  google_network_services_gateway: "gateway of Network Services",
  google_notebooks_instance: "notebook instance",
  google_secure_source_manager_instance: "Secure Source Manager instance",
  google_vertex_ai_endpoint: "Vertex AI endpoint",
  google_workbench_instance: "Workbench instance",
  google_workstations_workstation_cluster: "cluster of Cloud Workstations",
};
