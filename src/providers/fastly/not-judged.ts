// Resource types of Fastly that may serve HTTPS and that no adapter reads.

import type { NotJudgedTypes } from "../../facts/not-judged.ts";

/** https://registry.terraform.io/providers/fastly/fastly/latest/docs */
export const notJudged: NotJudgedTypes = {
  // The name of fastly_service_vcl before version 1.
  fastly_service_v1: "Fastly service",
};
