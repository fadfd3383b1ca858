// How resources name each other: by self link, id or name, in lists, and what leads to a resource.

import { describe, expect, test } from "vitest";
import {
  referencesOf,
  sslCertificates,
  sslPolicies,
  urlMaps,
  usersOf,
} from "../../../src/providers/google/reference.ts";
import { plan, resource, viewAfter } from "../../support/made.ts";
import { creating, ref } from "./made-google.ts";

const policy = "google_compute_region_ssl_policy.made";
const proxy = "google_compute_region_target_https_proxy.made";
const id = "projects/p/regions/r/sslPolicies/strict";
const link = `https://www.googleapis.com/compute/v1/${id}`;

describe("a literal", () => {
  const leadsTo = (ssl_policy: unknown) => {
    const changes = {
      [policy]: { after: { id, self_link: link, name: "strict" } },
      [proxy]: { after: { ssl_policy } },
    } as never;
    const found = referencesOf(resource(viewAfter({ changes }), proxy), "ssl_policy", sslPolicies);
    return found.map((one) => (one.state === "found" ? one.resources.map(({ address }) => address) : one.state));
  };

  test.each([
    ["the self link", link],
    ["the id", id],
    ["the name", "strict"],
    ["the link of another version of the API", `https://www.googleapis.com/compute/beta/${id}`],
  ])("%s", (_, value) => expect(leadsTo(value)).toEqual([[policy]]));

  test("of something else", () => {
    expect(leadsTo("projects/p/regions/r/sslPolicies/strict-too")).toEqual(["outside"]);
    expect(leadsTo("stric")).toEqual(["outside"]);
    expect(leadsTo(null)).toEqual([]);
    expect(leadsTo("")).toEqual([]);
  });
});

test("a list has one for each, and one for all that is not known yet", () => {
  const first = "google_compute_ssl_certificate.first";
  const listing = "google_compute_target_https_proxy.made";
  const made = creating({
    [first]: {},
    [listing]: { ssl_certificates: ["a", ref(`${first}.id`), "b"] },
  });
  const found = referencesOf(resource(viewAfter(made), listing), "ssl_certificates", sslCertificates);
  expect(found.map(({ state }) => state)).toEqual(["outside", "outside", "found"]);
});

test("what leads to a resource: those of the types that are asked for, by the attribute that is", () => {
  const map = "google_compute_url_map.made";
  const types = ["google_compute_target_http_proxy", "google_compute_target_https_proxy"];
  const http = "google_compute_target_http_proxy.made";
  const https = "google_compute_target_https_proxy.made";
  const to = { url_map: ref(`${map}.id`) };
  const view = viewAfter(creating({ [map]: {}, [http]: to, [https]: to, "google_compute_target_grpc_proxy.made": to }));
  const users = (asked: string[], attribute = "url_map") =>
    usersOf(resource(view, map), { types: asked, attribute, targets: urlMaps }).map(({ address }) => address);
  expect(users(types)).toEqual([http, https]);
  expect(users(["google_compute_target_http_proxy"])).toEqual([http]);
  expect(users(types, "name")).toEqual([]);
});

test("one of two that are named alike is open", () => {
  const global = { after: { name: "strict" } };
  const changes = {
    "google_compute_ssl_policy.made": global,
    [policy]: global,
    [proxy]: { after: { ssl_policy: "strict" } },
  };
  const [found] = referencesOf(resource(viewAfter(plan({ changes })), proxy), "ssl_policy", sslPolicies);
  expect(found?.state === "found" && found.resources.length).toBe(2);
});
