/* Makes quick what already works by links and forms: announces results, keeps the focus, and says when the site fails. */
"use strict";

(() => {
  const place = (id) => document.getElementById(id);

  function tell(text, address) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = "Try again";
    place("failure").replaceChildren(text + " ", link);
  }

  function failed(event) {
    const { xhr, pathInfo } = event.detail;
    const address = (pathInfo && (pathInfo.finalRequestPath || pathInfo.requestPath)) || window.location.href;
    if (event.type === "htmx:responseError") {
      tell(`The site answered with an error (${xhr.status}). What you see has not changed.`, address);
    } else {
      tell("The site could not be reached. What you see has not changed.", address);
    }
  }

  function announce(text) {
    place("announcement").textContent = text;
  }

  /* After “and 12 more” the first of those has the focus; it stays where a name is typed. */
  function shown(values, before) {
    const links = values.querySelectorAll("li a");
    announce(links.length === 1 ? "1 name" : `${links.length} names`);
    const added = links[before.querySelectorAll("li a").length];
    if (document.activeElement === document.body && added) added.focus({ preventScroll: true });
  }

  /* After “More quotes” the first of them has the focus; after all else what had it, or else the number of quotes. */
  function settled({ detail }) {
    const asked = detail.requestConfig.elt;
    if (detail.target.id === "quotes") {
      const first = place(new URL(asked.href, window.location.href).hash.slice(1));
      const number = first ? detail.target.children.length - [...detail.target.children].indexOf(first) : 0;
      announce(`${number} more quotes`);
      if (first) first.focus({ preventScroll: true });
      return;
    }
    if (detail.target.id.startsWith("values-")) {
      shown(place(detail.target.id), detail.target);
      return;
    }
    if (detail.target.id === "arrivals") {
      const said = place("how-far").textContent;
      if (said !== detail.target.querySelector("#how-far").textContent) announce(said);
      return;
    }
    const total = place("total");
    if (detail.target.id !== "results" || !total) return;
    announce(total.textContent.trim());
    const lost = !document.activeElement || document.activeElement === document.body;
    if (asked.closest(".pager") || lost) total.focus({ preventScroll: true });
  }

  function withoutBlanks({ detail }) {
    for (const [name, value] of [...detail.formData]) {
      if (value === "") detail.formData.delete(name);
    }
  }

  /* A link opened in a new tab or window is the browser's business: htmx would load it here. */
  function opensElsewhere(event) {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (elsewhere && event.target.closest("a[hx-get]")) event.stopPropagation();
  }

  /* What can be copied: a text, by a button beside it; an address, by its link. */
  async function copy(text, done, what) {
    try {
      await navigator.clipboard.writeText(text);
      announce(what ? `Copied: ${what}` : "Copied");
      done("Copied");
    } catch {
      done("Press Ctrl+C to copy");
    }
  }

  function copied(event) {
    const link = event.target.closest("a.copies");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(link.href, (said) => (link.textContent = said));
  }

  /* “Cite” copies the sentence that it leads to; so does the key c, of the quote that has the focus, or else of the one that the pointer or the focus came to last. */
  let lately = null;

  let byKeyboard = false; // whether the focus came by a key, and not by the pointer

  function reachedQuote(event) {
    lately = event.target.closest(".quotes > li") || lately;
    if (event.type === "focusin") byKeyboard = event.target.matches(":focus-visible");
  }

  /* Single keys. They can be in the way of those who speak to their computer: they can be turned off, and stay so. */
  const KEPT = "reader-keys";
  const ITEMS = ".quotes > li, .rows > li, .claims > li, .side li";
  const keys = place("keys");
  const turning = keys.querySelector("[aria-pressed]");

  function kept(value) {
    try {
      if (value) window.localStorage.setItem(KEPT, value);
      return window.localStorage.getItem(KEPT);
    } catch {
      return null; // the browser keeps nothing for this site
    }
  }

  function showTurned() {
    const on = kept() !== "off";
    turning.setAttribute("aria-pressed", String(on));
    turning.textContent = on ? "Keys on" : "Keys off";
  }

  function turn() {
    kept(kept() === "off" ? "on" : "off");
    showTurned();
  }

  function showKeys() {
    showTurned();
    keys.showModal();
  }

  function search() {
    const box = document.querySelector("main .search :is(input[type=search], textarea), main input[type=search]");
    if (box) box.select();
    if (box) box.focus();
  }

  /* The next or the previous of what is listed, from the one that has the focus; an article has its own keys for that. */
  function go(step) {
    if (document.querySelector(".reader .ref")) return;
    const items = [...document.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());
    const item = items[items.indexOf(document.activeElement.closest(ITEMS)) + step];
    if (!item) return;
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function open() {
    const item = document.activeElement;
    if (item.matches(ITEMS)) (item.querySelector("a.opens") || item.querySelector("a")).click();
  }

  const ACTIONS = { "/": search, "?": showKeys, j: () => go(1), k: () => go(-1), c: citedByKey, Enter: open };

  function pressed(event) {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (isTyping || isHeld || event.defaultPrevented || keys.open || kept() === "off") return;
    if (!Object.hasOwn(ACTIONS, event.key)) return;
    if (event.key === "/") event.preventDefault();
    ACTIONS[event.key]();
  }

  /* Escape closes the filters where they lie over the page. */
  function closed(event) {
    const filters = place("filters");
    if (event.key !== "Escape" || !filters || !filters.open || !filters.contains(event.target)) return;
    filters.open = false;
    filters.querySelector("summary").focus();
  }

  /* Who said it and by which verb, after whoever denied all of it. */
  function whose(item) {
    const parts = [...item.querySelectorAll(".says :is(.within, .actor, .unknown, .doubt, .verb)")];
    const told = parts.map((part, at) => part.textContent.trim() + (at === 0 && part.matches(".within") ? ":" : ""));
    return told.join(" ");
  }

  async function cite(link) {
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(String(answer.status));
      const item = link.closest(ITEMS);
      await copy((await answer.text()).trim(), (said) => (link.textContent = said), item && whose(item));
    } catch {
      window.location.assign(link.href);
    }
  }

  function citedByClick(event) {
    const link = event.target.closest("a.cites");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    cite(link);
  }

  /* The quote that the keyboard came to, or else the one that was last reached, as by the pointer. */
  function citedByKey() {
    const focused = byKeyboard && document.activeElement.closest(ITEMS)?.querySelector("a.cites");
    const link = focused || (lately && lately.isConnected && lately.querySelector("a.cites"));
    if (link) cite(link);
  }

  for (const text of document.querySelectorAll(".copyable")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-describedby", text.getAttribute("aria-labelledby"));
    button.addEventListener("click", () => {
      window.getSelection().selectAllChildren(text);
      copy(text.textContent, (said) => (button.textContent = said));
    });
    text.before(button);
  }

  /* Dragging over the histogram chooses the days from the bar where it began to the bar where it ends. */
  let begun = null;
  let reached = null;

  function bars() {
    const all = [...begun.closest("svg").querySelectorAll("a")];
    const [low, high] = [all.indexOf(begun), all.indexOf(reached)].sort((one, other) => one - other);
    return { all, between: all.slice(low, high + 1) };
  }

  function dragged(event) {
    const bar = event.target.closest(".histogram svg a");
    if (event.type === "pointerdown") begun = event.button === 0 ? bar : null;
    if (!begun) return;
    reached = bar && begun.parentNode === bar.parentNode ? bar : reached || begun;
    const { all, between } = bars();
    for (const each of all) each.classList.toggle("within-drag", between.length > 1 && between.includes(each));
    if (event.type !== "pointerup") return;
    const days = between.map((each) => new URL(each.href.baseVal, window.location.href));
    if (between.length > 1) {
      days[0].searchParams.set("until", days[days.length - 1].searchParams.get("until"));
      window.htmx.ajax("GET", days[0].pathname + days[0].search, { source: begun, target: "#results", swap: "outerHTML" });
    }
    begun = reached = null;
  }

  for (const name of ["pointerdown", "pointermove", "pointerup"]) document.addEventListener(name, dragged);
  document.addEventListener("pointercancel", () => (begun = reached = null));
  document.addEventListener("dragstart", (event) => event.target.closest(".histogram svg") && event.preventDefault());
  document.addEventListener("click", opensElsewhere, { capture: true });
  document.addEventListener("click", copied);
  document.addEventListener("click", citedByClick);
  document.addEventListener("keydown", pressed);
  document.addEventListener("keydown", closed);
  turning.addEventListener("click", turn);
  place("show-keys").hidden = false;
  place("show-keys").addEventListener("click", showKeys);
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, reachedQuote);
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, failed);
  }
  document.addEventListener("htmx:configRequest", withoutBlanks);
  document.addEventListener("htmx:beforeRequest", () => place("failure").replaceChildren());
  document.addEventListener("htmx:afterSettle", settled);
})();
