// What Azure's resource types are that may serve HTTPS. azapi and template deployments name them so.
// https://learn.microsoft.com/azure/templates/

import { isShown } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";

/** In small letters, as Azure does not tell them apart; each with a noun phrase of what it is. */
export const armTypes: { readonly [type: string]: string } = {
  "microsoft.apimanagement/gateways": "API Management gateway",
  "microsoft.apimanagement/service": "API Management service",
  "microsoft.apimanagement/service/apis": "API of API Management",
  "microsoft.apimanagement/service/gateways/hostnameconfigurations": "host name of an API Management gateway",
  "microsoft.app/containerapps": "container app",
  "microsoft.app/managedenvironments/httprouteconfigs": "route of a Container Apps environment",
  "microsoft.appconfiguration/configurationstores": "App Configuration store",
  "microsoft.appplatform/spring/apiportals": "Spring Apps API portal",
  "microsoft.appplatform/spring/apiportals/domains": "custom domain of a Spring Apps API portal",
  "microsoft.appplatform/spring/apps": "Spring Apps app",
  "microsoft.appplatform/spring/apps/domains": "custom domain of a Spring Apps app",
  "microsoft.appplatform/spring/gateways": "Spring Cloud gateway",
  "microsoft.appplatform/spring/gateways/domains": "custom domain of a Spring Cloud gateway",
  "microsoft.blueprint/blueprintassignments": "blueprint assignment",
  "microsoft.cdn/profiles": "CDN or Front Door profile",
  "microsoft.cdn/profiles/afdendpoints": "Front Door endpoint",
  "microsoft.cdn/profiles/afdendpoints/routes": "Front Door route",
  "microsoft.cdn/profiles/customdomains": "custom domain of Front Door",
  "microsoft.cdn/profiles/endpoints": "CDN endpoint",
  "microsoft.cdn/profiles/endpoints/customdomains": "custom domain of a CDN endpoint",
  "microsoft.cognitiveservices/accounts": "Azure AI services account",
  "microsoft.containerinstance/containergroups": "container group",
  "microsoft.dashboard/grafana": "Grafana workspace",
  "microsoft.databricks/workspaces": "Databricks workspace",
  "microsoft.devices/iothubs": "IoT hub",
  "microsoft.digitaltwins/digitaltwinsinstances": "digital twins instance",
  "microsoft.documentdb/databaseaccounts": "Cosmos DB account",
  "microsoft.elastic/monitors": "Elastic deployment",
  "microsoft.eventgrid/domains": "Event Grid domain",
  "microsoft.eventgrid/namespaces": "Event Grid namespace",
  "microsoft.eventgrid/topics": "Event Grid topic",
  "microsoft.eventhub/namespaces": "Event Hubs namespace",
  "microsoft.healthcareapis/services": "healthcare API",
  "microsoft.healthcareapis/workspaces/dicomservices": "DICOM service",
  "microsoft.healthcareapis/workspaces/fhirservices": "FHIR service",
  "microsoft.iotcentral/iotapps": "IoT Central application",
  "microsoft.kubernetesconfiguration/extensions": "extension of a Kubernetes cluster",
  "microsoft.kubernetesconfiguration/fluxconfigurations": "Flux configuration",
  "microsoft.kusto/clusters": "Data Explorer cluster",
  "microsoft.logic/workflows": "logic app",
  "microsoft.machinelearningservices/workspaces": "Machine Learning workspace",
  "microsoft.machinelearningservices/workspaces/onlineendpoints": "online endpoint of Machine Learning",
  "microsoft.machinelearningservices/workspaces/serverlessendpoints": "serverless endpoint of Machine Learning",
  "microsoft.media/mediaservices/streamingendpoints": "streaming endpoint",
  "microsoft.network/applicationgateways": "application gateway",
  "microsoft.network/frontdoors": "Front Door (classic)",
  "microsoft.network/loadbalancers": "load balancer",
  "microsoft.relay/namespaces": "Relay namespace",
  "microsoft.resources/deployments": "ARM template deployment",
  "microsoft.resources/deploymentstacks": "deployment stack",
  "microsoft.search/searchservices": "search service",
  "microsoft.servicebus/namespaces": "Service Bus namespace",
  "microsoft.servicenetworking/trafficcontrollers": "Application Gateway for Containers",
  "microsoft.servicenetworking/trafficcontrollers/frontends": "frontend of Application Gateway for Containers",
  "microsoft.signalrservice/signalr": "SignalR service",
  "microsoft.signalrservice/signalr/customdomains": "custom domain of SignalR",
  "microsoft.signalrservice/webpubsub": "Web PubSub service",
  "microsoft.signalrservice/webpubsub/customdomains": "custom domain of Web PubSub",
  "microsoft.solutions/applications": "managed application",
  "microsoft.storage/storageaccounts": "storage account",
  "microsoft.synapse/workspaces": "Synapse workspace",
  "microsoft.web/hostingenvironments": "App Service environment",
  "microsoft.web/sites": "App Service app",
  "microsoft.web/sites/config": "configuration of an App Service app",
  "microsoft.web/sites/hostnamebindings": "host name of an App Service app",
  "microsoft.web/sites/slots": "slot of an App Service app",
  "microsoft.web/sites/slots/config": "configuration of an App Service slot",
  "microsoft.web/sites/slots/hostnamebindings": "host name of an App Service slot",
  "microsoft.web/staticsites": "static web app",
  "microsoft.web/staticsites/customdomains": "custom domain of a static web app",
  "nginx.nginxplus/nginxdeployments": "NGINX deployment",
  "nginx.nginxplus/nginxdeployments/configurations": "configuration of an NGINX deployment",
};

/** "microsoft.cdn/profiles" of the type Microsoft.Cdn/profiles@2024-02-01; undefined where it is not known yet. */
export function armTypeOf(resource: Resource): string | undefined {
  const type = resource.value("type");
  return isShown(type) ? String(type.value).replace(/@.*$/s, "").toLowerCase() : undefined;
}

/** What a resource of azapi is; one whose type is not known yet may be any. */
export function kindOfArmResource(resource: Resource): string | undefined {
  const type = armTypeOf(resource);
  if (type === undefined) return "Azure resource";
  return Object.hasOwn(armTypes, type) ? armTypes[type] : undefined;
}
