/** What the choices under "Repeats" come to, as a sentence that follows what one chooses. */
import { debounce, on } from "./dom.js";
import { send } from "./net.js";

async function sayRule(group) {
  const { repeats: name, moment } = group.dataset;
  const asked = new URLSearchParams({ name });
  for (const control of group.querySelectorAll("input, select")) {
    if (control.type !== "checkbox" || control.checked) asked.append(control.name, control.value);
  }
  const begins = group.closest("form")?.elements[moment];
  if (begins?.value) asked.set("moment", begins.value);
  const answer = await send(`/recurrence?${asked}`);
  if (answer.status === 200) group.querySelector(".repeats-said").textContent = answer.text;
}

const sayRuleSoon = debounce(sayRule, 250);
on("input", "[data-repeats]", (event, group) => sayRuleSoon(group));
