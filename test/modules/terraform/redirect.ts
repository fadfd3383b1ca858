// Domains that only redirect, as construct and as Terraform module.

import { Certificate, type EdgeCertificateArn } from "../../../modules/certificate.ts";
import { Logs } from "../../../modules/logs.ts";
import { Redirect, type RedirectProps } from "../../../modules/redirect.ts";
import { Unsafe } from "../../../modules/unsafe.ts";
import type { EqualCase, EqualModule } from "./case.ts";
import { waive, waiverInput } from "./waived.ts";

const arn: EdgeCertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";

const lead = (name: string, props: RedirectProps, inputs: EqualCase["inputs"]): EqualCase => ({
  name,
  build: (scope, id) => void new Redirect(scope, id, props),
  inputs: { name: `stack/redirect/${name}/cdn`, ...inputs },
});

const zones = { "example.org": "Z1", "example.net": "Z2" } as const;

export const redirect: EqualModule = {
  module: "redirect",
  cases: [
    lead(
      "plain",
      { from: ["old.example.org", "www.old.example.org"], to: "https://example.com", zones },
      { from: ["old.example.org", "www.old.example.org"], to: "https://example.com", zones },
    ),
    lead(
      "to-a-path",
      { from: ["path.example.org", "path.example.net"], to: "https://example.com/old/", zones, status: 302 },
      { from: ["path.example.org", "path.example.net"], to: "https://example.com/old/", zones, status: 302 },
    ),
    lead(
      "to-one-page",
      {
        from: ["page.example.org"],
        to: "https://example.com:8443/moved?a=<b>&c",
        zones,
        status: 308,
        keepPath: false,
        hsts: { maxAgeDays: 365, preload: true },
      },
      {
        from: ["page.example.org"],
        to: "https://example.com:8443/moved?a=<b>&c",
        zones,
        status: 308,
        keep_path: false,
        hsts: { max_age_days: 365, preload: true },
      },
    ),
    lead(
      "without-query",
      { from: ["*.query.example.org"], to: "https://example.com/", zones, keepQuery: false, tags: { team: "web" } },
      { from: ["*.query.example.org"], to: "https://example.com/", zones, keep_query: false, tags: { team: "web" } },
    ),
    lead(
      "with-a-certificate",
      {
        from: ["own.example.org"],
        to: "https://example.com",
        zones,
        certificate: Certificate.fromArn(arn),
        logs: Logs.s3(),
        geo: { deny: ["AQ"] },
        priceClass: "PriceClass_100",
      },
      {
        from: ["own.example.org"],
        to: "https://example.com",
        zones,
        certificate: { arn },
        logs: {},
        geo: { deny: ["AQ"] },
        price_class: "PriceClass_100",
      },
    ),
    lead(
      "waived",
      {
        from: ["alone.example.org"],
        to: "https://example.com",
        zones,
        hsts: { includeSubdomains: Unsafe.hstsWithoutSubdomains(waive("hsts-include-subdomains")) },
      },
      {
        from: ["alone.example.org"],
        to: "https://example.com",
        zones,
        hsts: { include_subdomains: false },
        waivers: [waiverInput("hsts-include-subdomains")],
      },
    ),
  ],
};
