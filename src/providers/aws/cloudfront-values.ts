// CloudFront's names for what it does: security policies, protocol policies, managed response headers policies.

import type { TlsVersion } from "../../facts/endpoint.ts";
import type { HstsDirectives } from "../../facts/hsts.ts";
import type { Security } from "../../facts/service.ts";

/**
 * `viewer_certificate.minimum_protocol_version`. Each offers TLS 1.3, all but the last TLS 1.2 with
 * ECDHE-RSA-AES128-GCM-SHA256
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 */
export const securityPolicies: { readonly [name: string]: Security } = {
  SSLv3: { minimumTls: "SSLv3", forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
  TLSv1: { minimumTls: "TLS 1.0", forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
  TLSv1_2016: { minimumTls: "TLS 1.0", forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
  "TLSv1.1_2016": { minimumTls: "TLS 1.1", forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
  // Still offers RSA key transport: AES128-GCM-SHA256, AES256-GCM-SHA384, AES128-SHA256.
  "TLSv1.2_2018": { minimumTls: "TLS 1.2", forwardSecrecy: false, aeadOnly: false, ecdheAes: true },
  // Still offers ECDHE with CBC: ECDHE-RSA-AES128-SHA256, ECDHE-RSA-AES256-SHA384.
  "TLSv1.2_2019": { minimumTls: "TLS 1.2", forwardSecrecy: true, aeadOnly: false, ecdheAes: true },
  "TLSv1.2_2021": { minimumTls: "TLS 1.2", forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
  "TLSv1.2_2025": { minimumTls: "TLS 1.2", forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
  "TLSv1.3_2025": { minimumTls: "TLS 1.3", forwardSecrecy: true, aeadOnly: true, ecdheAes: true },
};

/** What CloudFront does for its own *.cloudfront.net certificate, whatever `minimum_protocol_version` says (same page). */
export const defaultCertificatePolicy = "TLSv1";

/** The policy that the remedies name: the newest that every release of the provider since 3.24 accepts. */
export const recommendedPolicy = "TLSv1.2_2021";

/** The one that takes TLS 1.3 alone. */
export const strictestPolicy = "TLSv1.3_2025";

/**
 * `viewer_protocol_policy`
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
 */
export const viewerProtocols: { readonly [name: string]: "served" | "redirected" | "refused" } = {
  "allow-all": "served",
  "redirect-to-https": "redirected",
  "https-only": "refused",
};

/**
 * `origin_protocol_policy`
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
 */
export const originProtocols: { readonly [name: string]: "http" | "viewer" | "https" } = {
  "http-only": "http",
  "match-viewer": "viewer",
  "https-only": "https",
};

/** `origin_ssl_protocols` (same page); the API has no TLSv1.3 for them. */
export const originTlsVersions: { readonly [name: string]: TlsVersion } = {
  SSLv3: "SSLv3",
  TLSv1: "TLS 1.0",
  "TLSv1.1": "TLS 1.1",
  "TLSv1.2": "TLS 1.2",
};

/** `http_version`. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html */
export const httpVersions: { readonly [name: string]: readonly string[] } = {
  "http1.1": ["HTTP/1.1"],
  http2: ["HTTP/1.1", "HTTP/2"],
  http3: ["HTTP/1.1", "HTTP/3"],
  http2and3: ["HTTP/1.1", "HTTP/2", "HTTP/3"],
};

/** `ssl_support_method`: true where the viewer names the host it wants (same page, ViewerCertificate). */
export const sniMethods: { readonly [name: string]: boolean } = { "sni-only": true, vip: false, "static-ip": false };

const oneYear: HstsDirectives = { maxAge: 31_536_000, includeSubDomains: false, preload: false };
const noHeader: HstsDirectives = { maxAge: 0, includeSubDomains: false, preload: false };

/**
 * AWS's managed response headers policies: the same id in every account.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
export const managedHeadersPolicies = [
  { id: "67f7725c-6f97-4210-82d7-5512b31e9d03", name: "Managed-SecurityHeadersPolicy", hsts: oneYear },
  { id: "e61eb60c-9c35-4d20-a928-2b84e02af89c", name: "Managed-CORS-and-SecurityHeadersPolicy", hsts: oneYear },
  {
    id: "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
    name: "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
    hsts: oneYear,
  },
  { id: "60669652-455b-4ae9-85a4-c4c02393f86c", name: "Managed-SimpleCORS", hsts: noHeader },
  { id: "5cc3b908-e619-4b99-88e5-2cf7f45965bd", name: "Managed-CORS-With-Preflight", hsts: noHeader },
] as const;

/**
 * S3's website endpoints answer plain HTTP only.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
 */
export const isS3Website = (host: string): boolean =>
  /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(host.toLowerCase());
