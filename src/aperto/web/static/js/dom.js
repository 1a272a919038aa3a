/** What every behaviour stands on: delegated listeners, one-time set-up of new HTML, words, announcements. */

export function on(type, selector, handler, capture = false) {
  document.addEventListener(type, (event) => {
    const found = event.target instanceof Element && event.target.closest(selector);
    if (found) handler(event, found);
  }, capture);
}

const prepared = new WeakMap();

/** Runs `handler` once for each element that matches, now and whenever htmx puts new HTML in. */
export function ready(selector, handler) {
  const run = (root) => {
    const inside = root.querySelectorAll ? [...root.querySelectorAll(selector)] : [];
    for (const element of root.matches?.(selector) ? [root, ...inside] : inside) {
      const done = prepared.get(element) ?? prepared.set(element, new Set()).get(element);
      if (!done.has(handler)) {
        done.add(handler);
        handler(element);
      }
    }
  };
  document.addEventListener("htmx:after:process", (event) => run(event.target));
  run(document);
}

/** A sentence in the reader's language, from the page's `#words`. */
export function word(name, values = {}) {
  const text = document.getElementById("words")?.dataset[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function announce(text) {
  const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
  let region = document.getElementById("announce");
  if (dialog) {
    region = dialog.querySelector(":scope > .sr[aria-live]") ?? dialog.appendChild(Object.assign(document.createElement("div"), { className: "sr", ariaLive: "polite" }));
  }
  if (region) region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}

export function debounce(handler, wait) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => handler(...args), wait);
  };
}

/** Whether keys that arrive here are text. */
export function isTyping(target) {
  return target instanceof Element && (target.closest("textarea, select, [contenteditable]:not([contenteditable=false]), [role=combobox]") !== null
    || target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range], [type=color])"));
}

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

let serial = 0;
export function ensureId(element, prefix) {
  return (element.id ||= `${prefix}-${++serial}`);
}

/** Puts a floating box beside its anchor, inside the window, on the side that reading starts from. */
export function placeBeside(box, anchor, side = "bottom") {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const rtl = getComputedStyle(anchor).direction === "rtl";
  const below = from.bottom + 4 + height <= innerHeight || from.top < innerHeight - from.bottom;
  const top = side === "bottom" && below ? from.bottom + 4 : Math.max(4, from.top - height - 4);
  const wanted = rtl || from.left + width > innerWidth - 8 ? from.right - width : from.left;
  box.style.top = `${Math.min(top, Math.max(4, innerHeight - height - 4))}px`;
  box.style.left = `${Math.max(4, Math.min(wanted, innerWidth - width - 4))}px`;
}
