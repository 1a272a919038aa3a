/** Links with `data-dialog` open on top of the page; whatever lands in `#dialogs` opens; typed text is never lost. */
import { on, word } from "./dom.js";
import { send, swapInto } from "./net.js";
import { toast } from "./toast.js";

const purpose = new WeakMap();

export function dialogOnTop() {
  return [...document.querySelectorAll("dialog[open]")].filter((dialog) => dialog.matches(":modal")).at(-1);
}

/** Shows the answer's dialog. `opener` gets the focus back; `onGiveUp` and `onPick` are told how it ended. */
export async function showDialog(html, aim = {}) {
  const region = document.getElementById("dialogs");
  expected = { opener: document.activeElement, ...aim };
  await swapInto(region, html, "beforeend");
}
let expected = {};

export async function openDialog(url, aim = {}) {
  const answer = await send(url, { headers: { "Aperto-Dialog": "true" } });
  if (answer.status === 200 && answer.text.includes("<dialog")) await showDialog(answer.text, aim);
  else if (answer.status === 200) location.assign(url);
}

function isDirty(dialog) {
  return dialog.querySelector("form[data-guard][data-dirty]") !== null;
}

function finish(dialog) {
  const { opener, onGiveUp } = purpose.get(dialog) ?? {};
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  if (dialog.returnValue === "done") return dialog.remove();
  if (isDirty(dialog)) {
    const reopen = () => { dialog.returnValue = ""; dialog.showModal(); };
    return toast({ text: word("kept"), label: word("reopen"), tone: "info", act: reopen });
  }
  onGiveUp?.();
  dialog.remove();
}

export function closeDialog(dialog = dialogOnTop(), result = "") {
  dialog?.close(result);
}

function present(dialog, replaced) {
  purpose.set(dialog, purpose.get(replaced) ?? expected);
  expected = {};
  if (replaced) dialog.querySelector("form[data-guard]")?.setAttribute("data-dirty", "");
  else dialog.classList.add("enter");
  dialog.addEventListener("close", () => finish(dialog));
  dialog.showModal();
  const first = dialog.querySelector("[aria-invalid=true]") ?? dialog.querySelector("[autofocus]")
    ?? dialog.querySelector(".dialog-body :is(input:not([type=hidden]), select:not([hidden]), textarea:not([hidden]), trix-editor, record-picker input)");
  first?.focus();
}

function watchDialogs(region) {
  new MutationObserver((records) => {
    const gone = records.flatMap((record) => [...record.removedNodes]).filter((node) => node.tagName === "DIALOG");
    const come = records.flatMap((record) => [...record.addedNodes]).filter((node) => node.tagName === "DIALOG");
    for (const dialog of come) if (dialog.isConnected && !dialog.open) present(dialog, gone.shift());
  }).observe(region, { childList: true });
}

on("click", "a[data-dialog], button[data-dialog]", (event, link) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  link.closest("[popover]")?.hidePopover();
  openDialog(link.dataset.dialog || link.href, { opener: link.closest("[popover]") ? document.querySelector(`[popovertarget="${link.closest("[popover]").id}"]`) : link });
});
on("click", "[data-close]", (event, button) => closeDialog(button.closest("dialog")));
on("pointerdown", "dialog", (event, dialog) => {
  if (event.target !== dialog) return;
  const box = dialog.getBoundingClientRect();
  const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  if (outside) closeDialog(dialog);
});
document.addEventListener("dialog:close", () => closeDialog(dialogOnTop(), "done"));
document.addEventListener("picked", ({ detail }) => {
  const dialog = dialogOnTop();
  purpose.get(dialog)?.onPick?.(detail.value, detail.label);
  closeDialog(dialog, "done");
});
const dialogRegion = document.getElementById("dialogs");
if (dialogRegion) watchDialogs(dialogRegion);
