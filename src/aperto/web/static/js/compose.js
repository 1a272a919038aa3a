/** Writing on a record: a button opens its tab of the composer, and an opened tab takes the focus. Commands of the palette. */
import { on } from "./dom.js";
import "./menu.js";

const WRITABLE = "textarea:not([hidden]), trix-editor, input:not([type=hidden], :disabled), select";

function write(tab) {
  const panel = document.getElementById(tab.getAttribute("aria-controls"));
  panel?.querySelector(WRITABLE)?.focus();
  panel?.closest(".composer")?.scrollIntoView({ block: "nearest" });
}

on("click", "[role=tab][data-compose]", (event, tab) => write(tab));
on("click", "[data-press]", (event, button) => {
  const target = document.getElementById(button.dataset.press);
  if (!target) return;
  event.preventDefault();
  target.click();
});

for (const theme of ["auto", "light", "dark"]) {
  document.addEventListener(`theme:${theme}`, () => document.querySelector(`[data-set-theme=${theme}]`)?.click());
}
