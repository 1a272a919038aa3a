/** Files dropped, pasted or chosen are sent three at a time, each with its progress; all of them are undone together. */
import { announce, on, word } from "./dom.js";
import { applyParts, complain, csrfHeader } from "./net.js";
import { toast } from "./toast.js";

const DRAWN = 5000; // by then the small pictures are there, as a rule
const DROP_PLACE = "[data-drop-url], [data-drop-rows] :is([data-id])";

function progressLine(name) {
  const line = Object.assign(document.createElement("div"), { className: "upload" });
  const bar = Object.assign(document.createElement("progress"), { className: "progress", max: 1 });
  bar.ariaLabel = word("uploading", { name });
  line.append(document.createElement("span"), Object.assign(document.createElement("span"), { className: "clip", textContent: name }), document.createElement("span"), bar);
  return { line, bar };
}

function post(url, file, batch, bar) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("batch", batch);
    body.append("file", file, file.name);
    request.open("POST", url);
    for (const [name, value] of Object.entries({ "HX-Request": "true", ...csrfHeader() })) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.addEventListener("loadend", () => done(request));
    request.send(body);
  });
}

function urlOf(place) {
  return place.dataset.dropUrl ?? `${place.closest("[data-drop-rows]").dataset.dropRows}/${place.dataset.id}/drop`;
}

/** Where progress is shown: in the panel of files, else at the foot of the page. */
function progressPlace(place) {
  const list = place.querySelector("[data-drop-list]") ?? place.closest("[data-drop-list]");
  if (list) return list;
  const foot = document.getElementById("toasts");
  return foot.querySelector(".uploads") ?? foot.appendChild(Object.assign(document.createElement("div"), { className: "toast uploads" }));
}

function shut(line) {
  const holder = line.closest(".uploads");
  line.remove();
  if (holder && !holder.children.length) holder.remove();
}

async function sendFile(place, file, sent) {
  const { line, bar } = progressLine(file.name);
  progressPlace(place).prepend(line);
  const request = await post(urlOf(place), file, sent.batch, bar);
  shut(line);
  if (request.status < 200 || request.status >= 300) {
    const why = request.status === 422 ? request.responseText.replace(/<[^>]*>/g, "").trim() : request.status === 403 ? word("forbidden") : "";
    sent.refused += 1;
    return complain([word("notUploaded", { name: file.name }), new DOMParser().parseFromString(why, "text/html").body.textContent].filter(Boolean).join(": "));
  }
  if (sent.next = request.getResponseHeader("HX-Redirect")) return;
  sent.batch = request.getResponseHeader("Aperto-Batch") ?? "";
  sent.undo = request.getResponseHeader("Aperto-Undo") ?? sent.undo;
  sent.how.push([request.getResponseHeader("Aperto-File"), file.name]);
  if (document.querySelector("[data-drop-list]")) await applyParts(request.responseText);
  return announce(word("uploaded", { name: file.name }));
}

function outcome({ how, refused }) {
  const kept = how.filter(([what]) => what !== "same");
  if (refused && how.length + refused > 1) return word("someKept", { count: kept.length, all: how.length + refused });
  if (kept.length > 1) return word("uploadedMany", { count: kept.length });
  const [what, name] = kept[0] ?? how[0] ?? [];
  return word({ same: "sameFile", version: "newVersion" }[what] ?? "uploaded", { name });
}

/** The first goes alone: its answer names what the others belong to. */
async function sendFiles(place, given) {
  const files = [...given];
  const sent = { batch: "", undo: "", how: [], refused: 0 };
  if (files.length) await sendFile(place, files.shift(), sent);
  if (sent.next) return location.assign(sent.next); // an import, say: what becomes of the file stands there
  const worker = async () => { while (files.length) await sendFile(place, files.shift(), sent); };
  await Promise.all([worker(), worker(), worker()]);
  if (!sent.how.length) return;
  toast({ text: outcome(sent), undo: sent.undo, tone: sent.refused ? "info" : "good" });
  setTimeout(() => document.body.dispatchEvent(new CustomEvent("related-changed", { bubbles: true })), DRAWN);
  for (const name of ["record-changed", "related-changed", "file-changed"]) document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }));
}

function carriesFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

function markPlace(place) {
  for (const marked of document.querySelectorAll(".dropping")) if (marked !== place) marked.classList.remove("dropping");
  if (!place) return;
  place.classList.add("dropping");
  place.dataset.dropSays ??= word("dropOver" in place.dataset ? "dropOver" : "dropUrl" in place.dataset ? "dropHere" : "dropRow");
}

document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event) || event.defaultPrevented) return;
  const place = event.target.closest?.(DROP_PLACE);
  if (place) event.preventDefault();
  markPlace(place);
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) markPlace(null); });
document.addEventListener("drop", (event) => {
  markPlace(null);
  const place = event.target.closest?.(DROP_PLACE);
  if (!place || !carriesFiles(event) || event.defaultPrevented) return;
  event.preventDefault();
  sendFiles(place, event.dataTransfer.files);
});
on("change", "[data-drop-url] input[type=file][data-upload]", async (event, input) => {
  await sendFiles(input.closest("[data-drop-url]"), [...input.files]);
  input.value = "";
});

/** The clipboard calls every picture the same; by its moment it is a file of its own. */
function named(file) {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString();
  const when = now.slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return new File([file], word("pastedPicture", { when, ending: file.name.split(".").pop() }), { type: file.type });
}

document.addEventListener("paste", (event) => {
  const data = event.clipboardData;
  const files = [...(data?.files ?? [])];
  const place = document.querySelector(".record-page[data-drop-url]") ?? event.target.closest?.("[data-drop-url]") ?? document.querySelector("[data-drop-url]");
  if (!files.length || !place || event.defaultPrevented || data.types.includes("text/plain") || event.target.closest?.("input[type=file], trix-editor")) return;
  event.preventDefault();
  sendFiles(place, files.map(named));
});
