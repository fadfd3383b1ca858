// GitHub's annotations, read as the runner reads them.

import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { github } from "../../src/report/github.ts";
import { onOneLine, printable } from "../../src/report/printable.ts";
import { unjudged } from "../../src/report/report.ts";
import { controlsIn, finding, planNames, planReport, planWith, reportOn } from "../support/report.ts";
import { eachKind, hostile, hostileTexts, passing, sample } from "../support/sample-report.ts";

interface Command {
  readonly name: string;
  readonly properties: { readonly [name: string]: string };
  readonly data: string;
}

/** By the rules of the runner's ActionCommand.TryParseV2. */
function commandOf(line: string): Command {
  const match = /^::([^ :]+)(?: (.*?))?::(.*)$/.exec(line);
  if (!match) throw new Error(`no command: ${line}`);
  const [, name = "", written = "", data = ""] = match;
  const pairs = written.split(",").map((pair) => pair.split(/=(.*)/s, 2));
  const properties = Object.fromEntries(
    pairs.map(([key = "", value = ""]) => [key, unescaped(value.replaceAll("%3A", ":").replaceAll("%2C", ","))]),
  );
  return { name, properties, data: unescaped(data) };
}

const unescaped = (text: string): string => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");

const commandsOf = (text: string): Command[] => text.split("\n").slice(0, -1).map(commandOf);

const annotations = (findings: readonly Finding[], options = {}): Command[] =>
  commandsOf(github({ policies, ...options })(reportOn(planWith(findings))));

test("golden", async () => {
  await expect(github({ policies })(sample)).toMatchFileSnapshot("golden/github.txt");
});

test("each level has its findings; what passes or is fixed has none", () => {
  const titles = (level: string) =>
    annotations(eachKind)
      .filter(({ name }) => name === level)
      .map(({ properties }) => properties.title);
  expect(titles("error")).toEqual([
    "https-only (critical, introduced)",
    "minimum-tls-1-2 (high, introduced)",
    "hsts-enabled (high, introduced)",
  ]);
  expect(titles("warning")).toEqual(["forward-secrecy (high, existing)", "waiver-unused (low)"]);
  expect(titles("notice")).toEqual([
    "strong-ciphers (high, introduced, known)",
    "sni-only (medium, introduced, waived)",
  ]);
});

test("says what is wrong, where, what to do and why", () => {
  const [one] = annotations([finding({ source: { file: "main.tf", line: 12, column: 3 } })]);
  expect(one?.properties).toEqual({
    file: "main.tf",
    line: "12",
    col: "3",
    title: "minimum-tls-1-2 (high, introduced)",
  });
  const why = policies.find((policy) => policy.id === "minimum-tls-1-2")?.why ?? "";
  expect(one?.data.split("\n")).toEqual([
    "accepts TLS 1.0",
    "test_endpoint.sample · tls[0].floor",
    "Raise the floor.",
    why,
  ]);
});

test("says nothing of a report without a fault", () => {
  expect(github({ policies })(reportOn("secure-website"))).not.toContain("::error");
  expect(github({ policies })(reportOn(planWith([finding({ outcome: "pass", refuses: false })])))).toBe("");
});

describe("a path", () => {
  const fileOf = (file: string, directory?: string) =>
    annotations([finding({ source: { file, line: 1, column: 1 } })], { directory })[0]?.properties.file;

  test.each([
    ["main.tf", undefined, "main.tf"],
    ["main.tf", "infra/prod", "infra/prod/main.tf"],
    ["../modules/edge.tf", "infra/prod", "infra/modules/edge.tf"],
    ["/srv/app/main.tf", "infra", "/srv/app/main.tf"],
    ["a,b:c%.tf", ".", "a,b:c%.tf"],
  ])("%s in %s is %s", (file, directory, seen) => expect(fileOf(file, directory)).toBe(seen));

  test("is left out where there is no source", () => {
    expect(Object.keys(annotations([finding()])[0]?.properties ?? {})).toEqual(["title"]);
  });
});

describe("many", () => {
  const many = (count: number, of: (index: number) => Partial<Finding>) =>
    Array.from({ length: count }, (_, index) => finding(of(index)));
  const at = (line: number) => ({ file: "main.tf", line, column: 1 });

  test("instances at one line are one annotation that names the first and counts the others", () => {
    const found = annotations(many(12, (index) => ({ address: `test_endpoint.x[${index}]`, source: at(4) })));
    expect(found).toHaveLength(1);
    expect(found[0]?.data).toContain("test_endpoint.x[2] · tls[0].floor\nand 9 more places\n");
  });

  test("up to ten lines with the same fault have an annotation each", () => {
    const found = annotations(many(10, (index) => ({ source: at(index + 1) })));
    expect(found.map(({ properties }) => properties.line)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  });

  test("more than ten lines with the same fault are one, which names lines", () => {
    const found = annotations(many(11, (index) => ({ address: `x.y${index}`, source: at(index + 1) })));
    expect(found).toHaveLength(1);
    expect(found[0]?.properties.line).toBe("1");
    expect(found[0]?.data).toContain("x.y1 · tls[0].floor (main.tf:2)\n");
    expect(found[0]?.data).toContain("and 8 more places");
  });

  test("more than ten faults: the worst nine, and the last counts the rest by policy", () => {
    const found = annotations([
      ...many(20, (index) => ({ severity: "low", policy: "modern-http", message: `low ${index}` })),
      ...many(5, (index) => ({ severity: "critical", policy: "https-only", message: `critical ${index}` })),
    ]);
    expect(found).toHaveLength(10);
    const shown = found.slice(0, 9).map(({ data }) => data.split("\n")[0]);
    expect(shown.slice(0, 5)).toEqual([0, 1, 2, 3, 4].map((index) => `critical ${index}`));
    expect(found[9]?.properties).toEqual({ title: "16 more errors" });
    expect(found[9]?.data).toBe("modern-http 16\nThe whole report lists all of them.");
  });

  test("each level has ten of its own", () => {
    const faults = many(30, (index) => ({ message: `fault ${index}` }));
    const report = reportOn(
      planWith([
        ...faults,
        ...faults.map((one) => ({ ...one, refuses: false })),
        ...faults.map((one) => ({ ...one, refuses: false, baseline: "known" as const })),
      ]),
    );
    const names = commandsOf(github({ policies })(report)).map(({ name }) => name);
    expect(names).toEqual(["error", "warning", "notice"].flatMap((level) => Array(10).fill(level)));
  });

  test("inputs that could not be judged come first, and are counted too", () => {
    const broken = Array.from({ length: 12 }, (_, index) => unjudged(`${index}.json`));
    const found = commandsOf(github({ policies })(reportOn(...broken, planWith([finding()]))));
    expect(found.map(({ properties }) => properties.title)).toEqual([
      ...Array(9).fill("Could not be judged"),
      "4 more errors",
    ]);
    expect(found[9]?.data).toContain("3 could not be judged, minimum-tls-1-2 1");
  });
});

test("what is introduced comes before what was there, where both are as bad", () => {
  const found = annotations([
    finding({ change: "existing", message: "old" }),
    finding({ message: "new" }),
    finding({ outcome: "unknown", severity: "critical", change: "existing", message: "worst" }),
  ]);
  expect(found.map(({ data }) => data.split("\n")[0])).toEqual(["cannot be told: worst", "new", "old"]);
});

test.each(planNames)(
  "%s: every refusing finding is told or counted, in messages that the runner keeps whole",
  (name) => {
    const report = planReport(name);
    const found = commandsOf(github({ policies })(reportOn(report)));
    const errors = found.filter((one) => one.name === "error");
    expect(errors.length > 0).toBe(report.findings.some((one) => one.refuses));
    for (const { policy } of report.findings.filter((one) => one.refuses)) {
      expect(errors.some(({ properties, data }) => `${properties.title} ${data}`.includes(policy))).toBe(true);
    }
    for (const { data } of found) expect(data.length).toBeLessThanOrEqual(4096);
  },
);

describe("hostile names", () => {
  const written = github({ policies })(hostile);

  test("add no command, no property and no control character", () => {
    const commands = commandsOf(written);
    expect(commands.map(({ name }) => name)).toEqual(
      ["error", "warning", "notice"].flatMap((level) => Array(10).fill(level)),
    );
    for (const { properties } of commands)
      expect(["file", "line", "col", "title"]).toEqual(expect.arrayContaining(Object.keys(properties)));
    expect(controlsIn(written)).toEqual([]);
    expect(written).not.toMatch(/##(\[|vso)/);
  });

  test.each(hostileTexts)("%j is read back as it was", (text) => {
    const [one] = annotations([
      finding({ message: text, policy: text, source: { file: `/${text}`, line: 1, column: 1 } }),
    ]);
    const seen = onOneLine(text).replace(/##(?=\[|vso)/, "#\\u0023");
    expect(one?.name).toBe("error");
    expect(one?.data.split("\n")[0]).toBe(seen);
    expect(one?.properties.title).toMatch(/^.{1,100} \(high, introduced\)$/u);
    expect(one?.properties.title?.startsWith(seen.slice(0, 99))).toBe(true);
    expect(one?.properties.file).toBe(`/${printable(text)}`.replace(/##(?=\[|vso)/, "#\\u0023"));
    expect(one?.properties.line).toBe("1");
  });
});

test("a report that passes has no error", () => {
  expect(github({ policies })(passing)).not.toMatch(/^::error/m);
});
