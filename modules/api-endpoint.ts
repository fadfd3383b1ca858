// An API behind CloudFront: HTTPS only, nothing cached unless asked for, every method, headers for machines.

import { Construct } from "constructs";
import { Certificate, type ICertificate, Validation } from "./certificate.ts";
import {
  type BehaviorOptions,
  Distribution,
  type DistributionBase,
  handedOn,
  type PathOptions,
  type PathPattern,
  type ViewerTls,
} from "./distribution.ts";
import type { Domains, Zones } from "./domain.ts";
import { Logs } from "./logs.ts";
import type { Opened } from "./opened.ts";
import type { Origin } from "./origin.ts";
import { type Cors, SecurityHeaders } from "./security-headers.ts";
import type { UsEast1 } from "./us-east-1.ts";

export interface ApiProps
  extends Pick<DistributionBase, "geo" | "grpc" | "priceClass" | "viewerRequest" | "viewerResponse"> {
  /** Names that it serves. */
  readonly domains: Domains;
  /** Hosted zones that hold the domains: for validation, and for A, AAAA and HTTPS records. */
  readonly zones: Zones;
  /** Where the answers come from. */
  readonly origin: Origin;
  /**
   * Sites whose scripts may call it.
   *
   * @default none: browsers keep answers to their own site
   */
  readonly cors?: Cors;
  /**
   * Paths whose answers are cached as the origin says.
   *
   * @default none: an answer to one caller is not for another
   */
  readonly cachePaths?: readonly PathPattern[];
  /**
   * Further paths with settings of their own, after `cachePaths`; what they do not state, they take from the API.
   *
   * @default none: all other paths are alike
   */
  readonly behaviors?: Readonly<Record<PathPattern, ApiPathOptions>>;
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
   * @default SecurityHeaders.api() with `cors`: an answer shown as a page can do nothing
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

/** A behavior of one path of an API: plain HTTP is refused there too. */
export type ApiPathOptions = Omit<PathOptions, "viewerProtocol">;

/**
 * An API behind CloudFront: plain HTTP is refused, nothing is cached unless asked for, every method goes through.
 *
 * @example
 * ```ts
 * import { Api, Origin } from "tlsgate/modules";
 *
 * const api = new Api(this, "api", {
 *   domains: ["api.example.com"],
 *   zones: { "example.com": "Z0EXAMPLECOM" },
 *   origin: Origin.https("abc123.execute-api.eu-west-1.amazonaws.com", { path: "/prod" }),
 *   cors: { origins: ["https://example.com"] },
 * });
 * ```
 */
export class Api extends Construct {
  /** What serves it. */
  readonly distribution: Distribution;
  /** What it is served with. */
  readonly certificate: ICertificate<"cloudfront">;
  /** https:// and the first domain. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { domains, zones, origin, cors, cachePaths = [], logs = Logs.s3(), tags, usEast1 } = props;
    const placed = { ...(tags ? { tags } : {}), ...(usEast1 ? { usEast1 } : {}) };
    this.certificate =
      props.certificate ??
      new Certificate(this, "certificate", { domains, validation: Validation.dns(zones), ...placed });
    const cached: BehaviorOptions = { cache: "origin-controlled", forward: "none" };
    this.distribution = new Distribution(this, "cdn", {
      domains,
      zones,
      certificate: this.certificate,
      origin,
      // A redirected POST has already sent its body in the clear: plain HTTP is refused, not redirected.
      viewerProtocol: "https-only",
      methods: "all",
      cache: "disabled",
      forward: "all-except-host",
      logs,
      headers: props.headers ?? SecurityHeaders.api(cors ? { cors } : {}),
      ...(cachePaths.length > 0 || props.behaviors
        ? { behaviors: { ...Object.fromEntries(cachePaths.map((path) => [path, cached])), ...props.behaviors } }
        : {}),
      ...handedOn(props, "geo", "grpc", "priceClass", "viewerRequest", "viewerResponse"),
      ...(props.minimumTls ? { minimumTls: props.minimumTls } : {}),
      ...(props.webAcl ? { webAcl: props.webAcl } : {}),
      ...placed,
    });
    this.url = this.distribution.url;
  }
}
