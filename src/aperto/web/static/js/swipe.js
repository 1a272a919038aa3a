/** On a telephone a card of a list is pushed aside: to the right it is called or ticked off, to the left mailed; a line of what is to be done is put off. The links inside do the same. */
import { on, word } from "./dom.js";
import { send } from "./net.js";

const MEANT = 88; // pixels after which letting go acts
const STARTS = 12; // below this it may still be a tap or a scroll
const FURTHEST = 120;

let swipe = null;

function linkDeed(row, scheme, name) {
  const link = row.querySelector(`td > a[href^="${scheme}:"]`);
  return link && { name: word(name), act: () => link.click() };
}

function tickDeed(row) {
  const url = row.closest("table").dataset.finishUrl;
  return url && { name: word("done"), act: async () => {
    const answer = await send(url.replace("{id}", row.dataset.id), { method: "POST" });
    if (answer.status >= 200 && answer.status < 300) row.classList.add("gone");
  } };
}

function actDeed(row, key, name) {
  const element = row.querySelector(`[data-act="${key}"]`);
  return element && { name: word(name), act: () => element.click() };
}

/** What pushing this card to the right and to the left means; nothing where it has neither number nor address. */
function deedsOf(row) {
  if ("duty" in row.dataset) return { right: actDeed(row, "e", "done"), left: actDeed(row, "s", "later") };
  const ticks = tickDeed(row);
  const calls = linkDeed(row, "tel", "call");
  const mails = linkDeed(row, "mailto", "mail");
  return ticks ? { right: ticks, left: calls ?? mails } : { right: calls, left: mails };
}

function pushMark(row, side, text) {
  row.querySelector(".swipe-mark")?.remove();
  row.append(Object.assign(document.createElement("span"), { className: "swipe-mark", textContent: text, ariaHidden: "true" }));
  row.lastElementChild.dataset.side = side;
  return row.lastElementChild;
}

function endSwipe(row) {
  row.querySelector(".swipe-mark")?.remove();
  delete row.dataset.swiped;
  row.style.removeProperty("--swiped");
  swipe = null;
}

on("pointerdown", ".grid tbody tr[data-id], [data-duty]", (event, row) => {
  const card = "duty" in row.dataset || getComputedStyle(row).display === "flex";
  if (event.pointerType !== "touch" || !event.isPrimary || !card) return;
  swipe = { row, x: event.clientX, y: event.clientY, deed: null };
});

document.addEventListener("pointermove", (event) => {
  if (!swipe || !event.isPrimary) return;
  const { row, x, y } = swipe;
  const across = Math.max(-FURTHEST, Math.min(FURTHEST, event.clientX - x));
  if (!row.dataset.swiped && (Math.abs(across) < STARTS || Math.abs(event.clientY - y) > Math.abs(across))) return;
  const side = across > 0 ? "right" : "left";
  const deed = deedsOf(row)[side];
  if (!deed) return endSwipe(row);
  row.dataset.swiped = side;
  row.style.setProperty("--swiped", `${across}px`);
  pushMark(row, side, deed.name).dataset.armed = Math.abs(across) >= MEANT;
  swipe.deed = Math.abs(across) >= MEANT ? deed : null;
});

document.addEventListener("pointerup", () => {
  if (!swipe) return;
  const { row, deed } = swipe;
  if (row.dataset.swiped) row.addEventListener("click", (event) => event.isTrusted && event.preventDefault(), { capture: true, signal: AbortSignal.timeout(300) });
  endSwipe(row);
  deed?.act();
});
document.addEventListener("pointercancel", () => swipe && endSwipe(swipe.row));
