/** A text box with `data-mention-url`: behind an @ it offers the people who can see the record. */
import { debounce, ensureId, parse, placeBeside, ready, word } from "./dom.js";
import { Listbox } from "./listbox.js";

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
