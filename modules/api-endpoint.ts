// An API behind CloudFront: HTTPS only, nothing cached unless asked for, every method, headers for machines.

import { Construct } from "constructs";
import { Certificate, type ICertificate, Validation } from "./certificate.ts";
import { type BehaviorOptions, Distribution, type PathPattern, type ViewerTls } from "./distribution.ts";
import type { Domains, Zones } from "./domain.ts";
import type { Origin } from "./origin.ts";
import { type Cors, SecurityHeaders } from "./security-headers.ts";
import type { UsEast1 } from "./us-east-1.ts";

export interface ApiProps {
  readonly domains: Domains;
  /** Hosted zones that hold the domains: for validation, and for A, AAAA and HTTPS records. */
  readonly zones: Zones;
  readonly origin: Origin;
  /** Sites whose scripts may call it. Default none. */
  readonly cors?: Cors;
  /** Paths whose answers are cached as the origin says. Default none. */
  readonly cachePaths?: readonly PathPattern[];
  /** Default: a new one for the domains. */
  readonly certificate?: ICertificate<"cloudfront">;
  readonly usEast1?: UsEast1;
  /** Default TLSv1.2_2021. */
  readonly minimumTls?: ViewerTls;
  /** Default SecurityHeaders.api(), with `cors`. */
  readonly headers?: SecurityHeaders;
  readonly tags?: Readonly<Record<string, string>>;
}

export class Api extends Construct {
  readonly distribution: Distribution;
  readonly certificate: ICertificate<"cloudfront">;
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { domains, zones, origin, cors, cachePaths = [], tags } = props;
    const tagged = tags ? { tags } : {};
    this.certificate =
      props.certificate ??
      new Certificate(this, "certificate", {
        domains,
        validation: Validation.dns(zones),
        ...(props.usEast1 ? { usEast1: props.usEast1 } : {}),
        ...tagged,
      });
    const cached: BehaviorOptions = { cache: "origin-controlled", methods: "read-options" };
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
      headers: props.headers ?? SecurityHeaders.api(cors ? { cors } : {}),
      ...(cachePaths.length > 0 ? { behaviors: Object.fromEntries(cachePaths.map((path) => [path, cached])) } : {}),
      ...(props.minimumTls ? { minimumTls: props.minimumTls } : {}),
      ...tagged,
    });
    this.url = this.distribution.url;
  }
}
