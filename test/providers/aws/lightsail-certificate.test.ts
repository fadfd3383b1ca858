// Lightsail's certificates: their names; on a real plan and on made ones.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { isShown } from "../../../src/plan/value.ts";
import { fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { random } from "../../support/random.ts";
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
    expect(late.names.map(({ place }) => place.at)).toEqual(["domain_name", "subject_alternative_names[0]"]);
  });
});

test("its key, its renewal and its logging are Lightsail's own affair", () => {
  const { key, renewal, transparency } = at(real, "aws_lightsail_certificate.site");
  expect([key, renewal, transparency]).toEqual([undefined, undefined, undefined]);
});

describe("names at random", () => {
  const words = ["a.test", "b.test", "*.c.test", "a.test.", ""];

  test("each that is written is one, or not known; none is made up, or there twice by the main name's being another", () => {
    for (let seed = 0; seed < 1000; seed++) {
      const { pick, chance } = random(seed);
      const others = Array.from({ length: pick([0, 1, 2, 3]) }, () => pick(words));
      const late = { domain_name: chance(0.2), subject_alternative_names: others.map(() => chance(0.2)) };
      const after = { domain_name: pick(words), subject_alternative_names: others };
      const about = `seed ${seed}: ${JSON.stringify({ after, late })}`;
      const written = [
        late.domain_name || after.domain_name === "" ? undefined : after.domain_name,
        ...others.map((one, index) => (late.subject_alternative_names[index] ? undefined : one)),
      ];
      const { names } = made(after, late);
      const shown = names.flatMap((one) => (isShown(one) ? one.value : []));
      expect(new Set(shown), about).toEqual(new Set(written.filter((one) => one !== undefined)));
      expect(names.length - shown.length, about).toBe(written.filter((one) => one === undefined).length);
      const [main] = names;
      if (main && isShown(main))
        expect(
          shown.filter((one) => one === main.value),
          about,
        ).toHaveLength(1);
    }
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      "aws_lightsail_certificate.made": {
        name: "text",
        domain_name: "text",
        subject_alternative_names: ["text"],
        arn: "text",
      },
      "aws_lightsail_distribution.made": { certificate_name: "text", origin: [{ name: "text" }] },
      "aws_lightsail_lb_certificate.made": { name: "text", domain_name: "text", subject_alternative_names: ["text"] },
      "aws_lightsail_lb.made": { name: "text" },
      "aws_lightsail_lb_certificate_attachment.made": { lb_name: "text", certificate_name: "text" },
    },
    words: ["made", "a.test", "arn:aws:lightsail:us-east-1:123456789012:Certificate/1", "", "constructor"],
    passing: {
      "ats-connection": (_, path) => path === "",
      // A distribution without one has AWS's own; a load balancer's attachment has to name one.
      "certificate-present": () => true,
      "certificate-region": (value) => typeof value === "string" && value !== "",
    },
  }));
