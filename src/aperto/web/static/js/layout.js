/** Arranging a layout: tiles and panels are dragged (SortableJS) or moved by Alt and the arrow keys; every step
 * is drawn by the server as a preview, and can be undone as long as the page lives. */
import { announce, debounce, on, parse, ready } from "./dom.js";
import { arrangementOf, nameZone, newPanel, putArrangement } from "./layout-state.js";
import { send } from "./net.js";

const pasts = new WeakMap(); // editor → { now, undone: [], done: [] }, arrangements as text

function editorOf(element) {
  return element.closest("[data-layout]");
}

async function drawPreview(editor) {
  const body = new URLSearchParams({ arrangement: editor.elements.arrangement.value });
  const answer = await send(editor.dataset.previewUrl, { method: "POST", body });
  if (answer.text && [200, 422].includes(answer.status)) document.querySelector("[data-layout-preview]").replaceChildren(parse(answer.text));
}
const drawSoon = debounce(drawPreview, 250);

function showState(editor) {
  const past = pasts.get(editor);
  editor.elements.arrangement.value = past.now;
  editor.querySelector("[data-layout-undo]").disabled = !past.done.length;
  editor.querySelector("[data-layout-redo]").disabled = !past.undone.length;
  drawSoon(editor);
}

/** Something was moved or renamed: what was before can come back. */
function noteStep(editor) {
  const past = pasts.get(editor);
  const now = JSON.stringify(arrangementOf(editor));
  if (now === past.now) return;
  past.done.push(past.now);
  Object.assign(past, { now, undone: [] });
  editor.dataset.dirty = "";
  showState(editor);
}

function stepBack(editor, from, to) {
  const past = pasts.get(editor);
  if (!past[from].length) return;
  past[to].push(past.now);
  past.now = past[from].pop();
  putArrangement(editor, JSON.parse(past.now));
  editor.querySelectorAll("[data-tiles]").forEach(sortTiles);
  showState(editor);
  announce(editor.dataset.undone);
}

function announcePlace(element) {
  const zone = element.closest("[data-zone]");
  const among = element.matches("[data-panel]") ? [...element.parentNode.children] : [...zone.querySelectorAll("[data-key]")];
  const values = {
    tile: element.querySelector("[data-name]")?.textContent ?? zone.querySelector("[data-title]").value,
    zone: zone.querySelector("[data-tiles]").ariaLabel, place: among.indexOf(element) + 1, count: among.length,
  };
  announce(editorOf(element).dataset.said.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole));
}

function sortTiles(tiles) {
  if (!window.Sortable || window.Sortable.get(tiles)) return;
  window.Sortable.create(tiles, {
    group: tiles.closest("[data-group]").dataset.group, filter: "input, label", preventOnFilter: false, animation: 140,
    delay: 160, delayOnTouchOnly: true, emptyInsertThreshold: 16, onEnd: ({ item }) => noteStep(editorOf(item)),
  });
}

function moveTile(tile, step, across) {
  const tiles = tile.parentNode;
  const zones = [...tile.closest("[data-group]").querySelectorAll("[data-tiles]")];
  const beside = step > 0 ? tile.nextElementSibling : tile.previousElementSibling;
  const other = zones[zones.indexOf(tiles) + step];
  if (beside && !across) step > 0 ? beside.after(tile) : beside.before(tile);
  else if (other) step > 0 ? other.prepend(tile) : other.append(tile);
}

function finishMove(element, focus) {
  focus.focus();
  element.scrollIntoView({ block: "nearest" });
  announcePlace(element);
  noteStep(editorOf(element));
}

on("keydown", "[data-layout] [data-key]", (event, tile) => {
  if (event.target !== tile) return;
  const shelf = tile.closest("[data-group]").querySelector("[data-shelf] [data-tiles]");
  const rtl = getComputedStyle(tile).direction === "rtl" ? -1 : 1;
  const move = event.altKey && { ArrowUp: [-1], ArrowDown: [1], ArrowLeft: [-rtl, true], ArrowRight: [rtl, true] }[event.key];
  if (move) moveTile(tile, ...move);
  else if (event.key === "Delete" && shelf) shelf.prepend(tile);
  else return;
  event.preventDefault();
  finishMove(tile, tile);
});

on("keydown", "[data-layout] [data-panel-grip]", (event, grip) => {
  const panel = grip.closest("[data-panel]");
  const other = { ArrowUp: panel.previousElementSibling, ArrowDown: panel.nextElementSibling }[event.key];
  if (other === undefined) return;
  event.preventDefault();
  if (!other) return;
  event.key === "ArrowUp" ? other.before(panel) : other.after(panel);
  finishMove(panel, grip);
});

on("click", "[data-layout] [data-panel-add]", (event, button) => {
  const panel = newPanel(editorOf(button));
  button.closest("[data-group]").querySelector("[data-zones]").append(panel);
  sortTiles(panel.querySelector("[data-tiles]"));
  panel.querySelector("[data-title]").select();
  noteStep(editorOf(button));
});

on("click", "[data-layout] [data-panel-remove]", (event, button) => {
  const panel = button.closest("[data-panel]");
  const editor = editorOf(panel);
  const group = panel.closest("[data-group]");
  group.querySelector("[data-shelf] [data-tiles]").prepend(...panel.querySelectorAll("[data-key]"));
  panel.remove();
  group.querySelector("[data-panel-add]").focus();
  noteStep(editor);
});

on("change", "[data-layout]", (event, editor) => {
  if (event.target.matches("[data-title]")) nameZone(event.target.closest("[data-zone]"));
  noteStep(editor);
});
on("click", "[data-layout-undo]", (event, button) => stepBack(editorOf(button), "done", "undone"));
on("click", "[data-layout-redo]", (event, button) => stepBack(editorOf(button), "undone", "done"));
on("submit", "[data-layout]", (event, editor) => (editor.elements.arrangement.value = JSON.stringify(arrangementOf(editor))), true);

ready("[data-layout]", async (editor) => {
  pasts.set(editor, { now: JSON.stringify(arrangementOf(editor)), done: [], undone: [] });
  showState(editor);
  await import(editor.dataset.sortable);
  editor.querySelectorAll("[data-tiles]").forEach(sortTiles);
  const panels = editor.querySelector("[data-group=panels] [data-zones]");
  if (panels) window.Sortable.create(panels, { handle: "[data-panel-grip]", animation: 140, onEnd: () => noteStep(editor) });
});
