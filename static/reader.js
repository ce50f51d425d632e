/* Makes an article quick to read: a key to the next quote, and all parts of a quote seen as one. Without it, links do. */
"use strict";

(() => {
  const reader = document.querySelector(".reader");
  const refs = [...reader.querySelectorAll(".text .ref")];
  const keys = reader.querySelector(".keys");

  /* A quote of a long article that stands in another part */
  const total = Number(reader.dataset.total) || refs.length;
  const wanted = window.location.hash.match(/^#quote-(\d+)$/);
  const missing = wanted && reader.dataset.total && !document.getElementById(`quote-${wanted[1]}`);
  if (missing && new URLSearchParams(window.location.search).get("quote") !== wanted[1]) {
    window.location.replace(`?quote=${wanted[1]}${wanted[0]}`);
    return;
  }
  if (!refs.length) return;

  /* Source, cue and content of one quote, its number in the margin and its place in the list */
  let held = "";

  const quoteAt = (element) => element.closest?.("[data-quotes]")?.dataset.quotes.split(" ")[0] ?? "";
  const partsOf = (number) => reader.querySelectorAll(`[data-quotes~="${number}"]`);

  function tie(number) {
    for (const part of reader.querySelectorAll(".tied")) part.classList.remove("tied");
    if (number) for (const part of partsOf(number)) part.classList.add("tied");
  }

  function hold(number) {
    held = number;
    tie(number);
  }

  function holdTarget() {
    const target = document.getElementById(window.location.hash.slice(1));
    if (target && reader.contains(target)) hold(quoteAt(target));
  }

  reader.addEventListener("mouseover", ({ target }) => tie(quoteAt(target) || held));
  reader.addEventListener("mouseleave", () => tie(held));
  reader.addEventListener("focusin", ({ target }) => hold(quoteAt(target)));
  window.addEventListener("hashchange", holdTarget);
  holdTarget();

  /* From quote to quote */
  const inView = (ref) => ref.getBoundingClientRect().bottom > 0 && ref.getBoundingClientRect().top < window.innerHeight;

  /* Where the reader is: at the quote that is held while that is in view, else at the top of the window. */
  function next(step) {
    const at = refs.findIndex((ref) => ref.dataset.quotes === held);
    if (at >= 0 && inView(refs[at])) return refs[at + step];
    const below = refs.findIndex((ref) => ref.getBoundingClientRect().top > 0);
    const first = below < 0 ? refs.length : below;
    return refs[step > 0 ? first : first - 1];
  }

  function tell(text) {
    document.getElementById("announcement").textContent = text;
  }

  function go(step) {
    const ref = next(step);
    if (!ref) return tell(step > 0 ? "That was the last quote." : "That was the first quote.");
    ref.focus({ preventScroll: true });
    ref.scrollIntoView({ block: "start", behavior: "instant" });
    const parts = reader.querySelectorAll(`.entries [data-quotes="${ref.dataset.quotes}"] :is(.within, .actor, .unknown, .doubt, .verb)`);
    const told = [...parts].map((part, at) => part.textContent.trim() + (at === 0 && part.matches(".within") ? ":" : "")).join(" ");
    return tell(`Quote ${ref.dataset.quotes} of ${total}: ${told}`);
  }

  /* The column of quotes follows the reading, unless somebody is at work in it. */
  const column = reader.querySelector(".quoted");
  let now = null;
  let waits = false;

  function findReached() {
    const room = document.documentElement.scrollHeight - window.innerHeight;
    const passed = room > 0 ? Math.min(window.scrollY / room, 1) : 1;
    const line = window.innerHeight * (0.4 + 0.6 * passed); // so that the last quotes are reached, too
    let low = 0;
    let high = refs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (refs[middle].getBoundingClientRect().top < line) low = middle + 1;
      else high = middle;
    }
    return refs[low - 1];
  }

  function follow() {
    waits = false;
    const ref = findReached();
    const entry = ref ? column.querySelector(`.entries [data-quotes="${ref.dataset.quotes}"]`) : null;
    if (entry === now) return;
    if (now) now.classList.remove("now");
    if (entry) entry.classList.add("now");
    now = entry;
    if (!entry || column.matches(":hover, :focus-within")) return;
    column.scrollTop = entry.offsetTop - column.clientHeight / 3;
  }

  function scrolled() {
    if (!waits) window.requestAnimationFrame(follow);
    waits = true;
  }

  const STEPS = { j: 1, n: 1, k: -1, p: -1 };
  const typing = (element) => element.isContentEditable || element.matches?.("input, textarea, select");

  function pressed(event) {
    const held_down = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (event.defaultPrevented || event.isComposing || held_down || kept() === "off" || typing(event.target)) return;
    if (!Object.hasOwn(STEPS, event.key)) return;
    event.preventDefault();
    go(STEPS[event.key]);
  }

  /* Single keys can be in the way of those who speak to their computer: they can be turned off, and stay so. */
  const KEPT = "reader-keys";
  const button = keys.querySelector("button");

  function show() {
    const on = kept() !== "off";
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Keys on" : "Keys off";
  }

  function kept(value) {
    try {
      if (value) window.localStorage.setItem(KEPT, value);
      return window.localStorage.getItem(KEPT);
    } catch {
      return null; // the browser keeps nothing for this site
    }
  }

  button.addEventListener("click", () => {
    kept(kept() === "off" ? "on" : "off");
    show();
  });
  document.getElementById("keys").addEventListener("close", show);
  show();
  keys.hidden = false;
  document.addEventListener("keydown", pressed);
  document.addEventListener("scroll", scrolled, { passive: true });
  follow();
})();
