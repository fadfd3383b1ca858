// The grammar of Strict-Transport-Security, RFC 6797 section 6.1, and what browsers make of what is outside of it.

import { describe, expect, test } from "vitest";
import { type HstsDirectives, hstsRoutes, oneYear, parseHsts, withHsts } from "../../src/facts/hsts.ts";
import { text } from "../../src/text.ts";
import { header, known, route, sensitive, unknown } from "../support/endpoint.ts";

const directives = (maxAge: number, includeSubDomains = false, preload = false): HstsDirectives => ({
  maxAge,
  includeSubDomains,
  preload,
});

const accepted: { readonly [header: string]: HstsDirectives } = {
  "max-age=31536000": directives(31536000),
  "max-age=31536000; includeSubDomains": directives(31536000, true),
  "max-age=63072000; includeSubDomains; preload": directives(63072000, true, true),
  "max-age=1; preload": directives(1, false, true),
  "max-age=0": directives(0),
  // any order, any case, any space between
  "includeSubDomains; max-age=15768000": directives(15768000, true),
  "MAX-AGE=5;INCLUDESUBDOMAINS;PRELOAD": directives(5, true, true),
  "  max-age = 5 ;\tincludeSubDomains ": directives(5, true),
  // a quoted value, empty directives, directives of others
  'max-age="31536000"': directives(31536000),
  "; max-age=5; ;": directives(5),
  "max-age=5; report-uri=https://example.com/?a=b; includeSubDomains": directives(5, true),
  // the longest that anyone writes
  "max-age=9007199254740993": directives(9007199254740992),
};

const ignored = [
  "",
  ";",
  "includeSubDomains; preload",
  "max-age",
  "max-age=",
  'max-age=""',
  "max-age=-1",
  "max-age=1.5",
  "max-age=1e9",
  "max-age=0x10",
  "max-age=1 2",
  "max-age=31536000s",
  'max-age="31536000',
  "max-age='31536000'",
  "max_age=31536000",
  "max-age:31536000",
  "max-age=31536000, includeSubDomains",
  "max-age=31536000 includeSubDomains",
  // a directive that takes no value
  "max-age=31536000; includeSubDomains=true",
  "max-age=31536000; includeSubDomains=",
  // a directive must not be written twice
  "max-age=31536000; max-age=0",
  "max-age=0; MAX-AGE=31536000",
  "max-age=31536000; includeSubDomains; includesubdomains",
];

describe("parseHsts", () => {
  test.each(Object.entries(accepted))("%j", (header, expected) => expect(parseHsts(header)).toEqual(expected));

  test.each(ignored)("%j is ignored, as if it were not sent", (header) => {
    expect(parseHsts(header)).toEqual(directives(0));
  });
});

// https://hstspreload.org asks for this many seconds.
test("a year has 365 days", () => expect(oneYear).toBe(365 * 24 * 60 * 60));

test("hstsRoutes are those whose answers can carry the header", () => {
  const [https, plain] = [route(), route({ path: text`/plain`, hsts: undefined })];
  expect(hstsRoutes([https, plain])).toEqual([https]);
});

describe("withHsts", () => {
  const sends = (maxAge: typeof unknown | ReturnType<typeof known<number>>) =>
    withHsts({ ...route(), hsts: { ...header, maxAge } });

  test("a route that sends the header, or may", () => {
    expect(sends(known(1))).toBe(true);
    expect(sends(sensitive(31_536_000))).toBe(true);
    expect(sends(unknown)).toBe(true);
  });

  test("a route that does not", () => {
    expect(sends(known(0))).toBe(false);
    expect(sends(sensitive(0))).toBe(false);
  });
});
