// expect(plan).toPassPolicies(), on plans and on paths of plans.

import { expect, test } from "vitest";
import { profiles } from "../policies/profiles.ts";
import "../src/vitest.ts";
import { InputError } from "../src/input-error.ts";
import { fixture, planPath } from "./support/plans.ts";
import { controlsIn } from "./support/report.ts";

const messageOf = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it did not fail");
};

test("passes for a plan that the gate lets go", () => {
  expect(fixture("secure-website")).toPassPolicies();
  expect(planPath("secure-website")).toPassPolicies();
});

test("fails for one that it refuses, and says what is wrong and where", () => {
  expect(fixture("insecure-website")).not.toPassPolicies();
  const message = messageOf(() => expect(fixture("insecure-website")).toPassPolicies());
  expect(message).toContain(`${planPath("insecure-website")} is refused:`);
  expect(message).toMatch(
    /^ {2}aws_cloudfront_distribution\.site ordered_cache_behavior\[0\]\.viewer_protocol_policy: https-only: answers plain HTTP on \S+$/m,
  );
});

test("says that a plan passes which should not", () => {
  const message = messageOf(() => expect(fixture("secure-website")).not.toPassPolicies());
  expect(message).toContain("to be refused, but it passes");
});

test("takes what to judge by", () => {
  expect(fixture("aws-https-only")).toPassPolicies();
  expect(fixture("aws-https-only")).not.toPassPolicies({ enforcement: profiles.strict.enforcement });
  expect(fixture("aws-tls-version-unknown")).not.toPassPolicies();
  expect(fixture("aws-tls-version-unknown")).toPassPolicies({ unknown: "warn" });
  expect(fixture("insecure-website")).toPassPolicies({ policies: [] });
});

test("names what is not judged, where that is refused", () => {
  expect(fixture("aws-not-judged")).toPassPolicies();
  const message = messageOf(() => expect(fixture("aws-not-judged")).toPassPolicies({ notJudged: "refuse" }));
  expect(message).toContain(
    "  aws_cloudformation_stack.remote: may serve HTTPS and is not judged: CloudFormation stack",
  );
});

test("stands beside vitest's own matchers, also asymmetric", () => {
  expect({ plan: fixture("secure-website") }).toEqual({ plan: expect.toPassPolicies() });
});

test("fails for a path that leads to no plan, as itself", () => {
  expect(() => expect("missing.json").toPassPolicies()).toThrow(InputError);
});

test("prints no control character of the plan", () => {
  expect(controlsIn(messageOf(() => expect(fixture("hostile-names")).toPassPolicies()))).toEqual([]);
});
