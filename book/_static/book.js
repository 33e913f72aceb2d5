// A few small faults of the theme, mended: most for readers who use a screen reader, one for all.
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
  // No line begins with the comma after a formula, or ends with the bracket before it.
  for (const formula of document.querySelectorAll("span.math")) {
    const before = formula.previousSibling?.nodeType === Node.TEXT_NODE && formula.previousSibling.data.match(/[(\[“]+$/);
    const after = formula.nextSibling?.nodeType === Node.TEXT_NODE && formula.nextSibling.data.match(/^[.,;:?!)\]”’]+/);
    if (!before && !after) continue;
    const together = document.createElement("span");
    together.className = "tied";
    formula.replaceWith(together);
    together.append(formula);
    if (before) together.prepend(together.previousSibling.splitText(before.index));
    if (after) {
      together.nextSibling.splitText(after[0].length);
      together.append(together.nextSibling);
    }
  }
  // A picture that scrolls can be reached, and so scrolled, with the keyboard.
  const reach = new ResizeObserver((figures) => {
    for (const { target } of figures) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const figure of document.querySelectorAll("figure")) reach.observe(figure);
  // A result of the search quotes the text of a page, not the buttons above it.
  if (typeof Search !== "undefined") {
    const quoted = Search.htmlToText;
    Search.htmlToText = (html, anchor) => {
      const page = new DOMParser().parseFromString(html, "text/html");
      for (const part of page.querySelectorAll(".bd-header-article, #jb-print-docs-body, .prev-next-footer")) part.remove();
      return quoted(page.documentElement.outerHTML, anchor);
    };
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
