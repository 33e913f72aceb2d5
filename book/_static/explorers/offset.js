// Two starting places that move on by one offset: equal arcs, equal dot products; a box breaks it.
// offset-P-Q-K, for instance offset-2-11-3.
{
  const { put, el, tag, COLOURS } = explorers, { sign, fix } = numbers;

  function offset(figure, [p, q, k]) {
    const n = 3, w = numbers.frequencies(20).slice(0, n + 1);
    const state = { p, q, k, broken: false };
    const box = tag("div", { class: "ex", role: "group", "aria-label": "Two positions and one offset" });
    const sliders = [["p", "Position p", 0, 20, "var(--a)"], ["q", "Position q", 0, 20, "var(--b)"], ["k", "Offset k", -6, 6, "var(--ink)"]]
      .map(([name, label, min, max, colour]) => [name, explorers.slider(label, min, max, (value) => set(name, value), colour)]);
    const id = `offset-${++explorers.serial}`;
    const wrong = tag("input", { type: "checkbox", id });
    wrong.addEventListener("change", () => set("broken", wrong.checked));
    const svg = el("svg", { role: "img" });
    const head = tag("tr", {}, tag("th", { scope: "col" }, "start \u00b7 end"), ...w.slice(0, n).map((_, i) => tag("th", { scope: "col" }, `pair ${i}`)), tag("th", { scope: "col" }, "sum"));
    const rows = [0, 1].map((side) => {
      const name = tag("th", { scope: "row", style: `color:${COLOURS[side]}` });
      const cells = Array.from({ length: n + 1 }, () => tag("td", {}));
      return { name, cells, tr: tag("tr", {}, name, ...cells) };
    });
    const table = tag("table", { class: "ex-numbers" }, tag("caption", {}, "Dot product of start and end"), tag("thead", {}, head), tag("tbody", {}, ...rows.map((r) => r.tr)));
    const { line, say } = explorers.sentence();
    box.append(...sliders.map(([, slider]) => slider.row), svg, table, tag("div", { class: "ex-bar ex-row ex-break" }, wrong, tag("label", { for: id }, "Break it: give each cosine the next pair's frequency")), line);

    const at = (i, t) => [Math.cos(t * w[state.broken ? i + 1 : i]), Math.sin(t * w[i])];
    const dot = (i, t) => { const [x, y] = at(i, t), [u, v] = at(i, t + state.k); return x * u + y * v; };
    let draw = () => {};

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
      say(verdict);
    }
    function set(name, value) {
      state[name] = value;
      for (const [key, slider] of sliders) slider.show(state[key]);
      draw();
      tell();
    }

    return { box, layout: () => { layout(); set("k", state.k); } };
  }

  explorers.add("offset", offset);
}
