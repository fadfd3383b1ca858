// The script of the report, as the browser runs it: it hides what the filters leave out, and writes nothing but a count.

export const script = `
(() => {
  const form = document.querySelector(".filters");
  if (!form) return;
  const rows = [...document.querySelectorAll("tr[data-number]")];
  const cards = [...document.querySelectorAll("[data-card]")];
  const plans = [...document.querySelectorAll("[data-plan]")];
  const folds = [...document.querySelectorAll("details.passes")];
  const status = form.querySelector("[role=status]");
  const nothing = document.getElementById("nothing");
  const all = new Set(rows.map((row) => row.dataset.number)).size;
  const heads = new Map(cards.map((card) => [card, card.querySelector("header").textContent.toLowerCase()]));
  const texts = new Map(rows.map((row) => [row, heads.get(row.closest("[data-card]")) + " " + row.textContent.toLowerCase()]));
  const holds = (element) => element.querySelector("tr[data-number]:not([hidden])") !== null;

  const apply = () => {
    const { outcome, policy, change, text } = Object.fromEntries(new FormData(form));
    const words = text.toLowerCase().split(/\\s+/).filter(Boolean);
    const filtered = Boolean(outcome || policy || change || words.length);
    for (const row of rows) {
      const { dataset } = row;
      row.hidden = !(
        (!outcome || dataset.outcome.split(" ").includes(outcome)) &&
        (!policy || dataset.policy === policy) &&
        (!change || dataset.change.split(" ").includes(change)) &&
        words.every((word) => texts.get(row).includes(word))
      );
    }
    for (const table of document.querySelectorAll("table")) table.hidden = !holds(table);
    for (const fold of folds) {
      fold.hidden = !holds(fold);
      fold.open = filtered && !fold.hidden;
    }
    for (const card of cards) card.hidden = filtered && !holds(card);
    for (const plan of plans) plan.hidden = filtered && !holds(plan);
    const left = new Set(rows.filter((row) => !row.hidden).map((row) => row.dataset.number)).size;
    status.textContent = filtered ? left + " of " + all + " checks" : all + (all === 1 ? " check" : " checks");
    nothing.hidden = !filtered || left > 0;
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  const unfold = () => {
    const meant = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!meant || meant.tagName !== "DETAILS") return;
    meant.open = true;
    meant.querySelector("summary").focus();
  };
  addEventListener("hashchange", unfold);
  unfold();
  // A browser may keep what was chosen before a reload.
  apply();
})();
`;
