/**
 * Passkeys: a form[data-passkey] asks the browser for a credential before it is sent. The options are in the page
 * (data-options="#id") or are fetched (data-options-url), since a page may wait longer than a challenge lives.
 */
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form).catch((error) => complain(form, error));
  });
}

async function ask(form) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) throw new DOMException("", "NotSupportedError");
  const given = await options(form);
  const credential = form.dataset.passkey === "create" ? await create(form, given) : await get(given);
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

async function options(form) {
  if (!form.dataset.optionsUrl) return JSON.parse(document.querySelector(form.dataset.options).textContent);
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** A passkey signs in alone, so the device must keep it and check who holds it; a plain second factor need not. */
function create(form, { creation_options: { publicKey } }) {
  const alone = form.elements.passwordless?.checked ?? false;
  const selection = alone ? { residentKey: "required", requireResidentKey: true, userVerification: "required" }
    : { residentKey: "discouraged", requireResidentKey: false };
  const wanted = { ...publicKey, authenticatorSelection: { ...publicKey.authenticatorSelection, ...selection } };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted) });
}

function get({ request_options: { publicKey } }) {
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

function complain(form, error) {
  const place = form.querySelector("[data-passkey-error]");
  const words = place.dataset;
  place.textContent = { NotAllowedError: words.cancelled, InvalidStateError: words.known, NotSupportedError: words.unsupported }[error.name] ?? words.failed;
  place.hidden = false;
}
