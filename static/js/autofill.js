// Chromium does not heed autocomplete="off": it fills in the name, address and phone number of whoever types. It
// leaves alone what has a value that it does not know. The form itself says
// nothing: a browser may otherwise not bring back what was typed, on reload or Back.
"use strict";
for (const field of document.querySelectorAll("input[autocomplete=off], textarea[autocomplete=off]")) {
  field.setAttribute("autocomplete", "xoff");
}
