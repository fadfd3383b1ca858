// The certificate of a service of AWS: by its ARN, in the region where the service takes it from.

import type { Endpoint } from "../../facts/endpoint.ts";
import { type Fact, failsSafe, isShown, known, standAt } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Link, Targets } from "../../plan/link.ts";
import type { Known } from "../../plan/value.ts";
import { certificateTargets, certificateUse, type RequiredRegion } from "./certificate-use.ts";

type Certified = Pick<Endpoint, "certificate" | "certificates">;

/** Load balancers take server certificates of IAM too. */
export const withServerCertificates: Targets = { ...certificateTargets, aws_iam_server_certificate: ["arn"] };

interface CertifiedOptions {
  readonly targets?: Targets;
  readonly isRequired?: boolean;
}

/**
 * The certificate of a name of its owner's, by its ARN; it has to be in the region that is required. `isRequired`: the
 * service rejects a listener or a custom domain without one, as most do:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (CertificateNotFound)
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains-prerequisites.html
 */
export const certified = (
  block: Block,
  attribute: string,
  required: RequiredRegion,
  { targets = certificateTargets, isRequired = true }: CertifiedOptions = {},
): Certified => certifiedBy(block.link(attribute, targets), { block, attribute, required, isRequired });

/** The same of a set of ARNs, of which the service takes one and requires it. */
export function certifiedByOnly(block: Block, attribute: string, required: RequiredRegion): Certified {
  const [only, another] = block.elements(attribute);
  const isOne = only && isShown(only) && typeof only.value === "string" && !another;
  const link = isOne ? certificateNamed(block, only) : block.link(attribute, certificateTargets);
  return certifiedBy(link, { block, attribute, required, isRequired: true });
}

function certificateNamed({ resource }: Block, arn: Known<unknown>): Link {
  const resources = Object.entries(certificateTargets).flatMap(([type, names]) =>
    names.flatMap((name) => resource.scope.view.identified(type, name, arn.value)),
  );
  return resources.length > 0
    ? { state: "found", resources: [...new Set(resources)] }
    : { state: "outside", value: arn };
}

interface Site {
  readonly block: Block;
  readonly attribute: string;
  readonly required: RequiredRegion;
  readonly isRequired: boolean;
}

function certifiedBy(link: Link, { block, attribute, required, isRequired }: Site): Certified {
  const stand = standAt(block, attribute);
  if (link.state === "absent") return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  const open: Fact<never> | undefined = link.state === "unknown" ? { ...link, ...stand } : undefined;
  const certificate = open ? (isRequired ? failsSafe<"own">(open) : open) : { ...known("own" as const), ...stand };
  return { certificate, certificates: [certificateUse({ block, attribute, link }, required)] };
}
