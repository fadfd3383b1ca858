// All that Unsafe opens, each with its waiver.

import { readFileSync } from "node:fs";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Certificate, Validation } from "../../../modules/certificate.ts";
import { Distribution } from "../../../modules/distribution.ts";
import { HttpsListener } from "../../../modules/https-listener.ts";
import { Origin } from "../../../modules/origin.ts";
import { Pem, PrivateKey } from "../../../modules/pem.ts";
import { Redirect } from "../../../modules/redirect.ts";
import { SecurityHeaders } from "../../../modules/security-headers.ts";
import { Unsafe } from "../../../modules/unsafe.ts";
import { type WaivableRule, Waiver, type WaiverProps } from "../../../modules/waiver.ts";

const days = (count: number) =>
  new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10) as WaiverProps<"https-only">["until"];

const waive = <Rule extends WaivableRule>(rule: Rule) =>
  Waiver.for({ rule, reason: "Meters in the field speak no TLS.", until: days(90), owner: "grid@example.com" });

export function waived(scope: Construct): void {
  const here = new Construct(scope, "waived");
  const domains = ["waived.example.com"] as const;
  const zones = { "example.com": "Z1" };
  const certificate = new Certificate(here, "certificate", {
    domains,
    validation: Unsafe.emailValidation(waive("certificate-auto-renewal"), { "waived.example.com": "example.com" }),
  });
  const origin = Origin.https("backend.example.com");
  // Terraform alone knows these: one while planning, one after apply.
  const given = new TerraformVariable(here, "given", { default: "60669652-455b-4ae9-85a4-c4c02393f86c" });
  const made = new CloudfrontResponseHeadersPolicy(here, "made", {
    name: "no-hsts",
    securityHeadersConfig: { contentTypeOptions: { override: true } },
  });
  const old = [waive("minimum-tls-1-2"), waive("forward-secrecy"), waive("strong-ciphers")] as const;
  const cdn = new Distribution(here, "cdn", {
    domains,
    zones,
    certificate,
    origin,
    viewerProtocol: Unsafe.allowAll(waive("https-only")),
    minimumTls: Unsafe.viewerTls("TLSv1_2016", ...old),
    behaviors: {
      "/plain/*": {
        origin: Unsafe.plainHttpOrigin("plain.example.com", waive("origin-https-only")),
        viewerProtocol: "https-only",
      },
      // A managed policy of AWS without HSTS: CORS alone.
      "/bare/*": {
        headers: Unsafe.headersPolicy("60669652-455b-4ae9-85a4-c4c02393f86c", waive("hsts-enabled")),
        viewerProtocol: "https-only",
      },
      "/given/*": {
        headers: Unsafe.headersPolicy(given.stringValue, waive("hsts-enabled")),
        viewerProtocol: "https-only",
      },
      "/made/*": { headers: Unsafe.headersPolicy(made.id, waive("hsts-enabled")), viewerProtocol: "https-only" },
    },
  });
  const hsts = { includeSubdomains: Unsafe.hstsWithoutSubdomains(waive("hsts-include-subdomains")) };
  new Distribution(here, "hosts", {
    domains: ["hosts.example.com"],
    certificate: new Certificate(here, "hosts-certificate", {
      domains: ["hosts.example.com"],
      validation: Validation.dns(zones),
    }),
    origin,
    headers: SecurityHeaders.strict({ hsts }),
    behaviors: {
      "/managed/*": {
        headers: Unsafe.managedHeaders("SecurityHeadersPolicy", waive("hsts-include-subdomains")),
      },
    },
  });
  new Redirect(here, "redirect", { from: ["old.example.com"], to: "https://example.com", zones, hsts });
  Unsafe.override(cdn, "http_version", "http1.1", waive("modern-http"));
  new Distribution(here, "nameless", { certificate: Unsafe.defaultCertificate(...old), origin });
  const bought = Certificate.import(here, "bought", {
    body: Pem.text(readFileSync("test/plans/awkward-imported-certificate/certificates/strong.pem", "utf8")),
    privateKey: PrivateKey.variable("bought_key"),
    keyInState: true,
    renewal: waive("certificate-auto-renewal"),
  });
  new Distribution(here, "shop", { domains: ["www.example.com"], certificate: bought, origin });
  new HttpsListener(here, "listener", {
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef",
    certificate: Certificate.fromRegionalArn("arn:aws:acm:eu-west-1:123456789012:certificate/1"),
    action: { fixed: { status: 204 } },
    hsts,
    tls: Unsafe.listenerTls("ELBSecurityPolicy-2016-08", ...old),
  });
}
