// conftest's JSON, which Atlantis reads in its policy checks; on success nothing in it looks like a failure.

import type { Finding } from "../findings/finding.ts";
import { machineJson } from "./machine-json.ts";
import { notJudgedNotices, notJudgedText } from "./not-judged.ts";
import { place } from "./place.ts";
import { adviceOf } from "./pretty.ts";
import type { PlanReport, Reporter } from "./report.ts";

/**
 * Results as `conftest test --output json` writes them (https://www.conftest.dev/output): empty lists are left out, by
 * conftest as here. Atlantis does not parse them: it looks for `failures": [` in the text, with that space, or for the
 * letters "fail" where the check is a custom one. So the text is indented, and a report that refuses nothing holds these
 * letters nowhere: a name that has them is written with an escape, which every JSON parser undoes.
 *
 * https://github.com/runatlantis/atlantis/blob/main/server/core/runtime/policy/conftest_client.go (hasFailures)
 * https://www.runatlantis.io/docs/custom-policy-checks
 */
export const atlantis: Reporter = ({ verdict, plans }) => {
  const text = machineJson(plans.map(resultOf));
  // Of these letters the i alone is never part of an escape that stands there already.
  return verdict === "pass" ? text.replace(/(?<=fa)i(?=l)/gi, (i) => (i === "i" ? "\\u0069" : "\\u0049")) : text;
};

function resultOf({ path, verdict, findings, notJudged }: PlanReport) {
  const open = findings.filter((one) => one.outcome !== "pass");
  const waived = open.filter((one) => one.waiver);
  const notices = notJudgedNotices(notJudged).map((notice) => ({ ...notice, msg: notJudgedText(notice) }));
  const messages = (refuses: boolean) => notices.filter((one) => one.refuses === refuses).map(({ msg }) => ({ msg }));
  const warnings = [...open.filter((one) => !one.waiver && !one.refuses).map(entryOf), ...messages(false)];
  const unjudged = verdict === "error" ? [{ msg: "the input could not be judged" }] : [];
  const failures = [...unjudged, ...open.filter((one) => one.refuses).map(entryOf), ...messages(true)];
  return {
    filename: path,
    namespace: "tlsgate",
    successes: findings.length - open.length,
    ...(warnings.length > 0 && { warnings }),
    ...(failures.length > 0 && { failures }),
    ...(waived.length > 0 && { exceptions: waived.map(entryOf) }),
  };
}

/** In brief: Atlantis shows the text as it is. */
function entryOf(finding: Finding) {
  const { policy, severity, address, at, outcome, message, change, source, waiver, baseline } = finding;
  const told = outcome === "unknown" ? `cannot be told: ${message}` : message;
  return {
    msg: `${policy}: ${told} (${place(address, at)})`,
    ...(source && { loc: { file: source.file, line: source.line } }),
    metadata: {
      policy,
      severity,
      address,
      at,
      change,
      advice: adviceOf(finding),
      ...(baseline && { baseline }),
      ...(waiver && { waiver }),
    },
  };
}
