// Resource types of application platforms and hosted services that may serve HTTPS.

import type { NotJudgedTypes } from "../../facts/not-judged.ts";

/** Each provider by its documentation in https://registry.terraform.io/browse/providers */
export const notJudged: NotJudgedTypes = {
  // Aiven
  aiven_clickhouse: "ClickHouse service",
  aiven_flink: "Flink service",
  aiven_grafana: "Grafana service",
  aiven_kafka_connect: "Kafka Connect service",
  aiven_opensearch: "OpenSearch service",
  aiven_thanos: "Thanos service",

  // Auth0, Okta
  auth0_custom_domain: "custom domain of Auth0",
  okta_domain: "custom domain of Okta",

  // Elastic Cloud
  ec_deployment: "Elastic deployment",
  ec_elasticsearch_project: "Elasticsearch project",
  ec_observability_project: "Elastic observability project",
  ec_security_project: "Elastic security project",

  // Fly.io
  fly_app: "Fly app",
  fly_cert: "certificate of a Fly app",
  fly_machine: "Fly machine",

  // GitHub
  github_repository_pages: "GitHub Pages site",

  // Grafana Cloud
  grafana_cloud_stack: "Grafana Cloud stack",

  // Heroku
  heroku_app: "Heroku app",
  heroku_domain: "domain of a Heroku app",
  heroku_ssl: "certificate of a Heroku app",

  // Koyeb
  koyeb_domain: "Koyeb domain",
  koyeb_service: "Koyeb service",

  // Netlify
  netlify_site: "Netlify site",
  netlify_site_domain_settings: "domain settings of a Netlify site",

  // Qovery
  qovery_application: "Qovery application",
  qovery_container: "Qovery container",
  qovery_helm: "Helm release",

  // Railway
  railway_custom_domain: "custom domain of a Railway service",
  railway_service_domain: "domain of a Railway service",
  railway_tcp_proxy: "TCP proxy of a Railway service",

  // Render
  render_static_site: "Render static site",
  render_web_service: "Render web service",

  // Supabase
  supabase_edge_function: "Supabase edge function",
  supabase_project: "Supabase project",

  // Vercel
  vercel_alias: "Vercel alias",
  vercel_deployment: "Vercel deployment",
  vercel_microfrontend_group: "Vercel microfrontend group",
  vercel_project: "Vercel project",
  vercel_project_domain: "domain of a Vercel project",
};
