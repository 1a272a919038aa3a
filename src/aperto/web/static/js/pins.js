/** Pinned views come after the page, so that their counts delay nothing; the browser keeps them for half a minute. */
import { ready } from "./dom.js";

async function readPins(place, cache) {
  const answer = await fetch(place.dataset.pins, { cache, credentials: "same-origin" }).catch(() => null);
  const html = await answer?.text(); // read in any case: an answer left lying keeps its connection
  if (!answer?.ok || answer.redirected) return;
  const moved = document.activeElement?.closest(".pins .grip")?.closest("li").dataset.id;
  place.innerHTML = html;
  if (moved) place.querySelector(`[data-id="${moved}"] .grip`)?.focus();
  const here = [...place.querySelectorAll("a")].find((link) => link.href === location.href);
  here?.setAttribute("aria-current", "page");
  window.htmx?.process(place);
}

ready("[data-pins]", (place) => readPins(place, "default"));
document.addEventListener("pins-changed", () => {
  const place = document.querySelector("[data-pins]");
  if (place) readPins(place, "reload");
});
