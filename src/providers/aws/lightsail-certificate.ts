// aws_lightsail_certificate, aws_lightsail_lb_certificate → certificate: the names that Lightsail issues it for.
// https://docs.aws.amazon.com/lightsail/latest/userguide/understanding-tls-ssl-certificates-in-lightsail-https.html

import { definedElsewhere } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, Endpoint } from "../../facts/endpoint.ts";
import { type Fact, isShown, known, standAt, unknown } from "../../facts/fact.ts";
import { nameOf, namesIn } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Link } from "../../plan/link.ts";
import type { Resource } from "../../plan/view.ts";

/** Its key, and how it is renewed and logged, is Lightsail's own affair. */
export default defineAdapter({
  id: "aws/lightsail-certificate",
  resourceTypes: ["aws_lightsail_certificate", "aws_lightsail_lb_certificate"],
  certificates: (resource) => [certificateOf(resource)],
});

export const certificateOf = (resource: Resource): Certificate => ({
  address: resource.address,
  names: namesOf(resource),
});

/** The provider puts the main name among the others too. */
function namesOf(resource: Resource): Fact<string>[] {
  const main = nameOf(resource, "domain_name");
  const others = namesIn(resource, "subject_alternative_names");
  return [main, ...others.filter((one) => !isShown(one) || !isShown(main) || one.value !== main.value)];
}

/** The certificate that an attribute names. */
export function named(
  block: Block,
  attribute: string,
  link: Exclude<Link, { state: "absent" }>,
): Pick<Endpoint, "certificate" | "certificates"> {
  const stand = standAt(block, attribute);
  if (link.state === "found" && link.resources.length === 1) {
    const certificates = link.resources.map((one) => ({ certificate: certificateOf(one) }));
    return { certificate: { ...known("own"), ...stand }, certificates };
  }
  const open = { ...(link.state === "unknown" ? link : unknown(definedElsewhere("the certificate"))), ...stand };
  const certificate = link.state === "unknown" ? open : { ...known("own" as const), ...stand };
  return { certificate, certificates: [{ certificate: { address: undefined, names: [open] } }] };
}
