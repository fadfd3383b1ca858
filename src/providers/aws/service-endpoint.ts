// The certificate of a service of AWS: by its ARN, in the region where the service takes it from.

import type { Endpoint } from "../../facts/endpoint.ts";
import { type Decided, known, standAt, unknown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import { certificateTargets, certificateUse } from "./certificate-use.ts";

type Certified = Pick<Endpoint, "certificate" | "certificates">;

/** The certificate of a name of its owner's, by its ARN; it has to be in the region that is required. */
export function certified(block: Block, attribute: string, required: string | Decided<string>): Certified {
  const stand = standAt(block, attribute);
  const link = block.link(attribute, certificateTargets);
  if (link.state === "absent") return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  const whose = link.state === "unknown" ? unknown(link.cause) : known("own" as const);
  return { certificate: { ...whose, ...stand }, certificates: [certificateUse({ block, attribute, link }, required)] };
}
