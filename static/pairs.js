// The keys of the desk: each presses the button that shows it, unless somebody is typing.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const button = document.querySelector(`#judge [data-key="${CSS.escape(event.key)}"]`);
  if (button) button.click();
});
