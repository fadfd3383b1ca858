// aws_acm_certificate, aws_iam_server_certificate → certificate: names, key, transparency, renewal, region.

import { because, type Cause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, CertificateKey, Digest } from "../../facts/endpoint.ts";
import {
  type absent,
  causeOf,
  type Decided,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  type Stand,
  standAt,
  unknown,
  type Value,
} from "../../facts/fact.ts";
import { namesIn } from "../../facts/service.ts";
import { suggestKey } from "../../facts/suggest.ts";
import { readCertificate } from "../../facts/x509.ts";
import type { Block } from "../../plan/block.ts";
import { oncePer } from "../../plan/once.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { keyAlgorithms } from "./acm-values.ts";

export default defineAdapter({
  id: "aws/acm",
  resourceTypes: ["aws_acm_certificate", "aws_iam_server_certificate"],
  certificates: (resource) => [certificateOf(resource)],
});

/** ACM's API spells RSA_2048 as RSA-2048 in some of its answers. */
const readKey = (value: unknown) => lookUp(keyAlgorithms, typeof value === "string" ? value.replace("-", "_") : value);

/** Many endpoints can use the same. */
export const certificateOf = oncePer((resource: Resource): Certificate => {
  const isIam = resource.type === "aws_iam_server_certificate";
  const imported = isIam || isImported(resource);
  return {
    address: resource.address,
    names: imported ? importedNames(resource) : requestedNames(resource),
    key: imported ? importedKey(resource) : requestedKey(resource),
    digest: imported ? importedDigest(resource) : undefined,
    transparency:
      imported || isPrivate(resource) ? undefined : transparencyOf(resource.block("options", { computed: true })),
    renewal: imported ? importedRenewal(resource) : requestedRenewal(resource),
  };
});

const isWritten = (value: Value): boolean => value.state !== "absent";

/** Imported certificates bring their own body; requested ones never have one. */
export const isImported = (resource: Resource): boolean => isWritten(resource.value("certificate_body"));

export const isPrivate = (resource: Resource): boolean => isWritten(resource.value("certificate_authority_arn"));

function requestedNames(resource: Resource): Fact<string>[] {
  const main = resource.value("domain_name");
  const first = main.state === "absent" ? [] : [{ ...asText(main), ...standAt(resource, "domain_name") }];
  const others = "subject_alternative_names";
  // The provider puts the main name among the others too.
  const named = namesIn(resource, others).filter((one) => !isShown(one) || !isShown(main) || one.value !== main.value);
  // It plans the names that it knows and leaves out the others.
  const open = resource.unsettled(others);
  return [...first, ...named, ...(open === undefined ? [] : [{ ...unknown(open), ...standAt(resource, others) }])];
}

function asText(value: Exclude<Value, typeof absent>): Decided<string> {
  if (!isShown(value)) return value;
  return typeof value.value === "string" ? { ...value, value: value.value } : unknown(because`not a text`);
}

/**
 * ACM logs every public certificate that it issues, whatever is written: opting out is no longer available
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateOptions.html
 */
export function transparencyOf(options: Block): Fact<boolean> {
  const attribute = "certificate_transparency_logging_preference";
  const preference = options.value(attribute);
  const logged = fact(options, attribute, {
    read: (value) => (/^(en|dis)abled$/i.test(String(value)) ? true : undefined),
    absent: true,
  });
  const isOut = preference.state === "known" && /^disabled$/i.test(String(preference.value));
  return isOut
    ? { ...logged, note: text`ACM logs every public certificate, and ignores ${nameText(attribute)}` }
    : logged;
}

const requestedKey = (resource: Resource): Fact<CertificateKey> =>
  fact(resource, "key_algorithm", {
    read: readKey,
    suggests: suggestKey,
    // https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
    absent: { algorithm: "RSA", size: 2048 },
    isServiceDefault: true,
    remedy: "RSA_2048",
  });

function requestedRenewal(resource: Resource): Fact<"automatic" | "by email"> {
  if (isPrivate(resource)) return { ...known("automatic"), ...standAt(resource, "certificate_authority_arn") };
  return fact(resource, "validation_method", {
    read: (value) => (value === "DNS" || value === "HTTP" ? "automatic" : value === "EMAIL" ? "by email" : undefined),
    absent: { unknown: because`no validation_method is set` },
    remedy: "DNS",
  });
}

const importedRenewal = (resource: Resource): Fact<"by import"> => ({
  ...known("by import"),
  ...standAt(resource, "certificate_body"),
});

function importedNames(resource: Resource): Fact<string>[] {
  const stand = standAt(resource, "certificate_body");
  const body = bodyOf(resource);
  if (body.state === "unknown") return [{ ...body, ...stand }];
  const certificate = readCertificate(body.value);
  if (!certificate) return [{ ...unknown(because`the certificate's body is no PEM certificate`), ...stand }];
  return certificate.names.map((value) => ({ ...body, value, ...stand }));
}

function importedKey(resource: Resource): Fact<CertificateKey> {
  const stand = standAt(resource, "certificate_body");
  const body = bodyOf(resource);
  if (body.state === "unknown") return { ...body, ...stand };
  const key = readCertificate(body.value)?.key;
  return key
    ? { ...body, value: key, ...stand }
    : { ...unknown(because`the certificate's key could not be read`), ...stand };
}

/** Of one that cannot be read, the key says so. */
function importedDigest(resource: Resource): Fact<Digest> | undefined {
  const body = bodyOf(resource);
  const digest = body.state === "unknown" ? undefined : readCertificate(body.value)?.digest;
  return digest && body.state === "known"
    ? { ...body, value: digest, ...standAt(resource, "certificate_body") }
    : undefined;
}

function bodyOf(resource: Resource) {
  const body = resource.value("certificate_body");
  if (body.state === "absent") return unknown(because`the certificate's body is not in the plan`);
  return asText(body);
}

/** A certificate that is named by its ARN: what it is stands outside the plan, but for what a look-up has read. */
export function outsideCertificate(stand: Stand, cause: Cause, lookup?: Resource): Certificate {
  const open = { ...unknown(cause), ...stand };
  const body = lookup?.value("certificate");
  const read = body && isShown(body) ? readCertificate(String(body.value)) : undefined;
  if (!read || !body || !isShown(body)) {
    const domain = lookup?.value("domain");
    const known = domain && isShown(domain) ? [{ ...domain, value: String(domain.value), ...stand }] : [];
    return { address: undefined, names: [...known, open], key: open, transparency: open, renewal: open };
  }
  const names = read.names.map((value) => ({ ...body, value, ...stand }));
  const key = read.key ? { ...body, value: read.key, ...stand } : open;
  const digest = read.digest && { ...body, value: read.digest, ...stand };
  return { address: undefined, names, key, digest, transparency: open, renewal: open };
}

/** The region of a resource: its own `region` (provider 6), that in its ARN, or that of the provider that manages it. */
export function regionOf(resource: Resource, service = "acm"): Decided<string> {
  const own = resource.value("region");
  if (own.state !== "absent") return asText(own);
  const arn = resource.value("arn");
  if (isShown(arn)) return regionOfArn(arn, service);
  const region = resource.provider("region");
  if (region.state === "absent") {
    return unknown(because`the provider's region is not in the plan: it comes from the environment or a profile`);
  }
  // A plan shows what an expression refers to, not what it makes of it: a variable can be a part of the region.
  const isWhole = isShown(region) && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(String(region.value));
  return isWhole || region.state === "unknown"
    ? asText(region)
    : unknown(because`the provider's region is an expression`);
}

/** Where something of AWS is, as far as the plan shows it. */
export interface Placement {
  readonly region: Decided<string>;
  /** The provider configuration whose region it has; nothing where it has one of its own. */
  readonly providerKey: string | undefined;
}

export const placementOf = (resource: Resource, service = "acm"): Placement => ({
  region: regionOf(resource, service),
  providerKey: resource.value("region").state === "absent" ? resource.providerKey : undefined,
});

/** arn:aws:acm:us-east-1:123456789012:certificate/… */
export function regionOfArn(arn: Value, service = "acm"): Decided<string> {
  if (!isShown(arn)) return unknown(causeOf(arn));
  const [head, , owner, region] = String(arn.value).split(":");
  if (head === "arn" && owner === service && region) return { ...arn, value: region };
  return unknown(because`the value is no ARN of ${service === "acm" ? "an ACM certificate" : nameText(service)}`);
}
