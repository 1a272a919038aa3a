/** A calendar's entry by keyboard: Space lifts it, arrows move it, with Shift they stretch it, Space drops it,
 * Escape gives up; all is announced. */
import { announce, on, word } from "./dom.js";
import { SNAP, dayOf, placeBlock, sendMove, wall, written } from "./calendar-send.js";

let held = null;

function tellEntry(name) {
  const { entry, begins, ends } = held;
  announce(word(name, { card: entry.querySelector(".t")?.textContent, from: begins.replace("T", " "), to: ends.replace("T", " ") }));
}

function liftEntry(entry) {
  const { begins, ends, h, m, eh, em } = entry.dataset;
  held = { entry, begins, ends, first: { begins, ends }, was: { h, m, eh, em }, spot: [entry.parentNode, entry.nextSibling] };
  entry.classList.add("lifted");
  tellEntry("entryLifted");
}

function showEntry() {
  const { entry, begins, ends } = held;
  const place = [...document.querySelectorAll(entry.dataset.h === undefined ? ".month td, .t-all .cell" : ".col")].find((each) => each.dataset.day === begins.slice(0, 10));
  const box = place?.querySelector(".evs") ?? place;
  if (box && entry.parentNode !== box) box.append(entry);
  if (entry.dataset.h !== undefined) {
    const start = wall(begins) - wall(begins.slice(0, 10));
    placeBlock(entry, start, start + wall(ends) - wall(begins));
  }
  entry.focus();
  entry.scrollIntoView({ block: "nearest" });
  tellEntry("entryMoved");
}

function shiftTime(text, minutes) {
  return text.length > 10 ? written(wall(text) + minutes) : dayOf(text, Math.round(minutes / 1440));
}

function moveEntry(minutes) {
  held.begins = shiftTime(held.begins, minutes);
  held.ends = shiftTime(held.ends, minutes);
  showEntry();
}

function stretchEntry(minutes) {
  const ends = shiftTime(held.ends, minutes);
  if (wall(ends) <= wall(held.begins)) return;
  held.ends = ends;
  held.stretched = true;
  showEntry();
}

function entryBack({ entry, was, spot }) {
  if (!spot[0].isConnected) return;
  spot[0].insertBefore(entry, spot[1]);
  if (was.h !== undefined) Object.assign(entry.dataset, was);
  entry.focus();
}

function dropEntry() {
  const { entry, begins, ends, first, stretched } = held;
  const done = held;
  tellEntry("entryDropped");
  held = null;
  entry.classList.remove("lifted");
  if (begins !== first.begins || ends !== first.ends) sendMove(entry, { begins, ends: stretched ? ends : "" }, () => entryBack(done));
}

function giveUpEntry() {
  const done = held;
  tellEntry("entryGivenUp");
  held = null;
  done.entry.classList.remove("lifted");
  entryBack(done);
}

function wayOf(event, entry) {
  const timed = entry.dataset.h !== undefined;
  const aside = getComputedStyle(entry).direction === "rtl" ? -1440 : 1440;
  return { ArrowUp: timed ? -SNAP : -7 * 1440, ArrowDown: timed ? SNAP : 7 * 1440, ArrowLeft: -aside, ArrowRight: aside }[event.key];
}

on("keydown", ".calendar .ev[data-move]", (event, entry) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const lifted = held?.entry === entry;
  const way = wayOf(event, entry);
  if (event.key === " ") lifted ? dropEntry() : liftEntry(entry);
  else if (lifted && event.key === "Enter") dropEntry();
  else if (lifted && event.key === "Escape") giveUpEntry();
  else if (lifted && way && event.shiftKey && entry.dataset.stretch !== undefined) stretchEntry(way);
  else if (lifted && way) moveEntry(way);
  else return;
  event.preventDefault();
});
on("focusout", ".calendar .ev.lifted", (event, entry) => setTimeout(() => {
  if (held?.entry === entry && document.activeElement !== entry) giveUpEntry();
}));
