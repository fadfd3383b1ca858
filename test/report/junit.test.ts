// The JUnit report, read by an XML parser and held against the rules of the schema that Jenkins validates with.

import { parseXml, type XmlElement, XmlText } from "@rgrove/parse-xml";
import { describe, expect, test } from "vitest";
import { junit } from "../../src/report/junit.ts";
import { unjudged } from "../../src/report/report.ts";
import { controlsIn, finding, planNames, planReport, planWith, reportOn } from "../support/report.ts";

type Plans = Parameters<typeof reportOn>;

const rootOf = (xml: string): XmlElement => {
  const { root } = parseXml(xml);
  if (!root) throw new Error("no root element");
  return root;
};

const report = (...plans: Plans): XmlElement => rootOf(junit(reportOn(...plans)));

const elements = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((one): one is XmlElement => "name" in one && one.name === name);

const cases = (...plans: Plans): XmlElement[] =>
  elements(report(...plans), "testsuite").flatMap((suite) => elements(suite, "testcase"));

/** The outcome of a case: the name of its only element, or "pass". */
const outcomeOf = (one: XmlElement): string => {
  const names = one.children.flatMap((child) => ("name" in child ? [String(child.name)] : []));
  expect(names.length).toBeLessThanOrEqual(1);
  return names[0] ?? "pass";
};

const outcomes = (...plans: Plans) => cases(...plans).map(outcomeOf);

/**
 * By element: attributes, of which those with ! are required, and children; text only where it says so. From
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
const grammar: { readonly [name: string]: readonly [attributes: string, children: string] } = {
  testsuites: ["name time tests failures errors", "testsuite"],
  testsuite: [
    "name! tests! failures! errors! group time skipped timestamp hostname id package file log url",
    "testsuite properties testcase system-out system-err",
  ],
  testcase: ["name! time classname group", "skipped error failure system-out system-err"],
  failure: ["type message", "text"],
  error: ["type message", "text"],
  skipped: ["type message", "text"],
  "system-out": ["", "text"],
};

function brokenIn(element: XmlElement): string[] {
  const [attributes, children] = grammar[element.name] ?? ["", ""];
  const allowed = attributes.replaceAll("!", "").split(" ");
  const required = attributes.split(" ").flatMap((one) => (one.endsWith("!") ? [one.slice(0, -1)] : []));
  const given = Object.keys(element.attributes);
  return [
    ...(element.name in grammar ? [] : [`unknown element ${element.name}`]),
    ...given.filter((one) => !allowed.includes(one)).map((one) => `${element.name} has ${one}`),
    ...required.filter((one) => !given.includes(one)).map((one) => `${element.name} has no ${one}`),
    ...element.children.flatMap((child) => {
      if (child instanceof XmlText) {
        return child.text.trim() === "" || children === "text" ? [] : [`${element.name} has text`];
      }
      const inner = child as XmlElement;
      return [
        ...(children.split(" ").includes(inner.name) ? [] : [`${inner.name} in ${element.name}`]),
        ...brokenIn(inner),
      ];
    }),
  ];
}

describe("the rules of the schema", () => {
  test.each([
    ['<testsuites><testcase name="a"/></testsuites>', "testcase in testsuites"],
    ['<testsuites tests="0" skipped="0"/>', "testsuites has skipped"],
    ['<testsuites><testsuite name="a" tests="0" failures="0"/></testsuites>', "testsuite has no errors"],
    ["<testcase/>", "testcase has no name"],
    ['<testcase name="a">text</testcase>', "testcase has text"],
    ["<properties/>", "unknown element properties"],
  ])("are broken by %s", (xml, problem) => expect(brokenIn(rootOf(xml))).toContain(problem));

  test.each(planNames)("hold for %s, with a case for each finding and counts that are true", (name) => {
    const plan = planReport(name);
    const root = report(plan);
    expect(brokenIn(root)).toEqual([]);
    const [suite, ...others] = elements(root, "testsuite");
    expect(others).toEqual([]);
    const found = cases(plan).map(outcomeOf);
    const count = (outcome: string) => String(found.filter((one) => one === outcome).length);
    expect(found).toHaveLength(Math.max(1, plan.findings.length));
    expect(suite?.attributes).toEqual({
      name: plan.path,
      tests: String(found.length),
      failures: String(plan.findings.filter((one) => one.refuses).length),
      errors: "0",
      skipped: count("skipped"),
    });
    expect(count("failure")).toBe(suite?.attributes.failures);
    const names = cases(plan).map(({ attributes }) => `${attributes.classname} ${attributes.name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("golden", () => {
  test.each([
    ["refused", ["insecure-website"]],
    ["several", ["awkward-target", unjudged("broken.json"), "aws-empty-plan"]],
  ] as [string, Plans][])("%s", async (name, plans) => {
    await expect(junit(reportOn(...plans))).toMatchFileSnapshot(`golden/junit-${name}.xml`);
  });
});

describe("a case", () => {
  const waiver = { reason: "a VPN", owner: "web", expires: "2027-05-31", ticket: undefined, writtenIn: "waivers.yaml" };

  test.each([
    ["pass", "a pass", { outcome: "pass", refuses: false }],
    ["pass", "what the plan fixes", { outcome: "pass", change: "fixed", refuses: false }],
    ["failure", "a violation that refuses", {}],
    ["failure", "an unknown that refuses", { outcome: "unknown" }],
    ["skipped", "an unknown that warns", { outcome: "unknown", refuses: false }],
    ["skipped", "advice", { enforcement: "advisory", refuses: false }],
    ["skipped", "what is waived", { waiver, refuses: false }],
    ["skipped", "what the baseline knows", { baseline: "known", refuses: false }],
  ] as const)("is %s for %s", (outcome, _, changes) => {
    expect(outcomes(planWith([finding(changes)]))).toEqual([outcome]);
  });

  test.each([
    [{ waiver }, "waived: a VPN (owner: web; until 2027-05-31; written in waivers.yaml): accepts TLS 1.0"],
    [{ baseline: "known" }, "known to the baseline: accepts TLS 1.0"],
    [{ outcome: "unknown" }, "refuses nothing: cannot be told: accepts TLS 1.0"],
  ] as const)("that is skipped for %o says why", (changes, message) => {
    const [one] = cases(planWith([finding({ ...changes, refuses: false })])).flatMap((each) =>
      elements(each, "skipped"),
    );
    expect(one?.attributes.message).toBe(message);
  });

  test("is known by its policy and place, the second at a place by its number", () => {
    const twice = cases(planWith([finding(), finding({ message: "accepts SSLv3" }), finding({ at: "" })]));
    expect(twice.map(({ attributes }) => [attributes.classname, attributes.name])).toEqual([
      ["tlsgate.minimum-tls-1-2", "test_endpoint.sample · tls[0].floor"],
      ["tlsgate.minimum-tls-1-2", "test_endpoint.sample · tls[0].floor (2)"],
      ["tlsgate.minimum-tls-1-2", "test_endpoint.sample"],
    ]);
  });

  test("says what is wrong, what to do and where", () => {
    const source = { file: "main.ts", line: 3, column: 7, constructPath: "site/cdn" };
    const [failure] = cases(planWith([finding({ source })])).flatMap((one) => elements(one, "failure"));
    expect(failure?.attributes).toEqual({ type: "high", message: "accepts TLS 1.0" });
    expect(failure?.text.split("\n")).toEqual([
      "accepts TLS 1.0",
      "→ Raise the floor.",
      "at main.ts:3:7 (site/cdn)",
      "high, introduced",
    ]);
  });
});

describe("a suite", () => {
  test("of an input that could not be judged is one error", () => {
    const root = report("secure-website", unjudged("broken.json"));
    expect(root.attributes).toMatchObject({ errors: "1", failures: "0" });
    expect(outcomes(unjudged("broken.json"))).toEqual(["error"]);
  });

  test("of a plan with nothing to judge has one case, since a server takes an empty report for a broken one", () => {
    expect(outcomes(planWith([]))).toEqual(["pass"]);
  });

  const outputOf = (...plans: Plans) =>
    elements(report(...plans), "testsuite").flatMap((suite) => elements(suite, "system-out").map((one) => one.text));

  test("says that its plan is partial, and no more chains than a person reads", () => {
    const chains = Array.from({ length: 30 }, (_, index) => [`test_zone.z${index}`, "test_endpoint.sample"]);
    const [output = ""] = outputOf(planWith([finding()], { complete: false, chains }));
    expect(output).toContain("PARTIAL PLAN");
    expect(output).toContain("viewer → test_zone.z19 → test_endpoint.sample\nand 10 more chains");
    expect(output).not.toContain("z20");
    expect(outputOf(planWith([finding()]))[0]).not.toContain("PARTIAL");
  });
});

describe("hostile names", () => {
  const bad =
    '\u0000\u0001\u001b[2J\u007f\u009b\ufffe\uffff\ud800\u202e]]><![CDATA[&<b a="\'">--><?x?>\r\n::error::\t##vso[task.complete]';
  const safe =
    '\\u0000\\u0001\\u001b[2J\\u007f\\u009b\\ufffe\\uffff\\ud800\\u202e]]><![CDATA[&<b a="\'">--><?x?>\\u000d ::error:: ##vso[task.complete]';

  const hostile = finding({
    address: `test.x["${bad}"]`,
    at: `a["${bad}"]`,
    policy: bad,
    message: bad,
    source: { file: bad, line: 1, column: 1, constructPath: bad },
    fix: bad,
  });
  const plan = planWith([hostile, { ...hostile, refuses: false }], {
    path: bad,
    chains: [[bad]],
    terraformVersion: bad,
  });

  test("are well-formed XML that says them in a way that can be read", () => {
    const root = report(plan, unjudged(bad));
    expect(brokenIn(root)).toEqual([]);
    const [suite] = elements(root, "testsuite");
    expect(suite?.attributes.name).toBe(safe);
    const [one] = cases(plan);
    expect(one?.attributes).toEqual({ classname: `tlsgate.${safe}`, name: `test.x["${safe}"] · a["${safe}"]` });
    expect(one?.text.trim()).toBe([safe, `→ ${safe}`, `at ${safe}:1:1 (${safe})`, "high, introduced"].join("\n"));
  });

  test("start no command in the log that the report may be printed to", () => {
    const text = junit(reportOn(plan, unjudged(bad)));
    expect(controlsIn(text)).toEqual([]);
    expect(text).not.toContain("##");
    expect(text).not.toMatch(/^\s*::/m);
  });

  test("attach no file", () => {
    const text = junit(reportOn(planWith([finding({ message: "[[ATTACHMENT|/etc/passwd]] [[attachment|x]]" })])));
    expect(text).not.toMatch(/\[\[attachment/i);
    expect(text).toContain("[ [ATTACHMENT|/etc/passwd]]");
  });

  test("do not make the report longer than it need be", () => {
    const text = junit(reportOn(planWith([finding({ message: "a".repeat(100_000) })])));
    expect(text.length).toBeLessThan(10_000);
  });

  test("of a real plan are read back", () => expect(brokenIn(report("hostile-names"))).toEqual([]));
});
