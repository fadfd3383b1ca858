// Domains that only redirect: over HTTPS, with HSTS, and without an S3 website, which would be plain HTTP.

import { Construct } from "constructs";
import { Certificate, type ICertificate, Validation } from "./certificate.ts";
import { Distribution } from "./distribution.ts";
import type { Domains, Zones } from "./domain.ts";
import { edgeCode } from "./edge-code.ts";
import { Origin } from "./origin.ts";
import { type Hsts, hstsHeader, SecurityHeaders } from "./security-headers.ts";
import type { UsEast1 } from "./us-east-1.ts";

export interface RedirectProps {
  readonly from: Domains;
  readonly to: `https://${string}`;
  /** Hosted zones that hold the domains of `from`. */
  readonly zones: Zones;
  /** Default 301. */
  readonly status?: 301 | 302 | 307 | 308;
  /** Whether the path is put behind `to`. Default true. */
  readonly keepPath?: boolean;
  /** Whether the query string is put behind it. Default true. */
  readonly keepQuery?: boolean;
  /** Default two years with subdomains. */
  readonly hsts?: Hsts;
  /** Default: a new one for the domains. */
  readonly certificate?: ICertificate<"cloudfront">;
  readonly usEast1?: UsEast1;
  readonly tags?: Readonly<Record<string, string>>;
}

export class Redirect extends Construct {
  readonly distribution: Distribution;
  readonly certificate: ICertificate<"cloudfront">;

  constructor(scope: Construct, id: string, props: RedirectProps) {
    super(scope, id);
    const { from, to, zones, status = 301, keepPath = true, keepQuery = true, hsts = {}, tags } = props;
    const tagged = tags ? { tags } : {};
    this.certificate =
      props.certificate ??
      new Certificate(this, "certificate", {
        domains: from,
        validation: Validation.dns(zones),
        ...(props.usEast1 ? { usEast1: props.usEast1 } : {}),
        ...tagged,
      });
    const target = keepPath ? (to.replace(/\/$/, "") as typeof to) : to;
    const redirect = { to: target, status, keepPath, keepQuery };
    this.distribution = new Distribution(this, "cdn", {
      domains: from,
      zones,
      certificate: this.certificate,
      // The function answers every request: nothing ever reaches the origin that CloudFront asks for.
      origin: Origin.https(new URL(to).hostname),
      viewerRequest: { code: edgeCode({ redirect, hsts: hstsHeader(hsts) }) },
      headers: SecurityHeaders.strict({ hsts }),
      ...tagged,
    });
  }
}
