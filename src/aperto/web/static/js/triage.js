/** What is to be done, by single keys: J and K go through the lines, the others do what stands on the line. */
import { on } from "./dom.js";

let duty = { id: "", place: 0, section: "" };

function duties() {
  return [...document.querySelectorAll("[data-triage] [data-duty]")];
}

function sectionOf(line) {
  return line.closest("section").id;
}

function dutyNow() {
  return document.activeElement?.closest("[data-duty]");
}

function goToDuty(line) {
  line?.focus();
  line?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("triage:key", ({ detail: key }) => {
  const lines = duties();
  const here = dutyNow();
  const step = { j: 1, k: -1 }[key];
  if (step) return goToDuty(lines[here ? Math.max(0, Math.min(lines.indexOf(here) + step, lines.length - 1)) : 0]);
  here?.querySelector(`[data-act="${key}"]`)?.click();
});

on("focusin", "[data-duty]", (event, line) => {
  duty = { id: line.dataset.duty, place: duties().indexOf(line), section: sectionOf(line) };
});

/** The lines are read again after each deed: whoever stood on one stands on the one that took its place. */
document.addEventListener("htmx:after:process", () => {
  if (!duty.id || document.activeElement !== document.body) return;
  const lines = duties();
  const same = lines.find((line) => line.dataset.duty === duty.id && sectionOf(line) === duty.section);
  goToDuty(same ?? lines[Math.min(duty.place, lines.length - 1)]);
});
