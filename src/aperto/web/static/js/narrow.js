/** A box that narrows what lies below it to what holds the typed words: icons, fields. */
import { announce, on, word } from "./dom.js";

function plainWords(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

on("input", "[data-narrows]", (event, box) => {
  const wanted = plainWords(box.value.trim());
  const items = [...document.querySelectorAll(`${box.dataset.narrows} > *`)];
  for (const item of items) item.hidden = !plainWords(item.textContent).includes(wanted);
  const count = items.filter((item) => !item.hidden).length;
  announce(count ? word("found", { count }) : word("none"));
});
on("keydown", "[data-narrows]", (event) => event.key === "Enter" && event.preventDefault());
