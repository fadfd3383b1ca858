// The page of a version: how to call it, what it takes and gives, its examples, and what the gate says of them.

import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { type Content, type Markup, markup, trusted } from "../../report/html/markup.ts";
import type { ModuleDocument } from "../module-document.ts";
import type { ModuleInput, ModuleInterface } from "../module-interface.ts";
import { type IndexedVersion, moduleIn, type RegistryIndex } from "../registry-index.ts";
import { verdictOf } from "./catalog.ts";
import { code, codeBlock, pageOf, table } from "./page.ts";

/** The name stands for the registry's host, which a file does not know. The script fills it in. */
const hostName = "HOST";

const script = `
(() => {
  if (location.protocol === "file:") return;
  const walker = document.createTreeWalker(document.getElementById("use"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    node.textContent = node.textContent.replaceAll("${hostName}", location.host);
  }
})();
`;

export function versionPage(document: ModuleDocument, index: RegistryIndex): string {
  const { address, version } = document;
  const versions = moduleIn(index, address)?.versions ?? [];
  const indexed = versions.find((one) => one.version === version);
  return pageOf({
    title: `${address} ${version}`,
    script,
    body: markup`<p><a href="../../../../../../index.html">All modules</a></p>
<h1>${address} ${version}</h1>
<p>${document.description}</p>
${indexed ? stateOf(indexed, versions) : null}
${useSection(document)}
${versionsSection(versions, version)}
${verdictSection(document)}
${interfaceSections(document.interface, 2)}
${document.submodules.map(
  ({
    name,
    interface: described,
  }) => markup`<details class="card"><summary>Submodule ${code(`//modules/${name}`)}</summary>${interfaceSections(described, 3)}</details>
`,
)}
<h2>Examples</h2>
${document.examples.map(
  ({ name, text }) => markup`<h3>${name}</h3>
${codeBlock(text, `examples/${name}/main.tf`)}
`,
)}
<h2>Readme</h2>
<div class="readme">${readme(document.readme)}</div>`,
  });
}

function stateOf(indexed: IndexedVersion, versions: readonly IndexedVersion[]): Content {
  const newest = versions.find((one) => !one.withdrawn);
  if (indexed.withdrawn) {
    const { reason, time } = indexed.withdrawn;
    const instead = newest ? markup` Use ${versionLink(newest.version)}.` : null;
    return markup`<p class="notice">Withdrawn on ${time.slice(0, 10)}: ${reason}${instead}</p>`;
  }
  const newer = newest && newest.version !== indexed.version ? newest : undefined;
  return markup`<p>${verdictOf(indexed)}${newer ? markup` · a newer version is ${versionLink(newer.version)}` : null}</p>`;
}

const versionLink = (version: string): Markup => markup`<a href="../${version}/index.html">${version}</a>`;

function useSection({ address, version, sha256, h1, interface: { inputs, providers } }: ModuleDocument): Markup {
  const name = address.split("/")[1] ?? "";
  const required = inputs.filter((one) => one.default === undefined);
  const width = Math.max(0, ...required.map((one) => one.name.length));
  const aliases = providers.flatMap((one) => one.aliases);
  const passed = aliases.map((alias) => `    ${alias} = ${alias}`);
  const block = [
    `module "${name.replace(/-/g, "_")}" {`,
    `  source  = "${hostName}/${address}"`,
    `  version = "~> ${version.split(".").slice(0, 2).join(".")}"`,
    ...(required.length > 0
      ? ["", ...required.map((one) => `  ${one.name.padEnd(width)} = … # ${one.type.split("\n")[0]}`)]
      : []),
    ...(passed.length > 0 ? ["", "  providers = {", ...passed, "  }"] : []),
    "}",
  ].join("\n");
  const pinned = `source = "https://${hostName}/v1/modules/${address}/${version}/module.tar.gz?checksum=sha256:${sha256}"`;
  return markup`<section id="use"><h2>Use</h2>
${codeBlock(block, "Source block")}
<p>Without a registry client, pinned to these bytes:</p>
${codeBlock(pinned, "Pinned source")}
<p class="quiet">In <code>.tlsgate.modules.lock</code>: ${code(h1)}. What was checked: <a href="../../../../../../packs/${sha256}.intoto.jsonl">in-toto statements</a>.</p></section>`;
}

const versionsSection = (versions: readonly IndexedVersion[], shown: string): Markup => markup`<h2>Versions</h2>
${table(
  "Versions",
  ["Version", "Published", "Verdict"],
  versions.map((one) => [
    one.version === shown ? markup`<strong>${one.version}</strong>` : versionLink(one.version),
    one.published.slice(0, 10),
    markup`${verdictOf(one)}${one.withdrawn ? `: ${one.withdrawn.reason}` : null}`,
  ]),
)}`;

function verdictSection({ verification: { time, tlsgate, terraform, examples } }: ModuleDocument): Markup {
  const waivers = examples.flatMap((example) =>
    example.waivers.map((waiver) => ({ ...waiver, example: example.name })),
  );
  return markup`<h2>Verdict</h2>
<p class="quiet">When it was built: ${time.slice(0, 10)}, by tlsgate ${tlsgate} with ${terraform}.</p>
${table(
  "Verdict on each example",
  ["Example", "Verdict", "Passed", "Failed", "Unknown", "Waived"],
  examples.map((one) => [one.name, one.verdict, one.passed, one.failed, one.unknown, one.waivers.length]),
)}
${
  waivers.length === 0
    ? null
    : table(
        "Waivers",
        ["Waived policy", "Where", "Why", "Who", "Until"],
        waivers.map((one) => [
          code(one.policy),
          `examples/${one.example}: ${one.address}`,
          one.reason,
          one.owner,
          one.expires,
        ]),
      )
}`;
}

function interfaceSections(
  { inputs, outputs, providers, requiredVersion, resourceTypes }: ModuleInterface,
  level: 2 | 3,
): Markup {
  const heading = (text: string) => (level === 2 ? markup`<h2>${text}</h2>` : markup`<h3>${text}</h3>`);
  return markup`${heading("Requirements")}
${table(
  "Requirements",
  ["Name", "Version", "Configurations to pass"],
  [
    ["terraform", requiredVersion ?? "any", ""],
    ...providers.map(({ name, version, aliases }) => [name, version ?? "any", aliases.join(", ")]),
  ],
)}
${heading("Inputs")}
${table(
  "Inputs",
  ["Name", "Description", "Type", "Default"],
  inputs.map((one) => [code(one.name), one.description, codeBlock(one.type, `Type of ${one.name}`), standard(one)]),
)}
${heading("Outputs")}
${table(
  "Outputs",
  ["Name", "Description"],
  outputs.map((one) => [code(one.name), `${one.description}${one.isSensitive ? " (sensitive)" : ""}`]),
)}
<p class="quiet">Resources: ${resourceTypes.join(", ") || "none"}.</p>`;
}

/** The default of a sensitive variable is not shown. */
const standard = ({ default: given, isSensitive }: ModuleInput): Content =>
  given === undefined ? markup`<strong>required</strong>` : isSensitive ? "(sensitive)" : code(JSON.stringify(given));

/** Markup in the README is shown as text, and so is a link that would run a script. Headings come below the page's own. */
const readme = (text: string): Markup =>
  trusted(
    micromark(text.replace(/<!--[\s\S]*?-->/g, ""), { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
      .replace(/<(\/?)h([1-6])>/g, (_, close: string, level: string) => `<${close}h${Math.min(6, Number(level) + 2)}>`)
      .replaceAll("<pre>", '<pre tabindex="0">')
      .replaceAll("<table>", '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>')
      .replaceAll("</table>", "</table></div>"),
  );
