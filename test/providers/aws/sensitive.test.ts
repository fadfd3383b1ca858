// Sensitive values of AWS's resources: none is part of a path, a name, a note, a cause or a fix.

import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf } from "../../support/said.ts";

const option = (namespace: string, name: string, value: string) => ({ namespace, name, value });

test.each<[string, string, { readonly [address: string]: JsonObject }]>([
  [
    "paths and origins of CloudFront",
    "aws_cloudfront_distribution.made",
    {
      "aws_cloudfront_distribution.made": {
        default_cache_behavior: [{ target_origin_id: "s3cret", viewer_protocol_policy: "s3cret" }],
        ordered_cache_behavior: [{ path_pattern: "/s3cret", response_headers_policy_id: "s3cret" }],
        origin: [{ origin_id: "s3cret", domain_name: "s3cret.example" }],
      },
    },
  ],
  [
    "origins that tenants share",
    "aws_cloudfront_multitenant_distribution.made",
    {
      "aws_cloudfront_multitenant_distribution.made": {
        default_cache_behavior: [{ target_origin_id: "s3cret" }],
        origin: [{ id: "s3cret", domain_name: "s3cret.example" }],
      },
    },
  ],
  [
    "paths and target groups of a load balancer",
    "aws_lb_listener_rule.made",
    {
      "aws_lb_listener_rule.made": {
        listener_arn: "arn:s3cret",
        action: [{ type: "forward", target_group_arn: "arn:aws:elasticloadbalancing:::targetgroup/s3cret/1" }],
        condition: [{ path_pattern: [{ values: ["/s3cret"] }] }],
      },
    },
  ],
  [
    "ports of a classic load balancer",
    "aws_elb.made",
    { "aws_elb.made": { listener: [{ lb_protocol: "https", lb_port: "s3cret", instance_port: "s3cret" }] } },
  ],
  [
    "ports and processes of Elastic Beanstalk",
    "aws_elastic_beanstalk_environment.made",
    {
      "aws_elastic_beanstalk_environment.made": {
        setting: [
          option("aws:elasticbeanstalk:environment", "LoadBalancerType", "application"),
          option("aws:elbv2:listener:default", "ListenerEnabled", "false"),
          option("aws:elbv2:listener:s3cret", "DefaultProcess", "s3cret"),
          option("aws:elbv2:listener:s3cret", "Protocol", "HTTPS"),
          option("aws:elasticbeanstalk:environment:process:other-s3cret", "Port", "80"),
        ],
      },
    },
  ],
  [
    "the port of an older option of Elastic Beanstalk",
    "aws_elastic_beanstalk_environment.made",
    {
      "aws_elastic_beanstalk_environment.made": {
        setting: [
          option("aws:elb:listener", "ListenerEnabled", "false"),
          option("aws:elb:loadbalancer", "LoadBalancerHTTPSPort", "8443000"),
        ],
      },
    },
  ],
  [
    "the URI of an integration",
    "aws_apigatewayv2_api.made",
    { "aws_apigatewayv2_api.made": { target: "http://s3cret.example" } },
  ],
  [
    "names and headers of Amplify",
    "aws_amplify_domain_association.made",
    {
      "aws_amplify_app.made": {
        id: "a1",
        custom_headers:
          "customHeaders:\n- pattern: /s3cret\n  headers:\n  - key: Strict-Transport-Security\n    value: max-age=1",
      },
      "aws_amplify_domain_association.made": {
        app_id: "a1",
        domain_name: "example.com",
        sub_domain: [{ prefix: "s3cret" }],
      },
    },
  ],
  [
    "the origin of a Lightsail distribution",
    "aws_lightsail_distribution.made",
    { "aws_lightsail_distribution.made": { origin: [{ name: "s3cret", protocol_policy: "s3cret" }] } },
  ],
  [
    "protocols of a Transfer server",
    "aws_transfer_server.made",
    { "aws_transfer_server.made": { protocols: ["FTP", "s3cret"] } },
  ],
  [
    "the target group of VPC Lattice",
    "aws_vpclattice_listener.made",
    {
      "aws_vpclattice_listener.made": {
        protocol: "s3cret",
        default_action: [{ forward: [{ target_groups: [{ target_group_identifier: "s3cret" }] }] }],
      },
    },
  ],
])("%s", (_, address, resources) => {
  const changes = Object.entries(resources).map(([of, after]) => [of, { after, after_sensitive: true as never }]);
  const endpoint = at(endpointsOf(plan({ changes: Object.fromEntries(changes) })), address);
  const shown = JSON.stringify(endpoint, (_key, value) => (value?.sensitive ? { ...value, value: "masked" } : value));
  expect(shown).not.toMatch(/s3cret|8443000/);
});
