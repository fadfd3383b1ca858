// The style of the report: light, dark, narrow and on paper. No rule knows a colour but by its name.

/** The colours of all pages that this project writes, by day. */
export const light = `
  --page: #f5f6f8; --card: #ffffff; --text: #1a1f26; --soft: #57606c; --line: #dde1e6; --faint: #f0f2f5;
  --accent: #1f5bb8; --red: #b3201b; --red-soft: #fdeeed; --grey: #5c6570; --grey-soft: #eceff2;
  --green: #1b6e35; --amber: #845200; --amber-soft: #fdf4e3; --shade: 0 1px 2px rgb(20 30 45 / 6%);`;

/** The same by night. */
export const dark = `
  --page: #0e1116; --card: #161b22; --text: #e4e8ed; --soft: #9ba6b3; --line: #2b333d; --faint: #1d232b;
  --accent: #86b6ff; --red: #ff8b84; --red-soft: #371a1a; --grey: #a3adb8; --grey-soft: #242b34;
  --green: #72cc8d; --amber: #e5b25d; --amber-soft: #30260f; --shade: none;`;

/** A way from left to right; what is said of a hop stands below its wire. */
const across = (way: string): string => `
  .way${way} { display: flex; align-items: flex-start; }
  ${way} > .node { display: block; flex: 0 1 9.5rem; min-width: 6.5rem; text-align: center; padding-inline: .2rem; }
  ${way} > .node > .dot { margin: 0 auto .35rem; }
  ${way} > .hop { flex: 1 1 13rem; min-width: 10.5rem; padding: 0; }
  ${way} > .node:first-child + .hop { flex: 1.5 1 17rem; }
  ${way} > .hop::before { left: .2rem; right: .5rem; top: calc(var(--rail) / 2 - 1px); bottom: auto; border-left: 0; border-top: 2px solid var(--wire); }
  ${way} > .hop.is-fail::before { border-top-style: dashed; }
  ${way} > .hop.is-unknown::before { border-top-style: dotted; }
  ${way} > .hop::after { left: auto; right: .1rem; top: calc(var(--rail) / 2 - 5px); bottom: auto; border: 5px solid transparent; border-left: 7px solid var(--wire); border-right: 0; }
  ${way} > .hop > .wire { height: var(--rail); display: grid; place-items: center; padding-inline: 1rem; }
  ${way} > .hop .label { position: relative; background: var(--card); padding-inline: .5rem; text-align: center; }
  ${way} > .hop > .said { margin: .2rem .9rem 0; }
  ${way} > .branches { flex: 1.3 1 23rem; padding: 0; }
  ${way} > .branches > ul > li { border: 0; padding: 0; }
  ${way} > .branches > ul > li + li { margin-top: 1rem; padding-top: 1rem; border-top: 1px dashed var(--line); }
  ${way} .names li { display: block; }
`;

export const style = `
:root { color-scheme: light dark; ${light}
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) { :root { ${dark} } }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 5rem; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
h1, h2, h3, h4, p, ul, ol, dl, dd { margin: 0; }
ul, ol { padding: 0; list-style: none; }
code { font: .92em/1.45 var(--mono); overflow-wrap: anywhere; unicode-bidi: isolate; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus, h2:focus { outline: none; }
svg { width: 1em; height: 1em; flex: none; }
.icons { position: absolute; width: 0; height: 0; }
.cut { fill: none; stroke: var(--card); stroke-width: 1.8; stroke-linecap: round; }
.sign { vertical-align: -.12em; margin-right: .35em; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; z-index: 2; }
.quiet { color: var(--soft); }
.is-fail { color: var(--red); } .is-unknown { color: var(--grey); } .is-advice, .is-waived { color: var(--amber); }

.banner, .filters, main, footer { max-width: 82rem; margin-inline: auto; padding-inline: 1.5rem; }
.banner { padding-block: 2rem 1.25rem; color: inherit; }
.verdict { display: flex; gap: .9rem; align-items: center; }
.verdict > svg { width: 2.6rem; height: 2.6rem; margin: 0; }
.verdict h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em; }
.verdict p { color: var(--soft); }
.banner.is-fail .verdict > svg { color: var(--red); } .banner.is-pass .verdict > svg { color: var(--green); }
.banner .cut { stroke: var(--page); }
.numbers { display: flex; flex-wrap: wrap; gap: .25rem 1.6rem; margin-top: 1.1rem; }
.numbers li { color: var(--soft); }
.numbers .starts { border-left: 1px solid var(--line); padding-left: 1.6rem; }
.numbers b { color: var(--text); font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.numbers .is-fail b { color: var(--red); } .numbers .is-pass b { color: var(--green); } .numbers .is-waived b { color: var(--amber); }
.proportions { display: block; width: 100%; height: 6px; margin-top: .7rem; border-radius: 3px; background: var(--line); overflow: hidden; }
.bar-fail { fill: var(--red); } .bar-unknown { fill: var(--grey); } .bar-pass { fill: var(--green); }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin-top: 1rem; }
nav a { overflow-wrap: anywhere; }
nav .is-pass { color: var(--green); }

.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .6rem .8rem; align-items: end;
  padding-block: .7rem; background: var(--page); }
.field { display: grid; gap: .1rem; }
.field label { font-size: .8rem; color: var(--soft); }
.field.is-text { flex: 1 1 12rem; }
.filters input, .filters select, .filters button { font: inherit; color: inherit; background: var(--card); width: 100%;
  border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; min-height: 2.3rem; border-color: color-mix(in srgb, var(--soft) 60%, var(--line)); }
.filters select { max-width: 15rem; }
.filters input::placeholder { color: var(--soft); opacity: 1; }
.filters button { cursor: pointer; }
.status { color: var(--soft); padding-bottom: .45rem; min-width: 7.5rem; font-variant-numeric: tabular-nums; }

.plan { margin-top: 1rem; }
.plan > h2 { font-size: 1.1rem; }
.plan > h2 code { font-size: 1em; }
.partial { background: var(--amber-soft); border-left: 3px solid var(--amber); padding: .5rem .8rem; margin-top: .6rem; border-radius: 0 6px 6px 0; }
.ways { margin-top: .5rem; color: var(--soft); }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin-top: 1rem; box-shadow: var(--shade); overflow: clip; }
.card > header { display: flex; flex-wrap: wrap; gap: .3rem 1rem; justify-content: space-between; align-items: center;
  padding: .8rem 1.2rem; border-bottom: 1px solid var(--line); }
.card h3 { font-size: 1rem; font-weight: 600; min-width: 0; }
.card h3 .kind { display: block; font-size: .8rem; font-weight: 400; color: var(--soft); }
.badges { display: flex; flex-wrap: wrap; gap: .35rem; }
.badge { display: inline-flex; align-items: center; white-space: nowrap; font-size: .85rem; font-weight: 600; padding: .1rem .55rem; border-radius: 99px;
  background: var(--faint); border: 1px solid transparent; }
.badge .sign { margin-right: .35em; }
.badge.is-fail { background: var(--red-soft); } .badge.is-unknown { background: var(--grey-soft); }
.badge.is-advice, .badge.is-waived { background: var(--amber-soft); } .badge.is-pass { color: var(--green); background: none; padding-inline: 0; }
.badge .cut { stroke: var(--red-soft); }

.moments { display: grid; grid-template-columns: 1fr 1fr; }
.moments > * + * { border-left: 1px solid var(--line); }
.moment { padding: .9rem 1.2rem 1.1rem; container-type: inline-size; }
.moment h4 { font-size: .85rem; font-weight: 600; color: var(--soft); margin-bottom: .8rem; }
.tag { font-weight: 400; color: var(--soft); border: 1px solid var(--line); border-radius: 99px; padding: 0 .5rem; margin-left: .3rem; }
.way + .way { margin-top: 1.2rem; padding-top: 1.2rem; border-top: 1px dashed var(--line); }

/* A way runs down where there is little room: a rail with a dot for each node. */
.way { --rail: 2.1rem; }
.hop { --wire: var(--green); }
.node { display: grid; grid-template-columns: var(--rail) 1fr; gap: .8rem; align-items: center; color: var(--text); }
.dot { display: grid; place-items: center; width: var(--rail); height: var(--rail); border-radius: 50%; border: 1.5px solid var(--line); background: var(--faint); color: var(--soft); }
.dot svg { width: 1.05rem; height: 1.05rem; }
.node.is-edge .dot { border-color: var(--accent); color: var(--accent); }
.about { min-width: 0; }
.node .kind { font-weight: 600; line-height: 1.3; }
.about code { display: block; font-size: .8rem; color: var(--soft); }
.names { font-size: .85rem; color: var(--soft); }
.names code { display: inline; color: inherit; }
.hop { position: relative; padding: .55rem 0 .75rem calc(var(--rail) + .8rem); color: var(--text); }
.hop::before { content: ""; position: absolute; left: calc(var(--rail) / 2 - 1px); top: 0; bottom: 0; border-left: 2px solid var(--wire); }
.hop::after { content: ""; position: absolute; left: calc(var(--rail) / 2 - 5px); bottom: 1px; border: 5px solid transparent; border-top: 7px solid var(--wire); border-bottom: 0; }
.hop.is-plain { --wire: var(--line); } .hop.is-unknown { --wire: var(--grey); } .hop.is-fail { --wire: var(--red); }
.hop.is-fail::before { border-left-style: dashed; } .hop.is-unknown::before { border-left-style: dotted; }
.wire .label { display: inline-flex; align-items: center; gap: .35rem; font-weight: 600; color: var(--wire); line-height: 1.35; }
.hop.is-plain .label { color: var(--soft); }
.wire .label svg { flex: none; }
.said .title { margin-top: .5rem; font-size: .8rem; color: var(--soft); font-weight: 600; }
.said > .paths { font-size: .85rem; }
.paths { color: var(--soft); font-weight: 400; }
.paths code { font-size: .85em; }
.fact { display: grid; grid-template-columns: 6.6rem 1fr; gap: 0 .6rem; padding: .18rem .5rem; margin-inline: -.5rem; border-radius: 5px; font-size: .88rem; color: var(--text); }
.said > div { container-type: inline-size; }
@container (max-width: 16rem) { .fact { grid-template-columns: 1fr; } .fact dt { font-size: .93em; } }
.fact.is-new { box-shadow: inset 3px 0 var(--accent); grid-template-columns: 6.6rem 1fr auto; }
.changed { font-size: .93em; color: var(--accent); }
.fact dt { color: var(--soft); }
.fact dt .paths { display: block; }
.fact.is-fail { background: var(--red-soft); } .fact.is-unknown { background: var(--grey-soft); }
.part { display: inline-block; margin-right: .8em; color: var(--text); overflow-wrap: anywhere; }
.part.is-fail { color: var(--red); font-weight: 600; } .part.is-advice, .part.is-waived { color: var(--amber); }
.part.is-unknown { color: var(--grey); }
.part.is-pass .sign { color: var(--green); }
.fact.is-fail .cut { stroke: var(--red-soft); }
.cause { font-style: italic; }
.branches { padding-left: calc(var(--rail) / 2 - 1px); }
.branches > ul > li { border-left: 2px solid var(--line); padding-left: 1rem; padding-block: .3rem; }
.branches > ul > li + li { padding-top: .8rem; }

/* It runs across where there is room. */
@container (min-width: 50rem) { ${across(".is-short")} }
@container (min-width: 46rem) {
  .is-long .said { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 2.5rem; }
  .is-long .said > div:only-child > dl { columns: 20rem; column-gap: 2.5rem; }
  .is-long .fact { break-inside: avoid; }
}

.found { border-top: 1px solid var(--line); padding: .4rem 1.2rem .8rem; }
.card > header + .found { border-top: 0; }
.found > .quiet { padding-top: .4rem; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th { text-align: left; font-size: .8rem; font-weight: 400; color: var(--soft); padding: .35rem .8rem .35rem 0; }
td { vertical-align: top; padding: .55rem .8rem .55rem 0; border-top: 1px solid var(--line); }
td.outcome { width: 9rem; } td.policy { width: 13rem; overflow-wrap: anywhere; } td.change { width: 7.5rem; padding-right: 0; }
.severity b { color: var(--red); font-weight: 600; }
.severity { display: block; font-size: .8rem; color: var(--soft); }
.message { overflow-wrap: anywhere; }
tr.refuses .message { font-weight: 600; }
.place, .waiver { font-size: .85rem; color: var(--soft); }
.advice { margin-top: .15rem; overflow-wrap: anywhere; }
.advice > span { color: var(--accent); font-weight: 700; }
.waiver { background: var(--amber-soft); color: var(--text); padding: .25rem .6rem; border-radius: 5px; margin-top: .3rem; }
details > summary { cursor: pointer; color: var(--accent); padding-block: .35rem; width: fit-content; }
.names details > summary, .about details > summary { padding: 0; font-size: .85rem; }

.policies { margin-top: 2.5rem; }
.policies h2 { font-size: 1.1rem; }
.terms { margin-top: .6rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .3rem 1.2rem; }
.term { font-size: .92rem; }
.term + .term { border-top: 1px solid var(--line); }
.term summary { color: inherit; width: auto; padding-block: .45rem; }
.term summary code { color: var(--accent); margin-right: .6rem; }
.term div { max-width: 52rem; padding: 0 0 .9rem 1.1rem; }
.term div > * + * { margin-top: .3rem; }
.plan > h2:target code { background: var(--amber-soft); }
.references a { overflow-wrap: anywhere; font-size: .85rem; }
#nothing { padding: 3rem 0; text-align: center; }
footer { padding-block: 2rem; color: var(--soft); font-size: .85rem; }

@media (max-width: 60rem) {
  td.outcome { width: 7.5rem; } td.policy { width: 9.5rem; } td.change { width: 6rem; }
  .moments { grid-template-columns: 1fr; }
  .moments > * + * { border-left: 0; border-top: 1px solid var(--line); }
}
@media print and (min-width: 44rem) {
  td.outcome { width: 7rem; } td.policy { width: 9rem; } td.change { width: 5.5rem; }
}
@media (max-width: 44rem) {
  .banner, .filters, main, footer { padding-inline: .9rem; }
  .banner { padding-top: 1.2rem; }
  .filters { position: static; }
  .field { flex: 1 1 45%; } .filters select { max-width: none; }
  .card > header, .moment, .found { padding-inline: .9rem; }
  table, tbody, tr, td, caption { display: block; }
  thead { display: none; }
  tr { border-top: 1px solid var(--line); padding-block: .6rem; display: grid; grid-template-columns: 1fr auto; gap: .15rem .8rem; }
  tbody tr:first-child { border-top: 0; }
  td, td.outcome, td.policy, td.change { border: 0; padding: 0; width: auto; }
  td.change { grid-row: 1; grid-column: 2; text-align: right; color: var(--soft); font-size: .85rem; }
  td.policy, td.what { grid-column: 1 / -1; }
}
@media print {
  :root { color-scheme: light; ${light} --page: #ffffff; --shade: none; }
  body { font-size: 10pt; }
  .filters, .skip, nav { display: none; }
  .banner, main, footer { max-width: none; padding-inline: 0; }
  .node, .hop, tr, .term { break-inside: avoid; }
  .card > header, h2, h3, h4 { break-after: avoid; }
  .card { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  details:not(.term)::details-content { content-visibility: visible; block-size: auto; }
}
@media (forced-colors: active) {
  .hop::before, .hop::after { forced-color-adjust: none; }
}
`;
