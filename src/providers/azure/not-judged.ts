// Resource types of Azure that may serve HTTPS and that no adapter reads.

import type { NotJudgedType, NotJudgedTypes } from "../../facts/not-judged.ts";
import { overTcp } from "../tcp-only.ts";
import { kindOfArmResource } from "./arm-types.ts";
import { mayServeHttps } from "./template-text.ts";

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs and https://registry.terraform.io/providers/Azure/azapi/latest/docs */
export const notJudged: NotJudgedTypes = {
  // They hold further resources, or are of any type.
  azapi_data_plane_resource: "Azure resource of a data plane",
  azapi_resource_action: { what: "action on an Azure resource", kindOf: kindOfArmResource },
  azurerm_arc_kubernetes_cluster_extension: "extension of a Kubernetes cluster",
  azurerm_arc_kubernetes_flux_configuration: "Flux configuration",
  azurerm_blueprint_assignment: "blueprint assignment",
  azurerm_kubernetes_cluster_extension: "extension of a Kubernetes cluster",
  azurerm_kubernetes_flux_configuration: "Flux configuration",
  azurerm_managed_application: "managed application",
  azurerm_management_group_template_deployment: templateIn("template_content"),
  azurerm_resource_group_template_deployment: templateIn("template_content"),
  azurerm_subscription_template_deployment: templateIn("template_content"),
  azurerm_template_deployment: templateIn("template_body"),
  azurerm_tenant_template_deployment: templateIn("template_content"),

  // They answer themselves.
  azurerm_ai_services: "Azure AI services account",
  azurerm_api_management_standalone_gateway: "API Management gateway",
  azurerm_app_configuration: "App Configuration store",
  azurerm_application_load_balancer_frontend: "frontend of Application Gateway for Containers",
  azurerm_cognitive_account: "Azure AI services account",
  azurerm_container_app_environment_custom_domain: "custom domain of a Container Apps environment",
  azurerm_container_group: "container group",
  azurerm_cosmosdb_account: "Cosmos DB account",
  azurerm_dashboard_grafana: "Grafana workspace",
  azurerm_databricks_workspace: "Databricks workspace",
  azurerm_digital_twins_instance: "digital twins instance",
  azurerm_elastic_cloud_elasticsearch: "Elastic deployment",
  azurerm_eventgrid_domain: "Event Grid domain",
  azurerm_eventgrid_namespace: "Event Grid namespace",
  azurerm_eventgrid_topic: "Event Grid topic",
  azurerm_eventhub_namespace: "Event Hubs namespace",
  azurerm_healthbot: "health bot",
  azurerm_healthcare_dicom_service: "DICOM service",
  azurerm_healthcare_fhir_service: "FHIR service",
  azurerm_healthcare_service: "healthcare API",
  azurerm_iotcentral_application: "IoT Central application",
  azurerm_iothub: "IoT hub",
  azurerm_kusto_cluster: "Data Explorer cluster",
  azurerm_lb_rule: overTcp("load balancer rule"),
  azurerm_logic_app_trigger_http_request: "HTTP trigger of a logic app",
  azurerm_machine_learning_inference_cluster: "inference cluster of Machine Learning",
  azurerm_media_streaming_endpoint: "streaming endpoint",
  azurerm_nginx_deployment: "NGINX deployment",
  azurerm_redhat_openshift_cluster: "OpenShift cluster with an ingress",
  azurerm_relay_namespace: "Relay namespace",
  azurerm_search_service: "search service",
  azurerm_service_fabric_managed_cluster: "Service Fabric cluster with a load balancer",
  azurerm_servicebus_namespace: "Service Bus namespace",
  azurerm_signalr_service: "SignalR service",
  azurerm_spring_cloud_api_portal: "Spring Apps API portal",
  azurerm_spring_cloud_api_portal_custom_domain: "custom domain of a Spring Apps API portal",
  azurerm_spring_cloud_gateway: "Spring Cloud gateway",
  azurerm_spring_cloud_gateway_custom_domain: "custom domain of a Spring Cloud gateway",
  azurerm_synapse_workspace: "Synapse workspace",
  azurerm_web_pubsub: "Web PubSub service",
  azurerm_web_pubsub_socketio: "Web PubSub service for Socket.IO",
};

/** A deployment whose template is not shown, or holds what may serve HTTPS. */
function templateIn(attribute: string): NotJudgedType {
  const what = "ARM template deployment";
  return { what, kindOf: (deployment) => (mayServeHttps(deployment.value(attribute)) ? what : undefined) };
}
