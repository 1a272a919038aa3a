/** Repeatable rows of a form: e-mails, phones, conditions, columns; added, removed, and put in order by dragging a grip. */
import { on, parse } from "./dom.js";

function nextNumber(group) {
  const numbers = [...group.querySelectorAll(":scope [data-row]")].map((row) => Number(row.dataset.row) || 0);
  return Math.max(-1, Number(group.dataset.last ?? -1), ...numbers) + 1;
}

function changed(group) {
  group.dispatchEvent(new Event("change", { bubbles: true }));
}

on("click", "[data-row-add]", (event, button) => {
  const group = button.closest("[data-rows]");
  const number = nextNumber(group);
  group.dataset.last = number;
  const template = group.querySelector("template[data-row-template]");
  const row = parse(template.innerHTML.replaceAll("__n__", number)).firstElementChild;
  row.dataset.row = number;
  template.before(row);
  window.htmx.process(row);
  row.querySelector("input:not([type=hidden], [type=radio]), select, textarea")?.focus();
  changed(group);
});

on("click", "[data-row-remove]", (event, button) => {
  const group = button.closest("[data-rows]");
  const row = button.closest("[data-row]");
  const wasPrimary = row.querySelector("input[type=radio]:checked");
  const beside = row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : row.previousElementSibling;
  row.remove();
  const first = group.querySelector("[data-row] input[type=radio]");
  if (wasPrimary && first) first.checked = true;
  (beside?.matches?.("[data-row]") ? beside.querySelector("[data-row-remove]") : group.querySelector("[data-row-add]"))?.focus();
  changed(group);
});

/** A grip moves its row: by pointer over its sisters, by arrows from the keyboard. */
on("pointerdown", "[data-grip]", (event, grip) => {
  event.preventDefault();
  const row = grip.closest("[data-row]");
  const follow = (now) => {
    const over = document.elementFromPoint(now.clientX, now.clientY)?.closest("[data-row]");
    if (!over || over === row || over.parentNode !== row.parentNode) return;
    const box = over.getBoundingClientRect();
    if (now.clientY > box.top + box.height / 2) over.after(row);
    else over.before(row);
  };
  grip.setPointerCapture(event.pointerId);
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("pointerup", () => {
    grip.removeEventListener("pointermove", follow);
    changed(row.parentNode);
  }, { once: true });
});
on("keydown", "[data-grip]", (event, grip) => {
  const row = grip.closest("[data-row]");
  const other = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key];
  if (!other?.matches("[data-row]")) return;
  event.preventDefault();
  if (event.key === "ArrowUp") other.before(row);
  else other.after(row);
  grip.focus();
  changed(row.parentNode);
});
