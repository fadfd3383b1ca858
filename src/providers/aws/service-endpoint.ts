// The certificate of a service of AWS: by its ARN, in the region where the service takes it from.

import type { Endpoint } from "../../facts/endpoint.ts";
import { type Decided, isShown, known, standAt } from "../../facts/fact.ts";
import type { Block, Link, Targets } from "../../plan/block.ts";
import { certificateTargets, certificateUse } from "./certificate-use.ts";

type Certified = Pick<Endpoint, "certificate" | "certificates">;

/** Load balancers take server certificates of IAM too. */
export const withServerCertificates: Targets = { ...certificateTargets, aws_iam_server_certificate: ["arn"] };

/** The certificate of a name of its owner's, by its ARN; it has to be in the region that is required. */
export function certified(
  block: Block,
  attribute: string,
  required: string | Decided<string>,
  targets: Targets = certificateTargets,
): Certified {
  const stand = standAt(block, attribute);
  const link = certificateLink(block, attribute, targets);
  if (link.state === "absent") return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  const whose = link.state === "unknown" ? link : known("own" as const);
  return { certificate: { ...whose, ...stand }, certificates: [certificateUse({ block, attribute, link }, required)] };
}

/** An ARN, or a set of them, of which a service takes one. */
function certificateLink(block: Block, attribute: string, targets: Targets): Link {
  const link = block.link(attribute, targets);
  if (link.state !== "outside" || !isShown(link.value) || !Array.isArray(link.value.value)) return link;
  const { view } = block.resource.scope;
  const resources = block
    .elements(attribute)
    .flatMap((one) =>
      Object.entries(targets).flatMap(([type, names]) =>
        names.flatMap((name) => (isShown(one) ? view.identified(type, name, one.value) : [])),
      ),
    );
  return resources.length > 0 ? { state: "found", resources: [...new Set(resources)] } : link;
}
