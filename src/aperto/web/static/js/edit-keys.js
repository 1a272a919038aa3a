/** How editing in place is reached and left: clicks, Enter, Tab, Escape, and going elsewhere. */
import { EDITOR, edit, giveUp, isEditing, saveEdit } from "./edit.js";
import { on, ready } from "./dom.js";

/** The place after or before this one: below or beside in a list, next in a record. */
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
