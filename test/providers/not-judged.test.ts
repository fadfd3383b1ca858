// The tables of what is not judged: beside the adapters, found for every plan, and in words that fit into a sentence.

import { describe, expect, test } from "vitest";
import { withProviders } from "../../src/providers/load.ts";
import { adapters, notJudgedTypes } from "../../src/providers/registry.ts";
import { plan } from "../support/made.ts";
import { kindOf } from "../support/not-judged.ts";

const phrases = Object.entries(notJudgedTypes).map(
  ([type, entry]) => [type, typeof entry === "string" ? entry : entry.what] as const,
);

test("no adapter reads any of the types", () => {
  const read = new Set(adapters.flatMap(({ resourceTypes }) => resourceTypes));
  expect(Object.keys(notJudgedTypes).filter((type) => read.has(type))).toEqual([]);
});

test("types are exact, and each is a noun phrase without an article or an end", () => {
  const wrong = phrases.filter(
    ([type, what]) =>
      !/^[a-z0-9]+_[a-z0-9_]+$/.test(type) ||
      !/^(?!(an?|the)\b)[A-Za-z][\w .,'()-]*\w\)?$/i.test(what) ||
      what.length > 70,
  );
  expect(wrong).toEqual([]);
});

test("every type leads to its table", async () => {
  const changes = Object.fromEntries(phrases.map(([type]) => [`${type}.it`, {}]));
  const { notJudgedTypes: all } = await withProviders(plan({ changes }), { adapters: [] });
  expect(Object.keys(all).sort()).toEqual(Object.keys(notJudgedTypes).sort());
  for (const [type] of phrases) {
    const one = await withProviders(plan({ changes: { [`${type}.it`]: {} } }), { adapters: [] });
    expect(Object.hasOwn(one.notJudgedTypes, type), type).toBe(true);
  }
});

test("a plan of other providers gets no table, and the adapters of packs stand last", async () => {
  const own = { id: "nimbus/stack", resourceTypes: ["nimbus_stack"] };
  const selection = { adapters: [own], failOn: "any" };
  expect(await withProviders(plan({ changes: { "nimbus_stack.a": {} } }), selection)).toEqual({
    ...selection,
    notJudgedTypes: {},
  });
  const { adapters: both } = await withProviders(plan({ changes: { "oci_load_balancer_listener.a": {} } }), selection);
  expect(both.map(({ id }) => id)).toEqual(["oci/load-balancer", "nimbus/stack"]);
});

describe("a resource of which the plan shows nothing", () => {
  // Its own attributes are not known, so nothing rules out that it serves HTTPS.
  test.each(phrases)("%s: %s", (type) => {
    const open = { type: true, type_name: true, kind: true, protocol: true };
    expect(kindOf(type, {}, open)).toBeTypeOf("string");
  });
});

describe("one of each provider that was not mentioned in any report", () => {
  test.each([
    ["akamai_property", "property"],
    ["alicloud_slb_listener", "CLB listener"],
    ["awscc_cloudfront_distribution", "CloudFront distribution"],
    ["azurerm_container_group", "container group"],
    ["azurerm_resource_group_template_deployment", "ARM template deployment"],
    ["bunnynet_pullzone", "pull zone"],
    ["civo_loadbalancer", "load balancer"],
    ["exoscale_nlb_service", "NLB service"],
    ["fly_app", "Fly app"],
    ["google_api_gateway_gateway", "API gateway"],
    ["google_compute_forwarding_rule", "forwarding rule"],
    ["hcloud_load_balancer_service", "load balancer service"],
    ["helm_release", "Helm release"],
    ["heroku_app", "Heroku app"],
    ["huaweicloud_elb_listener", "ELB listener"],
    ["ibm_is_lb_listener", "load balancer listener"],
    ["kubectl_manifest", "Kubernetes object"],
    ["linode_nodebalancer_config", "NodeBalancer configuration"],
    ["netlify_site", "Netlify site"],
    ["openstack_lb_listener_v2", "load balancer listener"],
    ["ovh_iploadbalancing_http_frontend", "load balancer HTTP frontend"],
    ["scaleway_lb_frontend", "load balancer frontend"],
    ["tencentcloud_clb_listener", "CLB listener"],
    ["upcloud_loadbalancer_frontend", "load balancer frontend"],
    ["vercel_project", "Vercel project"],
    ["vultr_load_balancer", "load balancer"],
    ["yandex_alb_load_balancer", "application load balancer"],
  ])("%s: %s", (type, what) => expect(kindOf(type, {})).toBe(what));

  test.each(["aws_iam_role", "aws_instance", "awscc_iam_role", "google_compute_network", "hcloud_server"])(
    "not %s",
    (type) => expect(kindOf(type, {})).toBeUndefined(),
  );
});
