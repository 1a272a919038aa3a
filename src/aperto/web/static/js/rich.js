/** A textarea with `data-rich` becomes an editor of formatted text. # completes a record, @ a person. Without scripts it stays as it is. */
import { debounce, ensureId, parse, placeBeside, ready, word } from "./dom.js";
import { Listbox } from "./listbox.js";

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

/** The sign before the caret and what follows it, or null. */
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
