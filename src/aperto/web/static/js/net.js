/** Requests of our own, with the same headers and the same answers as htmx's. */
import { word } from "./dom.js";

export function csrfHeader() {
  return { "X-CSRFToken": document.querySelector("meta[name=csrf]")?.content ?? "" };
}

function tell(name, detail) {
  document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

export function complain(text, more = {}) {
  tell("toast", { text, tone: "bad", ...more });
}

/** Does what the headers of an answer ask for; the events are those of `HX-Trigger`. */
function obey(headers) {
  const events = headers.get("HX-Trigger");
  if (events?.startsWith("{")) Object.entries(JSON.parse(events)).forEach(([name, detail]) => tell(name, detail));
  else events?.split(",").forEach((name) => tell(name.trim(), {}));
  if (headers.get("HX-Redirect")) location.assign(headers.get("HX-Redirect"));
  if (headers.get("HX-Refresh") === "true") location.reload();
}

export function refusal(status) {
  if (status === 401) return word("signedOut");
  if (status === 403) return word("forbidden");
  return word(status === 404 || status === 410 ? "gone" : "failed");
}

/** Fetches and obeys; `status` is 0 when no answer came and 401 when the session has ended. */
export async function send(url, { method = "GET", body, signal, headers = {} } = {}) {
  const asked = { "HX-Request": "true", "HX-Current-URL": location.href, Accept: "text/html", ...headers };
  if (method !== "GET") Object.assign(asked, csrfHeader());
  let answer;
  let text;
  try {
    answer = await fetch(url, { method, body, signal, headers: asked, credentials: "same-origin" });
    text = await answer.text();
  } catch (error) {
    if (error.name === "AbortError") return { status: -1, text: "", headers: new Headers() };
    complain(word("offline"));
    return { status: 0, text: "", headers: new Headers() };
  }
  if (answer.redirected) {
    complain(word("signedOut"), { href: answer.url, label: word("signIn") });
    return { status: 401, text: "", headers: answer.headers };
  }
  obey(answer.headers);
  if (answer.status >= 400 && ![409, 422].includes(answer.status)) complain(refusal(answer.status));
  return { status: answer.status, text, headers: answer.headers };
}

/** Applies the parts of an answer that say where they belong (`hx-swap-oob`, `<hx-partial>`). */
export function applyParts(text, source = document.body) {
  return text.trim() ? window.htmx.swap({ text, sourceElement: source, target: source, swap: "none" }) : Promise.resolve();
}

export function swapInto(target, text, swap) {
  return window.htmx.swap({ text, sourceElement: target, target, swap });
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET") Object.assign(ctx.request.headers, csrfHeader());
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  const { raw, status } = ctx.response;
  if (raw.redirected) {
    event.preventDefault();
    location.assign(raw.url);
  } else if (status === 409) {
    ctx.hx.retarget = "#dialogs";
    ctx.hx.reswap = "beforeend";
  } else if (status >= 400 && status !== 422) {
    ctx.hx.reswap = "none";
    if (!ctx.hx.trigger?.includes('"toast"')) complain(refusal(status));
  }
});
document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.error instanceof TypeError && detail.ctx && !detail.ctx.response) complain(word("offline"));
});
