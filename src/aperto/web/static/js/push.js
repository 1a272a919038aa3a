/** A button that lets this device ring: asks the browser, and hands its subscription to the server. */
import { on } from "./dom.js";
import { complain, csrfHeader } from "./net.js";

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** What people call the device: its browser and system, as far as the browser says. */
function deviceName() {
  const brand = navigator.userAgentData?.brands?.find(({ brand: name }) => !/not/i.test(name))?.brand;
  const browser = brand ?? /(Firefox|Edg|Chrome|Safari)/.exec(navigator.userAgent)?.[1] ?? "";
  const system = navigator.userAgentData?.platform ?? /\(([^;)]+)/.exec(navigator.userAgent)?.[1] ?? "";
  return `${browser} · ${system}`;
}

async function ring(button) {
  if (await Notification.requestPermission() !== "granted") throw new DOMException("", "NotAllowedError");
  const worker = await navigator.serviceWorker.register("/service-worker.js");
  await navigator.serviceWorker.ready;
  const held = await worker.pushManager.getSubscription();
  const given = held ?? await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(button.dataset.pushKey) });
  const body = JSON.stringify({ ...given.toJSON(), name: deviceName() });
  const answer = await fetch(button.dataset.pushUrl, { method: "POST", headers: { ...csrfHeader(), "Content-Type": "application/json" }, body });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? "");
  location.reload();
}

on("click", "[data-push-key]", (event, button) => {
  const able = "PushManager" in window && "serviceWorker" in navigator && "Notification" in window;
  if (!able) return complain(button.dataset.refused);
  button.disabled = true;
  ring(button).catch((error) => complain(error.message || button.dataset.refused)).finally(() => { button.disabled = false; });
});
