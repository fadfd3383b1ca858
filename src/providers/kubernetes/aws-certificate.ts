// Certificates that an annotation names by their ARNs, between commas: those of this plan, and those from outside.

import { because, definedElsewhere } from "../../cause.ts";
import type { CertificateUse } from "../../facts/endpoint.ts";
import { isShown, unknown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import { certificateOf, outsideCertificate } from "../aws/acm.ts";
import { certificateTargets, certificateUse } from "../aws/certificate-use.ts";
import { listed, standIn } from "./object.ts";

const targets = { ...certificateTargets, aws_iam_server_certificate: ["arn"] };

/** Their region is left out: a plan does not tell in which one the cluster is. */
export function certificatesByArn(annotations: Block, name: string): CertificateUse[] {
  const stand = standIn(annotations, name);
  const link = annotations.link(name, targets);
  if (link.state === "absent") return [];
  if (link.state === "unknown") return [{ certificate: outsideCertificate(stand, link.cause) }];
  if (link.state === "found") {
    const use = certificateUse({ block: annotations, attribute: name, link }, unknown(because`not told`));
    const remedy = use.ready?.remedy && { ...use.ready.remedy, attribute: stand.place.at };
    return [{ certificate: use.certificate, ready: use.ready && { ...use.ready, ...stand, remedy } }];
  }
  const { view } = annotations.resource.scope;
  const arns = isShown(link.value) ? listed(String(link.value.value)) : [];
  return arns.map((arn) => {
    const own = view.identified("aws_acm_certificate", "arn", arn).find(({ mode }) => mode === "managed");
    const cause = definedElsewhere("the certificate");
    return { certificate: own ? certificateOf(own) : outsideCertificate(stand, cause) };
  });
}
