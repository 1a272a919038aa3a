/** The viewer of files: arrows step through the files beside it, and it reads itself again when its file changed. */
import { dialogOnTop } from "./dialog.js";
import { debounce, isTyping, parse } from "./dom.js";
import { send } from "./net.js";

function viewerOnTop() {
  const dialog = dialogOnTop();
  return dialog?.querySelector("[data-viewer]") ? dialog : null;
}

async function showFile(dialog, url, focus) {
  const answer = await send(url, { headers: { "Aperto-Dialog": "true" } });
  const fresh = answer.status === 200 && parse(answer.text).querySelector("dialog");
  if (!fresh) return;
  const messages = dialog.querySelectorAll(":scope > :is(#toasts, [aria-live])");
  dialog.replaceChildren(...fresh.childNodes, ...messages);
  dialog.dataset.viewerUrl = url;
  window.htmx.process(dialog);
  dialog.querySelector(focus)?.focus();
}

document.addEventListener("click", (event) => {
  const step = event.target.closest?.("[data-step]");
  const dialog = step?.closest("dialog");
  if (!dialog || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  showFile(dialog, step.getAttribute("href"), `[data-step=${step.dataset.step}], .stage`);
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: "before", ArrowRight: "after" }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  const root = viewerOnTop() ?? (dialogOnTop() ? null : document.querySelector("main [data-viewer]")?.closest("main"));
  const rtl = document.documentElement.dir === "rtl";
  const link = root?.querySelector(`[data-step=${rtl ? { before: "after", after: "before" }[step] : step}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

const readAgain = debounce(() => {
  const dialog = viewerOnTop();
  const url = dialog?.querySelector("[data-viewer]").dataset.url;
  if (url) showFile(dialog, url, ".stage");
}, 50);
for (const name of ["file-changed", "record-changed"]) document.addEventListener(name, readAgain);
