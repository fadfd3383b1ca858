// The policy ats-connection, on endpoints made up and on a real plan.

import { expect, test } from "vitest";
import policy from "../../policies/ats-connection.ts";
import { profiles } from "../../policies/profiles.ts";
import type { Digest } from "../../src/facts/endpoint.ts";
import { certificate, endpoint, known, route, sensitive, unknown, use } from "../support/endpoint.ts";
import { findings } from "../support/plans.ts";
import { testPolicy } from "../support/policy.ts";

/** An endpoint without TLS. */
const plain = (changes: Parameters<typeof endpoint>[0] = {}) =>
  endpoint({
    certificate: undefined,
    certificates: [],
    minimumTls: undefined,
    forwardSecrecy: undefined,
    aeadOnly: undefined,
    ecdheAes: undefined,
    httpsBeside: known(false),
    routes: [route({ plainHttp: known("served"), hsts: undefined })],
    ...changes,
  });

const signed = (digest: Digest) =>
  endpoint({ certificates: [use({ certificate: certificate({ digest: known(digest) }) })] });

const keyed = (algorithm: "RSA" | "ECDSA", size: number) =>
  endpoint({ certificates: [use({ certificate: certificate({ key: known({ algorithm, size }) }) })] });

testPolicy(policy, {
  pass: {
    "a suite of App Transport Security": endpoint({ ecdheAes: known(true) }),
    "more than App Transport Security takes beside it": endpoint({
      minimumTls: known("SSLv3"),
      forwardSecrecy: known(false),
      aeadOnly: known(false),
      routes: [route({ plainHttp: known("served") })],
    }),
    "plain HTTP with HTTPS beside it": plain({ httpsBeside: known(true) }),
    "a sensitive offer": endpoint({ ecdheAes: sensitive(true) }),
    "RSA 2048": keyed("RSA", 2048),
    "ECC 256": keyed("ECDSA", 256),
    "SHA-256": signed("SHA-256"),
    "SHA-512": signed("SHA-512"),
    "a key that is known after apply, which certificate-key-strength reports": endpoint({
      certificates: [use({ certificate: certificate({ key: unknown, digest: unknown }) })],
    }),
  },
  fail: {
    "no suite of App Transport Security": endpoint({ ecdheAes: known(false) }),
    "a sensitive offer without one": endpoint({ ecdheAes: sensitive(false) }),
    "plain HTTP alone": plain(),
    "plain HTTP alone, on one of two routes": plain({
      routes: [route({ plainHttp: known("redirected") }), route({ plainHttp: known("served") })],
    }),
    "RSA 2047": keyed("RSA", 2047),
    "ECC 224": keyed("ECDSA", 224),
    "ECC 255": keyed("ECDSA", 255),
    "SHA-1": signed("SHA-1"),
    "SHA-224": signed("SHA-224"),
    MD5: signed("MD5"),
  },
  unknown: {
    "suites that are known after apply": endpoint({ ecdheAes: unknown }),
    "plain HTTP, perhaps with HTTPS beside it": plain({ httpsBeside: unknown }),
    "no HTTPS, and perhaps no answer": plain({ routes: [route({ plainHttp: unknown })] }),
  },
  silent: {
    "plain HTTP that is redirected": plain({ routes: [route({ plainHttp: known("redirected") })] }),
    "plain HTTP that is refused": plain({ routes: [route({ plainHttp: known("refused") })] }),
    "no route": plain({ routes: [] }),
    "a part of an endpoint, e.g. a page rule": plain({ httpsBeside: undefined }),
  },
  plan: {
    "aws_lb_listener.old_and_new": "pass",
    "aws_lb_listener.tls_1_3_alone": "pass",
    "aws_lb_listener.known_after_apply": "unknown",
    "aws_lb_listener.plain_beside_https": "pass",
    "aws_lb_listener.plain_alone": "fail",
    "aws_lb_listener.plain_of_another_plan": "unknown",
    "aws_s3_bucket_website_configuration.plain_website": "fail",
    "aws_cloudfront_distribution.sslv3_and_newer": "pass",
    "aws_lb_ssl_negotiation_policy.tls_1_1": "fail",
    "aws_opensearch_domain.unpublished_suites": "unknown",
    "aws_elb.tls_1_1": "pass",
    "aws_lb_listener.rsa_1024": "fail",
    "aws_lb_listener.sha_1": "fail",
  },
});

const said = (address: string) =>
  findings("ats-connection", { policies: [policy], enforcement: { "ats-connection": "mandatory" } }).filter(
    (one) => one.address === address && one.outcome !== "pass",
  );

test.each([
  ["aws_lb_listener.plain_alone", "serves HTTP only, and no HTTPS"],
  ["aws_lb_ssl_negotiation_policy.tls_1_1", "offers no ECDHE cipher suite with AES in TLS 1.2 or newer"],
  ["aws_lb_listener.rsa_1024", "uses a 1024-bit RSA key"],
  ["aws_lb_listener.sha_1", "uses a certificate signed with SHA-1"],
])("says of %s what is wrong", (address, message) => {
  expect(said(address)).toMatchObject([{ message, refuses: true }]);
});

test("what the plan does not show yet blocks, what no plan shows does not", () => {
  expect(said("aws_lb_listener.known_after_apply")).toMatchObject([{ unknown: { kind: "open" }, refuses: true }]);
  expect(said("aws_opensearch_domain.unpublished_suites")).toMatchObject([
    { unknown: { kind: "outside", reason: "undocumented" }, refuses: false },
  ]);
});

test("in apple-ats what is stricter than App Transport Security is advisory", () => {
  const { enforcement } = profiles["apple-ats"];
  for (const id of ["ats-connection", "certificate-present", "certificate-covers-domains", "certificate-key-strength"])
    expect(enforcement, id).toHaveProperty(id, "mandatory");
  for (const id of ["minimum-tls-1-2", "forward-secrecy", "strong-ciphers", "https-only"])
    expect(enforcement, id).toHaveProperty(id, "advisory");
  expect(profiles.recommended.enforcement).not.toHaveProperty("ats-connection");
  expect(profiles.strict.enforcement).toHaveProperty("ats-connection", "mandatory");
});
