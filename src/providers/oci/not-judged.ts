// Resource types of Oracle Cloud that may serve HTTPS and that no adapter reads.

import type { NotJudgedTypes } from "../../facts/not-judged.ts";
import { overTcp } from "../tcp-only.ts";

/** https://registry.terraform.io/providers/oracle/oci/latest/docs */
export const notJudged: NotJudgedTypes = {
  oci_analytics_analytics_instance: "Analytics instance",
  oci_analytics_analytics_instance_vanity_url: "vanity URL of an Analytics instance",
  oci_api_platform_api_platform_instance: "API Platform instance",
  oci_apigateway_deployment: "API deployment",
  oci_apigateway_gateway: "API gateway",
  oci_container_instances_container_instance: "container instance",
  oci_datascience_model_deployment: "model deployment",
  oci_datascience_notebook_session: "notebook session",
  oci_functions_function: "function",
  oci_fusion_apps_fusion_environment: "Fusion environment",
  oci_golden_gate_deployment: "GoldenGate deployment",
  oci_identity_domain: "identity domain",
  oci_integration_integration_instance: "Integration instance",
  oci_media_services_stream_cdn_config: "CDN of a stream",
  oci_media_services_stream_distribution_channel: "stream distribution channel",
  oci_network_load_balancer_listener: overTcp("network load balancer listener"),
  oci_objectstorage_bucket: "Object Storage bucket",
  oci_oce_oce_instance: "Content Management instance",
  oci_oda_oda_instance: "Digital Assistant instance",
  oci_opensearch_opensearch_cluster: "OpenSearch cluster",
  oci_visual_builder_vb_instance: "Visual Builder instance",
  oci_waas_http_redirect: "HTTP redirect",
  oci_waas_waas_policy: "WAF policy of the edge",
};
