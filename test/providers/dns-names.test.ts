// Records of every cloud that lead to a load balancer of the plan: the names that they give it.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/plan/plan.ts";
import { namesLeadingTo } from "../../src/providers/dns-names.ts";
import { type Made, resource, viewAfter } from "../support/made.ts";
import { said } from "../support/said.ts";

const host = "front-1234.eu-west-1.elb.amazonaws.com";

function names(record: string, after: JsonObject, more: Made["changes"] = {}): unknown[] {
  const changes = { "aws_lb.front": { after: { dns_name: host } }, [record]: { after }, ...more };
  return namesLeadingTo(resource(viewAfter({ changes }), "aws_lb.front")).map(said);
}

const zone = { "aws_route53_zone.site": { after: { zone_id: "Z1", name: "example.com" } } };
const alias = (name: string): JsonObject => ({ alias: [{ name }] });

describe("Route 53", () => {
  const named = (after: JsonObject, more: Made["changes"] = zone) =>
    names("aws_route53_record.it", { zone_id: "Z1", ...alias(host), ...after }, more);

  test.each([
    ["www", "www.example.com"],
    ["www.example.com", "www.example.com"],
    ["WWW.Example.com.", "www.example.com"],
    ["", "example.com"],
    ["example.com", "example.com"],
    ["*", "*.example.com"],
    ["myexample.com", "myexample.com.example.com"],
  ])("%j in its zone: %s", (name, expected) => expect(named({ name })).toEqual([expected]));

  test.each([`dualstack.${host}`, `${host}.`, host.toUpperCase()])("to %s", (target) => {
    expect(named({ name: "www", ...alias(target) })).toEqual(["www.example.com"]);
  });

  test("by a CNAME, and not by more than one record", () => {
    expect(named({ name: "www", alias: [], records: [host] })).toEqual(["www.example.com"]);
    expect(named({ name: "www", alias: [], records: [host, "other.example.org"] })).toEqual([]);
  });

  test("to something else, or to what nobody knows", () => {
    expect(named({ name: "www", ...alias("other.example.org") })).toEqual([]);
    expect(named({ name: "www", alias: [] })).toEqual([]);
  });

  test("in a zone that the plan does not show, a name of three labels is whole", () => {
    expect(named({ name: "www.example.com" }, {})).toEqual(["www.example.com"]);
    expect(named({ name: "www" }, {})).toEqual([]);
  });

  test("a name that is sensitive stays so", () => {
    const change = { after: { zone_id: "Z1", name: "www", ...alias(host) }, after_sensitive: { name: true } };
    expect(names("aws_route53_record.it", {}, { ...zone, "aws_route53_record.it": change })).toEqual([
      { secret: "www.example.com" },
    ]);
  });
});

test.each<[string, JsonObject, string[]]>([
  ["google_dns_record_set", { name: "www.example.com.", rrdatas: [`${host}.`] }, ["www.example.com"]],
  ["azurerm_dns_cname_record", { name: "www", zone_name: "example.com", record: host }, ["www.example.com"]],
  ["azurerm_dns_cname_record", { name: "@", zone_name: "example.com", record: host }, ["example.com"]],
  ["digitalocean_record", { name: "www", domain: "example.com", value: `${host}.` }, ["www.example.com"]],
  ["cloudflare_record", { name: "www.example.com", content: host, zone_id: "z" }, ["www.example.com"]],
  ["cloudflare_record", { name: "www.example.com", value: host, proxied: false }, ["www.example.com"]],
  ["cloudflare_dns_record", { name: "www.example.com", content: host, proxied: true }, []],
])("%s %j", (type, after, expected) => expect(names(`${type}.it`, after)).toEqual(expected));
