// Warns two minutes before a quiet sign-in ends, and leaves the page when it has ended. The server decides;
// this only asks it. Somebody who typed or pressed meanwhile is not quiet.
"use strict";
(() => {
  const { awake, after, warning, stay } = document.currentScript.dataset;
  const WARN = 120;
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  let busy = false;
  let dialog = null;
  let timer = 0;

  for (const event of ["keydown", "pointerdown"]) document.addEventListener(event, () => (busy = true));

  const ask = async (method) => {
    const headers = method === "POST" ? { "X-CSRFToken": token.value } : {};
    const answer = await fetch(awake, { method, headers });
    return answer.ok ? (await answer.json()).left : 0;
  };

  const warn = () => {
    dialog = document.createElement("dialog");
    dialog.className = "keyhelp";
    const words = document.createElement("p");
    const button = document.createElement("button");
    words.textContent = warning;
    button.textContent = stay;
    button.className = "button";
    button.addEventListener("click", () => {
      dialog.remove();
      dialog = null;
      look("POST");
    });
    dialog.append(words, button);
    document.body.append(dialog);
    dialog.showModal();
  };

  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => look("GET"), seconds * 1000);
  };

  const look = async (method) => {
    const left = await ask(method).catch(() => WARN + 60);
    if (left <= 0) return location.reload();
    if (left > WARN) {
      if (dialog) dialog.remove();
      dialog = null;
      return later(left - WARN);
    }
    if (busy && !dialog) {
      busy = false;
      return look("POST");
    }
    if (!dialog) warn();
    later(left + 1);
  };

  if (token) later(Number(after));
})();
