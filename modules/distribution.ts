// A CloudFront distribution that speaks HTTPS only, to its viewers and to its origins.

import {
  CloudfrontDistribution,
  type CloudfrontDistributionDefaultCacheBehavior,
} from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Construct } from "constructs";
import type { ICertificate } from "./certificate.ts";
import { type Domains, domainErrors, type Zones, zoneErrors, zoneOf } from "./domain.ts";
import { hashedName } from "./hashed-name.ts";
import { type Origin, originConfig } from "./origin.ts";
import { SecurityHeaders } from "./security-headers.ts";
import type { Opened } from "./unsafe.ts";
import type { Waiver } from "./waiver.ts";

/** CloudFront's security policies with TLS 1.2 or newer and authenticated encryption alone. Those of 2025 need aws 6. */
export type ViewerTls = "TLSv1.2_2021" | "TLSv1.2_2025" | "TLSv1.3_2025";

export type PathPattern = `/${string}` | `*${string}`;

/** Managed cache policies, the same in every account (AWS, "Use managed cache policies"). */
const cachePolicies = {
  optimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  disabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  "origin-controlled": "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
} as const;

/** Managed origin request policies (AWS, "Use managed origin request policies"). */
const originRequestPolicies = {
  "all-except-host": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  "cors-s3": "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
} as const;

const methods = {
  read: ["GET", "HEAD"],
  "read-options": ["GET", "HEAD", "OPTIONS"],
  all: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
};

/** JavaScript of CloudFront's runtime 2.0, with a function named handler. */
export interface EdgeFunction {
  readonly code: string;
  readonly keyValueStoreArn?: string;
}

/** A published version of a Lambda function in us-east-1. */
export interface EdgeLambda {
  readonly versionArn: `arn:${string}:lambda:us-east-1:${string}:function:${string}:${number}`;
  /** Default false. */
  readonly includeBody?: boolean;
}

/** How the requests of a path are treated. */
export interface BehaviorOptions {
  /** Default redirect-to-https. */
  readonly viewerProtocol?: "redirect-to-https" | "https-only" | Opened<"viewer-protocol">;
  /** Default: those of the distribution. */
  readonly headers?: SecurityHeaders;
  /** Default read: GET and HEAD. */
  readonly methods?: keyof typeof methods;
  /** Default optimized. */
  readonly cache?: keyof typeof cachePolicies | { readonly policyId: string };
  /** What of the request goes to the origin beside the cache key. Default none. */
  readonly forward?: "none" | keyof typeof originRequestPolicies | { readonly policyId: string };
  /** Default true. */
  readonly compress?: boolean;
  /** "none": not even that of the distribution. */
  readonly viewerRequest?: EdgeFunction | "none";
  readonly viewerResponse?: EdgeFunction | "none";
  readonly originRequest?: EdgeLambda;
  readonly originResponse?: EdgeLambda;
  /** Ids of key groups: only signed URLs and cookies get in. Default none. */
  readonly keyGroups?: readonly string[];
}

export interface ErrorPage {
  /** What the origin answered. */
  readonly status: number;
  readonly page?: `/${string}`;
  /** What the viewer gets. Default: what the origin answered. */
  readonly as?: number;
  /** Seconds for which the error is cached. Default 10, CloudFront's own. */
  readonly ttl?: number;
}

interface DistributionBase extends BehaviorOptions {
  readonly origin: Origin;
  /** By path pattern, tried in this order; each takes what it does not say from the distribution. */
  readonly behaviors?: Readonly<Record<PathPattern, BehaviorOptions & { readonly origin?: Origin }>>;
  /** Default http2and3. */
  readonly http?: "http2and3" | "http2";
  /** Default true, with AAAA records. */
  readonly ipv6?: boolean;
  /** What "/" stands for. Default none. */
  readonly rootObject?: string;
  readonly errors?: readonly ErrorPage[];
  /** Web ACLs of CloudFront are global ones, in us-east-1. */
  readonly webAclArn?: `arn:${string}:wafv2:us-east-1:${string}:global/webacl/${string}`;
  /** Default PriceClass_All. */
  readonly priceClass?: "PriceClass_All" | "PriceClass_200" | "PriceClass_100";
  /** Countries, as ISO 3166-1 alpha-2. Default everywhere. */
  readonly geo?: { readonly allow: readonly string[] } | { readonly deny: readonly string[] };
  readonly comment?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export type DistributionProps = DistributionBase &
  (
    | {
        readonly domains: Domains;
        readonly certificate: ICertificate<"cloudfront">;
        /** Zones for A, AAAA and HTTPS records of the domains. Default: no records are made. */
        readonly zones?: Zones;
        /** Default TLSv1.2_2021. */
        readonly minimumTls?: ViewerTls | Opened<"viewer-tls">;
      }
    | {
        readonly certificate: Opened<"provider-certificate", true>;
        readonly domains?: never;
        readonly zones?: never;
        readonly minimumTls?: never;
      }
  );

export class Distribution extends Construct {
  readonly distributionId: string;
  readonly distributionArn: string;
  /** d111111abcdef8.cloudfront.net */
  readonly domainName: string;
  /** Zone of CloudFront's own names, for alias records. */
  readonly hostedZoneId: string;
  /** https:// and the first domain. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { behaviors = {}, http = "http2and3", ipv6 = true, priceClass = "PriceClass_All", geo, tags } = props;
    const headers = props.headers ?? SecurityHeaders.strict();
    const origins = new OriginIds();
    const waivers: Waiver[] = [];
    const behavior = (options: BehaviorOptions & { readonly origin?: Origin }) =>
      this.behavior({ ...props, headers, ...options }, origins, waivers);
    const distribution = new CloudfrontDistribution(this, "distribution", {
      enabled: true,
      ...(props.domains ? { aliases: [...props.domains] } : {}),
      ...(props.comment === undefined ? {} : { comment: props.comment }),
      httpVersion: http,
      isIpv6Enabled: ipv6,
      priceClass,
      ...(props.rootObject === undefined ? {} : { defaultRootObject: props.rootObject }),
      ...(props.webAclArn ? { webAclId: props.webAclArn } : {}),
      defaultCacheBehavior: behavior({}),
      orderedCacheBehavior: Object.entries(behaviors).map(([pathPattern, options]) => ({
        pathPattern,
        ...behavior(options),
      })),
      origin: origins.single().map(([origin, originId]) => originConfig(this, origin, originId)),
      originGroup: origins.pairs(),
      customErrorResponse: (props.errors ?? []).map(({ status, page, as = status, ttl }) => ({
        errorCode: status,
        ...(page ? { responsePagePath: page, responseCode: as } : {}),
        ...(ttl === undefined ? {} : { errorCachingMinTtl: ttl }),
      })),
      restrictions: { geoRestriction: geoRestriction(geo) },
      viewerCertificate: viewerCertificate(props, waivers),
      ...(tags ? { tags } : {}),
    });
    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.domainName = distribution.domainName;
    this.hostedZoneId = distribution.hostedZoneId;
    this.url = `https://${props.domains?.[0] ?? distribution.domainName}`;
    if (props.domains && props.zones) this.writeRecords(props.domains, props.zones, ipv6);
    const address = `aws_cloudfront_distribution.${distribution.friendlyUniqueId}`;
    for (const waiver of new Set([...waivers, ...origins.waivers()])) waiver.record(this, address);
    this.node.addValidation({ validate: () => errorsOf(props, headers) });
  }

  private behavior(
    options: BehaviorOptions & { readonly origin: Origin; readonly headers: SecurityHeaders },
    origins: OriginIds,
    waivers: Waiver[],
  ): CloudfrontDistributionDefaultCacheBehavior {
    const { viewerProtocol = "redirect-to-https", headers, cache = "optimized", forward = "none" } = options;
    if (typeof viewerProtocol === "object") waivers.push(viewerProtocol.waiver);
    if (headers.waiver) waivers.push(headers.waiver);
    return {
      targetOriginId: origins.of(options.origin),
      viewerProtocolPolicy: typeof viewerProtocol === "object" ? viewerProtocol.value : viewerProtocol,
      allowedMethods: methods[options.methods ?? "read"],
      cachedMethods: methods.read,
      compress: options.compress ?? true,
      cachePolicyId: typeof cache === "object" ? cache.policyId : cachePolicies[cache],
      ...(forward === "none"
        ? {}
        : { originRequestPolicyId: typeof forward === "object" ? forward.policyId : originRequestPolicies[forward] }),
      responseHeadersPolicyId: headers.policyId(this),
      functionAssociation: [
        ...this.functionOn("viewer-request", options.viewerRequest),
        ...this.functionOn("viewer-response", options.viewerResponse),
      ],
      lambdaFunctionAssociation: [
        ...lambdaOn("origin-request", options.originRequest),
        ...lambdaOn("origin-response", options.originResponse),
      ],
      ...(options.keyGroups ? { trustedKeyGroups: [...options.keyGroups] } : {}),
    };
  }

  /** The same code at several behaviors is one function. */
  private functionOn(eventType: string, edge: EdgeFunction | "none" = "none") {
    if (edge === "none") return [];
    const name = hashedName(this, edge);
    const id = `function-${name.slice(-10)}`;
    const existing = this.node.tryFindChild(id) as CloudfrontFunction | undefined;
    const made =
      existing ??
      new CloudfrontFunction(this, id, {
        name,
        runtime: "cloudfront-js-2.0",
        code: edge.code,
        publish: true,
        ...(edge.keyValueStoreArn ? { keyValueStoreAssociations: [edge.keyValueStoreArn] } : {}),
        lifecycle: { createBeforeDestroy: true },
      });
    return [{ eventType, functionArn: made.arn }];
  }

  private writeRecords(domains: Domains, zones: Zones, ipv6: boolean): void {
    const alias = { name: this.domainName, zoneId: this.hostedZoneId, evaluateTargetHealth: false };
    for (const domain of new Set(domains)) {
      const zoneId = zoneOf(domain, zones);
      if (zoneId === undefined) continue;
      // HTTPS records tell browsers of HTTP/3 before their first request (RFC 9460).
      for (const type of ipv6 ? ["A", "AAAA", "HTTPS"] : ["A", "HTTPS"]) {
        new Route53Record(this, `${type}-${domain}`, { zoneId, name: domain, type, alias });
      }
    }
  }
}

const lambdaOn = (eventType: string, lambda: EdgeLambda | undefined) =>
  lambda ? [{ eventType, lambdaArn: lambda.versionArn, includeBody: lambda.includeBody ?? false }] : [];

function geoRestriction(geo: DistributionBase["geo"]) {
  if (!geo) return { restrictionType: "none" };
  return "allow" in geo
    ? { restrictionType: "whitelist", locations: [...geo.allow] }
    : { restrictionType: "blacklist", locations: [...geo.deny] };
}

function viewerCertificate(props: DistributionProps, waivers: Waiver[]) {
  if (props.domains === undefined) {
    waivers.push(props.certificate.waiver);
    return { cloudfrontDefaultCertificate: true };
  }
  const { certificate, minimumTls = "TLSv1.2_2021" } = props;
  if (typeof minimumTls === "object") waivers.push(minimumTls.waiver);
  return {
    acmCertificateArn: certificate.certificateArn,
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: typeof minimumTls === "object" ? minimumTls.value : minimumTls,
  };
}

/** Gives each origin an id, in the order of first use: the same origin is listed once. */
class OriginIds {
  readonly #ids = new Map<Origin, string>();

  of(origin: Origin): string {
    const known = this.#ids.get(origin);
    if (known !== undefined) return known;
    if (origin.kind.kind === "failover") for (const member of origin.kind.members) this.of(member);
    const id = `${origin.kind.kind}-${this.#ids.size + 1}`;
    this.#ids.set(origin, id);
    return id;
  }

  single(): [Origin, string][] {
    return [...this.#ids].filter(([origin]) => origin.kind.kind !== "failover");
  }

  pairs() {
    return [...this.#ids].flatMap(([{ kind }, originId]) =>
      kind.kind === "failover"
        ? [
            {
              originId,
              failoverCriteria: { statusCodes: [...kind.statusCodes] },
              member: kind.members.map((member) => ({ originId: this.of(member) })),
            },
          ]
        : [],
    );
  }

  waivers(): Waiver[] {
    return [...this.#ids.keys()].flatMap(({ waiver }) => waiver ?? []);
  }
}

const allowed = {
  protocol: ["redirect-to-https", "https-only"],
  tls: ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"],
};

/** What the types say already, said once more to those who went around them, and what only values tell. */
function errorsOf(props: DistributionProps, headers: SecurityHeaders): string[] {
  const { domains, zones, certificate, minimumTls } = props;
  const every = [props, ...Object.values(props.behaviors ?? {})];
  const outside = (value: unknown, list: readonly string[]) => typeof value === "string" && !list.includes(value);
  return [
    ...(domains ? domainErrors(domains) : []),
    ...(domains && zones ? zoneErrors(domains, zones) : []),
    ...(domains && "use" in certificate && certificate.use !== "cloudfront"
      ? ['The certificate is for a load balancer: CloudFront needs one from us-east-1 (use: "cloudfront").']
      : []),
    ...(outside(minimumTls, allowed.tls) ? [`minimumTls ${minimumTls}: choose ${allowed.tls.join(", ")}.`] : []),
    ...every
      .filter(({ viewerProtocol }) => outside(viewerProtocol, allowed.protocol))
      .map(({ viewerProtocol }) => `viewerProtocol ${viewerProtocol}: choose ${allowed.protocol.join(" or ")}.`),
    ...[headers, ...every.flatMap((one) => one.headers ?? [])].flatMap((one) => one.errors()),
  ];
}
