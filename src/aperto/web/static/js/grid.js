/** Moving in a list by keyboard: one tab stop, arrows between cells, Enter edits, typing edits, letters act elsewhere. */
import { on, ready } from "./dom.js";
import { edit, editUrl, isEditing } from "./edit.js";
import { toggleAll, toggleRow } from "./selection.js";

export function rowsOf(table) {
  return [...table.querySelectorAll("tbody:not([data-folded]) tr[data-id], tr.group-head")];
}

export function focusCell(cell) {
  if (!cell) return;
  const table = cell.closest("table");
  for (const old of table.querySelectorAll("tbody td[tabindex='0']")) old.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export function target(cell, event) {
  const row = cell.parentNode;
  const rows = rowsOf(row.closest("table"));
  const here = rows.indexOf(row);
  const rtl = getComputedStyle(cell).direction === "rtl";
  const at = (index, column = cell.cellIndex) => rows[Math.max(0, Math.min(index, rows.length - 1))]?.cells[column];
  const far = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case "ArrowDown": return at(far ? rows.length - 1 : here + 1);
    case "ArrowUp": return at(far ? 0 : here - 1);
    case "ArrowRight": return rtl ? cell.previousElementSibling : cell.nextElementSibling;
    case "ArrowLeft": return rtl ? cell.nextElementSibling : cell.previousElementSibling;
    case "PageDown": return at(here + 12);
    case "PageUp": return at(here - 12);
    case "Home": return far ? at(0, 0) : row.cells[0];
    case "End": return far ? at(rows.length - 1, row.cells.length - 1) : row.cells[row.cells.length - 1];
    default: return null;
  }
}

function openRow(row, aside) {
  const link = row.querySelector("a.title-cell, a[href]");
  if (link) aside ? window.open(link.href, "_blank", "noopener") : location.assign(link.href);
}

function act(cell, event) {
  const row = cell.parentNode;
  const command = event.ctrlKey || event.metaKey;
  if (row.matches(".group-head")) return ["Enter", " "].includes(event.key) && !row.querySelector("[data-fold]").click();
  if (event.key === "Enter" || event.key === "F2") {
    if (command || !editUrl(cell)) openRow(row, command);
    else edit(cell);
  } else if (event.key === " ") toggleRow(row, event.shiftKey);
  else if (command && event.key.toLowerCase() === "a") toggleAll(row.closest("table"), true);
  else if (event.key.length === 1 && !command && !event.altKey && editUrl(cell)) edit(cell, event.key);
  else return false;
  return true;
}

on("keydown", "[data-grid] tbody td", (event, cell) => {
  if (event.target !== cell || isEditing(cell) || event.isComposing) return;
  const next = event.shiftKey && event.key.length > 1 ? null : target(cell, event);
  if (next) focusCell(next);
  else if (!act(cell, event)) return;
  event.preventDefault();
});
on("mousedown", "[data-grid] tbody td", (event, cell) => {
  if (!isEditing(cell) && !event.target.closest("a, button, input, label")) focusCell(cell);
});
on("focusin", "[data-grid] tbody td", (event, cell) => {
  if (event.target === cell) for (const old of cell.closest("table").querySelectorAll("tbody td[tabindex='0']")) if (old !== cell) old.tabIndex = -1;
  if (event.target === cell) cell.tabIndex = 0;
});

function currentRow() {
  const focused = document.activeElement?.closest?.("[data-grid] tbody tr");
  return focused ?? null;
}

/** J and K walk down the rows from anywhere on the page; O opens, X selects. */
document.addEventListener("grid:key", ({ detail: key }) => {
  const table = document.querySelector("[data-grid] table");
  const rows = table ? rowsOf(table) : [];
  const here = rows.indexOf(currentRow());
  if (key === "j" || key === "k") focusCell(rows[Math.max(0, Math.min(key === "j" ? here + 1 : here - 1, rows.length - 1))]?.cells[0]);
  else if (here >= 0 && key === "o") openRow(rows[here], false);
  else if (here >= 0 && key === "x") toggleRow(rows[here], false);
});

/** Links and ticks inside cells are reached by the arrows and O, X, Enter: the list is one tab stop. */
ready("[data-grid] tbody tr:is([data-id], .group-head)", (row) => {
  for (const inner of row.querySelectorAll("a, input")) inner.tabIndex = -1;
  const table = row.closest("table");
  if (!table.querySelector("tbody td[tabindex='0']")) row.cells[0].tabIndex = 0;
});
