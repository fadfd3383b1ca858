// Whether a host is reached in a private network, by its name or address alone.

import { expect, test } from "vitest";
import { because } from "../../src/cause.ts";
import { absent, known, unknown } from "../../src/facts/fact.ts";
import { reachOf } from "../../src/facts/reach.ts";

test.each([
  ["10.0.0.1", "private"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["172.32.0.1", "public"],
  ["192.168.1.1", "private"],
  ["100.64.0.1", "private"],
  ["100.128.0.1", "public"],
  ["169.254.1.1", "private"],
  ["127.0.0.1", "private"],
  ["8.8.8.8", "public"],
  ["fd12:3456::1", "private"],
  ["[fd12:3456::1]", "private"],
  ["2001:db8::1", "public"],
  ["::1", "private"],
  ["http://10.0.0.1:8080/path", "private"],
  ["http://[fd00::1]:8080", "private"],
  ["https://api.example.com/v1", "public"],
  ["reviews", "private"],
  ["http://reviews:8080", "private"],
  ["reviews.prod.svc.cluster.local", "private"],
  ["reviews.prod.svc", "private"],
  ["*.local", "private"],
  ["db.internal.", "private"],
  ["internal.example.com", "public"],
  ["10.example.com", "public"],
  ["*", "public"],
  ["", "public"],
])("%s: %s", (host, expected) => expect(reachOf(known(host))).toBe(expected));

test("public where the host is not shown", () => {
  expect([reachOf(absent), reachOf(unknown(because`late`))]).toEqual(["public", "public"]);
});
