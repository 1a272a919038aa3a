/** Options under a text box that keeps the focus: shared by the palette, pickers and the filter box. */
import { announce, ensureId, word } from "./dom.js";
import { send } from "./net.js";

export class Listbox {
  #request = null;

  constructor(input, list, choose) {
    Object.assign(this, { input, list, choose });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option, event);
    });
    list.addEventListener("pointermove", (event) => {
      const option = event.target.closest("[role=option]");
      if (option && option !== this.active) this.activate(option, false);
    });
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]:not([aria-disabled=true])")];
  }

  get active() {
    return this.list.querySelector("[role=option][aria-selected=true]");
  }

  activate(option, scroll = true) {
    this.active?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    if (option) this.input.setAttribute("aria-activedescendant", ensureId(option, "option"));
    else this.input.removeAttribute("aria-activedescendant");
    if (scroll) option?.scrollIntoView({ block: "nearest" });
  }

  fill(nodes, { first = true } = {}) {
    this.list.replaceChildren(...nodes);
    for (const option of this.list.querySelectorAll("[role=option]")) option.setAttribute("aria-selected", "false");
    this.activate(first ? this.options[0] : null);
    announce(this.options.length ? word("found", { count: this.options.length }) : word("none"));
  }

  /** The HTML of `url`, or null when a newer question has been asked since. */
  async ask(url) {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    const answer = await send(url, { signal: request.signal });
    return request.signal.aborted || answer.status !== 200 ? null : answer.text;
  }

  /** Moves by arrow keys; true when the key was used. */
  key(event) {
    const options = this.options;
    const here = options.indexOf(this.active);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (!(event.key in steps) || !options.length) return false;
    event.preventDefault();
    const far = Math.abs(steps[event.key]) > 1;
    const next = here + steps[event.key];
    this.activate(options[far ? Math.max(0, Math.min(next, options.length - 1)) : (next + options.length) % options.length]);
    return true;
  }
}
