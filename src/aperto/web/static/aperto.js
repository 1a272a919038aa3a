/* Aperto, MPL-2.0. Written by tools/bundle.py from static/js. */
function on(type, selector, handler, capture = false) {
document.addEventListener(type, (event) => {
const found = event.target instanceof Element && event.target.closest(selector);
if (found) handler(event, found);
}, capture);
}
const prepared = new WeakMap();
function ready(selector, handler) {
const run = (root) => {
const inside = root.querySelectorAll ? [...root.querySelectorAll(selector)] : [];
for (const element of root.matches?.(selector) ? [root, ...inside] : inside) {
const done = prepared.get(element) ?? prepared.set(element, new Set()).get(element);
if (!done.has(handler)) {
done.add(handler);
handler(element);
}
}
};
document.addEventListener("htmx:after:process", (event) => run(event.target));
run(document);
}
function word(name, values = {}) {
const text = document.getElementById("words")?.dataset[name] ?? name;
return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
function announce(text) {
const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
let region = document.getElementById("announce");
if (dialog) {
region = dialog.querySelector(":scope > .sr[aria-live]") ?? dialog.appendChild(Object.assign(document.createElement("div"), { className: "sr", ariaLive: "polite" }));
}
if (region) region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
function debounce(handler, wait) {
let timer = 0;
return (...args) => {
clearTimeout(timer);
timer = setTimeout(() => handler(...args), wait);
};
}
function isTyping(target) {
return target instanceof Element && (target.closest("textarea, select, [contenteditable]:not([contenteditable=false]), [role=combobox]") !== null
|| target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range], [type=color])"));
}
function parse(html) {
const template = document.createElement("template");
template.innerHTML = html;
return template.content;
}
let serial = 0;
function ensureId(element, prefix) {
return (element.id ||= `${prefix}-${++serial}`);
}
function placeBeside(box, anchor, side = "bottom") {
const from = anchor.getBoundingClientRect();
const { offsetWidth: width, offsetHeight: height } = box;
const rtl = getComputedStyle(anchor).direction === "rtl";
const below = from.bottom + 4 + height <= innerHeight || from.top < innerHeight - from.bottom;
const top = side === "bottom" && below ? from.bottom + 4 : Math.max(4, from.top - height - 4);
const wanted = rtl || from.left + width > innerWidth - 8 ? from.right - width : from.left;
box.style.top = `${Math.min(top, Math.max(4, innerHeight - height - 4))}px`;
box.style.left = `${Math.max(4, Math.min(wanted, innerWidth - width - 4))}px`;
}
function csrfHeader() {
return { "X-CSRFToken": document.querySelector("meta[name=csrf]")?.content ?? "" };
}
function tell(name, detail) {
document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}
function complain(text, more = {}) {
tell("toast", { text, tone: "bad", ...more });
}
function obey(headers) {
const events = headers.get("HX-Trigger");
if (events?.startsWith("{")) Object.entries(JSON.parse(events)).forEach(([name, detail]) => tell(name, detail));
else events?.split(",").forEach((name) => tell(name.trim(), {}));
if (headers.get("HX-Redirect")) location.assign(headers.get("HX-Redirect"));
if (headers.get("HX-Refresh") === "true") location.reload();
}
function refusal(status) {
if (status === 401) return word("signedOut");
if (status === 403) return word("forbidden");
return word(status === 404 || status === 410 ? "gone" : "failed");
}
async function send(url, { method = "GET", body, signal, headers = {} } = {}) {
const asked = { "HX-Request": "true", "HX-Current-URL": location.href, Accept: "text/html", ...headers };
if (method !== "GET") Object.assign(asked, csrfHeader());
let answer;
let text;
try {
answer = await fetch(url, { method, body, signal, headers: asked, credentials: "same-origin" });
text = await answer.text();
} catch (error) {
if (error.name === "AbortError") return { status: -1, text: "", headers: new Headers() };
complain(word("offline"));
return { status: 0, text: "", headers: new Headers() };
}
if (answer.redirected) {
complain(word("signedOut"), { href: answer.url, label: word("signIn") });
return { status: 401, text: "", headers: answer.headers };
}
obey(answer.headers);
if (answer.status >= 400 && ![409, 422].includes(answer.status)) complain(refusal(answer.status));
return { status: answer.status, text, headers: answer.headers };
}
function applyParts(text, source = document.body) {
return text.trim() ? window.htmx.swap({ text, sourceElement: source, target: source, swap: "none" }) : Promise.resolve();
}
function swapInto(target, text, swap) {
return window.htmx.swap({ text, sourceElement: target, target, swap });
}
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
if (ctx.request.method !== "GET") Object.assign(ctx.request.headers, csrfHeader());
});
document.addEventListener("htmx:before:response", (event) => {
const { ctx } = event.detail;
const { raw, status } = ctx.response;
if (raw.redirected) {
event.preventDefault();
location.assign(raw.url);
} else if (status === 409) {
ctx.hx.retarget = "#dialogs";
ctx.hx.reswap = "beforeend";
} else if (status >= 400 && status !== 422) {
ctx.hx.reswap = "none";
if (!ctx.hx.trigger?.includes('"toast"')) complain(refusal(status));
}
});
document.addEventListener("htmx:error", ({ detail }) => {
if (detail.error instanceof TypeError && detail.ctx && !detail.ctx.response) complain(word("offline"));
});
const STALE = 30_000; // milliseconds after which a page that is looked at again asks anew
let asked = 0;
function badge(bell, count) {
bell.querySelector(".badge").textContent = count ? (count > 99 ? "99+" : String(count)) : "";
bell.setAttribute("aria-label", count ? `${bell.dataset.label} (${count > 99 ? "99+" : count})` : bell.dataset.label);
}
async function askCount() {
const bell = document.querySelector("[data-bell]");
if (!bell) return;
asked = Date.now();
const answer = await fetch("/notices/count", { headers: { Accept: "application/json" } }).catch(() => null);
const told = await answer?.text(); // read in any case: an answer left lying keeps its connection
if (answer?.ok && answer.headers.get("Content-Type")?.includes("json")) badge(bell, JSON.parse(told).count);
}
async function fillPanel(panel) {
const answer = await send("/notices/menu");
if (answer.status !== 200) return false;
panel.replaceChildren(parse(answer.text));
htmx.process(panel);
return true;
}
ready("[data-bell]", () => (globalThis.requestIdleCallback ?? setTimeout)(askCount));
document.addEventListener("visibilitychange", () => !document.hidden && Date.now() - asked > STALE && askCount());
document.addEventListener("notices-changed", () => {
askCount();
const panel = document.getElementById("notices-menu");
if (panel?.matches(":popover-open")) fillPanel(panel);
});
on("click", "[data-bell]", async (event, bell) => {
if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
event.preventDefault();
const panel = document.getElementById("notices-menu");
if (panel.matches(":popover-open")) return panel.hidePopover();
if (!await fillPanel(panel)) return location.assign(bell.href);
panel.showPopover({ source: bell });
placeBeside(panel, bell);
panel.querySelector("[data-notice], a, button")?.focus();
});
on("keydown", "#notices-menu", (event, panel) => {
if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
const all = [...panel.querySelectorAll(".notice > a")];
const next = all[all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
event.preventDefault();
next?.focus();
});
/* Opening a notice reads it; the page is left meanwhile. */
on("click", "[data-notice]", (event, link) => {
fetch("/notices/read", { method: "POST", keepalive: true, headers: { ...csrfHeader(), "HX-Request": "true" }, body: new URLSearchParams({ id: link.dataset.notice }) }).then(askCount, () => {});
});
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
function toastRegion() {
const region = document.getElementById("toasts");
const host = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
if (region && region.parentNode !== host) host.append(region);
return region;
}
document.addEventListener("close", () => queueMicrotask(toastRegion), true);
function toast({ text, undo, href, label, tone = "good", act }) {
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
const purpose = new WeakMap();
function dialogOnTop() {
return [...document.querySelectorAll("dialog[open]")].filter((dialog) => dialog.matches(":modal")).at(-1);
}
async function showDialog(html, aim = {}) {
const region = document.getElementById("dialogs");
expected = { opener: document.activeElement, ...aim };
await swapInto(region, html, "beforeend");
}
let expected = {};
async function openDialog(url, aim = {}) {
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
function closeDialog(dialog = dialogOnTop(), result = "") {
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
const EDITOR = "input:not([type=hidden]), select:not([hidden]), textarea:not([hidden]), trix-editor, button";
const edits = new WeakMap();
function editUrl(place) {
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
async function edit(place, typed = "") {
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
function giveUp(place) {
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
async function saveEdit(place) {
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
function isEditing(place) {
return edits.has(place);
}
const TICK = "tbody .check input[name=id]";
let anchorRow = null;
function ticks(table) {
return [...table.querySelectorAll(TICK)];
}
function bulkBar() {
return document.querySelector("[data-bulkbar]");
}
function hiddenInput(name, value) {
return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}
function showSelection(table) {
const chosen = ticks(table).filter((tick) => tick.checked);
for (const tick of ticks(table)) tick.closest("tr").setAttribute("aria-selected", String(tick.checked));
const all = table.querySelector("[data-select-all]");
if (all) {
all.checked = chosen.length > 0 && chosen.length === ticks(table).length;
all.indeterminate = chosen.length > 0 && !all.checked;
}
const bar = bulkBar();
if (!bar) return;
for (const old of bar.querySelectorAll("input[name=id], input[name=all]")) old.remove();
bar.append(...chosen.map((tick) => hiddenInput("id", tick.value)));
count(bar, chosen.length);
const everything = bar.querySelector("[data-select-matching]");
if (everything) everything.hidden = !all?.checked;
}
function count(bar, number) {
bar.hidden = number === 0;
const compare = bar.querySelector("[data-compare]");
if (compare) compare.hidden = number < 2 || number > 4;
const text = word("selected", { count: number.toLocaleString(document.documentElement.lang) });
const place = bar.querySelector("[data-bulk-count]");
if (place) place.textContent = text;
if (number) announce(text);
}
function toggleAll(table, on) {
for (const tick of ticks(table)) tick.checked = on;
showSelection(table);
}
function toggleRow(row, range) {
const tick = row.querySelector(".check input");
if (!tick) return;
tick.checked = !tick.checked;
settle(row, range);
}
function settle(row, range) {
const table = row.closest("table");
const rows = ticks(table).map((tick) => tick.closest("tr"));
const from = rows.indexOf(anchorRow);
if (range && from >= 0) {
const to = rows.indexOf(row);
const state = row.querySelector(".check input").checked;
for (const one of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) one.querySelector(".check input").checked = state;
}
anchorRow = row;
showSelection(table);
}
on("click", `[data-grid] ${TICK}`, (event, tick) => settle(tick.closest("tr"), event.shiftKey));
on("click", "[data-grid] td.check", (event, cell) => {
if (event.target === cell) toggleRow(cell.parentNode, event.shiftKey);
});
on("change", "[data-select-all]", (event, all) => toggleAll(all.closest("table"), all.checked));
on("click", "[data-select-none]", () => {
for (const table of document.querySelectorAll("[data-grid] table")) toggleAll(table, false);
});
on("click", "[data-select-matching]", (event, button) => {
const bar = button.closest("[data-bulkbar]");
for (const old of bar.querySelectorAll("input[name=id]")) old.remove();
bar.append(hiddenInput("all", "1"));
count(bar, Number(button.dataset.selectMatching));
button.hidden = true;
});
ready("[data-grid] table", showSelection);
document.addEventListener("rows-changed", () => {
const bar = bulkBar();
if (bar) bar.hidden = true;
});
function rowsOf(table) {
return [...table.querySelectorAll("tbody:not([data-folded]) tr[data-id], tr.group-head")];
}
function focusCell(cell) {
if (!cell) return;
const table = cell.closest("table");
for (const old of table.querySelectorAll("tbody td[tabindex='0']")) old.tabIndex = -1;
cell.tabIndex = 0;
cell.focus();
cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}
function target(cell, event) {
const row = cell.parentNode;
const rows = rowsOf(row.closest("table"));
const here = rows.indexOf(row);
const rtl = getComputedStyle(cell).direction === "rtl";
const at = (index, column = cell.cellIndex) => rows[Math.max(0, Math.min(index, rows.length - 1))]?.cells[column];
const far = event.ctrlKey || event.metaKey;
switch (event.key) {
case "ArrowDown": return at(far ? rows.length - 1 : here + 1);
case "ArrowUp": return at(far ? 0 : here - 1);
case "ArrowRight": return rtl ? cell.previousElementSibling : cell.nextElementSibling;
case "ArrowLeft": return rtl ? cell.nextElementSibling : cell.previousElementSibling;
case "PageDown": return at(here + 12);
case "PageUp": return at(here - 12);
case "Home": return far ? at(0, 0) : row.cells[0];
case "End": return far ? at(rows.length - 1, row.cells.length - 1) : row.cells[row.cells.length - 1];
default: return null;
}
}
function openRow(row, aside) {
const link = row.querySelector("a.title-cell, a[href]");
if (link) aside ? window.open(link.href, "_blank", "noopener") : location.assign(link.href);
}
function act(cell, event) {
const row = cell.parentNode;
const command = event.ctrlKey || event.metaKey;
if (row.matches(".group-head")) return ["Enter", " "].includes(event.key) && !row.querySelector("[data-fold]").click();
if (event.key === "Enter" || event.key === "F2") {
if (command || !editUrl(cell)) openRow(row, command);
else edit(cell);
} else if (event.key === " ") toggleRow(row, event.shiftKey);
else if (command && event.key.toLowerCase() === "a") toggleAll(row.closest("table"), true);
else if (event.key.length === 1 && !command && !event.altKey && editUrl(cell)) edit(cell, event.key);
else return false;
return true;
}
on("keydown", "[data-grid] tbody td", (event, cell) => {
if (event.target !== cell || isEditing(cell) || event.isComposing) return;
const next = event.shiftKey && event.key.length > 1 ? null : target(cell, event);
if (next) focusCell(next);
else if (!act(cell, event)) return;
event.preventDefault();
});
on("mousedown", "[data-grid] tbody td", (event, cell) => {
if (!isEditing(cell) && !event.target.closest("a, button, input, label")) focusCell(cell);
});
on("focusin", "[data-grid] tbody td", (event, cell) => {
if (event.target === cell) for (const old of cell.closest("table").querySelectorAll("tbody td[tabindex='0']")) if (old !== cell) old.tabIndex = -1;
if (event.target === cell) cell.tabIndex = 0;
});
function currentRow() {
const focused = document.activeElement?.closest?.("[data-grid] tbody tr");
return focused ?? null;
}
document.addEventListener("grid:key", ({ detail: key }) => {
const table = document.querySelector("[data-grid] table");
const rows = table ? rowsOf(table) : [];
const here = rows.indexOf(currentRow());
if (key === "j" || key === "k") focusCell(rows[Math.max(0, Math.min(key === "j" ? here + 1 : here - 1, rows.length - 1))]?.cells[0]);
else if (here >= 0 && key === "o") openRow(rows[here], false);
else if (here >= 0 && key === "x") toggleRow(rows[here], false);
});
ready("[data-grid] tbody tr:is([data-id], .group-head)", (row) => {
for (const inner of row.querySelectorAll("a, input")) inner.tabIndex = -1;
const table = row.closest("table");
if (!table.querySelector("tbody td[tabindex='0']")) row.cells[0].tabIndex = 0;
});
const CELL = "[data-grid] tbody td:not(.check)";
let block = null; // the cells at its two corners
function edges() {
const rows = rowsOf(block.from.closest("table"));
const lines = [rows.indexOf(block.from.parentNode), rows.indexOf(block.to.parentNode)].sort((a, b) => a - b);
const columns = [block.from.cellIndex, block.to.cellIndex].sort((a, b) => a - b);
const chosen = rows.slice(lines[0], lines[1] + 1).filter((row) => row.dataset.id);
return { chosen, all: rows.slice(lines[0]).filter((row) => row.dataset.id), first: Math.max(columns[0], 1), last: columns[1] };
}
function unmark() {
for (const cell of document.querySelectorAll("td.in-block")) {
cell.classList.remove("in-block");
cell.removeAttribute("aria-selected");
}
}
function show() {
unmark();
const { chosen, first, last } = edges();
for (const row of chosen) {
for (const cell of [...row.cells].slice(first, last + 1)) {
cell.classList.add("in-block");
cell.setAttribute("aria-selected", "true");
}
}
announce(word("cells", { rows: chosen.length, columns: last - first + 1 }));
}
function dissolve() {
if (block) unmark();
block = null;
}
function extend(cell) {
const from = block?.from.isConnected ? block.from : document.activeElement.closest(CELL) ?? cell;
if (from.closest("table") !== cell.closest("table") || cell.matches(".check")) return;
block = { from, to: cell };
show();
}
on("keydown", CELL, (event, cell) => {
if (event.target !== cell || isEditing(cell)) return;
if (event.shiftKey && event.key.startsWith("Arrow")) {
const next = target(block?.to.isConnected ? block.to : cell, event);
if (next) extend(next);
next?.scrollIntoView({ block: "nearest", inline: "nearest" });
event.preventDefault();
} else if (event.key === "Escape") dissolve();
}, true);
on("focusin", CELL, (event, cell) => { if (event.target === cell && block && cell !== block.from) dissolve(); });
on("mousedown", CELL, (event, cell) => {
if (event.button !== 0 || isEditing(cell) || event.target.closest("a, button, input, label")) return;
if (event.shiftKey) {
event.preventDefault();
extend(cell);
return event.stopPropagation();
}
dissolve();
const table = cell.closest("table");
const follow = (now) => {
const over = document.elementFromPoint(now.clientX, now.clientY)?.closest(CELL);
if (!over || over === (block?.to ?? cell)) return;
block ??= { from: cell, to: cell };
table.classList.add("choosing");
getSelection().removeAllRanges();
extend(over);
};
document.addEventListener("mousemove", follow);
document.addEventListener("mouseup", () => {
document.removeEventListener("mousemove", follow);
table.classList.remove("choosing");
}, { once: true });
}, true);
function here() {
const cell = document.activeElement?.closest?.(CELL);
if (!cell || isEditing(cell) || document.activeElement !== cell) return null;
if (!block) block = { from: cell, to: cell };
return { ...edges(), table: block.from.closest("table") };
}
let back = null;
document.addEventListener("rows-changed", () => {
back = block && { id: block.from.parentNode.dataset?.id, column: block.from.cellIndex };
block = null;
});
ready("[data-grid] table", (table) => {
const row = back?.id && table.querySelector(`tr[data-id="${CSS.escape(back.id)}"]`);
const column = back?.column;
back = null;
if (row) focusCell(row.cells[column]);
});
function spotOf(card) {
return { parent: card.parentNode, next: card.nextElementSibling };
}
function putBack(card, { parent, next }) {
parent.insertBefore(card, next?.parentNode === parent ? next : null);
}
function cardBelow(card) {
let next = card.nextElementSibling;
while (next && !next.dataset.id) next = next.nextElementSibling;
return next?.dataset.id ?? "";
}
async function commitMove(card, origin) {
const board = card.closest("[data-board]");
const lane = card.closest("[data-lane]").dataset.lane;
const body = new URLSearchParams({ lane, before: cardBelow(card), version: card.dataset.version ?? "" });
card.classList.add("waiting");
const answer = await send(board.dataset.moveUrl.replace("{id}", card.dataset.id), { method: "POST", body });
card.classList.remove("waiting");
const back = () => putBack(card, origin);
if (answer.status >= 200 && answer.status < 300) {
const version = answer.headers.get("Aperto-Version");
if (version) card.dataset.version = version;
const hadFocus = document.activeElement === card;
await applyParts(answer.text, board);
if (hadFocus) document.querySelector(`.card[data-id="${CSS.escape(card.dataset.id)}"]`)?.focus();
return true;
}
if ([409, 422].includes(answer.status) && answer.text.includes("<dialog")) {
await showDialog(answer.text, { opener: card, onGiveUp: back });
if (dialogOnTop()) return false;
}
back();
return false;
}
function sortable(library, cards) {
library.create(cards, {
group: "board", draggable: ".card", filter: "a, button", preventOnFilter: false, animation: 140, delay: 160, delayOnTouchOnly: true,
scrollSensitivity: 90, emptyInsertThreshold: 24,
onStart: ({ item }) => (item.origin = { parent: item.parentNode, next: item.nextElementSibling }),
onMove: ({ to }) => {
for (const lane of document.querySelectorAll(".lane.over")) lane.classList.remove("over");
to.closest(".lane")?.classList.add("over");
},
onEnd: ({ item, from, to, oldIndex, newIndex }) => {
for (const lane of document.querySelectorAll(".lane.over")) lane.classList.remove("over");
if (from !== to || oldIndex !== newIndex) commitMove(item, item.origin);
},
});
}
let sortableLoaded = null;
ready("[data-board] [data-cards]", async (cards) => {
const url = cards.closest("[data-board]").dataset.sortable;
if (!url) return;
sortableLoaded ??= import(url);
await sortableLoaded;
sortable(window.Sortable, cards);
});
let lifted = null;
function cardsIn(lane) {
return [...lane.querySelectorAll("[data-cards] > .card")];
}
function names(card) {
const lane = card.closest("[data-lane]");
const cards = cardsIn(lane);
return { card: card.getAttribute("aria-label") ?? card.querySelector("h3")?.textContent.trim(), lane: lane.getAttribute("aria-label"), place: cards.indexOf(card) + 1, count: cards.length };
}
function beside(card, step) {
const lanes = [...card.closest("[data-board]").querySelectorAll("[data-lane]")];
return lanes[lanes.indexOf(card.closest("[data-lane]")) + step];
}
function stepOf(event) {
const rtl = getComputedStyle(event.target).direction === "rtl";
return { ArrowDown: ["down", 1], ArrowUp: ["down", -1], ArrowRight: ["aside", rtl ? -1 : 1], ArrowLeft: ["aside", rtl ? 1 : -1] }[event.key];
}
function move(card, [way, step]) {
if (way === "down") {
const cards = cardsIn(card.closest("[data-lane]"));
const to = cards[cards.indexOf(card) + step];
if (to) step > 0 ? to.after(card) : to.before(card);
} else {
const lane = beside(card, step);
const index = cardsIn(card.closest("[data-lane]")).indexOf(card);
lane?.querySelector("[data-cards]").insertBefore(card, cardsIn(lane)[index] ?? lane.querySelector("[data-cards] > .more"));
}
card.focus();
card.scrollIntoView({ block: "nearest", inline: "nearest" });
announce(word("moved", names(card)));
}
function walk(card, [way, step]) {
const lane = way === "down" ? card.closest("[data-lane]") : beside(card, step);
const index = cardsIn(card.closest("[data-lane]")).indexOf(card) + (way === "down" ? step : 0);
const cards = lane ? cardsIn(lane) : [];
cards[Math.min(Math.max(index, 0), cards.length - 1)]?.focus();
}
function drop(card) {
const { origin } = lifted;
lifted = null;
card.classList.remove("lifted");
announce(word("dropped", names(card)));
if (card.parentNode !== origin.parent || card.nextElementSibling !== origin.next) commitMove(card, origin);
}
function giveUpMove(card) {
putBack(card, lifted.origin);
lifted = null;
card.classList.remove("lifted");
card.focus();
announce(word("givenUp", names(card)));
}
on("keydown", "[data-board] .card", (event, card) => {
if (event.target !== card || event.ctrlKey || event.metaKey || event.altKey) return;
const step = stepOf(event);
const isLifted = lifted?.card === card;
if (step) isLifted ? move(card, step) : walk(card, step);
else if (event.key === " " && isLifted) drop(card);
else if (event.key === " ") {
lifted = { card, origin: spotOf(card) };
card.classList.add("lifted");
announce(word("lifted", names(card)));
} else if (event.key === "Escape" && isLifted) giveUpMove(card);
else if (event.key === "Enter") card.querySelector("a[href]")?.click();
else return;
event.preventDefault();
});
on("focusout", ".card.lifted", (event, card) => setTimeout(() => {
if (lifted?.card === card && document.activeElement !== card) giveUpMove(card);
}));
const SLOT = 5;
const SNAP = 15;
const FULL = 24 * 60;
function wall(text) {
return Date.parse(`${text.length > 10 ? text : `${text}T00:00`}:00Z`) / 60000;
}
function written(minutes) {
return new Date(minutes * 60000).toISOString().slice(0, 16);
}
function dayOf(text, days) {
return written(wall(text.slice(0, 10)) + days * FULL).slice(0, 10);
}
function daysBetween(from, to) {
return Math.round((wall(to.slice(0, 10)) - wall(from.slice(0, 10))) / FULL);
}
function placeBlock(block, begin, end) {
const top = Math.max(0, Math.floor(begin / SLOT));
const bottom = Math.min(FULL / SLOT, Math.max(Math.ceil(end / SLOT), top + 4));
Object.assign(block.dataset, { h: Math.floor(top / 12), m: top % 12, eh: Math.floor(bottom / 12), em: bottom % 12 });
}
async function sendMove(entry, { begins, ends }, back) {
const body = new URLSearchParams({ begins, version: entry.dataset.version, field: entry.dataset.field });
if (ends) body.set("ends", ends);
entry.classList.add("waiting");
const answer = await send(entry.dataset.move, { method: "POST", body });
entry.classList.remove("waiting");
if (answer.status >= 200 && answer.status < 300) return true;
if (answer.status === 409 && answer.text.includes("<dialog")) await showDialog(answer.text, { opener: entry, onGiveUp: back });
back();
return false;
}
let held = null;
function tellEntry(name) {
const { entry, begins, ends } = held;
announce(word(name, { card: entry.querySelector(".t")?.textContent, from: begins.replace("T", " "), to: ends.replace("T", " ") }));
}
function liftEntry(entry) {
const { begins, ends, h, m, eh, em } = entry.dataset;
held = { entry, begins, ends, first: { begins, ends }, was: { h, m, eh, em }, spot: [entry.parentNode, entry.nextSibling] };
entry.classList.add("lifted");
tellEntry("entryLifted");
}
function showEntry() {
const { entry, begins, ends } = held;
const place = [...document.querySelectorAll(entry.dataset.h === undefined ? ".month td, .t-all .cell" : ".col")].find((each) => each.dataset.day === begins.slice(0, 10));
const box = place?.querySelector(".evs") ?? place;
if (box && entry.parentNode !== box) box.append(entry);
if (entry.dataset.h !== undefined) {
const start = wall(begins) - wall(begins.slice(0, 10));
placeBlock(entry, start, start + wall(ends) - wall(begins));
}
entry.focus();
entry.scrollIntoView({ block: "nearest" });
tellEntry("entryMoved");
}
function shiftTime(text, minutes) {
return text.length > 10 ? written(wall(text) + minutes) : dayOf(text, Math.round(minutes / 1440));
}
function moveEntry(minutes) {
held.begins = shiftTime(held.begins, minutes);
held.ends = shiftTime(held.ends, minutes);
showEntry();
}
function stretchEntry(minutes) {
const ends = shiftTime(held.ends, minutes);
if (wall(ends) <= wall(held.begins)) return;
held.ends = ends;
held.stretched = true;
showEntry();
}
function entryBack({ entry, was, spot }) {
if (!spot[0].isConnected) return;
spot[0].insertBefore(entry, spot[1]);
if (was.h !== undefined) Object.assign(entry.dataset, was);
entry.focus();
}
function dropEntry() {
const { entry, begins, ends, first, stretched } = held;
const done = held;
tellEntry("entryDropped");
held = null;
entry.classList.remove("lifted");
if (begins !== first.begins || ends !== first.ends) sendMove(entry, { begins, ends: stretched ? ends : "" }, () => entryBack(done));
}
function giveUpEntry() {
const done = held;
tellEntry("entryGivenUp");
held = null;
done.entry.classList.remove("lifted");
entryBack(done);
}
function wayOf(event, entry) {
const timed = entry.dataset.h !== undefined;
const aside = getComputedStyle(entry).direction === "rtl" ? -1440 : 1440;
return { ArrowUp: timed ? -SNAP : -7 * 1440, ArrowDown: timed ? SNAP : 7 * 1440, ArrowLeft: -aside, ArrowRight: aside }[event.key];
}
on("keydown", ".calendar .ev[data-move]", (event, entry) => {
if (event.ctrlKey || event.metaKey || event.altKey) return;
const lifted = held?.entry === entry;
const way = wayOf(event, entry);
if (event.key === " ") lifted ? dropEntry() : liftEntry(entry);
else if (lifted && event.key === "Enter") dropEntry();
else if (lifted && event.key === "Escape") giveUpEntry();
else if (lifted && way && event.shiftKey && entry.dataset.stretch !== undefined) stretchEntry(way);
else if (lifted && way) moveEntry(way);
else return;
event.preventDefault();
});
on("focusout", ".calendar .ev.lifted", (event, entry) => setTimeout(() => {
if (held?.entry === entry && document.activeElement !== entry) giveUpEntry();
}));
let drag = null;
function minuteAt(column, y) {
const box = column.getBoundingClientRect();
return Math.max(0, Math.min(1440 - SNAP, Math.floor(((y - box.top) / box.height) * 1440 / SNAP) * SNAP));
}
function placeUnder(event, kind) {
return document.elementsFromPoint(event.clientX, event.clientY).find((element) => element.matches(kind));
}
function beginDrag(event, entry) {
if (event.button || event.ctrlKey || event.metaKey || (event.pointerType === "touch" && !entry.classList.contains("lifted"))) return;
const stretches = entry.dataset.stretch !== undefined && entry.getBoundingClientRect().bottom - event.clientY < 8;
const { h, m, eh, em } = entry.dataset;
const column = entry.closest(".col");
drag = { entry, column, stretches, x: event.clientX, y: event.clientY, was: { h, m, eh, em }, spot: [entry.parentNode, entry.nextSibling], grip: column ? minuteAt(column, event.clientY) - timeOf(entry) : 0 };
}
function timeOf(entry) {
return (Number(entry.dataset.h) * 12 + Number(entry.dataset.m)) * SLOT;
}
function lengthOf(entry) {
return (Number(entry.dataset.eh) * 12 + Number(entry.dataset.em)) * SLOT - timeOf(entry);
}
function followEntry(event) {
if (!drag) return;
if (!drag.moving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
if (!drag.moving) drag.length = drag.column ? lengthOf(drag.entry) : 0;
drag.moving = true;
drag.entry.classList.add("moving");
drag.column ? inHours(event) : overDay(event);
event.preventDefault();
}
function inHours(event) {
const { entry, stretches } = drag;
const column = (!stretches && placeUnder(event, ".col")) || entry.closest(".col");
if (stretches) return placeBlock(entry, timeOf(entry), Math.max(minuteAt(column, event.clientY) + SNAP, timeOf(entry) + SNAP));
const start = Math.max(0, minuteAt(column, event.clientY) - Math.round(drag.grip / SNAP) * SNAP);
if (entry.parentNode !== column) column.append(entry);
placeBlock(entry, start, start + drag.length);
}
function overDay(event) {
for (const other of document.querySelectorAll(".month td.over, .cell.over")) other.classList.remove("over");
drag.day = placeUnder(event, ".month td, .t-all .cell");
drag.day?.classList.add("over");
}
function putEntryBack({ entry, was, spot }) {
spot[0].insertBefore(entry, spot[1]);
if (was.h !== undefined) Object.assign(entry.dataset, was);
}
function holdClick(click) {
click.preventDefault();
click.stopPropagation();
}
function endDrag() {
const done = drag;
drag = null;
if (!done?.moving) return;
const { entry, column, stretches, day } = done;
entry.classList.remove("moving");
day?.classList.remove("over");
addEventListener("click", holdClick, true);
setTimeout(() => removeEventListener("click", holdClick, true));
const back = () => putEntryBack(done);
const from = entry.dataset.begins;
if (column) {
const into = entry.closest(".col").dataset.day;
const begins = written(wall(into) + timeOf(entry));
const ends = written(wall(into) + timeOf(entry) + lengthOf(entry));
return stretches ? sendMove(entry, { begins: from, ends }, back) : begins === from ? back() : sendMove(entry, { begins }, back);
}
const moved = day ? daysBetween(entry.closest("[data-day]").dataset.day, day.dataset.day) : 0;
return moved ? sendMove(entry, { begins: dayOf(from, moved) }, back) : back();
}
on("pointerdown", ".calendar .ev[data-move]", beginDrag);
on("dragstart", ".calendar .ev", (event) => event.preventDefault());
addEventListener("pointermove", followEntry, { passive: false });
addEventListener("pointerup", endDrag);
addEventListener("pointercancel", () => { if (drag) { drag.entry.classList.remove("moving"); putEntryBack(drag); drag = null; } });
function offerNew(day, minute, anchor) {
const links = [...document.querySelectorAll("#slot-menu [data-slot-url]")];
for (const link of links) {
const whole = minute === null || link.dataset.whole;
const query = new URLSearchParams({ [link.dataset.begins]: whole ? (link.dataset.whole ? day : `${day}T09:00`) : written(wall(day) + minute) });
if (link.dataset.ends && !link.dataset.whole) query.set(link.dataset.ends, written(wall(day) + (minute ?? 540) + 60));
link.href = `${link.dataset.slotUrl}?${query}`;
}
if (links.length === 1) return openDialog(links[0].href, { opener: anchor });
const menu = document.getElementById("slot-menu");
if (!links.length) return null;
menu.showPopover();
placeBeside(menu, anchor);
return links[0].focus();
}
function slotIn(column, minute) {
const slot = Object.assign(document.createElement("i"), { className: "slot", textContent: written(minute).slice(11) });
column.append(slot);
placeBlock(slot, minute, minute + 60);
document.getElementById("slot-menu")?.addEventListener("toggle", ({ newState }) => newState === "closed" && slot.remove());
if (document.querySelectorAll("#slot-menu a").length < 2) setTimeout(() => slot.remove(), 1500);
return slot;
}
on("click", ".calendar :is(.col, .month td, .t-all .cell)", (event, place) => {
if (event.target.closest("a, button") || event.defaultPrevented || !document.querySelector("#slot-menu a")) return;
if (!place.matches(".col")) return offerNew(place.dataset.day, null, place.querySelector(".num") ?? place);
const minute = minuteAt(place, event.clientY);
offerNew(place.dataset.day, minute, slotIn(place, minute));
});
ready(".t-scroll", (box) => { box.scrollTop = box.dataset.at ?? 7.5 * 48; });
document.addEventListener("keydown", (event) => {
const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
if (!step || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target) || dialogOnTop()) return;
if (event.target.closest?.("[popover], [role=menu]") || !document.querySelector(".calendar")) return;
const way = getComputedStyle(document.documentElement).direction === "rtl" ? -step : step;
document.querySelector(`[data-calendar-step="${way}"]`)?.click();
});
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
on("keydown", "[data-cells] td > *", (event, control) => {
const step = (event.ctrlKey || event.metaKey) && STEPS[event.key];
if (!step) return;
event.preventDefault();
const cell = control.closest("td");
const across = getComputedStyle(cell).direction === "rtl" ? -step[1] : step[1];
const row = cell.closest("table").rows[cell.parentElement.rowIndex + step[0]];
const next = row?.cells[cell.cellIndex + across]?.firstElementChild;
if (next?.matches("select, input, button")) next.focus();
});
function closeChain() {
document.querySelector(".chain")?.remove();
}
document.addEventListener("activity-ended", async ({ detail }) => {
closeChain();
const answer = await send(detail.url);
if (answer.status !== 200 || !answer.text.includes("chain")) return;
const line = parse(answer.text).querySelector(".chain");
document.getElementById("toasts")?.prepend(line);
window.htmx.process(line);
announce(line.querySelector("label").textContent);
});
on("click", "[data-chain-close]", closeChain);
document.addEventListener("keydown", (event) => {
if (event.key === "Escape" && !event.defaultPrevented) closeChain();
});
const STEP = 16;
const NARROWEST = 64;
function keep(wrap, values) {
if (wrap.dataset.columnsUrl) send(wrap.dataset.columnsUrl, { method: "POST", body: new URLSearchParams(values) });
}
function columnOf(head) {
return head.closest("table").querySelectorAll("colgroup > col")[head.cellIndex];
}
function placePins(table) {
let offset = table.querySelector("th.check") ? columnOf(table.querySelector("th.check")).width || 44 : 0;
offset = Number(offset);
["pin", "pin2", "pin3"].forEach((name, index) => {
const head = table.querySelector(`th.${name}`);
if (!head) return;
table.style.setProperty(`--pin-${index + 1}`, `${offset}px`);
offset += Number(columnOf(head).width) || head.offsetWidth;
});
}
function setWidth(head, width) {
columnOf(head).width = Math.max(NARROWEST, Math.round(width));
placePins(head.closest("table"));
}
function keepWidth(head) {
const { width } = columnOf(head);
keep(head.closest("[data-grid]"), { widths: `${head.dataset.field}:${width}` });
announce(word("width", { column: head.textContent.trim(), width }));
}
function order(table) {
return [...table.tHead.rows[0].cells].map((cell) => cell.dataset.field).filter(Boolean);
}
function moveColumn(head, before) {
const table = head.closest("table");
const from = head.cellIndex;
const to = before ? before.cellIndex : table.tHead.rows[0].cells.length;
if (to === from || to === from + 1) return;
const columns = table.querySelectorAll("colgroup > col");
columns[from].parentNode.insertBefore(columns[from], columns[to] ?? null);
for (const row of table.rows) if (row.cells.length === columns.length) row.insertBefore(row.cells[from], row.cells[to] ?? null);
keep(table.closest("[data-grid]"), { order: order(table).join(",") });
announce(word("place", { column: head.textContent.trim(), place: order(table).indexOf(head.dataset.field) + 1 }));
}
on("pointerdown", "[data-resize]", (event, grip) => {
event.preventDefault();
const head = grip.closest("th");
const start = { x: event.clientX, width: head.offsetWidth, sign: getComputedStyle(head).direction === "rtl" ? -1 : 1 };
const move = (now) => setWidth(head, start.width + (now.clientX - start.x) * start.sign);
grip.setPointerCapture(event.pointerId);
grip.classList.add("active");
grip.addEventListener("pointermove", move);
grip.addEventListener("pointerup", () => {
grip.removeEventListener("pointermove", move);
grip.classList.remove("active");
keepWidth(head);
}, { once: true });
});
function movable(head) {
return head?.dataset.field && !head.matches(".pin, .pin2, .pin3");
}
let dragged = null;
on("dragstart", "[data-grid] th[data-field]", (event, head) => {
if (!movable(head) || event.target.closest("[data-resize]")) return event.preventDefault();
dragged = head;
event.dataTransfer.effectAllowed = "move";
head.classList.add("dragging");
});
on("dragover", "[data-grid] th[data-field]", (event, head) => {
if (!dragged || !movable(head)) return;
event.preventDefault();
const after = (event.offsetX > head.offsetWidth / 2) !== (getComputedStyle(head).direction === "rtl");
for (const other of head.parentNode.cells) other.classList.remove("drop-before", "drop-after");
head.classList.add(after ? "drop-after" : "drop-before");
});
on("drop", "[data-grid] th[data-field]", (event, head) => {
event.preventDefault();
if (dragged) moveColumn(dragged, head.classList.contains("drop-after") ? head.nextElementSibling : head);
});
on("dragend", "[data-grid] th", (event, head) => {
for (const other of head.parentNode.cells) other.classList.remove("drop-before", "drop-after", "dragging");
dragged = null;
});
on("keydown", "[data-grid] th[data-field]", (event, head) => {
const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
if (!side || !event.altKey) return;
event.preventDefault();
const step = getComputedStyle(head).direction === "rtl" ? -side : side;
const beside = step > 0 ? head.nextElementSibling : head.previousElementSibling;
if (event.shiftKey) {
setWidth(head, head.offsetWidth + step * STEP);
keepWidth(head);
} else if (movable(head) && movable(beside)) {
const focused = document.activeElement;
moveColumn(head, step > 0 ? beside.nextElementSibling : beside);
focused.focus();
}
});
ready("[data-grid] table", placePins);
function items(menu) {
return [...menu.querySelectorAll("a, button, input, [role^=menuitem]")].filter((item) => item.checkVisibility() && !item.disabled);
}
document.addEventListener("beforetoggle", (event) => {
const menu = event.target;
if (event.newState !== "open" || !menu.matches?.(".menu, .panel")) return;
const opener = event.source ?? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
opener?.setAttribute("aria-expanded", "true");
requestAnimationFrame(() => {
if (opener) placeBeside(menu, opener, menu.dataset.place);
if (menu.matches("[role=menu]")) items(menu)[0]?.focus();
else menu.querySelector("[autofocus]")?.focus();
});
}, true);
document.addEventListener("toggle", (event) => {
if (event.newState !== "closed" || !event.target.matches?.(".menu, .panel")) return;
document.querySelector(`[popovertarget="${CSS.escape(event.target.id)}"]`)?.setAttribute("aria-expanded", "false");
}, true);
on("keydown", ".menu", (event, menu) => {
const all = items(menu);
const here = all.indexOf(document.activeElement);
const moves = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 };
let next = null;
if (event.key in moves) next = all[(moves[event.key] + all.length) % all.length];
else if (event.key.length === 1 && /\S/.test(event.key) && !event.ctrlKey && !event.metaKey && menu.matches("[role=menu]")) {
const turned = [...all.slice(here + 1), ...all.slice(0, here + 1)];
next = turned.find((item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()));
}
if (!next) return;
event.preventDefault();
next.focus();
});
on("click", ".menu[role=menu] :is(a, button)", (event, item) => {
if (!item.hasAttribute("popovertarget")) item.closest("[popover]").hidePopover();
});
function selectTab(tab, focus = false) {
for (const other of tab.closest("[role=tablist]").querySelectorAll("[role=tab]")) {
const chosen = other === tab;
other.setAttribute("aria-selected", String(chosen));
other.tabIndex = chosen ? 0 : -1;
const panel = document.getElementById(other.getAttribute("aria-controls"));
if (panel) panel.hidden = !chosen;
}
if (focus) tab.focus();
}
on("click", "[role=tab][aria-controls]", (event, tab) => selectTab(tab));
on("keydown", "[role=tab][aria-controls]", (event, tab) => {
const tabs = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")];
const forward = getComputedStyle(tab).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
const step = event.key === forward ? 1 : ["ArrowLeft", "ArrowRight"].includes(event.key) ? -1 : 0;
if (!step) return;
event.preventDefault();
selectTab(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length], true);
});
/* Where entries do not fit beside each other, the one that is open is shown. */
ready(":is(.subnav, .path, .tabs, .btn-group.scrolls) > [aria-current]", (entry) => {
const [row, mine] = [entry.parentElement, entry.getBoundingClientRect()]; // the row moves, never the page
const around = row.getBoundingClientRect();
row.scrollLeft += mine.left + mine.width / 2 - around.left - around.width / 2;
});
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
function mark(place, required) {
const label = place.querySelector("label");
const star = label?.querySelector(".required");
if (required && label && !star) {
const made = Object.assign(document.createElement("span"), { className: "required", textContent: " *", ariaHidden: "true" });
made.dataset.now = "";
label.append(made);
} else if (!required && star?.hasAttribute("data-now")) star.remove();
for (const control of place.querySelectorAll("[id^=f-]")) control.setAttribute("aria-required", String(required || Boolean(star && !star.hasAttribute("data-now"))));
}
function lock(form, place, key, locked) {
if (!locked && !place.hasAttribute("data-locked")) return;
place.toggleAttribute("data-locked", locked);
place.title = locked ? word("locked") : "";
for (const control of [...place.querySelectorAll("input, select, textarea, button"), form.elements[`has.${key}`]]) if (control) control.disabled = locked;
}
function offer(place, withheld) {
for (const option of place.querySelectorAll("option")) {
const gone = withheld.includes(option.value);
option.disabled = gone;
option.hidden = gone && !option.selected;
}
}
function follow(form, { unasked, required, locked, withheld }) {
for (const place of form.querySelectorAll(".field[data-of]")) {
const key = place.dataset.of;
place.toggleAttribute("data-unasked", unasked.includes(key));
mark(place, required.includes(key));
lock(form, place, key, locked.includes(key));
if (key in withheld) offer(place, withheld[key]);
}
}
async function askStates(form) {
const asked = (form.statesAsked = (form.statesAsked ?? 0) + 1);
const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
const answer = await send(form.dataset.statesUrl, { method: "POST", body });
if (asked === form.statesAsked && answer.status === 200 && form.isConnected) follow(form, JSON.parse(answer.text));
}
const askSoon = debounce(askStates, 250);
for (const type of ["input", "change"]) on(type, "form[data-states-url]", (event, form) => askSoon(form));
ready("form[data-states-url]", askStates);
document.addEventListener("fields-shown", ({ detail }) => {
for (const value of document.querySelectorAll("#details dd[id^=v-]")) {
const unasked = detail.unasked.includes(value.id.slice(2));
for (const part of [value, document.getElementById(`l-${value.id.slice(2)}`)]) part?.toggleAttribute("data-unasked", unasked);
}
});
function neighbour(place, direction) {
if (!place?.isConnected) return null;
if (place.tagName !== "TD") {
const all = [...document.querySelectorAll("[data-edit-url]:not(table)")].filter((one) => one.checkVisibility());
return all[all.indexOf(place) + (["left", "up"].includes(direction) ? -1 : 1)];
}
const side = { left: "previousElementSibling", right: "nextElementSibling" }[direction];
if (side) return place[side];
return place.parentNode[direction === "up" ? "previousElementSibling" : "nextElementSibling"]?.cells[place.cellIndex];
}
async function saveAndMove(place, direction) {
const now = await saveEdit(place);
if (!now) return;
const next = neighbour(now, direction) ?? now;
next.tabIndex = Math.max(next.tabIndex, next.tagName === "TD" ? -1 : 0);
next.focus();
}
function tabLeaves(event, form) {
const all = [...form.querySelectorAll(EDITOR)].filter((control) => control.checkVisibility() && control.tabIndex >= 0);
return event.target === all.at(event.shiftKey ? 0 : -1) || !all.includes(event.target);
}
on("keydown", "form.editor", (event, form) => {
if (event.defaultPrevented || event.isComposing) return;
const place = form.parentNode;
const free = event.target.matches("textarea, trix-editor") && !(event.ctrlKey || event.metaKey);
if (event.key === "Escape") giveUp(place);
else if (event.key === "Enter" && !free && !event.target.matches("button, a")) saveAndMove(place, event.shiftKey ? "up" : "down");
else if (event.key === "Tab" && tabLeaves(event, form)) saveAndMove(place, event.shiftKey ? "left" : "right");
else return;
event.preventDefault();
});
on("change", "form.editor input[type=file]", (event, input) => saveEdit(input.closest("form.editor").parentNode));
on("submit", "form.editor", (event) => event.preventDefault());
on("focusout", "form.editor", (event, form) => {
const place = form.parentNode;
setTimeout(() => {
const away = document.hasFocus() && isEditing(place) && form.isConnected && !form.contains(document.activeElement);
if (away && !document.activeElement.closest("dialog") && !place.classList.contains("refused")) saveEdit(place);
});
});
const PLACE = "[data-grid] tbody td, [data-edit-url]:not(table)";
const AROUND = "a, button, input, select, textarea, trix-editor, label, summary, record-picker";
on("click", "[data-edit-url]:not(table)", (event, place) => {
if (!event.target.closest(AROUND) && !getSelection().toString()) edit(place);
});
on("dblclick", PLACE, (event, place) => {
if (!event.target.closest("input, button, select, textarea, trix-editor")) edit(place);
});
on("keydown", "[data-edit-url]:not(table)", (event, place) => {
if (event.target === place && ["Enter", "F2"].includes(event.key)) {
event.preventDefault();
edit(place);
}
});
ready("[data-edit-url]:not(table)", (place) => { if (!place.hasAttribute("tabindex")) place.tabIndex = 0; });
on("click", "[data-fold]", (event, button) => {
const body = button.closest("tbody");
const folded = body.toggleAttribute("data-folded");
button.setAttribute("aria-expanded", String(!folded));
const said = new FormData();
said.set("group", body.dataset.group);
if (folded) said.set("folded", "1");
send(button.closest("table").dataset.foldUrl, { method: "POST", body: said });
});
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
const CARRIED = "(display-mode: standalone), (pointer: coarse)";
const STEADY = 500; // milliseconds for which a connection that came back must hold
if ("serviceWorker" in navigator && matchMedia(CARRIED).matches) navigator.serviceWorker.register("/service-worker.js");
ready("meta[name=kept]", (meta) => {
const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
const notice = Object.assign(document.createElement("div"), { className: "viewing", role: "status" });
notice.textContent = word("asItWas", { when: when.format(new Date(meta.content)) });
document.getElementById("content")?.prepend(notice);
});
addEventListener("online", () => {
if (document.querySelector("meta[name=kept], [data-kept-pages]")) setTimeout(() => navigator.onLine && location.reload(), STEADY);
});
ready("[data-kept-pages]", async (list) => {
const pages = await caches.open("aperto-pages-1");
for (const request of (await pages.keys()).reverse()) {
const text = await (await pages.match(request)).text();
const title = new DOMParser().parseFromString(text, "text/html").title;
if (!title) continue;
const item = document.createElement("li");
item.append(Object.assign(document.createElement("a"), { href: request.url, textContent: title }));
list.append(item);
}
});
class Listbox {
#request = null;
constructor(input, list, choose) {
Object.assign(this, { input, list, choose });
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
const option = event.target.closest("[role=option]");
if (option) this.choose(option, event);
});
list.addEventListener("pointermove", (event) => {
const option = event.target.closest("[role=option]");
if (option && option !== this.active) this.activate(option, false);
});
}
get options() {
return [...this.list.querySelectorAll("[role=option]:not([aria-disabled=true])")];
}
get active() {
return this.list.querySelector("[role=option][aria-selected=true]");
}
activate(option, scroll = true) {
this.active?.setAttribute("aria-selected", "false");
option?.setAttribute("aria-selected", "true");
if (option) this.input.setAttribute("aria-activedescendant", ensureId(option, "option"));
else this.input.removeAttribute("aria-activedescendant");
if (scroll) option?.scrollIntoView({ block: "nearest" });
}
fill(nodes, { first = true } = {}) {
this.list.replaceChildren(...nodes);
for (const option of this.list.querySelectorAll("[role=option]")) option.setAttribute("aria-selected", "false");
this.activate(first ? this.options[0] : null);
announce(this.options.length ? word("found", { count: this.options.length }) : word("none"));
}
async ask(url) {
this.#request?.abort();
const request = (this.#request = new AbortController());
const answer = await send(url, { signal: request.signal });
return request.signal.aborted || answer.status !== 200 ? null : answer.text;
}
key(event) {
const options = this.options;
const here = options.indexOf(this.active);
const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
if (!(event.key in steps) || !options.length) return false;
event.preventDefault();
const far = Math.abs(steps[event.key]) > 1;
const next = here + steps[event.key];
this.activate(options[far ? Math.max(0, Math.min(next, options.length - 1)) : (next + options.length) % options.length]);
return true;
}
}
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
function openPalette(text = "") {
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
let going = 0;
function visible(selector) {
return [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
}
function press(element) {
if (element.matches("input, textarea, select")) {
element.focus();
element.select?.();
} else {
element.focus(); // a menu gives the focus back to where it was
element.click();
}
}
function showKeys() {
document.querySelector("[popover]:popover-open")?.hidePopover();
const help = document.getElementById("keys");
if (help && !help.open) help.showModal();
}
function singleKey(key) {
if (going && performance.now() - going < 1500) {
going = 0;
return document.querySelector(`[data-go="${CSS.escape(key)}"]`);
}
if (key === "g") {
going = performance.now();
return null;
}
return visible(`[data-key="${CSS.escape(key)}"]`);
}
document.addEventListener("keydown", (event) => {
if (event.defaultPrevented || event.isComposing) return;
if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
event.preventDefault();
return openPalette();
}
const off = document.documentElement.dataset.shortcuts === "off";
if (off || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialogOnTop()) return;
if (event.key === "?") return showKeys();
if (event.key.length !== 1) return;
const letter = event.key.toLowerCase();
const target = singleKey(letter);
if (target) press(target);
else if (target === undefined && "jkox".includes(letter) && document.querySelector("[data-grid]")) {
document.dispatchEvent(new CustomEvent("grid:key", { detail: letter }));
} else if (target === undefined && "jkoesr".includes(letter) && document.querySelector("[data-triage]")) {
document.dispatchEvent(new CustomEvent("triage:key", { detail: letter }));
} else return;
event.preventDefault();
});
document.addEventListener("keydown", (event) => {
if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
const form = event.target instanceof Element && isTyping(event.target) && event.target.closest("form");
if (form) {
event.preventDefault();
form.requestSubmit();
}
});
on("click", "[data-open-keys]", showKeys);
document.addEventListener("keys:show", showKeys);
function keysIn(zone) {
return [...zone.querySelectorAll("[data-key]")].map((tile) => tile.dataset.key);
}
function panelOf(zone) {
const titles = {};
for (const input of zone.querySelectorAll("[data-language]")) if (input.value.trim()) titles[input.dataset.language] = input.value.trim();
return { title: zone.querySelector("[data-title]").value, titles, fields: keysIn(zone), columns: Number(zone.querySelector("[data-columns]")?.value ?? 0) };
}
function zonesOf(group) {
return [...group.querySelectorAll("[data-zones] > [data-zone]")];
}
function arrangementOf(editor) {
const arrangement = {};
for (const group of editor.querySelectorAll("[data-group]")) {
const zones = zonesOf(group);
if (group.dataset.group === "panels") arrangement.panels = zones.map(panelOf);
else if (group.dataset.group === "related") {
arrangement.related = [...zones[0].querySelectorAll("[data-key]")].map((tile) => ({ key: tile.dataset.key, shown: tile.querySelector("[data-shown]").checked }));
} else arrangement[group.dataset.group === "subtitle" ? "subtitle" : "fields"] = keysIn(zones[0]);
}
return arrangement;
}
function newPanel(editor, { title = editor.dataset.newTitle, titles = {}, columns = 0 } = {}) {
const zone = editor.querySelector("[data-panel-template]").content.firstElementChild.cloneNode(true);
zone.querySelector("[data-title]").value = title;
const choice = zone.querySelector("[data-columns]");
if (choice) choice.value = columns;
for (const input of zone.querySelectorAll("[data-language]")) input.value = titles[input.dataset.language] ?? "";
nameZone(zone);
return zone;
}
function nameZone(zone) {
zone.querySelector("[data-tiles]").ariaLabel = zone.querySelector("[data-title]").value;
}
function fillZone(group, zone, keys) {
const tiles = zone.querySelector("[data-tiles]");
for (const key of keys) tiles.append(group.querySelector(`[data-key="${CSS.escape(key)}"]`));
}
function putArrangement(editor, arrangement) {
for (const group of editor.querySelectorAll("[data-group]")) {
const kind = group.dataset.group;
const zones = zonesOf(group);
if (kind === "related") {
fillZone(group, zones[0], arrangement.related.map((each) => each.key));
for (const { key, shown } of arrangement.related) group.querySelector(`[data-key="${CSS.escape(key)}"] [data-shown]`).checked = shown;
continue;
}
group.querySelector("[data-shelf] [data-tiles]").append(...group.querySelectorAll("[data-zones] [data-key]"));
if (kind === "panels") {
const made = arrangement.panels.map((panel) => newPanel(editor, panel));
made.forEach((zone, place) => fillZone(group, zone, arrangement.panels[place].fields));
group.querySelector("[data-zones]").replaceChildren(...made);
} else fillZone(group, zones[0], kind === "subtitle" ? arrangement.subtitle : arrangement.fields);
}
}
const pasts = new WeakMap(); // editor → { now, undone: [], done: [] }, arrangements as text
function editorOf(element) {
return element.closest("[data-layout]");
}
async function drawPreview(editor) {
const body = new URLSearchParams({ arrangement: editor.elements.arrangement.value });
const answer = await send(editor.dataset.previewUrl, { method: "POST", body });
if (answer.text && [200, 422].includes(answer.status)) document.querySelector("[data-layout-preview]").replaceChildren(parse(answer.text));
}
const drawSoon = debounce(drawPreview, 250);
function showState(editor) {
const past = pasts.get(editor);
editor.elements.arrangement.value = past.now;
editor.querySelector("[data-layout-undo]").disabled = !past.done.length;
editor.querySelector("[data-layout-redo]").disabled = !past.undone.length;
drawSoon(editor);
}
function noteStep(editor) {
const past = pasts.get(editor);
const now = JSON.stringify(arrangementOf(editor));
if (now === past.now) return;
past.done.push(past.now);
Object.assign(past, { now, undone: [] });
editor.dataset.dirty = "";
showState(editor);
}
function stepBack(editor, from, to) {
const past = pasts.get(editor);
if (!past[from].length) return;
past[to].push(past.now);
past.now = past[from].pop();
putArrangement(editor, JSON.parse(past.now));
editor.querySelectorAll("[data-tiles]").forEach(sortTiles);
showState(editor);
announce(editor.dataset.undone);
}
function announcePlace(element) {
const zone = element.closest("[data-zone]");
const among = element.matches("[data-panel]") ? [...element.parentNode.children] : [...zone.querySelectorAll("[data-key]")];
const values = {
tile: element.querySelector("[data-name]")?.textContent ?? zone.querySelector("[data-title]").value,
zone: zone.querySelector("[data-tiles]").ariaLabel, place: among.indexOf(element) + 1, count: among.length,
};
announce(editorOf(element).dataset.said.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole));
}
function sortTiles(tiles) {
if (!window.Sortable || window.Sortable.get(tiles)) return;
window.Sortable.create(tiles, {
group: tiles.closest("[data-group]").dataset.group, filter: "input, label", preventOnFilter: false, animation: 140,
delay: 160, delayOnTouchOnly: true, emptyInsertThreshold: 16, onEnd: ({ item }) => noteStep(editorOf(item)),
});
}
function moveTile(tile, step, across) {
const tiles = tile.parentNode;
const zones = [...tile.closest("[data-group]").querySelectorAll("[data-tiles]")];
const beside = step > 0 ? tile.nextElementSibling : tile.previousElementSibling;
const other = zones[zones.indexOf(tiles) + step];
if (beside && !across) step > 0 ? beside.after(tile) : beside.before(tile);
else if (other) step > 0 ? other.prepend(tile) : other.append(tile);
}
function finishMove(element, focus) {
focus.focus();
element.scrollIntoView({ block: "nearest" });
announcePlace(element);
noteStep(editorOf(element));
}
on("keydown", "[data-layout] [data-key]", (event, tile) => {
if (event.target !== tile) return;
const shelf = tile.closest("[data-group]").querySelector("[data-shelf] [data-tiles]");
const rtl = getComputedStyle(tile).direction === "rtl" ? -1 : 1;
const move = event.altKey && { ArrowUp: [-1], ArrowDown: [1], ArrowLeft: [-rtl, true], ArrowRight: [rtl, true] }[event.key];
if (move) moveTile(tile, ...move);
else if (event.key === "Delete" && shelf) shelf.prepend(tile);
else return;
event.preventDefault();
finishMove(tile, tile);
});
on("keydown", "[data-layout] [data-panel-grip]", (event, grip) => {
const panel = grip.closest("[data-panel]");
const other = { ArrowUp: panel.previousElementSibling, ArrowDown: panel.nextElementSibling }[event.key];
if (other === undefined) return;
event.preventDefault();
if (!other) return;
event.key === "ArrowUp" ? other.before(panel) : other.after(panel);
finishMove(panel, grip);
});
on("click", "[data-layout] [data-panel-add]", (event, button) => {
const panel = newPanel(editorOf(button));
button.closest("[data-group]").querySelector("[data-zones]").append(panel);
sortTiles(panel.querySelector("[data-tiles]"));
panel.querySelector("[data-title]").select();
noteStep(editorOf(button));
});
on("click", "[data-layout] [data-panel-remove]", (event, button) => {
const panel = button.closest("[data-panel]");
const editor = editorOf(panel);
const group = panel.closest("[data-group]");
group.querySelector("[data-shelf] [data-tiles]").prepend(...panel.querySelectorAll("[data-key]"));
panel.remove();
group.querySelector("[data-panel-add]").focus();
noteStep(editor);
});
on("change", "[data-layout]", (event, editor) => {
if (event.target.matches("[data-title]")) nameZone(event.target.closest("[data-zone]"));
noteStep(editor);
});
on("click", "[data-layout-undo]", (event, button) => stepBack(editorOf(button), "done", "undone"));
on("click", "[data-layout-redo]", (event, button) => stepBack(editorOf(button), "undone", "done"));
on("submit", "[data-layout]", (event, editor) => (editor.elements.arrangement.value = JSON.stringify(arrangementOf(editor))), true);
ready("[data-layout]", async (editor) => {
pasts.set(editor, { now: JSON.stringify(arrangementOf(editor)), done: [], undone: [] });
showState(editor);
await import(editor.dataset.sortable);
editor.querySelectorAll("[data-tiles]").forEach(sortTiles);
const panels = editor.querySelector("[data-group=panels] [data-zones]");
if (panels) window.Sortable.create(panels, { handle: "[data-panel-grip]", animation: 140, onEnd: () => noteStep(editor) });
});
const EVENTS = ["changed", "fresh", "much", "here"];
const OUT_OF_SIGHT = 60_000;
const MOST_TRIES = 6;
const hearers = {};
const line = { source: null, stream: "", base: "", since: "", tries: 0, timer: 0, told: "", editing: "" };
function hear(type, handler) {
(hearers[type] ??= []).push(handler);
}
async function askQuietly(url) {
try {
const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Current-URL": location.href }, credentials: "same-origin" });
return answer.ok && !answer.redirected ? { text: await answer.text(), status: answer.status, version: answer.headers.get("Aperto-Version") } : null;
} catch {
return null;
}
}
function shownRecord() {
const page = document.querySelector(".record-page[data-record]");
if (!page) return null;
const [, object, id] = page.dataset.record.split("/");
return { page, object, id };
}
function shownList() {
const list = document.querySelector("#list[hx-get]:has(.grid, .board, .empty)");
if (!list) return null;
const address = new URL(list.getAttribute("hx-get"), location.origin);
return { list, object: address.pathname.split("/")[1], search: address.searchParams, board: address.pathname.endsWith("/board") };
}
function shows() {
const record = shownRecord();
if (record) return { object: record.object, record: record.id, versions: { [record.id]: Number(record.page.dataset.version) }, editing: line.editing };
const listed = shownList();
if (!listed) return null;
const rows = [...listed.list.querySelectorAll("[data-id][data-version]")].slice(0, 500);
return { object: listed.object, listing: true, versions: Object.fromEntries(rows.map((row) => [row.dataset.id, Number(row.dataset.version)])) };
}
async function tellWhat(again = false) {
const wish = line.stream && shows();
if (!wish) return;
const now = JSON.stringify([wish.object, Object.keys(wish.versions), wish.editing]);
if (now === line.told && !again) return;
line.told = now;
const body = JSON.stringify({ ...wish, stream: line.stream, since: again ? line.since : "" });
const answer = await fetch(`${line.base}/watch`, { method: "POST", body, credentials: "omit" }).catch(() => null);
if (!answer?.ok && line.source) { hangUp(); callLater(); }
}
const tellSoon = debounce(() => tellWhat(), 400);
function tellEditing(field) {
line.editing = field;
tellSoon();
}
function hangUp() {
line.source?.close();
Object.assign(line, { source: null, stream: "", told: "" });
}
function callLater() {
clearTimeout(line.timer);
if (line.tries >= MOST_TRIES) return;
line.timer = setTimeout(connect, (1 + Math.random()) * 1_500 * 2 ** line.tries);
line.tries += 1;
}
function ended({ word }) {
hangUp();
if (word === "again") callLater();
}
async function connect() {
clearTimeout(line.timer);
if (line.source || document.hidden || !shows()) return;
const answer = await askQuietly("/now/ticket");
if (!answer) return callLater();
if (answer.status !== 200 || line.source) return;
const { place, ticket } = JSON.parse(answer.text);
line.base = `${place.startsWith(":") ? `${location.protocol}//${location.hostname}${place}` : ""}/live`;
const source = line.source = new EventSource(`${line.base}/events?ticket=${encodeURIComponent(ticket)}`);
const heard = (type, handler) => source.addEventListener(type, (event) => {
line.since = event.lastEventId || line.since;
handler(JSON.parse(event.data));
});
heard("hello", ({ stream }) => { Object.assign(line, { stream, tries: 0 }); tellWhat(true); });
heard("end", ended);
for (const type of EVENTS) heard(type, (detail) => hearers[type]?.forEach((handler) => handler(detail)));
source.onerror = () => { hangUp(); callLater(); };
}
function begin() {
line.tries = 0;
line.timer = setTimeout(connect, 700 + Math.random() * 600);
}
if (document.querySelector("meta[name=live]")) {
begin();
let away = 0;
document.addEventListener("visibilitychange", () => {
clearTimeout(away);
if (document.hidden) away = setTimeout(hangUp, OUT_OF_SIGHT);
else if (!line.source) begin();
});
addEventListener("pagehide", hangUp);
addEventListener("pageshow", (event) => event.persisted && begin());
document.addEventListener("htmx:after:process", tellSoon);
}
const MOST_ASKED = 100;
const touchedIds = new Set();
const newIds = new Set();
function shownAs(list, id) {
return list.querySelector(`[data-id="${CSS.escape(id)}"][data-version]`);
}
function flashShown(list, id) {
const now = shownAs(list, id);
for (const one of now?.cells ?? [now]) one?.classList.add("saved");
setTimeout(() => { for (const one of now?.cells ?? [now]) one?.classList.remove("saved"); }, 1300);
}
async function replaceShown(list, old, fresh) {
const { id } = fresh.dataset;
const ticked = old.querySelector("input[type=checkbox]")?.checked;
const cell = [...(old.cells ?? [])].indexOf(document.activeElement);
const focused = document.activeElement === old;
await swapInto(old, fresh.outerHTML, "outerHTML");
const now = shownAs(list, id);
if (ticked) now?.querySelector("input[type=checkbox]")?.click();
if (focused) now?.focus({ preventScroll: true });
else if (cell >= 0) now?.cells[cell]?.focus({ preventScroll: true });
}
async function updateShown(list, fresh) {
const old = shownAs(list, fresh.dataset.id);
const lane = fresh.parentNode.dataset.nowLane;
const moved = lane !== undefined && old.closest("[data-lane]")?.dataset.lane !== lane;
const same = old.textContent === fresh.textContent;
if (same && !moved && Number(old.dataset.version) >= Number(fresh.dataset.version)) return;
if (moved) {
const cards = list.querySelector(`[data-lane="${CSS.escape(lane)}"] [data-cards]`);
if (!cards) return old.remove();
cards.prepend(old);
announce(word("nowIn", { card: old.ariaLabel ?? "", lane: cards.closest("[data-lane]").ariaLabel ?? "" }));
}
await replaceShown(list, old, fresh);
if (!same || moved) flashShown(list, fresh.dataset.id);
}
function isWorkedOn(element) {
return element.matches(".waiting, .sortable-chosen, .lifted") || element.querySelector("form.editor") !== null;
}
function departShown(element, board) {
if (board) return element.remove();
element.classList.add("departed");
element.title = word("departed");
return null;
}
async function readNow(ids) {
const found = shownList();
if (!found) return null;
const { list, object, search, board } = found;
search.set("ids", ids.join(","));
const answer = await askQuietly(`/now/${object}/${board ? "cards" : "rows"}?${search}`);
if (!answer || !list.isConnected) return null;
const parts = parse(answer.text);
const sums = [...parts.children].filter((one) => one.matches("[hx-swap-oob]")).map((one) => one.outerHTML).join("");
return { list, board, sums, fresh: new Map([...parts.querySelectorAll("[data-id]")].map((one) => [one.dataset.id, one])) };
}
async function refreshShown() {
const ids = [...touchedIds].slice(0, MOST_ASKED);
const found = ids.length && await readNow(ids);
if (!found) return;
for (const id of ids) {
touchedIds.delete(id);
const old = shownAs(found.list, id);
if (old && isWorkedOn(old)) toast({ text: word("elsewhere"), tone: "warn" });
else if (old && found.fresh.has(id)) await updateShown(found.list, found.fresh.get(id));
else if (old) departShown(old, found.board);
else if (found.fresh.has(id)) newIds.add(id);
}
if (found.sums) await applyParts(found.sums);
offerNews();
if (touchedIds.size) refreshSoon();
}
const refreshSoon = debounce(refreshShown, 200 + Math.random() * 400);
function offerNews(text = newIds.size ? word("news", { count: newIds.size }) : "") {
if (!text) return;
const button = document.querySelector(".news") ?? Object.assign(document.createElement("button"), { type: "button", className: "btn primary news" });
button.textContent = text;
document.getElementById("content").append(button);
announce(text);
}
on("click", ".news", (event, button) => {
button.remove();
newIds.clear();
document.body.dispatchEvent(new CustomEvent("rows-changed", { bubbles: true }));
});
function takeIds(ids) {
if (!shownList()) return;
for (const id of ids) touchedIds.add(id);
refreshSoon();
}
hear("changed", ({ versions, gone }) => takeIds([...Object.keys(versions), ...gone]));
hear("fresh", ({ records }) => takeIds(records));
hear("much", () => shownList() && offerNews(word("much")));
const OWN = 3_000;
let writtenAt = 0;
document.addEventListener("record-changed", () => (writtenAt = Date.now()));
function putUnderneath(place, nodes) {
const now = edits.get(place);
const before = now.nodes.map((node) => node.textContent).join("");
now.nodes = nodes;
return before;
}
function putValue(old, fresh) {
for (const one of [old, document.getElementById(`l-${old.id.slice(2)}`)]) one?.toggleAttribute("data-unasked", fresh.hasAttribute("data-unasked"));
const text = fresh.textContent;
if (isEditing(old)) {
const before = putUnderneath(old, [...fresh.childNodes]);
if (before === text) return false;
const field = document.getElementById(`l-${old.id.slice(2)}`)?.firstChild?.textContent ?? "";
toast({ text: word("elsewhereField", { field: field.trim() }), tone: "warn" });
return true;
}
if (old.innerHTML === fresh.innerHTML || old.textContent === text) return false;
old.replaceChildren(...fresh.childNodes);
window.htmx.process(old);
old.classList.add("saved");
setTimeout(() => old.classList.remove("saved"), 1300);
return true;
}
async function putHead(fresh) {
const old = document.getElementById("record-head");
if (!old || !fresh || old.textContent === fresh.textContent) return false;
if (old.matches(":focus-within") || old.querySelector(":popover-open")) return false;
await applyParts(fresh.outerHTML);
return true;
}
async function followRecord({ page, object, id }, version) {
if (version <= Number(page.dataset.version) && Date.now() - writtenAt < OWN) return;
const answer = await askQuietly(`/now/${object}/${id}`);
if (!answer || !page.isConnected) return;
const parts = parse(answer.text);
let differs = await putHead(parts.getElementById("record-head"));
for (const fresh of parts.querySelectorAll("dd[id^='v-']")) {
const old = document.getElementById(fresh.id);
if (old && putValue(old, fresh)) differs = true;
}
if (answer.version) page.dataset.version = answer.version;
page.dispatchEvent(new CustomEvent("record-changed", { bubbles: true }));
if (differs) announce(word("updated"));
}
hear("changed", ({ versions, gone }) => {
const shown = shownRecord();
if (!shown) return;
if (gone.includes(shown.id)) complain(word("gone"));
else if (shown.id in versions) setTimeout(() => followRecord(shown, versions[shown.id]), Math.random() * 400);
});
hear("here", async ({ people }) => {
const region = document.getElementById("here");
const shown = shownRecord();
if (!region || !shown) return;
const who = people.map(([id, field]) => (field ? `${id}.${field}` : id)).join(",");
const answer = who ? await askQuietly(`/now/${shown.object}/${shown.id}/here?who=${encodeURIComponent(who)}`) : { text: "" };
if (!answer) return;
region.replaceChildren(parse(answer.text));
for (const old of document.querySelectorAll("[data-edited-by]")) delete old.dataset.editedBy;
for (const one of region.querySelectorAll("[data-field]")) {
const place = document.getElementById(`v-${one.dataset.field}`);
if (place) place.dataset.editedBy = one.dataset.name;
}
});
on("focusin", ".record-page form.editor", (event, form) => tellEditing(form.parentNode.id.slice(2)));
on("focusout", ".record-page form.editor", (event, form) => setTimeout(() => {
if (!form.contains(document.activeElement)) tellEditing("");
}));
function choose(kind, value, button) {
const root = document.documentElement;
root.dataset[kind] = value;
showChoice(root);
const url = button.closest("[data-appearance-url]")?.dataset.appearanceUrl;
if (url) send(url, { method: "POST", body: new URLSearchParams({ [kind]: value }) });
}
function showChoice(root) {
for (const [kind, name] of [["theme", "setTheme"], ["density", "setDensity"]]) {
for (const button of document.querySelectorAll(`[data-set-${kind}]`)) {
button.setAttribute("aria-pressed", String(button.dataset[name] === root.dataset[kind]));
}
}
}
on("click", "[data-set-theme]", (event, button) => choose("theme", button.dataset.setTheme, button));
on("click", "[data-set-density]", (event, button) => choose("density", button.dataset.setDensity, button));
ready("[data-set-theme], [data-set-density]", () => showChoice(document.documentElement));
if (/Mac|iPhone|iPad/.test(navigator.platform)) {
ready("[data-mod-key]", (key) => (key.textContent = key.textContent.replace("Ctrl ", "⌘")));
}
const BEGUN = /(?:^|[\s(])@([^\s@][^@\n]{0,40}|)$/;
ready("textarea[data-mention-url]", (text) => {
const list = Object.assign(document.createElement("ul"), { className: "options", popover: "manual" });
list.setAttribute("role", "listbox");
list.ariaLabel = word("suggestions");
text.after(list);
for (const [name, value] of Object.entries({ "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": ensureId(list, "options") })) text.setAttribute(name, value);
const begun = () => BEGUN.exec(text.value.slice(0, text.selectionStart));
const close = () => {
if (list.matches(":popover-open")) list.hidePopover();
box.activate(null);
};
const insert = (option) => {
const found = begun();
if (found) text.setRangeText(`@${option.dataset.insert} `, text.selectionStart - found[1].length - 1, text.selectionStart, "end");
close();
text.dispatchEvent(new Event("input", { bubbles: true }));
};
const box = new Listbox(text, list, insert);
const look = async () => {
const found = begun();
if (!found) return close();
const html = await box.ask(`${text.dataset.mentionUrl}?${new URLSearchParams({ q: found[1] })}`);
if (html === null || document.activeElement !== text || !begun()) return;
const nodes = [...parse(html).children];
if (!nodes.length) return close();
box.fill(nodes);
list.showPopover();
placeBeside(list, text);
};
text.addEventListener("input", debounce(look, 120));
text.addEventListener("blur", close);
text.addEventListener("keydown", (event) => {
if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
event.preventDefault();
return text.form.requestSubmit();
}
if (!list.matches(":popover-open") || box.key(event)) return;
if (["Enter", "Tab"].includes(event.key) && box.active) {
event.preventDefault();
insert(box.active);
} else if (event.key === "Escape") {
event.preventDefault();
event.stopPropagation();
close();
}
});
});
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
async function keepOrder(list) {
const order = [...list.children].map((row) => row.dataset.id).join(",");
const answer = await send(list.dataset.orderUrl, { method: "POST", body: new URLSearchParams({ order }) });
if (answer.status !== 204) location.reload();
}
const keepSoon = debounce(keepOrder, 400);
on("keydown", "[data-order-url] .grip", (event, grip) => {
const row = grip.closest("[data-id]");
const list = row.parentNode;
const other = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key];
if (other === undefined) return;
event.preventDefault();
if (!other) return;
event.key === "ArrowUp" ? other.before(row) : other.after(row);
grip.focus();
announce(word("ordered", { name: row.innerText.trim().split("\n")[0], place: [...list.children].indexOf(row) + 1, count: list.children.length }));
keepSoon(list);
});
ready("[data-order-url]", async (list) => {
await import(list.dataset.sortable);
window.Sortable.create(list, {
handle: ".grip", animation: 140,
onEnd: ({ oldIndex, newIndex }) => oldIndex !== newIndex && keepOrder(list),
});
});
function textOf(cell) {
const copy = cell.cloneNode(true);
for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
for (const time of copy.querySelectorAll("time[title]")) time.textContent = time.title;
for (const labelled of copy.querySelectorAll("[role=img][aria-label]")) labelled.textContent = labelled.ariaLabel;
const text = copy.textContent.trim().replace(/\s+/g, " ");
return /["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
document.addEventListener("copy", (event) => {
if (!getSelection().isCollapsed) return;
const place = here();
if (!place) return;
const lines = place.chosen.map((row) => [...row.cells].slice(place.first, place.last + 1).map(textOf).join("\t"));
event.clipboardData.setData("text/plain", lines.join("\n"));
event.preventDefault();
announce(word("copied"));
});
function form({ table, first, last }, rows) {
const body = new FormData();
body.set("rows", rows.map((row) => `${row.dataset.id}:${row.dataset.version}`).join(","));
return { table, body, keys: [...table.tHead.rows[0].cells].slice(first, last + 1).map((head) => head.dataset.field) };
}
document.addEventListener("paste", async (event) => {
const place = here();
const text = event.clipboardData?.getData("text/plain");
if (!place || !text || !place.chosen.length) return;
event.preventDefault();
const { table, body, keys } = form(place, place.all);
if (!table.dataset.pasteUrl) return;
const opener = document.activeElement;
body.set("text", text);
body.set("column", keys[0]);
body.set("height", place.chosen.length);
body.set("width", keys.length);
body.set("next", place.all.at(-1).parentNode.querySelector(":scope > tr[data-next]")?.dataset.next ?? "");
const answer = await send(table.dataset.pasteUrl, { method: "POST", body });
if (answer.status === 200) showDialog(answer.text, { opener });
});
function fillDown() {
const place = here();
if (!place || place.chosen.length < 2) return;
const { table, body, keys } = form(place, place.chosen);
for (const key of keys) body.append("column", key);
if (table.dataset.fillUrl) send(table.dataset.fillUrl, { method: "POST", body }).then((answer) => answer.status === 200 && showDialog(answer.text));
}
on("keydown", CELL, (event, cell) => {
if (event.target !== cell || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "d") return;
event.preventDefault();
fillDown();
});
const HANDED_ON = ["aria-describedby", "aria-invalid", "aria-label", "autofocus", "disabled"];
function pickerInput(select, placeholder) {
const input = Object.assign(document.createElement("input"), { type: "text", autocomplete: "off", spellcheck: false, placeholder });
const given = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
for (const name of HANDED_ON) if (select.hasAttribute(name)) given[name] = select.getAttribute(name);
if (select.required) given["aria-required"] = "true";
for (const [name, value] of Object.entries(given)) input.setAttribute(name, value);
if (select.id) {
input.id = select.id;
select.id = `${select.id}-value`;
}
Object.assign(select, { hidden: true, required: false, autofocus: false });
select.before(input);
return input;
}
function pickerChip(option) {
const { hue, initials } = option.dataset;
const text = option.text.trim();
const chip = Object.assign(document.createElement("span"), { className: "chip choice" });
if (hue) {
chip.append(Object.assign(document.createElement("span"), { className: initials ? "avatar" : "dot", textContent: initials ?? "" }));
chip.firstChild.dataset.hue = hue;
}
const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×", tabIndex: -1, ariaLabel: `${word("remove")} ${text}` });
remove.dataset.unpick = option.value;
chip.append(Object.assign(document.createElement("span"), { textContent: text }), remove);
return chip;
}
function optionLine(text, data) {
const line = Object.assign(document.createElement("li"), { textContent: text });
line.setAttribute("role", "option");
Object.assign(line.dataset, data);
return line;
}
function plain(text) {
return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
function pickerLines(select, html, text, canCreate) {
const own = () => [...select.options]
.filter((option) => option.value && plain(option.text).includes(plain(text)) && !(select.multiple && option.selected))
.map((option) => optionLine(option.text.trim(), { value: option.value, label: option.text.trim() }));
const lines = html === undefined ? own() : [...parse(html).querySelectorAll("[role=option], .note")];
if (canCreate && text) {
lines.push(optionLine(word("create", { name: text }), { create: text }));
lines.at(-1).className = "create";
}
if (!lines.length) lines.push(Object.assign(document.createElement("li"), { className: "note", textContent: word("none") }));
return lines;
}
function withQuery(url, name, value) {
return `${url}${url.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(value)}`;
}
class RecordPicker extends HTMLElement {
connectedCallback() {
this.select = this.querySelector("select");
if (this.input || !this.select) return;
this.input = pickerInput(this.select, this.getAttribute("placeholder") ?? "");
this.list = this.appendChild(Object.assign(document.createElement("ul"), { className: "options", role: "listbox", popover: "manual" }));
this.list.setAttribute("role", "listbox");
this.list.ariaLabel = word("suggestions");
this.input.setAttribute("aria-controls", ensureId(this.list, "options"));
this.box = new Listbox(this.input, this.list, (option) => this.choose(option));
this.listen();
this.draw();
}
listen() {
const search = debounce(() => this.search(), this.dataset.url ? 120 : 0);
this.input.addEventListener("input", search);
this.input.addEventListener("keydown", (event) => this.key(event));
this.input.addEventListener("blur", () => this.settle());
this.addEventListener("click", (event) => {
const remove = event.target.closest("[data-unpick]");
if (remove) this.unpick(remove.dataset.unpick);
else if (!event.target.closest(".options")) {
this.input.focus();
if (!this.isOpen) this.search();
}
});
}
get isOpen() {
return this.list.matches(":popover-open");
}
get chosen() {
return [...this.select.options].filter((option) => option.selected && option.value);
}
draw() {
for (const chip of this.querySelectorAll(".choice")) chip.remove();
if (this.select.multiple) this.input.before(...this.chosen.map(pickerChip));
else this.input.value = this.chosen[0]?.text.trim() ?? "";
}
async search() {
const shown = !this.select.multiple && this.input.value === this.chosen[0]?.text.trim();
const text = shown ? "" : this.input.value.trim();
const html = this.dataset.url ? await this.box.ask(withQuery(this.dataset.url, "q", text)) : undefined;
if (html === null || !this.contains(document.activeElement)) return;
this.box.fill(pickerLines(this.select, html, text, this.dataset.createUrl), { first: text !== "" });
this.open();
}
open() {
this.list.showPopover();
this.list.style.minWidth = `${this.offsetWidth}px`;
placeBeside(this.list, this);
this.input.setAttribute("aria-expanded", "true");
}
close() {
if (this.isOpen) this.list.hidePopover();
this.input.setAttribute("aria-expanded", "false");
this.box.activate(null);
}
choose(option) {
const { create, value, label } = option.dataset;
this.close();
if (create === undefined) return this.pick(value, label ?? option.textContent.trim(), option.dataset);
return openDialog(withQuery(this.dataset.createUrl, "name", create), { opener: this.input, onPick: (newValue, newLabel) => this.pick(newValue, newLabel) });
}
pick(value, label, { hue, initials } = {}) {
let option = [...this.select.options].find((one) => one.value === String(value));
option ??= this.select.appendChild(new Option(label, value));
if (hue) Object.assign(option.dataset, { hue, initials: initials ?? "" });
if (!this.select.multiple) for (const other of this.select.options) other.selected = false;
option.selected = true;
this.input.value = "";
this.changed();
}
unpick(value) {
const option = [...this.select.options].find((one) => one.value === value);
if (option) option.selected = false;
this.changed();
this.input.focus();
}
changed() {
this.draw();
this.select.dispatchEvent(new Event("change", { bubbles: true }));
}
settle() {
this.close();
if (!this.select.multiple && this.chosen.length && !this.input.value.trim()) {
for (const option of this.select.options) option.selected = option.value === "";
if (!this.select.querySelector('option[value=""]')) this.select.prepend(new Option("", "", true, true));
this.changed();
} else this.draw();
if (this.select.multiple) this.input.value = "";
}
key(event) {
if (event.isComposing) return;
if (event.key === "ArrowDown" && !this.isOpen) {
event.preventDefault();
this.search();
} else if (this.isOpen && this.box.key(event)) return;
else if (this.isOpen && event.key === "Enter" && this.box.active) {
event.preventDefault();
this.choose(this.box.active);
} else if (this.isOpen && event.key === "Tab" && this.box.active && this.input.value) this.choose(this.box.active);
else if (this.isOpen && event.key === "Escape") {
event.preventDefault();
event.stopPropagation();
this.draw();
this.close();
} else if (event.key === "Backspace" && this.select.multiple && !this.input.value) this.unpick(this.chosen.at(-1)?.value);
}
}
customElements.define("record-picker", RecordPicker);
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
on("click", "[data-print]", () => window.print());
function bytes(text) {
const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
function deviceName() {
const brand = navigator.userAgentData?.brands?.find(({ brand: name }) => !/not/i.test(name))?.brand;
const browser = brand ?? /(Firefox|Edg|Chrome|Safari)/.exec(navigator.userAgent)?.[1] ?? "";
const system = navigator.userAgentData?.platform ?? /\(([^;)]+)/.exec(navigator.userAgent)?.[1] ?? "";
return `${browser} · ${system}`;
}
async function ring(button) {
if (await Notification.requestPermission() !== "granted") throw new DOMException("", "NotAllowedError");
const worker = await navigator.serviceWorker.register("/service-worker.js");
await navigator.serviceWorker.ready;
const held = await worker.pushManager.getSubscription();
const given = held ?? await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(button.dataset.pushKey) });
const body = JSON.stringify({ ...given.toJSON(), name: deviceName() });
const answer = await fetch(button.dataset.pushUrl, { method: "POST", headers: { ...csrfHeader(), "Content-Type": "application/json" }, body });
if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? "");
location.reload();
}
on("click", "[data-push-key]", (event, button) => {
const able = "PushManager" in window && "serviceWorker" in navigator && "Notification" in window;
if (!able) return complain(button.dataset.refused);
button.disabled = true;
ring(button).catch((error) => complain(error.message || button.dataset.refused)).finally(() => { button.disabled = false; });
});
async function sayRule(group) {
const { repeats: name, moment } = group.dataset;
const asked = new URLSearchParams({ name });
for (const control of group.querySelectorAll("input, select")) {
if (control.type !== "checkbox" || control.checked) asked.append(control.name, control.value);
}
const begins = group.closest("form")?.elements[moment];
if (begins?.value) asked.set("moment", begins.value);
const answer = await send(`/recurrence?${asked}`);
if (answer.status === 200) group.querySelector(".repeats-said").textContent = answer.text;
}
const sayRuleSoon = debounce(sayRule, 250);
on("input", "[data-repeats]", (event, group) => sayRuleSoon(group));
const SIGN = /(?:^|[\s(])([#@])([^\s#@][^#@\n]{0,40}|)$/;
const FOREIGN = /<(table|h[124]|hr)\b/i; // what the editor does not know would be lost
const TRAITS = ["aria-describedby", "aria-invalid", "placeholder"];
function editorFor(text, kit) {
const bar = kit.content.firstElementChild.cloneNode(true);
const editor = document.createElement("trix-editor");
editor.setAttribute("toolbar", ensureId(bar, "rich-bar"));
editor.setAttribute("input", ensureId(text, "rich"));
editor.setAttribute("aria-label", text.ariaLabel ?? text.labels?.[0]?.textContent.trim() ?? "");
for (const name of TRAITS) if (text.hasAttribute(name)) editor.setAttribute(name, text.getAttribute(name));
const box = Object.assign(document.createElement("div"), { className: "rich-box" });
box.append(bar, editor);
return { box, editor };
}
function begun({ editor }) {
const [from, to] = editor.getSelectedRange();
const found = from === to && SIGN.exec(editor.getDocument().toString().slice(Math.max(0, from - 48), from));
return found ? { sign: found[1], words: found[2], start: from - found[2].length - 1, end: from } : null;
}
function insertLink(element, { href, label }) {
const place = begun(element);
if (!place) return;
const { editor } = element;
const link = Object.assign(document.createElement("a"), { textContent: label });
link.setAttribute("href", href);
editor.setSelectedRange([place.start, place.end]);
editor.insertHTML(link.outerHTML);
editor.deactivateAttribute("href");
editor.insertString(" ");
}
function offerLinks(element, box) {
const list = Object.assign(document.createElement("ul"), { className: "options", popover: "manual" });
list.setAttribute("role", "listbox");
list.ariaLabel = word("suggestions");
box.append(list);
element.setAttribute("aria-controls", ensureId(list, "options"));
element.setAttribute("aria-autocomplete", "list");
const close = () => {
if (list.matches(":popover-open")) list.hidePopover();
options.activate(null);
};
const choose = (option) => {
insertLink(element, option.dataset);
close();
};
const options = new Listbox(element, list, choose);
const look = async () => {
const place = begun(element);
if (!place) return close();
const html = await options.ask(`/rich/links?${new URLSearchParams({ sign: place.sign, q: place.words })}`);
if (html === null || document.activeElement !== element || !begun(element)) return;
const nodes = [...parse(html).children];
if (!nodes.length) return close();
options.fill(nodes);
list.showPopover();
placeBeside(list, element);
};
element.addEventListener("trix-change", debounce(look, 150));
element.addEventListener("blur", close);
element.addEventListener("keydown", (event) => {
if (!list.matches(":popover-open")) return;
const used = options.key(event);
if (["Enter", "Tab"].includes(event.key) && options.active) choose(options.active);
else if (event.key === "Escape") close();
else if (!used) return;
event.preventDefault();
event.stopImmediatePropagation();
}, true);
}
ready("textarea[data-rich]", async (text) => {
const kit = document.getElementById("rich-toolbar");
if (!kit || FOREIGN.test(text.value)) return;
const { default: trix } = await import(kit.dataset.trix);
trix.config.blockAttributes.heading1.tagName = "h3"; // under the headings of the page
if (!text.isConnected) return;
const before = text.value;
const held = document.activeElement === text;
const { box, editor } = editorFor(text, kit);
text.hidden = true;
text.required = false; // the server asks for it
text.after(box);
offerLinks(editor, box);
editor.addEventListener("trix-initialize", () => {
text.value = before; // as it was, until somebody writes
if (held) editor.focus();
editor.addEventListener("trix-change", () => text.dispatchEvent(new Event("input", { bubbles: true })));
});
editor.addEventListener("trix-file-accept", (event) => event.preventDefault()); // files go through the record's own door
editor.addEventListener("keydown", (event) => {
if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || text.form?.matches(".editor")) return;
event.preventDefault();
text.form?.requestSubmit();
});
for (const label of text.labels ?? []) label.addEventListener("click", () => editor.focus());
});
function nextNumber(group) {
const numbers = [...group.querySelectorAll(":scope [data-row]")].map((row) => Number(row.dataset.row) || 0);
return Math.max(-1, Number(group.dataset.last ?? -1), ...numbers) + 1;
}
function changed(group) {
group.dispatchEvent(new Event("change", { bubbles: true }));
}
on("click", "[data-row-add]", (event, button) => {
const group = button.closest("[data-rows]");
const number = nextNumber(group);
group.dataset.last = number;
const template = group.querySelector("template[data-row-template]");
const row = parse(template.innerHTML.replaceAll("__n__", number)).firstElementChild;
row.dataset.row = number;
template.before(row);
window.htmx.process(row);
row.querySelector("input:not([type=hidden], [type=radio]), select, textarea")?.focus();
changed(group);
});
on("click", "[data-row-remove]", (event, button) => {
const group = button.closest("[data-rows]");
const row = button.closest("[data-row]");
const wasPrimary = row.querySelector("input[type=radio]:checked");
const beside = row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : row.previousElementSibling;
row.remove();
const first = group.querySelector("[data-row] input[type=radio]");
if (wasPrimary && first) first.checked = true;
(beside?.matches?.("[data-row]") ? beside.querySelector("[data-row-remove]") : group.querySelector("[data-row-add]"))?.focus();
changed(group);
});
on("pointerdown", "[data-grip]", (event, grip) => {
event.preventDefault();
const row = grip.closest("[data-row]");
const follow = (now) => {
const over = document.elementFromPoint(now.clientX, now.clientY)?.closest("[data-row]");
if (!over || over === row || over.parentNode !== row.parentNode) return;
const box = over.getBoundingClientRect();
if (now.clientY > box.top + box.height / 2) over.after(row);
else over.before(row);
};
grip.setPointerCapture(event.pointerId);
grip.addEventListener("pointermove", follow);
grip.addEventListener("pointerup", () => {
grip.removeEventListener("pointermove", follow);
changed(row.parentNode);
}, { once: true });
});
on("keydown", "[data-grip]", (event, grip) => {
const row = grip.closest("[data-row]");
const other = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key];
if (!other?.matches("[data-row]")) return;
event.preventDefault();
if (event.key === "ArrowUp") other.before(row);
else other.after(row);
grip.focus();
changed(row.parentNode);
});
const WAIT = 600;
let shown = null;
let timer = 0;
const known = new Map();
function putAway() {
clearTimeout(timer);
shown?.head.removeAttribute("aria-describedby");
shown?.box.remove();
shown = null;
}
async function describe(head) {
const url = head.closest("table").dataset.statisticsUrl?.replace("{field}", head.dataset.field);
if (!url || shown?.head === head) return;
if (!known.has(url)) known.set(url, send(url));
const answer = await known.get(url);
if (answer.status !== 200 || !(head.matches(":hover") || head.contains(document.activeElement))) return;
putAway();
const box = Object.assign(document.createElement("div"), { className: "popover-box", role: "tooltip", popover: "manual" });
box.append(parse(answer.text));
document.body.append(box);
box.showPopover();
placeBeside(box, head);
shown = { head, box };
const stop = head.querySelector("a.head");
stop?.setAttribute("aria-describedby", ensureId(box, "statistics"));
if (head.contains(document.activeElement)) announce(box.textContent.replace(/\s+/g, " "));
}
function soon(head) {
clearTimeout(timer);
timer = setTimeout(() => describe(head), WAIT);
}
on("mouseover", "[data-statistics-url] thead th[data-field]", (event, head) => {
if (!head.contains(event.relatedTarget)) soon(head);
});
on("mouseout", "[data-statistics-url] thead th[data-field]", (event, head) => {
if (!head.contains(event.relatedTarget)) putAway();
});
on("focusin", "[data-statistics-url] thead th[data-field]", (event, head) => soon(head));
on("focusout", "[data-statistics-url] thead th[data-field]", putAway);
on("pointerdown", "thead th", putAway);
document.addEventListener("keydown", (event) => {
if (event.key === "Escape" && shown) putAway();
});
for (const change of ["cell-saved", "rows-changed"]) document.addEventListener(change, () => known.clear());
function insert(input, { insert: text, from, to }) {
input.setRangeText(text, Number(from ?? 0), Number(to ?? input.value.length), "end");
input.dispatchEvent(new Event("input", { bubbles: true }));
}
ready("input[data-suggest-url]", (input) => {
const list = Object.assign(document.createElement("ul"), { className: "options", popover: "manual" });
list.setAttribute("role", "listbox");
list.ariaLabel = word("suggestions");
input.after(list);
for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": ensureId(list, "options") })) input.setAttribute(name, value);
const box = new Listbox(input, list, (option) => insert(input, option.dataset));
const close = () => {
if (list.matches(":popover-open")) list.hidePopover();
input.setAttribute("aria-expanded", "false");
box.activate(null);
};
const look = async () => {
const object = input.dataset.suggestFrom && document.querySelector(input.dataset.suggestFrom).value;
if (object === "") return close();
const html = await box.ask(`${input.dataset.suggestUrl.replace("{object}", object)}?${new URLSearchParams({ q: input.value, at: input.selectionStart })}`);
if (html === null || document.activeElement !== input) return;
const nodes = [...parse(html).children];
if (!nodes.length) return close();
box.fill(nodes, { first: false });
list.showPopover();
list.style.minWidth = `${input.offsetWidth}px`;
placeBeside(list, input);
input.setAttribute("aria-expanded", "true");
};
input.addEventListener("input", debounce(look, 120));
input.addEventListener("focus", () => input.ariaInvalid !== "true" && look());
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
const open = list.matches(":popover-open");
if (open && box.key(event)) return;
if (open && ["Enter", "Tab"].includes(event.key) && box.active) {
event.preventDefault();
insert(input, box.active.dataset);
} else if (open && event.key === "Escape") {
event.preventDefault();
close();
}
});
});
const MEANT = 88; // pixels after which letting go acts
const STARTS = 12; // below this it may still be a tap or a scroll
const FURTHEST = 120;
let swipe = null;
function linkDeed(row, scheme, name) {
const link = row.querySelector(`td > a[href^="${scheme}:"]`);
return link && { name: word(name), act: () => link.click() };
}
function tickDeed(row) {
const url = row.closest("table").dataset.finishUrl;
return url && { name: word("done"), act: async () => {
const answer = await send(url.replace("{id}", row.dataset.id), { method: "POST" });
if (answer.status >= 200 && answer.status < 300) row.classList.add("gone");
} };
}
function actDeed(row, key, name) {
const element = row.querySelector(`[data-act="${key}"]`);
return element && { name: word(name), act: () => element.click() };
}
function deedsOf(row) {
if ("duty" in row.dataset) return { right: actDeed(row, "e", "done"), left: actDeed(row, "s", "later") };
const ticks = tickDeed(row);
const calls = linkDeed(row, "tel", "call");
const mails = linkDeed(row, "mailto", "mail");
return ticks ? { right: ticks, left: calls ?? mails } : { right: calls, left: mails };
}
function pushMark(row, side, text) {
row.querySelector(".swipe-mark")?.remove();
row.append(Object.assign(document.createElement("span"), { className: "swipe-mark", textContent: text, ariaHidden: "true" }));
row.lastElementChild.dataset.side = side;
return row.lastElementChild;
}
function endSwipe(row) {
row.querySelector(".swipe-mark")?.remove();
delete row.dataset.swiped;
row.style.removeProperty("--swiped");
swipe = null;
}
on("pointerdown", ".grid tbody tr[data-id], [data-duty]", (event, row) => {
const card = "duty" in row.dataset || getComputedStyle(row).display === "flex";
if (event.pointerType !== "touch" || !event.isPrimary || !card) return;
swipe = { row, x: event.clientX, y: event.clientY, deed: null };
});
document.addEventListener("pointermove", (event) => {
if (!swipe || !event.isPrimary) return;
const { row, x, y } = swipe;
const across = Math.max(-FURTHEST, Math.min(FURTHEST, event.clientX - x));
if (!row.dataset.swiped && (Math.abs(across) < STARTS || Math.abs(event.clientY - y) > Math.abs(across))) return;
const side = across > 0 ? "right" : "left";
const deed = deedsOf(row)[side];
if (!deed) return endSwipe(row);
row.dataset.swiped = side;
row.style.setProperty("--swiped", `${across}px`);
pushMark(row, side, deed.name).dataset.armed = Math.abs(across) >= MEANT;
swipe.deed = Math.abs(across) >= MEANT ? deed : null;
});
document.addEventListener("pointerup", () => {
if (!swipe) return;
const { row, deed } = swipe;
if (row.dataset.swiped) row.addEventListener("click", (event) => event.isTrusted && event.preventDefault(), { capture: true, signal: AbortSignal.timeout(300) });
endSwipe(row);
deed?.act();
});
document.addEventListener("pointercancel", () => swipe && endSwipe(swipe.row));
let duty = { id: "", place: 0, section: "" };
function duties() {
return [...document.querySelectorAll("[data-triage] [data-duty]")];
}
function sectionOf(line) {
return line.closest("section").id;
}
function dutyNow() {
return document.activeElement?.closest("[data-duty]");
}
function goToDuty(line) {
line?.focus();
line?.scrollIntoView({ block: "nearest" });
}
document.addEventListener("triage:key", ({ detail: key }) => {
const lines = duties();
const here = dutyNow();
const step = { j: 1, k: -1 }[key];
if (step) return goToDuty(lines[here ? Math.max(0, Math.min(lines.indexOf(here) + step, lines.length - 1)) : 0]);
here?.querySelector(`[data-act="${key}"]`)?.click();
});
on("focusin", "[data-duty]", (event, line) => {
duty = { id: line.dataset.duty, place: duties().indexOf(line), section: sectionOf(line) };
});
document.addEventListener("htmx:after:process", () => {
if (!duty.id || document.activeElement !== document.body) return;
const lines = duties();
const same = lines.find((line) => line.dataset.duty === duty.id && sectionOf(line) === duty.section);
goToDuty(same ?? lines[Math.min(duty.place, lines.length - 1)]);
});
const DRAWN = 5000; // by then the small pictures are there, as a rule
const DROP_PLACE = "[data-drop-url], [data-drop-rows] :is([data-id])";
function progressLine(name) {
const line = Object.assign(document.createElement("div"), { className: "upload" });
const bar = Object.assign(document.createElement("progress"), { className: "progress", max: 1 });
bar.ariaLabel = word("uploading", { name });
line.append(document.createElement("span"), Object.assign(document.createElement("span"), { className: "clip", textContent: name }), document.createElement("span"), bar);
return { line, bar };
}
function post(url, file, batch, bar) {
return new Promise((done) => {
const request = new XMLHttpRequest();
const body = new FormData();
body.append("batch", batch);
body.append("file", file, file.name);
request.open("POST", url);
for (const [name, value] of Object.entries({ "HX-Request": "true", ...csrfHeader() })) request.setRequestHeader(name, value);
request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
request.addEventListener("loadend", () => done(request));
request.send(body);
});
}
function urlOf(place) {
return place.dataset.dropUrl ?? `${place.closest("[data-drop-rows]").dataset.dropRows}/${place.dataset.id}/drop`;
}
function progressPlace(place) {
const list = place.querySelector("[data-drop-list]") ?? place.closest("[data-drop-list]");
if (list) return list;
const foot = document.getElementById("toasts");
return foot.querySelector(".uploads") ?? foot.appendChild(Object.assign(document.createElement("div"), { className: "toast uploads" }));
}
function shut(line) {
const holder = line.closest(".uploads");
line.remove();
if (holder && !holder.children.length) holder.remove();
}
async function sendFile(place, file, sent) {
const { line, bar } = progressLine(file.name);
progressPlace(place).prepend(line);
const request = await post(urlOf(place), file, sent.batch, bar);
shut(line);
if (request.status < 200 || request.status >= 300) {
const why = request.status === 422 ? request.responseText.replace(/<[^>]*>/g, "").trim() : request.status === 403 ? word("forbidden") : "";
sent.refused += 1;
return complain([word("notUploaded", { name: file.name }), new DOMParser().parseFromString(why, "text/html").body.textContent].filter(Boolean).join(": "));
}
if (sent.next = request.getResponseHeader("HX-Redirect")) return;
sent.batch = request.getResponseHeader("Aperto-Batch") ?? "";
sent.undo = request.getResponseHeader("Aperto-Undo") ?? sent.undo;
sent.how.push([request.getResponseHeader("Aperto-File"), file.name]);
if (document.querySelector("[data-drop-list]")) await applyParts(request.responseText);
return announce(word("uploaded", { name: file.name }));
}
function outcome({ how, refused }) {
const kept = how.filter(([what]) => what !== "same");
if (refused && how.length + refused > 1) return word("someKept", { count: kept.length, all: how.length + refused });
if (kept.length > 1) return word("uploadedMany", { count: kept.length });
const [what, name] = kept[0] ?? how[0] ?? [];
return word({ same: "sameFile", version: "newVersion" }[what] ?? "uploaded", { name });
}
async function sendFiles(place, given) {
const files = [...given];
const sent = { batch: "", undo: "", how: [], refused: 0 };
if (files.length) await sendFile(place, files.shift(), sent);
if (sent.next) return location.assign(sent.next); // an import, say: what becomes of the file stands there
const worker = async () => { while (files.length) await sendFile(place, files.shift(), sent); };
await Promise.all([worker(), worker(), worker()]);
if (!sent.how.length) return;
toast({ text: outcome(sent), undo: sent.undo, tone: sent.refused ? "info" : "good" });
setTimeout(() => document.body.dispatchEvent(new CustomEvent("related-changed", { bubbles: true })), DRAWN);
for (const name of ["record-changed", "related-changed", "file-changed"]) document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }));
}
function carriesFiles(event) {
return [...(event.dataTransfer?.types ?? [])].includes("Files");
}
function markPlace(place) {
for (const marked of document.querySelectorAll(".dropping")) if (marked !== place) marked.classList.remove("dropping");
if (!place) return;
place.classList.add("dropping");
place.dataset.dropSays ??= word("dropOver" in place.dataset ? "dropOver" : "dropUrl" in place.dataset ? "dropHere" : "dropRow");
}
document.addEventListener("dragover", (event) => {
if (!carriesFiles(event) || event.defaultPrevented) return;
const place = event.target.closest?.(DROP_PLACE);
if (place) event.preventDefault();
markPlace(place);
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) markPlace(null); });
document.addEventListener("drop", (event) => {
markPlace(null);
const place = event.target.closest?.(DROP_PLACE);
if (!place || !carriesFiles(event) || event.defaultPrevented) return;
event.preventDefault();
sendFiles(place, event.dataTransfer.files);
});
on("change", "[data-drop-url] input[type=file][data-upload]", async (event, input) => {
await sendFiles(input.closest("[data-drop-url]"), [...input.files]);
input.value = "";
});
function named(file) {
if (!/^image\.\w+$/.test(file.name)) return file;
const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString();
const when = now.slice(0, 19).replace("T", " ").replaceAll(":", ".");
return new File([file], word("pastedPicture", { when, ending: file.name.split(".").pop() }), { type: file.type });
}
document.addEventListener("paste", (event) => {
const data = event.clipboardData;
const files = [...(data?.files ?? [])];
const place = document.querySelector(".record-page[data-drop-url]") ?? event.target.closest?.("[data-drop-url]") ?? document.querySelector("[data-drop-url]");
if (!files.length || !place || event.defaultPrevented || data.types.includes("text/plain") || event.target.closest?.("input[type=file], trix-editor")) return;
event.preventDefault();
sendFiles(place, files.map(named));
});
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
