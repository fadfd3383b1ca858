// A certificate as an endpoint of AWS uses it: followed from its ARN, with its region, and whether it is issued by then.

import { ambiguous, because, definedElsewhere, describeCause } from "../../cause.ts";
import type { Certificate, CertificateUse } from "../../facts/endpoint.ts";
import {
  agreed,
  type Decided,
  type Fact,
  failsSafe,
  isShown,
  known,
  type Stand,
  standAt,
  together,
  unknown,
  type Value,
} from "../../facts/fact.ts";
import { extendsReference, modulePrefix } from "../../plan/address.ts";
import type { Block } from "../../plan/block.ts";
import type { Found, Link } from "../../plan/link.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { usersOf } from "../users.ts";
import {
  certificateOf,
  isImported,
  isPrivate,
  outsideCertificate,
  type Placement,
  placementOf,
  regionOfArn,
} from "./acm.ts";

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
  readonly required: Placement;
}

/** Where an endpoint needs its certificate: a region, or wherever the endpoint is. */
export type RequiredRegion = string | Decided<string> | Placement;

const outside = definedElsewhere("the certificate");

export function certificateUse(
  { block, attribute, link }: OwnCertificate,
  requiredRegion: RequiredRegion,
): CertificateUse {
  const stand = standAt(block, attribute);
  const site = { block, stand, required: requiredPlacement(requiredRegion) };
  if (link.state === "found") return useOfAny(link.resources, site);
  const cause = link.state === "unknown" ? link.cause : outside;
  const open = { ...unknown(cause), ...stand };
  // A server certificate of IAM has no region.
  const isIam = attribute === "iam_certificate_id" || (link.state === "outside" && isIamArn(link.value));
  const region = isIam ? undefined : link.state === "outside" ? regionOfArn(link.value) : open;
  return { certificate: outsideCertificate(stand, cause), ...(region && placed(elsewhere(region), site)), ready: open };
}

const elsewhere = (region: Decided<string>): Placement => ({ region, providerKey: undefined });

function requiredPlacement(region: RequiredRegion): Placement {
  if (typeof region === "string") return elsewhere(known(region));
  return "state" in region ? elsewhere(region) : region;
}

const isIamArn = (value: Value): boolean => isShown(value) && /^arn:[^:]+:iam:/.test(String(value.value));

/** A service rejects a certificate of another region, so that what the plan does not show of it does no harm. */
function placed(actual: Placement, { stand, required }: Site): Pick<CertificateUse, "region" | "sameRegion"> {
  const both = together<[string, string]>(actual.region, required.region);
  if (both.state === "known") {
    const [actualRegion, requiredRegion] = both.value;
    return { region: { ...both, value: { actual: actualRegion, required: requiredRegion }, ...stand } };
  }
  const region = failsSafe<{ actual: string; required: string }>({ ...both, ...stand });
  const isSame = actual.providerKey !== undefined && actual.providerKey === required.providerKey;
  const note = text`one provider configuration makes both`;
  return isSame ? { region, sameRegion: { ...known(true as const), ...stand, note } } : { region };
}

/** Follows aws_acm_certificate_validation to the certificates that it waits for, each once though many can lead to it. */
function useOfAny(resources: readonly Resource[], site: Site): CertificateUse {
  const waitedFor = new Map<Resource, Resource>();
  const unheld: CertificateUse[] = [];
  const direct: Resource[] = [];
  for (const resource of resources) {
    if (resource.type !== "aws_acm_certificate_validation") {
      direct.push(resource);
      continue;
    }
    const link = resource.link("certificate_arn", { aws_acm_certificate: ["arn", "id"] });
    if (link.state !== "found") unheld.push(useOfValidation(site, resource, link));
    else for (const one of link.resources) if (!waitedFor.has(one)) waitedFor.set(one, resource);
  }
  const issued = [...waitedFor].map(([certificate, { address }]): CertificateUse => {
    const ready: Fact<boolean> = { ...known(true), ...site.stand, related: [address] };
    return { ...useOf(site, certificate), ready };
  });
  const uses = [...issued, ...unheld, ...direct.map((one) => useOf(site, one))];
  const certificates = [...waitedFor.keys(), ...direct];
  const [only, another] = uses;
  return only && !another ? only : oneOf(uses, certificates.length > 0 ? certificates : resources, site.stand);
}

/** A validation whose certificate the plan does not hold. */
function useOfValidation(site: Site, validation: Resource, link: Exclude<Link, Found>): CertificateUse {
  const ready: Fact<boolean> = { ...known(true), ...site.stand, related: [validation.address] };
  const cause = link.state === "unknown" ? link.cause : outside;
  const place = link.state === "outside" ? elsewhere(regionOfArn(link.value)) : placementOf(validation);
  return { certificate: outsideCertificate(site.stand, cause), ...placed(place, site), ready };
}

function useOf(site: Site, resource: Resource): CertificateUse {
  const stand = { ...site.stand, related: [resource.address] };
  const place =
    resource.type === "aws_iam_server_certificate" ? undefined : placed(placementOf(resource), { ...site, stand });
  if (resource.mode === "data") {
    const status = resource.value("status");
    // The data source finds issued certificates alone unless `statuses` says otherwise.
    const asked = resource.elements("statuses").every((one) => isShown(one) && one.value === "ISSUED");
    const issued = asked || (isShown(status) && status.value === "ISSUED");
    const ready = {
      ...(issued ? known(true) : unknown(because`${describeCause(outside)}, and its status was not read`)),
      ...stand,
    };
    return { certificate: outsideCertificate(site.stand, outside, resource), ...place, ready };
  }
  return { certificate: certificateOf(resource), ...place, ready: readiness(site, resource) };
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
  const sameRegion = uses.every((use) => use.sameRegion) ? uses[0]?.sameRegion : undefined;
  const region = failsSafe(all(uses.map((use) => use.region)));
  return { certificate, region, sameRegion, ready: all(uses.map((use) => use.ready)) };
}
