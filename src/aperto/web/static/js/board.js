/** Cards between lanes: dropping by pointer (SortableJS) or by keyboard, and asking the server. */
import { ready } from "./dom.js";
import { dialogOnTop, showDialog } from "./dialog.js";
import { applyParts, send } from "./net.js";

export function spotOf(card) {
  return { parent: card.parentNode, next: card.nextElementSibling };
}

export function putBack(card, { parent, next }) {
  parent.insertBefore(card, next?.parentNode === parent ? next : null);
}

function cardBelow(card) {
  let next = card.nextElementSibling;
  while (next && !next.dataset.id) next = next.nextElementSibling;
  return next?.dataset.id ?? "";
}

/** Tells the server where the card is now; puts it back where it was when that is refused. */
export async function commitMove(card, origin) {
  const board = card.closest("[data-board]");
  const lane = card.closest("[data-lane]").dataset.lane;
  const body = new URLSearchParams({ lane, before: cardBelow(card), version: card.dataset.version ?? "" });
  card.classList.add("waiting");
  const answer = await send(board.dataset.moveUrl.replace("{id}", card.dataset.id), { method: "POST", body });
  card.classList.remove("waiting");
  const back = () => putBack(card, origin);
  if (answer.status >= 200 && answer.status < 300) {
    const version = answer.headers.get("Aperto-Version");
    if (version) card.dataset.version = version;
    const hadFocus = document.activeElement === card;
    await applyParts(answer.text, board);
    if (hadFocus) document.querySelector(`.card[data-id="${CSS.escape(card.dataset.id)}"]`)?.focus();
    return true;
  }
  if ([409, 422].includes(answer.status) && answer.text.includes("<dialog")) {
    await showDialog(answer.text, { opener: card, onGiveUp: back });
    if (dialogOnTop()) return false;
  }
  back();
  return false;
}

function sortable(library, cards) {
  library.create(cards, {
    group: "board", draggable: ".card", filter: "a, button", preventOnFilter: false, animation: 140, delay: 160, delayOnTouchOnly: true,
    scrollSensitivity: 90, emptyInsertThreshold: 24,
    onStart: ({ item }) => (item.origin = { parent: item.parentNode, next: item.nextElementSibling }),
    onMove: ({ to }) => {
      for (const lane of document.querySelectorAll(".lane.over")) lane.classList.remove("over");
      to.closest(".lane")?.classList.add("over");
    },
    onEnd: ({ item, from, to, oldIndex, newIndex }) => {
      for (const lane of document.querySelectorAll(".lane.over")) lane.classList.remove("over");
      if (from !== to || oldIndex !== newIndex) commitMove(item, item.origin);
    },
  });
}

let sortableLoaded = null;
ready("[data-board] [data-cards]", async (cards) => {
  const url = cards.closest("[data-board]").dataset.sortable;
  if (!url) return;
  sortableLoaded ??= import(url);
  await sortableLoaded;
  sortable(window.Sortable, cards);
});
