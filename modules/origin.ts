// Where a distribution gets its answers from: always over HTTPS.

import type { CloudfrontDistributionOrigin } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin/index.js";
import type { Construct } from "constructs";
import { hashedName } from "./hashed-name.ts";
import type { Waiver } from "./waiver.ts";

/** What is needed of a bucket: an S3Bucket of cdktf's AWS provider has it. */
export interface BucketOrigin {
  readonly bucketRegionalDomainName: string;
  readonly arn: string;
}

export interface OriginOptions {
  /** Put before each path. Default none. */
  readonly path?: `/${string}`;
  /** Headers that CloudFront adds to each request, by name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Region of an origin shield, a cache in front of the origin. Default none. */
  readonly shieldRegion?: string;
  /** Attempts to connect, 1 to 3. Default 3. */
  readonly attempts?: 1 | 2 | 3;
  /** Seconds for one attempt, 1 to 10. Default 10. */
  readonly connectTimeout?: number;
}

export interface HttpsOriginOptions extends OriginOptions {
  /** Default 443. */
  readonly port?: number;
  /** Seconds to wait for an answer, 1 to 60. Default 30. */
  readonly readTimeout?: number;
  /** Seconds that an idle connection is kept, 1 to 60. Default 5. */
  readonly keepalive?: number;
}

type Kind =
  | { readonly kind: "s3"; readonly bucket: BucketOrigin }
  | { readonly kind: "custom"; readonly domain: string; readonly protocol: "https-only" | "http-only" }
  | { readonly kind: "lambda"; readonly domain: string }
  | { readonly kind: "vpc"; readonly domain: string; readonly resourceArn: string }
  | { readonly kind: "failover"; readonly members: readonly [Origin, Origin]; readonly statusCodes: readonly number[] };

/** An origin, or a pair of them; the same one can serve several behaviors. */
export class Origin {
  /** @internal */
  readonly kind: Kind;
  /** @internal */
  readonly options: HttpsOriginOptions;
  readonly waiver: Waiver | undefined;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(kind: Kind, options: HttpsOriginOptions = {}, waiver?: Waiver) {
    this.kind = kind;
    this.options = options;
    this.waiver = waiver;
  }

  /** A private bucket: CloudFront signs each request by an origin access control, and nobody else needs to get in. */
  static s3(bucket: BucketOrigin, options?: OriginOptions): Origin {
    return new Origin({ kind: "s3", bucket }, options);
  }

  /** Any server with a certificate for its name, over TLS 1.2. */
  static https(domain: string, options?: HttpsOriginOptions): Origin {
    return new Origin({ kind: "custom", domain, protocol: "https-only" }, options);
  }

  /** The URL of a Lambda function with AWS_IAM authorization: CloudFront signs each request. */
  static lambdaUrl(url: string, options?: HttpsOriginOptions): Origin {
    return new Origin({ kind: "lambda", domain: url.replace(/^https:\/\/|\/$/g, "") }, options);
  }

  /** A load balancer or an instance in a private subnet, over HTTPS. */
  static vpc(resourceArn: string, domain: string, options?: HttpsOriginOptions): Origin {
    return new Origin({ kind: "vpc", domain, resourceArn }, options);
  }

  /** The second origin answers when the first one fails. */
  static failover(primary: Origin, secondary: Origin, statusCodes: readonly number[] = [500, 502, 503, 504]): Origin {
    return new Origin({ kind: "failover", members: [primary, secondary], statusCodes });
  }

  /** @internal Only `Unsafe.plainHttpOrigin` leads here. */
  static plainHttp(domain: string, waiver: Waiver<"origin-https-only">, options?: HttpsOriginOptions): Origin {
    return new Origin({ kind: "custom", domain, protocol: "http-only" }, options, waiver);
  }
}

/** One origin of the distribution; its helpers are made in `owner`. A pair is none: its members are. */
export function originConfig(owner: Construct, origin: Origin, originId: string): CloudfrontDistributionOrigin {
  const { kind, options } = origin;
  const {
    path,
    headers,
    shieldRegion,
    attempts,
    connectTimeout,
    port = 443,
    readTimeout = 30,
    keepalive = 5,
  } = options;
  const common = {
    originId,
    ...(path ? { originPath: path } : {}),
    ...(headers ? { customHeader: Object.entries(headers).map(([name, value]) => ({ name, value })) } : {}),
    ...(shieldRegion ? { originShield: { enabled: true, originShieldRegion: shieldRegion } } : {}),
    ...(attempts === undefined ? {} : { connectionAttempts: attempts }),
    ...(connectTimeout === undefined ? {} : { connectionTimeout: connectTimeout }),
  };
  const https = (protocol: "https-only" | "http-only") => ({
    httpPort: 80,
    httpsPort: port,
    originProtocolPolicy: protocol,
    originSslProtocols: ["TLSv1.2"],
    originReadTimeout: readTimeout,
    originKeepaliveTimeout: keepalive,
  });
  switch (kind.kind) {
    case "s3":
      return {
        ...common,
        domainName: kind.bucket.bucketRegionalDomainName,
        originAccessControlId: accessControl(owner, "s3"),
      };
    case "lambda":
      return {
        ...common,
        domainName: kind.domain,
        originAccessControlId: accessControl(owner, "lambda"),
        customOriginConfig: https("https-only"),
      };
    case "custom":
      return { ...common, domainName: kind.domain, customOriginConfig: https(kind.protocol) };
    case "vpc":
      return {
        ...common,
        domainName: kind.domain,
        vpcOriginConfig: {
          vpcOriginId: vpcOrigin(owner, originId, kind.resourceArn, port).id,
          originReadTimeout: readTimeout,
          originKeepaliveTimeout: keepalive,
        },
      };
    case "failover":
      throw new Error("A pair of origins is made of its members.");
  }
}

function accessControl(owner: Construct, type: "s3" | "lambda"): string {
  const id = `access-control-${type}`;
  const existing = owner.node.tryFindChild(id) as CloudfrontOriginAccessControl | undefined;
  const control =
    existing ??
    new CloudfrontOriginAccessControl(owner, id, {
      name: hashedName(owner, type),
      originAccessControlOriginType: type,
      signingBehavior: "always",
      signingProtocol: "sigv4",
      lifecycle: { createBeforeDestroy: true },
    });
  return control.id;
}

const vpcOrigin = (owner: Construct, originId: string, arn: string, port: number): CloudfrontVpcOrigin =>
  new CloudfrontVpcOrigin(owner, `vpc-${originId}`, {
    vpcOriginEndpointConfig: [
      {
        arn,
        name: hashedName(owner, [arn, originId]),
        httpPort: 80,
        httpsPort: port,
        originProtocolPolicy: "https-only",
        originSslProtocols: [{ items: ["TLSv1.2"], quantity: 1 }],
      },
    ],
  });
