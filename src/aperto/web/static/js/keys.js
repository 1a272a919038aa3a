/** Single keys: `data-key` clicks or focuses, `G` and a letter goes, `?` helps. Never while typing. */
import { isTyping, on } from "./dom.js";
import { dialogOnTop } from "./dialog.js";
import { openPalette } from "./palette.js";

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

/** The element that a key stands for; null when the key only began something. */
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
