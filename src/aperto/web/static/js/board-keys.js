/** A card moved by keyboard: Space lifts it, arrows move it, Space drops it, Escape gives up; all is announced. */
import { announce, on, word } from "./dom.js";
import { commitMove, putBack, spotOf } from "./board.js";

let lifted = null;

function cardsIn(lane) {
  return [...lane.querySelectorAll("[data-cards] > .card")];
}

function names(card) {
  const lane = card.closest("[data-lane]");
  const cards = cardsIn(lane);
  return { card: card.getAttribute("aria-label") ?? card.querySelector("h3")?.textContent.trim(), lane: lane.getAttribute("aria-label"), place: cards.indexOf(card) + 1, count: cards.length };
}

function beside(card, step) {
  const lanes = [...card.closest("[data-board]").querySelectorAll("[data-lane]")];
  return lanes[lanes.indexOf(card.closest("[data-lane]")) + step];
}

function stepOf(event) {
  const rtl = getComputedStyle(event.target).direction === "rtl";
  return { ArrowDown: ["down", 1], ArrowUp: ["down", -1], ArrowRight: ["aside", rtl ? -1 : 1], ArrowLeft: ["aside", rtl ? 1 : -1] }[event.key];
}

function move(card, [way, step]) {
  if (way === "down") {
    const cards = cardsIn(card.closest("[data-lane]"));
    const to = cards[cards.indexOf(card) + step];
    if (to) step > 0 ? to.after(card) : to.before(card);
  } else {
    const lane = beside(card, step);
    const index = cardsIn(card.closest("[data-lane]")).indexOf(card);
    lane?.querySelector("[data-cards]").insertBefore(card, cardsIn(lane)[index] ?? lane.querySelector("[data-cards] > .more"));
  }
  card.focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  announce(word("moved", names(card)));
}

function walk(card, [way, step]) {
  const lane = way === "down" ? card.closest("[data-lane]") : beside(card, step);
  const index = cardsIn(card.closest("[data-lane]")).indexOf(card) + (way === "down" ? step : 0);
  const cards = lane ? cardsIn(lane) : [];
  cards[Math.min(Math.max(index, 0), cards.length - 1)]?.focus();
}

function drop(card) {
  const { origin } = lifted;
  lifted = null;
  card.classList.remove("lifted");
  announce(word("dropped", names(card)));
  if (card.parentNode !== origin.parent || card.nextElementSibling !== origin.next) commitMove(card, origin);
}

function giveUpMove(card) {
  putBack(card, lifted.origin);
  lifted = null;
  card.classList.remove("lifted");
  card.focus();
  announce(word("givenUp", names(card)));
}

on("keydown", "[data-board] .card", (event, card) => {
  if (event.target !== card || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = stepOf(event);
  const isLifted = lifted?.card === card;
  if (step) isLifted ? move(card, step) : walk(card, step);
  else if (event.key === " " && isLifted) drop(card);
  else if (event.key === " ") {
    lifted = { card, origin: spotOf(card) };
    card.classList.add("lifted");
    announce(word("lifted", names(card)));
  } else if (event.key === "Escape" && isLifted) giveUpMove(card);
  else if (event.key === "Enter") card.querySelector("a[href]")?.click();
  else return;
  event.preventDefault();
});
on("focusout", ".card.lifted", (event, card) => setTimeout(() => {
  if (lifted?.card === card && document.activeElement !== card) giveUpMove(card);
}));
