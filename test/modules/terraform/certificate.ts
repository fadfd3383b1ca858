// The certificate, as construct and as Terraform module.

import { Certificate, type CertificateProps, type CertificateUse, Validation } from "../../../modules/certificate.ts";
import { Unsafe } from "../../../modules/unsafe.ts";
import { Waiver, type WaiverProps } from "../../../modules/waiver.ts";
import type { EqualCase, EqualModule } from "./case.ts";

const zones = { "example.com": "Z1", "example.org": "Z2", "deep.example.com": "Z3" } as const;

const certify = (name: string, props: CertificateProps<CertificateUse>, inputs: EqualCase["inputs"]): EqualCase => ({
  name,
  build: (scope, id) => void new Certificate(scope, id, props),
  inputs,
});

const waiver: WaiverProps<"certificate-auto-renewal"> = {
  rule: "certificate-auto-renewal",
  reason: "The zone belongs to a partner who writes no records.",
  until: new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10) as "2027-01-01",
  owner: "web@example.com",
};

export const certificate: EqualModule = {
  module: "certificate",
  cases: [
    certify(
      "one-name",
      // No case has a name of another one: constructs of one stack share the record that validates a name.
      { domains: ["one.example.com"], validation: Validation.dns(zones) },
      { domains: ["one.example.com"], zones },
    ),
    certify(
      "several-zones",
      {
        domains: ["example.com", "*.example.com", "www.example.org", "a.deep.example.com"],
        validation: Validation.dns(zones, { ttl: 300 }),
        keyAlgorithm: "EC_prime256v1",
        tags: { team: "web" },
      },
      {
        domains: ["example.com", "*.example.com", "www.example.org", "a.deep.example.com"],
        zones,
        ttl: 300,
        key_algorithm: "EC_prime256v1",
        tags: { team: "web" },
      },
    ),
    certify(
      "regional",
      {
        domains: ["*.app.example.com"],
        validation: Validation.dns(zones),
        use: "regional",
        keyAlgorithm: "EC_secp384r1",
        validationTimeout: "45m",
      },
      {
        domains: ["*.app.example.com"],
        zones,
        use: "regional",
        key_algorithm: "EC_secp384r1",
        validation_timeout: "45m",
      },
    ),
    certify(
      "external",
      { domains: ["shop.example.net", "example.net"], validation: Validation.external() },
      { domains: ["shop.example.net", "example.net"], validation: "external" },
    ),
    certify(
      "not-waiting",
      { domains: ["example.net"], validation: Validation.external({ wait: false }) },
      { domains: ["example.net"], validation: "external", wait: false },
    ),
    certify(
      "by-mail",
      {
        domains: ["partner.example.net"],
        validation: Unsafe.emailValidation(Waiver.for(waiver), { "partner.example.net": "example.net" }),
      },
      {
        domains: ["partner.example.net"],
        validation: "email",
        mail_domains: { "partner.example.net": "example.net" },
        waivers: [waiver],
      },
    ),
  ],
};
