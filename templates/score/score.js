// The overview: find, filter and sort units. Without script the tables stand whole.
"use strict";

function column(row, index) {
  return row.cells[index].textContent.trim();
}

function sortable(table) {
  const body = table.tBodies[0];
  table.querySelectorAll("th[data-sort]").forEach((head) => {
    // No <button>: browsers leave it out of the heads that they repeat on printed pages.
    const button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
    button.addEventListener("click", () => {
      const index = head.cellIndex;
      const down = head.getAttribute("aria-sort") === "ascending";
      const way = down ? -1 : 1;
      const numbers = head.dataset.sort === "number";
      // What has no figure stands at the end either way.
      const value = (row) => {
        const text = column(row, index);
        if (!numbers) return text;
        const found = parseFloat(text);
        return Number.isNaN(found) ? way * Infinity : found;
      };
      const order = (a, b) => (numbers ? (a === b ? 0 : a - b) : a.localeCompare(b, "zh"));
      const rows = Array.from(body.rows, (row) => [value(row), row]);
      rows.sort((a, b) => way * order(a[0], b[0]));
      body.append(...rows.map((pair) => pair[1]));
      table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
    });
  });
}

function filterable(bar) {
  const table = document.getElementById(bar.dataset.filters);
  const fields = Array.from(bar.querySelectorAll("[data-by]"));
  const told = bar.querySelector("output");
  const rows = Array.from(table.tBodies[0].rows);
  const fits = (row) => fields.every((field) => {
    const wanted = field.value.trim().toLowerCase();
    const has = row.dataset[field.dataset.by].toLowerCase();
    if (!wanted) return true;
    if (field.dataset.by === "text") return has.includes(wanted);
    return has.split(" ").includes(wanted);
  });
  const apply = () => {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row);
      shown += row.hidden ? 0 : 1;
    }
    told.textContent = bar.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
  };
  fields.forEach((field) => field.addEventListener("input", apply));
  document.querySelectorAll("a[data-rule]").forEach((link) => link.addEventListener("click", () => {
    fields.find((field) => field.dataset.by === "lost").value = link.dataset.rule;
    apply();
  }));
  bar.hidden = false;
  apply();
}

document.querySelectorAll("table.ranks").forEach(sortable);
document.querySelectorAll("[data-filters]").forEach(filterable);
// What is folded on the screen is printed all the same.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
