// The verdicts that came with plans of every cloud: each case of an expected.json, judged on the plan beside it.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Outcome } from "../src/findings/finding.ts";
import { findings } from "./support/plans.ts";

interface Case {
  readonly address: string;
  readonly topic: string;
  readonly verdict: Outcome;
  /** Other outcomes that are right too. */
  readonly accept?: readonly Outcome[];
  /** Other addresses at which the finding may stand. */
  readonly also?: string | readonly string[];
  /** A matter of taste, or arguable: not judged here. */
  readonly policy_dependent?: boolean;
  readonly dubious?: boolean;
}

/** The policies that a topic is about. */
const policiesOf: { readonly [topic: string]: readonly string[] } = {
  certificate: ["certificate-present"],
  "certificate-region": ["certificate-region"],
  "certificate-covers-alias": ["certificate-covers-domains"],
  "tls-version": ["minimum-tls-1-2"],
  "cipher-pfs": ["forward-secrecy"],
  "viewer-protocol": ["https-only"],
  hsts: ["hsts-enabled"],
  "origin-protocol": ["origin-https-only", "origin-minimum-tls-1-2", "private-hop-https"],
  "alb-redirect": ["https-only"],
  "alb-tls": ["minimum-tls-1-2", "certificate-present", "https-only"],
  "s3-secure-transport": ["storage-secure-transport"],
  "opensearch-tls": ["https-only", "minimum-tls-1-2"],
  "apigw-tls": ["minimum-tls-1-2"],
  "acm-transparency": ["certificate-transparency"],
};

/** What tlsgate does not judge: a plan shows no lifecycle, and a data store is no HTTPS endpoint. */
const otherTopics = ["acm-lifecycle", "datastore-tls"];

const worstFirst: readonly Outcome[] = ["fail", "unknown", "pass"];

const root = new URL("plans/", import.meta.url).pathname;
const plans = readdirSync(root).filter((name) => existsSync(`${root}${name}/expected.json`));

const casesOf = (plan: string): Case[] =>
  (JSON.parse(readFileSync(`${root}${plan}/expected.json`, "utf8")) as { cases: Case[] }).cases;

/** A headers policy is judged where a distribution attaches it, not by itself. */
const isJudged = (one: Case): boolean =>
  one.topic in policiesOf &&
  !one.dubious &&
  !one.policy_dependent &&
  !one.address.startsWith("aws_cloudfront_response_headers_policy.");

/** The worst outcome of a case; nothing when no policy says anything there. */
function outcome(plan: string, { address, topic, also = [] }: Case): Outcome | "silent" {
  const addresses = [address, ...[also].flat()];
  const found = findings(plan)
    .filter((one) => addresses.includes(one.address) && policiesOf[topic]?.includes(one.policy))
    .map((one) => one.outcome);
  return worstFirst.find((one) => found.includes(one)) ?? "silent";
}

/** What is deleted, or never made, passes when nothing is said of it. */
const right = ({ verdict, accept = [] }: Case): readonly string[] => [
  verdict,
  ...accept,
  ...(verdict === "pass" ? ["silent"] : []),
];

const cases = plans.flatMap((plan) => casesOf(plan).map((one) => ({ plan, ...one })));

test("the cases are there, and every topic is judged, or known not to be", () => {
  expect(cases.filter(isJudged).length).toBeGreaterThan(90);
  const unjudged = cases.map(({ topic }) => topic).filter((topic) => !(topic in policiesOf));
  expect(unjudged.filter((topic) => !otherTopics.includes(topic))).toEqual([]);
});

for (const one of cases.filter(isJudged)) {
  const { plan, address, topic, verdict } = one;
  test(`${plan} ${address} ${topic}: ${verdict}`, () => expect(right(one)).toContain(outcome(plan, one)));
}

test.each(["aws-empty-plan", "aws-only-data-sources"])("%s holds nothing to judge", (plan) => {
  expect(casesOf(plan)).toEqual([]);
  expect(findings(plan)).toEqual([]);
});
