// The form that narrows a report down; it is shown where its script runs, and everything is there without it.

import { changesOf, count, type Numbered } from "./findings.ts";
import { type Content, type Markup, markup } from "./markup.ts";

type Option = readonly [value: string, label: string];

const outcomes: readonly Option[] = [
  ["refuses", "Refuses the plan"],
  ["fail", "Fails"],
  ["unknown", "Unknown"],
  ["pass", "Passes"],
  ["waived", "Waived"],
];

const changes: readonly Option[] = [
  ["introduced", "Introduced"],
  ["existing", "Existing"],
  ["fixed", "Fixed"],
  ["none", "None"],
  ["new", "New to the baseline"],
  ["known", "Known to the baseline"],
];

export function filters(findings: readonly Numbered[]): Content {
  if (findings.length === 0) return "";
  const policies = [...new Set(findings.map(({ finding }) => finding.policy))].sort();
  const outcomesOf = ({ finding }: Numbered) => [
    finding.outcome,
    ...(finding.refuses ? ["refuses"] : []),
    ...(finding.waiver ? ["waived"] : []),
  ];
  return markup`<form class="filters" role="search" aria-label="Filter the findings" hidden>
${select("outcome", "Outcome", outcomes, findings, outcomesOf)}
${select(
  "policy",
  "Policy",
  policies.map((id) => [id, id]),
  findings,
  ({ finding }) => [finding.policy],
)}
${select("change", "Change", changes, findings, ({ finding }) => changesOf(finding))}
<p class="field is-text"><label for="filter-text">Text</label><input id="filter-text" name="text" type="search" placeholder="address, message, file" autocomplete="off" spellcheck="false"></p>
<p class="field"><button type="reset">Show all</button></p>
<p class="status" role="status">${count(findings.length, "check")}</p>
</form>\n`;
}

/** Only what there is, and how often. */
function select(
  name: string,
  label: string,
  options: readonly Option[],
  findings: readonly Numbered[],
  valuesOf: (one: Numbered) => readonly string[],
): Markup {
  const many = (value: string) => findings.filter((one) => valuesOf(one).includes(value)).length;
  const shown = options.filter(([value]) => many(value) > 0);
  return markup`<p class="field"><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}"><option value="">All</option>${shown.map(
    ([value, text]) => markup`<option value="${value}">${text} (${many(value)})</option>`,
  )}</select></p>`;
}
