/** Menus and panels are native popovers; this places them and moves in them by keyboard. Tabs too. */
import { on, placeBeside, ready } from "./dom.js";

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
