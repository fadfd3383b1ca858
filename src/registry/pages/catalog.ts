// index.html of a registry: every module, with its newest version and verdict.

import { type Markup, markup } from "../../report/html/markup.ts";
import type { IndexedModule, IndexedVersion, RegistryIndex } from "../registry-index.ts";
import { pageOf } from "./page.ts";

/** Hides the modules that do not hold all words of the search. */
const script = `
(() => {
  const form = document.querySelector("form");
  if (!form) return;
  const cards = [...document.querySelectorAll("[data-module]")];
  const status = form.querySelector("[role=status]");
  const apply = () => {
    const words = new FormData(form).get("text").toLowerCase().split(/\\s+/).filter(Boolean);
    for (const card of cards) {
      const text = card.textContent.toLowerCase();
      card.hidden = !words.every((word) => text.includes(word));
    }
    const shown = cards.filter((card) => !card.hidden).length;
    status.textContent = shown + " of " + cards.length + (cards.length === 1 ? " module" : " modules");
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
`;

export const catalogPage = ({ modules }: RegistryIndex): string =>
  pageOf({
    title: "Terraform modules",
    script,
    body: markup`<h1>Terraform modules</h1>
<p class="quiet">Every version was planned and judged before it was published: its examples pass the policies of tlsgate.</p>
<form hidden><label for="text">Search</label><input id="text" name="text" type="search" autocomplete="off"><p class="quiet" role="status"></p></form>
${modules.length === 0 ? markup`<p>Nothing is published yet.</p>` : modules.map(card)}`,
  });

function card({ address, description, versions }: IndexedModule): Markup {
  const newest = versions.find((one) => !one.withdrawn);
  const shown = newest ?? versions[0];
  const href = `v1/modules/${address}/${shown?.version}/index.html`;
  return markup`<article class="card" data-module="${address}">
<h2><a href="${href}">${address}</a></h2>
<p>${description}</p>
<p class="quiet">${newest ? markup`${newest.version}, published ${newest.published.slice(0, 10)} · ${verdictOf(newest)}` : "All versions are withdrawn."}${versions.length > 1 ? ` · ${versions.length} versions` : null}</p>
</article>
`;
}

/** The verdict in words; a waiver is never hidden behind a pass. */
export function verdictOf({ verification, waived, withdrawn }: IndexedVersion): Markup {
  if (withdrawn) return markup`<span class="is-fail">withdrawn</span>`;
  if (verification.result === "FAILED") return markup`<span class="is-fail">refused by current policies</span>`;
  return waived.length > 0
    ? markup`<span class="is-waived">passes, with waivers for ${waived.join(", ")}</span>`
    : markup`<span class="is-pass">passes</span>`;
}
