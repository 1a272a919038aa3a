/** Resting on the head of a column tells what its values are like; Escape, leaving or a click put it away. */
import { announce, ensureId, on, parse, placeBeside } from "./dom.js";
import { send } from "./net.js";

const WAIT = 600;
let shown = null;
let timer = 0;
const known = new Map();

function putAway() {
  clearTimeout(timer);
  shown?.head.removeAttribute("aria-describedby");
  shown?.box.remove();
  shown = null;
}

async function describe(head) {
  const url = head.closest("table").dataset.statisticsUrl?.replace("{field}", head.dataset.field);
  if (!url || shown?.head === head) return;
  if (!known.has(url)) known.set(url, send(url));
  const answer = await known.get(url);
  if (answer.status !== 200 || !(head.matches(":hover") || head.contains(document.activeElement))) return;
  putAway();
  const box = Object.assign(document.createElement("div"), { className: "popover-box", role: "tooltip", popover: "manual" });
  box.append(parse(answer.text));
  document.body.append(box);
  box.showPopover();
  placeBeside(box, head);
  shown = { head, box };
  const stop = head.querySelector("a.head");
  stop?.setAttribute("aria-describedby", ensureId(box, "statistics"));
  if (head.contains(document.activeElement)) announce(box.textContent.replace(/\s+/g, " "));
}

function soon(head) {
  clearTimeout(timer);
  timer = setTimeout(() => describe(head), WAIT);
}

on("mouseover", "[data-statistics-url] thead th[data-field]", (event, head) => {
  if (!head.contains(event.relatedTarget)) soon(head);
});
on("mouseout", "[data-statistics-url] thead th[data-field]", (event, head) => {
  if (!head.contains(event.relatedTarget)) putAway();
});
on("focusin", "[data-statistics-url] thead th[data-field]", (event, head) => soon(head));
on("focusout", "[data-statistics-url] thead th[data-field]", putAway);
on("pointerdown", "thead th", putAway);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown) putAway();
});
for (const change of ["cell-saved", "rows-changed"]) document.addEventListener(change, () => known.clear());
