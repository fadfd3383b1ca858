// Misuses that the compiler refuses, each below the reason. types.test.ts shows that every directive is needed.

import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import type { Construct } from "constructs";
import { Api } from "../../modules/api-endpoint.ts";
import { Certificate, type ICertificate, Validation } from "../../modules/certificate.ts";
import { Distribution } from "../../modules/distribution.ts";
import { HttpsListener } from "../../modules/https-listener.ts";
import { Origin } from "../../modules/origin.ts";
import { Pem, PrivateKey } from "../../modules/pem.ts";
import { Redirect } from "../../modules/redirect.ts";
import { SecurityHeaders } from "../../modules/security-headers.ts";
import { StaticWebsite } from "../../modules/static-website.ts";
import { Unsafe } from "../../modules/unsafe.ts";
import { Waiver } from "../../modules/waiver.ts";

declare const scope: Construct;
declare const provider: AwsProvider;
declare const edge: ICertificate<"cloudfront">;
declare const regional: ICertificate<"regional">;

const zones = { "example.com": "Z1" };
const domains = ["example.com"] as const;
const validation = Validation.dns(zones);
const origin = Origin.https("backend.example.com");
const site = { domains, certificate: edge, origin };
const listener = { loadBalancerArn: "arn", action: { forward: "arn" } };
const secure = { ...listener, certificate: regional };
const reason = "Meters in the field speak no TLS.";
const waiver = { reason, until: "2027-03-31", owner: "grid" } as const;
const httpsWaiver = Waiver.for({ rule: "https-only", ...waiver });
const tlsWaiver = Waiver.for({ rule: "minimum-tls-1-2", ...waiver });
const renewal = Waiver.for({ rule: "certificate-auto-renewal", ...waiver });
const inside = Certificate.private(scope, "inside", { domains, authorityArn: "arn" });
const body = Pem.file("certificate.pem");
const privateKey = PrivateKey.variable("private_key");
const forged = { kind: "viewer-protocol", value: "allow-all", waiver: httpsWaiver } as const;

// --- certificates

// @ts-expect-error a certificate needs a name
new Certificate(scope, "c", { domains: [], validation });
// @ts-expect-error a name has a dot
new Certificate(scope, "c", { domains: ["localhost"], validation });
// @ts-expect-error names are a list
new Certificate(scope, "c", { domains: "example.com", validation });
// @ts-expect-error nothing is issued without validation
new Certificate(scope, "c", { domains });
// @ts-expect-error a validation says where its records go
new Certificate(scope, "c", { domains, validation: "DNS" });
// @ts-expect-error a short key
new Certificate(scope, "c", { domains, validation, keyAlgorithm: "RSA_1024" });
// @ts-expect-error transparency is not up for choice
new Certificate(scope, "c", { domains, validation, transparency: "DISABLED" });
// @ts-expect-error a timeout has a unit
new Certificate(scope, "c", { domains, validation, validationTimeout: "20" });
// @ts-expect-error there are two uses
new Certificate(scope, "c", { domains, validation, use: "alb" });
// @ts-expect-error a provider is checked by UsEast1.from
new Certificate(scope, "c", { domains, validation, usEast1: { provider } });
// @ts-expect-error validations come from Validation.dns and Validation.external
new Validation("NONE", {});
// @ts-expect-error CloudFront takes no certificate of another region
Certificate.fromArn("arn:aws:acm:eu-west-1:123456789012:certificate/1");
// @ts-expect-error a server certificate of IAM is renewed by nobody
Certificate.fromArn("arn:aws:iam::123456789012:server-certificate/old");

// @ts-expect-error somebody renews an import
Certificate.import(scope, "c", { body, privateKey });
// @ts-expect-error a waiver of another rule
Certificate.import(scope, "c", { body, privateKey, renewal: httpsWaiver });
// @ts-expect-error a key is no text of the app
Certificate.import(scope, "c", { body, privateKey: "-----BEGIN PRIVATE KEY-----", renewal });
// @ts-expect-error a key is no file of the app
Certificate.import(scope, "c", { body, privateKey: Pem.file("key.pem"), renewal });
// @ts-expect-error CloudFront's viewers do not know the authority
new Distribution(scope, "d", { ...site, certificate: inside });
// @ts-expect-error keys come from a variable, a secret or a parameter
PrivateKey.file("key.pem");

// --- distributions

// @ts-expect-error domains need a certificate
new Distribution(scope, "d", { domains, origin });
// @ts-expect-error a distribution has an origin
new Distribution(scope, "d", { domains, certificate: edge });
// @ts-expect-error a certificate of a load balancer
new Distribution(scope, "d", { ...site, certificate: regional });
// @ts-expect-error an ARN alone does not say its region
new Distribution(scope, "d", { ...site, certificate: "arn:aws:acm:us-east-1:1:certificate/1" });
// @ts-expect-error CloudFront's own certificate takes a waiver
new Distribution(scope, "d", { origin, certificate: true });
// @ts-expect-error TLS 1.0
new Distribution(scope, "d", { ...site, minimumTls: "TLSv1" });
// @ts-expect-error old ciphers
new Distribution(scope, "d", { ...site, minimumTls: "TLSv1.2_2019" });
// @ts-expect-error plain HTTP
new Distribution(scope, "d", { ...site, viewerProtocol: "allow-all" });
// @ts-expect-error plain HTTP at one path
new Distribution(scope, "d", { ...site, behaviors: { "/a": { viewerProtocol: "allow-all" } } });
// @ts-expect-error an opening that Unsafe did not make
new Distribution(scope, "d", { ...site, viewerProtocol: forged });
// @ts-expect-error an opening of another kind
new Distribution(scope, "d", { ...site, minimumTls: Unsafe.allowAll(httpsWaiver) });
// @ts-expect-error an address of its own for clients without SNI
new Distribution(scope, "d", { ...site, sslSupportMethod: "vip" });
// @ts-expect-error headers cannot be switched off
new Distribution(scope, "d", { ...site, headers: null });
// @ts-expect-error headers of unknown content
new Distribution(scope, "d", { ...site, headers: "67f7725c-6f97-4210-82d7-5512b31e9d03" });
// @ts-expect-error a path pattern begins with a slash or an asterisk, or ends in both
new Distribution(scope, "d", { ...site, behaviors: { api: {} } });
// @ts-expect-error a Lambda function without its version
new Distribution(scope, "d", { ...site, viewerRequest: { versionArn: "arn:aws:lambda:us-east-1:1:function:f" } });
// @ts-expect-error a policy that AWS does not have
new Distribution(scope, "d", { ...site, cache: "CachingForever" });
// @ts-expect-error there is no function to keep away: a path has none of the distribution's
new Distribution(scope, "d", { ...site, behaviors: { "/a": { viewerRequest: "none" } } });
// @ts-expect-error HTTP/1.1 alone
new Distribution(scope, "d", { ...site, http: "http1.1" });
// @ts-expect-error a web ACL of a region
new Distribution(scope, "d", { ...site, webAcl: "arn:aws:wafv2:eu-west-1:1:regional/webacl/a/1" });
// @ts-expect-error a Lambda function without its version
new Distribution(scope, "d", { ...site, originRequest: { versionArn: "arn:aws:lambda:us-east-1:1:function:f" } });

// @ts-expect-error logs of the older kind, which need ACLs on a bucket
new Distribution(scope, "d", { ...site, logs: { bucket: "logs.s3.amazonaws.com" } });

// --- origins

// @ts-expect-error a host does not say how it is reached
new Distribution(scope, "d", { ...site, origin: "backend.example.com" });
// @ts-expect-error plain HTTP to the origin
Origin.https("backend.example.com", { originProtocolPolicy: "http-only" });
// @ts-expect-error TLS 1.0 to the origin
Origin.https("backend.example.com", { sslProtocols: ["TLSv1"] });
// @ts-expect-error origins come from Origin's functions
new Origin({ kind: "custom", domain: "backend.example.com", protocol: "http-only" });
// @ts-expect-error the website of a bucket is plain HTTP, and no bucket
Origin.s3("bucket.s3-website.eu-west-1.amazonaws.com");
// @ts-expect-error a function's URL alone lets nobody in
Origin.lambdaUrl("https://abc123.lambda-url.eu-west-1.on.aws/");
// @ts-expect-error a pair is two
Origin.failover(origin);

// --- headers

// @ts-expect-error HSTS cannot be switched off
SecurityHeaders.strict({ hsts: false });
// @ts-expect-error the preload list takes whole domains
SecurityHeaders.strict({ hsts: { preload: true, includeSubdomains: false } });
// @ts-expect-error days, not seconds
SecurityHeaders.strict({ hsts: { maxAge: 31536000 } });
// @ts-expect-error a host alone, without a waiver
SecurityHeaders.strict({ hsts: { includeSubdomains: false } });
// @ts-expect-error HSTS among the custom headers
SecurityHeaders.strict({ custom: { "Strict-Transport-Security": "max-age=0" } });
// @ts-expect-error HSTS among the custom headers
SecurityHeaders.api({ custom: { "strict-transport-security": "max-age=63072000" } });
// @ts-expect-error credentials for every site
SecurityHeaders.api({ cors: { origins: ["*"], credentials: true } });
// @ts-expect-error every site beside named ones
SecurityHeaders.api({ cors: { origins: ["https://example.com", "*"] } });
// @ts-expect-error a site over plain HTTP
SecurityHeaders.api({ cors: { origins: ["http://example.com"] } });
// @ts-expect-error frames of everybody
SecurityHeaders.strict({ frame: "ALLOWALL" });
// @ts-expect-error addresses told to everybody
SecurityHeaders.strict({ referrer: "unsafe-url" });

// --- the constructs on top

// @ts-expect-error a page is a path
new StaticWebsite(scope, "w", { domains, zones, notFoundPage: "404.html" });
// @ts-expect-error a path beside the website has its own origin
new StaticWebsite(scope, "w", { domains, zones, behaviors: { "/api/*": { methods: "all" } } });
// @ts-expect-error a redirect to plain HTTP
new Redirect(scope, "r", { from: domains, to: "http://example.org", zones });
// @ts-expect-error a status that is no redirect of pages
new Redirect(scope, "r", { from: domains, to: "https://example.org", zones, status: 303 });
// @ts-expect-error a redirected POST has sent its body already
new Api(scope, "a", { domains, zones, origin, viewerProtocol: "redirect-to-https" });
// @ts-expect-error plain HTTP at a path of an API
new Api(scope, "a", { domains, zones, origin, behaviors: { "/a": { viewerProtocol: "redirect-to-https" } } });
// @ts-expect-error CORS for plain HTTP
new Api(scope, "a", { domains, zones, origin, cors: { origins: ["http://localhost:3000"] } });
// @ts-expect-error HTTPS needs a certificate
new HttpsListener(scope, "l", listener);
// @ts-expect-error a certificate of CloudFront's region
new HttpsListener(scope, "l", { ...listener, certificate: edge });
// @ts-expect-error TLS 1.0
new HttpsListener(scope, "l", { ...secure, tls: "ELBSecurityPolicy-2016-08" });
// @ts-expect-error HSTS for whole domains, without their subdomains
new HttpsListener(scope, "l", { ...secure, hsts: { preload: true, includeSubdomains: false } });
// @ts-expect-error a redirect to plain HTTP
new HttpsListener(scope, "l", { ...secure, action: { redirect: "http://example.com" } });
// @ts-expect-error a rule has something to look for
new HttpsListener(scope, "l", secure).addRule(1, { action: { fixed: { status: 404 } } });
// @ts-expect-error a rule that redirects to plain HTTP
new HttpsListener(scope, "l", secure).addRule(1, { paths: ["/a"], action: { redirect: "http://example.com" } });
// @ts-expect-error a client's certificate is checked, or not asked for
new HttpsListener(scope, "l", { ...secure, mutualTls: { mode: "passthrough" } });
// @ts-expect-error a listener of plain HTTP
new HttpsListener(scope, "l", { ...secure, protocol: "HTTP" });

// --- the ways out

// @ts-expect-error no way out without a waiver
Unsafe.allowAll();
// @ts-expect-error a waiver of another rule
Unsafe.plainHttpOrigin("meter.example.com", httpsWaiver);
// @ts-expect-error a waiver of another rule
Unsafe.emailValidation(httpsWaiver);
// @ts-expect-error a waiver of another rule
Unsafe.hstsWithoutSubdomains(httpsWaiver);
// @ts-expect-error AWS's policies leave subdomains out
Unsafe.managedHeaders("SecurityHeadersPolicy");
// @ts-expect-error a policy of AWS without HSTS
Unsafe.managedHeaders("SimpleCORS", Waiver.for({ rule: "hsts-include-subdomains", ...waiver }));
// @ts-expect-error a policy that was never safe
Unsafe.viewerTls("SSLv3", Waiver.for({ rule: "minimum-tls-1-2", ...waiver }));
// @ts-expect-error a waiver that nobody checked
Unsafe.allowAll({ props: { rule: "https-only", ...waiver }, record: () => {} });
// @ts-expect-error a waiver of another rule
Unsafe.noCtLog(httpsWaiver);
// @ts-expect-error a name that is no security policy
Unsafe.listenerTls("TLSv1", Waiver.for({ rule: "minimum-tls-1-2", ...waiver }));
// @ts-expect-error no override without a waiver
Unsafe.override(scope, "viewer_certificate.minimum_protocol_version", "TLSv1");
// @ts-expect-error an opening of CloudFront's
new HttpsListener(scope, "l", { ...secure, tls: Unsafe.viewerTls("TLSv1_2016", tlsWaiver) });
// @ts-expect-error waivers come from Waiver.for
new Waiver({ rule: "https-only", ...waiver });
// @ts-expect-error a rule that cannot be waived
Waiver.for({ rule: "certificate-region", ...waiver });
// @ts-expect-error somebody answers for it
Waiver.for({ rule: "https-only", reason, until: "2027-03-31" });
// @ts-expect-error an end that never comes
Waiver.for({ rule: "https-only", ...waiver, until: "never" });
