/** Rows and cards that others changed, put in place where nobody works; new ones are announced, not pushed in. */
import { announce, debounce, on, parse, word } from "./dom.js";
import { askQuietly, hear, shownList } from "./live.js";
import { applyParts, swapInto } from "./net.js";
import { toast } from "./toast.js";

const MOST_ASKED = 100;
const touchedIds = new Set();
const newIds = new Set();

function shownAs(list, id) {
  return list.querySelector(`[data-id="${CSS.escape(id)}"][data-version]`);
}

function flashShown(list, id) {
  const now = shownAs(list, id);
  for (const one of now?.cells ?? [now]) one?.classList.add("saved");
  setTimeout(() => { for (const one of now?.cells ?? [now]) one?.classList.remove("saved"); }, 1300);
}

/** Puts the fresh row or card where the old one stands, with its tick and its focus. */
async function replaceShown(list, old, fresh) {
  const { id } = fresh.dataset;
  const ticked = old.querySelector("input[type=checkbox]")?.checked;
  const cell = [...(old.cells ?? [])].indexOf(document.activeElement);
  const focused = document.activeElement === old;
  await swapInto(old, fresh.outerHTML, "outerHTML");
  const now = shownAs(list, id);
  if (ticked) now?.querySelector("input[type=checkbox]")?.click();
  if (focused) now?.focus({ preventScroll: true });
  else if (cell >= 0) now?.cells[cell]?.focus({ preventScroll: true });
}

async function updateShown(list, fresh) {
  const old = shownAs(list, fresh.dataset.id);
  const lane = fresh.parentNode.dataset.nowLane;
  const moved = lane !== undefined && old.closest("[data-lane]")?.dataset.lane !== lane;
  const same = old.textContent === fresh.textContent;
  if (same && !moved && Number(old.dataset.version) >= Number(fresh.dataset.version)) return;
  if (moved) {
    const cards = list.querySelector(`[data-lane="${CSS.escape(lane)}"] [data-cards]`);
    if (!cards) return old.remove();
    cards.prepend(old);
    announce(word("nowIn", { card: old.ariaLabel ?? "", lane: cards.closest("[data-lane]").ariaLabel ?? "" }));
  }
  await replaceShown(list, old, fresh);
  if (!same || moved) flashShown(list, fresh.dataset.id);
}

/** Whether somebody works in it at this moment: it is left alone. */
function isWorkedOn(element) {
  return element.matches(".waiting, .sortable-chosen, .lifted") || element.querySelector("form.editor") !== null;
}

function departShown(element, board) {
  if (board) return element.remove();
  element.classList.add("departed");
  element.title = word("departed");
  return null;
}

async function readNow(ids) {
  const found = shownList();
  if (!found) return null;
  const { list, object, search, board } = found;
  search.set("ids", ids.join(","));
  const answer = await askQuietly(`/now/${object}/${board ? "cards" : "rows"}?${search}`);
  if (!answer || !list.isConnected) return null;
  const parts = parse(answer.text);
  const sums = [...parts.children].filter((one) => one.matches("[hx-swap-oob]")).map((one) => one.outerHTML).join("");
  return { list, board, sums, fresh: new Map([...parts.querySelectorAll("[data-id]")].map((one) => [one.dataset.id, one])) };
}

async function refreshShown() {
  const ids = [...touchedIds].slice(0, MOST_ASKED);
  const found = ids.length && await readNow(ids);
  if (!found) return;
  for (const id of ids) {
    touchedIds.delete(id);
    const old = shownAs(found.list, id);
    if (old && isWorkedOn(old)) toast({ text: word("elsewhere"), tone: "warn" });
    else if (old && found.fresh.has(id)) await updateShown(found.list, found.fresh.get(id));
    else if (old) departShown(old, found.board);
    else if (found.fresh.has(id)) newIds.add(id);
  }
  if (found.sums) await applyParts(found.sums);
  offerNews();
  if (touchedIds.size) refreshSoon();
}
const refreshSoon = debounce(refreshShown, 200 + Math.random() * 400);

/** “3 new”, above the list: it is read again when its reader wants to. */
function offerNews(text = newIds.size ? word("news", { count: newIds.size }) : "") {
  if (!text) return;
  const button = document.querySelector(".news") ?? Object.assign(document.createElement("button"), { type: "button", className: "btn primary news" });
  button.textContent = text;
  document.getElementById("content").append(button);
  announce(text);
}

on("click", ".news", (event, button) => {
  button.remove();
  newIds.clear();
  document.body.dispatchEvent(new CustomEvent("rows-changed", { bubbles: true }));
});

function takeIds(ids) {
  if (!shownList()) return;
  for (const id of ids) touchedIds.add(id);
  refreshSoon();
}
hear("changed", ({ versions, gone }) => takeIds([...Object.keys(versions), ...gone]));
hear("fresh", ({ records }) => takeIds(records));
hear("much", () => shownList() && offerNews(word("much")));
