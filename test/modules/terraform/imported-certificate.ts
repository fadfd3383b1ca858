// The imported certificate, as construct and as Terraform module.

import { readFileSync } from "node:fs";
import { Certificate, type CertificateUse, type ImportedCertificateProps } from "../../../modules/certificate.ts";
import { Pem, PrivateKey } from "../../../modules/pem.ts";
import type { EqualCase, EqualModule } from "./case.ts";
import { waive, waiverInput } from "./waived.ts";

const textOf = (name: string) =>
  readFileSync(`test/plans/awkward-imported-certificate/certificates/${name}.pem`, "utf8");
const [strong, curve] = [textOf("strong"), textOf("curve")];

/** What all cases have. */
const common = {
  privateKey: PrivateKey.variable("imported_key"),
  renewal: waive("certificate-auto-renewal"),
  keyInState: true,
};
const commonInputs = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform.
  private_key: "${var.imported_key}",
  key_in_state: true,
  waivers: [waiverInput("certificate-auto-renewal")],
};

const imported = (
  name: string,
  props: Omit<ImportedCertificateProps<CertificateUse>, keyof typeof common>,
  inputs: EqualCase["inputs"],
): EqualCase => ({
  name,
  build: (scope, id) => void Certificate.import(scope, id, { ...common, ...props }),
  inputs: { ...commonInputs, ...inputs },
});

export const importedCertificate: EqualModule = {
  module: "imported-certificate",
  variables: { imported_key: "stands in for a private key" },
  cases: [
    imported("plain", { body: Pem.text(strong) }, { certificate_body: strong }),
    imported(
      "chained",
      { body: Pem.text(strong), chain: Pem.text(curve) },
      { certificate_body: strong, certificate_chain: curve },
    ),
    imported("regional", { body: Pem.text(strong), use: "regional" }, { certificate_body: strong, use: "regional" }),
    imported(
      "regional-tagged",
      { body: Pem.text(strong), use: "regional", tags: { team: "web" } },
      { certificate_body: strong, use: "regional", tags: { team: "web" } },
    ),
    imported(
      "tagged",
      { body: Pem.text(curve), chain: Pem.text(strong), tags: { team: "shop" } },
      { certificate_body: curve, certificate_chain: strong, tags: { team: "shop" } },
    ),
  ],
};
