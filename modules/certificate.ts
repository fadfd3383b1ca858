// Certificates of ACM: requested and validated, imported, or existing; always where their use needs them.

import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation/index.js";
import { DataAwsAcmCertificate } from "@cdktf/provider-aws/lib/data-aws-acm-certificate/index.js";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { type Domains, domainErrors, type Fqdn, withoutWildcard, type Zones, zoneErrors, zoneOf } from "./domain.ts";
import { UsEast1 } from "./us-east-1.ts";
import type { Waiver } from "./waiver.ts";

/** CloudFront takes certificates from us-east-1 only; a load balancer takes them from its own region. */
export type CertificateUse = "cloudfront" | "regional";

/** A certificate that is issued by the time its ARN is known. */
export interface ICertificate<Use extends CertificateUse = CertificateUse> {
  readonly use: Use;
  readonly certificateArn: string;
  /** Names that it is known to be valid for; empty for one that exists outside of this stack. */
  readonly domains: readonly string[];
}

/** Keys that CloudFront and load balancers take (AWS, "Public certificate characteristics"). */
export type KeyAlgorithm = "RSA_2048" | "EC_prime256v1" | "EC_secp384r1";

export type EdgeCertificateArn = `arn:${string}:acm:us-east-1:${string}:certificate/${string}`;
export type CertificateArn = `arn:${string}:acm:${string}:${string}:certificate/${string}`;

interface DnsOptions {
  /** Of the validation records, in seconds. Default 60: nobody but ACM reads them. */
  readonly ttl?: number;
  /** For zones in another account. Default: the stack's provider. */
  readonly provider?: AwsProvider;
}

interface ExternalOptions {
  /** Whether the apply waits until ACM has seen the records. Default true, so that the ARN can be used at once. */
  readonly wait?: boolean;
}

/** How ACM is shown that the domains are yours. */
export class Validation {
  readonly method: "DNS" | "EMAIL";
  readonly zones: Zones | undefined;
  readonly options: DnsOptions & ExternalOptions;
  readonly waiver: Waiver | undefined;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(method: "DNS" | "EMAIL", options: DnsOptions & ExternalOptions, zones?: Zones, waiver?: Waiver) {
    this.method = method;
    this.options = options;
    this.zones = zones;
    this.waiver = waiver;
  }

  /** By records in Route 53, each in the zone with the longest suffix of its name. ACM then renews without being asked. */
  static dns(zones: Zones, options: DnsOptions = {}): Validation {
    return new Validation("DNS", options, zones);
  }

  /** By records that you write elsewhere: they are the outputs `validationRecords`. */
  static external(options: ExternalOptions = {}): Validation {
    return new Validation("DNS", options);
  }

  /** @internal Only `Unsafe.emailValidation` leads here. */
  static byEmail(waiver: Waiver<"certificate-auto-renewal">): Validation {
    return new Validation("EMAIL", { wait: false }, undefined, waiver);
  }
}

export interface CertificateProps<Use extends CertificateUse = "cloudfront"> {
  /** Names on the certificate, the first its subject; at most 10, ACM's default quota. */
  readonly domains: Domains;
  readonly validation: Validation;
  /** Default "cloudfront". */
  readonly use?: Use;
  /** Default: the stack's provider for us-east-1, made when there is none. */
  readonly usEast1?: UsEast1;
  /** Default RSA_2048, which every client takes. */
  readonly keyAlgorithm?: KeyAlgorithm;
  /** How long the apply waits for the issue. Default "20m": with right records it takes minutes. */
  readonly validationTimeout?: `${number}m`;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ValidationRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** Requests a certificate, validates it, and waits until it is issued. */
export class Certificate<Use extends CertificateUse = "cloudfront"> extends Construct implements ICertificate<Use> {
  readonly use: Use;
  /** Of the issued certificate: it is known only once the validation is done. */
  readonly certificateArn: string;
  readonly domains: readonly string[];
  /** What shows ACM that a domain is yours, by domain without its wildcard. */
  readonly validationRecords: Readonly<Record<string, ValidationRecord>>;
  /** When it expires, as ACM writes it. */
  readonly notAfter: string;

  constructor(scope: Construct, id: string, props: CertificateProps<Use>) {
    super(scope, id);
    const { domains, validation, keyAlgorithm = "RSA_2048", tags, validationTimeout = "20m" } = props;
    this.use = (props.use ?? "cloudfront") as Use;
    this.domains = domains;
    const provider = providerFor(this, this.use, props.usEast1);
    const [domainName, ...others] = domains;
    const certificate = new AcmCertificate(this, "certificate", {
      ...provider,
      domainName,
      ...(others.length > 0 ? { subjectAlternativeNames: others } : {}),
      validationMethod: validation.method,
      keyAlgorithm,
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      ...(tags ? { tags } : {}),
      // A certificate in use cannot be deleted: its successor must stand first.
      lifecycle: { createBeforeDestroy: true },
    });
    this.notAfter = certificate.notAfter;
    const names = [...new Set(domains.map(withoutWildcard))];
    this.validationRecords = Object.fromEntries(names.map((name) => [name, recordOf(certificate, name)]));
    const records = validation.zones ? this.writeRecords(names, validation.zones, validation.options) : [];
    if (validation.options.wait === false) {
      this.certificateArn = certificate.arn;
    } else {
      const issued = new AcmCertificateValidation(this, "validation", {
        ...provider,
        certificateArn: certificate.arn,
        ...(records.length > 0 ? { validationRecordFqdns: records.map((record) => record.fqdn) } : {}),
        timeouts: { create: validationTimeout },
      });
      this.certificateArn = issued.certificateArn;
    }
    validation.waiver?.record(this, `aws_acm_certificate.${certificate.friendlyUniqueId}`);
    this.node.addValidation({ validate: () => errorsOf(props) });
  }

  private writeRecords(names: readonly string[], zones: Zones, { ttl = 60, provider }: DnsOptions): Route53Record[] {
    return names.flatMap((name) => {
      const zoneId = zoneOf(name, zones);
      const record = this.validationRecords[name];
      if (zoneId === undefined || !record) return [];
      return new Route53Record(this, `record-${name}`, {
        ...(provider ? { provider } : {}),
        zoneId,
        name: record.name,
        type: record.type,
        records: [record.value],
        ttl,
        // Two certificates for one name share their record.
        allowOverwrite: true,
      });
    });
  }

  /** A certificate that exists, in us-east-1. */
  static fromArn(arn: EdgeCertificateArn): ICertificate<"cloudfront"> {
    return { use: "cloudfront", certificateArn: arn, domains: [] };
  }

  /** A certificate that exists, for a load balancer in its region. */
  static fromRegionalArn(arn: CertificateArn): ICertificate<"regional"> {
    return { use: "regional", certificateArn: arn, domains: [] };
  }

  /** The newest issued certificate for a domain, looked up while planning. */
  static lookup<Use extends CertificateUse = "cloudfront">(
    scope: Construct,
    id: string,
    query: { readonly domain: Fqdn; readonly use?: Use; readonly usEast1?: UsEast1 },
  ): ICertificate<Use> {
    const use = (query.use ?? "cloudfront") as Use;
    const found = new DataAwsAcmCertificate(scope, id, {
      ...providerFor(scope, use, query.usEast1),
      domain: query.domain,
      statuses: ["ISSUED"],
      mostRecent: true,
    });
    return { use, certificateArn: found.arn, domains: [query.domain] };
  }
}

const providerFor = (scope: Construct, use: CertificateUse, usEast1?: UsEast1): { readonly provider?: AwsProvider } =>
  use === "cloudfront" ? { provider: (usEast1 ?? UsEast1.of(scope)).provider } : {};

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

function errorsOf({ domains, validation, use, keyAlgorithm }: CertificateProps<CertificateUse>): string[] {
  return [
    ...domainErrors(domains),
    ...(validation.zones ? zoneErrors(domains, validation.zones) : []),
    ...(domains.length > 10
      ? [`${domains.length} names are more than the 10 that ACM allows: ask for two certificates.`]
      : []),
    ...(use !== "regional" && keyAlgorithm === "EC_secp384r1"
      ? ["CloudFront takes no P-384 keys: choose EC_prime256v1 or RSA_2048."]
      : []),
  ];
}
