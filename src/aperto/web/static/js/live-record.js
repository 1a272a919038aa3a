/** The page of a record follows what others change; what its reader is editing is left alone. */
import { announce, on, parse, word } from "./dom.js";
import { edits, isEditing } from "./edit.js";
import { askQuietly, hear, shownRecord, tellEditing } from "./live.js";
import { applyParts, complain } from "./net.js";
import { toast } from "./toast.js";

const OWN = 3_000;
let writtenAt = 0;
document.addEventListener("record-changed", () => (writtenAt = Date.now()));

/** Giving up an editor shows what others wrote meanwhile. Tells what stood there before. */
function putUnderneath(place, nodes) {
  const now = edits.get(place);
  const before = now.nodes.map((node) => node.textContent).join("");
  now.nodes = nodes;
  return before;
}

/** Puts a value in place; true when it differs from what was there. */
function putValue(old, fresh) {
  for (const one of [old, document.getElementById(`l-${old.id.slice(2)}`)]) one?.toggleAttribute("data-unasked", fresh.hasAttribute("data-unasked"));
  const text = fresh.textContent;
  if (isEditing(old)) {
    const before = putUnderneath(old, [...fresh.childNodes]);
    if (before === text) return false;
    const field = document.getElementById(`l-${old.id.slice(2)}`)?.firstChild?.textContent ?? "";
    toast({ text: word("elsewhereField", { field: field.trim() }), tone: "warn" });
    return true;
  }
  if (old.innerHTML === fresh.innerHTML || old.textContent === text) return false;
  old.replaceChildren(...fresh.childNodes);
  window.htmx.process(old);
  old.classList.add("saved");
  setTimeout(() => old.classList.remove("saved"), 1300);
  return true;
}

async function putHead(fresh) {
  const old = document.getElementById("record-head");
  if (!old || !fresh || old.textContent === fresh.textContent) return false;
  if (old.matches(":focus-within") || old.querySelector(":popover-open")) return false;
  await applyParts(fresh.outerHTML);
  return true;
}

async function followRecord({ page, object, id }, version) {
  if (version <= Number(page.dataset.version) && Date.now() - writtenAt < OWN) return;
  const answer = await askQuietly(`/now/${object}/${id}`);
  if (!answer || !page.isConnected) return;
  const parts = parse(answer.text);
  let differs = await putHead(parts.getElementById("record-head"));
  for (const fresh of parts.querySelectorAll("dd[id^='v-']")) {
    const old = document.getElementById(fresh.id);
    if (old && putValue(old, fresh)) differs = true;
  }
  if (answer.version) page.dataset.version = answer.version;
  page.dispatchEvent(new CustomEvent("record-changed", { bubbles: true }));
  if (differs) announce(word("updated"));
}

hear("changed", ({ versions, gone }) => {
  const shown = shownRecord();
  if (!shown) return;
  if (gone.includes(shown.id)) complain(word("gone"));
  else if (shown.id in versions) setTimeout(() => followRecord(shown, versions[shown.id]), Math.random() * 400);
});

/** Faces of who else has the record open, and a mark at the field that one of them edits. */
hear("here", async ({ people }) => {
  const region = document.getElementById("here");
  const shown = shownRecord();
  if (!region || !shown) return;
  const who = people.map(([id, field]) => (field ? `${id}.${field}` : id)).join(",");
  const answer = who ? await askQuietly(`/now/${shown.object}/${shown.id}/here?who=${encodeURIComponent(who)}`) : { text: "" };
  if (!answer) return;
  region.replaceChildren(parse(answer.text));
  for (const old of document.querySelectorAll("[data-edited-by]")) delete old.dataset.editedBy;
  for (const one of region.querySelectorAll("[data-field]")) {
    const place = document.getElementById(`v-${one.dataset.field}`);
    if (place) place.dataset.editedBy = one.dataset.name;
  }
});
on("focusin", ".record-page form.editor", (event, form) => tellEditing(form.parentNode.id.slice(2)));
on("focusout", ".record-page form.editor", (event, form) => setTimeout(() => {
  if (!form.contains(document.activeElement)) tellEditing("");
}));
