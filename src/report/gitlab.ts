// GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).

import type { Finding } from "../findings/finding.ts";
import type { Severity } from "../policy.ts";
import { directoryOf, isSettled, issuesOf, sentencesOf } from "./issues.ts";
import { machineJson } from "./machine-json.ts";
import { notJudgedNotices, notJudgedText } from "./not-judged.ts";
import { onOneLine } from "./printable.ts";
import type { Reporter } from "./report.ts";

export interface GitlabOptions {
  /** The working directory, from the repository's root. Default the root itself. */
  readonly directory?: string | undefined;
}

const severities: { readonly [severity in Severity]: string } = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
};

/**
 * An entry for each violation and each open question, worst first, and for each plan that could not be judged or holds
 * resources that are not.
 */
export const gitlab =
  ({ directory }: GitlabOptions = {}): Reporter =>
  (report) => {
    const unread = report.plans
      .filter((plan) => plan.verdict === "error")
      .map((plan) => ({
        // Without an entry, GitLab would show all that it knows of this plan as resolved.
        description: onOneLine(`${plan.path} could not be judged.`),
        check_name: "plan-not-judged",
        fingerprint: `plan-not-judged:${plan.path}`,
        severity: "blocker",
        location: { path: directoryOf(plan, directory).path, lines: { begin: 1 } },
      }));
    const issues = issuesOf(report, directory).map(({ finding, place, fingerprint }) => ({
      description: sentencesOf(finding),
      check_name: finding.policy,
      fingerprint,
      severity: severityOf(finding),
      location: { path: place.path, lines: { begin: place.line } },
    }));
    const notices = report.plans.flatMap((plan) =>
      notJudgedNotices(plan.notJudged).map((notice) => ({
        description: onOneLine(`${notJudgedText(notice)}.`),
        check_name: "resources-not-judged",
        fingerprint: `resources-not-judged:${notice.refuses}:${plan.path}`,
        severity: notice.refuses ? "blocker" : "info",
        location: { path: directoryOf(plan, directory).path, lines: { begin: 1 } },
      })),
    );
    return machineJson([...unread, ...issues, ...notices]);
  };

/** What is accepted, known or only asked keeps its entry, so that GitLab does not take it for resolved. */
function severityOf(finding: Finding): string {
  const { severity, outcome, refuses } = finding;
  return isSettled(finding) || (outcome === "unknown" && !refuses) ? "info" : severities[severity];
}
