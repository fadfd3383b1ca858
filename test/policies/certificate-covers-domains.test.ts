// The policy certificate-covers-domains, on endpoints made up and on a real plan.

import { expect, test } from "vitest";
import policy from "../../policies/certificate-covers-domains.ts";
import type { Fact } from "../../src/facts/fact.ts";
import { optionsOf } from "../../src/policy.ts";
import { certificate, endpoint, known, sensitive, unknown, use } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

const of = (...names: Fact<string>[]) => use({ certificate: certificate({ names }) });

const shown = (names: string[], certified: string[]) =>
  endpoint({ names: names.map(known), certificates: [of(...certified.map(known))] });

testPolicy(policy, {
  pass: {
    "the same name": shown(["www.example.com"], ["www.example.com"]),
    "a wildcard's one label": shown(["www.example.com"], ["*.example.com"]),
    "another case": shown(["WWW.example.com"], ["www.EXAMPLE.com"]),
    "a trailing dot": shown(["www.example.com."], ["www.example.com"]),
    "the same wildcard": shown(["*.example.com"], ["*.example.com"]),
    "the second certificate": endpoint({ certificates: [of(known("example.org")), of(known("www.example.com"))] }),
    "a name beside one that is known after apply": endpoint({ certificates: [of(unknown, known("www.example.com"))] }),
    "a sensitive name": endpoint({ names: [sensitive("www.example.com")] }),
  },
  fail: {
    "another domain": shown(["www.example.com"], ["www.example.org"]),
    "the domain of a wildcard": shown(["example.com"], ["*.example.com"]),
    "two labels for a wildcard": shown(["a.b.example.com"], ["*.example.com"]),
    "the end of another label": shown(["www.badexample.com"], ["*.example.com"]),
    "a wildcard for a single name": shown(["*.example.com"], ["www.example.com"]),
    "one of two names": shown(["www.example.com", "example.com"], ["www.example.com"]),
    "a certificate without names": shown(["www.example.com"], []),
    "a sensitive name of the endpoint": endpoint({ names: [sensitive("shop.example.org")] }),
    "a sensitive name of the certificate": endpoint({ certificates: [of(sensitive("shop.example.org"))] }),
  },
  unknown: {
    "a name that is known after apply": endpoint({ names: [unknown] }),
    "a certificate that is known after apply": endpoint({ certificates: [of(unknown)] }),
    "a certificate with more names after apply": endpoint({ certificates: [of(known("example.com"), unknown)] }),
  },
  silent: {
    "no names of its own": endpoint({ names: [] }),
    "no certificate of its own": endpoint({ certificates: [] }),
  },
  plan: {
    "aws_cloudfront_distribution.covered": "pass",
    "aws_cloudfront_distribution.apex": "fail",
    'aws_cloudfront_distribution.wildcard["two_labels"]': "fail",
    'aws_cloudfront_distribution.wildcard["same_wildcard"]': "pass",
    'aws_cloudfront_distribution.wildcard["other_wildcard"]': "fail",
    'aws_cloudfront_distribution.wildcard["other_case"]': "pass",
    'aws_cloudfront_distribution.wildcard["other_domain"]': "fail",
    "aws_cloudfront_distribution.several": "pass",
    "aws_cloudfront_distribution.one_of_several": "fail",
    "aws_cloudfront_distribution.imported": "pass",
    "aws_cloudfront_distribution.imported_for_another": "fail",
    "aws_cloudfront_distribution.covered_whatever_follows": "pass",
    "aws_cloudfront_distribution.certificate_after_apply": "unknown",
    "aws_cloudfront_distribution.more_names_after_apply": "unknown",
    "aws_cloudfront_distribution.name_after_apply": "unknown",
    "aws_cloudfront_distribution.certificate_from_outside": "unknown",
  },
});

test("a finding names the certificates as related, but not the resource that it stands at", () => {
  const at = (address: string) => ({ ...known("example.org"), place: { address, at: "domain_name" } });
  const judged = endpoint({
    certificates: [of(at("test_certificate.a"), at("test_endpoint.sample")), of(at("test_certificate.a"))],
  });
  expect(policy.evaluate(judged, optionsOf(policy))).toMatchObject([
    { outcome: "fail", place: { address: "test_endpoint.sample" }, related: ["test_certificate.a"] },
  ]);
});

test("an unknown name of a certificate says why it is unknown", () => {
  const judged = endpoint({ certificates: [of(known("example.com"), unknown)] });
  expect(policy.evaluate(judged, optionsOf(policy))).toMatchObject([
    { outcome: "unknown", message: "known after apply, from test_source.other" },
  ]);
});
