// Which host names a certificate's name covers, by RFC 9525.

import { expect, test } from "vitest";
import { covers } from "../../src/facts/domain-name.ts";

test.each([
  ["example.com", "example.com"],
  ["www.example.com", "www.example.com"],
  ["*.example.com", "www.example.com"],
  ["*.example.com", "xn--bcher-kva.example.com"],
  ["*.a.example.com", "b.a.example.com"],
  // case and the root's dot say nothing
  ["WWW.Example.COM", "www.example.com"],
  ["*.EXAMPLE.com", "www.example.COM"],
  ["example.com.", "example.com"],
  ["*.example.com", "www.example.com."],
  // a host that is a wildcard itself
  ["*.example.com", "*.example.com"],
])("%s covers %s", (name, host) => expect(covers(name, host)).toBe(true));

test.each([
  ["example.com", "www.example.com"],
  ["www.example.com", "example.com"],
  // never the domain itself, never two labels
  ["*.example.com", "example.com"],
  ["*.example.com", "a.b.example.com"],
  ["*.example.com", ".example.com"],
  ["*.example.com", "notexample.com"],
  ["*.example.com", "www.example.com.evil.test"],
  ["*.example.com", "www.example.org"],
  // only a whole label, only the leftmost
  ["w*.example.com", "www.example.com"],
  ["*w.example.com", "www.example.com"],
  ["w*w.example.com", "www.example.com"],
  ["www.*.com", "www.example.com"],
  ["*.*.com", "www.example.com"],
  ["**.example.com", "a.b.example.com"],
  ["*", "localhost"],
  ["*.", "localhost"],
  // a wildcard host needs its own wildcard
  ["www.example.com", "*.example.com"],
  ["example.com", "*.example.com"],
  ["*.example.com", "*.a.example.com"],
  ["*.example.com", "*.com"],
  ["", "example.com"],
  ["*.example.com", ""],
])("%s does not cover %s", (name, host) => expect(covers(name, host)).toBe(false));
