// What the explorers share: the numbers, the parts of a page, and how a figure becomes an explorer. Explorers are the
// pictures of the book that move. Plain script, no library, nothing is fetched.
//
// A figure with the classes "explorer NAME-1-2-3" becomes the explorer NAME, whose own file says what its numbers
// mean. The image inside the figure is what is seen without scripts and on paper. A page loads this file and then the
// file of each explorer that stands on it.

// The numbers: the formula of the paper, base 10000. The tests compare them with the package.
const numbers = {
  frequencies: (dim, base = 10000) => Array.from({ length: dim / 2 }, (_, i) => base ** ((-2 * i) / dim)),
  // The two columns of a pair at an angle.
  pair: (angle) => [Math.sin(angle), Math.cos(angle)],
  row: (p, dim) => numbers.frequencies(dim).flatMap((w) => numbers.pair(p * w)),
  // Digits with a true minus sign, and no minus in front of zero.
  sign: (x) => String(x).replace("-", "\u2212"),
  digits: (x, n) => numbers.sign((Math.abs(x) < 0.5 * 10 ** -n ? 0 : x).toFixed(n)),
  fix: (x) => numbers.digits(x, 2),
  // Three digits that count, never a power of ten: 0.00316, 6,280.
  plain: (x, n = 3) => numbers.sign(x.toLocaleString("en", { maximumSignificantDigits: n })),
};
if (typeof module !== "undefined") module.exports = numbers;

const explorers = {
  NS: "http://www.w3.org/2000/svg",
  serial: 0,
  put: (e, attrs) => { for (const k in attrs) e.setAttribute(k, attrs[k]); return e; },
  // An SVG element, put into its parent; an HTML element with its children.
  el: (name, attrs, parent) => { const e = explorers.put(document.createElementNS(explorers.NS, name), attrs); if (parent) parent.append(e); return e; },
  tag: (name, attrs, ...children) => { const e = explorers.put(document.createElement(name), attrs); e.append(...children); return e; },
  COLOURS: ["var(--a)", "var(--b)"],
  // Cold below zero, warm above.
  tone: (v) => (v < 0 ? "var(--minus)" : "var(--plus)"),
  // A labelled slider with a button for one step back and one on, and its number. `move` gets each value that is asked
  // for; `show` puts a value there, as it is written and as it is said.
  slider(label, min, max, move, colour = "var(--ink)") {
    const id = `slider-${++explorers.serial}`;
    const input = explorers.tag("input", { type: "range", id, min, max, step: 1, style: `accent-color:${colour}` });
    const shown = explorers.tag("output", { for: id });
    const ask = (value) => move(Math.max(min, Math.min(max, value)));
    const button = (by, sign, name) => {
      const e = explorers.tag("button", { type: "button", "aria-label": `${label.toLowerCase()}: ${name}` }, sign);
      e.addEventListener("click", () => ask(+input.value + by));
      return e;
    };
    input.addEventListener("input", () => move(+input.value));
    const row = explorers.tag("div", { class: "ex-bar ex-row" }, explorers.tag("label", { for: id }, label),
      button(-1, "\u2212", "one less"), input, button(1, "+", "one more"), shown);
    const show = (value, text = numbers.sign(value), said = text) => {
      input.value = value;
      shown.textContent = text;
      explorers.put(input, { "aria-valuetext": said });
    };
    return { row, show };
  },
  // The sentence below, which a screen reader reads out when it changes: late, so that a moving slider does not chatter,
  // and never the first one, so that a page with explorers opens in silence.
  sentence() {
    const line = explorers.tag("p", { class: "ex-say", "aria-live": "polite" });
    let later = 0;
    const say = (text) => {
      clearTimeout(later);
      if (!line.textContent) line.textContent = text;
      else if (line.textContent !== text) later = setTimeout(() => { line.textContent = text; }, 300);
    };
    return { line, say };
  },
  // Make every figure of this kind an explorer. `make` gets the figure and its numbers, and gives back the box to show
  // in place of the image, and what to do when its width is known and whenever it changes.
  add(name, make) {
    const start = () => document.querySelectorAll(`figure[class*="${name}-"]`).forEach((figure) => {
      const found = figure.className.match(new RegExp(`(?:^|\\s)${name}((?:-[\\d.]+)+)`));
      if (!found) return;
      const { box, layout } = make(figure, found[1].slice(1).split("-").map(Number));
      const still = figure.querySelector("img, svg");
      figure.prepend(box);
      if (still) still.remove();
      // The height is the explorer's own doing; only a new width asks for a new drawing.
      let width = -1;
      const fit = () => {
        if (box.clientWidth === width) return;
        width = box.clientWidth;
        layout();
      };
      fit();
      new ResizeObserver(fit).observe(box);
    });
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
  },
};
