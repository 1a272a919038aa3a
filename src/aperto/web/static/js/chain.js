/** After something is done: what comes next, offered at the foot; a click or F takes it, Escape gives up. */
import { announce, on, parse } from "./dom.js";
import { send } from "./net.js";

function closeChain() {
  document.querySelector(".chain")?.remove();
}

document.addEventListener("activity-ended", async ({ detail }) => {
  closeChain();
  const answer = await send(detail.url);
  if (answer.status !== 200 || !answer.text.includes("chain")) return;
  const line = parse(answer.text).querySelector(".chain");
  document.getElementById("toasts")?.prepend(line);
  window.htmx.process(line);
  announce(line.querySelector("label").textContent);
});

on("click", "[data-chain-close]", closeChain);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) closeChain();
});
