/** Hears from the stream process what others change, while the page is in sight. Where there is none, nothing happens. */
import { debounce } from "./dom.js";

const EVENTS = ["changed", "fresh", "much", "here"];
const OUT_OF_SIGHT = 60_000;
const MOST_TRIES = 6;
const hearers = {};
const line = { source: null, stream: "", base: "", since: "", tries: 0, timer: 0, told: "", editing: "" };

export function hear(type, handler) {
  (hearers[type] ??= []).push(handler);
}

/** A request that nobody waits for: what goes wrong is not told. */
export async function askQuietly(url) {
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Current-URL": location.href }, credentials: "same-origin" });
    return answer.ok && !answer.redirected ? { text: await answer.text(), status: answer.status, version: answer.headers.get("Aperto-Version") } : null;
  } catch {
    return null;
  }
}

export function shownRecord() {
  const page = document.querySelector(".record-page[data-record]");
  if (!page) return null;
  const [, object, id] = page.dataset.record.split("/");
  return { page, object, id };
}

export function shownList() {
  const list = document.querySelector("#list[hx-get]:has(.grid, .board, .empty)");
  if (!list) return null;
  const address = new URL(list.getAttribute("hx-get"), location.origin);
  return { list, object: address.pathname.split("/")[1], search: address.searchParams, board: address.pathname.endsWith("/board") };
}

/** What this page shows, for the stream to tell of. */
function shows() {
  const record = shownRecord();
  if (record) return { object: record.object, record: record.id, versions: { [record.id]: Number(record.page.dataset.version) }, editing: line.editing };
  const listed = shownList();
  if (!listed) return null;
  const rows = [...listed.list.querySelectorAll("[data-id][data-version]")].slice(0, 500);
  return { object: listed.object, listing: true, versions: Object.fromEntries(rows.map((row) => [row.dataset.id, Number(row.dataset.version)])) };
}

async function tellWhat(again = false) {
  const wish = line.stream && shows();
  if (!wish) return;
  const now = JSON.stringify([wish.object, Object.keys(wish.versions), wish.editing]);
  if (now === line.told && !again) return;
  line.told = now;
  const body = JSON.stringify({ ...wish, stream: line.stream, since: again ? line.since : "" });
  const answer = await fetch(`${line.base}/watch`, { method: "POST", body, credentials: "omit" }).catch(() => null);
  if (!answer?.ok && line.source) { hangUp(); callLater(); }
}
const tellSoon = debounce(() => tellWhat(), 400);

export function tellEditing(field) {
  line.editing = field;
  tellSoon();
}

function hangUp() {
  line.source?.close();
  Object.assign(line, { source: null, stream: "", told: "" });
}

/** Tries again after a while that is a little different for everybody, and gives up when nothing answers. */
function callLater() {
  clearTimeout(line.timer);
  if (line.tries >= MOST_TRIES) return;
  line.timer = setTimeout(connect, (1 + Math.random()) * 1_500 * 2 ** line.tries);
  line.tries += 1;
}

function ended({ word }) {
  hangUp();
  if (word === "again") callLater();
}

async function connect() {
  clearTimeout(line.timer);
  if (line.source || document.hidden || !shows()) return;
  const answer = await askQuietly("/now/ticket");
  if (!answer) return callLater();
  if (answer.status !== 200 || line.source) return;
  const { place, ticket } = JSON.parse(answer.text);
  line.base = `${place.startsWith(":") ? `${location.protocol}//${location.hostname}${place}` : ""}/live`;
  const source = line.source = new EventSource(`${line.base}/events?ticket=${encodeURIComponent(ticket)}`);
  const heard = (type, handler) => source.addEventListener(type, (event) => {
    line.since = event.lastEventId || line.since;
    handler(JSON.parse(event.data));
  });
  heard("hello", ({ stream }) => { Object.assign(line, { stream, tries: 0 }); tellWhat(true); });
  heard("end", ended);
  for (const type of EVENTS) heard(type, (detail) => hearers[type]?.forEach((handler) => handler(detail)));
  source.onerror = () => { hangUp(); callLater(); };
}

function begin() {
  line.tries = 0;
  line.timer = setTimeout(connect, 700 + Math.random() * 600);
}

if (document.querySelector("meta[name=live]")) {
  begin();
  let away = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(away);
    if (document.hidden) away = setTimeout(hangUp, OUT_OF_SIGHT);
    else if (!line.source) begin();
  });
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", (event) => event.persisted && begin());
  document.addEventListener("htmx:after:process", tellSoon);
}
