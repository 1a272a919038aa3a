/** Theme and density: applied at once, kept in the profile. */
import { on, ready } from "./dom.js";
import { send } from "./net.js";

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
