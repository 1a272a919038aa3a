/** Messages at the foot. Those that offer Undo stay for as long as the page lives; others go by themselves. */
import { on, parse, ready, word } from "./dom.js";
import { applyParts, send } from "./net.js";

const AFTER_RELOAD = "aperto-toast";

function toastButton(text, name, classes = "btn") {
  const button = Object.assign(document.createElement("button"), { type: "button", className: classes, textContent: text });
  button.setAttribute(name, "");
  return button;
}

function liveFor(toast) {
  if (toast.querySelector("[data-toast-undo], a, [data-toast-act]")) return;
  let timer = 0;
  const start = () => (timer = setTimeout(() => toast.remove(), 6000));
  for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, () => clearTimeout(timer));
  for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, start);
  start();
}

/** The region must stand inside the modal dialog on top, or its buttons could not be reached. */
function toastRegion() {
  const region = document.getElementById("toasts");
  const host = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
  if (region && region.parentNode !== host) host.append(region);
  return region;
}
document.addEventListener("close", () => queueMicrotask(toastRegion), true);

export function toast({ text, undo, href, label, tone = "good", act }) {
  const box = document.createElement("div");
  Object.assign(box, { className: "toast" }).dataset.tone = tone;
  box.dataset.made = "";
  box.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (undo) {
    box.dataset.undo = undo;
    box.append(toastButton(word("undo"), "data-toast-undo"));
  }
  if (href) box.append(Object.assign(document.createElement("a"), { className: "btn", href, textContent: label ?? href }));
  if (act) {
    box.append(toastButton(label, "data-toast-act"));
    box.lastElementChild.addEventListener("click", () => { box.remove(); act(); });
  }
  const close = toastButton("", "data-toast-close", "btn quiet icon-only");
  close.ariaLabel = word("close");
  close.append(parse("<span aria-hidden=\"true\">×</span>"));
  box.append(close);
  const region = toastRegion();
  region.append(box);
  while (region.children.length > 4) region.firstElementChild.remove();
  liveFor(box);
}

/** Where no part of the page reads itself again, the whole page does, and says afterwards what was undone. So
 * does a page that came with the message: what it shows was done before it. */
function showUndone(trigger, made) {
  const events = trigger?.startsWith("{") ? JSON.parse(trigger) : {};
  const names = Object.keys(events).filter((name) => name !== "toast");
  const followed = made && names.some((name) => document.querySelector(`[hx-trigger*="${name}"]`));
  if (followed || (trigger && !names.length)) return;
  sessionStorage.setItem(AFTER_RELOAD, JSON.stringify(events.toast ?? { text: word("undone") }));
  location.reload();
}

on("click", "[data-toast-close]", (event, button) => button.closest(".toast").remove());
on("click", "[data-toast-undo]", async (event, button) => {
  const box = button.closest(".toast");
  button.disabled = true;
  const answer = await send(box.dataset.undo, { method: "POST" });
  button.disabled = false;
  if (answer.status < 200 || answer.status >= 400) return;
  box.remove();
  if (answer.text.includes("hx-swap-oob")) await applyParts(answer.text);
  else if (!answer.headers.get("HX-Redirect")) showUndone(answer.headers.get("HX-Trigger"), "made" in box.dataset);
});
document.addEventListener("toast", (event) => {
  const { detail } = event;
  toast(typeof detail.value === "string" ? { text: detail.value } : detail);
});
ready("#toasts > .toast", liveFor);

const waiting = sessionStorage.getItem(AFTER_RELOAD);
if (waiting) {
  sessionStorage.removeItem(AFTER_RELOAD);
  toast(JSON.parse(waiting));
}
