// Checking every request of a page at once, and how many are checked. Without it each is checked by itself.
"use strict";
(() => {
  const every = document.querySelector("[data-pick-all]");
  const said = document.querySelector("[data-picked]");
  const boxes = [...document.querySelectorAll("input[name=pick]")];
  if (!every || !said || !boxes.length) return;

  const usual = said.textContent;
  const tell = () => {
    const checked = boxes.filter((box) => box.checked).length;
    every.checked = checked === boxes.length;
    every.indeterminate = checked > 0 && checked < boxes.length;
    said.textContent = checked ? `${usual} ${checked}` : usual;
  };

  every.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = every.checked; });
    tell();
  });
  boxes.forEach((box) => box.addEventListener("change", tell));
  // A page that one comes back to keeps its checks.
  window.addEventListener("pageshow", tell);
})();
