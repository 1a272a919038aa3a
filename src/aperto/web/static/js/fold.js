/** Groups of a list are folded and unfolded; the list remembers which. */
import { on } from "./dom.js";
import { send } from "./net.js";

on("click", "[data-fold]", (event, button) => {
  const body = button.closest("tbody");
  const folded = body.toggleAttribute("data-folded");
  button.setAttribute("aria-expanded", String(!folded));
  const said = new FormData();
  said.set("group", body.dataset.group);
  if (folded) said.set("folded", "1");
  send(button.closest("table").dataset.foldUrl, { method: "POST", body: said });
});
