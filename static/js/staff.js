// Keys for people who read many requests a day. Everything here also has a link or a button. A key moves, opens or
// goes to a button, and changes nothing by itself: dictated words are keys too. Each person can switch them off.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("has-js");

  const rows = [...document.querySelectorAll("[data-row]")];
  const search = document.getElementById("person-search");
  let current = -1;

  // No key leads away from words that were not sent: it leads to them.
  const unsent = () => [...document.querySelectorAll("main :is(textarea, input[type=text])")].find((field) => field.value !== field.defaultValue);

  const saved = () => {
    const typed = unsent();
    if (!typed) return true;
    typed.closest("details")?.setAttribute("open", "");
    typed.focus();
    return false;
  };

  const go = (selector) => {
    if (saved()) document.querySelector(selector)?.click();
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
    dialog.querySelectorAll("button, a").forEach((one) => one.addEventListener("click", () => dialog.close()));
    dialog.showModal();
  };

  const check = (box, checked) => {
    box.checked = checked;
    box.dispatchEvent(new Event("change"));
  };

  // To the button, which Enter presses. On a list it is for the checked requests, or the one that is marked: that one
  // is checked for as long as the button has the focus, so that no other act finds it checked.
  const assign = () => {
    const button = document.querySelector("[data-assign]");
    if (!button || !saved()) return;
    const boxes = [...document.querySelectorAll("input[name=pick]")];
    const marked = rows[current]?.querySelector("input[name=pick]");
    if (marked && !boxes.some((box) => box.checked)) {
      check(marked, true);
      const leave = () => {
        if (document.activeElement === button) return;
        button.removeEventListener("blur", leave);
        check(marked, false);
      };
      button.addEventListener("blur", leave);
    }
    button.focus();
  };

  const keys = { j: () => move(1), k: () => move(-1), a: assign, "?": help, "/": () => search && search.focus() };

  // The template says whether this person wants single keys.
  const on = document.getElementById("key-help")?.hasAttribute("data-single-keys");
  if (on) root.classList.add("has-keys");
  if (on) document.addEventListener("keydown", (event) => {
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
