/** Ctrl and an arrow go from one control of a grid to the next; the arrows alone stay the control's own. */
import { on } from "./dom.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

on("keydown", "[data-cells] td > *", (event, control) => {
  const step = (event.ctrlKey || event.metaKey) && STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const cell = control.closest("td");
  const across = getComputedStyle(cell).direction === "rtl" ? -step[1] : step[1];
  const row = cell.closest("table").rows[cell.parentElement.rowIndex + step[0]];
  const next = row?.cells[cell.cellIndex + across]?.firstElementChild;
  if (next?.matches("select, input, button")) next.focus();
});
