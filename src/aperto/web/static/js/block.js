/** A block of cells, chosen with Shift and the arrows or by dragging. */
import { announce, on, ready, word } from "./dom.js";
import { isEditing } from "./edit.js";
import { focusCell, rowsOf, target } from "./grid.js";

export const CELL = "[data-grid] tbody td:not(.check)";
let block = null; // the cells at its two corners

function edges() {
  const rows = rowsOf(block.from.closest("table"));
  const lines = [rows.indexOf(block.from.parentNode), rows.indexOf(block.to.parentNode)].sort((a, b) => a - b);
  const columns = [block.from.cellIndex, block.to.cellIndex].sort((a, b) => a - b);
  const chosen = rows.slice(lines[0], lines[1] + 1).filter((row) => row.dataset.id);
  return { chosen, all: rows.slice(lines[0]).filter((row) => row.dataset.id), first: Math.max(columns[0], 1), last: columns[1] };
}

function unmark() {
  for (const cell of document.querySelectorAll("td.in-block")) {
    cell.classList.remove("in-block");
    cell.removeAttribute("aria-selected");
  }
}

function show() {
  unmark();
  const { chosen, first, last } = edges();
  for (const row of chosen) {
    for (const cell of [...row.cells].slice(first, last + 1)) {
      cell.classList.add("in-block");
      cell.setAttribute("aria-selected", "true");
    }
  }
  announce(word("cells", { rows: chosen.length, columns: last - first + 1 }));
}

function dissolve() {
  if (block) unmark();
  block = null;
}

function extend(cell) {
  const from = block?.from.isConnected ? block.from : document.activeElement.closest(CELL) ?? cell;
  if (from.closest("table") !== cell.closest("table") || cell.matches(".check")) return;
  block = { from, to: cell };
  show();
}

/** Shift and an arrow move the far corner; where it is no block yet, the cell in focus is both corners. */
on("keydown", CELL, (event, cell) => {
  if (event.target !== cell || isEditing(cell)) return;
  if (event.shiftKey && event.key.startsWith("Arrow")) {
    const next = target(block?.to.isConnected ? block.to : cell, event);
    if (next) extend(next);
    next?.scrollIntoView({ block: "nearest", inline: "nearest" });
    event.preventDefault();
  } else if (event.key === "Escape") dissolve();
}, true);
on("focusin", CELL, (event, cell) => { if (event.target === cell && block && cell !== block.from) dissolve(); });

on("mousedown", CELL, (event, cell) => {
  if (event.button !== 0 || isEditing(cell) || event.target.closest("a, button, input, label")) return;
  if (event.shiftKey) {
    event.preventDefault();
    extend(cell);
    return event.stopPropagation();
  }
  dissolve();
  const table = cell.closest("table");
  const follow = (now) => {
    const over = document.elementFromPoint(now.clientX, now.clientY)?.closest(CELL);
    if (!over || over === (block?.to ?? cell)) return;
    block ??= { from: cell, to: cell };
    table.classList.add("choosing");
    getSelection().removeAllRanges();
    extend(over);
  };
  document.addEventListener("mousemove", follow);
  document.addEventListener("mouseup", () => {
    document.removeEventListener("mousemove", follow);
    table.classList.remove("choosing");
  }, { once: true });
}, true);

/** The block, or the cell in focus as a block of one; null where none is meant. */
export function here() {
  const cell = document.activeElement?.closest?.(CELL);
  if (!cell || isEditing(cell) || document.activeElement !== cell) return null;
  if (!block) block = { from: cell, to: cell };
  return { ...edges(), table: block.from.closest("table") };
}

/** A change draws the table anew: who was in a cell is there again. */
let back = null;
document.addEventListener("rows-changed", () => {
  back = block && { id: block.from.parentNode.dataset?.id, column: block.from.cellIndex };
  block = null;
});
ready("[data-grid] table", (table) => {
  const row = back?.id && table.querySelector(`tr[data-id="${CSS.escape(back.id)}"]`);
  const column = back?.column;
  back = null;
  if (row) focusCell(row.cells[column]);
});
