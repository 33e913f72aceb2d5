// Query and key, turned by the positions of their words: two positions, two words, one pair of a head. A box turns only
// the query and breaks it. rotary-P-Q-PAIR, for instance rotary-5-2-1.

// The numbers, which the tests compare with the package. A hand is (across, up).
const rotary = {
  LAST: 20, // positions from 0 to 20
  LENGTHS: [1, 0.8], // of the query's hand and of the key's
  FREQUENCIES: numbers.frequencies(20).slice(0, 3),
  turned([x, y], angle) {
    const [sine, cosine] = numbers.pair(angle);
    return [x * cosine - y * sine, x * sine + y * cosine];
  },
  dot: ([a, b], [c, d]) => a * c + b * d,
  hand: (side, angle) => rotary.turned([rotary.LENGTHS[side], 0], angle),
  angle: ([x, y]) => Math.atan2(y, x),
  // From one hand to another by the shorter way, counter-clockwise if positive.
  between: ([a, b], [c, d]) => Math.atan2(a * d - b * c, a * c + b * d),
  // Both hands, each turned by its own position; or only the query's.
  both: (x, y, p, q, w, broken) => [rotary.turned(x, p * w), broken ? y : rotary.turned(y, q * w)],
  // The query as it is, and the key turned by the offset alone.
  alone: (x, y, k, w) => [x, rotary.turned(y, k * w)],
};

{
  const SIDES = ["query", "key"];

  function make(figure, [p, q, pair]) {
    const { put, el, tag, COLOURS } = explorers, { sign, fix } = numbers, { LAST } = rotary;
    const state = { p, q, pair, alpha: 0.2, beta: 2.6, broken: false }, id = `rotary-${++explorers.serial}`;
    let draw = () => {};

    const box = tag("div", { class: "ex", role: "group", "aria-label": "Rotary: choose two positions, two words and a pair" });
    // Both words move together, by the position of the one that comes first, up to the end of the line.
    const first = () => Math.min(state.p, state.q);
    const together = (m) => ({ p: m + state.p - first(), q: m + state.q - first() });
    const slider = (label, min, max, change, colour) => explorers.slider(label, min, max, (value) => set(change(value)), colour);
    const sliders = {
      p: slider("Query at p", 0, LAST, (p) => ({ p }), COLOURS[0]), q: slider("Key at q", 0, LAST, (q) => ({ q }), COLOURS[1]),
      m: slider("Move both", 0, LAST, (m) => together(Math.min(m, LAST - Math.abs(state.q - state.p)))),
      alpha: slider("Query angle", -31, 31, (n) => ({ alpha: n / 10 }), COLOURS[0]), beta: slider("Key angle", -31, 31, (n) => ({ beta: n / 10 }), COLOURS[1]),
    };
    for (const { row } of Object.values(sliders)) row.classList.add("ex-signed");
    const pairs = rotary.FREQUENCIES.map((_, i) => {
      const button = tag("button", { type: "button", "aria-label": `pair ${i}` }, i);
      button.addEventListener("click", () => set({ pair: i }));
      return button;
    });
    const wrong = tag("input", { type: "checkbox", id: `${id}x` });
    wrong.addEventListener("change", () => set({ broken: wrong.checked }));
    const svg = el("svg", { role: "img" });
    const rows = [0, 1].map(() => ({ name: tag("th", { scope: "row" }), cells: Array.from({ length: 4 }, () => tag("td", {})) }));
    const heads = ["turned", ...SIDES, "wedge", "score"].map((name) => tag("th", { scope: "col" }, name));
    const table = tag("table", { class: "ex-numbers" }, tag("caption", {}, "Angles of the hands, turned by two positions, and their score"),
      tag("thead", {}, tag("tr", {}, ...heads)), tag("tbody", {}, ...rows.map(({ name, cells }) => tag("tr", {}, name, ...cells))));
    const { line: sentence, say } = explorers.sentence(), { p: query, q: key, m: two, alpha: one, beta: other } = sliders;
    box.append(query.row, key.row, two.row, tag("div", { class: "ex-bar" }, tag("span", {}, "Pair"), ...pairs), svg, table,
      tag("div", { style: "margin-top:1rem" }, one.row, other.row),
      tag("div", { class: "ex-bar ex-row ex-break" }, wrong, tag("label", { for: `${id}x` }, "Break it: turn only the query")), sentence);

    // All that is shown, from the state.
    function seen() {
      const { p, q, pair, alpha, beta, broken } = state, w = rotary.FREQUENCIES[pair], k = q - p;
      const words = [rotary.hand(0, alpha), rotary.hand(1, beta)], both = rotary.both(...words, p, q, w, broken), alone = rotary.alone(...words, k, w);
      return { w, k, words, both, alone, turns: [p * w, broken ? 0 : q * w], score: rotary.dot(...both), known: rotary.dot(...alone) };
    }

    function layout() {
      const W = Math.max(280, Math.floor(box.clientWidth || 640)), narrow = W < 560, small = { style: "font-size:12px" };
      const dial = narrow ? W : 264, r = 88, cx = dial / 2, cy = 54 + r + 18, below = cy + r + 44;
      const [left, right, top] = narrow ? [30, W - 12, below + 36] : [dial + 50, W - 12, 30], H = narrow ? top + 226 : below;
      const low = H - 26, high = top + 76;
      svg.replaceChildren();
      put(svg, { viewBox: `0 0 ${W} ${H}`, height: H });
      const text = (x, y, content, cls = "mid", attrs = {}, parent = svg) => { const t = el("text", { x, y, class: cls, ...attrs }, parent); t.textContent = content; return t; };
      const line = (d, attrs = {}, parent = svg) => el("path", { d, fill: "none", stroke: "var(--rim)", ...attrs }, parent);
      const square = (size, attrs, parent) => el("rect", { x: -size, y: -size, width: 2 * size, height: 2 * size, ...attrs }, parent);

      // The dial: the hands before (dashed, hollow) and after (solid, filled), how far each was turned, the wedge between.
      const name = text(cx, 13, "", "mid", { style: "font-weight:600" });
      const turned = SIDES.map((_, side) => text(cx + (side ? 8 : -8), 32, "", side ? "" : "end", { style: `font-size:12px;font-weight:600;fill:${COLOURS[side]}` }));
      const g = el("g", { transform: `translate(${cx} ${cy})` }, svg);
      const wedge = el("path", { fill: "var(--ink)", opacity: 0.14 }, g);
      el("circle", { r, fill: "none", stroke: "var(--rim)", "stroke-width": 1.25 }, g);
      line(`M${-r} 0H${r}M0 ${-r}V${r}`, { stroke: "var(--faint)" }, g);
      const hands = SIDES.map((_, side) => {
        const stroke = COLOURS[side], tip = (attrs) => (side ? square(4.5, attrs, g) : el("circle", { r: 5, ...attrs }, g));
        return {
          before: el("line", { stroke, "stroke-width": 1.75, "stroke-dasharray": "3 3" }, g),
          after: el("line", { stroke, "stroke-width": 2.75 }, g),
          arc: line("", { stroke, "stroke-width": 3 }, g), head: el("path", { fill: stroke }, g),
          from: tip({ fill: "var(--paper)", stroke, "stroke-width": 2 }), to: tip({ fill: stroke }),
        };
      });
      const gap = text(cx, cy + r + 38, "", "mid", { style: "font-weight:600" });

      // The line of positions, with the two words and their offset.
      const x = (t) => left + ((right - left) * t) / LAST;
      line(`M${left} ${top}H${right}`);
      for (let t = 0; t <= LAST; t += 5) { line(`M${x(t)} ${top - 3}v6`); text(x(t), top + 24, t, "mid soft", small); }
      const bracket = line("", { stroke: "var(--ink)" }), offset = text(0, top - 18, "", "mid", { style: "font-weight:600" });
      const marks = SIDES.map((_, side) => {
        const mark = el("g", { style: "cursor:grab;touch-action:none" }, svg), fill = COLOURS[side];
        el("circle", { r: 16, fill: "transparent" }, mark);
        if (side) square(6, { fill }, mark); else el("circle", { r: 6.5, fill }, mark);
        mark.addEventListener("pointerdown", (e) => { mark.setPointerCapture(e.pointerId); e.preventDefault(); });
        mark.addEventListener("pointermove", (e) => {
          if (!mark.hasPointerCapture(e.pointerId)) return;
          const t = Math.round(((e.clientX - svg.getBoundingClientRect().left - left) / (right - left)) * LAST);
          set({ [side ? "q" : "p"]: Math.max(0, Math.min(LAST, t)) });
        });
        return mark;
      });

      // What the offset alone would give, at every offset, and the score that is.
      const at = (k) => left + ((right - left) * (k + LAST)) / (2 * LAST), y = (s) => (low + high) / 2 - (s * (low - high)) / 2;
      text(left, high - 12, narrow ? "score, by offset" : "score, by the offset q \u2212 p", "", { style: "font-weight:600" });
      const number = text(right, high - 12, "", "end", { style: "font-weight:700" });
      line(`M${left} ${y(0)}H${right}`);
      for (const s of [-1, 0, 1]) text(left - 8, y(s) + 4, sign(s), "end soft", small);
      for (const k of [-20, -10, 0, 10, 20]) text(at(k), low + 20, sign(k), "mid soft", small);
      const stems = Array.from({ length: 2 * LAST + 1 }, (_, n) => [n - LAST, line(""), el("circle", { r: 2.5, fill: "var(--rim)" }, svg)]);
      const here = line("", { stroke: "var(--ink)", "stroke-width": 2.5 }), spot = el("path", { d: "M0 -7l7 7l-7 7l-7 -7z" }, svg);

      draw = () => {
        const { p, q, pair, broken } = state, { w, k, words, both, turns, score, known } = seen();
        const place = (angle, radius) => [radius * Math.cos(angle), -radius * Math.sin(angle)];
        const sweep = (from, to, radius) => {
          const steps = Math.max(2, Math.ceil(Math.abs(to - from) * 20));
          return Array.from({ length: steps + 1 }, (_, n) => place(from + ((to - from) * n) / steps, radius).map((v) => v.toFixed(1)).join(" ")).join("L");
        };
        name.textContent = `pair ${pair}: ${fix(w)} radians a position`;
        hands.forEach((h, side) => {
          const angle = rotary.angle(both[side]), long = r * rotary.LENGTHS[side], out = r + 8 + 8 * side, turn = Math.min(turns[side], 2 * Math.PI);
          for (const [hand, tip, direction] of [[h.before, h.from, rotary.angle(words[side])], [h.after, h.to, angle]]) {
            const [u, v] = place(direction, long);
            put(hand, { x2: u, y2: v });
            put(tip, { transform: `translate(${u.toFixed(1)} ${v.toFixed(1)})` });
          }
          put(h.arc, { d: turn ? `M${sweep(angle - turn, angle, out)}` : "" });
          const [u, v] = place(angle, out), size = Math.min(8, turn * out * 0.8);
          put(h.head, { d: turn ? `M0 ${-size * 0.3}l${size * 0.6} ${size}h${-size * 1.2}z` : "", transform: `translate(${u.toFixed(1)} ${v.toFixed(1)}) rotate(${((-angle * 180) / Math.PI).toFixed(1)})` });
          turned[side].textContent = `${SIDES[side]} turned ${fix(turns[side])}`;
          put(marks[side], { transform: `translate(${x(side ? q : p)} ${top})` });
        });
        const from = rotary.angle(both[0]), wide = rotary.between(...both);
        put(wedge, { d: `M0 0L${sweep(from, from + wide, r * 0.5)}Z` });
        gap.textContent = `from query to key ${fix(wide)}`;
        put(bracket, { d: k ? `M${x(p)} ${top - 10}H${x(q)}m${k > 0 ? -6 : 6} -4l${k > 0 ? 6 : -6} 4l${k > 0 ? -6 : 6} 4` : "" });
        put(offset, { x: x((p + q) / 2) }).textContent = `offset ${sign(k)}`;
        for (const [n, stem, dot] of stems) {
          const s = rotary.dot(...rotary.alone(...words, n, w));
          put(stem, { d: `M${at(n)} ${y(0)}V${y(s)}` });
          put(dot, { cx: at(n), cy: y(s), r: n === k ? 4.5 : 2.5, fill: n === k ? "var(--ink)" : "var(--rim)" });
        }
        put(here, { d: `M${at(k)} ${y(0)}V${y(known)}` });
        put(spot, { transform: `translate(${at(k)} ${y(score)})`, fill: broken ? "var(--b)" : "var(--ink)" });
        number.textContent = `${fix(score)} at ${sign(k)}`;
      };
    }

    function verdict({ k, score, known }) {
      const { p, q, broken } = state, where = `${Math.abs(k)} place${Math.abs(k) === 1 ? "" : "s"} ${k > 0 ? "after" : "before"} the query`;
      if (!broken) return k ? `Wherever the key stands ${where}, these two words score ${fix(known)}.`
        : `Wherever the two words stand at one place, both turn alike, and they score ${fix(known)}, as if neither were turned.`;
      if (!q) return "The key stands at 0, where a turn does nothing, so nothing is broken yet. Move it.";
      return `Now the score is ${fix(score)}. It depends on where the query stands, and not on the key's place at all. The offset ${sign(k)} would give ${fix(known)}${fix(score) === fix(known) ? ", here the same by luck" : ""}.`;
    }
    function tell() {
      const { p, q, pair, broken } = state, now = seen(), { k, both, alone, score, known } = now;
      [both, alone].forEach((hands, n) => {
        rows[n].name.textContent = n ? `by 0, ${sign(k)}` : `by ${p}, ${broken ? 0 : q}`;
        [...hands.map(rotary.angle), rotary.between(...hands), rotary.dot(...hands)].forEach((v, m) => { rows[n].cells[m].textContent = fix(v); });
      });
      put(svg, { "aria-label": `Pair ${pair}. The query at ${p} is turned by ${fix(now.turns[0])} radians, the key at ${q} by ${fix(now.turns[1])}. From the query's hand to the key's it is ${fix(rotary.between(...both))} radians. The score is ${fix(score)}; the offset ${sign(k)} alone gives ${fix(known)}.` });
      say(verdict(now));
    }
    function set(change) {
      Object.assign(state, change);
      const { p, q, alpha, beta } = state;
      for (const [name, value] of [["p", p], ["q", q]]) sliders[name].show(value);
      sliders.m.show(first(), `${p}, ${q}`, `query at ${p}, key at ${q}`);
      for (const [name, value] of [["alpha", alpha], ["beta", beta]]) sliders[name].show(Math.round(value * 10), numbers.digits(value, 1));
      pairs.forEach((b, i) => put(b, { "aria-pressed": i === state.pair }));
      draw();
      tell();
    }

    return { box, layout: () => { layout(); set({}); } };
  }

  explorers.add("rotary", make);
}
