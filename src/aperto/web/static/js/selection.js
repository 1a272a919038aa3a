/** Ticks on rows, ranges with Shift, and the bar that acts on what is selected. */
import { announce, on, ready, word } from "./dom.js";

const TICK = "tbody .check input[name=id]";
let anchorRow = null;

function ticks(table) {
  return [...table.querySelectorAll(TICK)];
}

function bulkBar() {
  return document.querySelector("[data-bulkbar]");
}

function hiddenInput(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

function showSelection(table) {
  const chosen = ticks(table).filter((tick) => tick.checked);
  for (const tick of ticks(table)) tick.closest("tr").setAttribute("aria-selected", String(tick.checked));
  const all = table.querySelector("[data-select-all]");
  if (all) {
    all.checked = chosen.length > 0 && chosen.length === ticks(table).length;
    all.indeterminate = chosen.length > 0 && !all.checked;
  }
  const bar = bulkBar();
  if (!bar) return;
  for (const old of bar.querySelectorAll("input[name=id], input[name=all]")) old.remove();
  bar.append(...chosen.map((tick) => hiddenInput("id", tick.value)));
  count(bar, chosen.length);
  const everything = bar.querySelector("[data-select-matching]");
  if (everything) everything.hidden = !all?.checked;
}

function count(bar, number) {
  bar.hidden = number === 0;
  const compare = bar.querySelector("[data-compare]");
  if (compare) compare.hidden = number < 2 || number > 4;
  const text = word("selected", { count: number.toLocaleString(document.documentElement.lang) });
  const place = bar.querySelector("[data-bulk-count]");
  if (place) place.textContent = text;
  if (number) announce(text);
}

export function toggleAll(table, on) {
  for (const tick of ticks(table)) tick.checked = on;
  showSelection(table);
}

export function toggleRow(row, range) {
  const tick = row.querySelector(".check input");
  if (!tick) return;
  tick.checked = !tick.checked;
  settle(row, range);
}

function settle(row, range) {
  const table = row.closest("table");
  const rows = ticks(table).map((tick) => tick.closest("tr"));
  const from = rows.indexOf(anchorRow);
  if (range && from >= 0) {
    const to = rows.indexOf(row);
    const state = row.querySelector(".check input").checked;
    for (const one of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) one.querySelector(".check input").checked = state;
  }
  anchorRow = row;
  showSelection(table);
}

on("click", `[data-grid] ${TICK}`, (event, tick) => settle(tick.closest("tr"), event.shiftKey));
on("click", "[data-grid] td.check", (event, cell) => {
  if (event.target === cell) toggleRow(cell.parentNode, event.shiftKey);
});
on("change", "[data-select-all]", (event, all) => toggleAll(all.closest("table"), all.checked));
on("click", "[data-select-none]", () => {
  for (const table of document.querySelectorAll("[data-grid] table")) toggleAll(table, false);
});
on("click", "[data-select-matching]", (event, button) => {
  const bar = button.closest("[data-bulkbar]");
  for (const old of bar.querySelectorAll("input[name=id]")) old.remove();
  bar.append(hiddenInput("all", "1"));
  count(bar, Number(button.dataset.selectMatching));
  button.hidden = true;
});
ready("[data-grid] table", showSelection);
document.addEventListener("rows-changed", () => {
  const bar = bulkBar();
  if (bar) bar.hidden = true;
});
