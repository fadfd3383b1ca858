// The certificate of a service of AWS: by its ARN, in the region where the service takes it from.

import type { Endpoint } from "../../facts/endpoint.ts";
import { type Fact, failsSafe, isShown, known, standAt } from "../../facts/fact.ts";
import type { Block, Link, Targets } from "../../plan/block.ts";
import { certificateTargets, certificateUse, type RequiredRegion } from "./certificate-use.ts";

type Certified = Pick<Endpoint, "certificate" | "certificates">;

/** Load balancers take server certificates of IAM too. */
export const withServerCertificates: Targets = { ...certificateTargets, aws_iam_server_certificate: ["arn"] };

/**
 * The certificate of a name of its owner's, by its ARN; it has to be in the region that is required. `isRequired`: the
 * service rejects a listener or a custom domain without one, as most do:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (CertificateNotFound)
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains-prerequisites.html
 */
export function certified(
  block: Block,
  attribute: string,
  required: RequiredRegion,
  { targets = certificateTargets, isRequired = true }: { targets?: Targets; isRequired?: boolean } = {},
): Certified {
  const stand = standAt(block, attribute);
  const link = certificateLink(block, attribute, targets);
  if (link.state === "absent") return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  const open: Fact<never> | undefined = link.state === "unknown" ? { ...link, ...stand } : undefined;
  const certificate = open ? (isRequired ? failsSafe<"own">(open) : open) : { ...known("own" as const), ...stand };
  return { certificate, certificates: [certificateUse({ block, attribute, link }, required)] };
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
