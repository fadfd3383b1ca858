// What a SARIF run says of itself: inputs and resources that are not judged, and what its results leave out.

import { notJudgedNotices, notJudgedText } from "./not-judged.ts";
import { leftOutText, type Report } from "./report.ts";
import { plainText } from "./sarif-text.ts";

const levels = {
  "plan-not-judged": "error",
  "plan-partial": "warning",
  "plan-is-configuration": "note",
  "resources-refused": "error",
  "resources-not-judged": "note",
  "results-left-out": "warning",
  "results-not-shown": "note",
  "baseline-gone": "note",
  "scope-changed": "note",
} as const;

export interface Held {
  /** How many results there are, how many of them the run holds, and how many GitHub shows of a run. */
  readonly all: number;
  readonly held: number;
  readonly shown: number;
}

export const notificationsOf = ({ plans, summary }: Report, { all, held, shown }: Held) => [
  ...plans.flatMap(({ path, verdict, complete, kind, notJudged }) => {
    if (verdict === "error") return [notification("plan-not-judged", `${path} could not be judged.`)];
    return [
      ...(complete
        ? []
        : [
            notification(
              "plan-partial",
              `${path} is a partial plan: it leaves out changes (-target, -exclude, or deferred ones), and so do its results.`,
            ),
          ]),
      ...(kind === "configuration"
        ? [notification("plan-is-configuration", `${path} is a configuration without its plan: early feedback.`)]
        : []),
      ...notJudgedNotices(notJudged).map((notice) =>
        notification(
          notice.refuses ? "resources-refused" : "resources-not-judged",
          `${path}: ${notJudgedText(notice)}.`,
        ),
      ),
    ];
  }),
  ...(summary.gone ? [notification("baseline-gone", `${summary.gone} of the baseline's violations are gone.`)] : []),
  ...(summary.leftOut ? [notification("scope-changed", `${leftOutText(summary)}.`)] : []),
  ...(all > held
    ? [
        notification(
          "results-left-out",
          `${all - held} of ${all} results are left out: the run holds the worst ${held}.`,
        ),
      ]
    : []),
  ...(held > shown
    ? [
        notification(
          "results-not-shown",
          `GitHub shows ${shown} of a run's results; the worst of these ${held} come first.`,
        ),
      ]
    : []),
];

const notification = (id: keyof typeof levels, text: string) => ({
  descriptor: { id },
  level: levels[id],
  message: { text: plainText(text) },
});
