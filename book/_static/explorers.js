// The explorers: pictures of the book that move. Plain script, no library, nothing is fetched.
//
// A figure with the class clocks-DIM-LAST-START, for instance clocks-8-100-20, becomes clocks above a table: a
// position slider turns the hands and marks the row of the table that they are. The class "plain" leaves out the jumps
// and the sentence and halves the height. A figure with the class offset-P-Q-K, for instance offset-2-11-3, becomes
// two starting places that move on by one offset: equal arcs, equal dot products; a box breaks it. The image inside
// the figure is what is seen without JavaScript.

// The numbers: the formula of the paper, base 10000. The tests compare them with the package.
const numbers = {
  frequencies: (dim) => Array.from({ length: dim / 2 }, (_, i) => 10000 ** ((-2 * i) / dim)),
  // The two columns of a pair at an angle.
  pair: (angle) => [Math.sin(angle), Math.cos(angle)],
  row: (p, dim) => numbers.frequencies(dim).flatMap((w) => numbers.pair(p * w)),
  // Two digits, a true minus sign, and no minus in front of zero.
  sign: (x) => String(x).replace("-", "\u2212"),
  fix: (x) => numbers.sign((Math.abs(x) < 0.005 ? 0 : x).toFixed(2)),
};
if (typeof module !== "undefined") module.exports = numbers;

if (typeof document !== "undefined") document.addEventListener("DOMContentLoaded", () => {
  const { sign, fix } = numbers;
  const NS = "http://www.w3.org/2000/svg";
  const put = (e, attrs) => { for (const k in attrs) e.setAttribute(k, attrs[k]); return e; };
  const el = (name, attrs, parent) => { const e = put(document.createElementNS(NS, name), attrs); if (parent) parent.append(e); return e; };
  const tag = (name, attrs, ...children) => { const e = put(document.createElement(name), attrs); e.append(...children); return e; };
  const COLOURS = ["var(--a)", "var(--b)"];
  const tone = (v) => (v < 0 ? "var(--minus)" : "var(--plus)");
  let serial = 0;

  function clocks(figure) {
    const [dim, last, first] = figure.className.match(/clocks-(\d+)-(\d+)-(\d+)/).slice(1).map(Number);
    const plain = figure.classList.contains("plain"), n = dim / 2, w = numbers.frequencies(dim);
    // Positions at which a hand has turned exactly one radian.
    const marks = plain ? [] : w.map((x) => Math.round(1 / x)).filter((p, i) => p <= last && Math.abs(p * w[i] - 1) < 1e-9);
    let p = first, playing = 0, frame = 0, later = 0, draw = () => {};

    const id = `clocks-${++serial}`;
    const box = tag("div", { class: "ex", role: "group", "aria-label": "Clocks and table: choose a position" });
    const slider = tag("input", { type: "range", id, min: 0, max: last, step: 1 });
    const shown = tag("output", { for: id });
    const button = (text, name, act) => {
      const e = tag("button", { type: "button" }, text);
      if (name) e.setAttribute("aria-label", name);
      e.addEventListener("click", act);
      return e;
    };
    const play = button("Play", "", start);
    play.setAttribute("aria-pressed", "false");
    play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const slide = tag("div", { class: "ex-bar ex-row" }), more = tag("div", { class: "ex-bar" });
    slide.append(tag("label", { for: id }, "Position p"), button("\u2212", "one position back", () => set(Math.round(p) - 1)), slider,
      button("+", "one position on", () => set(Math.round(p) + 1)), shown);
    if (!plain) more.append(tag("span", {}, "Go to"), ...[0, ...marks].map((m) => button(String(m), `go to position ${m}`, () => set(m))), play);
    else slide.append(play);
    const svg = el("svg", { role: "img" });
    const say = tag("p", { class: "ex-say", "aria-live": "polite" });
    box.append(...(plain ? [slide, svg] : [slide, more, svg, say]));

    // A pair's two columns as an image of one pixel a cell: cold below zero, warm above, nothing at zero.
    const pictures = w.map((f) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 2, height: last + 1 }), ink = canvas.getContext("2d");
      for (let q = 0; q <= last; q++) numbers.pair(q * f).forEach((v, wave) => {
        ink.fillStyle = v < 0 ? `rgba(47,127,203,${-v})` : `rgba(212,89,26,${v})`;
        ink.fillRect(wave, q, 1, 1);
      });
      return canvas.toDataURL();
    });

    function layout() {
      const W = Math.max(280, Math.floor(box.clientWidth || 640)), narrow = W < 480, left = narrow ? 34 : 56;
      const gap = (narrow ? 32 : 64) / n, pair = (W - left - gap * (n - 1)) / n, cell = pair / 2, wide = cell >= 28;
      const r = Math.min(cell - 4, 60), top = r + 46, strip = top + r + (wide ? 46 : 14), row = plain || narrow ? 2 : 3;
      const table = strip + 32, tall = row * (last + 1), H = table + tall + 24;
      const x0 = (j) => left + (j >> 1) * (pair + gap) + (j % 2) * cell;
      const small = { style: "font-size:12px" };
      svg.replaceChildren();
      put(svg, { viewBox: `0 0 ${W} ${H}`, height: H });
      const text = (x, y, content, cls, attrs = {}) => { const t = el("text", { x, y, class: cls, ...attrs }, svg); t.textContent = content; return t; };
      const hands = w.map((f, i) => {
        const x = x0(2 * i) + cell;
        if (wide) text(x, 14, `pair ${i}`, "mid", { style: "font-weight:600" });
        else text(x, 26, i, "mid", small);
        const turns = wide ? text(x, 31, "", "mid soft", small) : null;
        const g = el("g", { transform: `translate(${x} ${top})` }, svg);
        const rim = el("circle", { r, fill: "none" }, g);
        el("path", { d: `M${-r} 0H${r}M0 ${-r}V${r}`, stroke: "var(--faint)" }, g);
        const mark = el("path", { d: plain ? "" : `M${r + 2} 0l8 -4v8z`, transform: `rotate(${-180 / Math.PI})` }, g);
        const sine = el("line", { "stroke-width": narrow ? 4 : 6 }, g), cosine = el("line", { "stroke-width": narrow ? 4 : 6 }, g);
        const guide = el("path", { fill: "none", stroke: "var(--soft)", "stroke-dasharray": "2 3" }, g);
        const hand = el("line", { stroke: "var(--ink)", "stroke-width": narrow ? 2 : 2.75, "stroke-linecap": "round" }, g);
        const tip = el("circle", { r: narrow ? 3.5 : 5, fill: "var(--ink)" }, g);
        const cells = [0, 1].map((wave) => {
          const at = x0(2 * i + wave), mid = at + cell / 2;
          if (wide) text(mid, strip - 24, wave ? "cos" : "sin", "mid soft", small);
          text(mid, table + tall + 18, 2 * i + wave, "mid soft", { style: `font-size:${wide ? 12 : 10}px` });
          const number = wide ? text(mid, strip - 7, "", "mid", cell < 40 ? { style: `font-size:${cell < 34 ? 11 : 12}px` } : {}) : null;
          const fill = el("rect", { x: at, y: strip, width: cell, height: 14 }, svg);
          el("rect", { x: at, y: strip, width: cell, height: 14, fill: "none", stroke: "var(--rim)" }, svg);
          return { number, fill };
        });
        el("image", { href: pictures[i], x: x0(2 * i), y: table, width: pair, height: tall, preserveAspectRatio: "none", style: "image-rendering:pixelated" }, svg);
        return { turns, rim, mark, sine, cosine, guide, hand, tip, cells };
      });
      const ticks = [];
      for (let q = 0; q <= last; q += 20) ticks.push([q, text(left - 10, table + (q + 0.5) * row + 4, q, "end soft", small)]);
      text(left - 10, table + tall + 18, narrow ? "j" : "column", "end soft", small);
      const zoom = el("path", { fill: "none", stroke: "var(--ink)" }, svg);
      const marker = el("rect", { x: left - 2, width: W - left + 1, height: row + 3, fill: "none", stroke: "var(--ink)", "stroke-width": 1.5 }, svg);
      const here = text(left - 10, 0, "", "end", { style: "font-weight:700" });
      const hit = el("rect", { x: left, y: table, width: W - left, height: tall, fill: "transparent", style: "cursor:pointer" }, svg);
      const pick = (e) => { const box = hit.getBoundingClientRect(); set(Math.floor(((e.clientY - box.top) / box.height) * (last + 1))); };
      hit.addEventListener("click", pick);
      hit.addEventListener("pointermove", (e) => { if (e.pointerType === "mouse" && e.buttons === 1) pick(e); });

      draw = () => {
        hands.forEach((h, i) => {
          const a = p * w[i], [s, c] = numbers.pair(a), x = r * c, y = -r * s, there = Math.abs(a - 1) < 1e-9;
          put(h.hand, { x2: x, y2: y });
          put(h.tip, { cx: x, cy: y });
          put(h.guide, { d: `M0 ${y}H${x}V0` });
          put(h.cosine, { x2: x, stroke: tone(c) });
          put(h.sine, { y2: y, stroke: tone(s) });
          put(h.rim, { stroke: there ? "var(--ink)" : "var(--rim)", "stroke-width": there ? 2.5 : 1.25 });
          put(h.mark, { fill: there ? "var(--ink)" : "var(--rim)" });
          if (h.turns) h.turns.textContent = `${fix(a / (2 * Math.PI))} turns`;
          [s, c].forEach((v, wave) => {
            if (h.cells[wave].number) h.cells[wave].number.textContent = fix(v);
            put(h.cells[wave].fill, { fill: tone(v), opacity: Math.abs(v) });
          });
        });
        const q = Math.round(p), y = table + q * row - 1.5;
        put(marker, { y });
        put(here, { y: y + row / 2 + 6 }).textContent = q;
        for (const [t, e] of ticks) put(e, { opacity: Math.abs(t - q) * row < 15 ? 0 : 1 });
        put(zoom, { d: `M${left - 2} ${y}V${strip + 18}H${W - 1}V${y}` });
      };
    }

    function tell() {
      const q = Math.round(p), there = w.findIndex((f) => Math.abs(q * f - 1) < 1e-9);
      put(slider, { "aria-valuetext": `position ${q}` });
      put(svg, { "aria-label": `Row ${q}. ` + w.map((f, i) => `Pair ${i}: sine ${fix(numbers.pair(q * f)[0])}, cosine ${fix(numbers.pair(q * f)[1])}.`).join(" ") });
      clearTimeout(later);
      const rounds = Math.floor((q * w[0]) / (2 * Math.PI));
      later = setTimeout(() => {
        say.textContent = q === 0 ? "Row 0: every hand points to the right, sine 0 and cosine 1."
          : there >= 0 ? `Row ${q}: hand ${there} stands at its mark, 1 radian.`
          : rounds ? `Row ${q}: hand 0 has gone round ${rounds === 1 ? "once" : rounds + " times"} and does not show it. The slower hands do.`
          : `Row ${q}: hand 0 has turned ${q} radians.`;
      }, 300);
    }
    function set(value, moving) {
      p = Math.max(0, Math.min(last, value));
      slider.value = shown.value = Math.round(p);
      draw();
      if (!moving) { stop(); tell(); }
    }
    function stop() {
      cancelAnimationFrame(frame);
      playing = 0;
      put(play, { "aria-pressed": "false" }).textContent = "Play";
    }
    function run(now) {
      const step = ((now - playing) / 1000) * 3;
      playing = now;
      if (p + step >= last) return set(last);
      set(p + step, true);
      frame = requestAnimationFrame(run);
    }
    function start() {
      if (playing) return set(Math.round(p));
      if (p >= last) p = 0;
      put(play, { "aria-pressed": "true" }).textContent = "Stop";
      playing = performance.now();
      frame = requestAnimationFrame(run);
    }

    slider.addEventListener("input", () => set(+slider.value));
    const still = figure.querySelector("img");
    figure.prepend(box);
    if (still) still.remove();
    layout();
    set(p);
    new ResizeObserver(() => { layout(); draw(); }).observe(box);
  }

  function offset(figure) {
    const [p, q, k] = figure.className.match(/offset-(\d+)-(\d+)-(\d+)/).slice(1).map(Number);
    const n = 3, w = numbers.frequencies(20).slice(0, n + 1);
    const state = { p, q, k, broken: false };
    const id = `offset-${++serial}`;

    const box = tag("div", { class: "ex", role: "group", "aria-label": "Two positions and one offset" });
    const controls = [["p", "Position p", 0, 20, "var(--a)"], ["q", "Position q", 0, 20, "var(--b)"], ["k", "Offset k", -6, 6, "var(--ink)"]].map(([name, label, min, max, colour]) => {
      const input = tag("input", { type: "range", id: id + name, min, max, step: 1, style: `accent-color:${colour}` });
      const shown = tag("output", { for: id + name });
      const turn = (by, text, say) => {
        const b = tag("button", { type: "button", "aria-label": `${label.toLowerCase()}: ${say}` }, text);
        b.addEventListener("click", () => set(name, state[name] + by));
        return b;
      };
      input.addEventListener("input", () => set(name, +input.value));
      const row = tag("div", { class: "ex-bar ex-row" }, tag("label", { for: id + name }, label), turn(-1, "\u2212", "one less"), input, turn(1, "+", "one more"), shown);
      box.append(row);
      return { name, input, shown, min, max };
    });
    const wrong = tag("input", { type: "checkbox", id: `${id}x` });
    wrong.addEventListener("change", () => set("broken", wrong.checked));
    const svg = el("svg", { role: "img" });
    const head = tag("tr", {}, tag("th", { scope: "col" }, "start \u00b7 end"), ...w.slice(0, n).map((_, i) => tag("th", { scope: "col" }, `pair ${i}`)), tag("th", { scope: "col" }, "sum"));
    const rows = [0, 1].map((side) => {
      const name = tag("th", { scope: "row", style: `color:${COLOURS[side]}` });
      const cells = Array.from({ length: n + 1 }, () => tag("td", {}));
      return { name, cells, tr: tag("tr", {}, name, ...cells) };
    });
    const table = tag("table", { class: "ex-numbers" }, tag("caption", {}, "Dot product of start and end"), tag("thead", {}, head), tag("tbody", {}, ...rows.map((r) => r.tr)));
    const say = tag("p", { class: "ex-say", "aria-live": "polite" });
    box.append(svg, table, tag("div", { class: "ex-bar ex-row ex-break" }, wrong, tag("label", { for: `${id}x` }, "Break it: give each cosine the next pair's frequency")), say);

    const at = (i, t) => [Math.cos(t * w[state.broken ? i + 1 : i]), Math.sin(t * w[i])];
    const dot = (i, t) => { const [x, y] = at(i, t), [u, v] = at(i, t + state.k); return x * u + y * v; };
    let draw = () => {}, later = 0;

    function layout() {
      const W = Math.max(280, Math.floor(box.clientWidth || 640)), narrow = W < 480, gap = narrow ? 10 : 28;
      const part = (W - gap * (n - 1)) / n, r = Math.min(part / 2 - (narrow ? 9 : 20), 92), cy = r + 60, H = cy + r + 66;
      put(svg, { viewBox: `0 0 ${W} ${H}`, height: H });
      svg.replaceChildren();
      const clocks = Array.from({ length: n }, (_, i) => {
        const cx = i * (part + gap) + part / 2, g = el("g", { transform: `translate(${cx} ${cy})` }, svg);
        el("text", { class: "mid", y: -r - 40, style: "font-weight:600" }, g).textContent = `pair ${i}`;
        const turned = el("text", { class: "mid soft", y: -r - 23, style: "font-size:12px" }, g);
        el("circle", { r, fill: "none", stroke: "var(--rim)", "stroke-width": 1.25 }, g);
        el("path", { d: `M${-r} 0H${r}M0 ${-r}V${r}`, stroke: "var(--faint)" }, g);
        const sides = [0, 1].map((side) => ({
          wedge: el("path", { fill: COLOURS[side], opacity: 0.16 }, g),
          start: el("line", { stroke: COLOURS[side], "stroke-width": 1.75, "stroke-dasharray": "3 3" }, g),
          stop: el("line", { stroke: COLOURS[side], "stroke-width": 2.5 }, g),
          arc: el("path", { fill: "none", stroke: COLOURS[side], "stroke-width": narrow ? 2.5 : 3.5 }, g),
          tip: el("path", { fill: COLOURS[side] }, g),
          from: side ? el("rect", { width: 9, height: 9, fill: "var(--paper)", stroke: COLOURS[side], "stroke-width": 2 }, g) : el("circle", { r: 4.5, fill: "var(--paper)", stroke: COLOURS[side], "stroke-width": 2 }, g),
          to: side ? el("rect", { width: 10, height: 10, fill: COLOURS[side] }, g) : el("circle", { r: 5.5, fill: COLOURS[side] }, g),
          label: [0, 1].map(() => el("text", { class: "mid", style: `font-size:12px;fill:${COLOURS[side]};font-weight:600` }, g)),
        }));
        // Under the dial, on its scale: the dot product of start and end, which is the shadow of one hand on the other.
        const bars = [0, 1].map((side) => el("line", { y1: r + 29 + side * 10, y2: r + 29 + side * 10, stroke: COLOURS[side], "stroke-width": 7 }, g));
        el("path", { d: `M0 ${r + 23}v22M${-r} ${r + 34}h${2 * r}`, stroke: "var(--rim)" }, g);
        el("text", { class: "mid soft", y: r + 61, style: "font-size:12px" }, g).textContent = "dot product";
        return { sides, turned, bars };
      });

      draw = () => {
        const { p, q, k, broken } = state;
        clocks.forEach((c, i) => {
          [p, q].forEach((t, side) => {
            const s = c.sides[side], out = r * (side ? 0.52 : 0.7), steps = 90;
            const spot = (u, scale) => { const [x, y] = at(i, u); return [x * scale, -y * scale]; };
            const path = (scale) => Array.from({ length: steps + 1 }, (_, m) => spot(t + (k * m) / steps, scale).map((v) => v.toFixed(1)).join(" ")).join("L");
            const [x0, y0] = spot(t, r), [x1, y1] = spot(t + k, r);
            put(s.start, { x2: x0, y2: y0 }); put(s.stop, { x2: x1, y2: y1 });
            put(s.arc, { d: k ? `M${path(broken ? r : out)}` : "" });
            put(s.wedge, { d: k && !broken ? `M0 0L${path(r)}Z` : "" });
            // Arrowhead, along the last piece of the path.
            const reach = broken ? r : out, [ex, ey] = spot(t + k, reach), [bx, by] = spot(t + k * (1 - 1 / steps), reach), far = Math.hypot(ex - bx, ey - by);
            const size = Math.min(narrow ? 7 : 9, Math.abs(k) * w[i] * reach * 0.8), ux = (ex - bx) / (far || 1), uy = (ey - by) / (far || 1);
            put(s.tip, { d: k && far > 1e-6 ? `M${ex + ux * size * 0.35} ${ey + uy * size * 0.35}l${-ux * size - uy * size * 0.6} ${-uy * size + ux * size * 0.6}l${uy * size * 1.2} ${-ux * size * 1.2}z` : "" });
            if (side) { put(s.from, { x: x0 - 4.5, y: y0 - 4.5 }); put(s.to, { x: x1 - 5, y: y1 - 5 }); } else { put(s.from, { cx: x0, cy: y0 }); put(s.to, { cx: x1, cy: y1 }); }
            [[t, x0, y0], [t + k, x1, y1]].forEach(([name, x, y], m) => {
              const length = Math.hypot(x, y) || 1, away = length + 14;
              put(s.label[m], { x: (x / length) * away, y: (y / length) * away + 4.5, opacity: narrow || (m && !k) ? 0 : 1 }).textContent = sign(name);
            });
            put(c.bars[side], { x2: dot(i, t) * r });
          });
          c.turned.textContent = broken ? (narrow ? "no turn" : "no common turn") : `${narrow ? "" : "both turn "}${sign((k * w[i]).toFixed(2))} rad`;
        });
        rows.forEach((row, side) => {
          const t = side ? q : p, each = Array.from({ length: n }, (_, i) => dot(i, t));
          row.name.textContent = `${side ? "q" : "p"}: ${t} \u2192 ${sign(t + k)}`;
          row.cells.forEach((cell, i) => { cell.textContent = fix(i < n ? each[i] : each.reduce((x, y) => x + y, 0)); });
        });
      };
    }

    function tell() {
      const { p, q, k, broken } = state, sums = [p, q].map((t) => Array.from({ length: n }, (_, i) => dot(i, t)).reduce((x, y) => x + y, 0));
      const verdict = k === 0 ? "Nothing moves, and each hand meets itself." : !broken
        ? `From ${p} and from ${q}, going ${sign(k)} on is the same turn, and the sum is ${fix(sums[0])} both times. The position drops out.`
        : p === q ? `Both start at ${p}. Move one of them.`
        : `From ${p} the sum is ${fix(sums[0])}, from ${q} it is ${fix(sums[1])}${fix(sums[0]) === fix(sums[1]) ? ", by luck: the pairs differ" : ""}. Now the position matters.`;
      put(svg, { "aria-label": `${n} circles. ` + w.slice(0, n).map((f, i) => broken ? `Pair ${i} has left its circle.` : `Pair ${i}: both hands turn ${sign((k * f).toFixed(2))} radians.`).join(" ") });
      clearTimeout(later);
      later = setTimeout(() => { say.textContent = verdict; }, 250);
    }
    function set(name, value) {
      const c = controls.find((x) => x.name === name);
      state[name] = c ? Math.max(c.min, Math.min(c.max, value)) : value;
      for (const x of controls) { x.input.value = state[x.name]; x.shown.textContent = sign(state[x.name]); put(x.input, { "aria-valuetext": String(state[x.name]) }); }
      draw();
      tell();
    }

    const still = figure.querySelector("img");
    figure.prepend(box);
    if (still) still.remove();
    layout();
    set("k", state.k);
    new ResizeObserver(() => { layout(); draw(); }).observe(box);
  }

  document.querySelectorAll('figure[class*="clocks-"]').forEach(clocks);
  document.querySelectorAll('figure[class*="offset-"]').forEach(offset);
});
