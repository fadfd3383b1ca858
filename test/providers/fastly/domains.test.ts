// The names of Fastly's services: their own, and those that other resources attach.

import { expect, test } from "vitest";
import { configured, type Made, plan, refersTo } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const service = "fastly_service_vcl.it";

const names = (changes: NonNullable<Made["changes"]>, written: { readonly [address: string]: object } = {}) => {
  const resources = Object.keys(changes).map((one) => configured(one, (written[one] ?? {}) as never));
  return at(endpointsOf(plan({ changes, root: { resources } })), service).names.map(said);
};

test.each([
  ["www.a.test", ["www.a.test"]],
  ["it.global.ssl.fastly.net", []],
  ["it.freetls.fastly.net", []],
  ["it.map.fastlylb.net", []],
  ["it.edgecompute.app", []],
  ["it.EdgeCompute.app.", []],
  ["fastly.net.a.test", ["fastly.net.a.test"]],
  ["notfastly.net", ["notfastly.net"]],
])("%s: %j", (name, expected) => expect(names({ [service]: { after: { domain: [{ name }] } } })).toEqual(expected));

test.each(["fastly_domain", "fastly_domain_v1"])("a %s that names its service", (type) => {
  const domain = `${type}.it`;
  const changes = {
    [service]: { after: { domain: [{ name: "a.test" }] }, after_unknown: { id: true } },
    [domain]: { after: { fqdn: "b.test" }, after_unknown: { service_id: true } },
  };
  expect(names(changes, { [domain]: { service_id: refersTo(`${service}.id`) } })).toEqual(["a.test", "b.test"]);
});

test.each(["fastly_domain", "fastly_domain_v1"])("a %s that a link gives to a service", (type) => {
  const [domain, link] = [`${type}.it`, `${type}_service_link.it`];
  const changes = {
    [service]: { after_unknown: { id: true } },
    [domain]: { after: { fqdn: "b.test" }, after_unknown: { domain_id: true, service_id: true } },
    [link]: { after_unknown: { domain_id: true, service_id: true } },
  };
  const written = {
    [link]: { domain_id: refersTo(`${domain}.domain_id`), service_id: refersTo(`${service}.id`) },
    [domain]: { service_id: refersTo(`${service}.id`) },
  };
  expect(names(changes, { [link]: written[link] as object })).toEqual(["b.test"]);
  // Said twice, it is one name.
  expect(names(changes, written)).toEqual(["b.test"]);
});

test("a domain of another service", () => {
  const changes = {
    [service]: { after: { id: "one" } },
    "fastly_domain.it": { after: { fqdn: "b.test", service_id: "two" } },
  };
  expect(names(changes)).toEqual([]);
});
