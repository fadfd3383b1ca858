// Resource types of DigitalOcean that may serve HTTPS and that no adapter reads.

import type { NotJudgedTypes } from "../../facts/not-judged.ts";

/** https://registry.terraform.io/providers/digitalocean/digitalocean/latest/docs */
export const notJudged: NotJudgedTypes = {
  digitalocean_dedicated_inference: "inference endpoint",
  digitalocean_genai_agent: "AI agent",
  digitalocean_gradientai_agent: "AI agent",
  digitalocean_spaces_bucket: "Spaces bucket",
};
