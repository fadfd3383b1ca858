// The certificates of a proxy: lists, certificate maps with their entries, and what the plan does not hold.

import { describe, expect, test } from "vitest";
import { plan } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { creating, ref, type Values } from "./made-google.ts";

const proxy = "google_compute_target_https_proxy.made";
const first = "google_compute_managed_ssl_certificate.first";
const second = "google_compute_managed_ssl_certificate.second";
const manager = "google_certificate_manager_certificate.made";
const map = "google_certificate_manager_certificate_map.made";
const entry = "google_certificate_manager_certificate_map_entry";

const domains = (...names: string[]): Values => ({ managed: [{ domains: names }] });

const used = (values: Values, more: { readonly [address: string]: Values } = {}, address = proxy) => {
  const { certificate, certificates } = at(
    endpointsOf(creating({ "terraform_data.late": {}, ...more, [address]: values })),
    address,
  );
  return [said(certificate), ...certificates.map((one) => one.certificate.names.map(said))];
};

const late = "? known after apply, from terraform_data.late.output";
const outside = "? the certificate is defined outside this plan";

describe("lists", () => {
  test.each<[string, Values, unknown[]]>([
    ["none", {}, ["missing"]],
    ["an empty one", { ssl_certificates: [] }, ["missing"]],
    ["one of this plan's", { ssl_certificates: ref(`${first}.id`) }, ["own", ["a.test"]]],
    [
      "two of them",
      { ssl_certificates: [ref(`${first}.id`), ref(`${second}.self_link`)] },
      ["own", ["a.test"], ["b.test"]],
    ],
    ["one from outside", { ssl_certificates: ["projects/p/global/sslCertificates/c"] }, ["own", [outside]]],
    [
      "one from outside beside one of this plan's",
      { ssl_certificates: ["projects/p/global/sslCertificates/c", ref(`${first}.id`)] },
      ["own", [outside], ["a.test"]],
    ],
    ["known after apply", { ssl_certificates: ref("terraform_data.late.output") }, [late, [late]]],
    [
      "one beside what is known after apply",
      { ssl_certificates: ["projects/p/global/sslCertificates/c", ref("terraform_data.late.output")] },
      ["own", [outside], [late]],
    ],
    ["of Certificate Manager", { certificate_manager_certificates: [ref(`${manager}.id`)] }, ["own", ["c.test"]]],
    [
      "of Certificate Manager, by the full name",
      {
        certificate_manager_certificates: [
          "//certificatemanager.googleapis.com/projects/p/locations/global/certificates/x",
        ],
      },
      ["own", [outside]],
    ],
  ])("%s", (_, values, expected) => {
    expect(
      used(values, { [first]: domains("a.test"), [second]: domains("b.test"), [manager]: domains("c.test") }),
    ).toEqual(expected);
  });

  test("an SSL proxy and a regional proxy have them too", () => {
    const values = { ssl_certificates: ref(`${first}.id`) };
    const more = { [first]: domains("a.test") };
    for (const address of ["google_compute_target_ssl_proxy.made", "google_compute_region_target_https_proxy.made"])
      expect(used(values, more, address), address).toEqual(["own", ["a.test"]]);
    expect(used({}, {}, "google_compute_target_ssl_proxy.made")).toEqual(["missing"]);
  });

  test("by the link of one that exists", () => {
    const changes = {
      [first]: { after: { id: "projects/p/global/sslCertificates/c", ...domains("a.test") } },
      [proxy]: {
        after: { ssl_certificates: ["https://www.googleapis.com/compute/v1/projects/p/global/sslCertificates/c"] },
      },
    };
    const [use] = at(endpointsOf(plan({ changes })), proxy).certificates;
    expect(use?.certificate.address).toBe(first);
  });

  test("one that was looked up is none of this plan's", () => {
    const data = "data.google_compute_ssl_certificate.shared";
    const changes = {
      [data]: { after: { self_link: "link", certificate: "nonsense" } },
      [proxy]: { after: { ssl_certificates: ["link"] } },
    };
    const [use] = at(endpointsOf(plan({ changes })), proxy).certificates;
    expect([use?.certificate.address, use?.certificate.names.map(said)]).toEqual([
      undefined,
      ["? it is no PEM certificate that can be read"],
    ]);
  });

  test("Google issues when the load balancer is there: nothing is said of being ready, nor of a region", () => {
    const [use] = at(
      endpointsOf(creating({ [first]: domains("a.test"), [proxy]: { ssl_certificates: ref(`${first}.id`) } })),
      proxy,
    ).certificates;
    expect([use?.ready, use?.region, use?.certificate.address]).toEqual([undefined, undefined, first]);
  });
});

describe("a certificate map", () => {
  const attached = { certificate_map: ref(`${map}.id`) };
  const manages = { [manager]: domains("example.com", "*.example.com"), [map]: { name: "map" } };
  const of = (values: Values) => ({
    ...manages,
    [`${entry}.made`]: { map: "map", certificates: ref(`${manager}.id`), ...values },
  });

  test.each<[string, Values, unknown[]]>([
    ["an entry shows its certificate for its own host name", { hostname: "shop.example.com" }, ["shop.example.com"]],
    ["also where that is a wildcard", { hostname: "*.example.com" }, ["*.example.com"]],
    ["a primary one for any", { matcher: "PRIMARY" }, ["example.com", "*.example.com"]],
    ["a host name that it does not cover", { hostname: "other.test" }, ["example.com", "*.example.com"]],
    ["known after apply", { hostname: ref("terraform_data.late.output") }, [late]],
  ])("%s", (_, values, names) => expect(used(attached, of(values))).toEqual(["own", names]));

  test("takes the place of the list", () => {
    const both = { ...attached, ssl_certificates: ref(`${first}.id`) };
    expect(used(both, { ...of({ hostname: "a.example.com" }), [first]: domains("a.test") })).toEqual([
      "own",
      ["a.example.com"],
    ]);
  });

  test("entries of another map are not its own", () => {
    const other = {
      [`${entry}.other`]: { map: "other", certificates: ref(`${manager}.id`), hostname: "b.example.com" },
    };
    expect(used(attached, { ...of({ hostname: "a.example.com" }), ...other })).toEqual(["own", ["a.example.com"]]);
  });

  test("without entries, or from elsewhere, its names are not known", () => {
    expect(used(attached, manages)).toEqual(["own", [`? ${map} has no entry in this plan`]]);
    const link = "//certificatemanager.googleapis.com/projects/p/locations/global/certificateMaps/m";
    const open = "? the certificate map is defined outside this plan";
    expect(used({ certificate_map: link })).toEqual(["own", [open]]);
    expect(used({ certificate_map: ref("terraform_data.late.output") })).toEqual([late, [late]]);
  });

  test("by the name that stands before the id of one that exists", () => {
    const id = "projects/p/locations/global/certificateMaps/m";
    const changes = {
      [map]: { after: { id, name: "m" } },
      [manager]: { after: { id: "c", ...domains("a.test") } },
      [`${entry}.made`]: { after: { map: "m", certificates: ["c"], hostname: "a.test" } },
      [proxy]: { after: { certificate_map: `//certificatemanager.googleapis.com/${id}` } },
    };
    const [use] = at(endpointsOf(plan({ changes })), proxy).certificates;
    expect(use?.certificate).toMatchObject({ address: manager, names: [{ value: "a.test" }] });
  });
});

test("a host of the URL map that the certificate does not cover is found", () => {
  const found = findings("google-good").filter((one) => one.policy === "certificate-covers-domains");
  expect(found.map(({ address, at, outcome, message }) => [address, at, outcome, message])).toEqual([
    [
      "google_compute_url_map.https",
      "host_rule[0].hosts[0]",
      "fail",
      "static.shop.example.com is not covered by its certificate for shop.example.com, www.shop.example.com",
    ],
  ]);
});
