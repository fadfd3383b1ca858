// A website from a private bucket: certificate, distribution, records and bucket, in one construct.

import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { Construct } from "constructs";
import { Certificate, type ICertificate, Validation } from "./certificate.ts";
import { type BehaviorOptions, Distribution, type PathPattern, type ViewerTls } from "./distribution.ts";
import type { Domains, Fqdn, Zones } from "./domain.ts";
import { type EdgeSteps, edgeCode } from "./edge-code.ts";
import { Origin } from "./origin.ts";
import { SecurityHeaders } from "./security-headers.ts";
import type { UsEast1 } from "./us-east-1.ts";

export interface StaticWebsiteProps {
  readonly domains: Domains;
  /** Hosted zones that hold the domains: for validation, and for A, AAAA and HTTPS records. */
  readonly zones: Zones;
  /** The host that the others redirect to. Default: the first domain; a wildcard among the domains switches it off. */
  readonly canonical?: Fqdn;
  /** Whether every path without an extension gets the index document. Default false. */
  readonly spa?: boolean;
  /** Default index.html. */
  readonly index?: string;
  /** Whether /docs and /docs/ get /docs/index.html. Default true. */
  readonly directoryIndexes?: boolean;
  /**
   * The page for what is not there, with status 404. Default none: the bucket's own answer. CloudFront knows error pages
   * of a whole distribution only: it also replaces each 403 and 404 of `behaviors`.
   */
  readonly notFoundPage?: `/${string}`;
  /** Behaviors beside the website, e.g. an API under /api/*. */
  readonly behaviors?: Readonly<Record<PathPattern, BehaviorOptions & { readonly origin: Origin }>>;
  /** Default: a new one for the domains. */
  readonly certificate?: ICertificate<"cloudfront">;
  readonly usEast1?: UsEast1;
  /** Default TLSv1.2_2021. */
  readonly minimumTls?: ViewerTls;
  /** Default SecurityHeaders.strict(). */
  readonly headers?: SecurityHeaders;
  readonly tags?: Readonly<Record<string, string>>;
}

export class StaticWebsite extends Construct {
  readonly distribution: Distribution;
  readonly certificate: ICertificate<"cloudfront">;
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: StaticWebsiteProps) {
    super(scope, id);
    const { domains, zones, index = "index.html", notFoundPage, tags } = props;
    const bucket = this.bucket(tags);
    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.certificate =
      props.certificate ??
      new Certificate(this, "certificate", {
        domains,
        validation: Validation.dns(zones),
        ...(props.usEast1 ? { usEast1: props.usEast1 } : {}),
        ...(tags ? { tags } : {}),
      });
    this.distribution = new Distribution(this, "cdn", {
      domains,
      zones,
      certificate: this.certificate,
      origin: Origin.s3(bucket),
      rootObject: index,
      viewerRequest: { code: edgeCode(stepsOf(props, index)) },
      ...(props.behaviors ? { behaviors: untouched(props.behaviors) } : {}),
      ...(props.minimumTls ? { minimumTls: props.minimumTls } : {}),
      ...(props.headers ? { headers: props.headers } : {}),
      // A private bucket answers 403 for what is not there, as it may not tell.
      ...(notFoundPage ? { errors: [403, 404].map((status) => ({ status, page: notFoundPage, as: 404 })) } : {}),
      ...(tags ? { tags } : {}),
    });
    this.url = this.distribution.url;
    this.allowDistribution(bucket);
    const { canonical } = props;
    if (canonical !== undefined && !domains.includes(canonical)) {
      const message = `canonical ${canonical} is not among the domains: add it, or it would redirect to a host that nothing serves.`;
      this.node.addValidation({ validate: () => [message] });
    }
  }

  private bucket(tags: StaticWebsiteProps["tags"]): S3Bucket {
    const bucket = new S3Bucket(this, "bucket", { ...(tags ? { tags } : {}) });
    const target = { bucket: bucket.id };
    new S3BucketPublicAccessBlock(this, "private", {
      ...target,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", { ...target, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketVersioningA(this, "versions", { ...target, versioningConfiguration: { status: "Enabled" } });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      ...target,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: true }],
    });
    return bucket;
  }

  /** This distribution alone may read, and everybody only over TLS 1.2 or newer. */
  private allowDistribution(bucket: S3Bucket): void {
    const everything = [bucket.arn, `${bucket.arn}/*`];
    const refuse = (Sid: string, Condition: object) => ({
      Sid,
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: everything,
      Condition,
    });
    const policy = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Distribution",
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: `${bucket.arn}/*`,
          Condition: { StringEquals: { "AWS:SourceArn": this.distribution.distributionArn } },
        },
        refuse("PlainHttp", { Bool: { "aws:SecureTransport": "false" } }),
        refuse("OldTls", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
      ],
    };
    new S3BucketPolicy(this, "policy", { bucket: bucket.id, policy: JSON.stringify(policy) });
  }
}

/** Paths of an API are no directories: the website's function stays away from them. */
const untouched = (behaviors: NonNullable<StaticWebsiteProps["behaviors"]>): typeof behaviors =>
  Object.fromEntries(Object.entries(behaviors).map(([path, options]) => [path, { viewerRequest: "none", ...options }]));

function stepsOf(
  { domains, canonical, headers, spa, directoryIndexes = true }: StaticWebsiteProps,
  index: string,
): EdgeSteps {
  const several = domains.length > 1 && !domains.some((one) => one.startsWith("*."));
  const host = canonical ?? (several ? domains[0] : undefined);
  const hsts = (headers ?? SecurityHeaders.strict()).hsts();
  return {
    ...(hsts === undefined ? {} : { hsts }),
    ...(host === undefined ? {} : { canonicalHost: host }),
    ...(spa ? { singlePage: index } : directoryIndexes ? { directoryIndex: index } : {}),
  };
}
