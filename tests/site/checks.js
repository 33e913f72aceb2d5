// What the checks see on a page that the tests have opened: faults in words, each naming its element. None: all is well.
const checks = (() => {
  // Where a page says what it has to say. Around it stand contents, buttons and the foot.
  const all = (selector) => [...document.querySelectorAll(`:is(article, .bd-search-container) :is(${selector})`)];
  const overflow = (e) => getComputedStyle(e).overflowX;
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  // Where an element is and how it begins.
  function name(e) {
    const near = e.closest("[id]"), words = (e.textContent || e.alt || "").replace(/\s+/g, " ").trim();
    const kind = e.id ? `#${e.id}` : e.classList.length ? `.${e.classList[0]}` : "";
    return `${e.localName}${kind}${near && near !== e ? ` in #${near.id}` : ""} “${words.slice(0, 60)}”`;
  }

  return {
    // Signs of TeX may stand in code, and in what MathJax keeps for those who copy.
    math() {
      const faults = [...document.querySelectorAll("mjx-merror")].map((e) => `formula with an error: ${name(e)}`);
      const open = [...document.querySelectorAll("span.math, div.math")].filter((e) => !e.querySelector("mjx-container"));
      const text = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), raw = [];
      while (text.nextNode()) {
        const at = text.currentNode.parentElement;
        if (/\\[()[\]]|\$[^$]+\$|\\[a-z]{2,}/.test(text.currentNode.data) && !at.closest("pre, code, script, style, mjx-container")) raw.push(at);
      }
      return [...faults, ...open.map((e) => `formula not typeset: ${name(e)}`), ...raw.map((e) => `raw formula: ${name(e)}`)];
    },

    pictures() {
      const shown = [...document.images], silent = "[aria-hidden=true], [role=presentation]";
      const drawn = [...document.querySelectorAll("main svg:not(svg svg)")].filter((e) => !e.closest(`button, a, summary, mjx-container, ${silent}`));
      return [
        ...shown.filter((e) => !e.naturalWidth).map((e) => `picture not loaded: ${e.src}`),
        ...shown.filter((e) => !e.alt.trim() && !e.matches(silent)).map((e) => `picture without alt text: ${e.src}`),
        ...drawn.filter((e) => !e.matches("[aria-label], [aria-labelledby], :has(> title)")).map((e) => `drawing without a name: ${name(e)}`),
      ];
    },

    // A page that can be pushed sideways: the innermost elements beyond the edge. And what is cut off inside its box.
    width() {
      const root = document.documentElement, held = (e) => e !== document.body && (overflow(e) !== "visible" || held(e.parentElement));
      const beyond = (e) => { const box = e.getBoundingClientRect(); return box.width && box.right + scrollX > innerWidth + 0.5 && !held(e.parentElement); };
      const out = root.scrollWidth > innerWidth ? [...document.querySelectorAll("body *")].filter(beyond) : [];
      const inner = out.filter((e) => !out.some((other) => other !== e && e.contains(other)));
      const pushed = root.scrollWidth > innerWidth ? (inner.length ? inner : [root]) : [];
      const cut = all("*").filter((e) => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1 && /hidden|clip/.test(overflow(e)) && !e.closest("mjx-container"));
      return [
        ...pushed.map((e) => `wider than the window (${root.scrollWidth} of ${innerWidth} pixels): ${name(e)}`),
        ...cut.map((e) => `cut off at the right (${e.scrollWidth} of ${e.clientWidth} pixels): ${name(e)}`),
      ];
    },

    // Folds of which not everything is there for the eye.
    shut() {
      const inside = (fold) => [...fold.children].filter((e) => !e.matches("summary, .admonition-title, script, style"));
      return all("details, .toggle").filter((fold) => !inside(fold).every(seen)).map((e) => `fold stays shut: ${name(e)}`);
    },

    stills() {
      const left = (e) => e.querySelector(":scope > :is(img, svg), :scope > :is(p, a) > img") || !e.querySelector("input, button");
      return [...document.querySelectorAll("figure.explorer")].filter(left).map((e) => `explorer does not start: ${e.className}`);
    },

    // For a page whose scripts do not run, once its folds are open. A fold has two names, of which one is shown, the
    // heads of a table stand elsewhere on a phone, and the button that only scripts serve is not there.
    unscripted() {
      const spare = "[hidden], summary, thead, .toggler";
      const hidden = all("h1, h2, h3, p, pre, td, dt, dd, img, figure > svg").filter((e) => !e.closest(spare) && !seen(e));
      const empty = all("h1").length ? [] : ["nothing to read without scripts"];
      const bare = [...document.querySelectorAll("figure.explorer")].filter((e) => !e.querySelector("img, svg"));
      return [...empty, ...hidden.map((e) => `not seen without scripts: ${name(e)}`), ...bare.map((e) => `no still picture: ${e.className}`)];
    },

    // How many folds are shut; the second time, which are shut at the moment of printing.
    watchPrinting() {
      const shut = () => all("details:not([open]), .toggle-hidden").map((e) => `fold shut on paper: ${name(e)}`);
      window.printing = { before: shut().length };
      addEventListener("beforeprint", () => { window.printing.faults = shut(); });
      addEventListener("afterprint", () => { window.printing.after = shut().length; });
    },
  };
})();
