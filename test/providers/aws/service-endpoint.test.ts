// A certificate by its ARN: in a set, of IAM, and from the resource that waits for its issue, in each service of AWS.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { placementOf } from "../../../src/providers/aws/acm.ts";
import { certified, certifiedByOnly, withServerCertificates } from "../../../src/providers/aws/service-endpoint.ts";
import { arn, only } from "../../support/distribution.ts";
import { configured, type Made, refersTo, resource, viewAfter } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { said } from "../../support/said.ts";

const address = "aws_service.made";

const made = (after: JsonObject, changes: Made["changes"] = {}, unknown: JsonObject = {}) =>
  resource(viewAfter({ changes: { [address]: { after, after_unknown: unknown as never }, ...changes } }), address);

const attribute = "certificate";

describe("a set of ARNs", () => {
  const own = (...args: Parameters<typeof made>) => certifiedByOnly(made(...args), attribute, "us-east-1");

  test("from elsewhere", () => {
    const { certificate, certificates } = own({ certificate: [arn("eu-west-1")] });
    expect([said(certificate), said(only(certificates).region)]).toEqual([
      "own",
      { actual: "eu-west-1", required: "us-east-1" },
    ]);
  });

  test("of this plan", () => {
    const it = {
      "aws_acm_certificate.it": { after: { arn: arn("us-east-1"), domain_name: "a.test", status: "ISSUED" } },
    };
    const use = only(own({ certificate: [arn("us-east-1")] }, it).certificates);
    expect([use.certificate.address, said(use.ready)]).toEqual(["aws_acm_certificate.it", true]);
  });

  test("none", () => {
    expect([{ certificate: [] }, {}].map((after) => said(own(after).certificate))).toEqual(["missing", "missing"]);
    expect(own({}).certificates).toEqual([]);
  });

  test("not known yet", () => {
    const { certificate } = own({ certificate: [null] }, {}, { certificate: [true] });
    expect(said(certificate)).toMatch(/^\? known after apply/);
  });
});

test("a server certificate of IAM, where a service takes them", () => {
  const it = { "aws_iam_server_certificate.it": { after: { arn: "arn:aws:iam::1:server-certificate/it" } } };
  const block = made({ certificate: "arn:aws:iam::1:server-certificate/it" }, it);
  const use = only(certified(block, attribute, "us-east-1", { targets: withServerCertificates }).certificates);
  expect([use.certificate.address, use.region]).toEqual(["aws_iam_server_certificate.it", undefined]);
});

describe("the region where the plan does not show the provider's", () => {
  const providers = {
    aws: { name: "aws" },
    "aws.other": { name: "aws", alias: "other", expressions: { region: refersTo("local.region") } },
  };
  const use = (service: string, certificate: string, changes: Made["changes"] = {}) => {
    const late = { after: {}, after_unknown: { certificate: true, arn: true, id: true } };
    const root_module = {
      resources: [
        configured(address, { certificate: refersTo("aws_acm_certificate.it.arn") }, { provider_config_key: service }),
        configured("aws_acm_certificate.it", {}, { provider_config_key: certificate }),
      ],
    };
    const view = viewAfter({
      changes: { [address]: late, "aws_acm_certificate.it": late, ...changes },
      configuration: { provider_config: providers, root_module },
    });
    const block = resource(view, address);
    return only(certified(block, attribute, placementOf(block)).certificates);
  };

  test.each([
    ["the same configuration, whose region the environment sets", "aws", "aws", true],
    ["the same configuration, whose region is a local value", "aws.other", "aws.other", true],
    ["two configurations", "aws", "aws.other", undefined],
  ])("%s", (_, service, certificate, expected) => {
    const { region, sameRegion } = use(service, certificate);
    expect(sameRegion && said(sameRegion)).toBe(expected);
    // The service rejects a certificate of another region.
    expect(region).toMatchObject({ state: "unknown", kind: "fails safe" });
  });

  test("not by the same configuration where one of them has a region of its own", () => {
    const own = {
      "aws_acm_certificate.it": { after: { region: "eu-west-1" }, after_unknown: { arn: true, id: true } },
    };
    expect(use("aws", "aws", own).sameRegion).toBeUndefined();
  });
});

describe("a certificate that the plan does not show is rejected where there is none", () => {
  const presence = (isRequired?: boolean) =>
    certified(
      made({}, {}, { certificate: true }),
      attribute,
      "us-east-1",
      isRequired === undefined ? {} : { isRequired },
    ).certificate;
  test.each([
    [undefined, "fails safe"],
    [true, "fails safe"],
    [false, "open"],
  ])("required: %s, %s", (isRequired, kind) => expect(presence(isRequired)).toMatchObject({ state: "unknown", kind }));
});

describe("a chain: a service, aws_acm_certificate_validation, aws_acm_certificate", () => {
  test.each([
    ["aws-vpc-lattice", "aws_vpclattice_service.own_name", "certificate_arn"],
    ["aws-amplify", "aws_amplify_domain_association.own", "certificate_settings[0].custom_certificate_arn"],
    [
      "aws-elastic-beanstalk",
      "aws_elastic_beanstalk_environment.secure",
      expect.stringMatching(/^setting\[\d\]\.value$/),
    ],
    ["aws-iot", "aws_iot_domain_configuration.own_name", "server_certificate_arns"],
    ["aws-transfer", "aws_transfer_server.ftps", "certificate"],
    ["aws-global-accelerator", "aws_lb_listener.secure", "certificate_arn"],
  ])("%s", (name, of, place) => {
    const found = findings(name).filter((one) => one.address === of);
    const outcome = (policy: string) =>
      found.filter((one) => one.policy === policy).map((one) => [one.at, one.outcome]);
    expect(outcome("certificate-validated")).toEqual([[place, "pass"]]);
    expect(outcome("certificate-region")).toEqual([[place, "pass"]]);
    expect(outcome("certificate-present").every(([, one]) => one === "pass")).toBe(true);
  });
});
