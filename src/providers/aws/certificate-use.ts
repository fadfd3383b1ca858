// A certificate as an endpoint of AWS uses it: followed from its ARN, with its region, and whether it is issued by then.

import { ambiguous, because, definedElsewhere, describeCause } from "../../cause.ts";
import type { Certificate, CertificateUse } from "../../facts/endpoint.ts";
import {
  agreed,
  type Decided,
  type Fact,
  isShown,
  known,
  type Stand,
  standAt,
  together,
  unknown,
  type Value,
} from "../../facts/fact.ts";
import { extendsReference, modulePrefix } from "../../plan/address.ts";
import type { Block, Link } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { usersOf } from "../users.ts";
import { certificateOf, isImported, isPrivate, outsideCertificate, regionOf, regionOfArn } from "./acm.ts";

/** Resources that an ACM certificate's ARN can lead to. */
export const certificateTargets = {
  aws_acm_certificate: ["arn", "id"],
  aws_acm_certificate_validation: ["certificate_arn", "id"],
};

/** Where an endpoint names its own certificate, and what the name leads to. */
export interface OwnCertificate {
  readonly block: Block;
  readonly attribute: string;
  readonly link: Exclude<Link, { state: "absent" }>;
}

/** What follows a certificate: from which block, at which place, needed in which region. */
interface Site {
  readonly block: Block;
  readonly stand: Stand;
  readonly requiredRegion: Decided<string>;
}

const outside = definedElsewhere("the certificate");

export function certificateUse(
  { block, attribute, link }: OwnCertificate,
  requiredRegion: string | Decided<string>,
): CertificateUse {
  const stand = standAt(block, attribute);
  const required = typeof requiredRegion === "string" ? known(requiredRegion) : requiredRegion;
  const site = { block, stand, requiredRegion: required };
  if (link.state === "found") return useOfAny(link.resources, site);
  const cause = link.state === "unknown" ? link.cause : outside;
  const open = { ...unknown(cause), ...stand };
  // A server certificate of IAM has no region.
  const isIam = attribute === "iam_certificate_id" || (link.state === "outside" && isIamArn(link.value));
  const region = isIam ? undefined : link.state === "outside" ? regionOfArn(link.value) : open;
  return { certificate: outsideCertificate(stand, cause), region: region && placed(region, site), ready: open };
}

const isIamArn = (value: Value): boolean => isShown(value) && /^arn:[^:]+:iam:/.test(String(value.value));

function placed(region: Decided<string>, { stand, requiredRegion }: Site): NonNullable<CertificateUse["region"]> {
  const both = together<[string, string]>(region, requiredRegion);
  if (both.state === "unknown") return { ...both, ...stand };
  const [actual, required] = both.value;
  return { ...both, value: { actual, required }, ...stand };
}

function useOfAny(resources: readonly Resource[], site: Site): CertificateUse {
  const uses = resources.map((resource) => useOf(site, resource));
  return uses.length === 1 && uses[0] ? uses[0] : oneOf(uses, resources, site.stand);
}

/** Follows aws_acm_certificate_validation to the certificate that it waits for. */
function useOf(site: Site, resource: Resource): CertificateUse {
  const stand = { ...site.stand, related: [resource.address] };
  if (resource.type === "aws_acm_certificate_validation") {
    const target = resource.link("certificate_arn", { aws_acm_certificate: ["arn", "id"] });
    const ready: Fact<boolean> = { ...known(true), ...stand };
    if (target.state === "found") return { ...useOfAny(target.resources, site), ready };
    const cause = target.state === "unknown" ? target.cause : outside;
    const region = target.state === "outside" ? regionOfArn(target.value) : regionOf(resource);
    return { certificate: outsideCertificate(site.stand, cause), region: placed(region, site), ready };
  }
  const region =
    resource.type === "aws_iam_server_certificate" ? undefined : placed(regionOf(resource), { ...site, stand });
  if (resource.mode === "data") {
    const status = resource.value("status");
    // The data source finds issued certificates alone unless `statuses` says otherwise.
    const asked = resource.elements("statuses").every((one) => isShown(one) && one.value === "ISSUED");
    const issued = asked || (isShown(status) && status.value === "ISSUED");
    const ready = {
      ...(issued ? known(true) : unknown(because`${describeCause(outside)}, and its status was not read`)),
      ...stand,
    };
    return { certificate: outsideCertificate(site.stand, outside, resource), region, ready };
  }
  return { certificate: certificateOf(resource), region, ready: readiness(site, resource) };
}

function readiness({ block, stand }: Site, certificate: Resource): Fact<boolean> {
  const related = [certificate.address];
  const status = certificate.value("status");
  const issued = isShown(status) && status.value === "ISSUED";
  if (
    issued ||
    certificate.type === "aws_iam_server_certificate" ||
    isImported(certificate) ||
    isPrivate(certificate)
  ) {
    return { ...known(true), ...stand, related };
  }
  const waiting = usersOf(certificate, validations);
  const waits = waiting.some((one) =>
    block.resource.dependsOn.some((address) => extendsReference(one.address, address)),
  );
  if (waits) return { ...known(true), ...stand, related };
  const [validation] = waiting;
  if (!validation) {
    return { ...known(false), ...stand, related, note: text`no aws_acm_certificate_validation waits for its issue` };
  }
  const note = text`it does not wait for ${nameText(validation.address)}`;
  // Written as a reference only within one module: from another it has to come through an output.
  const module = modulePrefix(validation.scope.path);
  const isNear = module === modulePrefix(block.resource.scope.path);
  const value = { reference: `${validation.address.slice(module.length)}.certificate_arn` };
  const remedy = isNear ? { address: stand.place.address, attribute: stand.place.at, value } : undefined;
  return { ...known(false), ...stand, related, note, remedy };
}

/** What waits for the issue of a certificate. */
const validations = {
  types: ["aws_acm_certificate_validation"],
  attribute: "certificate_arn",
  targets: { aws_acm_certificate: ["arn", "id"] },
};

/** Each of a plan's hundreds would name all others. */
const namedAtMost = 5;

/** The plan leaves open which of several certificates it is: what all of them say is known. */
function oneOf(uses: readonly CertificateUse[], resources: readonly Resource[], stand: Stand): CertificateUse {
  const related = resources.map((resource) => resource.address);
  const which = ambiguous(resources, namedAtMost);
  const all = <T>(facts: readonly (Fact<T> | undefined)[]): Fact<T> => ({
    ...agreed(
      facts.map((one) => one ?? unknown(which)),
      which,
    ),
    ...stand,
    related,
  });
  const shared = (uses[0]?.certificate.names ?? []).filter(
    (name) =>
      isShown(name) &&
      uses.every((use) => use.certificate.names.some((one) => isShown(one) && one.value === name.value)),
  );
  const certificate: Certificate = {
    address: related[0],
    names: [...shared, { ...unknown(which), ...stand }],
    key: all(uses.map((use) => use.certificate.key)),
    renewal: all(uses.map((use) => use.certificate.renewal)),
  };
  return { certificate, region: all(uses.map((use) => use.region)), ready: all(uses.map((use) => use.ready)) };
}
