/** Endless lists: an element with `data-next` is replaced by what its address answers when it comes near the view. */
import { on, ready, word } from "./dom.js";
import { send, swapInto } from "./net.js";

const NEAR = "800px";

async function load(element) {
  if (element.dataset.loading) return;
  element.dataset.loading = "true";
  const answer = await send(element.dataset.next);
  if (!element.isConnected) return;
  if (answer.status === 200) return swapInto(element, answer.text || "<!-- end -->", "outerHTML");
  delete element.dataset.loading;
  offerAgain(element);
}

/** A failed page does not ask again by itself. */
function offerAgain(element) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: word("again") });
  button.dataset.nextAgain = "";
  (element.cells?.[0] ?? element).replaceChildren(button);
}

function scroller(element) {
  const box = element.closest(".grid-wrap, [data-cards], .dialog-body, .scrolls");
  return box && /auto|scroll/.test(getComputedStyle(box).overflowY) && box.clientHeight < box.scrollHeight ? box : null;
}

ready("[data-next]", (element) => {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    load(element);
  }, { root: scroller(element), rootMargin: NEAR });
  observer.observe(element);
});
on("click", "[data-next-again]", (event, button) => load(button.closest("[data-next]")));
on("click", "a[data-next]", (event, link) => {
  event.preventDefault();
  load(link);
});
