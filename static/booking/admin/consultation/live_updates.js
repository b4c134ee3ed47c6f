// Says on an open page of a request what happened to it meanwhile, and who else opened it. It changes nothing that
// somebody typed and never loads the page anew. It rests while nobody looks, and ends with the sign-in.
"use strict";
(() => {
  const EVERY = 20_000;
  const { address, version } = document.currentScript.dataset;
  const told = document.querySelector("[data-told]");
  const others = document.querySelector("[data-others]");
  const copy = (name) => document.querySelector(`template[${name}]`).content.cloneNode(true);
  let seen = version;
  let timer = 0;
  let over = false;

  const tell = (words) => {
    const note = copy("data-told-words");
    note.querySelector("[data-words]").textContent = words;
    told.replaceChildren(note);
  };

  const flag = (words) => {
    const one = copy("data-other");
    one.querySelector("span span").textContent = words;
    return one;
  };

  const ask = async () => {
    // A sign-in page in place of an answer is not followed: the session is over.
    const answer = await fetch(`${address}?version=${seen}`, { redirect: "manual" });
    if (!answer.ok) return (over = true);
    const now = await answer.json();
    seen = now.version;
    if (now.words) tell(now.words);
    if (others) others.replaceChildren(...now.others.map(flag));
  };

  const look = async () => {
    clearTimeout(timer);
    if (over || document.hidden) return;
    // Without a connection it asks again later.
    await ask().catch(() => {});
    clearTimeout(timer);
    if (!over) timer = setTimeout(look, EVERY);
  };

  document.addEventListener("visibilitychange", look);
  timer = setTimeout(look, EVERY);
})();
