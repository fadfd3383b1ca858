// A certificate as a distribution uses it: followed from its ARN, its region, and whether it is issued by then.
// Real plans first; what they do not show is made by hand.

import { describe, expect, test } from "vitest";
import type { CertificateUse } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { type Around, arn, distribution, only, viewer } from "../../support/distribution.ts";
import { configured, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const useIn = (plan: string, name: string): CertificateUse =>
  only(at(endpointsOf(plan), name.includes(".") ? name : `aws_cloudfront_distribution.${name}`).certificates);

const region = (use: CertificateUse) => {
  const found = said(use.region);
  return typeof found === "object" && found !== null && "actual" in found ? found.actual : found;
};

const outside = "? the certificate is defined outside this plan";

describe("region", () => {
  test.each([
    ["certificate-region", "virginia", "us-east-1"],
    ["certificate-region", "frankfurt", "eu-central-1"],
    ["certificate-region", "virginia_by_provider", "us-east-1"],
    ["certificate-region", "frankfurt_by_provider", "eu-central-1"],
    ["certificate-region", "frankfurt_by_module", "eu-central-1"],
    ["certificate-region", "frankfurt_looked_up", "eu-central-1"],
    ["certificate-region", "after_apply", "? known after apply, from terraform_data.arn.output"],
    // A server certificate of IAM is in no region.
    ["certificate-region", "certificate_of_iam", undefined],
    ["awkward-imported-certificate", "iam", undefined],
    // condition ? one : other, or a literal that the plan does not show.
    [
      "awkward-conditional-certificate",
      "same_region",
      "? it could be aws_acm_certificate.global, aws_acm_certificate.spare, or another value, as the JSON plan does not hold the expression (check the plan file to resolve this)",
    ],
  ])("%s: %s is in %s", (plan, name, expected) => expect(region(useIn(plan, name))).toBe(expected));

  test("says what is required, whatever is", () => {
    expect(said(useIn("certificate-region", "frankfurt").region)).toEqual({
      actual: "eu-central-1",
      required: "us-east-1",
    });
  });

  test("of a secret ARN is secret", () => {
    const { certificates } = distribution({}, { secret: { viewer_certificate: [{ acm_certificate_arn: true }] } });
    expect(said(only(certificates).region)).toEqual({ secret: { actual: "us-east-1", required: "us-east-1" } });
  });

  test("of what is no ARN of ACM is not told", () => {
    const { certificates } = distribution({ viewer_certificate: [{ ...viewer, acm_certificate_arn: "www" }] });
    expect(region(only(certificates))).toBe("? the value is no ARN of an ACM certificate");
  });
});

describe("ready", () => {
  test.each([
    ["certificate-validated", "waits", true],
    ["certificate-validated", "does_not_wait", false],
    ["certificate-validated", "without_validation", false],
    ["certificate-validated", "waits_by_depends_on", true],
    ["certificate-validated", "waits_for_another", false],
    ["certificate-validated", "waits_in_module", true],
    ["certificate-validated", "waits_for_module_by_depends_on", true],
    ["certificate-validated", "does_not_wait_for_module", false],
    ["certificate-validated", "imported", true],
    ["certificate-validated", "private", true],
    ["certificate-validated", "issued", true],
    ["certificate-validated", "looked_up", true],
    ["certificate-validated", "certificate_from_outside", outside],
    ["awkward-imported-certificate", "iam", true],
    ["awkward-depends-on", "module.waits.aws_cloudfront_distribution.this", true],
    ["awkward-depends-on", "module.does_not_wait.aws_cloudfront_distribution.this", false],
  ])("%s: %s is %s", (plan, name, expected) => expect(said(useIn(plan, name).ready)).toBe(expected));

  test("says what to wait for", () => {
    expect(useIn("certificate-validated", "does_not_wait").ready).toMatchObject({
      note: "it does not wait for aws_acm_certificate_validation.site",
      remedy: {
        attribute: "viewer_certificate[0].acm_certificate_arn",
        value: { reference: "aws_acm_certificate_validation.site.certificate_arn" },
      },
    });
    // A resource that is not there yet cannot be named.
    const without = useIn("certificate-validated", "without_validation").ready;
    expect([without?.note, without?.remedy]).toEqual([
      "no aws_acm_certificate_validation waits for its issue",
      undefined,
    ]);
  });

  test.each<[string, JsonObject, unknown]>([
    ["a look-up finds issued ones alone", {}, true],
    ["asked for issued ones", { statuses: ["ISSUED"] }, true],
    ["asked for others too, and found an issued one", { statuses: ["ISSUED", "EXPIRED"], status: "ISSUED" }, true],
    [
      "asked for others too, and found another",
      { statuses: ["ISSUED", "EXPIRED"], status: "EXPIRED" },
      `${outside}, and its status was not read`,
    ],
    [
      "asked for others too, and not told",
      { statuses: ["PENDING_VALIDATION"] },
      `${outside}, and its status was not read`,
    ],
  ])("%s", (_, after, expected) => {
    const changes = { "data.aws_acm_certificate.it": { after: { arn: arn("us-east-1"), ...after } } };
    expect(said(only(distribution({}, { changes }).certificates).ready)).toBe(expected);
  });

  test("a certificate that waits for its validation is not issued by a status of another kind", () => {
    const made = (status: string) =>
      said(
        only(
          distribution({}, { changes: { "aws_acm_certificate.it": { after: { arn: arn("us-east-1"), status } } } })
            .certificates,
        ).ready,
      );
    expect([made("ISSUED"), made("PENDING_VALIDATION"), made("issued")]).toEqual([true, false, false]);
  });
});

describe("the certificate itself", () => {
  test("of this plan: its names and key are known before its ARN is", () => {
    const { certificate } = useIn("certificate-region", "frankfurt_by_module");
    expect(certificate.address).toBe("module.frankfurt.aws_acm_certificate.site");
    expect(certificate.names.map(said)).toEqual(["*.example.com"]);
    expect(said(certificate.key)).toEqual({ algorithm: "RSA", size: 2048 });
  });

  test("from outside: nothing of it is known, and it has no address", () => {
    const { certificate } = useIn("certificate-region", "virginia");
    expect(certificate.address).toBeUndefined();
    expect([...certificate.names.map(said), said(certificate.key), said(certificate.renewal)]).toEqual([
      outside,
      outside,
      outside,
    ]);
  });

  test("looked up: its names are those of its PEM", () => {
    expect(useIn("awkward-looked-up", "managed").certificate.names.map(said)).toEqual(["*.example.com"]);
  });

  test("one of several: what all of them say is known", () => {
    const id = arn("us-east-1");
    const changes = {
      "aws_acm_certificate.global": { after: { id, domain_name: "www.example.com" } },
      "aws_acm_certificate.spare": {
        after: { id, domain_name: "www.example.com", subject_alternative_names: ["other.example.com"] },
      },
    };
    const { certificate, ready } = only(distribution({}, { changes }).certificates);
    const which = "? the plan does not tell which it is of aws_acm_certificate.global, aws_acm_certificate.spare";
    expect(certificate.names.map(said)).toEqual(["www.example.com", which]);
    expect(said(certificate.key)).toEqual({ algorithm: "RSA", size: 2048 });
    expect(said(ready)).toBe(false);
    expect(ready?.related).toEqual(["aws_acm_certificate.global", "aws_acm_certificate.spare"]);
  });

  test.each([
    [["a", "b", "c", "d", "e"], "a, b, c, d, e"],
    [["a", "b", "c", "d", "e", "f"], "a, b, c, d, e and 1 more"],
    [["a", "b", "c", "d", "e", "f", "g"], "a, b, c, d, e and 2 more"],
  ])("one of many, %j: five are named, all are related", (names, listed) => {
    const addresses = names.map((name) => `aws_acm_certificate.${name}`);
    const same = { after: { id: arn("us-east-1"), domain_name: "a.test" } };
    const changes = Object.fromEntries(addresses.map((address) => [address, same]));
    const { certificate, ready } = only(distribution({}, { changes }).certificates);
    const which = listed.replace(/\b[a-g]\b/g, "aws_acm_certificate.$&");
    expect(said(certificate.names.at(-1))).toBe(`? the plan does not tell which it is of ${which}`);
    expect(ready?.related).toEqual(addresses);
  });

  test.each(["aws_acm_certificate", "aws_acm_certificate_validation"])(
    "of %s, by the id that the ARN is too",
    (type) => {
      const changes = { [`${type}.it`]: { after: { id: arn("us-east-1"), domain_name: "a.test" } } };
      const { ready } = only(distribution({}, { changes }).certificates);
      expect(ready?.related).toEqual([`${type}.it`]);
    },
  );

  test("of IAM, by its id", () => {
    const { certificate } = useIn("awkward-imported-certificate", "iam");
    expect(certificate.address).toBe("aws_iam_server_certificate.iam");
  });
});

describe("a validation", () => {
  const [certificate, validation] = ["aws_acm_certificate", "aws_acm_certificate_validation"];
  const open = { after_unknown: { arn: true, id: true, certificate_arn: true } };

  /** A distribution that takes its certificate's ARN from a validation. */
  const use = (target: ReturnType<typeof refersTo>, changes: Around["changes"] = {}): CertificateUse =>
    only(
      distribution(
        { viewer_certificate: [{ ...viewer, acm_certificate_arn: null }] },
        {
          unknown: { viewer_certificate: [{ acm_certificate_arn: true }] },
          written: { viewer_certificate: [{ acm_certificate_arn: refersTo(`${validation}.it.certificate_arn`) }] },
          root: {
            resources: [
              configured(`${certificate}.a`),
              configured(`${certificate}.b`),
              configured(`${validation}.it`, { certificate_arn: target }),
            ],
          },
          changes: {
            [`${certificate}.a`]: { after: { domain_name: "a.test", region: "us-east-1" }, ...open },
            [`${certificate}.b`]: { after: { domain_name: "b.test", region: "eu-west-1" }, ...open },
            [`${validation}.it`]: { after: {}, ...open },
            ...changes,
          },
        },
      ).certificates,
    );

  test("leads to the certificate that it waits for", () => {
    const found = use(refersTo(`${certificate}.b.arn`));
    expect([found.certificate.address, region(found), said(found.ready)]).toEqual([
      `${certificate}.b`,
      "eu-west-1",
      true,
    ]);
  });

  test("of one of two: neither is taken for the other", () => {
    const found = use(refersTo(`${certificate}.a.arn`, `${certificate}.b.arn`));
    expect(region(found)).toMatch(/^\? /);
    expect(said(found.ready)).toBe(true);
    expect(found.certificate.names.map(said)).not.toContain("a.test");
    expect(found.certificate.names.map(said)).not.toContain("b.test");
  });

  test("of a certificate from outside: its region is the ARN's", () => {
    const there = arn("eu-west-1");
    const { certificates } = distribution(
      { viewer_certificate: [{ ...viewer, acm_certificate_arn: there }] },
      { changes: { [`${validation}.it`]: { after: { certificate_arn: there } } } },
    );
    const found = only(certificates);
    expect([found.certificate.address, region(found), said(found.ready)]).toEqual([undefined, "eu-west-1", true]);
    expect(found.certificate.names.map(said)).toEqual([outside]);
  });

  test("of what is not told", () => {
    const found = use(refersTo("local.arn"));
    expect(found.certificate.names.map(said)).toEqual([expect.stringMatching(/^\? known after apply, from local.arn/)]);
    expect(said(found.ready)).toBe(true);
  });
});
