/** A block of cells is copied as text, pasted over after a look at what changes, and filled down. */
import { CELL, here } from "./block.js";
import { announce, on, word } from "./dom.js";
import { showDialog } from "./dialog.js";
import { send } from "./net.js";

/** The text of a cell as it is read: without faces, dates in full. */
function textOf(cell) {
  const copy = cell.cloneNode(true);
  for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  for (const time of copy.querySelectorAll("time[title]")) time.textContent = time.title;
  for (const labelled of copy.querySelectorAll("[role=img][aria-label]")) labelled.textContent = labelled.ariaLabel;
  const text = copy.textContent.trim().replace(/\s+/g, " ");
  return /["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

document.addEventListener("copy", (event) => {
  if (!getSelection().isCollapsed) return;
  const place = here();
  if (!place) return;
  const lines = place.chosen.map((row) => [...row.cells].slice(place.first, place.last + 1).map(textOf).join("\t"));
  event.clipboardData.setData("text/plain", lines.join("\n"));
  event.preventDefault();
  announce(word("copied"));
});

function form({ table, first, last }, rows) {
  const body = new FormData();
  body.set("rows", rows.map((row) => `${row.dataset.id}:${row.dataset.version}`).join(","));
  return { table, body, keys: [...table.tHead.rows[0].cells].slice(first, last + 1).map((head) => head.dataset.field) };
}

document.addEventListener("paste", async (event) => {
  const place = here();
  const text = event.clipboardData?.getData("text/plain");
  if (!place || !text || !place.chosen.length) return;
  event.preventDefault();
  const { table, body, keys } = form(place, place.all);
  if (!table.dataset.pasteUrl) return;
  const opener = document.activeElement;
  body.set("text", text);
  body.set("column", keys[0]);
  body.set("height", place.chosen.length);
  body.set("width", keys.length);
  body.set("next", place.all.at(-1).parentNode.querySelector(":scope > tr[data-next]")?.dataset.next ?? "");
  const answer = await send(table.dataset.pasteUrl, { method: "POST", body });
  if (answer.status === 200) showDialog(answer.text, { opener });
});

function fillDown() {
  const place = here();
  if (!place || place.chosen.length < 2) return;
  const { table, body, keys } = form(place, place.chosen);
  for (const key of keys) body.append("column", key);
  if (table.dataset.fillUrl) send(table.dataset.fillUrl, { method: "POST", body }).then((answer) => answer.status === 200 && showDialog(answer.text));
}


on("keydown", CELL, (event, cell) => {
  if (event.target !== cell || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "d") return;
  event.preventDefault();
  fillDown();
});
