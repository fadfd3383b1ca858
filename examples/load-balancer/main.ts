// A service behind a load balancer that speaks HTTPS only.

import { Lb } from "@cdktf/provider-aws/lib/lb/index.js";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Certificate, HttpsListener, Validation } from "tlsgate/modules";

const app = new App();
const stack = new TerraformStack(app, "load-balancer");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

const vpcId = new TerraformVariable(stack, "vpc_id", { type: "string" }).stringValue;
const subnets = new TerraformVariable(stack, "subnet_ids", { type: "list(string)" }).listValue;
const securityGroups = new TerraformVariable(stack, "security_group_ids", { type: "list(string)" }).listValue;

const name = "service.example.com";
const zoneId = "Z0123456789ABCDEFGHIJ";

const front = new Lb(stack, "front", { subnets, securityGroups, dropInvalidHeaderFields: true });
const https = { port: 443, protocol: "HTTPS", healthCheck: { protocol: "HTTPS", path: "/health" } };
const service = new LbTargetGroup(stack, "service", { vpcId, targetType: "ip", ...https });

new HttpsListener(stack, "listener", {
  loadBalancerArn: front.arn,
  certificate: new Certificate(stack, "certificate", {
    domains: [name],
    validation: Validation.dns({ "example.com": zoneId }),
    // A load balancer takes it from its own region, where CloudFront takes it from us-east-1.
    use: "regional",
  }),
  action: { forward: service.arn },
});

const alias = { name: front.dnsName, zoneId: front.zoneId, evaluateTargetHealth: true };
new Route53Record(stack, "address", { zoneId, name, type: "A", alias });

app.synth();
