// Chromium does not heed autocomplete="off": it fills in the name, address and phone number of whoever types. It
// leaves alone what has a value that it does not know. Other browsers heed "off", and a form that says it for them.
"use strict";
for (const field of document.querySelectorAll("input[autocomplete=off], textarea[autocomplete=off]")) {
  field.form?.setAttribute("autocomplete", "off");
  field.setAttribute("autocomplete", "xoff");
}
