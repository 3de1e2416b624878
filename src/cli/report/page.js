"use strict";
{
  const body = document.querySelector("tbody");
  const heads = [...document.querySelectorAll("th")];
  const value = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
  heads.forEach((head, column) => head.querySelector("button")?.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const numeric = head.dataset.numeric !== undefined;
    const rows = [...body.rows].map((row) => [row, value(row, column)]);
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    rows.sort(([, a], [, b]) => (numeric ? a - b : collator.compare(a, b)) * (down ? -1 : 1));
    body.append(...rows.map(([row]) => row));
  }));
  document.querySelector("#problems").addEventListener("change", (event) => {
    document.querySelector("table").classList.toggle("only-problems", event.target.checked);
  });
}
