// Certificates of ACM and IAM: names, key, transparency, renewal and region, on real plans.
// The value tables are gone through on plans made by hand: the provider would refuse half of the values.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { because, describeCause } from "../../../src/cause.ts";
import type { Certificate } from "../../../src/facts/endpoint.ts";
import type { Configuration, Expression, Expressions } from "../../../src/plan/plan.ts";
import { known, unknown } from "../../../src/plan/value.ts";
import adapter, { certificateOf, outsideCertificate, regionOf, regionOfArn } from "../../../src/providers/aws/acm.ts";
import { type Change, configured, refersTo, resource, viewAfter } from "../../support/made.ts";
import { at, certificatesOf, said } from "../../support/said.ts";

const pem = (name: string) => readFileSync(new URL(`../../facts/certificates/${name}.pem`, import.meta.url), "utf8");

/** A resource with its attributes; what is configured matters only for what is unknown. */
function made(type: string, change: Partial<Change>, expressions: Expressions = {}, configuration: Configuration = {}) {
  const config = configured(`${type}.made`, expressions, { provider_config_key: "aws" });
  const root_module = { variables: {}, ...configuration.root_module, resources: [config] };
  const view = viewAfter({
    changes: { [`${type}.made`]: change },
    configuration: { provider_config: { aws: { name: "aws" } }, ...configuration, root_module },
  });
  return resource(view, `${type}.made`);
}

const requested = (after: NonNullable<Change["after"]>): Certificate =>
  certificateOf(made("aws_acm_certificate", { after: { domain_name: "example.com", ...after } }));

describe("the key of a requested certificate", () => {
  test.each([
    ["RSA_1024", "RSA", 1024],
    ["RSA_2048", "RSA", 2048],
    ["RSA_3072", "RSA", 3072],
    ["RSA_4096", "RSA", 4096],
    ["EC_prime256v1", "ECDSA", 256],
    ["EC_secp384r1", "ECDSA", 384],
    ["EC_secp521r1", "ECDSA", 521],
    // as some answers of ACM's API spell it
    ["RSA-2048", "RSA", 2048],
    ["EC-prime256v1", "ECDSA", 256],
  ])("%s", (key_algorithm, algorithm, size) => {
    expect(said(requested({ key_algorithm }).key)).toEqual({ algorithm, size });
  });

  test.each(["RSA_512", "rsa_2048", "EC_secp256k1", "ML_DSA_65", "RSA", "constructor", "__proto__", "toString"])(
    "%s is not recognised",
    (key_algorithm) => expect(said(requested({ key_algorithm }).key)).toMatch(/^\? .* is not a value that/),
  );

  test("absent, it is ACM's default", () => {
    const { key } = requested({ key_algorithm: null });
    expect(said(key)).toEqual({ algorithm: "RSA", size: 2048 });
    expect(key?.note).toBe("not set, so the provider's default applies");
  });

  test("stands where it is to be set", () => {
    const address = "aws_acm_certificate.made";
    expect(requested({ key_algorithm: "RSA_1024" }).key).toMatchObject({
      place: { address, at: "key_algorithm" },
      remedy: { address, attribute: "key_algorithm", value: "RSA_2048" },
    });
  });

  test("of a real plan", () => {
    const certificates = certificatesOf("certificate-key-strength");
    const keyOf = (name: string) => said(at(certificates, `aws_acm_certificate.${name}`).key);
    expect(keyOf("ecdsa_256")).toEqual({ algorithm: "ECDSA", size: 256 });
    expect(keyOf("rsa_1024")).toEqual({ algorithm: "RSA", size: 1024 });
    expect(keyOf("left_out")).toEqual({ algorithm: "RSA", size: 2048 });
    expect(keyOf("after_apply")).toBe("? known after apply, from terraform_data.algorithm.output");
  });
});

describe("the names of a requested certificate", () => {
  const names = (change: Partial<Change>, expressions: Expressions = {}) =>
    certificateOf(made("aws_acm_certificate", change, expressions)).names.map(said);

  test.each<[string, NonNullable<Change["after"]>, unknown[]]>([
    ["its main name alone", { domain_name: "example.com" }, ["example.com"]],
    [
      "others too",
      { domain_name: "example.com", subject_alternative_names: ["a.test", "b.test"] },
      ["example.com", "a.test", "b.test"],
    ],
    [
      "the main name among the others, once",
      { domain_name: "example.com", subject_alternative_names: ["example.com", "a.test"] },
      ["example.com", "a.test"],
    ],
    ["none", {}, []],
  ])("%s", (_, after, expected) => expect(names({ after })).toEqual(expected));

  test("known in part", () => {
    const change: Partial<Change> = {
      after: { domain_name: "example.com", subject_alternative_names: ["a.test", null] },
      after_unknown: { subject_alternative_names: [false, true] },
    };
    expect(names(change, { subject_alternative_names: refersTo("local.name") })).toEqual([
      "example.com",
      "a.test",
      expect.stringMatching(/^\? known after apply, from local.name/),
    ]);
  });

  test("sensitive", () => {
    expect(names({ after: { domain_name: "example.com" }, after_sensitive: { domain_name: true } })).toEqual([
      { secret: "example.com" },
    ]);
  });

  test("no text", () => expect(names({ after: { domain_name: 7 } })).toEqual(["? not a text"]));

  test("stand where they are written", () => {
    const { names } = requested({ subject_alternative_names: ["a.test"] });
    expect(names.map((one) => one.place.at)).toEqual(["domain_name", "subject_alternative_names[0]"]);
  });
});

describe("transparency", () => {
  const preferring = (preference: string | null) =>
    requested({ options: [{ certificate_transparency_logging_preference: preference }] }).transparency;

  test.each(["ENABLED", "DISABLED", null])("ACM logs, whatever is written: %s", (preference) => {
    expect(said(preferring(preference))).toBe(true);
  });

  test.each(["off", "constructor"])("%s is not recognised", (preference) => {
    expect(said(preferring(preference))).toMatch(/^\? .* is not a value that/);
  });

  test("a preference that ACM ignores is noted", () => {
    const note = "ACM logs every public certificate, and ignores certificate_transparency_logging_preference";
    expect(preferring("DISABLED")).toMatchObject({
      note,
      place: { at: "options[0].certificate_transparency_logging_preference" },
    });
    expect(preferring("ENABLED")?.note).toBeUndefined();
  });

  test("of a real plan: ACM logs what it issues, and says nothing of the others", () => {
    const certificates = certificatesOf("certificate-transparency");
    const of = (name: string) => said(at(certificates, `aws_acm_certificate.${name}`).transparency);
    expect(of("logged")).toBe(true);
    expect(of("opting_out")).toBe(true);
    expect(of("left_out")).toBe(true);
    expect(of("after_apply")).toBe("? known after apply, from terraform_data.preference.output");
    expect(of("imported")).toBeUndefined();
    expect(of("private")).toBeUndefined();
  });
});

describe("renewal", () => {
  test.each([
    ["DNS", "automatic"],
    ["HTTP", "automatic"],
    ["EMAIL", "by email"],
    [null, "? no validation_method is set"],
    ["NONE", '? "NONE" is not a value that tlsgate recognises'],
    ["dns", '? "dns" is not a value that tlsgate recognises'],
  ])("validation_method %s", (validation_method, expected) => {
    expect(said(requested({ validation_method }).renewal)).toBe(expected);
  });

  test("of a real plan", () => {
    const certificates = certificatesOf("certificate-auto-renewal");
    const of = (address: string) => said(at(certificates, address).renewal);
    expect(of("aws_acm_certificate.by_dns")).toBe("automatic");
    expect(of("aws_acm_certificate.by_email")).toBe("by email");
    expect(of("aws_acm_certificate.imported")).toBe("by import");
    expect(of("aws_iam_server_certificate.imported")).toBe("by import");
    expect(of("aws_acm_certificate.private")).toBe("automatic");
    expect(of("aws_acm_certificate.after_apply")).toBe("? known after apply, from terraform_data.method.output");
  });
});

test("renewal by mail: what is to be set, and where", () => {
  const remedy = requested({ validation_method: "EMAIL" }).renewal?.remedy;
  expect(remedy).toEqual({ address: "aws_acm_certificate.made", attribute: "validation_method", value: "DNS" });
});

describe.each(["aws_acm_certificate", "aws_iam_server_certificate"])("imported as %s", (type) => {
  const imported = (change: Partial<Change>, expressions?: Expressions) =>
    certificateOf(made(type, change, expressions));

  test.each([
    ["rsa-1024", ["old.example.com"], { algorithm: "RSA", size: 1024 }],
    ["rsa-2048", ["example.com", "*.example.com"], { algorithm: "RSA", size: 2048 }],
    ["p-256", ["p256.example.com"], { algorithm: "ECDSA", size: 256 }],
    ["p-384", ["p384.example.com"], { algorithm: "ECDSA", size: 384 }],
    ["no-names", [], { algorithm: "ECDSA", size: 256 }],
    ["ed25519", ["ed.example.com"], "? the certificate's key could not be read"],
  ])("%s: names and key are those of the PEM", (name, names, key) => {
    const certificate = imported({ after: { certificate_body: pem(name) } });
    expect(certificate.names.map(said)).toEqual(names);
    expect(said(certificate.key)).toEqual(key);
    expect(said(certificate.renewal)).toBe("by import");
    expect(certificate.transparency).toBeUndefined();
    expect(certificate.key?.place).toEqual({ address: `${type}.made`, at: "certificate_body" });
  });

  test("a secret body gives secret facts", () => {
    const change = { after: { certificate_body: pem("p-256") }, after_sensitive: { certificate_body: true } };
    expect(imported(change).names.map(said)).toEqual([{ secret: "p256.example.com" }]);
    expect(said(imported(change).key)).toEqual({ secret: { algorithm: "ECDSA", size: 256 } });
  });

  test("a body that is no certificate, or not known yet", () => {
    const broken = imported({ after: { certificate_body: "no certificate" } });
    expect(broken.names.map(said)).toEqual(["? the certificate's body is no PEM certificate"]);
    expect(said(broken.key)).toBe("? the certificate's key could not be read");
    const late = imported(
      { after: {}, after_unknown: { certificate_body: true } },
      { certificate_body: refersTo("local.pem") },
    );
    expect(late.names.map(said)).toEqual([expect.stringMatching(/^\? known after apply, from local.pem/)]);
    expect(said(late.key)).toMatch(/^\? known after apply, from local.pem/);
    expect(said(late.renewal)).toBe("by import");
  });
});

test("an IAM certificate without its body says so", () => {
  const { names, key } = certificateOf(made("aws_iam_server_certificate", { after: {} }));
  expect(names.map(said)).toEqual(["? the certificate's body is not in the plan"]);
  expect(said(key)).toBe("? the certificate's body is not in the plan");
});

describe("region", () => {
  const east = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

  test.each([
    [known(east), known("us-east-1")],
    [known("arn:aws-us-gov:acm:us-gov-west-1:123456789012:certificate/x"), known("us-gov-west-1")],
    [known(east, true), known("us-east-1", true)],
    [unknown(because`why`), unknown(because`why`)],
    [
      known("arn:aws:iam::123456789012:server-certificate/x"),
      unknown(because`the value is no ARN of an ACM certificate`),
    ],
    [known("us-east-1"), unknown(because`the value is no ARN of an ACM certificate`)],
    [known(""), unknown(because`the value is no ARN of an ACM certificate`)],
  ])("of the ARN %j", (arn, expected) => expect(regionOfArn(arn)).toEqual(expected));

  const certificate = (
    change: Partial<Change>,
    region?: Expression,
    more: Configuration = {},
    expressions: Expressions = {},
  ) =>
    regionOf(
      made("aws_acm_certificate", change, expressions, {
        ...more,
        provider_config: { aws: { name: "aws", expressions: region ? { region } : {} } },
      }),
    );
  const frankfurt: Expression = { constant_value: "eu-central-1" };
  const open: Partial<Change> = { after: {}, after_unknown: { arn: true } };

  test("its ARN tells", () => expect(certificate({ after: { arn: east } }, frankfurt)).toEqual(known("us-east-1")));

  test("before it has one, the provider that makes it tells", () => {
    expect(certificate(open, frankfurt)).toEqual(known("eu-central-1"));
  });

  test("its own region comes first, as of release 6 of the provider", () => {
    expect(certificate({ after: { region: "us-east-1" }, after_unknown: { arn: true } }, frankfurt)).toEqual(
      known("us-east-1"),
    );
  });

  test("its own region is unknown, whatever the provider's is", () => {
    const change = { after: {}, after_unknown: { arn: true, region: true } };
    const virginia: Expression = { constant_value: "us-east-1" };
    const late = certificate(change, virginia, {}, { region: refersTo("local.region") });
    expect(late.state === "unknown" && describeCause(late.cause)).toContain("local.region");
    // Nothing written: the provider's.
    expect(certificate(change, virginia)).toEqual(known("us-east-1"));
  });

  test("the environment or a profile tells, and not the plan", () => {
    expect(certificate(open)).toEqual(
      unknown(because`the provider's region is not in the plan: it comes from the environment or a profile`),
    );
  });

  test.each([
    ["a part of it", "us"],
    ["a condition", true],
    ["an object", { home: "us-east-1" }],
  ])("an expression that uses a variable is not always its value: %s", (_, value) => {
    const root_module = { variables: { part: { default: value } } };
    expect(certificate(open, refersTo("var.part"), { root_module }).state).toBe("unknown");
  });
});

describe("a certificate from outside", () => {
  const stand = { place: { address: "thing.a", at: "arn" } };
  const open = "? defined elsewhere";

  test("is all open, and belongs to no address", () => {
    const { address, names, key, transparency, renewal } = outsideCertificate(stand, because`defined elsewhere`);
    expect(address).toBeUndefined();
    expect([names.map(said), said(key), said(transparency), said(renewal)]).toEqual([[open], open, open, open]);
    expect([...names, key, renewal].map((one) => one?.place)).toEqual(Array(3).fill(stand.place));
  });

  const lookup = (after: NonNullable<Change["after"]>) =>
    outsideCertificate(stand, because`defined elsewhere`, made("data.aws_acm_certificate", { after }));

  test("looked up by a name: that one it has, and others perhaps", () => {
    expect(lookup({ domain: "example.com" }).names.map(said)).toEqual(["example.com", open]);
  });

  test("looked up and read: all its names, and its key", () => {
    const { names, key } = lookup({ domain: "example.com", certificate: pem("rsa-2048") });
    expect(names.map(said)).toEqual(["example.com", "*.example.com"]);
    expect(said(key)).toEqual({ algorithm: "RSA", size: 2048 });
  });

  test("looked up, and not to be read", () => {
    expect(lookup({ domain: "example.com", certificate: "?" }).names.map(said)).toEqual(["example.com", open]);
    expect(said(lookup({ certificate: pem("ed25519") }).key)).toBe(open);
  });
});

test("the adapter gives each certificate once, with its address", () => {
  expect([...certificatesOf("awkward-imported-certificate").keys()].sort()).toEqual([
    "aws_acm_certificate.curve",
    "aws_acm_certificate.late",
    "aws_acm_certificate.nameless",
    "aws_acm_certificate.regional",
    "aws_acm_certificate.strong",
    "aws_acm_certificate.weak",
    "aws_iam_server_certificate.iam",
  ]);
  expect(adapter).toMatchObject({
    id: "aws/acm",
    resourceTypes: ["aws_acm_certificate", "aws_iam_server_certificate"],
  });
});
