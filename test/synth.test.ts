// What the gate says of a stack while it is synthesised: by a directory of cdktf.out, and by TlsGate in the app itself.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { TerraformIterator, type TerraformStack, TerraformVariable } from "cdktf";
import { describe, expect, test } from "vitest";
import { evaluatePlan } from "../src/api.ts";
import { parsePlan } from "../src/plan/parse.ts";
import { sources } from "../src/plan/read.ts";
import { TlsGate } from "../src/synth.ts";
import { redirect } from "./modules/apps/redirect.ts";
import { synth } from "./modules/synth.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

interface Written {
  readonly protocol?: string;
  readonly minimum?: string;
  readonly change?: (distribution: CloudfrontDistribution, stack: TerraformStack) => void;
}

const website =
  ({ protocol = "redirect-to-https", minimum = "TLSv1.2_2021", change }: Written) =>
  (stack: TerraformStack) => {
    const distribution = new CloudfrontDistribution(stack, "site", {
      enabled: true,
      aliases: ["example.com"],
      origin: [
        {
          originId: "backend",
          domainName: "backend.example.com",
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "backend",
        viewerProtocolPolicy: protocol,
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { acmCertificateArn: arn, sslSupportMethod: "sni-only", minimumProtocolVersion: minimum },
    });
    change?.(distribution, stack);
  };

/** Outcomes by policy at the distribution, as `tlsgate check` finds them in the synthesised stack. */
function judged(written: Written) {
  const path = join(synth(website(written)), "cdk.tf.json");
  const { findings, verdict } = evaluatePlan(parsePlan(readFileSync(path), path));
  const of = (policy: string) => findings.filter((one) => one.policy === policy);
  return { verdict, of };
}

describe("a synthesised stack", () => {
  test("passes when what is written is right", () => {
    const { verdict, of } = judged({});
    expect(of("https-only").map(({ outcome }) => outcome)).toEqual(["pass"]);
    expect(of("hsts-enabled").map(({ outcome }) => outcome)).toEqual(["pass"]);
    expect(verdict).toBe("pass");
  });

  test("is refused for what is written wrong", () => {
    const { verdict, of } = judged({ protocol: "allow-all", minimum: "TLSv1" });
    expect(of("https-only")).toMatchObject([
      { outcome: "fail", at: "default_cache_behavior[0].viewer_protocol_policy", refuses: true },
    ]);
    expect(of("minimum-tls-1-2")).toMatchObject([{ outcome: "fail", message: "accepts TLS 1.0" }]);
    expect(verdict).toBe("refused");
  });

  test.each<[string, Written["change"]]>([
    [
      "a variable",
      (distribution, stack) => {
        const minimum = new TerraformVariable(stack, "minimum", { type: "string", default: "TLSv1" }).stringValue;
        distribution.addOverride("viewer_certificate.minimum_protocol_version", minimum);
      },
    ],
    [
      "a local value",
      (distribution) =>
        distribution.addOverride("viewer_certificate.minimum_protocol_version", "$" + "{local.minimum}"),
    ],
    [
      "a dynamic block",
      (distribution) => {
        distribution.addOverride("viewer_certificate", undefined);
        distribution.addOverride("dynamic.viewer_certificate", { for_each: [1], content: {} });
      },
    ],
    [
      "for_each",
      (distribution) => {
        const each = TerraformIterator.fromMap({ a: { minimum: "TLSv1" } });
        distribution.forEach = each;
        distribution.addOverride("viewer_certificate.minimum_protocol_version", each.getString("minimum"));
      },
    ],
  ])("leaves open what comes from %s, and is not refused for it", (_, change) => {
    const { verdict, of } = judged(change ? { change } : {});
    expect(of("minimum-tls-1-2")).toMatchObject([{ outcome: "unknown", refuses: false }]);
    expect(verdict).toBe("pass");
  });

  test("is found by the manifest of its app", () => {
    const stack = synth(redirect);
    const found = sources([dirname(dirname(stack))]);
    expect(found.map(({ path }) => path)).toEqual([join(stack, "cdk.tf.json")]);
    const plan = found[0]?.read();
    expect(plan).toMatchObject({ kind: "configuration", formatVersion: null, complete: true });
    const { resources = [] } = plan?.configuration?.root_module ?? {};
    const certificate = resources.find(({ type }) => type === "aws_acm_certificate");
    expect(certificate?.provider_config_key).toBe("aws.us_east_1");
  });

  test.each<[string, object]>([
    ["resources in a list", { resource: [] }],
    ["a type without names", { resource: { aws_lb: null } }],
    ["a resource that is text", { resource: { aws_lb: { front: "front" } } }],
    ["a provider that is text", { provider: { aws: "aws" } }],
  ])("with %s is refused, with what to do", (_, part) => {
    const bytes = Buffer.from(JSON.stringify({ "//": { metadata: { stackName: "s" } }, ...part }));
    expect(() => parsePlan(bytes, "cdk.tf.json")).toThrow("cdk.tf.json is no whole stack of CDKTF.");
  });

  test("makes nothing of a resource whose count is 0", () => {
    const resource = { terraform_data: { none: { count: 0 }, one: { count: 1 } } };
    const bytes = Buffer.from(JSON.stringify({ "//": { metadata: { stackName: "s" } }, resource }));
    expect(parsePlan(bytes, "cdk.tf.json").instances.map(({ name }) => name)).toEqual(["one"]);
  });

  test("a template that Terraform would write as it is, is text", () => {
    const text = "$$" + "{not a template} 100%%{at all}";
    const json = { "//": { metadata: { stackName: "s" } }, resource: { terraform_data: { a: { input: text } } } };
    const plan = parsePlan(Buffer.from(JSON.stringify(json)), "cdk.tf.json");
    expect(plan.instances[0]?.after?.values).toEqual({ input: text.replace("$$", "$").replace("%%", "%") });
  });
});

describe("TlsGate", () => {
  const gated =
    (written: Written, profile?: "strict") =>
    (stack: TerraformStack): void => {
      TlsGate.on(stack, profile ? { profile } : {});
      website(written)(stack);
    };

  test("lets a right stack through", () => expect(() => synth(gated({}))).not.toThrow());

  test("fails the synth of a wrong one, with the path of the construct and what to do", () => {
    expect(() => synth(gated({ protocol: "allow-all" }))).toThrow(
      "[stack] stack/site · default_cache_behavior[0].viewer_protocol_policy: answers plain HTTP on *. ",
    );
  });

  test("asks for more in another profile", () => {
    // AWS's own headers policy sends HSTS without includeSubDomains.
    expect(() => synth(gated({}, "strict"))).toThrow("(tlsgate explain hsts-include-subdomains)");
  });
});
