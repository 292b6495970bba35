"use strict";
// Enter goes to the next answer; after the last one, to the button. Nothing else is changed.
for (const list of document.querySelectorAll("[data-saisie]")) {
  const form = list.closest("form");
  const fields = [...form.querySelectorAll("input:not([type=hidden])")];
  form.addEventListener("keydown", (press) => {
    const place = fields.indexOf(press.target);
    if (press.key !== "Enter" || place < 0) return;
    press.preventDefault();
    (fields[place + 1] ?? form.querySelector("button")).focus();
  });
  (form.querySelector("#id_number") ?? fields[0])?.focus();
}
