// Resource types of AWS that may serve HTTPS and that no adapter reads.

import type { NotJudgedTypes } from "../../facts/not-judged.ts";

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs */
export const notJudged: NotJudgedTypes = {
  // They hold further resources.
  aws_cloudformation_stack_instances: "instances of a CloudFormation stack set",
  aws_cloudformation_stack_set_instance: "instance of a CloudFormation stack set",
  aws_serverlessapplicationrepository_cloudformation_stack: "CloudFormation stack of a serverless application",
  aws_servicecatalog_provisioned_product: "Service Catalog product",

  // They answer themselves.
  aws_appmesh_virtual_gateway: "App Mesh virtual gateway",
  aws_appmesh_virtual_node: "App Mesh virtual node",
  aws_apprunner_service: "App Runner service",
  aws_apprunner_vpc_ingress_connection: "App Runner private endpoint",
  aws_appsync_api: "AppSync event API",
  aws_bedrockagentcore_agent_runtime: "AgentCore runtime",
  aws_bedrockagentcore_gateway: "AgentCore gateway",
  aws_cloudsearch_domain: "CloudSearch domain",
  aws_connect_instance: "Connect instance",
  aws_datazone_domain: "DataZone domain",
  aws_ecs_express_gateway_service: "ECS Express Mode service",
  aws_emr_studio: "EMR Studio",
  aws_globalaccelerator_custom_routing_listener: "Global Accelerator listener with custom routing",
  aws_grafana_workspace: "Grafana workspace",
  aws_ivs_channel: "IVS channel",
  aws_kendra_experience: "Kendra experience",
  aws_lightsail_bucket: "Lightsail bucket",
  aws_lightsail_container_service: "Lightsail container service",
  aws_media_package_channel: "MediaPackage channel",
  aws_media_packagev2_channel_group: "MediaPackage channel group",
  aws_media_store_container: "MediaStore container",
  aws_mq_broker: "message broker with a web console",
  aws_mwaa_environment: "Airflow environment",
  aws_neptune_cluster: "Neptune cluster",
  aws_neptunegraph_graph: "Neptune graph",
  aws_opensearch_application: "OpenSearch application",
  aws_opensearchserverless_collection: "OpenSearch Serverless collection",
  aws_osis_pipeline: "OpenSearch ingestion pipeline",
  aws_prometheus_workspace: "Prometheus workspace",
  aws_s3control_bucket: "S3 bucket on Outposts",
  aws_s3control_object_lambda_access_point: "S3 Object Lambda access point",
  aws_sagemaker_domain: "SageMaker domain",
  aws_sagemaker_mlflow_tracking_server: "MLflow tracking server",
  aws_sagemaker_notebook_instance: "SageMaker notebook instance",
  aws_timestreaminfluxdb_db_cluster: "InfluxDB cluster",
  aws_timestreaminfluxdb_db_instance: "InfluxDB instance",
  aws_transfer_web_app: "Transfer Family web app",
  aws_verifiedaccess_endpoint: "Verified Access endpoint",
  aws_workspacesweb_portal: "WorkSpaces web portal",
};
