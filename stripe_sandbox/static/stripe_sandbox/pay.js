/* Comforts only: the pages do everything without it. */
"use strict";

const number = document.querySelector("input[name=number]");
const expiry = document.querySelector("input[name=expiry]");

number?.addEventListener("input", () => {
  if (number.selectionStart !== number.value.length) return;
  number.value = number.value.replace(/\D/g, "").slice(0, 19).replace(/(\d{4})(?=\d)/g, "$1 ");
});

expiry?.addEventListener("input", (event) => {
  if (event.inputType?.startsWith("delete") || expiry.selectionStart !== expiry.value.length) return;
  const digits = expiry.value.replace(/\D/g, "").slice(0, 4);
  if (digits.length > 2) expiry.value = `${digits.slice(0, 2)} / ${digits.slice(2)}`;
});

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
