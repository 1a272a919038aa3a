/** What a <record-picker> is built of: its text box, its chips, the options of its own select. */
import { parse, word } from "./dom.js";

const HANDED_ON = ["aria-describedby", "aria-invalid", "aria-label", "autofocus", "disabled"];

/** A text box that takes the select's place, its label and its messages. */
export function pickerInput(select, placeholder) {
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

export function pickerChip(option) {
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

/** The lines to offer: the server's, or those of the select itself that contain the text. */
export function pickerLines(select, html, text, canCreate) {
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
