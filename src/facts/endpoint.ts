// The model: what an HTTPS endpoint is, whichever cloud serves it.

import type { DisplayText } from "../text.ts";
import type { Fact } from "./fact.ts";

/** In order, oldest first. */
export const tlsVersions = ["SSLv3", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] as const;

export type TlsVersion = (typeof tlsVersions)[number];

/** Whether a version is at least another one. */
export const atLeast = (version: TlsVersion, floor: TlsVersion): boolean =>
  tlsVersions.indexOf(version) >= tlsVersions.indexOf(floor);

/** Something that answers HTTPS requests under one or more names; or plain HTTP alone, and then nothing is said of TLS. */
export interface Endpoint {
  /** Address of the resource that makes it. */
  readonly address: string;
  /** What it is, for people: "CloudFront distribution". */
  readonly kind: string;
  /** Host names of its owner; a name that the provider gives, e.g. *.cloudfront.net, is not among them. */
  readonly names: readonly Fact<string>[];
  /** Whose certificate it shows: one for its owner's names, the provider's for the provider's own, or none that would do. */
  readonly certificate?: Fact<"own" | "provider" | "missing"> | undefined;
  /** The owner's certificates, each as this endpoint uses it. */
  readonly certificates: readonly CertificateUse[];
  /** The oldest protocol version that a client can negotiate. */
  readonly minimumTls?: Fact<TlsVersion> | undefined;
  /** Whether every cipher suite up to TLS 1.2 is forward secret, (EC)DHE; TLS 1.3 always is (RFC 8446). */
  readonly forwardSecrecy?: Fact<boolean> | undefined;
  /** Whether every cipher suite is AEAD: GCM, CCM or ChaCha20-Poly1305, none of CBC, RC4 or 3DES. */
  readonly aeadOnly?: Fact<boolean> | undefined;
  /**
   * Whether TLS 1.2 with a suite of App Transport Security (ECDHE with AES), or TLS 1.3, is among what it offers. What
   * else it offers does not matter.
   */
  readonly ecdheAes?: Fact<boolean> | undefined;
  /**
   * Whether HTTPS is answered beside the plain HTTP that this endpoint serves, e.g. by another listener of the same load
   * balancer. Nothing where it speaks TLS itself.
   */
  readonly httpsBeside?: Fact<boolean> | undefined;
  /** Whether clients are told apart by the name they ask for (RFC 6066), not by an IP address of the endpoint's own. */
  readonly sni?: Fact<boolean> | undefined;
  /** HTTP versions that it offers, e.g. "HTTP/2". */
  readonly httpVersions?: Fact<readonly string[]> | undefined;
  readonly routes: readonly Route[];
  readonly upstreams: readonly Upstream[];
}

/** What happens to a request over plain HTTP. */
export type PlainHttp = Fact<"served" | "redirected" | "refused">;

/** Requests that are treated alike, e.g. those of one cache behavior. */
export interface Route {
  /** Path pattern, or another name for the requests it takes. */
  readonly path: DisplayText;
  /** Nothing where what stands before the endpoint decides. */
  readonly plainHttp?: PlainHttp | undefined;
  /** The protocol that an HTTPS request is redirected to; nothing where it is forwarded or answered, or comes in no HTTPS. */
  readonly redirectsTo?: Fact<"https" | "http"> | undefined;
  /**
   * Nothing where no HTTPS answers, as browsers ignore the header in plain HTTP (RFC 6797 section 8.1), or where the
   * provider's own name answers, e.g. of a bucket, and no setting makes it send the header.
   */
  readonly hsts?: Hsts | undefined;
}

/** The Strict-Transport-Security header of a route's HTTPS answers (RFC 6797 section 6.1), directive by directive. */
export interface Hsts {
  /** In seconds; 0 where no header is sent, which is what max-age=0 means too. */
  readonly maxAge: Fact<number>;
  readonly includeSubDomains: Fact<boolean>;
  readonly preload: Fact<boolean>;
}

/** The next hop, behind the endpoint. */
export interface Upstream {
  readonly name: DisplayText;
  /**
   * "private": it stays in a network of the owner's or of the provider's, by what the vendor says of the service, e.g.
   * from a load balancer to targets in its VPC; by the host or the setting where a service takes both.
   */
  readonly reach: Reach;
  /** "viewer": as the viewer came, so plain HTTP wherever a route serves plain HTTP. */
  readonly protocol: Fact<"https" | "http" | "viewer">;
  /** The oldest protocol version that the endpoint offers to it; nothing when the provider alone decides. */
  readonly minimumTls?: Fact<TlsVersion> | undefined;
  /** Whether the endpoint makes sure whose certificate it is shown; nothing when the provider alone decides, or there is none. */
  readonly certificate?: Fact<"verified" | "not verified"> | undefined;
  /** Address of what it is, where this plan makes that: an endpoint behind the endpoint. */
  readonly endpoint?: string | undefined;
  /** Paths of the routes that lead to it. */
  readonly routes: readonly DisplayText[];
}

export type Reach = "private" | "public";

/** A certificate as an endpoint uses it. */
export interface CertificateUse {
  readonly certificate: Certificate;
  /** The region it is in, and the one where this endpoint needs it. */
  readonly region?: Fact<{ readonly actual: string; readonly required: string }> | undefined;
  /** Set where one provider configuration makes the certificate and the endpoint: they share a region, whichever it is. */
  readonly sameRegion?: Fact<true> | undefined;
  /** Whether it is issued before the endpoint starts to use it; nothing where the provider waits for it by itself. */
  readonly ready?: Fact<boolean> | undefined;
}

export interface Certificate {
  /** Address of the resource; nothing for a certificate from outside the plan. */
  readonly address: string | undefined;
  /** DNS names it is valid for. */
  readonly names: readonly Fact<string>[];
  /** Nothing where its issuer alone decides, and does not say. */
  readonly key?: Fact<CertificateKey> | undefined;
  /** The hash function of its signature; nothing where its issuer alone decides: public ones use SHA-256 or longer. */
  readonly digest?: Fact<Digest> | undefined;
  /** Whether it is logged to Certificate Transparency logs (RFC 9162); nothing where its issuer alone decides. */
  readonly transparency?: Fact<boolean> | undefined;
  /** Who renews it before it expires: the provider alone, a person who answers a mail, or whoever imported it. */
  readonly renewal?: Fact<"automatic" | "by email" | "by import"> | undefined;
}

/** Hash functions of signatures, weakest first. */
export const digests = ["MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const;

export type Digest = (typeof digests)[number];

export interface CertificateKey {
  readonly algorithm: "RSA" | "ECDSA";
  /** In bits: the modulus of RSA, the field of ECDSA. */
  readonly size: number;
}
