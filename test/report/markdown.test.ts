// The comment, read by a parser of GitHub's Markdown: what a person sees of it, and what no name may add to it.

import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/findings/finding.ts";
import { type MarkdownOptions, markdown, markerOf } from "../../src/report/markdown.ts";
import { onOneLine } from "../../src/report/printable.ts";
import { unjudged } from "../../src/report/report.ts";
import { controlsIn, finding, planNames, planReport, planWith, reportOn } from "../support/report.ts";
import { eachKind, hostile, hostileTexts, passing, sample } from "../support/sample-report.ts";

const base = "https://git.example/org/repo/blob/0123abc";

const rendered = new Map<string, string>();

function html(source: string): string {
  const done =
    rendered.get(source) ??
    micromark(source, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  rendered.set(source, done);
  return done;
}

const textOf = (shown: string): string =>
  shown
    .replace(/<!--.*?-->|<[^>]*>/gs, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll("&nbsp;", "\u00a0")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** Rows of all tables, cell by cell, as HTML. */
const rowsOf = (source: string): string[][] =>
  [...html(source).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => cell),
  );

const headings = (source: string): string[] =>
  [...html(source).matchAll(/<(h3|summary)>(.*?)<\/\1>/g)].map(([, , title = ""]) => textOf(title));

const one = (changes: Partial<Finding>, options: MarkdownOptions = {}): string =>
  markdown(options)(reportOn(planWith([finding(changes)])));

describe("golden", () => {
  test.each([
    ["markdown", sample],
    ["markdown-passes", reportOn("secure-website")],
    ["markdown-worse", reportOn("insecure-website")],
    ["markdown-better", reportOn("aws-update-bad-to-good")],
  ])("%s", async (name, report) => {
    await expect(markdown({ base })(report)).toMatchFileSnapshot(`golden/${name}.md`);
  });
});

describe("what is told", () => {
  test("comes with what changes first, and each finding once", () => {
    const written = markdown()(reportOn(planWith(eachKind)));
    expect(headings(written)).toEqual([
      "Worse with this change (3)",
      "Found, with no before to compare with (1)",
      "Better with this change (1)",
      "As it was before (1)",
      "What the plan does not tell (1)",
      "Waived (1)",
      "Known to the baseline (1)",
    ]);
    expect(written).toContain("**3 introduced** · 1 found · **1 fixed** · 1 existing · 1 unknown · 1 waived · 1 known");
  });

  test("marks what refuses, and tells it first", () => {
    const advice = finding({ severity: "critical", refuses: false, policy: "a", address: "x.a" });
    const written = markdown()(reportOn(planWith([advice, finding({ policy: "b", address: "x.b" })])));
    expect(rowsOf(written).map(([severity = ""]) => textOf(severity))).toEqual(["Severity", "✖\u00a0high", "critical"]);
    const mixed = markdown()(
      reportOn(planWith([{ ...advice, address: "x.b" }, finding({ policy: "b", address: "x.b" })])),
    );
    expect(rowsOf(mixed)[1]?.[2]).toBe(
      "<strong>b</strong>, <strong>a</strong> (critical, does not refuse): accepts TLS 1.0",
    );
  });

  test("of one place stands in one row, and instances that are alike with it", () => {
    const faults = (address: string) => [
      finding({ address, fix: "Raise it." }),
      finding({ address, policy: "forward-secrecy", severity: "medium", message: "no secrecy", fix: "Raise it." }),
      finding({ address, policy: "strong-ciphers", message: "no secrecy", fix: "Raise it." }),
    ];
    const written = markdown()(reportOn(planWith([...faults("x.a"), ...faults("x.b")])));
    expect(headings(written)).toEqual(["Worse with this change (6)"]);
    expect(rowsOf(written).slice(1)).toEqual([
      [
        "✖\u00a0high",
        "<code>x.a</code><br><code>x.b</code><br><code>tls[0].floor</code>",
        "<strong>minimum-tls-1-2</strong>: accepts TLS 1.0<br><strong>strong-ciphers</strong>, <strong>forward-secrecy</strong> (medium): no secrecy",
        "Raise it.",
      ],
    ]);
  });

  test("of many instances names ten", () => {
    const many = Array.from({ length: 13 }, (_, index) => finding({ address: `x.y[${index}]` }));
    const [, where = ""] = rowsOf(markdown()(reportOn(planWith(many))))[1] ?? [];
    expect(textOf(where.replaceAll("<br>", " "))).toMatch(/^x\.y\[0\] .* x\.y\[9\] and 3 more tls\[0\]\.floor$/);
  });

  test("of a waiver is who accepts it, until when and why", () => {
    const [, row = []] = rowsOf(markdown()(reportOn(planWith(eachKind.filter((each) => each.waiver)))));
    expect(row[3]).toBe("by platform-team until 2027-03-31: An old client, until its contract ends (OPS-7)");
  });

  test("of several plans names the plan, and lists them all", () => {
    const written = markdown()(sample);
    expect(rowsOf(written)[1]?.[1]).toMatch(/^edge\/plan\.json<br>/);
    const plans = rowsOf(written)
      .slice(-3)
      .map((row) => row.map(textOf).slice(0, 2));
    expect(plans).toEqual([
      ["✖ error", "broken.json"],
      ["✖ refused", "edge/plan.json"],
      ["✔ pass (partial)", "shop/plan.json"],
    ]);
    expect(html(written)).toContain(
      "<strong>Could not be judged:</strong></p>\n<ul>\n<li><code>broken.json</code></li>",
    );
    expect(html(written)).toContain("PARTIAL PLAN");
  });

  test("holds chains, and what is gone of the baseline", () => {
    const chains = [["test_zone.edge", "test_endpoint.sample"]];
    const report = reportOn(planWith([], { chains }));
    const written = markdown()({ ...report, summary: { ...report.summary, gone: 3 } });
    expect(html(written)).toContain(
      "<li>viewer → <code>test_zone.edge</code> → <code>test_endpoint.sample</code></li>",
    );
    expect(written).toContain("3 of the baseline gone");
  });

  test("counts in its table of plans as in its head", () => {
    const [heads = [], , edge = []] = rowsOf(markdown()(sample)).slice(-4);
    const counts = Object.fromEntries(heads.map((name, index) => [name, edge[index]]));
    expect(counts).toMatchObject({
      refusing: "4",
      introduced: "3",
      found: "1",
      fixed: "1",
      existing: "1",
      unknown: "1",
    });
  });

  test.each([
    ["refused", reportOn(planWith([finding()])), "✖ tlsgate: refused for 1 finding"],
    ["pass", passing, "✔ tlsgate: the plan may go"],
    ["error", reportOn(unjudged("broken.json")), "✖ tlsgate: could not be judged"],
  ])("is headed by the verdict: %s", (_, report, title) => {
    expect(html(markdown()(report))).toContain(`<h2>${title}</h2>`);
  });
});

describe("the marker", () => {
  test.each([
    [undefined, "<!-- tlsgate -->"],
    ["", "<!-- tlsgate -->"],
    ["prod-eu/cdn", "<!-- tlsgate: prod-eu%2Fcdn -->"],
    ["--> <b>", "<!-- tlsgate: %2D-%3E%20%3Cb%3E -->"],
    ["\ud800", "<!-- tlsgate: %EF%BF%BD -->"],
  ])("of the key %j is %s", (key, marker) => {
    expect(markerOf(key)).toBe(marker);
    expect(markdown({ key })(passing).split("\n")[0]).toBe(marker);
  });

  test("is not to be had by a name", () => {
    expect(markdown()(hostile).match(/<!--/g)).toHaveLength(1);
  });
});

describe("a link", () => {
  const linkOf = (file: string, options: MarkdownOptions) =>
    /<a href="([^"]*)">([^<]*)<\/a>/.exec(html(one({ source: { file, line: 30, column: 1 } }, options)))?.slice(1);

  test.each([
    ["main.tf", { base }, `${base}/main.tf#L30`],
    ["main.tf", { base: `${base}/`, directory: "infra/prod" }, `${base}/infra/prod/main.tf#L30`],
    ["../edge/main.tf", { base, directory: "infra" }, `${base}/edge/main.tf#L30`],
    ["a b/c(d)#é|.tf", { base }, `${base}/a%20b/c%28d%29%23%C3%A9%7C.tf#L30`],
  ])("to %s with %j goes to %s", (file, options, url) => expect(linkOf(file, options)?.[0]).toBe(url));

  test.each([
    ["without a base", "main.tf", {}],
    ["to a place outside the repository", "../main.tf", { base }],
    ["to an absolute path", "/srv/main.tf", { base }],
    ["with a base that is no web page", "main.tf", { base: "javascript:alert(1)" }],
    ["with a base that is no address", "main.tf", { base: "blob/main" }],
  ])("is text %s", (_, file, options) => {
    expect(linkOf(file, options)).toBeUndefined();
    expect(textOf(html(one({ source: { file, line: 30, column: 1 } }, options)))).toContain(`${file}:30`);
  });

  test("keeps a base from ending it", () => {
    const written = one({ source: { file: "main.tf", line: 1, column: 1 } }, { base: "https://git.example/a)|b](c" });
    expect(html(written)).toContain('<a href="https://git.example/a%29%7Cb%5D%28c/main.tf#L1">');
  });
});

describe("the limit", () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    finding({
      address: `module.shop["${index}"].aws_lb_listener.front`,
      message: `accepts TLS 1.0 😀 on ${index}`,
      ...(index % 5 === 1 && { change: "existing" as const }),
      ...(index % 5 === 2 && { outcome: "unknown" as const }),
      ...(index % 5 === 3 && { waiver: eachKind.find((each) => each.waiver)?.waiver ?? null, refuses: false }),
    }),
  );
  const big = reportOn(
    planWith(many),
    ...Array.from({ length: 2000 }, (_, index) => planWith([], { path: `${index}.json` })),
  );

  test("is GitHub's: fewer than 65,536 characters, however they are counted", () => {
    const written = markdown({ base })(big);
    expect(written.length).toBeLessThan(65_536);
    expect(written.length).toBeGreaterThan(60_000);
    expect([...written].length).toBeLessThan(65_536);
    expect(Buffer.byteLength(written)).toBeLessThan(262_144);
  });

  test.each([65_535, 20_000, 5_000, 1_500])(
    "of %i cuts at whole rows, closes what is open, and counts what is left",
    (limit) => {
      const written = markdown({ limit })(big);
      expect(written.length).toBeLessThanOrEqual(limit);
      for (const row of rowsOf(written)) expect([4, 9]).toContain(row.length);
      expect(written.match(/<details>/g)?.length).toBe(written.match(/<\/details>/g)?.length);
      const told = (noun: string) =>
        Number(new RegExp(`(\\d+) ${noun}[,.]`).exec(written.slice(written.lastIndexOf("**Left")))?.[1] ?? 0);
      const shown = rowsOf(written).filter((row) => row.length === 4 && row[0] !== "Severity").length;
      const left = ["introduced", "existing", "unknown", "waived"].reduce((sum, noun) => sum + told(noun), 0);
      expect(shown + left).toBe(5000);
      expect(told("plans")).toBeGreaterThan(0);
    },
  );

  test("has room for a small section after one that is too big", () => {
    const wide = finding({ policy: "a".repeat(100), message: "<".repeat(600), change: "introduced" });
    const narrow = finding({ policy: "modern-http", change: "fixed", outcome: "pass", refuses: false, message: "" });
    const written = markdown({ limit: 1500 })(reportOn(planWith([wide, narrow])));
    expect(written).toContain("modern-http");
    expect(written).toContain("1 introduced. The JSON report lists all.");
  });

  test("says nothing where all is told", () => expect(markdown()(sample)).not.toContain("Left out"));

  test("is kept by one name that alone would fill it", () => {
    const long = "@<|".repeat(100_000);
    const written = one({ address: long, at: long, message: long, policy: long, fix: long });
    expect(written.length).toBeLessThan(65_536);
    expect(rowsOf(written)).toHaveLength(2);
  });
});

describe("every plan", () => {
  test.each(planNames)("%s: tells each policy that refuses, in whole rows", (name) => {
    const report = planReport(name);
    const written = markdown({ base })(reportOn(report));
    const rows = rowsOf(written);
    const seen = textOf(html(written));
    for (const row of rows) expect([3, 4]).toContain(row.length);
    const refusing = rows.filter(([severity = ""]) => severity.startsWith("✖")).map((row) => textOf(row.join(" ")));
    expect(refusing.length > 0).toBe(report.verdict === "refused");
    for (const { policy, address } of report.findings.filter((each) => each.refuses)) {
      expect(refusing.some((row) => row.includes(policy))).toBe(true);
      if (report.findings.length < 100) expect(seen).toContain(onOneLine(address).slice(0, 290));
    }
  });
});

describe("hostile names", () => {
  const tags = (shown: string) => new Set([...shown.matchAll(/<\/?([a-z][a-z0-9]*|!--)/g)].map(([, tag]) => tag));
  const ours = ["!--", "br", "code", "details", "h2", "h3", "li", "p", "span", "strong", "summary"];
  const tables = ["table", "tbody", "td", "th", "thead", "tr", "ul"];

  test("add no element, no link, no image, no heading and no cell", () => {
    for (const limit of [65_535, 10_000_000]) {
      const shown = html(markdown({ limit })(hostile));
      for (const tag of tags(shown)) expect([...ours, ...tables]).toContain(tag);
      for (const [tag] of shown.matchAll(/<[a-z][^>]*>/g)) expect(tag).toMatch(/^<(?:[a-z0-9]+|t[hd] align="right")>$/);
    }
    const written = markdown({ limit: 10_000_000 })(hostile);
    for (const row of rowsOf(written)) expect([4, 9]).toContain(row.length);
    expect(controlsIn(written)).toEqual([]);
    expect(html(written).match(/<h2>/g)).toHaveLength(1);
    expect(html(written).match(/<details>/g)).toHaveLength(html(written).match(/<\/details>/g)?.length ?? 0);
  });

  test("make no mention, reference, emoji or link in one piece of text", () => {
    const pieces = html(markdown({ limit: 10_000_000 })(hostile))
      .split(/<[^>]*>/)
      .map(textOf);
    for (const piece of pieces) {
      expect(piece).not.toMatch(/[@#!$%~&^][\w"]|GH-\d|:\/\/|:\w+:|www\.|\w@\w/i);
    }
  });

  test.each(hostileTexts)("%j is shown as it is", (text) => {
    const rows = rowsOf(one({ message: text, address: text, at: text, policy: text.slice(0, 40), fix: text }));
    const [, where = "", what = "", advice = ""] = rows[1] ?? [];
    const seen = onOneLine(text);
    const [address, at] = where.split("<br>").map(textOf);
    expect([address?.trim(), at?.trim()]).toEqual([seen.trim(), seen.trim()]);
    expect(textOf(what)).toContain(seen.trim());
    expect(textOf(advice).trim()).toBe(seen.trim());
  });
});
