/** A typed box whose words are completed by the server: the filter line. With `data-suggest-from` the object is what that control says. */
import { debounce, ensureId, parse, placeBeside, ready, word } from "./dom.js";
import { Listbox } from "./listbox.js";

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
