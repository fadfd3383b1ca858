// The way from a zone to what this plan makes behind it: CloudFront, listeners of a load balancer, proxies of Google Cloud.

import { describe, expect, test } from "vitest";
import { chainsOf } from "../../../src/facts/chain.ts";
import { configured, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf } from "../../support/said.ts";

const record = "cloudflare_dns_record.www";

/** Resources by address, each with references by attribute, which are known after apply. */
const made = (
  resources: { readonly [address: string]: { readonly [attribute: string]: string | true } },
  values = {},
) => {
  const own = { name: "www.example.com", type: "CNAME", proxied: true, zone_id: "1" };
  const all = Object.entries(resources);
  return plan({
    changes: Object.fromEntries(
      all.map(([address, attributes]) => [
        address,
        {
          after: { ...(address === record ? own : {}), ...(values as { [address: string]: object })[address] },
          after_unknown: Object.fromEntries(Object.keys(attributes).map((name) => [name, true])),
        },
      ]),
    ),
    root: {
      resources: all.map(([address, attributes]) =>
        configured(
          address,
          Object.fromEntries(
            Object.entries(attributes).flatMap(([name, reference]) =>
              reference === true ? [] : [[name, refersTo(reference)]],
            ),
          ),
        ),
      ),
    },
  });
};

const behind = (...args: Parameters<typeof made>) =>
  at(endpointsOf(made(...args)), record).upstreams.map(({ endpoint }) => endpoint);

test.each([
  ["aws_cloudfront_distribution.cdn", "domain_name"],
  ["aws_elb.classic", "dns_name"],
  ["aws_lb.app", "dns_name"],
  ["azurerm_linux_web_app.app", "default_hostname"],
  ["google_compute_global_address.web", "address"],
])("%s by its %s", (address, attribute) =>
  expect(behind({ [address]: { [attribute]: true }, [record]: { content: `${address}.${attribute}` } })).toEqual([
    address,
  ]),
);

test("by a host name that the plan shows", () => {
  const values = { "aws_lb.app": { dns_name: "app.elb.test" }, [record]: { content: "app.elb.test" } };
  expect(behind({ "aws_lb.app": {}, [record]: {} }, values)).toEqual(["aws_lb.app"]);
  expect(behind({ "aws_lb.app": {}, [record]: {} }, { [record]: { content: "other.test" } })).toEqual([]);
});

test("by what provider 4 called value", () =>
  expect(behind({ "aws_lb.app": { dns_name: true }, [record]: { value: "aws_lb.app.dns_name" } })).toEqual([
    "aws_lb.app",
  ]));

test("an attribute that is no host", () =>
  expect(behind({ "aws_lb.app": { arn: true }, [record]: { content: "aws_lb.app.arn" } })).toEqual([]));

test("several records to one endpoint are one hop", () => {
  const other = "cloudflare_dns_record.apex";
  const content = { content: "aws_lb.app.dns_name" };
  const values = { [other]: { name: "example.com", type: "CNAME", proxied: true, zone_id: "1" } };
  const endpoints = endpointsOf(
    made({ "aws_lb.app": { dns_name: true }, [record]: content, [other]: content }, values),
  );
  expect([...endpoints.values()].flatMap(({ upstreams }) => upstreams)).toHaveLength(1);
});

describe("a load balancer answers through its listeners", () => {
  const listener = { load_balancer_arn: "aws_lb.app.arn" };
  const parts = { "aws_lb.app": { dns_name: true, arn: true }, [record]: { content: "aws_lb.app.dns_name" } } as const;
  const values = { "aws_lb_listener.http": { protocol: "HTTP" }, "aws_lb_listener.https": { protocol: "HTTPS" } };

  test("the one there is, or the one for HTTPS", () => {
    expect(behind({ ...parts, "aws_lb_listener.http": listener }, values)).toEqual(["aws_lb_listener.http"]);
    const both = { "aws_lb_listener.http": listener, "aws_lb_listener.https": listener };
    expect(behind({ ...parts, ...both }, values)).toEqual(["aws_lb_listener.https"]);
    const two = { "aws_lb_listener.https": listener, "aws_lb_listener.more": listener };
    const alike = { ...values, "aws_lb_listener.more": { protocol: "HTTPS" } };
    expect(behind({ ...parts, ...two }, alike)).toEqual(["aws_lb.app"]);
  });

  test("and the chain is told", () => {
    const endpoints = [...endpointsOf(made({ ...parts, "aws_lb_listener.https": listener }, values)).values()];
    expect(chainsOf(endpoints)).toEqual([[record, "aws_lb_listener.https"]]);
  });
});

describe("an address of Google Cloud answers through the proxies of its forwarding rules", () => {
  const address = "google_compute_global_address.web";
  const rule = (target: string) => ({ ip_address: `${address}.address`, target: `${target}.id` });
  const https = "google_compute_target_https_proxy.web";
  const http = "google_compute_target_http_proxy.web";
  const parts = {
    [address]: { address: true, id: true },
    [https]: { id: true },
    [http]: { id: true },
    "google_compute_global_forwarding_rule.https": rule(https),
  } as const;

  test("one, or the one for HTTPS", () => {
    const content = { content: `${address}.address` };
    expect(behind({ ...parts, [record]: content })).toEqual([https]);
    const both = { ...parts, "google_compute_global_forwarding_rule.http": rule(http) };
    expect(behind({ ...both, [record]: content })).toEqual([https]);
  });

  test("by the rule's own address", () => {
    const own = "google_compute_global_forwarding_rule.own";
    const values = { ...parts, [own]: { ip_address: true, target: `${https}.id` } } as const;
    expect(behind({ ...values, [record]: { content: `${own}.ip_address` } })).toEqual([https]);
  });
});
