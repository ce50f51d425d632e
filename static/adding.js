/* Files can be dropped as well as chosen; a form that was sent is not sent twice; the bookmark is to be dragged. */
"use strict";

(() => {
  const drop = document.querySelector(".drop");

  function tell(text) {
    document.getElementById("announcement").textContent = text;
  }

  function countFiles(files) {
    const names = [...files].map((file) => file.name);
    if (names.length < 4) return names.join(", ");
    return `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
  }

  function setUpDrop() {
    const input = drop.querySelector("input");
    const chosen = drop.querySelector(".chosen");
    let depth = 0; // of elements within, between which a drag moves

    function show() {
      chosen.textContent = input.files.length ? countFiles(input.files) : "";
    }

    function mark(by) {
      depth = Math.max(depth + by, 0);
      drop.classList.toggle("over", depth > 0);
    }

    function take(event) {
      event.preventDefault();
      depth = 0;
      mark(0);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      show();
      drop.closest("form").querySelector("button[type=submit]").focus();
    }

    const carriesFiles = (event) => [...event.dataTransfer.types].includes("Files");

    drop.querySelector(".drop-here").hidden = false;
    input.addEventListener("change", show);
    drop.addEventListener("dragenter", (event) => carriesFiles(event) && mark(1));
    drop.addEventListener("dragleave", (event) => carriesFiles(event) && mark(-1));
    drop.addEventListener("drop", take);
    /* A file that misses the field would otherwise be opened in the place of this page. */
    for (const name of ["dragover", "drop"]) {
      document.addEventListener(name, (event) => carriesFiles(event) && event.preventDefault());
    }
  }

  function sent(event) {
    const buttons = event.target.querySelectorAll("button[type=submit]");
    window.setTimeout(() => {
      for (const button of buttons) button.disabled = true;
    });
  }

  function again() {
    for (const button of document.querySelectorAll("form.hand-in button")) button.disabled = false;
  }

  if (drop) setUpDrop();
  for (const form of document.querySelectorAll("form.hand-in")) form.addEventListener("submit", sent);
  window.addEventListener("pageshow", again); // back from the page that it led to

  document.querySelector(".bookmarklet")?.addEventListener("click", (event) => {
    event.preventDefault();
    tell("Drag this link to your browser’s bookmarks.");
  });
})();
