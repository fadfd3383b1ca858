// Resource types of Cloudflare that may serve HTTPS and that no adapter reads.

import type { NotJudgedTypes } from "../../facts/not-judged.ts";

/** https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs */
export const notJudged: NotJudgedTypes = {
  cloudflare_pages_project: "Pages project",
  cloudflare_r2_managed_domain: "r2.dev domain of a bucket",
  cloudflare_web3_hostname: "Web3 hostname",
  cloudflare_worker: "Worker",
  cloudflare_worker_script: "Worker",
  cloudflare_workers_script: "Worker",
  cloudflare_workers_script_subdomain: "workers.dev subdomain of a Worker",
  cloudflare_zero_trust_access_ai_controls_mcp_portal: "MCP portal",
};
