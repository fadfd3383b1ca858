// What `import … from "tlsgate/modules"` gives: the constructs, and the values that they take.

export { Api, type ApiPathOptions, type ApiProps } from "./api-endpoint.ts";
export {
  Certificate,
  type CertificateArn,
  type CertificateProps,
  type CertificateQuery,
  type CertificateUse,
  type EdgeCertificateArn,
  type ICertificate,
  type ImportedCertificateProps,
  type KeyAlgorithm,
  type PrivateCertificateProps,
  Validation,
} from "./certificate.ts";
export {
  type BehaviorOptions,
  Distribution,
  type DistributionProps,
  type EdgeFunction,
  type EdgeLambda,
  type ErrorPage,
  type PathOptions,
  type PathPattern,
  type ViewerTls,
  type WebAclArn,
} from "./distribution.ts";
export { type Domains, type Fqdn, parseDomains, type Zones } from "./domain.ts";
export {
  HttpsListener,
  type HttpsListenerProps,
  type ListenerAction,
  type ListenerRule,
  type ListenerTls,
  type WeightedTarget,
} from "./https-listener.ts";
export { type BucketLogOptions, type LogGroupOptions, Logs } from "./logs.ts";
export type { Opened } from "./opened.ts";
export {
  type BucketOrigin,
  type FunctionUrlOrigin,
  type HttpsOriginOptions,
  Origin,
  type OriginOptions,
} from "./origin.ts";
export { Pem, PrivateKey } from "./pem.ts";
export { PrivateBucket, type PrivateBucketProps } from "./private-bucket.ts";
export { Redirect, type RedirectProps } from "./redirect.ts";
export {
  type Cors,
  type CorsOptions,
  type CustomHeaders,
  type HeaderOptions,
  type Hsts,
  type ManagedHeaders,
  type NamedCors,
  type PublicCors,
  SecurityHeaders,
} from "./security-headers.ts";
export { StaticWebsite, type StaticWebsiteProps } from "./static-website.ts";
export { type LegacyViewerTls, Unsafe } from "./unsafe.ts";
export { type Placement, UsEast1 } from "./us-east-1.ts";
export type { ValidationRecord } from "./validation-record.ts";
export { type RecordedWaiver, type WaivableRule, Waiver, type WaiverProps } from "./waiver.ts";
