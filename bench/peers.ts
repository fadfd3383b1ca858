// The same plans through checkov: how long it takes, and what it says where both have a check.
// usage: pip install checkov, then npm run bench:peers; CHECKOV names the program when it is not in the PATH

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { policies } from "../policies/registry.ts";
import { evaluate } from "../src/findings/evaluate.ts";
import { readPlan } from "../src/plan/read.ts";
import { adapters } from "../src/providers/registry.ts";
import { writeSection } from "./results.ts";

const checkov = process.env.CHECKOV ?? "checkov";
const root = "test/plans";
const timedPlan = join(root, "aws-certificate-covers-alias", "plan.json");

type Outcome = "pass" | "fail" | "unknown";

/** A topic of test/plans/<name>/expected.json, and what judges it on either side. */
const topics: {
  readonly [topic: string]: { readonly policies: readonly string[]; readonly checks: readonly string[] };
} = {
  "viewer-protocol": { policies: ["https-only"], checks: ["CKV_AWS_34"] },
  "tls-version": { policies: ["minimum-tls-1-2"], checks: ["CKV_AWS_174"] },
  certificate: { policies: ["certificate-present"], checks: ["CKV2_AWS_42"] },
  hsts: { policies: ["hsts-enabled"], checks: ["CKV2_AWS_32", "CKV_AWS_259"] },
  "origin-protocol": {
    policies: ["origin-https-only", "origin-minimum-tls-1-2"],
    checks: ["CKV2_AWS_72", "CKV2_AWS_54"],
  },
};

interface Case {
  readonly plan: string;
  readonly address: string;
  readonly topic: string;
  readonly verdict: Outcome;
  readonly why: string;
  /** Other addresses at which the finding may stand. */
  readonly also?: string | readonly string[];
  readonly accept?: readonly Outcome[];
  readonly dubious?: boolean;
  readonly policy_dependent?: boolean;
}

const cases = readdirSync(root)
  .filter((plan) => plan.startsWith("aws-") && existsSync(join(root, plan, "expected.json")))
  .flatMap((plan) => {
    const { cases } = JSON.parse(readFileSync(join(root, plan, "expected.json"), "utf8")) as { cases: Case[] };
    return cases.map((one) => ({ ...one, plan }));
  })
  .filter((one) => one.topic in topics && !one.dubious && !one.policy_dependent);

interface Said {
  readonly check: string;
  readonly addresses: readonly string[];
  readonly outcome: Outcome;
}

function byTlsgate(plan: string): Said[] {
  const enforcement = Object.fromEntries(policies.map(({ id }) => [id, "mandatory" as const]));
  const { findings } = evaluate(readPlan(join(root, plan, "plan.json")), { policies, enforcement, adapters });
  return findings.map(({ policy, address, related, outcome }) => ({
    check: policy,
    addresses: [address, ...related],
    outcome,
  }));
}

interface CheckovReport {
  readonly results?: {
    readonly [list: string]: readonly { check_id: string; resource: string; check_result: { result: string } }[];
  };
}

const outcomes: { readonly [result: string]: Outcome } = { PASSED: "pass", FAILED: "fail", UNKNOWN: "unknown" };

function byCheckov(plan: string): Said[] {
  const checks = Object.values(topics).flatMap((topic) => topic.checks);
  const report = JSON.parse(runCheckov(join(root, plan, "plan.json"), "-c", checks.join(","))) as CheckovReport;
  const lists = ["passed_checks", "failed_checks", "unknown_checks"].flatMap((name) => report.results?.[name] ?? []);
  return lists.map((one) => ({
    check: one.check_id,
    addresses: [one.resource],
    outcome: outcomes[one.check_result.result] ?? "unknown",
  }));
}

function runCheckov(plan: string, ...more: string[]): string {
  const args = ["-f", plan, "--framework", "terraform_plan", "-o", "json", "--soft-fail", ...more];
  return execFileSync(checkov, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 28 });
}

/** The worst that is said of a case; what nothing is said of passes. */
function outcomeOf({ address, also = [] }: Case, said: readonly Said[], checks: readonly string[]): Outcome {
  const places = [address, also].flat();
  const found = said.filter(
    (one) => checks.includes(one.check) && places.some((place) => one.addresses.includes(place)),
  );
  return (
    (["fail", "unknown", "pass"] as const).find((outcome) => found.some((one) => one.outcome === outcome)) ?? "pass"
  );
}

const said = new Map(
  [...new Set(cases.map(({ plan }) => plan))].map((plan) => [
    plan,
    { tlsgate: byTlsgate(plan), checkov: byCheckov(plan) },
  ]),
);
const judged = cases.map((one) => {
  const { tlsgate = [], checkov = [] } = said.get(one.plan) ?? {};
  const { policies = [], checks = [] } = topics[one.topic] ?? {};
  return { ...one, tlsgate: outcomeOf(one, tlsgate, policies), checkov: outcomeOf(one, checkov, checks) };
});

type Judged = (typeof judged)[number];
const isRight = (one: Judged, outcome: Outcome) => outcome === one.verdict || (one.accept ?? []).includes(outcome);
const row = (cells: readonly (string | number)[]) =>
  `| ${cells.map((cell) => `${cell}`.replaceAll("|", "\\|")).join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const scores = Object.entries(topics).map(([topic, { policies, checks }]) => {
  const own = judged.filter((one) => one.topic === topic);
  const right = (tool: "tlsgate" | "checkov") => own.filter((one) => isRight(one, one[tool])).length;
  const wrong = own.filter((one) => !isRight(one, one.checkov));
  const missed = wrong.filter((one) => one.checkov === "pass").length;
  return [
    policies.join(", "),
    checks.join(", "),
    own.length,
    right("tlsgate"),
    right("checkov"),
    missed,
    wrong.length - missed,
  ];
});

const differing = judged
  .filter((one) => !isRight(one, one.checkov) || !isRight(one, one.tlsgate))
  .map((one) => [one.plan, one.address, one.topic, one.verdict, one.tlsgate, one.checkov, one.why]);

function seconds(run: () => void): string {
  run();
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((one, other) => one - other);
  return `${((times[2] ?? 0) / 1000).toFixed(2)} s`;
}

execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit", shell: process.platform === "win32" });
const own = seconds(() => spawnSync(process.execPath, ["dist/cli.cjs", "check", timedPlan]));
const peer = seconds(() => runCheckov(timedPlan));
const version = execFileSync(checkov, ["--version"], { encoding: "utf8" }).trim();

const text = `checkov ${version} with the framework terraform_plan, on the plans of \`test/plans/aws-*\`. What is right stands in \`expected.json\` beside each plan, with its reason. One plan of 100 kB, median of 5 after a warm-up: tlsgate ${own}, checkov ${peer} with all its checks.

${table(["tlsgate", "checkov", "cases", "tlsgate right", "checkov right", "checkov lets pass", "checkov refuses"], scores)}

"Lets pass" and "refuses" count what should not be. checkov has no unknown: what a plan does not tell is guessed. And some of its checks ask for something else than the policy beside it: CKV2_AWS_32 for any response headers policy of this plan, whatever headers it sends.

### Where one of them is wrong

${table(["plan", "address", "topic", "right", "tlsgate", "checkov", "why"], differing)}`;

console.log(text);
writeSection("Peers", text);
