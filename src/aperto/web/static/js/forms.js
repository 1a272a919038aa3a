/** Small manners of forms: guard against losing changes, show duplicates, reveal, fill, copy, confirm by a word. */
import { announce, debounce, on, ready, word } from "./dom.js";
import { send, swapInto } from "./net.js";
import { toast } from "./toast.js";

for (const type of ["input", "change"]) on(type, "form[data-guard]", (event, form) => (form.dataset.dirty = ""));
on("submit", "form[data-guard]", (event, form) => { if (!form.matches("[hx-post]")) delete form.dataset.dirty; });
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.response?.status < 400) ctx.sourceElement.closest?.("form[data-dirty]")?.removeAttribute("data-dirty");
});
addEventListener("beforeunload", (event) => {
  const unsaved = [...document.querySelectorAll("form[data-dirty]")].some((form) => form.checkVisibility());
  if (unsaved) event.preventDefault();
});

const askDuplicates = debounce(async (form) => {
  const region = form.querySelector("[data-duplicates]");
  if (!region || !form.isConnected) return;
  const asked = (form.asked = (form.asked ?? 0) + 1);
  const answer = await send(form.dataset.duplicatesUrl, { method: "POST", body: new FormData(form) });
  if (asked !== form.asked || answer.status !== 200 || region.innerHTML.trim() === answer.text.trim()) return;
  await swapInto(region, answer.text, "innerHTML");
  announce(region.textContent.trim());
}, 400);
for (const type of ["input", "change"]) on(type, "form[data-duplicates-url]", (event, form) => askDuplicates(form));

on("input", "[data-confirm-input]", (event, input) => {
  const form = input.closest("[data-confirm-word]");
  const right = input.value.trim().toLocaleLowerCase() === form.dataset.confirmWord.toLocaleLowerCase();
  for (const button of form.querySelectorAll("[type=submit]")) button.disabled = !right;
});
ready("form[data-confirm-word]", (form) => {
  for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true;
});

on("change", "[data-submit-on-change]", (event, element) => (element.form ?? element).requestSubmit());

function reveal(control) {
  const shown = control.matches("[type=checkbox], [type=radio]") ? control.checked : Boolean(control.value);
  const target = document.querySelector(control.dataset.reveal);
  if (target) target.hidden = !shown;
}
on("change", "[data-reveal]", (event, control) => reveal(control));
on("change", "input[type=radio]", (event, radio) => {
  for (const other of document.querySelectorAll(`input[type=radio][name="${CSS.escape(radio.name)}"][data-reveal]`)) reveal(other);
});
ready("[data-reveal]", reveal);

on("click", "[data-fill]", (event, button) => {
  const control = document.querySelector(button.dataset.fill);
  control.value = button.dataset.value;
  for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
  control.focus();
});

on("click", "[data-show-password]", (event, button) => {
  const input = button.parentNode.querySelector("input");
  const show = input.type === "password";
  input.type = show ? "text" : "password";
  button.setAttribute("aria-pressed", String(show));
});

on("click", "[data-copy], [data-copy-from]", async (event, button) => {
  const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  await navigator.clipboard.writeText(button.dataset.copy ?? source.value ?? source.textContent.trim());
  toast({ text: word("copied") });
});
