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
      layout();
      new ResizeObserver(layout).observe(box);
    });
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
  },
};
