// Similarity over the offset: sliders for dimension and base redraw the curve beside its limit for ever more pairs, and
// a cursor reads both. similarity-DIM-BASE-LAST-K, for instance similarity-64-10000-200-6: offsets 0 to 200, cursor at 6.
{
  const { put, el, tag } = explorers, { sign } = numbers;

  const DIMS = [2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
  const BASES = [10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];

  // The share of the largest dot product that two rows at an offset have: the mean cosine over the pairs.
  numbers.similarity = (k, frequencies) => frequencies.reduce((sum, w) => sum + Math.cos(k * w), 0) / frequencies.length;
  // The cosine integral: its power series, and from 20 on its asymptotic series. Both are good to eight digits there.
  numbers.Ci = (u) => {
    let sum = 0, term = 1;
    if (u < 20) {
      for (let n = 2; n < 100; n += 2) { term *= (-u * u) / (n * (n - 1)); sum += term / n; }
      return 0.5772156649015329 + Math.log(u) + sum;
    }
    for (let n = 0; n < 18; n++) {
      sum += term * [Math.sin(u), -Math.cos(u), -Math.sin(u), Math.cos(u)][n % 4];
      term *= (n + 1) / u;
    }
    return sum / u;
  };
  // What the share tends to as the pairs become many.
  numbers.limit = (k, base) => (k === 0 ? 1 : (numbers.Ci(k) - numbers.Ci(k / base)) / Math.log(base));

  function similarity(figure, [dim, base, last, k]) {
    const state = { d: DIMS.indexOf(dim), b: BASES.indexOf(base), k };
    const box = tag("div", { class: "ex", role: "group", "aria-label": "Similarity over the offset" });
    const sliders = {
      d: explorers.slider("Dimension d", 0, DIMS.length - 1, (value) => set("d", value), "var(--a)"),
      b: explorers.slider("Base b", 0, BASES.length - 1, (value) => set("b", value)),
      k: explorers.slider("Offset k", 0, last, (value) => set("k", value)),
    };
    const svg = el("svg", { role: "img" });
    const { line, say } = explorers.sentence();
    box.append(...Object.values(sliders).map((slider) => slider.row), svg, line);
    for (const { row } of Object.values(sliders)) row.classList.add("ex-long");

    const grouped = (x) => x.toLocaleString("en"), three = (x) => numbers.digits(x, 3);
    let draw = () => {};

    function layout() {
      const W = Math.max(280, Math.floor(box.clientWidth || 640)), narrow = W < 480, left = narrow ? 34 : 48, right = 14, top = 60, tall = narrow ? 200 : 260;
      const x = (offset) => left + (offset / last) * (W - left - right), y = (share) => top + ((1 - share) / 2) * tall;
      svg.replaceChildren();
      put(svg, { viewBox: `0 0 ${W} ${top + tall + 44}`, height: top + tall + 44 });
      const text = (at, up, content, cls, attrs = {}) => { const t = el("text", { x: at, y: up, class: cls, ...attrs }, svg); t.textContent = content; return t; };
      const small = { style: "font-size:12px" };
      for (const share of [-1, -0.5, 0, 0.5, 1]) {
        el("path", { d: `M${left} ${y(share)}H${W - right}`, stroke: share ? "var(--faint)" : "var(--rim)" }, svg);
        text(left - 8, y(share) + 4, sign(share), "end soft", small);
      }
      for (let offset = 0; offset <= last; offset += 50) text(x(offset), top + tall + 18, offset, "mid soft", small);
      text(x(last / 2), top + tall + 38, "offset k (positions)", "mid soft", small);

      const names = [18, 40].map((up, n) => {
        el("path", { d: `M0 ${up - 4}h26`, stroke: explorers.COLOURS[n], "stroke-width": 2.5, "stroke-dasharray": n ? "5 4" : "none" }, svg);
        return text(34, up, "", "", { style: `font-weight:600;fill:${explorers.COLOURS[n]}` });
      });
      const cursor = el("path", { stroke: "var(--ink)", fill: "none" }, svg);
      const curves = [1, 0].map((n) => el("path", { fill: "none", stroke: explorers.COLOURS[n], "stroke-width": n ? 2 : 2.25, "stroke-linejoin": "round", "stroke-dasharray": n ? "5 4" : "none" }, svg)).reverse();
      const spots = [el("circle", { r: 5, fill: "var(--a)" }, svg), el("circle", { r: 5, fill: "var(--paper)", stroke: "var(--b)", "stroke-width": 2 }, svg)];
      const hit = el("rect", { x: left, y: top, width: W - left - right, height: tall, fill: "transparent", style: "cursor:pointer" }, svg);
      const pick = (e) => { const at = hit.getBoundingClientRect(); set("k", Math.max(0, Math.min(last, Math.round(((e.clientX - at.left) / at.width) * last)))); };
      hit.addEventListener("click", pick);
      hit.addEventListener("pointermove", (e) => { if (e.pointerType === "mouse" && e.buttons === 1) pick(e); });

      draw = (only) => {
        const { d, b, shares } = now();
        if (only !== "k") shares.forEach((share, n) => {
          const points = Array.from({ length: 4 * last + 1 }, (_, m) => `${x(m / 4).toFixed(1)} ${y(share(m / 4)).toFixed(1)}`);
          put(curves[n], { d: `M${points.join("L")}` });
        });
        put(cursor, { d: `M${x(state.k)} ${top}V${top + tall}` });
        shares.forEach((share, n) => {
          put(spots[n], { cx: x(state.k), cy: y(share(state.k)) });
          names[n].textContent = `${n ? "limit, d to infinity" : `d = ${d}`}: ${three(share(state.k))}${n ? "" : ` at offset ${state.k}`}`;
        });
      };
    }

    // The dimension, the base, and the two functions of the offset.
    function now() {
      const d = DIMS[state.d], b = BASES[state.b], w = numbers.frequencies(d, b);
      return { d, b, shares: [(offset) => numbers.similarity(offset, w), (offset) => numbers.limit(offset, b)] };
    }
    function tell() {
      const { d, b, shares } = now(), [here, limit] = shares.map((share) => three(share(state.k)));
      let rise = 0;
      while (rise < last && shares[0](rise + 1) <= shares[0](rise)) rise++;
      const falls = rise < last ? `similarity falls up to offset ${rise}, and offset ${rise + 1} is more alike than offset ${rise}` : `similarity falls all the way to offset ${last}`;
      put(svg, { "aria-label": `Similarity over offsets 0 to ${last}, as a share of the largest, d = ${d}, base ${grouped(b)}. At offset ${state.k}: ${here}, limit for d to infinity ${limit}.` });
      say(`At offset ${state.k} two positions have ${here} of the largest similarity, and with ever more pairs the share tends to ${limit}. With d = ${d} and base ${grouped(b)}, ${falls}.`);
    }
    function set(name, value) {
      state[name] = value;
      const { d, b } = now();
      sliders.d.show(state.d, String(d), `${d} columns, ${d / 2} ${d === 2 ? "pair" : "pairs"}`);
      sliders.b.show(state.b, grouped(b), `base ${grouped(b)}`);
      sliders.k.show(state.k, String(state.k), `offset ${state.k}`);
      draw(name);
      tell();
    }

    return { box, layout: () => { layout(); set("d", state.d); } };
  }

  explorers.add("similarity", similarity);
}
