"use strict";
// Enter goes to the next answer; after the last one, to the button. Nothing else is changed.
for (const list of document.querySelectorAll("[data-saisie]")) {
  const fields = [...list.querySelectorAll("input")];
  list.addEventListener("keydown", (press) => {
    const place = fields.indexOf(press.target);
    if (press.key !== "Enter" || place < 0) return;
    press.preventDefault();
    (fields[place + 1] ?? list.closest("form").querySelector("button")).focus();
  });
  fields[0]?.focus();
}
