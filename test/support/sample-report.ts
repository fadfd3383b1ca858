// A report that holds each kind of finding, and names that pretend to be something else: for the reporters' tests.

import type { Finding } from "../../src/findings/finding.ts";
import { unjudged } from "../../src/report/report.ts";
import { finding, planWith, reportOn } from "./report.ts";

const waiver = {
  reason: "An old client, until its contract ends",
  owner: "platform-team",
  expires: "2027-03-31",
  ticket: "OPS-7",
  writtenIn: "tlsgate.waivers.yaml (waiver 1)",
};

const source = (line: number) => ({ file: "edge/main.tf", line, column: 3 });

const remedy = (address: string) => ({ address, attribute: "tls[0].floor", value: "TLS 1.2" });

/** One of each kind, and two instances that have the same fault. */
export const eachKind: readonly Finding[] = [
  finding({ address: 'test_endpoint.site["a"]', source: source(12), remedy: remedy('test_endpoint.site["a"]') }),
  finding({ address: 'test_endpoint.site["b"]', source: source(12), remedy: remedy('test_endpoint.site["b"]') }),
  finding({ policy: "https-only", severity: "critical", message: "answers plain HTTP on *", source: source(30) }),
  finding({ policy: "modern-http", severity: "low", outcome: "pass", change: "fixed", message: "Offer HTTP/2" }),
  finding({ policy: "forward-secrecy", change: "existing", message: "offers RSA key exchange", refuses: false }),
  finding({ policy: "hsts-enabled", outcome: "unknown", message: "the policy is defined outside this plan" }),
  finding({ policy: "sni-only", severity: "medium", message: "takes dedicated addresses", waiver, refuses: false }),
  finding({
    policy: "strong-ciphers",
    message: "offers CBC suites",
    baseline: "known",
    refuses: false,
    source: source(40),
  }),
  finding({
    policy: "waiver-unused",
    severity: "low",
    enforcement: "advisory",
    address: "test_endpoint.gone",
    at: "",
    change: "none",
    message: "a waiver accepts nothing of this plan",
    fix: "Remove it.",
    refuses: false,
  }),
  finding({
    policy: "certificate-present",
    outcome: "pass",
    change: "none",
    message: "Have a certificate",
    refuses: false,
  }),
].map((one) => (one.outcome === "pass" ? { ...one, refuses: false, fix: null } : one));

export const sample = reportOn(
  planWith(eachKind, { path: "edge/plan.json", chains: [["test_zone.edge", "test_endpoint.sample"]] }),
  planWith([finding({ outcome: "pass", refuses: false })], { path: "shop/plan.json", complete: false }),
  unjudged("broken.json"),
);

export const passing = reportOn(planWith(eachKind.map((one) => ({ ...one, refuses: false }))));

/** What a name may hold that is a command, an escape or markup to whoever reads a report. */
export const hostileTexts: readonly string[] = [
  "\n::error::owned",
  "::stop-commands::x",
  "%0A::warning::owned%0D%25",
  "\r\n##vso[task.complete result=Succeeded;]owned",
  "##[add-mask]owned ]; a=b;",
  "\u001b[31mred\u0007\u009b2J",
  "\u202erefused\u2066\u061c\u2028",
  "`code` ``two`` *bold* _em_ __x__ ~~gone~~ \\| a|b ||",
  "[link](https://evil.example) ![i](https://evil.example/i.png) <https://evil.example> https://evil.example www.evil.example",
  "@octocat @org/team a@evil.example #12 org/repo#12 GH-12 !12 $12 %12 ~label &12 :tada:",
  "<img src=x onerror=alert(1)><!-- tlsgate --> --> </details></code> &amp; &lt;b&gt; &#64;octocat",
  "<![CDATA[x]]> ]]> \u0000 \u000b \ufffe",
  "=cmd|'/c calc'!A1 +1 -1 @sum",
  "| --- | --- |\n| x | y |\n\n# heading\n- item",
  "$$x$$ $y$ failover FAIL 1 failure \\fail",
  "half \ud800 a character \udc00il",
];

/** Each text in each place that a plan, a source or a waiver can fill. */
export const hostileFindings: readonly Finding[] = hostileTexts.flatMap((text) =>
  (["fail", "unknown"] as const).flatMap((outcome) => {
    const one = finding({
      policy: text,
      outcome,
      address: `test_endpoint.x[${JSON.stringify(text)}]${text}`,
      at: `tls[${text}]`,
      message: text,
      fix: text,
      source: { file: `${text}.tf`, line: 3, column: 1, constructPath: text },
      remedy: outcome === "fail" ? { address: text, attribute: text, value: text } : null,
    });
    const accepted = { reason: text, owner: text, expires: text, ticket: text, writtenIn: text };
    return [one, { ...one, refuses: false }, { ...one, refuses: false, waiver: accepted }];
  }),
);

export const hostile = reportOn(
  ...hostileTexts.map((text) =>
    planWith([], { path: text, complete: false, terraformVersion: text, chains: [[text, text]] }),
  ),
  planWith(hostileFindings, { path: hostileTexts.join("") }),
  ...hostileTexts.map(unjudged),
);
