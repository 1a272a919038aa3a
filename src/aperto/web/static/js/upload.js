/** Files dropped, pasted or chosen are sent one by one with their progress; the answer joins the list. */
import { announce, on, word } from "./dom.js";
import { complain, csrfHeader, swapInto } from "./net.js";

function progressLine(name) {
  const line = Object.assign(document.createElement("div"), { className: "upload" });
  const bar = Object.assign(document.createElement("progress"), { className: "progress", max: 1 });
  bar.ariaLabel = word("uploading", { name });
  line.append(document.createElement("span"), Object.assign(document.createElement("span"), { className: "clip", textContent: name }), document.createElement("span"), bar);
  return { line, bar };
}

function post(url, file, bar) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file, file.name);
    request.open("POST", url);
    for (const [name, value] of Object.entries({ "HX-Request": "true", ...csrfHeader() })) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.addEventListener("loadend", () => done(request));
    request.send(body);
  });
}

async function sendFile(place, file) {
  const list = place.querySelector("[data-drop-list]") ?? document.querySelector("[data-drop-list]");
  const { line, bar } = progressLine(file.name);
  (list ?? place).prepend(line);
  const request = await post(place.dataset.dropUrl, file, bar);
  line.remove();
  if (request.status >= 200 && request.status < 300) {
    const next = request.getResponseHeader("HX-Redirect");
    if (next) return location.assign(next);
    if (list) await swapInto(list, request.responseText, "afterbegin");
    return announce(word("uploaded", { name: file.name }));
  }
  const why = request.status === 422 ? request.responseText.replace(/<[^>]*>/g, "").trim() : "";
  return complain([word("notUploaded", { name: file.name }), why].filter(Boolean).join(": "));
}

async function sendFiles(place, files) {
  for (const file of files) await sendFile(place, file);
}

function carriesFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

on("dragover", "[data-drop-url]", (event, place) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  place.classList.add("dropping");
});
on("dragleave", "[data-drop-url]", (event, place) => {
  if (!place.contains(event.relatedTarget)) place.classList.remove("dropping");
});
on("drop", "[data-drop-url]", (event, place) => {
  place.classList.remove("dropping");
  if (!carriesFiles(event)) return;
  event.preventDefault();
  sendFiles(place, [...event.dataTransfer.files]);
});
on("change", "[data-drop-url] input[type=file][data-upload]", async (event, input) => {
  await sendFiles(input.closest("[data-drop-url]"), [...input.files]);
  input.value = "";
});
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  const place = event.target.closest?.("[data-drop-url]") ?? document.querySelector("[data-drop-url]");
  if (!files.length || !place || event.target.closest?.("input[type=file]")) return;
  event.preventDefault();
  sendFiles(place, files);
});
