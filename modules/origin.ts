// Where a distribution gets its answers from: always over HTTPS.

import type { CloudfrontDistributionOrigin } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Fn, Op, Token } from "cdktf";
import type { Construct } from "constructs";
import { guard } from "./guard.ts";
import { hashedName, shortHash } from "./hashed-name.ts";
import { nameOf } from "./stable-name.ts";
import { expressionOf, isToken } from "./token.ts";
import type { Waiver } from "./waiver.ts";

/** What is needed of a bucket: a `PrivateBucket` lets the distribution in by itself, an S3Bucket by a policy of yours. */
export interface BucketOrigin {
  /** Host of the bucket in its region. */
  readonly bucketRegionalDomainName: string;
  /** ARN of the bucket. */
  readonly arn: string;
  /** Called with the ARN of each distribution that reads the bucket, and with the construct that it belongs to. */
  allowDistribution?(distributionArn: string, reader: Construct): void;
}

/**
 * What is needed of a function's URL, with AWS_IAM authorization: a LambdaFunctionUrl or a DataAwsLambdaFunctionUrl of
 * cdktf's AWS provider has it.
 */
export interface FunctionUrlOrigin {
  /** https://abc123.lambda-url.eu-west-1.on.aws/ */
  readonly functionUrl: string;
  /** Name or ARN of the function. */
  readonly functionName: string;
  /**
   * AWS_IAM: anything else is refused, at synthesis or, where only Terraform knows it, when it is planned.
   *
   * @default unknown: nothing checks it
   */
  readonly authorizationType?: string;
  /**
   * The same as it is written.
   *
   * @default authorizationType: data sources have no other
   */
  readonly authorizationTypeInput?: string | undefined;
}

/** How CloudFront gets to any origin. */
export interface OriginOptions {
  /**
   * What the origin is called within its distribution.
   *
   * @default its kind, its host or the path of its construct, and `path`: no other origin and no order of behaviors changes it
   */
  readonly id?: string;
  /**
   * Put before each path.
   *
   * @default none: the origin sees the viewer's path
   */
  readonly path?: `/${string}`;
  /**
   * Headers that CloudFront adds to each request, by name.
   *
   * @default none: there is nothing to guess
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Region of an origin shield, one more cache in front of the origin.
   *
   * @default none: it is billed by request
   */
  readonly shieldRegion?: string;
  /**
   * Attempts to connect.
   *
   * @default 3: CloudFront's own
   */
  readonly attempts?: 1 | 2 | 3;
  /**
   * Seconds for one attempt, 1 to 10.
   *
   * @default 10: CloudFront's own
   */
  readonly connectTimeout?: number;
}

/** How CloudFront gets to a server. */
export interface HttpsOriginOptions extends OriginOptions {
  /**
   * Port of the server.
   *
   * @default 443: the port of HTTPS
   */
  readonly port?: number;
  /**
   * Seconds to wait for an answer, 1 to 180; more than 60 needs a higher quota of the account.
   *
   * @default 30: CloudFront's own
   */
  readonly readTimeout?: number;
  /**
   * Seconds that an idle connection is kept, 1 to 180; more than 60 needs a higher quota of the account.
   *
   * @default 5: CloudFront's own
   */
  readonly keepalive?: number;
}

type Kind =
  | { readonly kind: "s3"; readonly bucket: BucketOrigin }
  | { readonly kind: "custom"; readonly domain: string; readonly protocol: "https-only" | "http-only" }
  | { readonly kind: "lambda"; readonly url: FunctionUrlOrigin }
  | { readonly kind: "vpc"; readonly domain: string; readonly resourceArn: string }
  | { readonly kind: "failover"; readonly members: readonly [Origin, Origin]; readonly statusCodes: readonly number[] };

/** An origin, or a pair of them; the same one can serve several behaviors. */
export class Origin {
  /** @internal */
  readonly kind: Kind;
  /** @internal */
  readonly options: HttpsOriginOptions;
  /** @internal */
  readonly waivers: readonly Waiver[];
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(kind: Kind, options: HttpsOriginOptions = {}, waivers: readonly Waiver[] = []) {
    this.kind = kind;
    this.options = options;
    this.waivers = waivers;
  }

  /** A private bucket: CloudFront signs each request by an origin access control, and nobody else needs to get in. */
  static s3(bucket: BucketOrigin, options?: OriginOptions): Origin {
    return new Origin({ kind: "s3", bucket }, options);
  }

  /** Any server with a certificate for its name, over TLS 1.2. */
  static https(domain: string, options?: HttpsOriginOptions): Origin {
    return new Origin({ kind: "custom", domain, protocol: "https-only" }, options);
  }

  /**
   * The URL of a Lambda function with AWS_IAM authorization: CloudFront signs each request, and is let in. Clients that
   * send a body must send its hash in x-amz-content-sha256 (AWS, "Restrict access to an AWS Lambda function URL origin").
   */
  static lambdaUrl(url: FunctionUrlOrigin, options?: HttpsOriginOptions): Origin {
    return new Origin({ kind: "lambda", url }, options);
  }

  /** A load balancer or an instance in a private subnet, over HTTPS: the certificate is checked for `domain`. */
  static vpc(resourceArn: string, domain: string, options?: HttpsOriginOptions): Origin {
    return new Origin({ kind: "vpc", domain, resourceArn }, options);
  }

  /** The second origin answers when the first one fails; for methods that change nothing alone, as CloudFront asks. */
  static failover(primary: Origin, secondary: Origin, statusCodes: readonly number[] = [500, 502, 503, 504]): Origin {
    return new Origin({ kind: "failover", members: [primary, secondary], statusCodes });
  }

  /** @internal Only `Unsafe.plainHttpOrigin` leads here. */
  static plainHttp(domain: string, waivers: readonly Waiver[], options?: HttpsOriginOptions): Origin {
    return new Origin({ kind: "custom", domain, protocol: "http-only" }, options, waivers);
  }
}

/** CloudFront's limits (AWS, "Distribution settings reference"; for seconds above 60 the account's quota has to be raised). */
const limits = {
  connectTimeout: [1, 10],
  readTimeout: [1, 180],
  keepalive: [1, 180],
} as const;

const hostPattern = /^(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)+(?!-)[a-z0-9-]{1,63}(?<!-)$/i;
const addressPattern = /^\[?(?:[\d.]+|[\da-f]*:[\da-f:.]+)\]?$/i;

/** What is wrong with an origin that types cannot see. */
export function originErrors(owner: Construct, { kind, options }: Origin): string[] {
  const domain = kind.kind === "s3" ? kind.bucket.bucketRegionalDomainName : "domain" in kind ? kind.domain : undefined;
  const isPlain = kind.kind === "custom" && kind.protocol === "http-only";
  const { port, path } = options;
  return [
    ...(domain === undefined ? [] : hostErrors(owner, domain, isPlain)),
    ...(path === undefined || isToken(path) || /^\/[^?#\s]*[^/?#\s]$/.test(path)
      ? []
      : [`path ${path} of an origin: begin it with a slash, and end it without one, without a query.`]),
    ...(port === undefined || isToken(port) || [80, 443].includes(port) || (port >= 1024 && port <= 65535)
      ? []
      : [`port ${port} of an origin: CloudFront takes 80, 443, and 1024 to 65535.`]),
    ...Object.entries(limits).flatMap(([name, [least, most]]) => {
      const value = options[name as keyof typeof limits];
      return value === undefined || isToken(value) || (Number.isInteger(value) && value >= least && value <= most)
        ? []
        : [`${name} ${value} of an origin: write whole seconds from ${least} to ${most}.`];
    }),
    ...(kind.kind === "failover"
      ? kind.statusCodes
          .filter((code) => !isToken(code) && !(Number.isInteger(code) && code >= 400 && code <= 599))
          .map((code) => `Origin.failover for status ${code}: an origin fails with 400 to 599.`)
      : []),
  ];
}

/** CloudFront asks origins by a name that public DNS knows, and S3's website endpoints speak plain HTTP only. */
function hostErrors(owner: Construct, domain: string, isPlain: boolean): string[] {
  const expression = String(expressionOf(owner, domain));
  const isWebsite = /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$|\.website_(endpoint|domain)\b/.test(expression);
  if (isWebsite && !isPlain) {
    return [`${expression} is a website endpoint of S3, which speaks plain HTTP only: write Origin.s3(bucket).`];
  }
  if (isToken(domain) || hostPattern.test(domain)) {
    return addressPattern.test(domain) ? [`${domain} is an IP address: CloudFront takes a domain name.`] : [];
  }
  if (addressPattern.test(domain)) return [`${domain} is an IP address: CloudFront takes a domain name.`];
  const [, host, path] = /^[a-z]+:\/\/([^/:?#]+)(?::\d+)?(\/[^?#]*)?/i.exec(domain) ?? [];
  const options = path && path !== "/" ? `, { path: ${JSON.stringify(path.replace(/\/$/, ""))} }` : "";
  const instead = host
    ? `: write the host alone, as in Origin.https(${JSON.stringify(host)}${options})`
    : ": write a domain name";
  return [`"${domain}" is no host${instead}.`];
}

const authorizationMessage =
  'Its function URL lets anybody in, past CloudFront: set authorization_type = "AWS_IAM", CloudFront signs its requests.';

/**
 * A function's URL that is no origin alone: what is wrong with its authorization, and what is checked when it is planned,
 * where only Terraform knows it.
 */
export function authorizationCheck({ kind }: Origin): { errors: string[]; precondition: Precondition[] } {
  const { authorizationType, authorizationTypeInput } = kind.kind === "lambda" ? kind.url : {};
  const written = authorizationTypeInput ?? authorizationType;
  if (written === undefined || written === "AWS_IAM") return { errors: [], precondition: [] };
  if (!isToken(written)) return { errors: [authorizationMessage], precondition: [] };
  const condition = Token.asString(Op.eq(written, "AWS_IAM"));
  return { errors: [], precondition: [{ condition, errorMessage: authorizationMessage }] };
}

interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/** Lets the distribution in, where the origin asks for it. */
export function allowDistribution(owner: Construct, { kind }: Origin, distributionArn: string): void {
  if (kind.kind === "s3") kind.bucket.allowDistribution?.(distributionArn, owner);
  if (kind.kind !== "lambda") return;
  // Function URLs ask for both (AWS, "Control access to Lambda function URLs").
  const target = nameOf(owner, kind.url, kind.url.functionName);
  for (const action of ["InvokeFunctionUrl", "InvokeFunction"]) {
    const id = `lambda-${target}-${action}`;
    if (owner.node.tryFindChild(id)) continue;
    const permission = new LambdaPermission(owner, id, {
      action: `lambda:${action}`,
      functionName: kind.url.functionName,
      principal: "cloudfront.amazonaws.com",
      sourceArn: distributionArn,
    });
    guard(permission, "action", "function_name", "function_url_auth_type", "principal", "source_arn");
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
        domainName: Fn.trimsuffix(Fn.trimprefix(kind.url.functionUrl, "https://"), "/"),
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
          vpcOriginId: vpcOrigin(owner, kind.resourceArn, port).id,
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
  const existing = owner.node.tryFindChild(id);
  if (existing instanceof CloudfrontOriginAccessControl) return existing.id;
  const control = new CloudfrontOriginAccessControl(owner, id, {
    name: hashedName(owner, type),
    originAccessControlOriginType: type,
    signingBehavior: "always",
    signingProtocol: "sigv4",
    lifecycle: { createBeforeDestroy: true },
  });
  guard(control, "origin_access_control_origin_type", "signing_behavior", "signing_protocol");
  return control.id;
}

/** One for each load balancer or instance and port, whichever behaviors lead there. */
function vpcOrigin(owner: Construct, arn: string, port: number): CloudfrontVpcOrigin {
  const content = expressionOf(owner, [arn, port]);
  const id = `vpc-${shortHash(JSON.stringify(content))}`;
  const existing = owner.node.tryFindChild(id);
  if (existing instanceof CloudfrontVpcOrigin) return existing;
  const made = new CloudfrontVpcOrigin(owner, id, {
    vpcOriginEndpointConfig: [
      {
        arn,
        name: hashedName(owner, content),
        httpPort: 80,
        httpsPort: port,
        originProtocolPolicy: "https-only",
        originSslProtocols: [{ items: ["TLSv1.2"], quantity: 1 }],
      },
    ],
  });
  guard(made, "vpc_origin_endpoint_config");
  return made;
}
