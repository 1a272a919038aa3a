/* Keeps the shell and the pages last seen, so that they can be read without a connection. The server says by a
   header which pages may be kept and whose they are; signing out, and another reader, throw all of them away. */
const SHELL = "aperto-shell-1";
const PAGES = "aperto-pages-1";
const OFFLINE = "/offline";
const MOST = 60;
const PATIENCE = 6000; // milliseconds, after which a kept page is better than waiting
const READER = "/.reader"; // a name in the cache, never asked for

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.add(OFFLINE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const current = new Set([SHELL, PAGES]);
  const old = (names) => names.filter((name) => name.startsWith("aperto-") && !current.has(name));
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname.startsWith("/account/log")) event.waitUntil(Promise.all([caches.delete(PAGES), fallSilent(url)]));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(shellFile(request));
  else if (request.mode === "navigate") event.respondWith(page(request, event));
});

/** Files of the shell carry a hash in their name: what was fetched once is right for ever. */
async function shellFile(request) {
  const shell = await caches.open(SHELL);
  const held = await shell.match(request);
  if (held) return held;
  const answer = await fetch(request);
  if (answer.ok) shell.put(request, answer.clone());
  return answer;
}

async function page(request, event) {
  const kept = await (await caches.open(PAGES)).match(request.url);
  const fetched = fetch(request).then((answer) => {
    if (answer.headers.has("Aperto-Keep")) event.waitUntil(keep(request, answer.clone()));
    return answer;
  });
  try {
    return await (kept ? Promise.race([fetched, late()]) : fetched);
  } catch {
    fetched.catch(() => {});
    return kept ? asItWas(kept) : caches.match(OFFLINE);
  }
}

function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
}

/** The newest last, and the oldest thrown away. */
async function keep(request, answer) {
  const reader = answer.headers.get("Aperto-Keep");
  const held = await (await caches.open(PAGES)).match(READER);
  if (held && await held.text() !== reader) await caches.delete(PAGES);
  const pages = await caches.open(PAGES);
  await pages.put(READER, new Response(reader));
  await pages.delete(request.url);
  await pages.put(request.url, answer);
  const seen = (await pages.keys()).filter((each) => !each.url.endsWith(READER));
  await Promise.all(seen.slice(0, Math.max(0, seen.length - MOST)).map((each) => pages.delete(each)));
}

/** The kept page, which says of when it is. */
async function asItWas(kept) {
  const headers = new Headers(kept.headers);
  ["Content-Encoding", "Content-Length"].forEach((name) => headers.delete(name));
  const text = await kept.text();
  const seen = new Date(kept.headers.get("Date") ?? Date.now()).toISOString();
  return new Response(text.replace("<head>", `<head><meta name="kept" content="${seen}">`), { status: 200, headers });
}

/** Whoever signs out takes the bell along: the next person at this device is not told what was meant for them. */
async function fallSilent(url) {
  if (!url.pathname.startsWith("/account/logout")) return;
  const held = await self.registration.pushManager?.getSubscription();
  await held?.unsubscribe();
}

self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {};
  const shown = { body: said.body, tag: said.tag, data: { url: said.url }, icon: "/static/icons/192.png", renotify: Boolean(said.tag) };
  event.waitUntil(self.registration.showNotification(said.title ?? "Aperto", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/notices", location.origin);
  if (url.origin === location.origin) event.waitUntil(self.clients.openWindow(url));
});
