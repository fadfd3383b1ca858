// A distribution with a certificate that exists already, and the load balancer behind it, with another.

import { Construct } from "constructs";
import { Certificate } from "../../../modules/certificate.ts";
import { Distribution } from "../../../modules/distribution.ts";
import { HttpsListener } from "../../../modules/https-listener.ts";
import { Origin } from "../../../modules/origin.ts";

const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef";

export function imported(scope: Construct): void {
  const here = new Construct(scope, "imported");
  new Distribution(here, "cdn", {
    domains: ["imported.example.com"],
    certificate: Certificate.fromArn(
      "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
    ),
    origin: Origin.https("backend.example.com"),
    behaviors: {
      "/inside/*": { origin: Origin.vpc(loadBalancerArn, "inside.example.com"), methods: "all", cache: "disabled" },
    },
  });
  const listener = new HttpsListener(here, "listener", {
    loadBalancerArn,
    certificate: Certificate.fromRegionalArn(
      "arn:aws:acm:eu-west-1:123456789012:certificate/66666666-7777-8888-9999-000000000000",
    ),
    action: { fixed: { status: 204 } },
  });
  const redirect = "https://www.example.com/new" as const;
  listener.addRule(10, { hosts: ["old.example.com"], paths: ["/old"], action: { redirect } });
}
