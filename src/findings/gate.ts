// Findings, and resources that are not judged → verdict and exit code.

import type { Finding } from "./finding.ts";
import type { NotJudged } from "./not-judged.ts";

/** "error": the input could not be judged. */
export type Verdict = "pass" | "refused" | "error";

export const verdictOf = (findings: readonly Finding[], notJudged: readonly NotJudged[] = []): Verdict =>
  [...findings, ...notJudged].some((one) => one.refuses) ? "refused" : "pass";

/** From harmless to worst; several inputs get the worst verdict among them. */
const verdicts: readonly Verdict[] = ["pass", "refused", "error"];

export const worst = (list: readonly Verdict[]): Verdict =>
  verdicts[Math.max(0, ...list.map((verdict) => verdicts.indexOf(verdict)))] ?? "error";

/** 0 the plan may go, 1 refused, 2 it could not be judged. */
export const exitCode = (verdict: Verdict): 0 | 1 | 2 => (verdict === "pass" ? 0 : verdict === "refused" ? 1 : 2);
