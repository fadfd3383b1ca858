// The report to look at: one HTML file with a picture of each endpoint, today and after the apply; it loads nothing.

import type { Policy } from "../policy.ts";
import { cards } from "./html/card.ts";
import { filters } from "./html/filters.ts";
import { count, type Numbered } from "./html/findings.ts";
import { icons } from "./html/icons.ts";
import { type Content, hashSource, htmlOf, type Markup, markup, trusted } from "./html/markup.ts";
import { script } from "./html/script.ts";
import { style } from "./html/style.ts";
import { notJudgedNotices, refusalReason } from "./not-judged.ts";
import { leftOutText, notJudgedOf, type PlanReport, type Report, type Reporter } from "./report.ts";

export interface HtmlOptions {
  /** Told of at the end, each that judged something. */
  readonly policies: readonly Policy[];
}

export const html =
  ({ policies }: HtmlOptions): Reporter =>
  (report) => {
    const { tool, verdict, plans } = report;
    let number = 0;
    const numbered = plans.map((plan) => plan.findings.map((finding): Numbered => ({ number: number++, finding })));
    const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${told[verdict].title}: HTTPS of ${plans.length === 1 ? plans[0]?.path : count(plans.length, "plan")}</title>
<style>${trusted(style)}</style>
</head>
<body>
${icons}
<a class="skip" href="#report">To the report</a>
${banner(report)}
${filters(numbered.flat())}
<main id="report" tabindex="-1">
${plans.map((plan, index) => planSection(plan, index, numbered[index] ?? []))}
<p id="nothing" class="quiet" hidden>Nothing matches these filters.</p>
${glossary(policies, numbered.flat())}
</main>
<footer><p>Made by ${tool.name} ${tool.version} from what Terraform plans. It loads nothing and sends nothing.</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
    return htmlOf(page);
  };

/** Nothing but this style and this script; `frame-ancestors` means nothing in a meta element (CSP level 3, 3.3). */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashSource(style)}`,
  `script-src ${hashSource(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const told = {
  pass: { title: "Passes", mark: "pass", icon: "passed" },
  refused: { title: "Refused", mark: "fail", icon: "fail" },
  error: { title: "Could not be judged", mark: "unknown", icon: "unknown" },
} as const;

function banner({ verdict, summary, plans }: Report): Markup {
  const {
    endpoints,
    refusing,
    fail,
    unknown,
    pass,
    introduced,
    existing,
    fixed,
    waived,
    new: fresh,
    known,
    gone,
    notJudged,
  } = summary;
  const { title, mark, icon } = told[verdict];
  const isPartial = plans.some((plan) => !plan.complete && plan.verdict !== "error");
  const reasons = {
    pass:
      unknown + fail - waived > 0
        ? "Nothing keeps this from being applied, though not all is well."
        : "Nothing keeps this from being applied.",
    refused: blockingReason(refusing, notJudgedOf({ plans }).filter((one) => one.refuses).length),
    error: "At least one input could not be read, so there is no verdict.",
  };
  const numbers: readonly (readonly [number: number, label: string, mark: string])[] = [
    [endpoints, endpoints === 1 ? "endpoint" : "endpoints", "plain"],
    [fail, "failing", "fail"],
    [unknown, "unknown", "unknown"],
    [pass, "passing", "pass"],
    [introduced, "introduced", "starts"],
    [existing, "existing", "plain"],
    [fixed, "fixed", "plain"],
  ];
  const sometimes: typeof numbers = [
    [waived, "waived", "waived"],
    [fresh, "new to the baseline", "plain"],
    [known, "known to the baseline", "plain"],
    [gone ?? 0, "gone from the baseline", "plain"],
    [notJudged, "not judged", "plain"],
  ];
  const shown = [...numbers, ...sometimes.filter(([number]) => number > 0)];
  return markup`<header class="banner is-${mark}">
<div class="verdict"><svg class="sign" aria-hidden="true"><use href="#i-${icon}"/></svg><div><h1>${title}${isPartial && " (partial plan)"}</h1><p>${reasons[verdict]}${summary.leftOut && ` ${leftOutText(summary)}.`}</p></div></div>
<ul class="numbers">${shown.map(([number, label, kind]) => markup`<li class="${kind === "starts" ? "starts" : number > 0 && `is-${kind}`}"><b>${number}</b> ${label}</li>`)}</ul>
${proportions(summary)}${plans.length > 1 && contents(plans)}
</header>`;
}

/** "2 findings and 1 resource that is not judged keep this from being applied." */
function blockingReason(findings: number, notJudged: number): string {
  const total = findings + notJudged;
  return `${refusalReason(findings, notJudged)} ${total === 1 ? "keeps" : "keep"} this from being applied.`;
}

/** All checks as one bar. */
function proportions({ checks, fail, unknown, pass }: Report["summary"]): Content {
  if (checks === 0) return "";
  const parts = [
    ["fail", fail],
    ["unknown", unknown],
    ["pass", pass],
  ] as const;
  let from = 0;
  const bars = parts.map(([kind, many]) => {
    const width = (many / checks) * 1000;
    const bar = markup`<rect class="bar-${kind}" x="${from.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"/>`;
    from += width;
    return many > 0 && bar;
  });
  return markup`<svg class="proportions" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="Of ${count(checks, "check")}, ${fail} failing, ${unknown} unknown, ${pass} passing">${bars}</svg>\n`;
}

const contents = (plans: readonly PlanReport[]): Markup =>
  markup`<nav aria-label="Plans"><ul>${plans.map(
    ({ path, verdict }, index) =>
      markup`<li><a href="#plan-${index}"><svg class="sign is-${told[verdict].mark}" aria-hidden="true"><use href="#i-${told[verdict].mark}"/></svg><span class="unseen">${told[verdict].title}: </span>${path}</a></li>`,
  )}</ul></nav>`;

function planSection(plan: PlanReport, index: number, findings: readonly Numbered[]): Markup {
  const { path, kind, terraformVersion, complete, verdict, endpoints } = plan;
  const isError = verdict === "error";
  const facts = isError
    ? ["could not be judged"]
    : [
        told[verdict].title.toLowerCase(),
        kind === "configuration" && "configuration without its plan: early feedback",
        kind === "state" && "a state",
        terraformVersion !== null && `Terraform ${terraformVersion}`,
        kind === "waivers" && "what is to be said of waivers",
        kind !== "waivers" && (endpoints === 0 ? "no endpoints to judge" : count(endpoints, "endpoint")),
      ];
  const partial =
    !isError &&
    !complete &&
    markup`<p class="partial"><b>Partial plan.</b> It leaves out changes (-target, -exclude, or deferred ones), and the verdict leaves them out too.</p>\n`;
  return markup`<section class="plan" data-plan aria-labelledby="plan-${index}">
<h2 id="plan-${index}" tabindex="-1"><code>${path}</code></h2>
<p class="quiet">${facts.filter(Boolean).join(" · ")}</p>
${partial}${notJudgedLines(plan)}${ways(plan)}${cards(plan, findings)}</section>\n`;
}

/** Resources that have no card, because nothing is known of them. */
const notJudgedLines = ({ notJudged }: PlanReport): Content =>
  notJudgedNotices(notJudged).map(
    ({ heading, kinds, more }) =>
      markup`<p class="partial"><b>${heading}:</b> ${kinds.map(({ what, addresses }, index) => [index > 0 && "; ", what, addresses.map((address, place) => [place > 0 && ",", " ", markup`<code>${address}</code>`])])}${more > 0 && `; and ${more} more`}</p>\n`,
  );

/** Endpoints behind endpoints in words, where there is no picture of them. */
const ways = ({ chains, inventory }: PlanReport): Content =>
  chains.length > 0 &&
  !inventory &&
  markup`<ul class="ways">${chains.map((chain) => markup`<li>viewer${chain.map((address) => markup` → <code>${address}</code>`)}</li>`)}</ul>\n`;

/** Why each policy is there. Findings about waivers belong to none. */
function glossary(policies: readonly Policy[], findings: readonly Numbered[]): Content {
  const ids = [...new Set(findings.map(({ finding }) => finding.policy))].sort();
  if (ids.length === 0) return "";
  return markup`<section class="policies" aria-labelledby="policies">
<h2 id="policies">Policies of this report</h2>
<div class="terms">${ids.map((id) =>
    term(
      id,
      policies.find((policy) => policy.id === id),
    ),
  )}</div>
</section>`;
}

function term(id: string, policy: Policy | undefined): Markup {
  const head = markup`<summary><code>${id}</code>${policy && markup` <span class="quiet">${policy.requires}</span>`}</summary>`;
  const body = policy
    ? markup`<p>${policy.why}</p><p><b>Fix:</b> ${policy.fix}</p>${controls(policy)}${references(policy)}`
    : markup`<p>${/^(waiver|assumption)(-|$)/.test(id) ? "About a waiver or an assumption, not about an endpoint." : "Not described here."}</p>`;
  return markup`<details class="term" id="policy-${id}">${head}<div>${body}</div></details>\n`;
}

const controls = ({ controls: all }: Policy): Content =>
  Object.entries(all).length > 0 &&
  markup`<p class="quiet">${Object.entries(all)
    .map(([framework, ids]) => `${framework}: ${ids.join(", ")}`)
    .join(" · ")}</p>`;

const references = ({ references: all }: Policy): Content =>
  all.length > 0 &&
  markup`<ul class="references">${all.map((page) => markup`<li>${isPage(page) ? markup`<a href="${page}" rel="noreferrer">${page.replace(/^https:\/\//, "")}</a>` : page}</li>`)}</ul>`;

const isPage = (text: string): boolean => /^https:\/\/[^\s]+$/.test(text);
