// GitLab's code quality report, against the format that its documentation describes.

import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { gitlab } from "../../src/report/gitlab.ts";
import { unjudged } from "../../src/report/report.ts";
import { controlsIn, finding, planNames, planWith, reportOn } from "../support/report.ts";

type Plans = Parameters<typeof reportOn>;

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const entries = (...plans: Plans): Entry[] => JSON.parse(gitlab()(reportOn(...plans)));

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, with nothing that it does not name. */
const validate = new Ajv({ strict: true }).compile({
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    additionalProperties: false,
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", minLength: 1 },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        additionalProperties: false,
        properties: {
          path: { type: "string", pattern: "^(?!/|\\./)[^\\\\]+$" },
          lines: {
            type: "object",
            required: ["begin"],
            additionalProperties: false,
            properties: { begin: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
});

const errorsOf = (document: unknown) => (validate(document) ? [] : validate.errors);

describe("every plan", () => {
  test.each(planNames)("%s is told in the format, each entry with a fingerprint of its own", (name) => {
    const report = reportOn(name);
    const list = entries(name);
    expect(errorsOf(list)).toEqual([]);
    expect(list).toHaveLength(report.summary.fail + report.summary.unknown);
    expect(new Set(list.map((one) => one.fingerprint)).size).toBe(list.length);
  });
});

test("reads well", async () => {
  const source = { file: "site/main.tf", line: 7, column: 5 };
  const text = gitlab()(
    reportOn(
      planWith([
        finding({ source, fingerprint: "1".repeat(64) }),
        finding({ outcome: "unknown", refuses: false, message: "known after apply", fingerprint: "2".repeat(64) }),
        finding({ outcome: "pass" }),
      ]),
      unjudged("infra/broken.json"),
    ),
  );
  await expect(text).toMatchFileSnapshot("golden/gitlab.txt");
});

describe("the severity", () => {
  test.each([
    ["critical", "blocker"],
    ["high", "critical"],
    ["medium", "major"],
    ["low", "minor"],
  ] as const)("%s is %s, whether it refuses or not", (severity, expected) => {
    const list = entries(planWith([finding({ severity }), finding({ severity, refuses: false })]));
    expect(list.map((one) => one.severity)).toEqual([expected, expected]);
  });

  const waiver = { reason: "a VPN", owner: "web", expires: "2027-05-31", ticket: undefined, writtenIn: "waivers.yaml" };

  test.each([
    ["waived", { waiver, refuses: false }],
    ["known to the baseline", { baseline: "known", refuses: false }],
    ["unknown and let through", { outcome: "unknown", refuses: false }],
  ] as const)("of what is %s is info", (_, changes) => {
    expect(entries(planWith([finding({ severity: "critical", ...changes })]))[0]?.severity).toBe("info");
  });

  test("of an unknown that refuses is the policy's", () => {
    expect(entries(planWith([finding({ outcome: "unknown" })]))[0]?.severity).toBe("critical");
  });
});

test("an input that could not be judged is an entry, so that what was known of it is not taken for resolved", () => {
  expect(entries(unjudged("infra/broken.json"))).toEqual([
    {
      description: "infra/broken.json could not be judged.",
      check_name: "plan-not-judged",
      fingerprint: "plan-not-judged:infra/broken.json",
      severity: "blocker",
      location: { path: "infra", lines: { begin: 1 } },
    },
  ]);
});

test("paths are the repository's where the command runs below its root", () => {
  const source = { file: "main.tf", line: 7, column: 5 };
  const list: Entry[] = JSON.parse(gitlab({ directory: "stacks/web" })(reportOn(planWith([finding({ source })]))));
  expect(list.map((one) => one.location)).toEqual([{ path: "stacks/web/main.tf", lines: { begin: 7 } }]);
});

test("hostile names start no command and reorder nothing", () => {
  const address = 'test.x["##vso[task.complete]\u202e\u001b[2J\n::error::"]';
  const text = gitlab()(reportOn(planWith([finding({ address, message: "##[error]" })], { path: "##vso[/\u2066p" })));
  expect(controlsIn(text)).toEqual([]);
  expect(text).not.toContain("##");
  expect(text).not.toMatch(/^\s*::/m);
  const [entry] = JSON.parse(text) as Entry[];
  expect(entry?.description).toContain('test.x["##vso[task.complete]\\u202e\\u001b[2J ::error::"]: ##[error]');
  expect(entry?.location.path).toBe("##vso[");
});
