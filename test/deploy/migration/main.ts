// The same website by the constructs: each resource that was written by hand moves to one that a construct makes.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, type TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Certificate, Distribution, Origin, PrivateBucket, Validation } from "tlsgate/modules";

const app = new App();
const stack = new TerraformStack(app, "site");
new AwsProvider(stack, "aws", { region: "eu-west-1", s3UsePathStyle: true });

const domains = ["example.test", "www.example.test"] as const;
const zones = { "example.test": process.env.ZONE_ID ?? "" };

const certificate = new Certificate(stack, "certificate", { domains, validation: Validation.dns(zones) });
const files = new PrivateBucket(stack, "files", { name: "example-test-site" });
const cdn = new Distribution(stack, "cdn", {
  domains,
  zones,
  certificate,
  origin: Origin.s3(files, { id: "site" }),
  rootObject: "index.html",
});

/** `path` leads from a construct to a resource that it made. */
function move(from: string, construct: Construct, ...path: readonly string[]): void {
  const resource = path.reduce<Construct>((parent, id) => parent.node.findChild(id) as Construct, construct);
  (resource as TerraformResource).moveFromId(from);
}

move("aws_acm_certificate.site", certificate, "certificate");
move("aws_acm_certificate_validation.site", certificate, "validation");
move("aws_s3_bucket.site", files, "bucket");
move("aws_s3_bucket_public_access_block.site", files, "private");
move("aws_s3_bucket_policy.site", files, "policy");
move("aws_cloudfront_distribution.site", cdn, "distribution");
move("aws_cloudfront_origin_access_control.site", cdn, "access-control-s3");
for (const domain of domains) {
  move(`aws_route53_record.validation["${domain}"]`, stack, "tlsgate-validation", domain);
  for (const type of ["A", "AAAA"]) move(`aws_route53_record.site["${domain} ${type}"]`, cdn, `${type}-${domain}`);
}

app.synth();
