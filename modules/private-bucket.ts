// A bucket that nobody reads but those who are let in, over TLS 1.2 or newer.

import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { type ITerraformDependable, Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { guard } from "./guard.ts";
import { acceptNewerProviders } from "./provider-line.ts";
import { isToken } from "./token.ts";

export interface PrivateBucketProps {
  /**
   * Name of the bucket, unique in all of AWS.
   *
   * @default made up by Terraform: two stacks never ask for the same one
   */
  readonly name?: string;
  /**
   * Whether overwritten and deleted objects are kept as older versions.
   *
   * @default true: a bad deployment can be taken back
   */
  readonly versioning?: boolean;
  /**
   * Days after which objects are deleted.
   *
   * @default never: only you know what may go
   */
  readonly expireDays?: number;
  /**
   * ARN of a key of KMS that encrypts the objects. Its policy has to let `cloudfront.amazonaws.com` decrypt for the
   * distribution (AWS, "SSE-KMS" with an origin access control), and `delivery.logs.amazonaws.com` generate data keys for
   * logs.
   *
   * @default S3's own key: it costs nothing, and nobody can lose it
   */
  readonly kmsKeyArn?: string;
  /**
   * Account, of 12 digits, whose distributions in other stacks may read the bucket or log into it.
   *
   * @default none: only distributions of the bucket's stack, each by its ARN; for one of another stack, bucket and
   * distribution would wait for each other
   */
  readonly account?: string;
  /**
   * Tags of the bucket.
   *
   * @default none: the provider's default tags are there anyway
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A statement of a bucket's policy, without its Sid. */
export interface BucketStatement {
  readonly Effect: "Allow";
  readonly Principal: { readonly Service: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * A private bucket: no public access, no ACLs, encrypted, and a policy that refuses plain HTTP and TLS below 1.2. As the
 * origin of a `Distribution` it lets that distribution read.
 *
 * @example
 * ```ts
 * import { Certificate, Distribution, Origin, PrivateBucket } from "tlsgate/modules";
 *
 * const files = new PrivateBucket(this, "files");
 * new Distribution(this, "cdn", {
 *   domains: ["files.example.com"],
 *   certificate: Certificate.fromArn("arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e"),
 *   origin: Origin.s3(files),
 * });
 * ```
 */
export class PrivateBucket extends Construct {
  /** For policies of who may put objects there. */
  readonly arn: string;
  /** Name of the bucket. */
  readonly bucketName: string;
  /** Where CloudFront reads it. */
  readonly bucketRegionalDomainName: string;
  /** The bucket's policy: what writes to the bucket on another's behalf has to wait for it. */
  readonly policy: S3BucketPolicy;
  readonly #account: string | undefined;
  readonly #statements: (BucketStatement & { readonly Sid: string })[] = [];
  readonly #errors: string[] = [];

  constructor(scope: Construct, id: string, props: PrivateBucketProps = {}) {
    super(scope, id);
    const { name, versioning = true, expireDays, kmsKeyArn, account, tags } = props;
    this.#account = account;
    const bucket = new S3Bucket(this, "bucket", { ...(name ? { bucket: name } : {}), ...(tags ? { tags } : {}) });
    this.node.defaultChild = bucket;
    this.arn = bucket.arn;
    this.bucketName = bucket.id;
    this.bucketRegionalDomainName = bucket.bucketRegionalDomainName;
    const target = { bucket: bucket.id };
    const access = new S3BucketPublicAccessBlock(this, "private", {
      ...target,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const rule = { objectOwnership: "BucketOwnerEnforced" };
    const ownership = new S3BucketOwnershipControls(this, "ownership", { ...target, rule });
    if (versioning) {
      new S3BucketVersioningA(this, "versions", { ...target, versioningConfiguration: { status: "Enabled" } });
    }
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      ...target,
      rule: [
        {
          applyServerSideEncryptionByDefault: kmsKeyArn
            ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn }
            : { sseAlgorithm: "AES256" },
          bucketKeyEnabled: true,
        },
      ],
    });
    if (expireDays !== undefined) {
      const abortIncompleteMultipartUpload = [{ daysAfterInitiation: 7 }];
      const expiration = [{ days: expireDays }];
      new S3BucketLifecycleConfiguration(this, "expiry", {
        ...target,
        rule: [
          { id: "expire", status: "Enabled", filter: [{ prefix: "" }], expiration, abortIncompleteMultipartUpload },
        ],
      });
    }
    this.policy = new S3BucketPolicy(this, "policy", {
      ...target,
      policy: Lazy.stringValue({ produce: () => JSON.stringify(this.policyDocument()) }),
      // S3 refuses one of two changes to the access of a bucket that come at the same time.
      dependsOn: [access],
    });
    guard(
      access,
      "bucket",
      "block_public_acls",
      "block_public_policy",
      "ignore_public_acls",
      "restrict_public_buckets",
    );
    guard(ownership, "bucket", "rule");
    guard(encryption, "bucket", "rule");
    guard(this.policy, "bucket", "policy");
    guard(bucket, "acl", "policy", "website");
    acceptNewerProviders(bucket);
    if (account !== undefined && !isToken(account) && !/^\d{12}$/.test(account)) {
      this.#errors.push(`account "${account}": write the 12 digits of an account of AWS.`);
    }
    this.node.addValidation({ validate: () => this.#errors });
  }

  /** Adds a permission. The same one twice is one. */
  allow(sid: string, statement: BucketStatement): void {
    if (this.#statements.every(({ Sid }) => Sid !== sid)) this.#statements.push({ Sid: sid, ...statement });
  }

  /** Lets a distribution read the objects. `Origin.s3` calls it, with the distribution as `reader`. */
  allowDistribution(distributionArn: string, reader: Construct = this): void {
    const condition = this.isOfStack(reader)
      ? { StringEquals: { "AWS:SourceArn": distributionArn } }
      : { ArnLike: { "AWS:SourceArn": `arn:*:cloudfront::${this.accountOf(reader)}:distribution/*` } };
    this.add("Distribution", {
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Resource: `${this.arn}/*`,
      Condition: condition,
    });
  }

  /**
   * Lets CloudWatch's log delivery write, for the delivery source of a distribution (AWS, "Logs sent to Amazon S3"). `Logs.s3`
   * calls it; what it returns has to be there before the delivery is.
   */
  allowLogs(sourceArn: string, writer: Construct): ITerraformDependable[] {
    const isNear = this.isOfStack(writer);
    const account = isNear ? "" : this.accountOf(writer);
    this.add("Logs", {
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${this.arn}/*`,
      // The ARN of the source names the account: nobody else's logs get in.
      Condition: {
        StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" },
        ArnLike: { "aws:SourceArn": isNear ? sourceArn : `arn:*:logs:us-east-1:${account}:delivery-source:*` },
      },
    });
    return isNear ? [this.policy] : [];
  }

  /** Numbers the statements of a kind, each of them once. */
  private add(kind: string, statement: BucketStatement): void {
    const others = this.#statements.filter(({ Sid }) => Sid.startsWith(kind));
    const isThere = others.some(({ Sid: _, ...other }) => JSON.stringify(other) === JSON.stringify(statement));
    if (!isThere) this.allow(`${kind}${others.length + 1}`, statement);
  }

  private isOfStack(other: Construct): boolean {
    return TerraformStack.of(other) === TerraformStack.of(this);
  }

  /** The policy of the bucket would need an ARN of the other stack, which needs the bucket. */
  private accountOf(other: Construct): string {
    if (this.#account === undefined) {
      this.#errors.push(
        `${other.node.path} in another stack uses the bucket: each stack would need the other first. Put both in one stack, or create the bucket with account: "123456789012", the account of the distribution.`,
      );
    }
    return this.#account ?? "";
  }

  /** Whom it lets in, and everybody only over TLS 1.2 or newer (AWS, "Amazon S3 condition keys": s3:TlsVersion). */
  private policyDocument(): object {
    const refuse = (Sid: string, Condition: object) => ({
      Sid,
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [this.arn, `${this.arn}/*`],
      Condition,
    });
    return {
      Version: "2012-10-17",
      Statement: [
        ...this.#statements,
        refuse("PlainHttp", { Bool: { "aws:SecureTransport": "false" } }),
        refuse("OldTls", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
      ],
    };
  }
}
