// Keys for people who read many requests a day. Everything here also has a link or a button.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("has-js");

  const rows = [...document.querySelectorAll("[data-row]")];
  const search = document.getElementById("person-search");
  let current = -1;

  // No key leads away from words that were not sent: it leads to them.
  const unsent = () => [...document.querySelectorAll("main :is(textarea, input[type=text])")].find((field) => field.value !== field.defaultValue);

  const go = (selector) => {
    const typed = unsent();
    if (typed) {
      typed.closest("details")?.setAttribute("open", "");
      return typed.focus();
    }
    const link = document.querySelector(selector);
    if (link) link.click();
  };

  const move = (step) => {
    if (!rows.length) return go(step > 0 ? "[data-after]" : "[data-before]");
    if (current >= 0) rows[current].classList.remove("row--current");
    current = Math.min(Math.max(current + step, 0), rows.length - 1);
    rows[current].classList.add("row--current");
    rows[current].querySelector("a").focus();
  };

  const help = () => {
    const shown = document.querySelector(".keyhelp");
    if (shown) return shown.showModal();
    const text = document.getElementById("key-help");
    if (!text) return;
    document.body.append(text.content.cloneNode(true));
    const dialog = document.querySelector(".keyhelp");
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
    dialog.showModal();
  };

  // On a list: the checked requests, or the one that is marked. On a request: its own button.
  const assign = () => {
    const boxes = [...document.querySelectorAll("input[name=pick]")];
    if (boxes.length && current >= 0 && !boxes.some((box) => box.checked)) rows[current].querySelector("input[name=pick]").checked = true;
    go("[data-assign]");
  };

  const keys = { j: () => move(1), k: () => move(-1), a: assign, "?": help, "/": () => search && search.focus() };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  document.querySelectorAll("[data-keys]").forEach((one) => one.addEventListener("click", help));
  document.querySelectorAll("[data-print]").forEach((one) => one.addEventListener("click", () => window.print()));

  // A phone shows the filters on demand; a wide window always has room for them.
  const filters = document.querySelector(".filters");
  if (filters && window.matchMedia("(min-width: 60.01em)").matches) filters.open = true;
})();
