/** A list cell or a record field becomes its editor, saves by itself and never loses what was typed. */
import { announce, ensureId, word } from "./dom.js";
import { showDialog } from "./dialog.js";
import { refusal, send, swapInto } from "./net.js";

export const EDITOR = "input:not([type=hidden]), select:not([hidden]), textarea:not([hidden]), trix-editor, button";
export const edits = new WeakMap();

export function editUrl(place) {
  if (place.dataset.editUrl) return place.dataset.editUrl;
  const table = place.closest("table[data-edit-url]");
  const head = table?.tHead.rows[0].cells[place.cellIndex];
  const id = place.parentNode.dataset?.id;
  if (!head?.dataset.field || !id || [head, place, place.parentNode].some((one) => "readonly" in one.dataset)) return null;
  return table.dataset.editUrl.replace("{id}", id).replace("{field}", head.dataset.field);
}

function contents(form) {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? `${value.name}${value.size}` : value]));
}

function fill(place, form, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  form.replaceChildren(template.content);
  window.htmx.process(form);
  const message = form.querySelector(".field-error");
  place.classList.toggle("refused", message !== null);
  const first = form.querySelector("[aria-invalid=true]") ?? form.querySelector(EDITOR);
  if (message && first) {
    first.setAttribute("aria-invalid", "true");
    first.setAttribute("aria-describedby", ensureId(message, "refused"));
    announce(message.textContent);
  }
  return first;
}

function typeInto(control, typed) {
  control?.focus();
  control?.closest("record-picker")?.search();
  if (typed && control?.matches("textarea, input:not([type=checkbox], [type=radio], [type=date], [type=time], [type=datetime-local], [type=color])")) {
    if (control.type === "number" && !/[\d.,-]/.test(typed)) return;
    control.value = typed;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  } else control?.select?.();
}

/** Turns a place into its editor; `typed` is the key that opened it. False when it cannot be edited. */
export async function edit(place, typed = "") {
  const url = editUrl(place);
  if (!url) return false;
  if (edits.has(place)) return true;
  const form = Object.assign(document.createElement("form"), { className: "editor", noValidate: true });
  const now = { url, form, nodes: [...place.childNodes], before: "" };
  edits.set(place, now);
  place.setAttribute("aria-busy", "true");
  const answer = await send(url);
  place.removeAttribute("aria-busy");
  if (answer.status !== 200) {
    edits.delete(place);
    return true;
  }
  place.replaceChildren(form);
  place.classList.add("editing");
  place.removeAttribute("tabindex"); // the editor is the stop now
  const first = fill(place, form, answer.text);
  now.before = contents(form);
  typeInto(first, typed);
  return true;
}

function leave(place) {
  edits.delete(place);
  place.tabIndex = 0;
  place.classList.remove("editing", "refused", "waiting");
}

export function giveUp(place) {
  const { nodes } = edits.get(place);
  leave(place);
  place.replaceChildren(...nodes);
  place.focus();
}

async function accept(place, answer) {
  const row = place.closest("tr");
  const index = place.cellIndex;
  leave(place);
  const version = answer.headers.get("Aperto-Version");
  let now = place;
  if (/^\s*<tr[\s>]/.test(answer.text)) {
    const next = row.nextElementSibling;
    await swapInto(row, answer.text, "outerHTML");
    const fresh = next ? next.previousElementSibling : row.parentNode?.lastElementChild;
    now = fresh?.cells?.[index] ?? document.querySelector(`tr[data-id="${CSS.escape(row.dataset.id)}"]`)?.cells[index];
  } else {
    if (version) (place.closest("[data-version]") ?? place).dataset.version = version;
    await swapInto(place, answer.text, "innerHTML");
  }
  now?.classList.add("saved");
  setTimeout(() => now?.classList.remove("saved"), 1300);
  announce(word("saved"));
  return now;
}

function refuse(place, answer) {
  const { form } = edits.get(place);
  if (answer.status === 409) {
    place.classList.add("refused");
    return showDialog(answer.text, { opener: form.querySelector(EDITOR) });
  }
  if (answer.status === 422 && answer.text.trim()) return typeInto(fill(place, form, answer.text));
  if (answer.status > 0 && answer.status !== 401) {
    const message = Object.assign(document.createElement("p"), { className: "field-error", textContent: refusal(answer.status) });
    form.querySelector(".field-error")?.remove();
    form.append(message);
  }
  place.classList.add("refused");
  return form.querySelector(EDITOR)?.focus();
}

/** Saves; resolves to the place as it is now, or null when it stays open. */
export async function saveEdit(place) {
  const now = edits.get(place);
  if (!now || now.saving) return null;
  if (contents(now.form) === now.before && !place.classList.contains("refused")) {
    const { nodes } = now;
    leave(place);
    place.replaceChildren(...nodes);
    return place;
  }
  now.saving = true;
  place.classList.add("waiting");
  const body = new FormData(now.form);
  const version = place.closest("[data-version]")?.dataset.version;
  if (version && !body.has("version")) body.set("version", version);
  const answer = await send(now.url, { method: "POST", body });
  now.saving = false;
  place.classList.remove("waiting");
  if (answer.status >= 200 && answer.status < 300) return accept(place, answer);
  refuse(place, answer);
  return null;
}

export function isEditing(place) {
  return edits.has(place);
}
