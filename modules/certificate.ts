// Certificates of ACM: requested and validated, imported, or existing; always where their use needs them.

import { AcmCertificate, type AcmCertificateConfig } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation/index.js";
import { DataAwsAcmCertificate } from "@cdktf/provider-aws/lib/data-aws-acm-certificate/index.js";
import type { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Fn, type TerraformProvider, type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import {
  type Domains,
  domainErrors,
  type Fqdn,
  refuseTokenList,
  tokenDomainErrors,
  withoutWildcard,
  type Zones,
  zoneErrors,
  zoneOf,
} from "./domain.ts";
import { guard } from "./guard.ts";
import { type CertificateFacts, factsOf, type Pem, type PrivateKey } from "./pem.ts";
import { acceptNewerProviders, hasWriteOnlyKey } from "./provider-line.ts";
import { choiceErrors } from "./token.ts";
import { foreignProvider, type Placement, UsEast1 } from "./us-east-1.ts";
import { type ValidationRecord, validationRecord } from "./validation-record.ts";
import { record, type Waiver } from "./waiver.ts";

/** CloudFront takes certificates from us-east-1 only; a load balancer takes them from its own region. */
export type CertificateUse = "cloudfront" | "regional";

/** A certificate that is issued by the time its ARN is known. */
export interface ICertificate<Use extends CertificateUse = CertificateUse> {
  /** Where it can be used. */
  readonly use: Use;
  /** Its ARN, known once it is issued. */
  readonly certificateArn: string;
  /** Names that it is known to be valid for; empty for one that exists outside of this stack. */
  readonly domains: readonly string[];
}

/** Keys that CloudFront and load balancers take (AWS, "Public certificate characteristics"). */
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

const keyAlgorithms = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"] as const;

/** ARN of a certificate that CloudFront takes. */
export type EdgeCertificateArn = `arn:${string}:acm:us-east-1:${string}:certificate/${string}`;
/** ARN of a certificate of ACM, in any region. */
export type CertificateArn = `arn:${string}:acm:${string}:${string}:certificate/${string}`;

/** How the validation records are written. */
export interface DnsOptions {
  /**
   * Seconds for which the validation records may be cached.
   *
   * @default 60: nobody but ACM reads them
   */
  readonly ttl?: number;
  /**
   * The provider that writes the records, for zones in another account.
   *
   * @default the stack's provider: most zones are in the same account
   */
  readonly provider?: TerraformProvider;
}

/** Of records that are written elsewhere. */
export interface ExternalOptions {
  /**
   * Whether the apply waits until ACM has seen the records.
   *
   * @default true: the ARN can be used at once
   */
  readonly wait?: boolean;
}

interface Method {
  readonly method: "DNS" | "EMAIL";
  readonly zones?: Zones;
  readonly options?: DnsOptions & ExternalOptions;
  readonly waivers?: readonly Waiver[];
  /** Which domain's mailboxes are asked, by domain of the certificate. */
  readonly mailDomains?: Readonly<Record<Fqdn, Fqdn>>;
}

/** How ACM is shown that the domains are yours. */
export class Validation {
  /** @internal */
  readonly method: Method;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(method: Method) {
    this.method = method;
  }

  /** By records in Route 53, each in the zone with the longest suffix of its name. ACM then renews without being asked. */
  static dns(zones: Zones, options: DnsOptions = {}): Validation {
    return new Validation({ method: "DNS", zones, options });
  }

  /** By records that you write elsewhere: they are the outputs `validationRecords`. */
  static external(options: ExternalOptions = {}): Validation {
    return new Validation({ method: "DNS", options });
  }

  /** @internal Only `Unsafe.emailValidation` leads here. */
  static byEmail(
    waivers: readonly Waiver<"certificate-auto-renewal">[],
    mailDomains: Readonly<Record<Fqdn, Fqdn>>,
  ): Validation {
    return new Validation({ method: "EMAIL", waivers, mailDomains });
  }
}

export interface CertificateProps<Use extends CertificateUse = "cloudfront"> {
  /** Names on the certificate, the first its subject; at most 10, ACM's default quota. */
  readonly domains: Domains;
  /** How ACM is shown that the domains are yours. */
  readonly validation: Validation;
  /**
   * Where it is used, which decides where it is made.
   *
   * @default "cloudfront": made in us-east-1, the only region that CloudFront takes certificates from
   */
  readonly use?: Use;
  /**
   * How it gets to us-east-1.
   *
   * @default UsEast1.of(this): found or made in the stack, so that there is nothing to pass around
   */
  readonly usEast1?: UsEast1;
  /**
   * Algorithm of its key.
   *
   * @default "RSA_2048": every client takes it
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * How long the apply waits for the issue.
   *
   * @default "20m": with the right records it takes minutes, and the provider's 75 hide a wrong delegation
   */
  readonly validationTimeout?: `${number}m`;
  /**
   * Tags of the certificate.
   *
   * @default none: the provider's default tags are there anyway
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A certificate of another authority. */
export interface ImportedCertificateProps<Use extends CertificateUse = "cloudfront"> {
  /** The certificate. */
  readonly body: Pem;
  /** Its private key. */
  readonly privateKey: PrivateKey;
  /** Who renews it, as ACM does not: the waiver ends before the certificate does. */
  readonly renewal: Waiver<"certificate-auto-renewal">;
  /**
   * What leads from the certificate to a root that clients know.
   *
   * @default none: right for a certificate that a root has signed itself
   */
  readonly chain?: Pem;
  /**
   * Counts the imports: a new number imports a new key, where the key is write-only.
   *
   * @default 1: the first import
   */
  readonly version?: number;
  /**
   * Whether the private key may stand in Terraform's state: encrypt it, and mind who reads it.
   *
   * @default false: the key is write-only, which needs bindings of aws 6.66 or newer and Terraform 1.11 (in cdktn, by
   * `targetVersions`); with others synth fails and says so
   */
  readonly keyInState?: boolean;
  /**
   * Days that a certificate of a text or a file must still be valid for; below, synth fails.
   *
   * @default 30: time for a new one
   */
  readonly minDaysLeft?: number;
  /**
   * Where it is used, which decides where it is imported.
   *
   * @default "cloudfront": imported into us-east-1, the only region that CloudFront takes certificates from
   */
  readonly use?: Use;
  /**
   * How it gets to us-east-1.
   *
   * @default UsEast1.of(this): found or made in the stack, so that there is nothing to pass around
   */
  readonly usEast1?: UsEast1;
  /**
   * Tags of the certificate.
   *
   * @default none: the provider's default tags are there anyway
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A certificate of an authority of your own. */
export interface PrivateCertificateProps {
  /** Names on the certificate, the first its subject. */
  readonly domains: Domains;
  /** ARN of the authority in AWS Private CA. */
  readonly authorityArn: string;
  /**
   * Algorithm of its key: of the same family as the authority's.
   *
   * @default "RSA_2048": every client takes it
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Tags of the certificate.
   *
   * @default none: the provider's default tags are there anyway
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What to look for. */
export interface CertificateQuery<Use extends CertificateUse = "cloudfront"> {
  /** A name on the certificate. */
  readonly domain: Fqdn;
  /**
   * Algorithms of its key.
   *
   * @default RSA_2048 alone: AWS's own default for this search
   */
  readonly keyTypes?: readonly KeyAlgorithm[];
  /**
   * Where it is used, which decides where it is looked for.
   *
   * @default "cloudfront": looked for in us-east-1
   */
  readonly use?: Use;
  /**
   * How the search gets to us-east-1.
   *
   * @default UsEast1.of(scope): found or made in the stack
   */
  readonly usEast1?: UsEast1;
}

/**
 * A certificate of ACM: requested, validated by DNS, and waited for until it is issued.
 *
 * @example
 * ```ts
 * import { Certificate, Validation } from "tlsgate/modules";
 *
 * const certificate = new Certificate(this, "certificate", {
 *   domains: ["example.com", "*.example.com", "www.example.org"],
 *   validation: Validation.dns({ "example.com": "Z0EXAMPLECOM", "example.org": "Z0EXAMPLEORG" }),
 * });
 * ```
 */
export class Certificate<Use extends CertificateUse = "cloudfront"> extends Construct implements ICertificate<Use> {
  /** Where it can be used. */
  readonly use: Use;
  /** Of the issued certificate: it is known only once the validation is done. */
  readonly certificateArn: string;
  /** Names that it is valid for. */
  readonly domains: readonly string[];
  /** What shows ACM that a domain is yours, by domain without its wildcard. */
  readonly validationRecords: Readonly<Record<string, ValidationRecord>>;
  /** When it expires, as ACM writes it. */
  readonly notAfter: string;

  constructor(scope: Construct, id: string, props: CertificateProps<Use>) {
    super(scope, id);
    refuseTokenList(this, props.domains);
    const { domains, keyAlgorithm = "RSA_2048", tags, validationTimeout = "20m" } = props;
    const { method, zones, options = {}, waivers = [], mailDomains = {} } = props.validation.method;
    this.use = (props.use ?? "cloudfront") as Use;
    this.domains = domains;
    const placement = placementFor(this, this.use, props.usEast1);
    const [domainName, ...others] = domains;
    const certificate = certificateOf(this, {
      ...placement,
      domainName,
      ...(others.length > 0 ? { subjectAlternativeNames: others } : {}),
      validationMethod: method,
      validationOption: Object.entries(mailDomains).map(([name, validationDomain]) => ({
        domainName: name,
        validationDomain,
      })),
      keyAlgorithm,
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      ...(tags ? { tags } : {}),
    });
    this.notAfter = certificate.notAfter;
    const names = [...new Set(domains.map(withoutWildcard))];
    this.validationRecords = Object.fromEntries(names.map((name) => [name, recordOf(certificate, name)]));
    const records = zones ? this.writeRecords(names, zones, options, placement) : [];
    if (options.wait === false) {
      this.certificateArn = certificate.arn;
    } else {
      const issued = new AcmCertificateValidation(this, "validation", {
        ...placement,
        certificateArn: certificate.arn,
        ...(records.length > 0 ? { validationRecordFqdns: records.map(({ fqdn }) => fqdn) } : {}),
        timeouts: { create: validationTimeout },
      });
      this.certificateArn = issued.certificateArn;
    }
    record(waivers, certificate, "validation_method", method);
    this.node.addValidation({ validate: () => errorsOf(this, props) });
  }

  private writeRecords(
    names: readonly string[],
    zones: Zones,
    { ttl = 60, provider }: DnsOptions,
    placement: Placement,
  ): Route53Record[] {
    const account = foreignProvider(this, placement)?.node.path ?? "";
    return names.flatMap((domain) => {
      const zoneId = zoneOf(domain, zones);
      const validation = this.validationRecords[domain];
      if (zoneId === undefined || !validation) return [];
      return validationRecord(this, { domain, zoneId, ttl, provider, account }, validation);
    });
  }

  /** A certificate of another authority. ACM renews no import: `renewal` says who does. */
  static import<Use extends CertificateUse = "cloudfront">(
    scope: Construct,
    id: string,
    props: ImportedCertificateProps<Use>,
  ): ICertificate<Use> {
    const { body, chain, privateKey, renewal, version = 1, minDaysLeft = 30, keyInState = false, tags } = props;
    const owner = new Construct(scope, id);
    const use = (props.use ?? "cloudfront") as Use;
    const key = privateKey.read(owner, "key");
    const isWriteOnly = !keyInState && hasWriteOnlyKey();
    const certificateBody = body.read(owner);
    const certificate = certificateOf(owner, {
      ...placementFor(owner, use, props.usEast1),
      certificateBody,
      ...(chain ? { certificateChain: chain.read(owner) } : {}),
      ...(isWriteOnly ? { privateKeyWo: key, privateKeyWoVersion: version } : { privateKey: key }),
      ...(tags ? { tags } : {}),
    });
    record([renewal], certificate, "certificate_body", certificateBody);
    const facts = body.text === undefined ? undefined : (factsOf(body.text) ?? "none");
    const errors = [
      ...(isWriteOnly || keyInState
        ? []
        : [
            "With these bindings of the AWS provider the private key lands in Terraform's state: use bindings of aws 6.66 or newer, or encrypt the state and say keyInState: true.",
          ]),
      ...(facts === undefined ? [] : importErrors(facts, use, minDaysLeft)),
    ];
    owner.node.addValidation({ validate: () => errors });
    return { use, certificateArn: certificate.arn, domains: typeof facts === "object" ? facts.names : [] };
  }

  /** A certificate of your own authority, for a load balancer that only your own clients use: others do not trust it. */
  static private(scope: Construct, id: string, props: PrivateCertificateProps): ICertificate<"regional"> {
    const { domains, authorityArn, keyAlgorithm = "RSA_2048", tags } = props;
    const owner = new Construct(scope, id);
    refuseTokenList(owner, domains);
    const [domainName, ...others] = domains;
    const certificate = certificateOf(owner, {
      certificateAuthorityArn: authorityArn,
      domainName,
      ...(others.length > 0 ? { subjectAlternativeNames: others } : {}),
      keyAlgorithm,
      ...(tags ? { tags } : {}),
    });
    owner.node.addValidation({
      validate: () => [
        ...domainErrors(domains),
        ...tokenDomainErrors(owner, domains),
        ...choiceErrors(owner, "keyAlgorithm", keyAlgorithm, keyAlgorithms),
      ],
    });
    return { use: "regional", certificateArn: certificate.arn, domains };
  }

  /** A certificate that exists, in us-east-1. */
  static fromArn(arn: EdgeCertificateArn): ICertificate<"cloudfront"> {
    return { use: "cloudfront", certificateArn: arn, domains: [] };
  }

  /** A certificate that exists, for a load balancer in its region. */
  static fromRegionalArn(arn: CertificateArn): ICertificate<"regional"> {
    return { use: "regional", certificateArn: arn, domains: [] };
  }

  /** A certificate by an ARN that only Terraform knows. What uses it checks the region when it is planned. */
  static fromToken<Use extends CertificateUse = "cloudfront">(arn: string, use?: Use): ICertificate<Use> {
    return { use: (use ?? "cloudfront") as Use, certificateArn: arn, domains: [] };
  }

  /** The newest issued certificate for a domain, looked up while planning. */
  static lookup<Use extends CertificateUse = "cloudfront">(
    scope: Construct,
    id: string,
    query: CertificateQuery<Use>,
  ): ICertificate<Use> {
    const use = (query.use ?? "cloudfront") as Use;
    const found = new DataAwsAcmCertificate(scope, id, {
      ...placementFor(scope, use, query.usEast1),
      domain: query.domain,
      statuses: ["ISSUED"],
      ...(query.keyTypes ? { keyTypes: [...query.keyTypes] } : {}),
      mostRecent: true,
    });
    return { use, certificateArn: found.arn, domains: [] };
  }
}

const placementFor = (scope: Construct, use: CertificateUse, usEast1?: UsEast1): Placement =>
  use === "cloudfront" ? (usEast1 ?? UsEast1.of(scope)).placement : {};

interface Condition {
  readonly condition: string;
  readonly errorMessage: string;
}

function certificateOf(owner: Construct, config: AcmCertificateConfig): AcmCertificate {
  // A certificate in use cannot be deleted: its successor must stand first.
  const certificate = new AcmCertificate(owner, "certificate", { ...config, lifecycle: { createBeforeDestroy: true } });
  owner.node.defaultChild = certificate;
  guard(
    certificate,
    "certificate_authority_arn",
    "domain_name",
    "key_algorithm",
    "options",
    "region",
    "subject_alternative_names",
    "validation_method",
  );
  acceptNewerProviders(certificate);
  return certificate;
}

/** Keys that CloudFront takes; a load balancer takes more (AWS, "Requirements for using SSL/TLS certificates with CloudFront"). */
const edgeKeys = ["rsa 2048", "rsa 3072", "rsa 4096", "ec prime256v1"];
const strongKeys = [...edgeKeys, "ec secp384r1", "ec secp521r1"];

function importErrors(facts: CertificateFacts | "none", use: CertificateUse, minDaysLeft: number): string[] {
  if (facts === "none") return ["body is no certificate in PEM: it begins with -----BEGIN CERTIFICATE-----."];
  const { daysLeft, key, names } = facts;
  const keys = use === "cloudfront" ? edgeKeys : strongKeys;
  return [
    ...(daysLeft < minDaysLeft
      ? [`The certificate is valid for ${Math.floor(daysLeft)} days, less than ${minDaysLeft}: get a new one.`]
      : []),
    ...(keys.includes(key) ? [] : [`The certificate has a key of ${key}: ask for one of ${keys.join(", ")}.`]),
    ...(names.length > 0
      ? []
      : ["The certificate has no subject alternative names: no browser takes it for any host."]),
  ];
}

/** A message for each name that the certificate is not valid for, where its names are known. */
export function coverErrors(domains: readonly string[], { domains: names }: ICertificate): string[] {
  const known = [...domains, ...names].every((one) => !Token.isUnresolved(one)) && names.length > 0;
  const covers = (domain: string) => names.some((name) => name === domain || isWildcardFor(name, domain));
  return known
    ? domains
        .filter((domain) => !covers(domain))
        .map((domain) => `The certificate does not cover ${domain} (its names: ${names.join(", ")}): add it there.`)
    : [];
}

/** A wildcard stands for exactly one label (RFC 6125). */
const isWildcardFor = (name: string, domain: string): boolean =>
  name.startsWith("*.") && !domain.startsWith("*.") && domain.replace(/^[^.]+/, "*") === name;

/**
 * What a resource that uses the certificate checks when it is planned, where only Terraform knows the ARN; and what is
 * wrong with one that is written out.
 */
export function arnCheck({ certificateArn, use }: ICertificate): { errors: string[]; precondition: Condition[] } {
  const inUsEast1 = use === "cloudfront";
  const pattern = inUsEast1 ? "^arn:[^:]+:acm:us-east-1:" : "^arn:[^:]+:acm:";
  const errorMessage = inUsEast1
    ? "CloudFront takes certificates of ACM from us-east-1 only: use one from there."
    : "A load balancer's certificate is one of ACM: use its ARN.";
  if (!Token.isUnresolved(certificateArn)) {
    const isRight = new RegExp(pattern).test(certificateArn);
    return { errors: isRight ? [] : [`${certificateArn}: ${errorMessage}`], precondition: [] };
  }
  const condition = Token.asString(Fn.can(Fn.regex(pattern, certificateArn)));
  return { errors: [], precondition: [{ condition, errorMessage }] };
}

/**
 * The record that validates a name. Its key is the name, which is known while planning; the set that ACM answers with is
 * not, and could not be a for_each.
 */
function recordOf(certificate: TerraformResource, name: string): ValidationRecord {
  const options = `aws_acm_certificate.${certificate.friendlyUniqueId}.domain_validation_options`;
  const part = (attribute: string) =>
    Token.asString(`\${[for o in ${options} : o.${attribute} if trimprefix(o.domain_name, "*.") == "${name}"][0]}`);
  return {
    name: part("resource_record_name"),
    type: part("resource_record_type"),
    value: part("resource_record_value"),
  };
}

function errorsOf(scope: Construct, props: CertificateProps<CertificateUse>): string[] {
  const { domains, validation, use, keyAlgorithm } = props;
  const { zones } = validation.method;
  return [
    ...domainErrors(domains),
    ...tokenDomainErrors(scope, domains),
    ...(zones ? zoneErrors(scope, domains, zones) : []),
    ...(domains.length > 10
      ? [`${domains.length} names are more than the 10 that ACM allows: ask for two certificates.`]
      : []),
    ...choiceErrors(scope, "keyAlgorithm", keyAlgorithm, keyAlgorithms),
    ...(use !== "regional" && keyAlgorithm === "EC_secp384r1"
      ? ["CloudFront takes no P-384 keys: choose EC_prime256v1 or RSA_2048."]
      : []),
  ];
}
