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

  function settled({ detail }) {
    const total = place("total");
    if (detail.target.id !== "results" || !total) return;
    place("announcement").textContent = total.textContent.trim();
    const turned = detail.requestConfig.elt.closest(".pager");
    const lost = !document.activeElement || document.activeElement === document.body;
    if (turned || lost) total.focus({ preventScroll: true });
  }

  function withoutBlanks({ detail }) {
    for (const [name, value] of [...detail.formData]) {
      if (value === "") detail.formData.delete(name);
    }
  }

  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, failed);
  }
  document.addEventListener("htmx:configRequest", withoutBlanks);
  document.addEventListener("htmx:beforeRequest", () => place("failure").replaceChildren());
  document.addEventListener("htmx:afterSettle", settled);
})();
