// The website from a private bucket, as construct and as Terraform module.

import { Certificate, type EdgeCertificateArn } from "../../../modules/certificate.ts";
import { Logs } from "../../../modules/logs.ts";
import { Origin } from "../../../modules/origin.ts";
import { SecurityHeaders } from "../../../modules/security-headers.ts";
import { StaticWebsite, type StaticWebsiteProps } from "../../../modules/static-website.ts";
import { Unsafe } from "../../../modules/unsafe.ts";
import type { EqualCase, EqualModule } from "./case.ts";
import { waive, waiverInput } from "./waived.ts";

const arn: EdgeCertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const acl = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/1";
const tlsRules = ["minimum-tls-1-2", "forward-secrecy", "strong-ciphers"] as const;

const show = (name: string, props: StaticWebsiteProps, inputs: EqualCase["inputs"]): EqualCase => ({
  name,
  build: (scope, id) => void new StaticWebsite(scope, id, props),
  inputs: { name: `stack/static-website/${name}/cdn`, ...inputs },
});

const zones = { "example.com": "Z1", "example.net": "Z2" } as const;

export const staticWebsite: EqualModule = {
  module: "static-website",
  cases: [
    show("plain", { domains: ["plain.example.com"], zones }, { domains: ["plain.example.com"], zones }),
    show(
      "two-names",
      { domains: ["two.example.com", "two.example.net"], zones, notFoundPage: "/404.html", index: "home.html" },
      { domains: ["two.example.com", "two.example.net"], zones, not_found_page: "/404.html", index: "home.html" },
    ),
    show(
      "single-page",
      {
        domains: ["spa.example.com", "*.spa.example.com"],
        zones,
        spa: true,
        headers: SecurityHeaders.strict({ csp: "default-src 'self'", hsts: { preload: true } }),
        logs: Logs.none(),
        webAcl: acl,
      },
      {
        domains: ["spa.example.com", "*.spa.example.com"],
        zones,
        spa: true,
        headers: { csp: "default-src 'self'", hsts: { preload: true } },
        logs: null,
        web_acl_arn: acl,
      },
    ),
    show(
      "canonical-with-an-api",
      {
        domains: ["shop.example.com", "www.shop.example.com"],
        zones,
        canonical: "www.shop.example.com",
        directoryIndexes: false,
        certificate: Certificate.fromArn(arn),
        behaviors: {
          "/api/*": {
            origin: Origin.https("api.example.net", { id: "api" }),
            methods: "all",
            cache: "disabled",
            headers: SecurityHeaders.api(),
          },
        },
        tags: { team: "web" },
        logs: Logs.cloudWatch(),
        geo: { allow: ["DE", "FR"] },
        priceClass: "PriceClass_200",
      },
      {
        domains: ["shop.example.com", "www.shop.example.com"],
        zones,
        canonical: "www.shop.example.com",
        directory_indexes: false,
        certificate: { arn },
        origins: { api: { domain: "api.example.net" } },
        behaviors: [{ path: "/api/*", origin: "api", methods: "all", cache: "disabled", headers: { preset: "api" } }],
        tags: { team: "web" },
        logs: { to: "cloudwatch" },
        geo: { allow: ["DE", "FR"] },
        price_class: "PriceClass_200",
      },
    ),
    show(
      "waived",
      {
        domains: ["kiosk.example.com", "kiosk.example.net"],
        zones,
        minimumTls: Unsafe.viewerTls(
          "TLSv1_2016",
          waive("minimum-tls-1-2"),
          waive("forward-secrecy"),
          waive("strong-ciphers"),
        ),
        headers: Unsafe.headersPolicy("60669652-455b-4ae9-85a4-c4c02393f86c", waive("hsts-enabled")),
      },
      {
        domains: ["kiosk.example.com", "kiosk.example.net"],
        zones,
        minimum_tls: "TLSv1_2016",
        headers: { policy: { id: "60669652-455b-4ae9-85a4-c4c02393f86c" } },
        waivers: [...tlsRules, "hsts-enabled" as const].map(waiverInput),
      },
    ),
  ],
};
