// Lightsail's certificates: their names; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { plan } from "../../support/made.ts";
import { at, certificatesOf, said } from "../../support/said.ts";

const real = certificatesOf("aws-lightsail");

const made = (after: JsonObject, unknown: JsonObject = {}) => {
  const address = "aws_lightsail_certificate.made";
  return at(certificatesOf(plan({ changes: { [address]: { after, after_unknown: unknown as never } } })), address);
};

describe("names", () => {
  test("of a real plan, each once", () => {
    expect(at(real, "aws_lightsail_certificate.site").names.map(said)).toEqual(["example.com", "www.example.com"]);
    expect(at(real, "aws_lightsail_lb_certificate.redirected").names.map(said)).toEqual([
      "www.example.com",
      "shop.example.com",
    ]);
  });

  test("not set, or not known", () => {
    expect(made({}).names.map(said)).toEqual(["? domain_name is not set"]);
    const late = made(
      { domain_name: "a.test", subject_alternative_names: [null] },
      { subject_alternative_names: [true] },
    );
    expect(late.names.map(said)).toEqual(["a.test", expect.stringMatching(/^\? known after apply/)]);
    expect(late.names.map(({ place }) => place.at)).toEqual(["domain_name", "subject_alternative_names"]);
  });
});

test("its key, its renewal and its logging are Lightsail's own affair", () => {
  const { key, renewal, transparency } = at(real, "aws_lightsail_certificate.site");
  expect([key, renewal, transparency]).toEqual([undefined, undefined, undefined]);
});
