/** Widths and order of a list's columns, by pointer and by keyboard; kept in the view by the server. */
import { announce, on, ready, word } from "./dom.js";
import { send } from "./net.js";

const STEP = 16;
const NARROWEST = 64;

function keep(wrap, values) {
  if (wrap.dataset.columnsUrl) send(wrap.dataset.columnsUrl, { method: "POST", body: new URLSearchParams(values) });
}

function columnOf(head) {
  return head.closest("table").querySelectorAll("colgroup > col")[head.cellIndex];
}

/** Where the second and third pinned columns stand depends on the widths before them. */
function placePins(table) {
  let offset = table.querySelector("th.check") ? columnOf(table.querySelector("th.check")).width || 44 : 0;
  offset = Number(offset);
  ["pin", "pin2", "pin3"].forEach((name, index) => {
    const head = table.querySelector(`th.${name}`);
    if (!head) return;
    table.style.setProperty(`--pin-${index + 1}`, `${offset}px`);
    offset += Number(columnOf(head).width) || head.offsetWidth;
  });
}

function setWidth(head, width) {
  columnOf(head).width = Math.max(NARROWEST, Math.round(width));
  placePins(head.closest("table"));
}

function keepWidth(head) {
  const { width } = columnOf(head);
  keep(head.closest("[data-grid]"), { widths: `${head.dataset.field}:${width}` });
  announce(word("width", { column: head.textContent.trim(), width }));
}

function order(table) {
  return [...table.tHead.rows[0].cells].map((cell) => cell.dataset.field).filter(Boolean);
}

function moveColumn(head, before) {
  const table = head.closest("table");
  const from = head.cellIndex;
  const to = before ? before.cellIndex : table.tHead.rows[0].cells.length;
  if (to === from || to === from + 1) return;
  const columns = table.querySelectorAll("colgroup > col");
  columns[from].parentNode.insertBefore(columns[from], columns[to] ?? null);
  for (const row of table.rows) if (row.cells.length === columns.length) row.insertBefore(row.cells[from], row.cells[to] ?? null);
  keep(table.closest("[data-grid]"), { order: order(table).join(",") });
  announce(word("place", { column: head.textContent.trim(), place: order(table).indexOf(head.dataset.field) + 1 }));
}

on("pointerdown", "[data-resize]", (event, grip) => {
  event.preventDefault();
  const head = grip.closest("th");
  const start = { x: event.clientX, width: head.offsetWidth, sign: getComputedStyle(head).direction === "rtl" ? -1 : 1 };
  const move = (now) => setWidth(head, start.width + (now.clientX - start.x) * start.sign);
  grip.setPointerCapture(event.pointerId);
  grip.classList.add("active");
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", () => {
    grip.removeEventListener("pointermove", move);
    grip.classList.remove("active");
    keepWidth(head);
  }, { once: true });
});

function movable(head) {
  return head?.dataset.field && !head.matches(".pin, .pin2, .pin3");
}
let dragged = null;
on("dragstart", "[data-grid] th[data-field]", (event, head) => {
  if (!movable(head) || event.target.closest("[data-resize]")) return event.preventDefault();
  dragged = head;
  event.dataTransfer.effectAllowed = "move";
  head.classList.add("dragging");
});
on("dragover", "[data-grid] th[data-field]", (event, head) => {
  if (!dragged || !movable(head)) return;
  event.preventDefault();
  const after = (event.offsetX > head.offsetWidth / 2) !== (getComputedStyle(head).direction === "rtl");
  for (const other of head.parentNode.cells) other.classList.remove("drop-before", "drop-after");
  head.classList.add(after ? "drop-after" : "drop-before");
});
on("drop", "[data-grid] th[data-field]", (event, head) => {
  event.preventDefault();
  if (dragged) moveColumn(dragged, head.classList.contains("drop-after") ? head.nextElementSibling : head);
});
on("dragend", "[data-grid] th", (event, head) => {
  for (const other of head.parentNode.cells) other.classList.remove("drop-before", "drop-after", "dragging");
  dragged = null;
});

on("keydown", "[data-grid] th[data-field]", (event, head) => {
  const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!side || !event.altKey) return;
  event.preventDefault();
  const step = getComputedStyle(head).direction === "rtl" ? -side : side;
  const beside = step > 0 ? head.nextElementSibling : head.previousElementSibling;
  if (event.shiftKey) {
    setWidth(head, head.offsetWidth + step * STEP);
    keepWidth(head);
  } else if (movable(head) && movable(beside)) {
    const focused = document.activeElement;
    moveColumn(head, step > 0 ? beside.nextElementSibling : beside);
    focused.focus();
  }
});
ready("[data-grid] table", placePins);
