/** <record-picker>: a combobox over a native select, which keeps the value and works without scripts. */
import { debounce, ensureId, placeBeside, word } from "./dom.js";
import { openDialog } from "./dialog.js";
import { Listbox } from "./listbox.js";
import { pickerChip, pickerInput, pickerLines } from "./picker-parts.js";

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

  /** Shows what is chosen: chips when there may be several, the name in the box when there is one. */
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

  /** Leaving: an emptied box means no value; text that names nothing gives way to what was chosen. */
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
