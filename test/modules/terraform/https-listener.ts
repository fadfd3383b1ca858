// The listener of a load balancer, as construct and as Terraform module.

import { Lb } from "@cdktf/provider-aws/lib/lb/index.js";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { Certificate, type CertificateArn } from "../../../modules/certificate.ts";
import { HttpsListener, type HttpsListenerProps } from "../../../modules/https-listener.ts";
import { Unsafe } from "../../../modules/unsafe.ts";
import type { EqualCase, EqualModule } from "./case.ts";
import { waive, waiverInput } from "./waived.ts";

const loadBalancerArn =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef" as const;
const targets = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/app/0123456789abcdef";
const arn = (id: number): CertificateArn => `arn:aws:acm:eu-west-1:123456789012:certificate/${id}`;
const certificate = (id: number) => Certificate.fromRegionalArn(arn(id));

const listen = (
  name: string,
  props: Omit<HttpsListenerProps, "loadBalancerArn" | "certificate">,
  inputs: EqualCase["inputs"],
): EqualCase => ({
  name,
  build: (scope, id) => void new HttpsListener(scope, id, { loadBalancerArn, certificate: certificate(1), ...props }),
  inputs: { load_balancer_arn: loadBalancerArn, certificate_arn: arn(1), ...inputs },
});

const old = ["minimum-tls-1-2", "forward-secrecy", "strong-ciphers"] as const;

export const httpsListener: EqualModule = {
  module: "https-listener",
  around: (stack) => {
    new Lb(stack, "front", { name: "front", subnets: ["subnet-1", "subnet-2"] }).overrideLogicalId("front");
    new LbTargetGroup(stack, "app", { name: "app", port: 443, protocol: "HTTPS", vpcId: "vpc-1" }).overrideLogicalId(
      "app",
    );
  },
  cases: [
    listen("forward", { action: { forward: targets } }, { action: { forward: targets } }),
    {
      name: "late",
      build: (scope, id) =>
        void new HttpsListener(scope, id, {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform.
          loadBalancerArn: "${aws_lb.front.arn}",
          certificate: certificate(1),
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform.
          action: { forward: "${aws_lb_target_group.app.arn}" },
        }),
      inputs: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform.
        load_balancer_arn: "${aws_lb.front.arn}",
        certificate_arn: arn(1),
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform.
        action: { forward: "${aws_lb_target_group.app.arn}" },
      },
    },
    listen(
      "redirect",
      { action: { redirect: "https://example.com" }, hsts: { maxAgeDays: 365, preload: true } },
      { action: { redirect: "https://example.com" }, hsts: { max_age_days: 365, preload: true } },
    ),
    listen(
      "redirect-in-parts",
      {
        action: { redirect: "https://#{host}:8443/old/#{path}?from=#{query}" },
        hsts: { includeSubdomains: Unsafe.hstsWithoutSubdomains(waive("hsts-include-subdomains")) },
      },
      {
        action: { redirect: "https://#{host}:8443/old/#{path}?from=#{query}" },
        hsts: { include_subdomains: false },
        waivers: [waiverInput("hsts-include-subdomains")],
      },
    ),
    listen(
      "fixed",
      { action: { fixed: { status: 404, body: "Nothing here.", contentType: "text/html" } }, tags: { team: "web" } },
      {
        action: { fixed: { status: 404, body: "Nothing here.", content_type: "text/html" } },
        tags: { team: "web" },
      },
    ),
    listen(
      "several-certificates",
      {
        action: { fixed: { status: 204 } },
        moreCertificates: [certificate(2), certificate(3)],
        tls: "ELBSecurityPolicy-TLS13-1-3-2021-06",
        port: 8443,
        httpRedirect: false,
      },
      {
        action: { fixed: { status: 204 } },
        more_certificate_arns: { shop: arn(2), blog: arn(3) },
        tls: "ELBSecurityPolicy-TLS13-1-3-2021-06",
        port: 8443,
        http_redirect: false,
      },
    ),
    listen(
      "old-clients",
      {
        action: { forward: targets },
        tls: Unsafe.listenerTls(
          "ELBSecurityPolicy-2016-08",
          ...(old.map(waive) as [ReturnType<typeof waive<"minimum-tls-1-2">>]),
        ),
      },
      { action: { forward: targets }, tls: "ELBSecurityPolicy-2016-08", waivers: old.map(waiverInput) },
    ),
  ],
};
