// Domains that only redirect: over HTTPS, with HSTS, and without an S3 website, which would be plain HTTP.

import { Construct } from "constructs";
import { Certificate, type ICertificate, Validation } from "./certificate.ts";
import { Distribution, type DistributionBase, handedOn } from "./distribution.ts";
import type { Domains, Zones } from "./domain.ts";
import { answeringAll, edgeCode } from "./edge-code.ts";
import { Origin } from "./origin.ts";
import { type Hsts, hstsHeader, SecurityHeaders } from "./security-headers.ts";
import type { UsEast1 } from "./us-east-1.ts";

export interface RedirectProps extends Pick<DistributionBase, "geo" | "logs" | "priceClass" | "webAcl"> {
  /** Names that redirect. */
  readonly from: Domains;
  /** Where to: a host, or a URL to put paths behind. */
  readonly to: `https://${string}`;
  /** Hosted zones that hold the domains of `from`. */
  readonly zones: Zones;
  /**
   * Status of the answer: 301 and 308 are for good, 307 and 308 keep the method.
   *
   * @default 301: search engines follow it
   */
  readonly status?: 301 | 302 | 307 | 308;
  /**
   * Whether the path is put behind `to`.
   *
   * @default true: old links lead to the same page
   */
  readonly keepPath?: boolean;
  /**
   * Whether the query string is put behind it.
   *
   * @default true: old links lead to the same page
   */
  readonly keepQuery?: boolean;
  /**
   * Strict-Transport-Security.
   *
   * @default two years, with subdomains: the next visit is HTTPS from the start
   */
  readonly hsts?: Hsts;
  /**
   * The certificate of `from`.
   *
   * @default a new one: for the domains, validated in the zones
   */
  readonly certificate?: ICertificate<"cloudfront">;
  /**
   * How the certificate gets to us-east-1.
   *
   * @default UsEast1.of(this): found or made in the stack
   */
  readonly usEast1?: UsEast1;
  /**
   * Tags of all that can have them.
   *
   * @default none: the provider's default tags are there anyway
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Domains that only redirect: answered at the edge, over HTTPS and with HSTS, without an S3 website, which would be plain
 * HTTP.
 *
 * @example
 * ```ts
 * import { Redirect } from "tlsgate/modules";
 *
 * new Redirect(this, "old", {
 *   from: ["example.org", "www.example.org"],
 *   to: "https://example.com",
 *   zones: { "example.org": "Z0EXAMPLEORG" },
 * });
 * ```
 */
export class Redirect extends Construct {
  /** What answers. */
  readonly distribution: Distribution;
  /** What it answers with. */
  readonly certificate: ICertificate<"cloudfront">;

  constructor(scope: Construct, id: string, props: RedirectProps) {
    super(scope, id);
    const { from, to, zones, status = 301, keepPath = true, keepQuery = true, hsts = {}, tags } = props;
    const placed = { ...(tags ? { tags } : {}), ...(props.usEast1 ? { usEast1: props.usEast1 } : {}) };
    this.certificate =
      props.certificate ??
      new Certificate(this, "certificate", { domains: from, validation: Validation.dns(zones), ...placed });
    const [, host = ""] = /^https:\/\/([^/?#:]+)/.exec(to) ?? [];
    if (host === "") {
      const message = `to ${to}: write https:// and a host; a token may stand for the host, not for the whole URL.`;
      this.node.addValidation({ validate: () => [message] });
    }
    const target = keepPath ? (to.replace(/\/$/, "") as typeof to) : to;
    const redirect = { to: target, status, keepPath, keepQuery };
    this.distribution = new Distribution(this, "cdn", {
      domains: from,
      zones,
      certificate: this.certificate,
      // The function answers every request: nothing ever reaches the origin that CloudFront asks for.
      origin: Origin.https(host, { id: "target" }),
      // 307 and 308 keep the method: it must get as far as the function.
      methods: "all",
      viewerRequest: answeringAll({ code: edgeCode({ redirect, hsts: hstsHeader(hsts) }) }),
      headers: SecurityHeaders.strict({ hsts }),
      ...handedOn(props, "geo", "logs", "priceClass", "webAcl"),
      ...placed,
    });
  }
}
