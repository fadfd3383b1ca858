// What the constructs refuse while synthesising, because no type can: each with the message that says what to do.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DataAwsLambdaFunctionUrl } from "@cdktf/provider-aws/lib/data-aws-lambda-function-url/index.js";
import { LambdaFunctionUrl } from "@cdktf/provider-aws/lib/lambda-function-url/index.js";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider/index.js";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { Certificate, type CertificateProps, Validation } from "../../modules/certificate.ts";
import { Distribution, type DistributionProps } from "../../modules/distribution.ts";
import { parseDomains } from "../../modules/domain.ts";
import { HttpsListener, type HttpsListenerProps } from "../../modules/https-listener.ts";
import { Origin } from "../../modules/origin.ts";
import { hasResourceRegion } from "../../modules/provider-line.ts";
import { Redirect } from "../../modules/redirect.ts";
import { type HeaderOptions, type Hsts, SecurityHeaders } from "../../modules/security-headers.ts";
import { StaticWebsite } from "../../modules/static-website.ts";
import { Unsafe } from "../../modules/unsafe.ts";
import { UsEast1 } from "../../modules/us-east-1.ts";
import { Waiver, type WaiverProps } from "../../modules/waiver.ts";
import { offline, synth } from "./synth.ts";

const zones = { "example.com": "Z1" };
const certificate = Certificate.fromArn("arn:aws:acm:us-east-1:123456789012:certificate/1");
const regional = Certificate.fromRegionalArn("arn:aws:acm:eu-west-1:123456789012:certificate/1");
const origin = Origin.https("backend.example.com");

const certify = (props: Partial<CertificateProps>) => (stack: TerraformStack) => {
  new Certificate(stack, "certificate", { domains: ["example.com"], validation: Validation.dns(zones), ...props });
};

const distribute = (props: Partial<DistributionProps>) => (stack: TerraformStack) => {
  const right = { domains: ["example.com"], certificate, origin, zones };
  new Distribution(stack, "cdn", { ...right, ...props } as DistributionProps);
};

const headed = (options: HeaderOptions) => distribute({ headers: SecurityHeaders.strict(options) });
const hsts = (options: Hsts) => distribute({ headers: SecurityHeaders.strict({ hsts: options }) });

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `n${index}.example.com`) as unknown as CertificateProps["domains"];

test.each([
  ["a right certificate", certify({})],
  ["ten names", certify({ domains: names(10) })],
  ["a P-256 key", certify({ keyAlgorithm: "EC_prime256v1" })],
  ["a right distribution", distribute({})],
  ["HSTS for a year", hsts({ maxAgeDays: 365 })],
])("%s is not refused", (_, build) => {
  expect(() => synth(build)).not.toThrow();
});

test.each<[string, (stack: TerraformStack) => void, string]>([
  [
    "a name without a zone",
    certify({ domains: ["example.org"] }),
    "No hosted zone holds example.org: add its zone to zones (given: example.com).",
  ],
  ["a zone that only ends alike", certify({ domains: ["notexample.com"] }), "No hosted zone holds notexample.com"],
  [
    "eleven names",
    certify({ domains: names(11) }),
    "11 names are more than the 10 that ACM allows: ask for two certificates.",
  ],
  [
    "a P-384 key",
    certify({ keyAlgorithm: "EC_secp384r1" }),
    "CloudFront takes no P-384 keys: choose EC_prime256v1 or RSA_2048.",
  ],
  [
    "a domain twice",
    certify({ domains: ["example.com", "example.com"] }),
    '"example.com" is named twice: name it once.',
  ],
  ["upper case", certify({ domains: ["Example.com"] }), '"Example.com" is no domain name: write it in lower case'],
  ["an international name", certify({ domains: ["bücher.example.com"] }), "in Punycode"],
  ["a wildcard in the middle", certify({ domains: ["a.*.example.com"] }), '"a.*.example.com" is no domain name'],
  ["a domain of a distribution twice", distribute({ domains: ["example.com", "example.com"] }), "is named twice"],
  [
    "a domain of a distribution without a zone",
    distribute({ domains: ["example.org"] }),
    "No hosted zone holds example.org",
  ],
  ["HSTS under a year", hsts({ maxAgeDays: 364 }), "HSTS for 364 days: give it 365 or more"],
  ["HSTS of no number", hsts({ maxAgeDays: Number.NaN }), "HSTS for NaN days: give it 365 or more"],
  [
    "preload without subdomains",
    hsts({ preload: true, includeSubdomains: false } as never),
    "HSTS preload needs includeSubdomains",
  ],
  [
    "HSTS of the host alone",
    hsts({ includeSubdomains: false } as never),
    "HSTS without includeSubdomains: write Unsafe.hstsWithoutSubdomains(waiver) instead of false.",
  ],
  [
    "HSTS among the custom headers",
    headed({ custom: { "STRICT-transport-security": "max-age=0" } }),
    "custom has STRICT-transport-security, which hsts sets: write hsts instead, and leave it out of custom.",
  ],
  [
    "HSTS among the headers to remove",
    headed({ remove: ["server", "Strict-Transport-Security"] }),
    "remove has Strict-Transport-Security, which hsts sets: write hsts instead, and leave it out of remove.",
  ],
  [
    "a header with a setting of its own",
    headed({ custom: { "Content-Security-Policy": "default-src *" } }),
    "custom has Content-Security-Policy, which csp sets: write csp instead, and leave it out of custom.",
  ],
  [
    "HSTS under a year at a path",
    distribute({ behaviors: { "/a": { headers: SecurityHeaders.api({ hsts: { maxAgeDays: 1 } }) } } }),
    "HSTS for 1 days",
  ],
  [
    "a load balancer's certificate",
    distribute({ certificate: regional as never }),
    'CloudFront needs one from us-east-1 (use: "cloudfront").',
  ],
  [
    "allow-all",
    distribute({ viewerProtocol: "allow-all" as never }),
    "viewerProtocol allow-all: choose redirect-to-https, https-only.",
  ],
  [
    "allow-all at a path",
    distribute({ behaviors: { "/a": { viewerProtocol: "allow-all" as never } } }),
    "viewerProtocol allow-all: choose",
  ],
  [
    "writing methods on a pair of origins",
    distribute({ origin: Origin.failover(origin, origin), methods: "all" }),
    'methods "all" and Origin.failover: CloudFront fails over for GET, HEAD and OPTIONS only',
  ],
  [
    "writing methods of a distribution at a path with a pair of origins",
    distribute({ methods: "all", behaviors: { "/a": { origin: Origin.failover(origin, origin) } } }),
    "Give paths that write an origin of their own.",
  ],
  [
    "a name that its certificate does not cover",
    (stack) => {
      const own = new Certificate(stack, "own", { domains: ["example.com"], validation: Validation.dns(zones) });
      new Distribution(stack, "cdn", { domains: ["a.example.com"], certificate: own, origin });
    },
    "The certificate does not cover a.example.com (its names: example.com): add it there.",
  ],
  [
    "an ARN of another region that the types were talked out of",
    distribute({ certificate: Certificate.fromToken("arn:aws:acm:eu-west-1:123456789012:certificate/1") }),
    "CloudFront takes certificates of ACM from us-east-1 only",
  ],
  [
    "TLS 1.0",
    distribute({ minimumTls: "TLSv1" as never }),
    "minimumTls TLSv1: choose TLSv1.2_2021, TLSv1.2_2025, TLSv1.3_2025.",
  ],
])("%s is refused", (_, build, message) => {
  expect(() => synth(build)).toThrow(message);
});

test("a listener's HSTS under a year and its certificate of CloudFront's region are refused", () => {
  const listen = (props: Partial<HttpsListenerProps>) => (stack: TerraformStack) => {
    const right = { loadBalancerArn: "arn", certificate: regional, action: { forward: "arn" } };
    new HttpsListener(stack, "listener", { ...right, ...props });
  };
  expect(() => synth(listen({}))).not.toThrow();
  expect(() => synth(listen({ hsts: { maxAgeDays: 30 } }))).toThrow("HSTS for 30 days: give it 365 or more");
  expect(() => synth(listen({ certificate: certificate as never }))).toThrow("needs one from its own region");
});

describe("an origin", () => {
  const from = (one: Origin) => distribute({ behaviors: { "/a/*": { origin: one } } });
  const website = "files.s3-website-eu-west-1.amazonaws.com";

  test.each<[string, Origin, string]>([
    [
      "a URL",
      Origin.https("https://api.example.com/v1/"),
      '"https://api.example.com/v1/" is no host: write the host alone, as in Origin.https("api.example.com", { path: "/v1" }).',
    ],
    ["no text", Origin.https(""), '"" is no host: write a domain name.'],
    ["one label", Origin.https("localhost"), '"localhost" is no host: write a domain name.'],
    ["a host with a path", Origin.https("api.example.com/v1"), '"api.example.com/v1" is no host'],
    ["an IPv4 address", Origin.https("192.0.2.1"), "192.0.2.1 is an IP address: CloudFront takes a domain name."],
    ["an IPv6 address", Origin.https("2001:db8::1"), "2001:db8::1 is an IP address"],
    ["an IPv6 address in brackets", Origin.https("[2001:db8::1]"), "[2001:db8::1] is an IP address"],
    [
      "a website endpoint of S3",
      Origin.https(website),
      `${website} is a website endpoint of S3, which speaks plain HTTP only: write Origin.s3(bucket).`,
    ],
    [
      "a website endpoint of S3 as a bucket",
      Origin.s3({ bucketRegionalDomainName: website, arn: "arn:aws:s3:::files" }),
      "is a website endpoint of S3",
    ],
    ["a URL of a private one", Origin.vpc("arn", "https://inside.example.com"), "is no host: write the host alone"],
    [
      "a pair with one",
      Origin.failover(origin, Origin.https("192.0.2.1")),
      "192.0.2.1 is an IP address: CloudFront takes a domain name.",
    ],
    [
      "an answer awaited too long",
      Origin.https("a.example.com", { readTimeout: 900 }),
      "readTimeout 900 of an origin: write whole seconds from 1 to 180.",
    ],
    ["no patience", Origin.https("a.example.com", { connectTimeout: 0 }), "connectTimeout 0 of an origin"],
    ["half a second", Origin.https("a.example.com", { keepalive: 0.5 }), "keepalive 0.5 of an origin"],
    [
      "a port that CloudFront does not take",
      Origin.https("a.example.com", { port: 22 }),
      "port 22 of an origin: CloudFront takes 80, 443, and 1024 to 65535.",
    ],
    ["a path that ends in a slash", Origin.https("a.example.com", { path: "/v1/" }), "path /v1/ of an origin: begin"],
    ["a path with a query", Origin.https("a.example.com", { path: "/v1?a=b" }), "path /v1?a=b of an origin"],
    ["a status that is no error", Origin.failover(origin, origin, [200]), "Origin.failover for status 200"],
  ])("that is refused: %s", (_, one, message) => {
    expect(() => synth(from(one))).toThrow(message);
  });

  test("that is refused: the website endpoint of a bucket of the stack", () => {
    const build = (stack: TerraformStack) => {
      const bucket = new S3Bucket(stack, "bucket", {});
      from(Origin.https(bucket.websiteEndpoint))(stack);
    };
    expect(() => synth(build)).toThrow(
      `${reference("aws_s3_bucket.bucket.website_endpoint")} is a website endpoint of S3`,
    );
  });

  test.each<[string, (stack: TerraformStack) => Origin]>([
    ["a host in capitals", () => Origin.https("API.example.com")],
    ["the port of a server", () => Origin.https("a.example.com", { port: 8443, path: "/v1", readTimeout: 120 })],
    [
      "numbers that are tokens",
      (stack) => {
        const { numberValue: port } = new TerraformVariable(stack, "port", {});
        return Origin.https("a.example.com", { port, readTimeout: port, keepalive: port });
      },
    ],
  ])("that is taken: %s", (_, make) => {
    expect(() => synth((stack) => from(make(stack))(stack))).not.toThrow();
  });
});

test.each<[string, Partial<HttpsListenerProps>, string | undefined]>([
  ["its redirect's", { port: 80 }, "port 80 is where this listener redirects plain HTTP: choose another port, or set"],
  ["none at all", { port: 0 }, "port 0: write a number from 1 to 65535."],
  ["too high", { port: 70_000 }, "port 70000: write a number from 1 to 65535."],
  ["80 alone", { port: 80, httpRedirect: false }, undefined],
  ["another", { port: 8443 }, undefined],
])("a port of a listener that is %s", (_, props, message) => {
  const build = (stack: TerraformStack) =>
    new HttpsListener(stack, "listener", {
      loadBalancerArn: "arn",
      certificate: regional,
      action: { forward: "arn" },
      ...props,
    });
  if (message === undefined) expect(() => synth(build)).not.toThrow();
  else expect(() => synth(build)).toThrow(message);
});

describe("a function's URL that lets anybody in", () => {
  const message = 'Its function URL lets anybody in, past CloudFront: set authorization_type = "AWS_IAM"';
  const serve = (authorizationType: (stack: TerraformStack) => string) => (stack: TerraformStack) => {
    const url = new LambdaFunctionUrl(stack, "url", {
      functionName: "orders",
      authorizationType: authorizationType(stack),
    });
    distribute({ behaviors: { "/api/*": { origin: Origin.lambdaUrl(url) } } })(stack);
  };

  test("is refused where it is written", () => {
    expect(() => synth(serve(() => "AWS_IAM"))).not.toThrow();
    expect(() => synth(serve(() => "NONE"))).toThrow(message);
    const plain = { functionUrl: "https://a.lambda-url.eu-west-1.on.aws/", functionName: "orders" };
    const given = (authorizationType: string) =>
      distribute({ origin: Origin.lambdaUrl({ ...plain, authorizationType }) });
    expect(() => synth(given("AWS_IAM"))).not.toThrow();
    expect(() => synth(given("NONE"))).toThrow(message);
  });

  test("is refused when it is planned, where only Terraform knows it", () => {
    const { aws_cloudfront_distribution: distributions } = resourcesOf((stack) => {
      serve((scope) => new TerraformVariable(scope, "given", {}).stringValue)(stack);
      const found = new DataAwsLambdaFunctionUrl(stack, "found", { functionName: "found" });
      distribute({ behaviors: { "/found/*": { origin: Origin.lambdaUrl(found) } } })(
        new Construct(stack, "other") as TerraformStack,
      );
    });
    const conditions = Object.values<{ lifecycle: { precondition: { condition: string }[] } }>(distributions).map(
      ({ lifecycle }) => lifecycle.precondition.map(({ condition }) => condition),
    );
    expect(conditions.sort()).toEqual([
      [reference('(data.aws_lambda_function_url.found.authorization_type == "AWS_IAM")')],
      [reference('(var.given == "AWS_IAM")')],
    ]);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: what is synthesised has no type.
const resourcesOf = (build: (stack: TerraformStack) => void): any =>
  JSON.parse(readFileSync(join(synth(build), "cdk.tf.json"), "utf8")).resource;

const reference = (expression: string) => `\${${expression}}`;

describe("a token where a constant is needed", () => {
  const given = (stack: TerraformStack) => new TerraformVariable(stack, "given", {}).stringValue as never;
  const asked = (stack: TerraformStack) => new TerraformVariable(stack, "asked", { type: "number" });
  const listen = (stack: TerraformStack, props: Partial<HttpsListenerProps>) =>
    void new HttpsListener(stack, "listener", {
      loadBalancerArn: "arn",
      certificate: regional,
      action: { forward: "arn" },
      ...props,
    });

  test.each<[string, (stack: TerraformStack) => void, string]>([
    [
      "a name of a certificate",
      (stack) => certify({ domains: ["example.com", given(stack)] })(stack),
      `domains[1] is a token, "${reference("var.given")}", but it decides which records and certificates are made: write a constant, or read it at synthesis (process.env).`,
    ],
    [
      "all names of a certificate",
      (stack) => certify({ domains: new TerraformVariable(stack, "all", {}).listValue as never })(stack),
      `domains is a token, "${reference("var.all")}"`,
    ],
    [
      "a name of a distribution with zones",
      (stack) => distribute({ domains: [given(stack)] })(stack),
      `domains[0] is a token, "${reference("var.given")}"`,
    ],
    [
      "all names of a distribution without zones",
      (stack) =>
        new Distribution(stack, "cdn", {
          domains: new TerraformVariable(stack, "all", {}).listValue as never,
          certificate,
          origin,
        }),
      `domains is a token, "${reference("var.all")}"`,
    ],
    [
      "the name of a zone",
      (stack) => {
        const zone = new Route53Zone(stack, "zone", { name: "example.com" });
        distribute({ zones: { [zone.name]: zone.zoneId } })(stack);
      },
      `The name of a zone in zones is a token, "${reference("aws_route53_zone.zone.name")}", but it decides which domains it holds: write a constant, or read it at synthesis (process.env). The id may be a token: { "example.com": zone.zoneId }.`,
    ],
    [
      "the days of HSTS",
      (stack) => hsts({ maxAgeDays: asked(stack).numberValue })(stack),
      `hsts.maxAgeDays is a token, "${reference("var.asked")}", but it decides whether browsers keep to HTTPS`,
    ],
    [
      "the days of HSTS of a listener",
      (stack) => listen(stack, { hsts: { maxAgeDays: asked(stack).numberValue } }),
      `hsts.maxAgeDays is a token, "${reference("var.asked")}"`,
    ],
    [
      "the oldest TLS",
      (stack) => distribute({ minimumTls: given(stack) })(stack),
      `minimumTls is a token, "${reference("var.given")}", but it decides whether the plan is secure`,
    ],
    [
      "what plain HTTP gets",
      (stack) => distribute({ behaviors: { "/a": { viewerProtocol: given(stack) } } })(stack),
      `viewerProtocol is a token, "${reference("var.given")}"`,
    ],
    [
      "a security policy",
      (stack) => listen(stack, { tls: given(stack) }),
      `tls is a token, "${reference("var.given")}"`,
    ],
    [
      "the algorithm of a key",
      (stack) => certify({ keyAlgorithm: given(stack) })(stack),
      `keyAlgorithm is a token, "${reference("var.given")}"`,
    ],
    [
      "a path pattern",
      (stack) => distribute({ behaviors: { [given(stack)]: {} } })(stack),
      `A path pattern of behaviors is a token, "${reference("var.given")}"`,
    ],
    [
      "the whole URL that a listener redirects to",
      (stack) => listen(stack, { action: { redirect: given(stack) } }),
      "write https:// and a host, and after it at most a port, a path and a query; a token may stand for the host",
    ],
    [
      "the canonical host of a website",
      (stack) => new StaticWebsite(stack, "site", { domains: ["example.com"], zones, canonical: given(stack) }),
      `canonical is a token, "${reference("var.given")}", but it decides where the other hosts redirect to`,
    ],
    [
      "the whole URL that a domain redirects to",
      (stack) => new Redirect(stack, "old", { from: ["example.com"], to: given(stack), zones }),
      "write https:// and a host; a token may stand for the host, not for the whole URL.",
    ],
  ])("%s is refused", (_, build, message) => {
    expect(() => synth(build)).toThrow(message);
  });

  test("one where the plan takes any value stays a token", () => {
    const { aws_lb_listener: listeners, aws_cloudfront_distribution: distributions } = resourcesOf((stack) => {
      const host: string = given(stack);
      listen(stack, { port: asked(stack).numberValue, action: { redirect: `https://${host}/new` } });
      new Distribution(stack, "cdn", { domains: [`www.${host}`], certificate, origin: Origin.https(host) });
    });
    expect(Object.values(listeners)).toMatchObject([
      { port: 80, default_action: [{ redirect: { port: reference("var.asked") } }] },
      {
        port: reference("var.asked"),
        default_action: [{ redirect: { host: reference("var.given"), path: "/new", query: "#{query}" } }],
      },
    ]);
    expect(Object.values(distributions)).toMatchObject([
      { aliases: [`www.${reference("var.given")}`], origin: [{ domain_name: reference("var.given") }] },
    ]);
  });
});

test.each([
  ["https://example.com", { host: "example.com", port: "443", path: "/#{path}", query: "#{query}" }],
  ["https://example.com/", { host: "example.com", port: "443", path: "/#{path}", query: "#{query}" }],
  ["https://example.com:8443/new", { host: "example.com", port: "8443", path: "/new", query: "#{query}" }],
  ["https://example.com/new?from=old", { host: "example.com", port: "443", path: "/new", query: "from=old" }],
  [
    "https://www.#{host}/new/#{path}?from=old&#{query}",
    { host: "www.#{host}", port: "443", path: "/new/#{path}", query: "from=old&#{query}" },
  ],
] as const)("a listener that redirects to %s states every part", (redirect, parts) => {
  const { aws_lb_listener: listeners } = resourcesOf((stack) => {
    new HttpsListener(stack, "listener", { loadBalancerArn: "arn", certificate: regional, action: { redirect } });
  });
  expect(Object.values(listeners)[1]).toMatchObject({
    default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", ...parts } }],
  });
});

test.each(["https://", "https://example.com/#top", "https://user@example.com", "https://example.com/a b"] as const)(
  "a listener that redirects to %s is refused",
  (redirect) => {
    const build = (stack: TerraformStack) =>
      new HttpsListener(stack, "listener", { loadBalancerArn: "arn", certificate: regional, action: { redirect } });
    expect(() => synth(build)).toThrow(`redirect ${redirect}: write https:// and a host`);
  },
);

test("template literals of a function's code are no templates of Terraform", () => {
  const viewerRequest = { code: `var a = \`\${b}\`; // 100%{done}` };
  const { resource } = JSON.parse(readFileSync(join(synth(distribute({ viewerRequest })), "cdk.tf.json"), "utf8"));
  const [made] = Object.values<{ readonly code: string }>(resource.aws_cloudfront_function);
  expect(made?.code).toBe(`var a = \`$\${b}\`; // 100%%{done}`);
});

test("names that come from outside are checked", () => {
  expect(parseDomains(["example.com", "*.example.com"])).toEqual(["example.com", "*.example.com"]);
  expect(() => parseDomains([])).toThrow("No domain is given: name at least one.");
  expect(() => parseDomains(["localhost"])).toThrow('"localhost" is no domain name');
});

test("a canonical host that is not among the domains is refused", () => {
  const build = (stack: TerraformStack) =>
    new StaticWebsite(stack, "site", { domains: ["example.com"], zones, canonical: "www.example.com" });
  expect(() => synth(build)).toThrow("canonical www.example.com is not among the domains: add it");
});

describe("the provider for us-east-1", () => {
  test("a provider for another region is refused", () => {
    const build = (stack: TerraformStack) => {
      const provider = new AwsProvider(stack, "far", { ...offline, region: "us-west-2", alias: "far" });
      certify({ usEast1: UsEast1.from(provider) })(stack);
    };
    expect(() => synth(build)).toThrow(
      "The provider is for us-west-2: CloudFront takes certificates from us-east-1 only.",
    );
  });

  test("a provider that gets another region later is refused", () => {
    const build = (stack: TerraformStack) => {
      const provider = new AwsProvider(stack, "edge", { ...offline, region: "us-east-1", alias: "edge" });
      certify({ usEast1: UsEast1.from(provider) })(stack);
      provider.region = "us-west-2";
    };
    expect(() => synth(build)).toThrow("The provider is for us-west-2");
  });

  test.each<[string, (stack: TerraformStack) => void]>([
    ["none", () => {}],
    ["none but one with an alias", (stack) => new AwsProvider(stack, "far", { ...offline, alias: "far" })],
  ])("a stack without a default provider is refused: %s", (_, add) => {
    const build = (stack: TerraformStack) => {
      add(stack);
      certify({})(stack);
    };
    expect(() => synth(build, null)).toThrow(
      "Stack stack has no default AWS provider: create new AwsProvider(stack, …) without an alias before its first",
    );
  });

  /** A certificate's way to us-east-1, in a stack with these providers: what is written of both. */
  function placed(before: (stack: TerraformStack) => void, after: (stack: TerraformStack) => void = () => {}) {
    const directory = synth((stack) => {
      before(stack);
      certify({})(stack);
      expect(UsEast1.of(stack).placement).toBe(UsEast1.of(stack).placement);
      after(stack);
    });
    const { provider, resource } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
    const [certificate] = Object.values<{ readonly provider?: string; readonly region?: string }>(
      resource.aws_acm_certificate,
    );
    return { providers: provider.aws, certificate };
  }

  const standardOf = (stack: TerraformStack) => {
    const [standard] = stack.node.children.filter((one) => one instanceof AwsProvider);
    return standard as AwsProvider;
  };
  const role = [{ roleArn: "arn:aws:iam::123456789012:role/deploy" }];
  const edge = (settings: Partial<AwsProviderConfig>) => (stack: TerraformStack) =>
    void new AwsProvider(stack, "edge", { ...offline, region: "us-east-1", alias: "us_east_1", ...settings });

  test("it is made once, with all settings that the default one has in the end; with aws 6 the resource names the region", () => {
    const { providers, certificate } = placed(
      (stack) => {
        standardOf(stack).profile = "web";
      },
      (stack) => {
        standardOf(stack).assumeRole = role;
        standardOf(stack).addOverride("default_tags.0.tags.team", "web");
        standardOf(stack).addOverride("retry_mode", "adaptive");
      },
    );
    if (hasResourceRegion()) {
      expect(certificate).toMatchObject({ region: "us-east-1" });
      expect(providers).toHaveLength(1);
    } else {
      const [standard, made] = providers;
      expect(standard).toMatchObject({ assume_role: [{ role_arn: role[0]?.roleArn }], retry_mode: "adaptive" });
      expect(made).toEqual({ ...standard, region: "us-east-1", alias: "us_east_1" });
      expect(certificate?.provider).toBe("aws.us_east_1");
    }
  });

  test("one of the stack with the same settings is taken", () => {
    const { providers, certificate } = placed(edge({}));
    expect(providers).toHaveLength(2);
    expect(certificate?.provider).toBe("aws.us_east_1");
  });

  test.each<[string, Partial<AwsProviderConfig>]>([
    ["another role", { assumeRole: role }],
    ["another profile", { profile: "security" }],
    ["another key", { accessKey: "other" }],
    ["other default tags", { defaultTags: [{ tags: { team: "security" } }] }],
    ["another region", { region: "us-west-2" }],
  ])("one of the stack with %s is left alone: it could be for another account", (_, settings) => {
    const { providers, certificate } = placed(edge(settings));
    if (hasResourceRegion()) expect(certificate).toMatchObject({ region: "us-east-1" });
    else {
      expect(certificate?.provider).toBe("aws.tlsgate_us_east_1");
      expect(providers[2]).toEqual({ ...providers[0], region: "us-east-1", alias: "tlsgate_us_east_1" });
    }
    expect(certificate?.provider).not.toBe("aws.us_east_1");
  });

  test("one that the app makes later, under the same alias, is no duplicate", () => {
    const { providers } = placed(() => {}, edge({ assumeRole: role }));
    const aliases = providers.map((one: AwsProviderConfig) => one.alias);
    expect(new Set(aliases).size).toBe(providers.length);
  });

  test("one that was the same, and differs in the end, is refused by the names of what differs alone", () => {
    const change = (stack: TerraformStack) => {
      standardOf(stack).assumeRole = role;
      standardOf(stack).secretKey = "changed";
    };
    const build = () => placed(edge({}), change);
    expect(build).toThrow(
      "The provider aws.us_east_1 differs from the default one in secret_key, assume_role: its certificates could land in another account. Give both the same settings, or pass usEast1: UsEast1.from(provider).",
    );
    const both = (stack: TerraformStack) => {
      for (const one of stack.node.children) if (one instanceof AwsProvider) one.assumeRole = role;
    };
    expect(() => placed(edge({}), both)).not.toThrow();
  });

  test("a stack in us-east-1 needs no other, as long as it stays there", () => {
    const here = (stack: TerraformStack) => {
      standardOf(stack).region = "us-east-1";
    };
    const { providers, certificate } = placed(here);
    expect(providers).toHaveLength(1);
    expect(certificate).not.toHaveProperty("provider");
    const away = (stack: TerraformStack) => {
      standardOf(stack).region = "eu-west-1";
    };
    expect(() => placed(here, away)).toThrow("The provider is for eu-west-1: CloudFront takes certificates from");
  });

  test("a resource is told the region with aws 6 alone", () => {
    if (hasResourceRegion()) expect(UsEast1.resourceRegion().placement).toEqual({ region: "us-east-1" });
    else expect(() => UsEast1.resourceRegion()).toThrow("bindings are of aws 5, whose resources take no region");
  });
});

describe("waivers", () => {
  const today = new Date("2026-11-22T12:00:00Z");
  const waive = (props: Partial<WaiverProps<"https-only">>) =>
    Waiver.for(
      { rule: "https-only", reason: "Meters in the field speak no TLS.", until: "2027-03-31", owner: "grid", ...props },
      today,
    );

  test.each([
    ["a short reason", { reason: "legacy" }, "say in at least 20 characters why"],
    ["a reason of spaces", { reason: " ".repeat(30) }, "say in at least 20 characters why"],
    ["no owner", { owner: " " }, "name its owner"],
    ["a past day", { until: "2026-11-21" }, "it ended on 2026-11-21: mend what it excuses, or give it a new end"],
    ["a day too far ahead", { until: "2027-11-24" }, "2027-11-24 is more than 366 days ahead"],
    ["the 30th of February", { until: "2027-02-30" }, "2027-02-30 is no day of the calendar"],
    ["the 13th month", { until: "2027-13-01" }, "2027-13-01 is no day of the calendar"],
    ["a day without its zero", { until: "2027-3-1" }, "2027-3-1 is no day of the calendar"],
  ] as const)("%s is refused", (_, props, message) => {
    expect(() => waive(props)).toThrow(`Waiver for https-only: ${message}.`);
  });

  test("the first and the last possible day are taken", () => {
    expect(waive({ until: "2026-11-22" }).props.until).toBe("2026-11-22");
    expect(waive({ until: "2027-11-23" }).props.until).toBe("2027-11-23");
  });

  const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) as WaiverProps<"https-only">["until"];
  const later = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10) as typeof soon;
  const open = (reason: string, until = later) =>
    Unsafe.allowAll(Waiver.for({ rule: "https-only", reason, until, owner: "grid" }));

  test("two waivers of one rule are both written into the plan, each with what it excuses", () => {
    const behaviors = {
      "/a": { viewerProtocol: open("Meters in the field speak no TLS.") },
      "/b": { viewerProtocol: open("So do the oldest of the displays.") },
    };
    const { resource } = JSON.parse(readFileSync(join(synth(distribute({ behaviors })), "cdk.tf.json"), "utf8"));
    const [name] = Object.keys(resource.aws_cloudfront_distribution);
    const { input } = resource.terraform_data.tlsgate_waivers;
    expect(input).toEqual(
      [behaviors["/a"], behaviors["/b"]].map(({ viewerProtocol: { waivers } }, index) => ({
        ...waivers[0]?.props,
        resource: `aws_cloudfront_distribution.${name}`,
        attribute: `ordered_cache_behavior[${index}].viewer_protocol_policy`,
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      })),
    );
    expect(input[0].fingerprint).not.toBe(input[1].fingerprint);
  });

  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ["a value that only Terraform knows", (stack) => new TerraformVariable(stack, "given", {}).value, "var.given"],
    ["a list with one", (stack) => [new TerraformVariable(stack, "given", {}).stringValue], "[var.given]"],
  ])("the fingerprint of %s is left to Terraform", (_, make, written) => {
    const directory = synth((stack) => {
      distribute({})(stack);
      const [cdn] = stack.node.children.filter((one) => one instanceof Distribution);
      Unsafe.override(
        cdn as Distribution,
        "aliases",
        make(stack),
        open("Meters in the field speak no TLS.").waivers[0]!,
      );
    });
    const { resource } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
    expect(resource.terraform_data.tlsgate_waivers.input).toMatchObject([
      { fingerprint: `\${sha256(jsonencode(["https-only", "aliases", ${written}]))}` },
    ]);
  });

  test("one that ends soon is warned of", () => {
    const warnings = (until: typeof soon) => {
      const directory = synth(distribute({ viewerProtocol: open("Meters in the field speak no TLS.", until) }));
      const { stacks } = JSON.parse(readFileSync(join(directory, "../../manifest.json"), "utf8"));
      return stacks.stack.annotations.map(({ message }: { readonly message: string }) => message);
    };
    expect(warnings(later)).toEqual([]);
    expect(warnings(soon)).toEqual([
      `The waiver for https-only ends on ${soon}: after that day this app is refused. grid answers for it.`,
    ]);
  });
});
