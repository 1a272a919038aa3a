/** Fields that depend on others: shown, required, read-only and their options, as the server says while one types. */
import { debounce, on, ready, word } from "./dom.js";
import { send } from "./net.js";

function mark(place, required) {
  const label = place.querySelector("label");
  const star = label?.querySelector(".required");
  if (required && label && !star) {
    const made = Object.assign(document.createElement("span"), { className: "required", textContent: " *", ariaHidden: "true" });
    made.dataset.now = "";
    label.append(made);
  } else if (!required && star?.hasAttribute("data-now")) star.remove();
  for (const control of place.querySelectorAll("[id^=f-]")) control.setAttribute("aria-required", String(required || Boolean(star && !star.hasAttribute("data-now"))));
}

/** What is locked is not sent at all, so that it stays as it is. */
function lock(form, place, key, locked) {
  if (!locked && !place.hasAttribute("data-locked")) return;
  place.toggleAttribute("data-locked", locked);
  place.title = locked ? word("locked") : "";
  for (const control of [...place.querySelectorAll("input, select, textarea, button"), form.elements[`has.${key}`]]) if (control) control.disabled = locked;
}

function offer(place, withheld) {
  for (const option of place.querySelectorAll("option")) {
    const gone = withheld.includes(option.value);
    option.disabled = gone;
    option.hidden = gone && !option.selected;
  }
}

function follow(form, { unasked, required, locked, withheld }) {
  for (const place of form.querySelectorAll(".field[data-of]")) {
    const key = place.dataset.of;
    place.toggleAttribute("data-unasked", unasked.includes(key));
    mark(place, required.includes(key));
    lock(form, place, key, locked.includes(key));
    if (key in withheld) offer(place, withheld[key]);
  }
}

async function askStates(form) {
  const asked = (form.statesAsked = (form.statesAsked ?? 0) + 1);
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const answer = await send(form.dataset.statesUrl, { method: "POST", body });
  if (asked === form.statesAsked && answer.status === 200 && form.isConnected) follow(form, JSON.parse(answer.text));
}
const askSoon = debounce(askStates, 250);
for (const type of ["input", "change"]) on(type, "form[data-states-url]", (event, form) => askSoon(form));
ready("form[data-states-url]", askStates);

/** On a record's page, after a value was saved. */
document.addEventListener("fields-shown", ({ detail }) => {
  for (const value of document.querySelectorAll("#details dd[id^=v-]")) {
    const unasked = detail.unasked.includes(value.id.slice(2));
    for (const part of [value, document.getElementById(`l-${value.id.slice(2)}`)]) part?.toggleAttribute("data-unasked", unasked);
  }
});
