// SARIF 2.1.0, as GitHub code scanning takes it: one run, a result for each violation and each open question.

import type { Finding } from "../findings/finding.ts";
import type { Policy } from "../policy.ts";
import { type Issue, issuesOf, type RepositoryPlace, sentencesOf, waiverText } from "./issues.ts";
import { machineJson } from "./machine-json.ts";
import { isOutside } from "./place.ts";
import type { Reporter } from "./report.ts";
import { notificationsOf } from "./sarif-notifications.ts";
import { rulesOf } from "./sarif-rules.ts";
import { plainText, uriOf } from "./sarif-text.ts";

export interface SarifOptions {
  /** The policies that were asked, each of them a rule. */
  readonly policies: readonly Policy[];
  /**
   * Tells this analysis from others of the same commit, e.g. one for each stack
   * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#runautomationdetails-object).
   * Default none: one in the file wins over that of the upload action.
   */
  readonly category?: string | undefined;
  /** The working directory, from the repository's root. Default the root itself. */
  readonly directory?: string | undefined;
}

/** A run with more is refused, and so many are shown of it (https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit). */
const maxResults = 25_000;
const maxShown = 5_000;

const root = "%SRCROOT%";

/** What passes is left out; what is waived is a suppressed result, and what is unknown one of kind "open". */
export const sarif =
  ({ policies, category, directory }: SarifOptions): Reporter =>
  (report) => {
    const all = issuesOf(report, directory);
    const held = all.slice(0, maxResults);
    const rules = rulesOf(
      policies,
      held.map((one) => one.finding),
    );
    const indices = new Map(rules.map((rule, index) => [rule.id, index]));
    const isCompared = report.summary.gone !== null || report.summary.new + report.summary.known > 0;
    const { name, version } = report.tool;
    const run = {
      tool: {
        driver: { name, version, semanticVersion: version, rules },
      },
      ...(category && { automationDetails: { id: `${category.replace(/\/+$/, "")}/` } }),
      invocations: [
        {
          executionSuccessful: report.plans.every((plan) => plan.verdict !== "error"),
          toolExecutionNotifications: notificationsOf(report, {
            all: all.length,
            held: held.length,
            shown: maxShown,
          }),
        },
      ],
      originalUriBaseIds: { [root]: { description: { text: "The root of the repository." } } },
      columnKind: "utf16CodeUnits",
      results: held.map((issue) => ({
        ruleId: issue.finding.policy,
        ruleIndex: indices.get(issue.finding.policy),
        ...resultOf(issue),
        // Of all results, or of none (2.1.0, section 3.27.24).
        ...(isCompared && { baselineState: issue.finding.baseline === "known" ? "unchanged" : "new" }),
      })),
      properties: { verdict: report.verdict },
    };
    return machineJson({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] });
  };

function resultOf({ finding, plan, place, fingerprint }: Issue) {
  const { address, at, waiver, severity, enforcement, change, refuses, related, source } = finding;
  return {
    ...kindOf(finding),
    message: { text: plainText(sentencesOf(finding)) },
    locations: [
      {
        physicalLocation: physical(place),
        logicalLocations: [
          at
            ? { name: at, fullyQualifiedName: `${address}.${at}`, kind: "property" }
            : { name: address, fullyQualifiedName: address, kind: "resource" },
        ],
      },
    ],
    // GitHub knows an alert by the first alone, with its rule and file.
    partialFingerprints: { primaryLocationLineHash: fingerprint, "tlsgate/v1": fingerprint },
    // Of all results, or of none (2.1.0, section 3.27.23).
    suppressions: waiver ? [{ kind: "external", status: "accepted", justification: waiverText(waiver) }] : [],
    properties: {
      address,
      attribute: at,
      severity,
      enforcement,
      change,
      refuses,
      plan: plan.path,
      related,
      ...(source?.constructPath !== undefined && { constructPath: source.constructPath }),
    },
  };
}

/** Only what fails has a level (2.1.0, section 3.27.10). */
function kindOf({ outcome, enforcement, severity }: Finding) {
  if (outcome === "unknown") return { kind: "open", level: "none" };
  return { kind: "fail", level: enforcement === "mandatory" ? "error" : severity === "low" ? "note" : "warning" };
}

/** A directory has no lines, but GitHub shows no alert without one. */
const physical = ({ path, isDirectory, line, column }: RepositoryPlace) => ({
  artifactLocation: {
    uri: uriOf(isDirectory ? path.replace(/\/?$/, "/") : path),
    ...(!isOutside(path) && { uriBaseId: root }),
  },
  region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
});
