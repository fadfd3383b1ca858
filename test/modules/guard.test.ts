// What is changed behind a construct's back is refused at synth, and what Unsafe.override changes is not.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { Aspects, type TerraformStack } from "cdktf";
import { describe, expect, test } from "vitest";
import { Certificate, Validation } from "../../modules/certificate.ts";
import { Distribution } from "../../modules/distribution.ts";
import { HttpsListener } from "../../modules/https-listener.ts";
import { Origin } from "../../modules/origin.ts";
import { PrivateBucket } from "../../modules/private-bucket.ts";
import { Unsafe } from "../../modules/unsafe.ts";
import { Waiver, type WaiverProps } from "../../modules/waiver.ts";
import { offline, synth } from "./synth.ts";

const zones = { "example.com": "Z1" };
const domains = ["example.com"] as const;
const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10) as WaiverProps<"https-only">["until"];
const waiver = Waiver.for({ rule: "https-only", reason: "Meters in the field speak no TLS.", until, owner: "grid" });

function made(stack: TerraformStack) {
  const certificate = new Certificate(stack, "certificate", { domains, validation: Validation.dns(zones) });
  const bucket = new PrivateBucket(stack, "bucket");
  const behaviors = {
    "/api/*": { origin: Origin.https("api.example.com") },
    "/inside/*": { origin: Origin.vpc("arn:aws:ec2:eu-west-1:123456789012:instance/i-1", "inside.example.com") },
    "/orders/*": {
      origin: Origin.lambdaUrl({ functionUrl: "https://a.lambda-url.eu-west-1.on.aws/", functionName: "orders" }),
    },
  };
  const cdn = new Distribution(stack, "cdn", { domains, certificate, zones, origin: Origin.s3(bucket), behaviors });
  const listener = new HttpsListener(stack, "listener", {
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef",
    certificate: Certificate.fromRegionalArn("arn:aws:acm:eu-west-1:123456789012:certificate/1"),
    action: { fixed: { status: 204 } },
  });
  return { certificate, bucket, cdn, listener };
}

const only = <T>(stack: TerraformStack, type: new (...args: never[]) => T): T => {
  const found = stack.node.findAll().find((one) => one instanceof type);
  if (!found) throw new Error(`no ${type.name}`);
  return found as T;
};

/** The resources of a stack by type and name, as written. */
function written(build: (stack: TerraformStack) => void) {
  const { resource } = JSON.parse(readFileSync(join(synth(build), "cdk.tf.json"), "utf8"));
  const [distribution] = Object.values<Record<string, unknown>>(resource.aws_cloudfront_distribution);
  return { resource, distribution };
}

describe("changes behind a construct's back are refused", () => {
  test.each<[string, (stack: TerraformStack) => void, string]>([
    [
      "an override of a distribution",
      (stack) =>
        only(stack, CloudfrontDistribution).addOverride("default_cache_behavior.viewer_protocol_policy", "allow-all"),
      "default_cache_behavior of aws_cloudfront_distribution was changed behind the construct's back: change it through the construct's props, or by Unsafe.override(construct, ",
    ],
    [
      "an override of one path",
      (stack) =>
        only(stack, CloudfrontDistribution).addOverride("ordered_cache_behavior.0.viewer_protocol_policy", "allow-all"),
      "ordered_cache_behavior of aws_cloudfront_distribution was changed",
    ],
    [
      "a setter",
      (stack) => only(stack, CloudfrontDistribution).putViewerCertificate({ cloudfrontDefaultCertificate: true }),
      "viewer_certificate of aws_cloudfront_distribution was changed",
    ],
    [
      "an Aspect",
      (stack) =>
        Aspects.of(stack).add({
          visit: (node) => {
            if (node instanceof LbListener) node.sslPolicy = "ELBSecurityPolicy-2016-08";
          },
        }),
      "ssl_policy of aws_lb_listener was changed",
    ],
    [
      "a bucket made public",
      (stack) => {
        only(stack, S3BucketPublicAccessBlock).blockPublicPolicy = false;
      },
      "block_public_policy of aws_s3_bucket_public_access_block was changed",
    ],
    [
      "requests to the bucket that are not signed",
      (stack) => {
        only(stack, CloudfrontOriginAccessControl).signingBehavior = "never";
      },
      "signing_behavior of aws_cloudfront_origin_access_control was changed",
    ],
    [
      "ACLs of a bucket",
      (stack) => only(stack, S3BucketOwnershipControls).putRule({ objectOwnership: "ObjectWriter" }),
      "rule of aws_s3_bucket_ownership_controls was changed",
    ],
    [
      "a bucket without encryption of ours",
      (stack) => only(stack, S3BucketServerSideEncryptionConfigurationA).addOverride("rule", []),
      "rule of aws_s3_bucket_server_side_encryption_configuration was changed",
    ],
    [
      "HTTP/1.1",
      (stack) => {
        only(stack, CloudfrontDistribution).httpVersion = "http1.1";
      },
      "http_version of aws_cloudfront_distribution was changed",
    ],
    [
      "plain HTTP to a private origin",
      (stack) =>
        only(stack, CloudfrontVpcOrigin).addOverride("vpc_origin_endpoint_config.origin_protocol_policy", "http-only"),
      "vpc_origin_endpoint_config of aws_cloudfront_vpc_origin was changed",
    ],
    [
      "a function that others may invoke",
      (stack) => {
        only(stack, LambdaPermission).principal = "*";
      },
      "principal of aws_lambda_permission was changed",
    ],
    [
      "a public access block that a count takes away",
      (stack) => {
        only(stack, S3BucketPublicAccessBlock).count = 0;
      },
      "count of aws_s3_bucket_public_access_block was changed",
    ],
    [
      "a certificate of another account",
      (stack) => {
        const provider = new AwsProvider(stack, "other", { ...offline, alias: "other", region: "us-east-1" });
        only(stack, AcmCertificate).provider = provider;
      },
      "provider of aws_acm_certificate was changed",
    ],
    [
      "a public access block that is removed",
      (stack) => {
        const { scope, id } = only(stack, S3BucketPublicAccessBlock).node;
        scope?.node.tryRemoveChild(id);
      },
      "aws_s3_bucket_public_access_block at stack/bucket/private was removed behind the construct's back: leave it there.",
    ],
    [
      "object ownership that is removed",
      (stack) => {
        const { scope, id } = only(stack, S3BucketOwnershipControls).node;
        scope?.node.tryRemoveChild(id);
      },
      "aws_s3_bucket_ownership_controls at stack/bucket/ownership was removed behind the construct's back",
    ],
  ])("%s", (_, change, message) => {
    const build = (stack: TerraformStack) => {
      made(stack);
      change(stack);
    };
    expect(() => synth(build)).toThrow(message);
  });
});

test("tags, comments and lifecycle are anybody's to change", () => {
  const build = (stack: TerraformStack) => {
    made(stack);
    const distribution = only(stack, CloudfrontDistribution);
    distribution.tags = { team: "web" };
    distribution.comment = "Ours";
    distribution.addOverride("lifecycle.prevent_destroy", true);
  };
  expect(written(build).distribution).toMatchObject({ tags: { team: "web" }, comment: "Ours" });
});

describe("Unsafe.override", () => {
  test("sets exactly the value, and writes down what excuses it", () => {
    const build = (stack: TerraformStack) => {
      const { cdn } = made(stack);
      Unsafe.override(cdn, "ordered_cache_behavior.0.viewer_protocol_policy", "allow-all", waiver);
    };
    const { resource, distribution } = written(build);
    expect(distribution).toMatchObject({
      default_cache_behavior: { viewer_protocol_policy: "redirect-to-https" },
      ordered_cache_behavior: [{ viewer_protocol_policy: "allow-all", path_pattern: "/api/*" }, {}, {}],
    });
    const [name] = Object.keys(resource.aws_cloudfront_distribution);
    expect(resource.terraform_data.tlsgate_waivers.input).toMatchObject([
      {
        rule: "https-only",
        owner: "grid",
        resource: `aws_cloudfront_distribution.${name}`,
        attribute: "ordered_cache_behavior[0].viewer_protocol_policy",
      },
    ]);
  });

  test("replaces lists, and takes a resource too", () => {
    const build = (stack: TerraformStack) => {
      made(stack);
      Unsafe.override(only(stack, CloudfrontDistribution), "aliases", ["other.example.com"], waiver);
    };
    expect(written(build).distribution).toMatchObject({ aliases: ["other.example.com"] });
  });

  test("a construct without a main resource is refused", () => {
    const build = (stack: TerraformStack) => Unsafe.override(stack, "aliases", [], waiver);
    expect(() => synth(build)).toThrow("is no resource and has no main one: pass the resource itself");
  });

  test.each([
    ["viewer_certificate.minimum_protocol_version", "TLSv1", "viewer_certificate"],
    ["default_cache_behavior.response_headers_policy_id", "", "default_cache_behavior"],
  ])("opens the attribute that it names alone, and not %s", (path, value, attribute) => {
    const build = (stack: TerraformStack) => {
      const { cdn } = made(stack);
      Unsafe.override(cdn, "default_cache_behavior.viewer_protocol_policy", "allow-all", waiver);
      only(stack, CloudfrontDistribution).addOverride(path, value);
    };
    expect(() => synth(build)).toThrow(`${attribute} of aws_cloudfront_distribution was changed`);
  });
});
