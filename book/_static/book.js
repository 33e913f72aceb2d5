// A few small faults of the theme, mended for readers who use a screen reader.
document.addEventListener("DOMContentLoaded", () => {
  // A button whose name lacks the words shown on it cannot be found by speaking those words.
  for (const button of document.querySelectorAll(".search-button-field")) {
    button.setAttribute("aria-label", button.textContent.replace(/\s+/g, " ").trim());
  }
  for (const button of document.querySelectorAll(".theme-switch-button")) {
    button.setAttribute("aria-label", "Color mode: Light, Dark or System Settings");
  }
  for (const summary of document.querySelectorAll("details.hide > summary[aria-label]")) {
    summary.removeAttribute("aria-label");
  }
  for (const citation of document.querySelectorAll(".citation-list > .citation")) {
    citation.setAttribute("role", "listitem");
  }
  // The title above the contents belongs to a landmark of its own.
  const home = document.querySelector(".sidebar-primary-items__start > .sidebar-primary-item:first-child");
  if (home) {
    home.setAttribute("role", "navigation");
    home.setAttribute("aria-label", "Home");
  }
});

// On paper every fold is open, and as it was afterwards.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open])")) {
    fold.dataset.closed = "";
    fold.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-closed]")) {
    delete fold.dataset.closed;
    fold.open = false;
  }
});
