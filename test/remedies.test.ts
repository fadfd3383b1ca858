// What the advice is where a configuration asks for more than usual, on every plan of test/plans.

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { valuesOf } from "../src/findings/fingerprint.ts";
import { findings, fixture } from "./support/plans.ts";

const options = { "minimum-tls-1-2": { minimum: "TLS 1.3" }, "hsts-enabled": { minimumMaxAge: 63_072_000 } };

const names = readdirSync(new URL("plans", import.meta.url));

const advice = names.flatMap((name) => findings(name, { options })).filter(({ outcome }) => outcome !== "pass");

const remediesOf = (policy: string) => [
  ...new Set(advice.flatMap((one) => (one.policy === policy && one.remedy ? [one.remedy.value] : []))),
];

test("TLS 1.3 is reached by names that take nothing older", () => {
  expect(remediesOf("minimum-tls-1-2").sort()).toEqual([
    "1.3",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    "IoTSecurityPolicy_TLS13_1_3_2022_10",
    "TLS_1_3",
    "TLSv1.3",
    "TLSv1.3_2025",
  ]);
});

test("where several policies are violated at one attribute, one value meets them all", () => {
  const found = findings("minimum-tls-1-2", { options }).filter(
    ({ outcome, address }) => outcome === "fail" && address === "aws_cloudfront_distribution.outdated",
  );
  const at = found.filter(({ at }) => at === "viewer_certificate[0].minimum_protocol_version");
  expect(at.map(({ policy, remedy }) => [policy, remedy?.value])).toEqual([
    ["forward-secrecy", "TLSv1.3_2025"],
    ["minimum-tls-1-2", "TLSv1.3_2025"],
    ["strong-ciphers", "TLSv1.3_2025"],
  ]);
});

test("a max-age that is too short for it is no remedy", () => {
  expect(remediesOf("hsts-enabled")).toEqual([]);
});

test("where there is no remedy, the advice says what is asked for", () => {
  const fixes = advice.filter(({ policy }) => policy === "hsts-enabled").map(({ fix }) => fix);
  expect(fixes.length).toBeGreaterThan(100);
  for (const fix of fixes) expect(fix).toMatch(/ The configuration asks for minimumMaxAge 63072000\.$/);
});

test("other policies keep their remedies", () => {
  expect(remediesOf("https-only")).toContain("redirect-to-https");
});

test.each(names)("%s: no remedy of a violation is what is written already", (name) => {
  const plan = fixture(name);
  const valueAt = valuesOf(plan);
  const violations = findings(plan).filter(({ outcome }) => outcome === "fail");
  const remedies = violations.flatMap(({ policy, remedy }) => (remedy ? [{ policy, ...remedy }] : []));
  expect(remedies.filter(({ address, attribute, value }) => valueAt(address, attribute) === value)).toEqual([]);
});
