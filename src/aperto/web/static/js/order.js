/** A list put in order by its grips: dragged (SortableJS), or moved by arrow keys; kept by the server. */
import { announce, debounce, on, ready, word } from "./dom.js";
import { send } from "./net.js";

async function keepOrder(list) {
  const order = [...list.children].map((row) => row.dataset.id).join(",");
  const answer = await send(list.dataset.orderUrl, { method: "POST", body: new URLSearchParams({ order }) });
  if (answer.status !== 204) location.reload();
}
const keepSoon = debounce(keepOrder, 400);

on("keydown", "[data-order-url] .grip", (event, grip) => {
  const row = grip.closest("[data-id]");
  const list = row.parentNode;
  const other = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key];
  if (other === undefined) return;
  event.preventDefault();
  if (!other) return;
  event.key === "ArrowUp" ? other.before(row) : other.after(row);
  grip.focus();
  announce(word("ordered", { name: row.innerText.trim().split("\n")[0], place: [...list.children].indexOf(row) + 1, count: list.children.length }));
  keepSoon(list);
});

ready("[data-order-url]", async (list) => {
  await import(list.dataset.sortable);
  window.Sortable.create(list, {
    handle: ".grip", animation: 140,
    onEnd: ({ oldIndex, newIndex }) => oldIndex !== newIndex && keepOrder(list),
  });
});
