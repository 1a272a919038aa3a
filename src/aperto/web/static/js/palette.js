/** Ctrl/⌘ K: records of all objects, recent ones, commands. */
import { debounce, on, parse } from "./dom.js";
import { dialogOnTop, openDialog } from "./dialog.js";
import { Listbox } from "./listbox.js";
import { send } from "./net.js";

let paletteBox = null;

function go(option, event) {
  const dialog = document.getElementById("palette");
  const { href, post } = option.dataset;
  const aside = event.metaKey || event.ctrlKey;
  if (!aside) dialog.close();
  if (post) send(post, { method: "POST" });
  else if (aside) window.open(href, "_blank", "noopener");
  else if ("dialog" in option.dataset) openDialog(href);
  else if (option.dataset.run) document.dispatchEvent(new CustomEvent(option.dataset.run));
  else location.assign(href);
}

function build(dialog) {
  const input = dialog.querySelector("input");
  const box = new Listbox(input, dialog.querySelector("[role=listbox]"), go);
  const look = async () => {
    dialog.setAttribute("aria-busy", "true");
    const html = await box.ask(`${dialog.dataset.url}?q=${encodeURIComponent(input.value)}`);
    if (html === null) return;
    dialog.removeAttribute("aria-busy");
    const answer = parse(html);
    const meta = answer.querySelector(".meta");
    dialog.querySelector("footer .meta").textContent = meta?.textContent ?? "";
    meta?.remove();
    box.fill(answer.childNodes);
  };
  input.addEventListener("input", debounce(look, 90));
  input.addEventListener("keydown", (event) => {
    if (box.key(event) || event.key !== "Enter" || event.isComposing || !box.active) return;
    event.preventDefault();
    go(box.active, event);
  });
  return { input, look };
}

export function openPalette(text = "") {
  const dialog = document.getElementById("palette");
  if (!dialog?.dataset.url || (dialogOnTop() && !dialog.open)) return;
  if (dialog.open) return dialog.close();
  paletteBox ??= build(dialog);
  dialog.classList.add("enter");
  dialog.showModal();
  paletteBox.input.value = text;
  paletteBox.input.select();
  paletteBox.look();
}

on("click", "[data-open-palette]", () => openPalette());
