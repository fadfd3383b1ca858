// The only door to what the types refuse: each way out takes waivers of exactly its rules. `grep -rn "Unsafe\."` lists them all.

import type { Construct } from "constructs";
import { Validation } from "./certificate.ts";
import type { Fqdn } from "./domain.ts";
import { override } from "./guard.ts";
import { Opened } from "./opened.ts";
import { type HttpsOriginOptions, Origin } from "./origin.ts";
import { type ManagedHeaders, SecurityHeaders } from "./security-headers.ts";
import type { WaivableRule, Waiver } from "./waiver.ts";

/** One waiver or more: an old protocol breaks several rules, and each has its own. */
type Waivers<Rule extends WaivableRule> = readonly [Waiver<Rule>, ...Waiver<Rule>[]];

type TlsRule = "minimum-tls-1-2" | "forward-secrecy" | "strong-ciphers";

/** Security policies of CloudFront that offer less than TLS 1.2 with authenticated encryption. */
export type LegacyViewerTls = "TLSv1_2016" | "TLSv1.1_2016" | "TLSv1.2_2018" | "TLSv1.2_2019";

export const Unsafe = {
  /** Answers plain HTTP. */
  allowAll: (...waivers: Waivers<"https-only">): Opened<"viewer-protocol"> =>
    new Opened("viewer-protocol", "allow-all", waivers),

  /** An older security policy, for clients that cannot be updated. */
  viewerTls: (policy: LegacyViewerTls, ...waivers: Waivers<TlsRule>): Opened<"viewer-tls"> =>
    new Opened("viewer-tls", policy, waivers),

  /** CloudFront's own *.cloudfront.net certificate, which accepts TLS 1.0 whatever else is said. */
  defaultCertificate: (...waivers: Waivers<TlsRule>): Opened<"provider-certificate", true> =>
    new Opened("provider-certificate", true, waivers),

  /** HSTS for the host alone, as `includeSubdomains`: a subdomain over plain HTTP can plant cookies for the whole domain. */
  hstsWithoutSubdomains: (...waivers: Waivers<"hsts-include-subdomains">): Opened<"hsts-subdomains", false> =>
    new Opened("hsts-subdomains", false, waivers),

  /**
   * One of AWS's response headers policies. They send HSTS for a year without includeSubDomains, and leave the origin's own
   * header in place where it sends one.
   */
  managedHeaders: (name: ManagedHeaders, ...waivers: Waivers<"hsts-include-subdomains">): SecurityHeaders =>
    SecurityHeaders.managed(name, waivers),

  /** A response headers policy of your own, whose HSTS nobody checks here. */
  headersPolicy: (id: string, ...waivers: Waivers<"hsts-enabled" | "hsts-include-subdomains">): SecurityHeaders =>
    SecurityHeaders.ofPolicy(id, waivers),

  /** An origin that speaks no HTTPS. */
  plainHttpOrigin: (domain: string, waiver: Waiver<"origin-https-only">, options?: HttpsOriginOptions): Origin =>
    Origin.plainHttp(domain, [waiver], options),

  /** Validation by mail: each renewal waits for somebody who answers it. `mailDomains`: whose mailboxes are asked for a name. */
  emailValidation: (
    waiver: Waiver<"certificate-auto-renewal">,
    mailDomains: Readonly<Record<Fqdn, Fqdn>> = {},
  ): Validation => Validation.byEmail([waiver], mailDomains),

  /** Any security policy of load balancers, for clients that cannot be updated. */
  listenerTls: (policy: `ELBSecurityPolicy-${string}`, ...waivers: Waivers<TlsRule>): Opened<"listener-tls"> =>
    new Opened("listener-tls", policy, waivers),

  /**
   * Sets an attribute of what a construct has made, past all that it refuses. `target` is a resource, or a construct, for
   * its main one; lists are replaced, while cdktf's own `addOverride` appends to them.
   */
  override: (target: Construct, path: string, value: unknown, ...waivers: Waivers<WaivableRule>): void =>
    override(target, path, value, waivers),
} as const;
