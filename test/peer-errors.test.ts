// Where other checkers of plans are known to be wrong, item by item: what they let pass is refused, and what they refuse
// without need passes. test/plans/peer-errors, and plans made by hand of what its provider cannot plan.

import { describe, expect, test } from "vitest";
import { evaluatePlan } from "../src/api.ts";
import type { Outcome } from "../src/findings/finding.ts";
import { withConfiguration } from "../src/plan/configured.ts";
import { computedAttributes } from "../src/providers/registry.ts";
import { configured, plan } from "./support/made.ts";
import { findings, fixture, outcomes } from "./support/plans.ts";

const judged = (policy: string) => outcomes("peer-errors", policy);

const tls = judged("minimum-tls-1-2");
const secrecy = judged("forward-secrecy");
const https = judged("https-only");
const hop = judged("origin-minimum-tls-1-2");
const present = judged("certificate-present");

const listener = (policy: string) => `aws_lb_listener.named["ELBSecurityPolicy-${policy}"]`;

/** The worst outcome of a policy on one resource that is made by hand. */
function made(policy: string, type: string, after: object, written: readonly string[] = Object.keys(after)) {
  const expressions = Object.fromEntries(written.map((name) => [name, {}]));
  const root = { resources: [configured(`${type}.it`, expressions)] };
  return outcomes(plan({ changes: { [`${type}.it`]: { after: after as never } }, root }), policy)[`${type}.it`];
}

describe("listeners: names of security policies", () => {
  // CKV_AWS_103 passes what begins with TLS13; CKV2_AWS_74 and AWS-0047 refuse lists of nine and ten names.
  test.each([
    "TLS13-1-0-2021-06",
    "TLS13-1-0-PQ-2025-09",
    "TLS13-1-0-FIPS-2023-04",
    "TLS13-1-0-FIPS-PQ-2025-09",
    "TLS13-1-1-2021-06",
    "TLS13-1-1-FIPS-2023-04",
    "FS-2018-06",
    "FS-1-1-2019-08",
    "TLS-1-1-2017-01",
    "2016-08",
    "2015-05",
  ])("%s accepts less than TLS 1.2", (name) => expect(tls[listener(name)]).toBe("fail"));

  test.each([
    "TLS13-1-2-Ext1-2021-06",
    "TLS13-1-2-Ext2-2021-06",
    "TLS13-1-2-Ext1-FIPS-2023-04",
    "TLS13-1-2-Ext2-PQ-2025-09",
  ])("%s is TLS 1.2 without forward secrecy, in all of its forms", (name) =>
    expect([tls[listener(name)], secrecy[listener(name)]]).toEqual(["pass", "fail"]),
  );

  // prowler's elbv2_insecure_ssl_ciphers allows no FIPS-2023-04 and no RFC9151.
  test.each(["TLS13-1-2-Res-2021-06", "TLS13-1-2-Res-FIPS-2023-04", "TLS13-1-3-RFC9151-FIPS-2023-07"])(
    "%s passes",
    (name) => expect([tls[listener(name)], secrecy[listener(name)]]).toEqual(["pass", "pass"]),
  );

  // AWS-0047 says nothing where none is written: ELBSecurityPolicy-2016-08 applies.
  test("none written is TLS 1.0", () => expect(tls["aws_lb_listener.silent"]).toBe("fail"));

  // prowler's looks at HTTPS only.
  test("TLS on a network load balancer counts too", () => expect(tls["aws_lb_listener.network"]).toBe("fail"));
});

describe("CloudFront", () => {
  // CKV2_AWS_54 and CloudFront.10 refuse SSLv3 alone.
  test.each<[string, Outcome]>([
    ["SSLv3", "fail"],
    ["TLSv1", "fail"],
    ["TLSv1.1", "fail"],
    ["TLSv1.2", "pass"],
  ])("%s to the origin: %s", (version, outcome) =>
    expect(hop[`aws_cloudfront_distribution.origin["${version}"]`]).toBe(outcome),
  );

  // AWS-0013 skips the default certificate, CKV_AWS_174 refuses it as if its TLS version had been written.
  test("its own certificate is TLS 1.0 whatever is written, says so, and is no missing certificate", () => {
    const address = 'aws_cloudfront_distribution.origin["TLSv1.2"]';
    const finding = findings("peer-errors").find((one) => one.address === address && one.policy === "minimum-tls-1-2");
    expect(finding).toMatchObject({ outcome: "fail", message: expect.stringContaining("own certificate") });
    expect(present[address]).toBe("pass");
  });

  test("TLSv1.2_2018 is TLS 1.2 without forward secrecy", () => {
    const address = 'aws_cloudfront_distribution.viewer["TLSv1.2_2018"]';
    expect([tls[address], secrecy[address]]).toEqual(["pass", "fail"]);
  });

  // KICS has refused the names of 2025 (KICS#7932).
  test.each(["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"])("%s passes", (name) => {
    const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";
    const viewer_certificate = [{ acm_certificate_arn: certificate, minimum_protocol_version: name }];
    for (const policy of ["minimum-tls-1-2", "forward-secrecy"]) {
      expect(made(policy, "aws_cloudfront_distribution", { viewer_certificate })).toBe("pass");
    }
  });
});

describe("redirects", () => {
  // AWS-0054 takes any redirect for one to HTTPS.
  test.each<[string, Outcome]>([
    ['aws_lb_listener.redirect["HTTPS"]', "pass"],
    ['aws_lb_listener.redirect["HTTP"]', "fail"],
    ['aws_lb_listener.redirect["#{protocol}"]', "fail"],
    ["aws_lb_listener.redirect_silent", "fail"],
  ])("%s: %s", (address, outcome) => expect(https[address]).toBe(outcome));
});

describe("API Gateway", () => {
  // CKV_AWS_206 lacks names, and refuses a domain without one, which AWS gives TLS_1_2; `!= "TLS_1_2"` refuses the stronger.
  test("no name is TLS 1.2", () => expect(tls["aws_api_gateway_domain_name.silent"]).toBe("pass"));

  test.each(["SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09", "SecurityPolicy_TLS13_1_3_FIPS_2025_09"])(
    "%s passes",
    (security_policy) => {
      const domain = { domain_name: "api.example.com", security_policy };
      for (const policy of ["minimum-tls-1-2", "forward-secrecy"]) {
        expect(made(policy, "aws_api_gateway_domain_name", domain)).toBe("pass");
      }
    },
  );

  test("a name that AWS documents nowhere is unknown, not a failure and no pass", () => {
    const security_policy = "SecurityPolicy_TLS13_1_2_FIPS_PQ_2099_01";
    expect(made("minimum-tls-1-2", "aws_api_gateway_domain_name", { security_policy })).toBe("unknown");
  });
});

describe("Azure", () => {
  // CKV_AZURE_218 compares with names that end in a space, and knows no suites of TLS 1.3.
  const gateway = (...cipher_suites: string[]) => ({
    ssl_policy: [{ policy_type: "CustomV2", min_protocol_version: "TLSv1_2", cipher_suites }],
    frontend_port: [{ name: "https", port: 443 }],
    http_listener: [
      {
        name: "https",
        protocol: "Https",
        frontend_ip_configuration_name: "public",
        frontend_port_name: "https",
        ssl_certificate_name: "site",
      },
    ],
    ssl_certificate: [{ name: "site", key_vault_secret_id: "https://vault.vault.azure.net/secrets/site" }],
    sku: [{ name: "Standard_v2", tier: "Standard_v2" }],
  });

  test.each<[Outcome, string]>([
    ["fail", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"],
    ["fail", "TLS_RSA_WITH_AES_128_GCM_SHA256"],
    ["pass", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"],
    ["pass", "TLS_AES_256_GCM_SHA384"],
  ])("forward secrecy, %s: %s", (outcome, suite) =>
    expect(made("forward-secrecy", "azurerm_application_gateway", gateway(suite))).toBe(outcome),
  );
});

describe("Google Cloud", () => {
  // CKV_GCP_4 refuses FIPS_202205, and MODERN with TLS 1.3; of CUSTOM it ignores the version.
  test.each<[string, object, Outcome, Outcome]>([
    ["FIPS_202205", { profile: "FIPS_202205", min_tls_version: "TLS_1_2" }, "pass", "pass"],
    ["RESTRICTED with TLS 1.3", { profile: "RESTRICTED", min_tls_version: "TLS_1_3" }, "pass", "pass"],
    ["MODERN with TLS 1.2", { profile: "MODERN", min_tls_version: "TLS_1_2" }, "pass", "pass"],
    [
      "CUSTOM with TLS 1.0",
      { profile: "CUSTOM", min_tls_version: "TLS_1_0", custom_features: ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"] },
      "fail",
      "pass",
    ],
    [
      "CUSTOM with RSA key transport",
      { profile: "CUSTOM", min_tls_version: "TLS_1_2", custom_features: ["TLS_RSA_WITH_AES_128_GCM_SHA256"] },
      "pass",
      "fail",
    ],
  ])("%s", (_, policy, version, forwardSecrecy) => {
    const proxy = "google_compute_target_https_proxy.it";
    const judgedPlan = plan({
      changes: {
        [proxy]: {
          after: { name: "it", ssl_policy: "web", ssl_certificates: ["projects/p/global/sslCertificates/c"] },
        },
        "google_compute_ssl_policy.web": { after: { name: "web", ...policy } },
      },
    });
    const worst = (id: string) => {
      const all = outcomes(judgedPlan, id);
      return all[proxy] ?? all["google_compute_ssl_policy.web"];
    };
    expect([worst("minimum-tls-1-2"), worst("forward-secrecy")]).toEqual([version, forwardSecrecy]);
  });
});

describe("what a plan does not show", () => {
  // checkov takes an empty list for one that exists (checkov#7360).
  test("an empty list is none: a distribution without an alias has no name of its own", () => {
    const names = findings("peer-errors").filter(
      (one) => one.policy === "certificate-covers-domains" && one.address.startsWith("aws_cloudfront_distribution"),
    );
    expect(names).toEqual([]);
    const viewer_certificate = [{ cloudfront_default_certificate: true, acm_certificate_arn: "" }];
    const bare = { aliases: [], viewer_certificate };
    expect(made("certificate-present", "aws_cloudfront_distribution", bare)).toBe("pass");
    expect(made("certificate-present", "aws_cloudfront_distribution", { ...bare, aliases: ["www.example.com"] })).toBe(
      "fail",
    );
  });

  // checkov reads it as the text "true_after_unknown", and so as a bad value; others read nothing, and pass it.
  test("what is known only after the apply is unknown, and says what it comes from", () => {
    const finding = findings("peer-errors").find(
      (one) => one.address === "aws_lb_listener.after_apply" && one.policy === "minimum-tls-1-2",
    );
    expect(finding).toMatchObject({
      outcome: "unknown",
      message: expect.stringContaining("terraform_data.policy.output"),
    });
  });

  // Both are null and known after the apply in the plan: only its configuration tells them apart.
  test("what nobody has written is the provider's default", () => expect(tls["aws_lb_listener.silent"]).toBe("fail"));
});

// Cases that none of checkov, trivy, KICS and prowler gets right, as they look at one resource, or at constants, alone.
describe("what it takes the whole plan to see", () => {
  test("the names that records give to a load balancer need its certificate, too", () => {
    const covered = outcomes("aws-load-balancer-names", "certificate-covers-domains");
    expect(covered["aws_route53_record.apex"]).toBe("pass");
    expect(covered["aws_route53_record.admin"]).toBe("fail");
    expect(covered["aws_lb_listener_rule.hosts"]).toBe("fail");
  });

  test("a rule in front of the default action decides, whatever the default action does", () => {
    const routes = outcomes("aws-load-balancer-rules", "https-only");
    // Forwards by default, and redirects every request before it comes to that.
    expect(routes["aws_lb_listener_rule.all"]).toBe("pass");
    // Redirects by default, and forwards some requests before.
    expect(routes["aws_lb_listener_rule.before"]).toBe("fail");
  });

  test("a redirect from HTTPS to HTTP undoes the listener", () => {
    const routes = outcomes("aws-load-balancer-rules", "https-only");
    expect(routes['aws_lb_listener_rule.leaving["HTTP"]']).toBe("fail");
    expect(routes['aws_lb_listener_rule.leaving["HTTPS"]']).toBe("pass");
    expect(routes["aws_lb_listener.leaving"]).toBe("fail");
  });

  test("HSTS that the origin sends is HSTS, unless the edge removes or replaces it", () => {
    const sent = outcomes("aws-hsts-at-the-edge", "hsts-enabled");
    const at = (name: string) => sent[`aws_cloudfront_distribution.${name}`];
    expect(["origin_sends", "origin_replaced"].map(at)).toEqual(["pass", "pass"]);
    expect(["origin_short", "origin_removed", "origin_silent"].map(at)).toEqual(["fail", "fail", "fail"]);
    // A function on the viewer's response does not run where the origin answers with an error.
    expect(at("error_pages")).toBe("fail");
    expect(at("by_lambda")).toBe("unknown");
  });

  test("a key that is computed can be that of another certificate", () => {
    const json = fixture("evaluated");
    const record = 'aws_route53_record.front["by_key"]';
    expect(outcomes(json, "certificate-covers-domains")[record]).toBe("unknown");
    const evaluated = withConfiguration(json, computedAttributes, "test/plans/evaluated");
    expect(outcomes(evaluated, "certificate-covers-domains")[record]).toBe("fail");
  });

  test("a value that is one of several is judged by what all of them say", () => {
    const evaluated = withConfiguration(fixture("evaluated"), computedAttributes, "test/plans/evaluated");
    const floors = outcomes(evaluated, "minimum-tls-1-2");
    expect(floors["aws_lb_listener.either"]).toBe("pass");
    expect(floors["aws_lb_listener.either_bad"]).toBe("unknown");
  });

  test("a bucket without a policy is no better than one whose policy denies nothing", () => {
    const refused = outcomes("storage-secure-transport", "storage-secure-transport");
    expect(Object.entries(refused).filter(([address]) => /^aws_s3_bucket\./.test(address))).toContainEqual([
      expect.any(String),
      "fail",
    ]);
  });

  test("what may serve HTTPS and is not judged is named", () => {
    const notJudged = evaluatePlan(fixture("aws-not-judged")).notJudged.map(({ address }) => address);
    expect(notJudged).toContain("aws_cloudformation_stack.remote");
  });
});
