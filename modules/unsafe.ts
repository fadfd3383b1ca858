// The only door to what the types refuse: each way out takes a waiver of exactly its rule. `grep -rn "Unsafe\."` lists them all.

import { Validation } from "./certificate.ts";
import { type HttpsOriginOptions, Origin } from "./origin.ts";
import { SecurityHeaders } from "./security-headers.ts";
import type { Waiver } from "./waiver.ts";

/** A value that only `Unsafe` gives out, with the waiver that it took. */
export class Opened<Kind extends "viewer-protocol" | "viewer-tls" | "provider-certificate", Value = string> {
  readonly kind: Kind;
  readonly value: Value;
  readonly waiver: Waiver;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  /** @internal */
  constructor(kind: Kind, value: Value, waiver: Waiver) {
    this.kind = kind;
    this.value = value;
    this.waiver = waiver;
  }
}

/** Security policies of CloudFront that offer less than TLS 1.2 with authenticated encryption. */
export type LegacyViewerTls = "TLSv1_2016" | "TLSv1.1_2016" | "TLSv1.2_2018" | "TLSv1.2_2019";

export const Unsafe = {
  /** Answers plain HTTP. */
  allowAll: (waiver: Waiver<"https-only">): Opened<"viewer-protocol"> =>
    new Opened("viewer-protocol", "allow-all", waiver),

  /** An older security policy, for clients that cannot be updated. */
  viewerTls: (policy: LegacyViewerTls, waiver: Waiver<"minimum-tls-1-2" | "strong-ciphers">): Opened<"viewer-tls"> =>
    new Opened("viewer-tls", policy, waiver),

  /** CloudFront's own *.cloudfront.net certificate, which accepts TLS 1.0 whatever else is said. */
  defaultCertificate: (waiver: Waiver<"minimum-tls-1-2">): Opened<"provider-certificate", true> =>
    new Opened("provider-certificate", true, waiver),

  /** A response headers policy of your own, whose HSTS nobody checks. */
  headersPolicy: (id: string, waiver: Waiver<"hsts-enabled">): SecurityHeaders => SecurityHeaders.ofPolicy(id, waiver),

  /** An origin that speaks no HTTPS. */
  plainHttpOrigin: (domain: string, waiver: Waiver<"origin-https-only">, options?: HttpsOriginOptions): Origin =>
    Origin.plainHttp(domain, waiver, options),

  /** Validation by mail: each renewal waits for somebody who answers it. */
  emailValidation: (waiver: Waiver<"certificate-auto-renewal">): Validation => Validation.byEmail(waiver),
} as const;
