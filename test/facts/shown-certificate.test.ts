// What is known of the certificates that an endpoint shows.

import { expect, test } from "vitest";
import { shownCertificates } from "../../src/facts/shown-certificate.ts";
import { certificate, endpoint, known, sensitive, unknown, use } from "../support/endpoint.ts";

const place = { address: "test_endpoint.sample", at: "certificate_arn" };
const own = { ...known("own" as const), place };
const shown = (...digests: Parameters<typeof certificate>[0][]) =>
  shownCertificates(
    endpoint({ certificate: own, certificates: digests.map((one) => use({ certificate: certificate(one) })) }),
    ({ digest }) => digest,
  );

test("each stands where the endpoint names its certificate, and names the certificate's resource", () => {
  expect(shown({ digest: known("SHA-1") }, { address: undefined, digest: sensitive("MD5") } as never)).toEqual([
    { state: "known", value: "SHA-1", place, related: ["test_certificate.sample"] },
    { state: "known", value: "MD5", sensitive: true, place, related: [] },
  ]);
});

test("what is unknown of a certificate, or not read at all, is left to the certificate itself", () => {
  expect(shown({ digest: unknown }, { digest: undefined } as never)).toEqual([]);
});

test("without a certificate of its own the fact keeps its place", () => {
  const { certificate: _, ...bare } = endpoint();
  expect(shownCertificates(bare as never, ({ digest }) => digest)).toMatchObject([
    { place: { address: "test_endpoint.sample", at: "attribute" } },
  ]);
});
