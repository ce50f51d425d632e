/* The review desk by keys. What a key does is written beside it in the page (data-key); the rest are links and forms. */
"use strict";

(() => {
  const place = (id) => document.getElementById(id);
  const desk = () => place("desk");
  let onChoices = false; // whether an actor that was found had the focus when a new answer came
  let busy = false; // a decision is on its way: keys meant for this quote must not fall on the next
  let active = Date.now();
  let editing = null;

  const fields = "input:not([type=checkbox]), select, textarea";

  function keyed(key) {
    return desk().querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  function use(element) {
    if (element.matches("input[type=checkbox], button, summary")) {
      element.click();
      const name = element.matches(".desk-new summary") && place("desk-name");
      if (name && element.parentElement.open) name.select();
    } else {
      element.focus();
      if (element.select) element.select();
    }
  }

  function pressed(event) {
    active = Date.now();
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (editing) return inEditor(event);
    const field = event.target.closest(fields);
    if (field) return inField(event, field);
    if (event.target.closest("#desk-found") && inChoices(event)) return;
    if (!desk().contains(event.target) && event.target !== document.body && event.target.id !== "content-start") return;
    if (event.key === "Enter" || (event.key === " " && event.target.closest("button, summary, a"))) return;
    const key = event.key === " " ? "n" : event.key;
    const element = keyed(key);
    if (!element || busy || element.disabled || event.repeat) {
      if (event.key === " " || busy) event.preventDefault();
      return;
    }
    event.preventDefault();
    use(element);
  }

  function inField(event, field) {
    if (event.key === "Escape") {
      field.blur();
      place("desk-heading").focus();
    } else if (field.id === "desk-find") {
      inFind(event);
    } else if (event.key === "Enter" && field.form && field.form.querySelector("button[name=what]")) {
      event.preventDefault();
      if (!busy && field.form.reportValidity()) field.form.querySelector("button[name=what]").click();
    }
  }

  const choices = () => [...place("desk-found").querySelectorAll("button")];
  /* What stands there may be the answer to fewer letters than are typed by now. */
  const answered = () => place("desk-found").querySelector("ul").dataset.find === place("desk-find").value;

  function inFind(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      if (choices().length) choices()[0].focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!busy && answered() && choices().length) choices()[0].click();
    }
  }

  function inChoices(event) {
    const all = choices();
    const at = all.indexOf(event.target);
    if (event.key === "Escape") {
      place("desk-heading").focus();
    } else if (at >= 0 && event.key === "ArrowDown") {
      const summary = desk().querySelector(".desk-new summary");
      (all[at + 1] || summary || all[at]).focus();
    } else if (at >= 0 && event.key === "ArrowUp") {
      (all[at - 1] || place("desk-find")).focus();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  /* ---- Spans ---- Offsets are characters of the article, as Python counts them: not halves of a pair. */
  const length = (text) => [...text].length;
  const span = (text) => text.split("-").map(Number);
  const spans = (text) => (text ? text.split(",").map(span) : []);
  const written = (parts) => parts.map((part) => part.join("-")).join(",");
  const titles = { spans: "Adjust the limits", split: "Mark the second quote", add: "Mark the quote that was missed" };

  async function edit(button) {
    const what = button.dataset.edit;
    const form = place("desk-editor");
    if (what === "add" && !place("desk-text").dataset.whole) {
      await window.htmx.ajax("GET", button.dataset.address, { source: button, target: "#desk-text", swap: "outerHTML" });
    }
    const fresh = what !== "spans";
    editing = {
      form,
      what,
      source: what === "add" ? [] : spans(form.dataset.source),
      cue: fresh ? [] : spans(form.dataset.cue),
      contents: fresh ? [] : spans(form.dataset.contents),
    };
    form.hidden = false;
    form.querySelector(".editor-title").textContent = `${titles[what]}: choose words, then what they are.`;
    form.querySelector(".editor-act").hidden = what !== "add";
    const text = place("desk-text");
    text.contentEditable = "true";
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    text.setAttribute("aria-readonly", "true");
    text.setAttribute("aria-label", "The article’s text");
    text.spellcheck = false;
    desk().classList.add("editing");
    desk().querySelector(".desk-deciding").inert = true;
    draw();
    const from = editing.cue.length ? editing.cue[0][0] : editing.source.length ? editing.source[0][1] : null;
    text.focus({ preventScroll: true });
    caret(from);
    const first = text.querySelector("mark");
    if (first) first.scrollIntoView({ block: "center" });
  }

  function cancel() {
    const { form } = editing;
    editing.source = spans(form.dataset.source);
    editing.cue = spans(form.dataset.cue);
    editing.contents = spans(form.dataset.contents);
    draw();
    editing = null;
    form.hidden = true;
    const text = place("desk-text");
    for (const name of ["contenteditable", "role", "aria-multiline", "aria-readonly", "aria-label"]) text.removeAttribute(name);
    desk().classList.remove("editing");
    desk().querySelector(".desk-deciding").inert = false;
    window.getSelection().removeAllRanges();
    place("desk-heading").focus();
  }

  /* The paragraphs again, cut where the spans begin and end. */
  function draw() {
    const roles = [["source", editing.source], ["cue", editing.cue], ["content", editing.contents]];
    for (const paragraph of place("desk-text").children) {
      const start = Number(paragraph.dataset.start);
      const characters = [...paragraph.textContent];
      const end = start + characters.length;
      const inside = (at) => at > start && at < end;
      const borders = new Set([start, end, ...roles.flatMap(([, parts]) => parts.flat()).filter(inside)]);
      const cuts = [...borders].sort((one, other) => one - other);
      const pieces = cuts.slice(0, -1).map((from, number) => {
        const words = characters.slice(from - start, cuts[number + 1] - start).join("");
        const here = roles.filter(([, parts]) => parts.some(([a, b]) => a <= from && from < b)).map(([role]) => role);
        if (!here.length) return document.createTextNode(words);
        const mark = document.createElement("mark");
        mark.className = here.join(" ");
        mark.textContent = words;
        return mark;
      });
      paragraph.replaceChildren(...pieces);
    }
  }

  function caret(at) {
    const paragraphs = [...place("desk-text").children];
    const holds = (each) => at >= Number(each.dataset.start) && at <= Number(each.dataset.start) + length(each.textContent);
    const paragraph = (at !== null && paragraphs.find(holds)) || paragraphs[0];
    let left = at === null ? 0 : at - Number(paragraph.dataset.start);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const characters = [...node.data];
      if (left <= characters.length) {
        window.getSelection().collapse(node, characters.slice(0, left).join("").length);
        return;
      }
      left -= characters.length;
    }
  }

  function offset(node, within) {
    const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p[data-start]");
    if (!paragraph) return null;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, within);
    return Number(paragraph.dataset.start) + length(before.toString());
  }

  /* What is selected, without the white space at its ends. */
  function selected() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!place("desk-text").contains(range.commonAncestorContainer)) return null;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return null;
    const words = range.toString();
    const before = length(words) - length(words.trimStart());
    const after = length(words) - length(words.trimEnd());
    return start + before < end - after ? [start + before, end - after] : null;
  }

  function mark(role) {
    if (role === "cancel") return cancel();
    const chosen = selected();
    if (role === "none") editing.source = [];
    else if (!chosen) return tell("Choose some words of the text first.");
    else if (role === "source") editing.source = [chosen];
    else if (role === "cue") editing.cue = [chosen];
    else if (role === "content") editing.contents = [chosen];
    else editing.contents = [...editing.contents, chosen].sort((one, other) => one[0] - other[0]);
    draw();
    place("desk-text").focus();
    if (chosen) caret(chosen[1]);
    const words = chosen ? `${role === "more" ? "content" : role} set` : "no source";
    announce(words);
    place("desk-failure").hidden = true;
  }

  function save() {
    const { form, what } = editing;
    form.elements.what.value = what;
    for (const role of ["source", "cue", "contents"]) form.elements[role].value = written(editing[role]);
    form.requestSubmit();
  }

  function inEditor(event) {
    const roles = { 0: "none", 1: "source", 2: "cue", 3: "content", 4: "more" };
    if (event.target.closest("select") && event.key !== "Escape" && event.key !== "Enter") return;
    if (event.key === "Escape") cancel();
    else if (event.key in roles) mark(roles[event.key]);
    else if (event.key === "Enter" && !event.target.closest("button")) busy || save();
    else return;
    event.preventDefault();
  }

  function clicked(event) {
    active = Date.now();
    const button = event.target.closest("button");
    if (!button || !desk().contains(button)) return;
    if (button.dataset.edit) edit(button);
    else if (button.dataset.role && editing) mark(button.dataset.role);
    else if (editing && button.form === editing.form && button.type === "submit") {
      event.preventDefault();
      save();
    }
  }

  /* ---- htmx ---- */
  function announce(text) {
    place("desk-announcement").textContent = text;
  }

  function tell(text) {
    place("desk-failure").textContent = text;
    place("desk-failure").hidden = false;
  }

  const whole = (event) => event.detail.target && event.detail.target.id === "desk";

  function asked(event) {
    if (whole(event)) {
      busy = true;
      place("desk-failure").hidden = true;
    }
  }

  function configured({ detail }) {
    // the button, which htmx does not know yet in a list that has just come
    const button = detail.triggeringEvent && detail.triggeringEvent.submitter;
    if (button && button.name) detail.formData.set(button.name, button.value);
    const why = place("desk-why");
    if (why && detail.verb === "post") detail.formData.set("why", why.value);
    const stay = desk().querySelector("input[name=stay][type=checkbox]");
    if (!stay || detail.verb !== "post") return;
    if (stay.checked) detail.formData.set("stay", "yes");
    else detail.formData.delete("stay");
  }

  /* A refusal is shown in the page, as what is told there; whoever is logged out is led to the login. */
  function arrived(event) {
    const { xhr } = event.detail;
    onChoices = place("desk-found") !== null && place("desk-found").contains(document.activeElement);
    if (xhr.responseURL.includes("/login/")) {
      event.detail.shouldSwap = false;
      window.location.reload();
    } else if (xhr.status === 409 || xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  }

  function settled(event) {
    if (!whole(event)) {
      if (onChoices && document.activeElement === document.body) place("desk-find").focus();
      return;
    }
    editing = null;
    place("desk-heading").focus({ preventScroll: true });
    const told = [...desk().querySelectorAll(".desk-told p")].map((each) => each.textContent.trim()).join(" ");
    announce(`${told} ${place("desk-heading").textContent.trim()}`);
    busy = false;
    window.scrollTo({ top: Math.min(window.scrollY, desk().offsetTop) });
  }

  function failed(event) {
    busy = false;
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (status === 403) tell("You may not do this. Nothing was written.");
    else tell(status ? `The site answered with an error (${status}). Nothing was written.` : "The site could not be reached.");
  }

  const RENEWED = 120000; // milliseconds
  window.setInterval(() => {
    const address = desk().dataset.lease;
    if (address && Date.now() - active < RENEWED) {
      fetch(address, { method: "POST", headers: JSON.parse(desk().getAttribute("hx-headers")) });
    }
  }, RENEWED);

  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  document.addEventListener("beforeinput", (event) => event.target.id === "desk-text" && event.preventDefault());
  document.addEventListener("drop", (event) => editing && event.preventDefault());
  document.addEventListener("htmx:configRequest", configured);
  document.addEventListener("htmx:beforeRequest", asked);
  document.addEventListener("htmx:beforeSwap", arrived);
  document.addEventListener("htmx:afterSettle", settled);
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);
  document.documentElement.classList.add("scripted");
  if (place("desk-heading")) place("desk-heading").focus({ preventScroll: true });
})();
