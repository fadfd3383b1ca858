// The report to look at, as text: what is in it, what it loads, and that no plan can put markup into it. What a browser
// makes of it is tested in test/browser.

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import type { Endpoint } from "../../src/facts/endpoint.ts";
import { unknown as unknownValue } from "../../src/plan/value.ts";
import { topicsOf } from "../../src/report/html/marks.ts";
import { htmlOf } from "../../src/report/html/markup.ts";
import { type PlanReport, unjudged } from "../../src/report/report.ts";
import { nameText } from "../../src/text.ts";
import { endpoint, known, route, sensitive, unknown, upstream, use } from "../support/endpoint.ts";
import { drawnPlan, pageOf } from "../support/html.ts";
import { controlsIn, finding, planNames, planReport, planWith } from "../support/report.ts";

/** What a reader reads: neither tags nor style nor script, and no entities. */
const textOf = (page: string): string =>
  page
    .replace(/<(style|script|title)>.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
    .replace(/\s+/g, " ");

/** The text of each element of a class that holds nothing but text and what is in it. */
const facts = (page: string): string[] =>
  [...page.matchAll(/<div class="fact[^"]*">(.*?)<\/div>/gs)].map(([one]) => textOf(one).trim());

const signed = (page: string, kind: string): string[] =>
  [...page.matchAll(new RegExp(`<(span|li) class="part is-${kind}">(.*?)</\\1>(?=<|\\s)`, "gs"))].map(
    ([, , one = ""]) => textOf(one).trim(),
  );

const drawn = (after: readonly Endpoint[], changes: Partial<PlanReport> = {}, before: readonly Endpoint[] = []) =>
  planWith(changes.findings ?? [], { inventory: { before, after }, ...changes });

describe("every plan", () => {
  const pages = planNames.map((name) => [name, drawnPlan(name)] as const);

  test.each(pages)("%s tells all findings and all endpoints", (_, plan) => {
    const page = pageOf(plan);
    const { before, after } = plan.inventory;
    const parts = [
      ...plan.findings.flatMap(({ message, at, address, policy, source }) => [
        message,
        at,
        address,
        policy,
        source?.file ?? "",
      ]),
      ...[...before, ...after].flatMap(({ address, kind, upstreams }) => [
        address,
        kind,
        ...upstreams.map((one) => one.name),
      ]),
    ];
    for (const part of new Set(parts)) expect(page).toContain(htmlOf(part));
    const numbers = new Set([...page.matchAll(/data-number="(\d+)"/g)].map(([, number]) => number));
    expect(numbers.size).toBe(plan.findings.length);
  });

  test.each(pages)("%s gives each id once, and points at what is there", (_, plan) => {
    const page = pageOf(plan, plan);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const [, id] of page.matchAll(/ (?:href="#|for="|aria-labelledby=")([^"]*)"/g)) expect(ids).toContain(id);
  });

  test.each(pages)("%s tells its findings without a picture too", (name) => {
    const plan = planReport(name);
    const page = pageOf(plan);
    for (const { message, address } of plan.findings) {
      expect(page).toContain(htmlOf(message));
      expect(page).toContain(htmlOf(address));
    }
    expect(page).not.toContain('<ol class="way');
  });
});

describe("the file", () => {
  const page = pageOf("insecure-website");

  test("holds one style and one script, and its policy of contents allows those alone", () => {
    const hashes = (tag: string) =>
      [...page.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, "gs"))].map(
        ([, content = ""]) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`,
      );
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy.replaceAll("&#39;", "'").split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hashes("style").join(" ")}`,
      `script-src ${hashes("script").join(" ")}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(hashes("style")).toHaveLength(1);
    expect(hashes("script")).toHaveLength(1);
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style"));
  });

  test("refers to nothing outside but by links to pages", () => {
    const references = [...page.matchAll(/<(\w+)[^>]*? (?:src|srcset|href|data|poster|action|style|on\w+)="([^"]*)"/g)];
    expect(references.length).toBeGreaterThan(20);
    for (const [, tag, to = ""] of references) {
      if (tag === "a") expect(to).toMatch(/^(#|https:\/\/)/);
      else expect([tag, to]).toEqual(["use", expect.stringMatching(/^#i-[a-z]+$/)]);
    }
    expect(page).not.toMatch(/url\(|@import|<link|<img|<iframe|<object|<base/);
  });

  test("is the same for the same report", () => expect(pageOf("insecure-website")).toBe(page));

  test("names what it is about", () => {
    expect(page).toContain("<title>Refused: HTTPS of insecure-website/plan.json</title>");
    expect(page.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
  });
});

describe("nothing of a plan is markup", () => {
  const bad = `</script></style></title><script>alert(1)</script><img src=x onerror=alert(1)> " onload="x' \`=\u001b[31m\u202e&lt;`;

  const everything = (text: string): PlanReport => {
    const at = { address: text, at: text };
    const shown = nameText(text);
    const open = { ...unknownValue({ reason: "other", note: shown }), place: at };
    const said = endpoint({
      address: text,
      kind: text,
      names: [known(text), open],
      certificates: [
        use({
          certificate: { address: text, names: [known(text)], key: { ...open }, transparency: open, renewal: open },
          region: known({ actual: text, required: `${text}2` }),
        }),
      ],
      httpVersions: known([text]),
      minimumTls: known(text as "TLS 1.2"),
      routes: [route({ path: shown }), route({ path: nameText(`${text}2`), plainHttp: open })],
      upstreams: [
        upstream({ name: shown, routes: [shown] }),
        upstream({ name: nameText(`${text}2`), endpoint: `${text}3` }),
      ],
    });
    const one = finding({
      policy: text,
      address: text,
      at: text,
      message: text,
      fix: text,
      remedy: { address: `${text}2`, attribute: text, value: { reference: text } },
      related: [`${text}2`],
      waiver: { reason: text, owner: text, expires: text, ticket: text, writtenIn: text },
      baseline: "known",
      source: { file: text, line: 1, column: 1, constructPath: text },
    });
    const findings = [one, { ...one, outcome: "pass", change: "fixed" } as const, { ...one, address: `${text}4` }];
    return planWith(findings, {
      path: text,
      terraformVersion: text,
      chains: [[text, `${text}2`]],
      inventory: { before: [{ ...said, minimumTls: known("TLS 1.0") }], after: [said] },
    });
  };

  /** Tags with the names of their attributes. */
  const skeleton = (page: string): string[] =>
    [...page.matchAll(/<(\/?[a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
      ([, tag, attributes = ""]) =>
        `${tag} ${[...attributes.matchAll(/([a-z-]+)(?:="[^"]*")?/gi)].map(([, name]) => name)}`,
    );

  test("whatever its names are, the page has the same elements", () => {
    const [hostile, tame] = [pageOf(everything(bad)), pageOf(everything("tame"))];
    expect(skeleton(hostile)).toEqual(skeleton(tame));
    expect(skeleton(tame).length).toBeGreaterThan(200);
    // Nothing but tags has an angle bracket.
    expect(hostile.match(/</g)?.length).toBe(tame.match(/</g)?.length);
    expect(controlsIn(hostile)).toEqual([]);
    expect(hostile.match(/<script/g)).toHaveLength(1);
  });

  test("the same without a picture", () => {
    const [hostile, tame] = [bad, "tame"].map((text) => pageOf({ ...everything(text), inventory: undefined }));
    expect(skeleton(hostile ?? "")).toEqual(skeleton(tame ?? ""));
  });

  test("nor is an object that looks like it", () => {
    expect(htmlOf({ markup: "<b>" } as unknown as string[])).not.toContain("<b>");
  });

  test("of hostile-names, each control character is spelled out", () => {
    expect(controlsIn(pageOf("hostile-names"))).toEqual([]);
  });
});

describe("a sensitive value", () => {
  test("is marked, never told", () => {
    const secret = "secret.example.com";
    const said = endpoint({
      names: [sensitive(secret)],
      minimumTls: sensitive("TLS 1.1"),
      routes: [
        route({
          plainHttp: sensitive("served"),
          hsts: { maxAge: sensitive(4321), includeSubDomains: sensitive(true), preload: sensitive(true) },
        }),
      ],
      certificates: [use({ region: sensitive({ actual: "secret-region", required: "us-east-1" }) })],
      upstreams: [upstream({ protocol: sensitive("http"), minimumTls: sensitive("SSLv3") })],
      httpVersions: sensitive(["HTTP/0.9"]),
      certificate: sensitive("missing"),
    });
    const page = pageOf(
      drawn([said], {}, [{ ...said, names: [sensitive("other.example.com")], minimumTls: sensitive("TLS 1.0") }]),
    );
    for (const value of [
      secret,
      "other.example.com",
      "TLS 1.1",
      "TLS 1.0",
      "4321",
      "secret-region",
      "SSLv3",
      "HTTP/0.9",
      "plain text",
      "missing",
    ])
      expect(textOf(page)).not.toContain(value);
    expect(page).toContain("sensitive, not shown");
    // Only what is told counts as changed.
    expect(page).toContain("unchanged");
  });

  test("of secret-everywhere is nowhere", () => {
    const page = pageOf("secret-everywhere", "aws-sensitive-values", "awkward-sensitive");
    for (const secret of ["secret-launch", "hidden-preview", "hidden-origin", "98765", "99999999-8888"])
      expect(page).not.toContain(secret);
  });
});

describe("a picture", () => {
  test("tells of each hop its protocol, TLS, certificate and HSTS", () => {
    const page = pageOf("secure-website");
    expect(facts(page)).toEqual([
      "Plain HTTP Passes: redirected to HTTPS",
      "Minimum TLS Passes: TLS 1.2",
      expect.stringMatching(
        /^Certificate Passes: its owner's aws_acm_certificate.site example.com, \*.example.com Passes: RSA 2048/,
      ),
      "HSTS Passes: 2 years subdomains too no preload",
      "Ciphers Passes: forward secrecy Passes: AEAD only",
      "HTTP Passes: HTTP/1.1, HTTP/2, HTTP/3",
      "Clients Passes: told apart by SNI",
      "Protocol Passes: the viewer's protocol",
      "Minimum TLS the provider decides",
      "Certificate the provider decides",
    ]);
    expect(page.match(/class="wire"/g)).toHaveLength(2);
    expect(page).not.toMatch(/class="(hop|fact|part) is-(fail|unknown|advice)/);
  });

  test("marks what fails by itself, though one attribute decides several facts", () => {
    const page = pageOf("insecure-website");
    expect(signed(page, "fail")).toEqual([
      "Fails: a.b.example.com",
      "Fails: answered in plain text",
      "Fails: TLS 1.0",
      "Fails: in eu-west-1, needed in us-east-1",
      "Fails: no header",
      "Fails: no forward secrecy",
      "Fails: plain HTTP",
    ]);
    expect(signed(page, "advice")).toEqual(["Advice: CBC or older suites"]);
    expect(facts(page)).toContain("Plain HTTP on /downloads/* Fails: answered in plain text");
  });

  test("shows today beside what will be, and what is new in it", () => {
    const page = pageOf("aws-update-good-to-bad");
    const [, today = "", planned = ""] = page.split('<section class="moment">');
    expect(textOf(today)).toContain("Today Viewer");
    expect(facts(today)).toContain("Minimum TLS Passes: TLS 1.2");
    expect(signed(today, "fail")).toEqual([]);
    expect(facts(planned)).toContain("Minimum TLS Fails: TLS 1.0 changed");
    expect(facts(planned)).toContain("HTTP Passes: HTTP/1.1, HTTP/2");
    expect(signed(planned, "fail")).toContain("Fails: answered in plain text");
  });

  test("marks what failed and is mended in today's alone", () => {
    const [, today = "", planned = ""] = pageOf("aws-update-bad-to-good").split('<section class="moment">');
    expect(signed(today, "fail").length).toBeGreaterThan(2);
    expect(signed(planned, "fail")).toEqual([]);
  });

  test.each([
    ["new", [], [endpoint()], "After the apply new"],
    ["removed", [endpoint()], [], "Today removed by this plan"],
    ["the same", [endpoint()], [endpoint()], "Today and after the apply unchanged"],
  ])("says that an endpoint is %s", (_, before, after, title) => {
    const page = pageOf(drawn(after, {}, before));
    expect(textOf(page)).toContain(title);
    expect(page.match(/class="moment"/g)).toHaveLength(1);
  });

  test("of a state or a configuration compares nothing", () => {
    expect(textOf(pageOf(drawn([endpoint()], { kind: "state" })))).toContain("As it is Viewer");
    expect(textOf(pageOf(drawn([endpoint()], { kind: "configuration" })))).toContain("As it would be Viewer");
  });

  test("goes on through the endpoints behind an endpoint", () => {
    const page = pageOf("multi-aws-cloudflare");
    // The bucket is no endpoint: what is found of it is on a card without a picture.
    expect(page.match(/<article class="card"/g)).toHaveLength(2);
    expect(page.match(/<ol class="way/g)).toHaveLength(1);
    expect(page.match(/class="wire"/g)).toHaveLength(3);
    const nodes = [...page.matchAll(/<li class="node.*?<\/li>/gs)].map(([one]) => textOf(one).trim());
    expect(nodes.filter((node) => !node.startsWith("shop"))).toEqual([
      expect.stringContaining("Viewer"),
      "Cloudflare zone cloudflare_zone_setting.https",
      "CloudFront distribution aws_cloudfront_distribution.d",
      "Origin s3",
    ]);
    expect(textOf(page)).toContain("protocol unknown");
  });

  test("of endpoints that stand behind each other in a circle ends, and is there", () => {
    const [a, b] = ["a", "b"].map((name) =>
      endpoint({ address: `test.${name}`, upstreams: [upstream({ endpoint: name === "a" ? "test.b" : "test.a" })] }),
    );
    const page = pageOf(drawn([a, b] as Endpoint[]));
    expect(page.match(/<article class="card"/g)).toHaveLength(1);
    expect(textOf(page)).toContain("test.b");
    expect(pageOf(drawn([endpoint({ upstreams: [upstream({ endpoint: "test_endpoint.sample" })] })]))).toContain(
      "data-card",
    );
  });

  test("of each listener at one address stands in one card", () => {
    const page = pageOf("aws-classic-load-balancer");
    const addresses = [...page.matchAll(/<article class="card"/g)];
    expect(addresses).toHaveLength(2);
    expect(page.match(/<ol class="way/g)).toHaveLength(4);
  });

  test("says what the plan does not tell once for each cause", () => {
    const page = pageOf(drawn([endpoint({ minimumTls: unknown, forwardSecrecy: unknown, aeadOnly: unknown })]));
    expect(facts(page)).toContain("Minimum TLS Unknown: unknown: known after apply, from test_source.other");
    expect(facts(page)).toContain(
      "Ciphers Unknown: forward secrecy, cipher suites unknown: known after apply, from test_source.other",
    );
  });

  test("of plain HTTP alone promises no TLS", () => {
    const {
      minimumTls: _,
      certificate: __,
      ...plain
    } = endpoint({ certificates: [], routes: [{ path: nameText("*"), plainHttp: known("served") }] });
    const page = pageOf(drawn([plain]));
    expect(facts(page)).toContain("Minimum TLS none: plain HTTP alone");
    expect(textOf(page)).toContain("From Viewer: plain HTTP");
  });

  test("of a policy of the user's own marks what stands where its finding does", () => {
    const at = { address: "test_endpoint.sample", at: "attribute" };
    const own = finding({ ...at, policy: "own-policy" });
    expect(signed(pageOf(drawn([endpoint()], { findings: [own] })), "fail")).toContain("Fails: TLS 1.2");
    const floor = finding({ ...at, policy: "minimum-tls-1-2" });
    expect(signed(pageOf(drawn([endpoint()], { findings: [floor] })), "fail")).toEqual(["Fails: TLS 1.2"]);
  });

  test("knows what each policy is about", () => {
    expect(Object.keys(topicsOf).sort()).toEqual(policies.map(({ id }) => id).sort());
  });
});

describe("a finding", () => {
  const waiver = {
    reason: "old clients",
    owner: "shop team",
    expires: "2027-03-31",
    ticket: "SHOP-1",
    writtenIn: "w.yaml",
  };

  test("that is waived says why, by whom and how long", () => {
    const page = pageOf(planWith([finding({ waiver, refuses: false })]));
    expect(textOf(page)).toContain("Waived until 2027-03-31 by shop team: old clients (SHOP-1); written in w.yaml");
    expect(page).toContain('data-outcome="fail waived"');
    expect(textOf(page)).toContain("1 waived");
  });

  test("that is known to the baseline says so", () => {
    const page = pageOf(planWith([finding({ baseline: "known", refuses: false })]));
    expect(textOf(page)).toContain("introduced known to the baseline");
    expect(page).toContain('data-change="introduced known"');
  });

  test("names its line, what to set, and whether it refuses", () => {
    const source = { file: "main.ts", line: 30, column: 7, constructPath: "site/cdn" };
    const remedy = { address: "test_endpoint.sample", attribute: "tls[0].floor", value: "TLS 1.2" };
    const text = textOf(pageOf(planWith([finding({ source, remedy })])));
    expect(text).toContain("main.ts:30:7 ( site/cdn )");
    expect(text).toContain('Set floor = "TLS 1.2"');
    expect(text).toContain("high, refuses");
    expect(text).toContain("1 finding keeps this from being applied.");
  });

  test("about a waiver needs no policy", () => {
    const page = pageOf(planWith([finding({ policy: "waiver-unused", address: "w.yaml", at: "" })]));
    expect(textOf(page)).toContain("About a waiver or an assumption, not about an endpoint.");
  });

  test("of what refuses comes first", () => {
    const page = pageOf(
      planWith([
        finding({ address: "test.a", refuses: false, enforcement: "advisory" }),
        finding({ address: "test.b", outcome: "pass", refuses: false }),
        finding({ address: "test.c", outcome: "unknown", refuses: false }),
        finding({ address: "test.d" }),
      ]),
    );
    const order = [...page.matchAll(/<h3><code>(test\.\w)/g)].map(([, address]) => address);
    expect(order).toEqual(["test.d", "test.c", "test.a", "test.b"]);
  });
});

describe("several plans", () => {
  const page = pageOf("insecure-website", "secure-website", unjudged("broken.json"), "awkward-target");

  test("are listed with their verdicts, and each has its section", () => {
    const text = textOf(page);
    expect(text).toContain("Could not be judged: broken.json");
    expect(text).toContain("Refused: insecure-website/plan.json");
    expect(page.match(/<section class="plan"/g)).toHaveLength(4);
    expect(text).toContain("broken.json could not be judged");
  });

  test("say which is partial", () => {
    expect(page.match(/Partial plan\./g)).toHaveLength(1);
    expect(textOf(page)).toContain("Could not be judged (partial plan)");
  });
});

test("a plan without endpoints says so", () => {
  expect(textOf(pageOf("aws-empty-plan"))).toContain("no endpoints to judge");
});

test("endpoints behind endpoints are told in words where there is no picture", () => {
  expect(textOf(pageOf(planReport("multi-aws-cloudflare")))).toContain(
    "viewer → cloudflare_zone_setting.https → aws_cloudfront_distribution.d",
  );
});
