// Judging by keys: y, n and c answer the question that is next, Backspace goes one back, Enter saves. All of it also works without.
"use strict";

const form = document.getElementById("judgement");
const questions = [...form.querySelectorAll("[data-question]")];
const [first, ...others] = questions;
const answers = { y: "yes", n: "no", c: "unclear" };

const given = (question) => question.querySelector("input:checked");
const asked = () => (given(first)?.value === "no" ? [first] : questions);
const next = () => asked().find((question) => !given(question));

function show() {
  const current = next();
  for (const question of others) question.disabled = !asked().includes(question);
  for (const question of questions) question.classList.toggle("current", question === current);
}

function back() {
  const last = asked().filter(given).pop();
  if (last) given(last).checked = false;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=radio]), a, button, textarea")) return;
  if (event.key === "Enter" && !next()) form.requestSubmit();
  else if (event.key === "Backspace") back();
  else if (answers[event.key]) {
    const input = next()?.querySelector(`input[value="${answers[event.key]}"]`);
    if (input) input.checked = true;
  } else return;
  event.preventDefault();
  show();
});
form.addEventListener("change", show);
form.querySelector(".keys").hidden = false;
form.parentElement.classList.add("keyed");
show();

// The first of the marks in the upper third of the passage, which holds what was written before, too.
const passage = document.querySelector(".passage");
const mark = passage.querySelector("mark");
passage.scrollTop = mark.getBoundingClientRect().top - passage.getBoundingClientRect().top - passage.clientHeight / 3;
