/** On a telephone, or installed: pages once seen can be read without a connection, and say of when they are. */
import { ready, word } from "./dom.js";

const CARRIED = "(display-mode: standalone), (pointer: coarse)";
const STEADY = 500; // milliseconds for which a connection that came back must hold

if ("serviceWorker" in navigator && matchMedia(CARRIED).matches) navigator.serviceWorker.register("/service-worker.js");

ready("meta[name=kept]", (meta) => {
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const notice = Object.assign(document.createElement("div"), { className: "viewing", role: "status" });
  notice.textContent = word("asItWas", { when: when.format(new Date(meta.content)) });
  document.getElementById("content")?.prepend(notice);
});
addEventListener("online", () => {
  if (document.querySelector("meta[name=kept], [data-kept-pages]")) setTimeout(() => navigator.onLine && location.reload(), STEADY);
});

/** The list of what was kept, by the titles that the pages have. */
ready("[data-kept-pages]", async (list) => {
  const pages = await caches.open("aperto-pages-1");
  for (const request of (await pages.keys()).reverse()) {
    const text = await (await pages.match(request)).text();
    const title = new DOMParser().parseFromString(text, "text/html").title;
    if (!title) continue;
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: request.url, textContent: title }));
    list.append(item);
  }
});
