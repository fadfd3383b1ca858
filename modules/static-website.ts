// A website from a private bucket: certificate, distribution, records and bucket, in one construct.

import { Construct } from "constructs";
import { Certificate, type ICertificate, Validation } from "./certificate.ts";
import {
  type BehaviorOptions,
  Distribution,
  type DistributionBase,
  type EdgeFunction,
  type ErrorPage,
  handedOn,
  type PathPattern,
  type ViewerTls,
} from "./distribution.ts";
import type { Domains, Fqdn, Zones } from "./domain.ts";
import { type EdgeSteps, edgeCode } from "./edge-code.ts";
import { Logs } from "./logs.ts";
import type { Opened } from "./opened.ts";
import { Origin } from "./origin.ts";
import { PrivateBucket } from "./private-bucket.ts";
import { SecurityHeaders } from "./security-headers.ts";
import { tokenErrors } from "./token.ts";
import type { UsEast1 } from "./us-east-1.ts";

export interface StaticWebsiteProps extends Pick<DistributionBase, "cache" | "geo" | "priceClass"> {
  /** Names that it serves. */
  readonly domains: Domains;
  /** Hosted zones that hold the domains: for validation, and for A, AAAA and HTTPS records. */
  readonly zones: Zones;
  /**
   * The host that the others redirect to.
   *
   * @default the first domain: search engines and cookies want one; a wildcard among the domains switches it off
   */
  readonly canonical?: Fqdn;
  /**
   * Whether every path without an extension gets the index document, for an application that routes in the browser.
   *
   * @default false: what is not there stays a 404
   */
  readonly spa?: boolean;
  /**
   * The document that a directory stands for.
   *
   * @default "index.html": what every generator of websites writes
   */
  readonly index?: string;
  /**
   * Whether /docs and /docs/ get /docs/index.html.
   *
   * @default true: a private bucket does not do it by itself
   */
  readonly directoryIndexes?: boolean;
  /**
   * The page for what is not there, with status 404. CloudFront knows error pages of a whole distribution only: it also
   * replaces each 403 and 404 of `behaviors`.
   *
   * @default none: the bucket's own answer
   */
  readonly notFoundPage?: `/${string}`;
  /**
   * Pages for other errors of the bucket, on all paths.
   *
   * @default none: the bucket's own answers
   */
  readonly errors?: readonly ErrorPage[];
  /**
   * A function of yours that sees each request for the canonical host, before its path becomes that of a document. Its
   * handler returns the request or an answer, and may be asynchronous.
   *
   * @default none: the website's own function is all
   */
  readonly viewerRequest?: EdgeFunction;
  /**
   * Behaviors beside the website, by path pattern, e.g. an API under /api/*.
   *
   * @default none: all paths are the website's
   */
  readonly behaviors?: Readonly<Record<PathPattern, BehaviorOptions & { readonly origin: Origin }>>;
  /**
   * Where the files are.
   *
   * @default a new PrivateBucket: it goes with the website
   */
  readonly bucket?: PrivateBucket;
  /**
   * The certificate of the domains.
   *
   * @default a new one: for the domains, validated in the zones
   */
  readonly certificate?: ICertificate<"cloudfront">;
  /**
   * How certificate and logs get to us-east-1.
   *
   * @default UsEast1.of(this): found or made in the stack
   */
  readonly usEast1?: UsEast1;
  /**
   * Oldest TLS that viewers may use.
   *
   * @default TLSv1.2_2025 where the bindings are of aws 6.20 or newer, else TLSv1.2_2021: aws 5 refuses the newer name
   */
  readonly minimumTls?: ViewerTls | Opened<"viewer-tls">;
  /**
   * Response headers, HSTS always among them.
   *
   * @default SecurityHeaders.strict(): HSTS for two years, and browsers kept from sniffing and framing
   */
  readonly headers?: SecurityHeaders;
  /**
   * Access logs.
   *
   * @default Logs.s3(): into a private bucket, as who asked for what is asked after an incident
   */
  readonly logs?: Logs;
  /**
   * Web ACL of AWS WAF: its ARN, or the resource, whose region is then checked when it is planned.
   *
   * @default none: its rules are yours to choose
   */
  readonly webAcl?: DistributionBase["webAcl"];
  /**
   * Tags of all that can have them.
   *
   * @default none: the provider's default tags are there anyway
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A website from a private bucket: one canonical host, directory indexes or a single page, over HTTPS alone.
 *
 * @example
 * ```ts
 * import { StaticWebsite } from "tlsgate/modules";
 *
 * const site = new StaticWebsite(this, "site", {
 *   domains: ["example.com", "www.example.com"],
 *   zones: { "example.com": "Z0EXAMPLECOM" },
 *   notFoundPage: "/404.html",
 * });
 * ```
 */
export class StaticWebsite extends Construct {
  /** What serves it. */
  readonly distribution: Distribution;
  /** What it is served with. */
  readonly certificate: ICertificate<"cloudfront">;
  /** Where its files go: the name of the bucket. */
  readonly bucketName: string;
  /** For policies of who may put files there. */
  readonly bucketArn: string;
  /** https:// and the first domain. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: StaticWebsiteProps) {
    super(scope, id);
    const { domains, zones, index = "index.html", notFoundPage, canonical, logs = Logs.s3() } = props;
    const { tags, usEast1, viewerRequest } = props;
    const tagged = tags ? { tags } : {};
    const placed = { ...tagged, ...(usEast1 ? { usEast1 } : {}) };
    const bucket = props.bucket ?? new PrivateBucket(this, "files", tagged);
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.arn;
    this.certificate =
      props.certificate ??
      new Certificate(this, "certificate", { domains, validation: Validation.dns(zones), ...placed });
    this.distribution = new Distribution(this, "cdn", {
      domains,
      zones,
      certificate: this.certificate,
      origin: Origin.s3(bucket),
      rootObject: index,
      viewerRequest: {
        code: edgeCode(stepsOf(props, index)),
        ...(viewerRequest?.keyValueStoreArn ? { keyValueStoreArn: viewerRequest.keyValueStoreArn } : {}),
      },
      logs,
      ...(props.behaviors ? { behaviors: props.behaviors } : {}),
      ...(props.headers ? { headers: props.headers } : {}),
      // A private bucket answers 403 for what is not there, as it may not tell.
      errors: [
        ...(notFoundPage ? [403, 404].map((status) => ({ status, page: notFoundPage, as: 404 })) : []),
        ...(props.errors ?? []),
      ],
      ...handedOn(props, "cache", "geo", "priceClass"),
      ...(props.minimumTls ? { minimumTls: props.minimumTls } : {}),
      ...(props.webAcl ? { webAcl: props.webAcl } : {}),
      ...placed,
    });
    this.url = this.distribution.url;
    if (canonical !== undefined && !domains.includes(canonical)) {
      const [token] = tokenErrors(this, "canonical", canonical, "where the other hosts redirect to");
      const message = `canonical ${canonical} is not among the domains: add it, or it would redirect to a host that nothing serves.`;
      this.node.addValidation({ validate: () => [token ?? message] });
    }
  }
}

function stepsOf(
  { domains, canonical, headers, spa, directoryIndexes = true, viewerRequest }: StaticWebsiteProps,
  index: string,
): EdgeSteps {
  const several = domains.length > 1 && !domains.some((one) => one.startsWith("*."));
  const host = canonical ?? (several ? domains[0] : undefined);
  const hsts = (headers ?? SecurityHeaders.strict()).hsts();
  return {
    ...(hsts === undefined ? {} : { hsts }),
    ...(host === undefined ? {} : { canonicalHost: host }),
    ...(viewerRequest === undefined ? {} : { own: viewerRequest.code }),
    ...(spa ? { singlePage: index } : directoryIndexes ? { directoryIndex: index } : {}),
  };
}
