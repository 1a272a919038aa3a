/** A calendar by pointer: entries are dragged and stretched, empty places make new ones, steps go by arrows. */
import { isTyping, on, placeBeside, ready } from "./dom.js";
import { dialogOnTop, openDialog } from "./dialog.js";
import { SLOT, SNAP, dayOf, daysBetween, placeBlock, sendMove, wall, written } from "./calendar-send.js";

let drag = null;

function minuteAt(column, y) {
  const box = column.getBoundingClientRect();
  return Math.max(0, Math.min(1440 - SNAP, Math.floor(((y - box.top) / box.height) * 1440 / SNAP) * SNAP));
}

function placeUnder(event, kind) {
  return document.elementsFromPoint(event.clientX, event.clientY).find((element) => element.matches(kind));
}

function beginDrag(event, entry) {
  if (event.button || event.ctrlKey || event.metaKey || (event.pointerType === "touch" && !entry.classList.contains("lifted"))) return;
  const stretches = entry.dataset.stretch !== undefined && entry.getBoundingClientRect().bottom - event.clientY < 8;
  const { h, m, eh, em } = entry.dataset;
  const column = entry.closest(".col");
  drag = { entry, column, stretches, x: event.clientX, y: event.clientY, was: { h, m, eh, em }, spot: [entry.parentNode, entry.nextSibling], grip: column ? minuteAt(column, event.clientY) - timeOf(entry) : 0 };
}

function timeOf(entry) {
  return (Number(entry.dataset.h) * 12 + Number(entry.dataset.m)) * SLOT;
}

function lengthOf(entry) {
  return (Number(entry.dataset.eh) * 12 + Number(entry.dataset.em)) * SLOT - timeOf(entry);
}

function followEntry(event) {
  if (!drag) return;
  if (!drag.moving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
  if (!drag.moving) drag.length = drag.column ? lengthOf(drag.entry) : 0;
  drag.moving = true;
  drag.entry.classList.add("moving");
  drag.column ? inHours(event) : overDay(event);
  event.preventDefault();
}

function inHours(event) {
  const { entry, stretches } = drag;
  const column = (!stretches && placeUnder(event, ".col")) || entry.closest(".col");
  if (stretches) return placeBlock(entry, timeOf(entry), Math.max(minuteAt(column, event.clientY) + SNAP, timeOf(entry) + SNAP));
  const start = Math.max(0, minuteAt(column, event.clientY) - Math.round(drag.grip / SNAP) * SNAP);
  if (entry.parentNode !== column) column.append(entry);
  placeBlock(entry, start, start + drag.length);
}

function overDay(event) {
  for (const other of document.querySelectorAll(".month td.over, .cell.over")) other.classList.remove("over");
  drag.day = placeUnder(event, ".month td, .t-all .cell");
  drag.day?.classList.add("over");
}

function putEntryBack({ entry, was, spot }) {
  spot[0].insertBefore(entry, spot[1]);
  if (was.h !== undefined) Object.assign(entry.dataset, was);
}

/** What follows a drag is no click. */
function holdClick(click) {
  click.preventDefault();
  click.stopPropagation();
}

function endDrag() {
  const done = drag;
  drag = null;
  if (!done?.moving) return;
  const { entry, column, stretches, day } = done;
  entry.classList.remove("moving");
  day?.classList.remove("over");
  addEventListener("click", holdClick, true);
  setTimeout(() => removeEventListener("click", holdClick, true));
  const back = () => putEntryBack(done);
  const from = entry.dataset.begins;
  if (column) {
    const into = entry.closest(".col").dataset.day;
    const begins = written(wall(into) + timeOf(entry));
    const ends = written(wall(into) + timeOf(entry) + lengthOf(entry));
    return stretches ? sendMove(entry, { begins: from, ends }, back) : begins === from ? back() : sendMove(entry, { begins }, back);
  }
  const moved = day ? daysBetween(entry.closest("[data-day]").dataset.day, day.dataset.day) : 0;
  return moved ? sendMove(entry, { begins: dayOf(from, moved) }, back) : back();
}

on("pointerdown", ".calendar .ev[data-move]", beginDrag);
on("dragstart", ".calendar .ev", (event) => event.preventDefault());
addEventListener("pointermove", followEntry, { passive: false });
addEventListener("pointerup", endDrag);
addEventListener("pointercancel", () => { if (drag) { drag.entry.classList.remove("moving"); putEntryBack(drag); drag = null; } });

/** Opens the form of what can be made with the times of the place that was clicked. */
export function offerNew(day, minute, anchor) {
  const links = [...document.querySelectorAll("#slot-menu [data-slot-url]")];
  for (const link of links) {
    const whole = minute === null || link.dataset.whole;
    const query = new URLSearchParams({ [link.dataset.begins]: whole ? (link.dataset.whole ? day : `${day}T09:00`) : written(wall(day) + minute) });
    if (link.dataset.ends && !link.dataset.whole) query.set(link.dataset.ends, written(wall(day) + (minute ?? 540) + 60));
    link.href = `${link.dataset.slotUrl}?${query}`;
  }
  if (links.length === 1) return openDialog(links[0].href, { opener: anchor });
  const menu = document.getElementById("slot-menu");
  if (!links.length) return null;
  menu.showPopover();
  placeBeside(menu, anchor);
  return links[0].focus();
}

function slotIn(column, minute) {
  const slot = Object.assign(document.createElement("i"), { className: "slot", textContent: written(minute).slice(11) });
  column.append(slot);
  placeBlock(slot, minute, minute + 60);
  document.getElementById("slot-menu")?.addEventListener("toggle", ({ newState }) => newState === "closed" && slot.remove());
  if (document.querySelectorAll("#slot-menu a").length < 2) setTimeout(() => slot.remove(), 1500);
  return slot;
}

on("click", ".calendar :is(.col, .month td, .t-all .cell)", (event, place) => {
  if (event.target.closest("a, button") || event.defaultPrevented || !document.querySelector("#slot-menu a")) return;
  if (!place.matches(".col")) return offerNew(place.dataset.day, null, place.querySelector(".num") ?? place);
  const minute = minuteAt(place, event.clientY);
  offerNew(place.dataset.day, minute, slotIn(place, minute));
});

ready(".t-scroll", (box) => { box.scrollTop = box.dataset.at ?? 7.5 * 48; });
document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target) || dialogOnTop()) return;
  if (event.target.closest?.("[popover], [role=menu]") || !document.querySelector(".calendar")) return;
  const way = getComputedStyle(document.documentElement).direction === "rtl" ? -step : step;
  document.querySelector(`[data-calendar-step="${way}"]`)?.click();
});
