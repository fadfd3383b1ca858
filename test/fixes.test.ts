// The fixes that reports advise, written into the configuration and planned again by the real Terraform: they pass.

import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { profiles } from "../policies/profiles.ts";
import { terraformEnvironment } from "../scripts/terraform.ts";
import type { Remedy } from "../src/facts/fact.ts";
import type { Finding, SourceLocation } from "../src/findings/finding.ts";
import { parsePlan } from "../src/plan/parse.ts";
import type { Plan } from "../src/plan/plan.ts";
import { locator } from "../src/source/locate.ts";
import { applyFix } from "./support/apply-fix.ts";
import { findings, fixture } from "./support/plans.ts";
import { terraformIsHere } from "./support/terraform-run.ts";

const run = promisify(execFile);

/** Plans of AWS with violations of many kinds. */
const names = [
  "awkward-behaviors-reordered",
  "aws-alb",
  "aws-hsts-managed-policies",
  "aws-hsts-max-age",
  "aws-hsts-two-sections",
  "aws-iot",
  "aws-load-balancer",
  "aws-opensearch",
  "aws-origin-protocols",
  "aws-tls-versions-for-each",
  "forward-secrecy",
  "hsts-enabled",
  "https-only",
  "insecure-website",
  "minimum-tls-1-2",
  "origin-https-only",
  "peer-errors",
];

const blockingIn = (plan: Plan): readonly Finding[] =>
  findings(plan, { enforcement: profiles.recommended.enforcement }).filter(({ refuses }) => refuses);

const lineOf = ({ file, line, column }: SourceLocation): string => `${file}:${line}:${column} `;

const fieldOf = ({ attribute }: Remedy): string => attribute.replace(/\[.*?\]/g, "");

const identityOf = ({ policy, address, at }: Finding): string => `${policy} at ${address} ${at}`;

async function planIn(directory: string): Promise<Plan> {
  const env = { ...process.env, ...terraformEnvironment() };
  const terraform = (...words: string[]) => run("terraform", words, { cwd: directory, env, maxBuffer: 2 ** 28 });
  await terraform("init", "-input=false", "-backend=false", "-no-color");
  await terraform("plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=tfplan");
  return parsePlan(Buffer.from((await terraform("show", "-json", "tfplan")).stdout), join(directory, "plan.json"));
}

let passing = 0;

describe.runIf(terraformIsHere("the fixes"))("each fix of a blocking finding", () => {
  test.concurrent.each(names)("of %s", { timeout: 600_000 }, async (name) => {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-fix-")));
    try {
      cpSync(`test/plans/${name}`, directory, { recursive: true });
      const before = blockingIn(fixture(name));
      // Of what is unknown a remedy says what would pass: it may pass already.
      const fixed = before.filter(({ outcome, remedy }) => outcome === "fail" && remedy);
      expect(fixed.length).toBeGreaterThan(0);
      const locate = locator(directory, fixture(name));
      const edits = fixed.flatMap(({ remedy }) => {
        const source = remedy && locate({ address: remedy.address, at: remedy.attribute });
        return remedy && source ? [{ remedy, source }] : [];
      });
      // Instances share a line, and several findings a fix; from the last line up each stays where it was found.
      const distinct = new Map(edits.map((one) => [lineOf(one.source) + fieldOf(one.remedy), one]));
      for (const { remedy, source } of [...distinct.values()].sort(
        (one, other) => other.source.line - one.source.line,
      )) {
        applyFix(remedy, source);
      }
      const after = new Set(blockingIn(await planIn(directory)).map(identityOf));
      expect(fixed.map(identityOf).filter((one) => after.has(one))).toEqual([]);
      expect([...after].filter((one) => !before.map(identityOf).includes(one))).toEqual([]);
      passing += fixed.length;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  afterAll(() => expect(passing, "blocking findings that their fix makes pass").toBeGreaterThanOrEqual(60));
});
