// Warns before a quiet sign-in ends. When it has ended, leaves the page with what was typed in good hands. The
// server decides; this only asks it. Somebody who typed or pressed meanwhile is not quiet.
"use strict";
(() => {
  const { awake, keep, after, warn } = document.currentScript.dataset;
  const WARN = Number(warn);
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  let busy = false;
  let edited = null;
  let dialog = null;
  let timer = 0;

  for (const event of ["keydown", "pointerdown"]) document.addEventListener(event, () => (busy = true));
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.method === "post") edited = form;
  });

  const ask = async (method) => {
    const headers = method === "POST" ? { "X-CSRFToken": token.value } : {};
    const answer = await fetch(awake, { method, headers });
    return answer.ok ? (await answer.json()).left : 0;
  };

  const shut = () => {
    if (dialog) dialog.remove();
    dialog = null;
  };

  const open = () => {
    document.body.append(document.getElementById("quiet-warning").content.cloneNode(true));
    dialog = document.body.lastElementChild;
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
    // The Escape key closes it too, and is as good a sign of life.
    dialog.addEventListener("close", () => {
      shut();
      look("POST");
    });
    dialog.showModal();
  };

  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => look("GET"), seconds * 1000);
  };

  // Sent nowhere but to where it is kept: with the session over, no verb is called.
  const leave = () => {
    if (!edited) return location.reload();
    const action = new URL(edited.getAttribute("action") || "", location.href).pathname;
    for (const [name, value] of [["page_", location.pathname + location.search], ["action_", action]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      edited.append(field);
    }
    edited.setAttribute("action", keep);
    HTMLFormElement.prototype.submit.call(edited);
  };

  const look = async (method) => {
    const left = await ask(method).catch(() => WARN + 60);
    if (left <= 0) return leave();
    if (left > WARN) {
      shut();
      return later(left - WARN);
    }
    if (busy && !dialog) {
      busy = false;
      return look("POST");
    }
    if (!dialog) open();
    later(left + 1);
  };

  if (token) later(Number(after));
})();
