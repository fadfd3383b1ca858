// A CloudFront distribution that speaks HTTPS only, to its viewers and to its origins.

import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy/index.js";
import {
  CloudfrontDistribution,
  type CloudfrontDistributionDefaultCacheBehavior,
} from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { arnCheck, Certificate, coverErrors, type ICertificate } from "./certificate.ts";
import {
  type Domains,
  domainErrors,
  refuseTokenList,
  tokenDomainErrors,
  type Zones,
  zoneErrors,
  zoneOf,
} from "./domain.ts";
import { answersAll } from "./edge-code.ts";
import { guard } from "./guard.ts";
import { hashedName } from "./hashed-name.ts";
import type { Logs } from "./logs.ts";
import type { Opened } from "./opened.ts";
import { allowDistribution, authorizationCheck, type Origin, originConfig, originErrors } from "./origin.ts";
import { OriginIds } from "./origin-ids.ts";
import { acceptNewerProviders, providerVersionOf } from "./provider-line.ts";
import { SecurityHeaders } from "./security-headers.ts";
import { choiceErrors, isToken, tokenErrors } from "./token.ts";
import type { UsEast1 } from "./us-east-1.ts";
import { record } from "./waiver.ts";

/** CloudFront's security policies with TLS 1.2 or newer and authenticated encryption alone. Those of 2025 need aws 6. */
export type ViewerTls = "TLSv1.2_2021" | "TLSv1.2_2025" | "TLSv1.3_2025";

/**
 * A path, or one with wildcards: /api/ followed by anything, or anything that ends in .png. static/* is the same as
 * /static/*: CloudFront takes both.
 */
export type PathPattern = `/${string}` | `*${string}` | `${string}/*`;

/** Managed cache policies, the same in every account (AWS, "Use managed cache policies"). */
const cachePolicies = {
  optimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  disabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  CachingOptimizedForUncompressedObjects: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
  "Elemental-MediaPackage": "08627262-05a9-4f76-9ded-b50ca2e3a84f",
  UseOriginCacheControlHeaders: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
  "UseOriginCacheControlHeaders-QueryStrings": "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
} as const;

/** Managed origin request policies (AWS, "Use managed origin request policies"). */
const originRequestPolicies = {
  "all-except-host": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  "cors-s3": "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
  AllViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  "AllViewerAndCloudFrontHeaders-2022-06": "33f36d7e-f396-46d9-90e0-52428a34d9dc",
  "CORS-CustomOrigin": "59781a5b-3903-41f3-afcb-af62929ccde1",
  "Elemental-MediaTailor-PersonalizedManifests": "775133bc-15f2-49f9-abea-afb2e0bf67d2",
  HostHeaderOnly: "bf0718e1-ba1e-49d1-88b1-f726733018ae",
  UserAgentRefererHeaders: "acba4595-bd28-49b8-b9fe-13317c0390fa",
} as const;

/**
 * AWS's own policy for this has the viewer's Host in it, which a bucket, an API gateway or a function's URL refuses, and
 * cookies, or no query at all. Authorization is not forwarded: an answer to one caller is not for another.
 */
const originControlled = {
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: 31_536_000,
  parametersInCacheKeyAndForwardedToOrigin: {
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "whitelist", headers: { items: ["Origin"] } },
    queryStringsConfig: { queryStringBehavior: "all" },
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  },
  lifecycle: { createBeforeDestroy: true },
};

const methods = {
  read: ["GET", "HEAD"],
  "read-options": ["GET", "HEAD", "OPTIONS"],
  all: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
};

/** JavaScript of CloudFront's runtime 2.0, with a function named handler. */
export interface EdgeFunction {
  /** Its source. */
  readonly code: string;
  /**
   * Key value store that it may read.
   *
   * @default none: the code is all there is
   */
  readonly keyValueStoreArn?: string;
}

/** A published version of a Lambda function in us-east-1. */
export interface EdgeLambda {
  /** ARN with the number of the version. */
  readonly versionArn: `arn:${string}:lambda:us-east-1:${string}:function:${string}:${number}`;
  /**
   * Whether the function sees the body of the request.
   *
   * @default false: bodies are long, and often secret
   */
  readonly includeBody?: boolean;
}

/** How the requests of a path are treated. */
export interface BehaviorOptions {
  /**
   * What plain HTTP gets: a redirect, or a refusal.
   *
   * @default "redirect-to-https": a link or an address typed without a scheme still works
   */
  readonly viewerProtocol?: "redirect-to-https" | "https-only" | Opened<"viewer-protocol">;
  /**
   * Response headers, HSTS always among them.
   *
   * @default SecurityHeaders.strict(): HSTS for two years, and browsers kept from sniffing and framing
   */
  readonly headers?: SecurityHeaders;
  /**
   * Methods that are let through: GET and HEAD; these and OPTIONS; or all.
   *
   * @default "read": what an origin does not expect, it cannot mishandle
   */
  readonly methods?: keyof typeof methods;
  /**
   * Whether answers to OPTIONS are cached too, where that method is let through.
   *
   * @default false: preflight answers can differ by headers that the cache key leaves out
   */
  readonly cacheOptions?: boolean;
  /**
   * Cache policy: one of AWS's, by its name; "origin-controlled", as the origin's Cache-Control says, by path and query; or your own by
   * its id.
   *
   * @default "optimized": by path alone, as long as the origin says
   */
  readonly cache?: keyof typeof cachePolicies | "origin-controlled" | { readonly policyId: string };
  /**
   * What of the request goes to the origin beside the cache key: one of AWS's policies, by its name, or your own by its id.
   *
   * @default "none": what the answer does not depend on stays here
   */
  readonly forward?: "none" | keyof typeof originRequestPolicies | { readonly policyId: string };
  /**
   * Whether answers are compressed.
   *
   * @default true: with gzip or Brotli, as the viewer asks
   */
  readonly compress?: boolean;
  /**
   * Function that sees each request first: of CloudFront, or of Lambda.
   *
   * @default none: what rewrites pages would break an API beside them, so a path has none of the distribution's either
   */
  readonly viewerRequest?: EdgeFunction | EdgeLambda;
  /**
   * Function that sees each answer last: of CloudFront, or of Lambda, of which no plan shows what it does to HSTS. A behavior
   * has functions for its viewers of one kind.
   *
   * @default none: a path has none of the distribution's either
   */
  readonly viewerResponse?: EdgeFunction | EdgeLambda;
  /**
   * Lambda function before the origin is asked.
   *
   * @default none: a path has none of the distribution's either
   */
  readonly originRequest?: EdgeLambda;
  /**
   * Lambda function after the origin has answered.
   *
   * @default none: a path has none of the distribution's either
   */
  readonly originResponse?: EdgeLambda;
  /**
   * Ids of key groups: only signed URLs and cookies get in.
   *
   * @default none: everybody gets in
   */
  readonly keyGroups?: readonly string[];
  /**
   * ARN of a configuration of real-time logs.
   *
   * @default none: they are billed by line
   */
  readonly realtimeLogs?: string;
  /**
   * Whether gRPC is let through, for which CloudFront asks for `methods` "all" and HTTP/2.
   *
   * @default false: most origins speak none
   */
  readonly grpc?: boolean;
}

/** A behavior of one path. What it does not state, it takes from the distribution, but for functions: each path states its own. */
export interface PathOptions extends BehaviorOptions {
  /**
   * Where the answers come from.
   *
   * @default that of the distribution: most paths share it
   */
  readonly origin?: Origin;
}

/** What viewers get for an error of the origin. */
export interface ErrorPage {
  /** What the origin answered. */
  readonly status: number;
  /**
   * Path of the page that the viewer gets.
   *
   * @default none: the origin's own answer
   */
  readonly page?: `/${string}`;
  /**
   * Status that the viewer gets with the page.
   *
   * @default what the origin answered: a 200 would hide the error
   */
  readonly as?: number;
  /**
   * Seconds for which the error is cached.
   *
   * @default 10: CloudFront's own
   */
  readonly ttl?: number;
}

/** Web ACLs of CloudFront are global ones, in us-east-1. */
export type WebAclArn = `arn:${string}:wafv2:us-east-1:${string}:global/webacl/${string}`;

/** What is said of any distribution. */
export interface DistributionBase extends BehaviorOptions {
  /** Where the answers come from. */
  readonly origin: Origin;
  /**
   * What differs by path pattern, tried in this order.
   *
   * @default none: all paths are alike
   */
  readonly behaviors?: Readonly<Record<PathPattern, PathOptions>>;
  /**
   * Newest version of HTTP.
   *
   * @default "http2and3": HTTP/3 needs one round trip less, and has TLS 1.3 built in
   */
  readonly http?: "http2and3" | "http2";
  /**
   * Whether it is reached over IPv6, with AAAA records.
   *
   * @default true: more and more viewers have nothing else
   */
  readonly ipv6?: boolean;
  /**
   * Object that "/" stands for.
   *
   * @default none: the origin knows
   */
  readonly rootObject?: string;
  /**
   * Pages for errors of the origin, on all paths.
   *
   * @default none: the origin's own answers
   */
  readonly errors?: readonly ErrorPage[];
  /**
   * Access logs.
   *
   * @default Logs.none(): only websites and APIs log unasked
   */
  readonly logs?: Logs;
  /**
   * Web ACL of AWS WAF: its ARN, or the resource, whose region is then checked when it is planned.
   *
   * @default none: its rules are yours to choose
   */
  readonly webAcl?: WebAclArn | { readonly arn: string };
  /**
   * Which edge locations serve it.
   *
   * @default "PriceClass_All": all of them, the nearest to every viewer
   */
  readonly priceClass?: "PriceClass_All" | "PriceClass_200" | "PriceClass_100";
  /**
   * Countries that are let in, or kept out, as ISO 3166-1 alpha-2.
   *
   * @default none: everybody gets in
   */
  readonly geo?: { readonly allow: readonly string[] } | { readonly deny: readonly string[] };
  /**
   * A note for whoever looks at the console.
   *
   * @default none: the tags and the construct's path say enough
   */
  readonly comment?: string;
  /**
   * How certificate and logs get to us-east-1.
   *
   * @default UsEast1.of(this): found or made in the stack
   */
  readonly usEast1?: UsEast1;
  /**
   * Tags of the distribution.
   *
   * @default none: the provider's default tags are there anyway
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** With names of its own. */
export interface OwnNames {
  /** Names that it serves. */
  readonly domains: Domains;
  /** Certificate that covers them, from us-east-1. */
  readonly certificate: ICertificate<"cloudfront">;
  /**
   * Zones for A, AAAA and HTTPS records of the domains.
   *
   * @default none: you write the records elsewhere
   */
  readonly zones?: Zones;
  /**
   * Oldest TLS that viewers may use.
   *
   * @default TLSv1.2_2025 where the bindings are of aws 6.20 or newer, else TLSv1.2_2021: aws 5 refuses the newer name
   */
  readonly minimumTls?: ViewerTls | Opened<"viewer-tls">;
}

/** Without names of its own: only by a waiver, as CloudFront's certificate accepts TLS 1.0. */
export interface CloudFrontName {
  /** From `Unsafe.defaultCertificate`. */
  readonly certificate: Opened<"provider-certificate", true>;
  /**
   * No names of its own.
   *
   * @default none: the certificate covers CloudFront's own name alone
   */
  readonly domains?: never;
  /**
   * No zones.
   *
   * @default none: there are no names
   */
  readonly zones?: never;
  /**
   * No choice.
   *
   * @default TLS 1.0: CloudFront takes nothing else here
   */
  readonly minimumTls?: never;
}

export type DistributionProps = DistributionBase & (OwnNames | CloudFrontName);

/**
 * A CloudFront distribution that speaks HTTPS only, to its viewers and to its origins, with HSTS on every behavior.
 *
 * @example
 * ```ts
 * import { Certificate, Distribution, Origin, PrivateBucket } from "tlsgate/modules";
 *
 * new Distribution(this, "cdn", {
 *   domains: ["cdn.example.com"],
 *   zones: { "example.com": "Z0EXAMPLECOM" },
 *   certificate: Certificate.fromArn("arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e"),
 *   origin: Origin.failover(Origin.s3(new PrivateBucket(this, "files")), Origin.https("backup.example.com")),
 *   behaviors: { "/api/*": { origin: Origin.https("api.example.net"), methods: "all", cache: "disabled" } },
 * });
 * ```
 */
export class Distribution extends Construct {
  /** E1A2B3C4D5E6F7, for invalidations. */
  readonly distributionId: string;
  /** For policies of what it may read. */
  readonly distributionArn: string;
  /** d111111abcdef8.cloudfront.net */
  readonly domainName: string;
  /** Zone of CloudFront's own names, for alias records. */
  readonly hostedZoneId: string;
  /** https:// and the first domain. */
  readonly url: string;
  readonly #made = new Map<string, string>();

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    if (props.domains) refuseTokenList(this, props.domains);
    const { behaviors = {}, http = "http2and3", ipv6 = true, priceClass = "PriceClass_All", geo, tags, webAcl } = props;
    const headers = props.headers ?? SecurityHeaders.strict();
    const origins = new OriginIds(this);
    const inherited = withoutFunctions(props);
    const behavior = (options: PathOptions, slot: string) =>
      this.behavior({ ...inherited, headers, ...options }, slot, origins);
    const check = props.domains && !(props.certificate instanceof Certificate) ? arnCheck(props.certificate) : none;
    const webAclArn = typeof webAcl === "object" ? webAcl.arn : webAcl;
    const isWebAclOpen = typeof webAcl === "object" || isToken(webAcl);
    const defaultCacheBehavior = behavior(props, "");
    const orderedCacheBehavior = Object.entries(behaviors).map(([pathPattern, options]) => ({
      pathPattern,
      ...behavior(options, `-${pathPattern}`),
    }));
    const authorizations = origins.single().map(([origin]) => authorizationCheck(origin));
    const precondition = [
      ...check.precondition,
      ...(webAclArn && isWebAclOpen ? [webAclCheck(webAclArn)] : []),
      ...authorizations.flatMap((one) => one.precondition),
    ];
    const distribution = new CloudfrontDistribution(this, "distribution", {
      enabled: true,
      ...(props.domains ? { aliases: [...props.domains] } : {}),
      ...(props.comment === undefined ? {} : { comment: props.comment }),
      httpVersion: http,
      isIpv6Enabled: ipv6,
      priceClass,
      ...(props.rootObject === undefined ? {} : { defaultRootObject: props.rootObject }),
      ...(webAclArn ? { webAclId: webAclArn } : {}),
      defaultCacheBehavior,
      orderedCacheBehavior,
      origin: origins.single().map(([origin, originId]) => originConfig(this, origin, originId)),
      originGroup: origins.pairs(),
      customErrorResponse: (props.errors ?? []).map(({ status, page, as = status, ttl = 10 }) => ({
        errorCode: status,
        ...(page ? { responsePagePath: page, responseCode: as } : {}),
        errorCachingMinTtl: ttl,
      })),
      restrictions: { geoRestriction: geoRestriction(geo) },
      viewerCertificate: viewerCertificate(this, props),
      ...(tags ? { tags } : {}),
      ...(precondition.length > 0 ? { lifecycle: { precondition } } : {}),
    });
    this.node.defaultChild = distribution;
    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.domainName = distribution.domainName;
    this.hostedZoneId = distribution.hostedZoneId;
    this.url = `https://${props.domains?.[0] ?? distribution.domainName}`;
    if (props.domains && props.zones) this.writeRecords(props.domains, props.zones, ipv6);
    for (const [origin] of origins.single()) allowDistribution(this, origin, this.distributionArn);
    props.logs?.deliver(this, this.distributionArn, props.usEast1);
    guard(distribution, ...guarded);
    acceptNewerProviders(distribution);
    recordWaivers(distribution, props, origins, [defaultCacheBehavior, ...orderedCacheBehavior]);
    this.node.addValidation({
      validate: () => [
        ...check.errors,
        ...origins.errors(),
        ...origins.all().flatMap((origin) => originErrors(this, origin)),
        ...authorizations.flatMap(({ errors }) => errors),
        ...errorsOf(this, props, headers),
      ],
    });
  }

  private behavior(
    options: BehaviorOptions & { readonly origin: Origin; readonly headers: SecurityHeaders },
    slot: string,
    origins: OriginIds,
  ): CloudfrontDistributionDefaultCacheBehavior {
    const { viewerProtocol = "redirect-to-https", headers, cache = "optimized", forward = "none" } = options;
    return {
      targetOriginId: origins.of(options.origin),
      viewerProtocolPolicy: typeof viewerProtocol === "object" ? viewerProtocol.value : viewerProtocol,
      allowedMethods: methods[options.methods ?? "read"],
      cachedMethods: methods[options.cacheOptions ? "read-options" : "read"],
      compress: options.compress ?? true,
      cachePolicyId: this.cachePolicyId(cache),
      ...(forward === "none"
        ? {}
        : { originRequestPolicyId: typeof forward === "object" ? forward.policyId : originRequestPolicies[forward] }),
      responseHeadersPolicyId: this.shared(headers.content(), () => headers.policyId(this, `headers${slot}`)),
      functionAssociation: [
        ...this.functionOn("viewer-request", options.viewerRequest, slot),
        ...this.functionOn("viewer-response", options.viewerResponse, slot),
      ],
      lambdaFunctionAssociation: [
        ...lambdaOn("viewer-request", lambdaOf(options.viewerRequest)),
        ...lambdaOn("viewer-response", lambdaOf(options.viewerResponse)),
        ...lambdaOn("origin-request", options.originRequest),
        ...lambdaOn("origin-response", options.originResponse),
      ],
      ...(options.keyGroups ? { trustedKeyGroups: [...options.keyGroups] } : {}),
      ...(options.realtimeLogs ? { realtimeLogConfigArn: options.realtimeLogs } : {}),
      ...(options.grpc ? { grpcConfig: { enabled: true } } : {}),
    };
  }

  private cachePolicyId(cache: NonNullable<BehaviorOptions["cache"]>): string {
    if (typeof cache === "object") return cache.policyId;
    if (cache !== "origin-controlled") return cachePolicies[cache];
    const existing = this.node.tryFindChild(cache) as CloudfrontCachePolicy | undefined;
    return (existing ?? new CloudfrontCachePolicy(this, cache, { ...originControlled, name: hashedName(this, cache) }))
      .id;
  }

  /**
   * The same code at several behaviors is one function. It is called by where it runs first, not by its code: an edit of the
   * code then updates the function, and leaves the distribution as it is.
   */
  private functionOn(eventType: string, edge: EdgeFunction | EdgeLambda | undefined, slot: string) {
    if (!edge || "versionArn" in edge) return [];
    const functionArn = this.shared(JSON.stringify([eventType, edge]), () => {
      const id = `${eventType}${slot}`;
      const made = new CloudfrontFunction(this, id, {
        name: hashedName(this, id),
        runtime: "cloudfront-js-2.0",
        code: escaped(edge.code),
        publish: true,
        ...(edge.keyValueStoreArn ? { keyValueStoreAssociations: [edge.keyValueStoreArn] } : {}),
        lifecycle: { createBeforeDestroy: true },
      });
      guard(made, "code", "publish", "runtime");
      return made.arn;
    });
    return [{ eventType, functionArn }];
  }

  /** What is made for one behavior serves all others that ask for the same. */
  private shared(content: string, make: () => string): string {
    const known = this.#made.get(content) ?? make();
    this.#made.set(content, known);
    return known;
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

const guarded = [
  "aliases",
  "default_cache_behavior",
  "http_version",
  "ordered_cache_behavior",
  "origin",
  "origin_group",
  "viewer_certificate",
];

/** Template literals of JavaScript are no templates of Terraform; tokens of cdktf are. */
const escaped = (code: string): string => code.replace(/\$\{(?!TfToken\[)|%\{/g, (sign) => sign[0] + sign);

/** What paths take from the distribution where they do not state it. */
function withoutFunctions(props: DistributionProps): BehaviorOptions & { readonly origin: Origin } {
  const { viewerRequest: _request, viewerResponse: _response, ...others } = props;
  const { originRequest: _before, originResponse: _after, ...inherited } = others;
  return inherited;
}

const lambdaOf = (edge: EdgeFunction | EdgeLambda | undefined): EdgeLambda | undefined =>
  edge && "versionArn" in edge ? edge : undefined;

const lambdaOn = (eventType: string, lambda: EdgeLambda | undefined) =>
  lambda ? [{ eventType, lambdaArn: lambda.versionArn, includeBody: lambda.includeBody ?? false }] : [];

function geoRestriction(geo: DistributionBase["geo"]) {
  if (!geo) return { restrictionType: "none" };
  return "allow" in geo
    ? { restrictionType: "whitelist", locations: [...geo.allow] }
    : { restrictionType: "blacklist", locations: [...geo.deny] };
}

function viewerCertificate(scope: Construct, props: DistributionProps) {
  if (props.domains === undefined) return { cloudfrontDefaultCertificate: true };
  const { certificate, minimumTls = newestTls(scope) } = props;
  return {
    acmCertificateArn: certificate.certificateArn,
    sslSupportMethod: "sni-only",
    minimumProtocolVersion: typeof minimumTls === "object" ? minimumTls.value : minimumTls,
  };
}

/** The policies of 2025 came with aws 6.20. */
function newestTls(scope: Construct): ViewerTls {
  const [major, minor] = providerVersionOf(scope);
  return major > 6 || (major === 6 && minor >= 20) ? "TLSv1.2_2025" : "TLSv1.2_2021";
}

const webAclCheck = (arn: string) => ({
  condition: Token.asString(Fn.can(Fn.regex("^arn:[^:]+:wafv2:us-east-1:[0-9]+:global/", arn))),
  errorMessage: "CloudFront takes global web ACLs from us-east-1 only: make it there, with scope CLOUDFRONT.",
});

const none = { errors: [], precondition: [] };

/** Each waiver stands at the attribute whose value it excuses. */
function recordWaivers(
  distribution: CloudfrontDistribution,
  props: DistributionProps,
  origins: OriginIds,
  behaviors: readonly CloudfrontDistributionDefaultCacheBehavior[],
): void {
  const { minimumTls, certificate } = props;
  if (typeof minimumTls === "object") {
    record(minimumTls.waivers, distribution, "viewer_certificate[0].minimum_protocol_version", minimumTls.value);
  }
  if (props.domains === undefined && "waivers" in certificate) {
    record(certificate.waivers, distribution, "viewer_certificate[0].acm_certificate_arn", null);
  }
  const paths = Object.values(props.behaviors ?? {}).map((options) => ({ ...props, ...options }));
  for (const [index, { viewerProtocol, headers, viewerRequest }] of [props, ...paths].entries()) {
    const block = index === 0 ? "default_cache_behavior[0]" : `ordered_cache_behavior[${index - 1}]`;
    if (typeof viewerProtocol === "object") {
      record(viewerProtocol.waivers, distribution, `${block}.viewer_protocol_policy`, viewerProtocol.value);
    }
    const { responseHeadersPolicyId, functionAssociation } = behaviors[index] ?? {};
    if (headers && answersAll(viewerRequest)) {
      const [association] = Array.isArray(functionAssociation) ? functionAssociation : [];
      record(headers.waivers, distribution, `${block}.function_association[*].function_arn`, association?.functionArn);
    } else if (headers && headers.waivers.length > 0) {
      record(headers.waivers, distribution, `${block}.response_headers_policy_id`, responseHeadersPolicyId);
    }
  }
  for (const [origin] of origins.single()) {
    // Terraform sorts origins, a set, by its own rules.
    const attribute = "origin[*].custom_origin_config[0].origin_protocol_policy";
    record(origin.waivers, distribution, attribute, "http-only");
  }
}

const allowed = {
  protocol: ["redirect-to-https", "https-only"],
  tls: ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"],
};

/** What the types say already, said once more to those who went around them, and what only values tell. */
function errorsOf(scope: Construct, props: DistributionProps, headers: SecurityHeaders): string[] {
  const { domains, zones, certificate, minimumTls } = props;
  const every: readonly PathOptions[] = [props, ...Object.values(props.behaviors ?? {})];
  const isRead = (options: PathOptions) => (options.methods ?? props.methods) !== "all";
  return [
    ...(domains ? domainErrors(domains) : []),
    // Without zones a name is text in the plan and nothing else: a token will do.
    ...(domains && zones ? tokenDomainErrors(scope, domains) : []),
    ...(domains && zones ? zoneErrors(scope, domains, zones) : []),
    ...(domains && "use" in certificate && certificate.use !== "cloudfront"
      ? ['The certificate is for a load balancer: CloudFront needs one from us-east-1 (use: "cloudfront").']
      : []),
    ...(domains && "use" in certificate ? coverErrors(domains, certificate) : []),
    ...choiceErrors(scope, "minimumTls", minimumTls, allowed.tls),
    ...every.flatMap((one) => choiceErrors(scope, "viewerProtocol", one.viewerProtocol, allowed.protocol)),
    ...Object.keys(props.behaviors ?? {}).flatMap((one) =>
      tokenErrors(scope, "A path pattern of behaviors", one, "which behavior it is"),
    ),
    ...every
      .filter((one) => (one.origin ?? props.origin).kind.kind === "failover" && !isRead(one))
      .map(
        () =>
          'methods "all" and Origin.failover: CloudFront fails over for GET, HEAD and OPTIONS only, and refuses the rest. Give paths that write an origin of their own.',
      ),
    ...every.flatMap((one) => behaviorErrors({ ...withoutFunctions(props), ...one })),
    ...pathErrors(Object.keys(props.behaviors ?? {})),
    ...[headers, ...every.flatMap((one) => one.headers ?? [])].flatMap((one) => one.errors(scope)),
  ];
}

/** CloudFront's limit (AWS, "Quotas on CloudFront Functions": maximum function size). */
const longestCode = 10_240;

/** What one behavior cannot be (AWS, "Restrictions on all edge functions", and "Using gRPC with CloudFront distributions"). */
function behaviorErrors(options: PathOptions): string[] {
  const edges = [options.viewerRequest, options.viewerResponse].filter((one) => one !== undefined);
  const lambdas = edges.filter((one) => "versionArn" in one);
  const long = edges.flatMap((one) => ("code" in one && !isToken(one.code) ? [Buffer.byteLength(one.code)] : []));
  return [
    ...(lambdas.length > 0 && lambdas.length < edges.length
      ? [
          "viewerRequest and viewerResponse of one behavior are both functions of CloudFront, or both of Lambda: choose one.",
        ]
      : []),
    ...long
      .filter((bytes) => bytes > longestCode)
      .map((bytes) => `A function of ${bytes} bytes: CloudFront takes ${longestCode} at most, so shorten its code.`),
    ...(options.grpc && options.methods !== "all" ? ['grpc: CloudFront asks for methods "all" beside it.'] : []),
    ...(options.cacheOptions && (options.methods ?? "read") === "read"
      ? ['cacheOptions: no OPTIONS request gets through, so set methods to "read-options" or "all" beside it.']
      : []),
  ];
}

/** static/* and /static/* are the same path. */
const pathErrors = (paths: readonly string[]): string[] =>
  paths
    .filter((path) => !path.startsWith("/") && paths.includes(`/${path}`))
    .map((path) => `The path patterns ${path} and /${path} are the same: keep one.`);

/** What websites, APIs and redirects hand on to their distribution as it is. */
export function handedOn<Props extends object, Key extends keyof Props>(
  props: Props,
  ...keys: readonly Key[]
): Pick<Props, Key> {
  return Object.fromEntries(keys.filter((key) => props[key] !== undefined).map((key) => [key, props[key]])) as Pick<
    Props,
    Key
  >;
}
