/** Fills in what the browser knows: the time zone of this machine, and the currency of the country chosen. */
const form = document.querySelector("[data-first-run]");
const currencies = JSON.parse(document.getElementById("currencies").textContent);
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const { zone, country, currency } = form.elements;

function offers(select, value) {
  return [...select.options].some((option) => option.value === value);
}

if (!form.querySelector(".field-error") && offers(zone, here)) zone.value = here;
country.addEventListener("change", () => {
  const usual = currencies[country.value];
  if (usual && offers(currency, usual)) currency.value = usual;
});
