// The certificate, as construct and as Terraform module.

import { Certificate, type CertificateProps, type CertificateUse, Validation } from "../../../modules/certificate.ts";
import { Unsafe } from "../../../modules/unsafe.ts";
import type { EqualCase, EqualModule } from "./case.ts";
import { waive, waiverInput } from "./waived.ts";

const zones = { "example.com": "Z1", "example.org": "Z2", "deep.example.com": "Z3" } as const;

const certify = (name: string, props: CertificateProps<CertificateUse>, inputs: EqualCase["inputs"]): EqualCase => ({
  name,
  build: (scope, id) => void new Certificate(scope, id, props),
  inputs,
});

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
      { domains: ["idle.example.net"], validation: Validation.external({ wait: false }) },
      { domains: ["idle.example.net"], validation: "external", wait: false },
    ),
    certify(
      "by-mail",
      {
        domains: ["partner.example.net"],
        validation: Unsafe.emailValidation(waive("certificate-auto-renewal"), { "partner.example.net": "example.net" }),
      },
      {
        domains: ["partner.example.net"],
        validation: "email",
        mail_domains: { "partner.example.net": "example.net" },
        waivers: [waiverInput("certificate-auto-renewal")],
      },
    ),
  ],
};
