/** The bell: how much is unread, asked when the page has nothing more urgent to do, and its panel. */
import { on, parse, placeBeside, ready } from "./dom.js";
import { csrfHeader, send } from "./net.js";

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
