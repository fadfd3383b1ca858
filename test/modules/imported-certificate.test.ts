// Certificates of other authorities: where their parts come from, and what becomes of the key.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Certificate, type ImportedCertificateProps } from "../../modules/certificate.ts";
import { Distribution } from "../../modules/distribution.ts";
import type { Fqdn } from "../../modules/domain.ts";
import { Origin } from "../../modules/origin.ts";
import { Pem, PrivateKey } from "../../modules/pem.ts";
import { hasWriteOnlyKey } from "../../modules/provider-line.ts";
import { Waiver, type WaiverProps } from "../../modules/waiver.ts";
import { synth } from "./synth.ts";

const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10) as WaiverProps<"https-only">["until"];
const reason = "Another authority is named in the contract.";
const fileOf = (name: string) => `test/plans/awkward-imported-certificate/certificates/${name}.pem`;
const pem = (name: string) => Pem.file(fileOf(name));
const right: ImportedCertificateProps = {
  body: pem("strong"),
  privateKey: PrivateKey.variable("key"),
  renewal: Waiver.for({ rule: "certificate-auto-renewal", reason, until, owner: "platform" }),
  keyInState: true,
};

// biome-ignore lint/suspicious/noExplicitAny: what is synthesised has no type.
type Values = any;

/** The stack of one imported certificate, as written. */
function written(props: Partial<ImportedCertificateProps>): Values {
  const directory = synth((stack) => void Certificate.import(stack, "bought", { ...right, ...props }));
  return JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
}

const only = (resources: object): Values => Object.values(resources)[0];
const certificate = (props: Partial<ImportedCertificateProps>) =>
  only(written(props).resource.aws_acm_certificate) as Values;

const reference = (expression: string) => `\${${expression}}`;

test("the key stays out of the state, or is refused where it cannot", () => {
  const make = () => certificate({ keyInState: false, version: 3 });
  if (hasWriteOnlyKey()) {
    expect(make()).toMatchObject({ private_key_wo: reference("var.key"), private_key_wo_version: 3 });
    expect(make()).not.toHaveProperty("private_key");
  } else {
    expect(make).toThrow(
      "the private key lands in Terraform's state: use bindings of aws 6.66 or newer, or encrypt the state and say keyInState: true.",
    );
  }
});

test("the key gets into the state when told to", () => {
  expect(certificate({ keyInState: true })).toMatchObject({ private_key: reference("var.key") });
});

test.each<[string, Partial<ImportedCertificateProps>, string]>([
  ["no certificate", { body: Pem.text("no certificate") }, "body is no certificate in PEM"],
  ["one that ends too soon", { minDaysLeft: 36_500 }, "less than 36500: get a new one."],
  ["a short key", { body: pem("weak") }, "The certificate has a key of rsa 1024: ask for one of rsa 2048,"],
  ["one without names", { body: pem("nameless") }, "has no subject alternative names"],
])("%s is refused", (_, props, message) => {
  expect(() => written(props)).toThrow(message);
});

test("a curve is as good, and what only Terraform knows is left to the plan", () => {
  expect(() => written({ body: pem("curve") })).not.toThrow();
  expect(() => written({ body: Pem.variable("body") })).not.toThrow();
});

test("a distribution serves only names that it has", () => {
  const serve = (domain: Fqdn) => () =>
    synth((stack) => {
      const certificate = Certificate.import(stack, "bought", right);
      new Distribution(stack, "cdn", { domains: [domain], certificate, origin: Origin.https("backend.example.com") });
    });
  for (const name of ["www.example.com", "a.shop.example.com"] as const) expect(serve(name), name).not.toThrow();
  for (const name of ["example.com", "shop.example.com", "a.b.shop.example.com", "*.shop.example.net"] as const)
    expect(serve(name), name).toThrow(
      `The certificate does not cover ${name} (its names: www.example.com, *.shop.example.com): add it there.`,
    );
});

test("its key comes from a sensitive variable, a secret or a parameter", () => {
  expect(written({}).variable).toEqual({ key: { nullable: false, sensitive: true, type: "string" } });
  const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:tls";
  expect(certificate({ privateKey: PrivateKey.secret(arn, "key") }).private_key).toMatch(
    /^\$\{jsondecode\(data\.aws_secretsmanager_secret_version\.\w+\.secret_string\)\.key\}$/,
  );
  const { data } = written({ privateKey: PrivateKey.parameter("/tls/key") });
  expect(only(data.aws_ssm_parameter)).toMatchObject({ name: "/tls/key", with_decryption: true });
});

test("its public parts may be files beside the app, or variables", () => {
  expect(certificate({ chain: Pem.variable("chain") })).toMatchObject({
    certificate_body: readFileSync(fileOf("strong"), "utf8"),
    certificate_chain: reference("var.chain"),
  });
  expect(written({ chain: Pem.variable("chain") }).variable).toMatchObject({ chain: { sensitive: false } });
});
