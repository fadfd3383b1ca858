// The report for people: golden texts of real plans in golden/, and what holds for every one.

import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { adviceOf, pretty } from "../../src/report/pretty.ts";
import { onOneLine } from "../../src/report/printable.ts";
import { unjudged } from "../../src/report/report.ts";
import { colored, plain } from "../../src/report/style.ts";
import { controlsIn, finding, planNames, planReport, planWith, reportOn } from "../support/report.ts";

type Plans = Parameters<typeof reportOn>;

const text = (...plans: Plans): string => textAt(100, ...plans);

const textAt = (width: number, ...plans: Plans): string =>
  pretty({ policies, screen: { style: plain, width } })(reportOn(...plans));

const quietText = (...plans: Plans): string =>
  pretty({ policies, screen: { style: plain, width: 100 }, quiet: true })(reportOn(...plans));

describe("golden", () => {
  test.each([
    ["refused", ["insecure-website"]],
    ["passes", ["secure-website"]],
    ["unknown", ["aws-tls-version-unknown"]],
    ["fixed", ["aws-update-bad-to-good"]],
    ["partial", ["awkward-target"]],
    ["alike", ["aws-tls-versions-for-each"]],
    ["hostile", ["hostile-names"]],
    ["no-endpoints", ["aws-empty-plan"]],
    ["several", ["awkward-target", "aws-https-only", unjudged("broken.json"), "aws-delete-bad"]],
  ] as [string, Plans][])("%s", async (name, plans) => {
    await expect(text(...plans)).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});

describe("every plan", () => {
  const reports = planNames.map((name) => [name, planReport(name)] as const);
  const isWord = (line: string) => /^ *(\["([^"\\]|\\.)*"\]|\S)+$/.test(line);

  test.each(reports)("%s keeps to the width, but for what cannot be broken", (_, report) => {
    for (const width of [60, 100]) {
      const long = textAt(width, report)
        .split("\n")
        .filter((line) => line.length > width && !isWord(line));
      expect(long).toEqual([]);
    }
  });

  test.each(reports.filter(([, { verdict }]) => verdict === "pass"))("%s passes on one screen", (_, report) => {
    expect(text(report).split("\n").length - 1).toBeLessThanOrEqual(24);
  });

  test.each(reports)("%s reads the same in colour", (_, report) => {
    const painted = pretty({ policies, screen: { style: colored, width: 100 } })(reportOn(report));
    expect(painted).toContain("\u001b[1m");
    expect(unpainted(painted)).toBe(text(report));
  });

  test.each(reports)("%s names each resource, policy and attribute that refuses", (_, report) => {
    const output = text(report).replace(/\s+/g, " ");
    for (const { address, policy, at, message } of report.findings.filter((one) => one.refuses)) {
      for (const part of [address, `${policy}:`, at, message])
        expect(output).toContain(onOneLine(part).replace(/\s+/g, " "));
    }
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
const unpainted = (output: string): string => output.replace(/\u001b\[\d+m/g, "");

describe("what refuses", () => {
  test("comes by resource, worst first", () => {
    const output = text(
      planWith([
        finding({ address: "test_endpoint.a", policy: "modern-http", severity: "low" }),
        finding({ address: "test_endpoint.b", severity: "high", message: "second" }),
        finding({ address: "test_endpoint.a", policy: "https-only", severity: "critical", message: "first" }),
        finding({ address: "test_endpoint.b", severity: "high", outcome: "unknown", message: "third" }),
      ]),
    );
    const order = ["test_endpoint.a", "https-only", "modern-http", "test_endpoint.b", "second", "third"];
    expect(order.map((part) => output.indexOf(part))).toEqual(
      order.map((part) => output.indexOf(part)).sort((one, other) => one - other),
    );
    expect(output.match(/^test_endpoint\.a$/gm)).toHaveLength(1);
  });

  test("says why once for each policy, in its first sentence", () => {
    const output = text(
      planWith([finding({ address: "test_endpoint.a" }), finding({ address: "test_endpoint.b", message: "other" })]),
    );
    const [why = ""] = policies.filter((policy) => policy.id === "minimum-tls-1-2").map((policy) => policy.why);
    expect(output.replace(/\s+/g, " ").split(why.split(". ")[0] ?? "")).toHaveLength(2);
  });

  test("tells once what several resources have in common", () => {
    const keys = ["a", "b", "c"].map((key) => finding({ address: `test_endpoint.site["${key}"]` }));
    const output = text(planWith(keys));
    expect(output).toContain('test_endpoint.site["a"]\ntest_endpoint.site["b"]\ntest_endpoint.site["c"]\n');
    expect(output.match(/accepts TLS 1\.0/g)).toHaveLength(1);
    expect(text(planWith([...keys.slice(1), finding({ message: "accepts SSLv3" })]))).toContain("accepts SSLv3");
  });

  test("stands at its attribute once, with one advice for what one change mends", () => {
    const remedy = { address: "test_endpoint.sample", attribute: "tls[0].floor", value: "TLS 1.2" };
    const output = text(
      planWith([finding({ remedy }), finding({ remedy, policy: "forward-secrecy", message: "no secrecy" })]),
    );
    expect(output.match(/tls\[0\]\.floor$/gm)).toHaveLength(1);
    expect(output.match(/→ Set floor = "TLS 1.2"$/gm)).toHaveLength(1);
  });

  test("is told how it becomes known, where the plan does not tell", () => {
    expect(text(planWith([finding({ outcome: "unknown" })]))).toContain("--unknown warn");
    expect(text(planWith([finding()]))).not.toContain("--unknown warn");
  });
});

describe("advice", () => {
  const remedy = { address: "test_endpoint.sample", attribute: "tls[0].floor", value: "TLS 1.2" };

  test.each([
    ["a text", remedy, 'Set floor = "TLS 1.2"'],
    ["a number", { ...remedy, value: 31_536_000 }, "Set floor = 31536000"],
    ["a list", { ...remedy, value: ["TLS 1.2"] }, 'Set floor = ["TLS 1.2"]'],
    ["a reference", { ...remedy, value: { reference: "test_floor.best.name" } }, "Set floor = test_floor.best.name"],
    ["another attribute", { ...remedy, attribute: "http[0].tls.floor" }, 'Set http[0].tls.floor = "TLS 1.2"'],
    [
      "another resource",
      { ...remedy, address: 'test_policy.x["a b"]', attribute: "hsts" },
      'Set hsts = "TLS 1.2" in test_policy.x["a b"]',
    ],
    ["no single setting", null, "Raise the floor."],
  ])("for %s", (_, given, advice) => expect(adviceOf(finding({ remedy: given }))).toBe(advice));

  test("names the last step of a path, however many dots its key holds", () => {
    const at = 'metadata[0].annotations["nginx.io/ssl-redirect"]';
    const step = finding({ at, remedy: { address: "test_endpoint.sample", attribute: at, value: "true" } });
    expect(adviceOf(step)).toBe('Set annotations["nginx.io/ssl-redirect"] = "true"');
  });

  test("is no command where the value may be right already", () => {
    const open = finding({ outcome: "unknown", remedy });
    expect(adviceOf(open)).toBe('Make sure that it is right: floor = "TLS 1.2" would be.');
    expect(adviceOf({ ...open, remedy: null })).toBe("Make sure of it: Raise the floor.");
  });
});

describe("what refuses nothing", () => {
  const note = (changes: Parameters<typeof finding>[0] = {}) =>
    finding({ refuses: false, outcome: "unknown", message: "it is defined elsewhere", ...changes });

  test("is merged by what is said of a resource, then by the resources", () => {
    const notes = ["a", "b", "c", "d", "e"].flatMap((name) =>
      ["sni-only", "modern-http"].map((policy) => note({ policy, address: `test_endpoint.${name}` })),
    );
    const output = text(planWith(notes));
    expect(output).toContain("? it is defined elsewhere (sni-only, modern-http)");
    expect(output).toContain("test_endpoint.a, test_endpoint.b and 3 more · tls[0].floor");
    expect(output.match(/it is defined elsewhere/g)).toHaveLength(1);
  });

  test("takes no more than its room, and says how much more there is", () => {
    const notes = Array.from({ length: 40 }, (_, index) =>
      note({ message: `message ${index}`, address: `test.x${index}` }),
    );
    const fixed = notes.map((one) => ({ ...one, outcome: "pass", change: "fixed" }) as const);
    const output = text(planWith([...notes, ...fixed], { complete: false }));
    expect(output.split("\n").length - 1).toBeLessThanOrEqual(24);
    const shown = output.match(/message \d+/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(3);
    expect(output).toContain(`… and ${40 - shown} more; --format json lists all`);
  });

  test("has the same room where one address alone fills the screen", () => {
    const output = text(
      planWith([note({ address: `test_endpoint.x["${"a".repeat(3000)}"]` }), note({ message: "small" })]),
    );
    expect(output).toContain("… 2 more");
  });

  test("counts a violation that stays, and says so", () => {
    expect(text(planWith([note({ change: "existing", outcome: "fail" })]))).toContain("(minimum-tls-1-2; existing)");
  });
});

describe("quiet", () => {
  test("says nothing of a plan that passes", () => expect(quietText("secure-website")).toBe(""));

  test("prints only what refuses", () => {
    const output = quietText("insecure-website", "secure-website");
    expect(output).toContain("✖ insecure-website/plan.json refused");
    expect(output).toContain("https-only:");
    for (const rest of ["secure-website/plan.json pass", "Refuses nothing", "checks", "hsts-include-subdomains"]) {
      expect(output).not.toContain(rest);
    }
  });

  test("says still that a plan is partial", () => {
    const partial = { ...planReport("secure-website"), complete: false };
    expect(quietText(partial)).toContain("PARTIAL PLAN");
  });
});

describe("what is accepted", () => {
  const waiver = {
    reason: "meters speak no TLS",
    owner: "grid",
    expires: "2027-03-31",
    ticket: "T-1",
    writtenIn: "w.yaml",
  };
  const accepted = planWith([
    finding({ refuses: false, waiver }),
    finding({ refuses: false, waiver, policy: "https-only" }),
    finding({ refuses: false, baseline: "known", policy: "sni-only" }),
    finding({ refuses: true, baseline: "new", policy: "modern-http" }),
  ]);

  test("is told by its waiver, and counted", () => {
    const output = text(accepted);
    expect(output).toContain("~ minimum-tls-1-2, https-only until 2027-03-31, grid: meters speak no TLS (T-1, w.yaml)");
    expect(output.match(/meters speak no TLS/g)).toHaveLength(1);
    expect(output).toContain("Known by the baseline: 1");
    expect(output).toContain("· 2 waived");
    expect(output).not.toContain("sni-only");
    expect(output).toContain("✖ modern-http:");
  });

  test("is no matter of --quiet", () => expect(quietText(accepted)).not.toContain("meters"));

  test("what is said of a file of waivers has no endpoints", () => {
    const notice = finding({
      policy: "waiver-unused",
      refuses: false,
      enforcement: "advisory",
      message: "a waiver accepts nothing",
    });
    const output = text(planWith([notice], { path: "waivers", kind: "waivers", endpoints: 0 }));
    expect(output).toContain("✔ waivers pass");
    expect(output).toContain("a waiver accepts nothing (waiver-unused)");
    expect(output).not.toContain("no endpoints");
  });
});

test("an endpoint behind another is said", () => {
  const chains = [["test_zone.edge", "test_endpoint.sample"]];
  expect(text(planWith([finding()], { chains }))).toContain("\n  viewer → test_zone.edge → test_endpoint.sample\n");
});

describe("a partial plan", () => {
  test("is said in the headline, under it and in the summary", () => {
    const output = text({ ...planReport("secure-website"), complete: false });
    expect(output).toContain("pass (partial) · Terraform");
    expect(output).toContain("  PARTIAL PLAN: ");
    expect(output).toContain("\npass (partial) · 1 endpoint");
  });
});

describe("an input that could not be judged", () => {
  test("is told by its error alone, where there is no other", () => expect(text(unjudged("broken.json"))).toBe(""));

  test("is listed among others", () => {
    const output = text("secure-website", unjudged("broken.json"));
    expect(output).toContain("✖ broken.json could not be judged\n");
    expect(output).toContain("\ncould not be judged · 2 plans");
    expect(output).not.toContain("PARTIAL");
  });
});

test("shows no control character of a plan", () => {
  const bad = "\u001b[31m\u0007\r\u009b2J\u202e\u2066\u061c";
  const hostile = finding({
    address: `test_endpoint.x["${bad}"]`,
    at: `a["${bad}"].b`,
    message: bad,
    remedy: { address: `test_other.y["${bad}"]`, attribute: bad, value: bad },
  });
  const output = text(
    planWith([hostile, { ...hostile, refuses: false }, { ...hostile, change: "fixed", outcome: "pass" }], {
      path: bad,
      terraformVersion: bad,
    }),
  );
  expect(controlsIn(output)).toEqual([]);
  expect(output).toContain("\\u001b[31m");
});
