// Grow, drift, fade, turn: the orbit of a point under exp(pG). Two sliders move the eigenvalue a + iw of G in the
// complex plane, and a box makes it a double one, in a Jordan block. orbit-A-W, in hundredths: orbit-5-40.

// The numbers, which the tests compare with the exponential of the package's generator.
const orbit = {
  LAST: 20, // positions from -20 to 20
  BOUND: 2, // one bound among all, to be seen in the pictures
  PUSH: 0.12, // how far the second pair of a Jordan block pushes the first in one step, at right angles to it
  // Where the point is at position p, (across, up). It starts at 1 to the right.
  at(p, a, w, drift) {
    const [up, across] = numbers.pair(w * p), size = Math.exp(a * p), side = drift ? orbit.PUSH * p : 0;
    return [size * (across - side * up), size * (up + side * across)];
  },
  distance: (p, a, w, drift) => Math.hypot(...orbit.at(p, a, w, drift)),
  // The first whole position from which on it is beyond the bound, if it grows at this rate or drifts.
  leaves(rate, drift) {
    let p = 1;
    while (orbit.distance(p, rate, 0, drift) <= orbit.BOUND) p++;
    return p;
  },
  eigenvalue: (a, w) => `${numbers.fix(a)}${w ? ` \u00b1 ${numbers.fix(w)}i` : ""}`,
  fate(a, w, drift) {
    if (!a && !drift) return w ? "It turns: at every position, past or future, it is at distance 1." : "It stands still. A constant is bounded, too.";
    const verbs = [a > 0 ? "grows" : a < 0 ? "fades" : "", drift ? "drifts" : "", w ? "turns" : ""].filter(Boolean);
    const does = verbs.length > 2 ? `${verbs[0]}, ${verbs[1]} and ${verbs[2]}` : verbs.join(" and "), first = orbit.leaves(Math.abs(a), drift);
    const ends = a > 0 ? "it leaves every bound in the future, and in the past it tends to 0"
      : a < 0 ? "it tends to 0 in the future, but in the past it leaves every bound" : "it leaves every bound on both sides";
    const where = a > 0 ? `from position ${first} on` : a < 0 ? `at position \u2212${first} and before` : `from position ${first} on, and at \u2212${first} and before`;
    return `It ${does}: ${ends}. ${first > orbit.LAST ? "The pictures end too soon to show it: it" : "It"} is farther out than ${orbit.BOUND} ${where}.`;
  },
};

{
  const FATES = { grow: [0.05, 0.4, false], drift: [0, 0, true], fade: [-0.05, 0.4, false], turn: [0, 0.4, false] };
  const STEPS = { a: 100, w: 20 }; // steps of the sliders in one unit

  function make(figure, [a, w]) {
    const { put, el, tag } = explorers, { sign, fix } = numbers, { LAST, BOUND } = orbit;
    const state = { a: a / 100, w: w / 100, drift: false }, id = `orbit-${++explorers.serial}`;
    const now = () => [state.a, state.w, state.drift];
    let draw = () => {};

    const box = tag("div", { class: "ex", role: "group", "aria-label": "Grow, drift, fade, turn: choose an eigenvalue" });
    const slider = (name, label, min, max) => explorers.slider(label, min, max, (n) => set({ [name]: n / STEPS[name] }));
    const sliders = { a: slider("a", "Growth a", -10, 10), w: slider("w", "Turning w", 0, 20) };
    for (const { row } of Object.values(sliders)) row.classList.add("ex-signed");
    const go = Object.entries(FATES).map(([name, [a, w, drift]]) => {
      const button = tag("button", { type: "button", "aria-label": `go to ${name}` }, name);
      button.addEventListener("click", () => set({ a, w, drift }));
      return button;
    });
    const double = tag("input", { type: "checkbox", id: `${id}j` });
    double.addEventListener("change", () => set({ drift: double.checked }));
    const svg = el("svg", { role: "img" }), { line: sentence, say } = explorers.sentence();
    box.append(sliders.a.row, sliders.w.row, tag("div", { class: "ex-bar" }, tag("span", {}, "Go to"), ...go), svg,
      tag("div", { class: "ex-bar ex-row ex-break" }, double, tag("label", { for: `${id}j` }, "Drift: let two rates become one, in a Jordan block")), sentence);

    function layout() {
      const W = Math.max(280, Math.floor(box.clientWidth || 640)), narrow = W < 560, top = 26, small = { style: "font-size:12px" };
      const side = narrow ? W * 0.52 : W * 0.31, plane = narrow ? W * 0.4 : W * 0.25;
      const [gx, gy, gw, gh] = narrow ? [24, side + top + 52, W - 40, 110] : [W * 0.68, top, W * 0.32 - 18, side], H = gy + gh + 42;
      svg.replaceChildren();
      put(svg, { viewBox: `0 0 ${W} ${H}`, height: H });
      const text = (x, y, content, cls = "mid", attrs = {}) => { const t = el("text", { x, y, class: cls, ...attrs }, svg); t.textContent = content; return t; };
      const line = (d, attrs) => el("path", { d, fill: "none", stroke: "var(--rim)", ...attrs }, svg);
      const head = (x, content) => text(x, 13, content, "mid", { style: "font-weight:600" });

      // The complex plane, with the one line on which a point stays bounded.
      const px = plane / 2, py = top + side / 2, half = plane / 2;
      head(px, narrow ? "a \u00b1 iw" : "eigenvalue a \u00b1 iw");
      el("rect", { x: 0, y: py - half, width: plane, height: plane, fill: "none", stroke: "var(--faint)" }, svg);
      line(`M0 ${py}H${plane}`);
      line(`M${px} ${py - half}V${py + half}`, { stroke: "var(--ink)", "stroke-width": 3 });
      text(0, py + half + 17, "fade", "soft", small);
      text(px, py + half + 17, "turn", "mid soft", small);
      text(plane, py + half + 17, "grow", "end soft", small);
      const value = text(px, py - half - 8, "", "mid", { style: "font-weight:700" });
      const marks = [1, -1].map((up) => [el("circle", { r: 10, fill: "none", "stroke-width": 1.5 }, svg), el("circle", { r: up > 0 ? 6 : 5, "stroke-width": 2 }, svg)]);
      const hit = el("rect", { x: 0, y: py - half, width: plane, height: plane, fill: "transparent", style: "cursor:pointer" }, svg);
      const pick = (e) => {
        const r = hit.getBoundingClientRect(), across = (e.clientX - r.left) / r.width - 0.5, up = 0.5 - (e.clientY - r.top) / r.height;
        const step = (name, value, most) => Math.max(-most, Math.min(most, Math.round(value * STEPS[name]) / STEPS[name]));
        set({ a: step("a", 0.22 * across, 0.1), w: Math.abs(step("w", 2.2 * up, 1)) });
      };
      hit.addEventListener("click", pick);
      hit.addEventListener("pointermove", (e) => { if (e.pointerType === "mouse" && e.buttons === 1) pick(e); });

      // The orbit, within 2.5 of the centre.
      const ox = narrow ? W - side / 2 : W * 0.45, oy = top + side / 2, unit = side / 5;
      head(ox, `positions \u2212${LAST} to ${LAST}`);
      line(`M${ox - side / 2} ${oy}h${side}M${ox} ${oy - side / 2}v${side}`, { stroke: "var(--faint)" });
      el("circle", { cx: ox, cy: oy, r: unit, fill: "none", stroke: "var(--rim)" }, svg);
      el("circle", { cx: ox, cy: oy, r: BOUND * unit, fill: "none", stroke: "var(--soft)", "stroke-dasharray": "4 4" }, svg);
      const way = line("", {});

      // The distance from the centre over the position, up to 3.
      const x = (p) => gx + (gw * (p + LAST)) / (2 * LAST), y = (d) => gy + gh * (1 - d / 3);
      text(gx + gw / 2, gy - 13, "distance from the centre", "mid", { style: "font-weight:600" });
      line(`M${gx} ${gy + gh}h${gw}M${x(0)} ${gy}v${gh}`);
      line(`M${gx} ${y(BOUND)}h${gw}`, { stroke: "var(--soft)", "stroke-dasharray": "4 4" });
      for (const d of [0, 1, BOUND]) text(gx - 6, y(d) + 4, d, "end soft", small);
      const curve = line("", {}), ends = [-LAST, -LAST / 2, 0, LAST / 2, LAST].map((p) => {
        text(x(p), gy + gh + 17, sign(p), "mid soft", small);
        return [p, text(x(p), gy + gh + 35, "", "mid", { style: "font-size:12px;font-weight:600" })];
      });

      // Hollow before position 0, filled after it, a diamond there.
      const dots = Array.from({ length: 2 * LAST + 1 }, (_, n) => n - LAST).sort((p, q) => Math.abs(q) - Math.abs(p)).map((p) => [
        p, ...[narrow ? 2.5 : 3.2, 2].map((r) => (p ? el("circle", { r, "stroke-width": 1.5 }, svg) : el("path", { d: "M0 -6l6 6l-6 6l-6 -6z" }, svg))),
      ]);

      draw = () => {
        const { a, w, drift } = state, kept = !a && !drift;
        put(value, { style: `font-weight:700;fill:${kept ? "var(--a)" : "var(--b)"}` }).textContent = orbit.eigenvalue(a, w);
        marks.forEach(([ring, dot], n) => {
          const spot = { cx: px + (a / 0.22) * plane, cy: py - (n ? -1 : 1) * (w / 2.2) * plane }, colour = kept ? "var(--a)" : "var(--b)";
          put(ring, { ...spot, stroke: drift ? colour : "none" });
          put(dot, { ...spot, stroke: colour, fill: n && w ? "var(--paper)" : colour });
        });
        const trace = (place) => {
          let d = "", inside = false;
          for (let n = -LAST * 10; n <= LAST * 10; n++) {
            const spot = place(n / 10);
            if (spot) d += `${inside ? "L" : "M"}${spot[0].toFixed(1)} ${spot[1].toFixed(1)}`;
            inside = !!spot;
          }
          return d;
        };
        const there = (p) => { const [u, v] = orbit.at(p, ...now()); return Math.max(Math.abs(u), Math.abs(v)) <= 2.5 && [ox + u * unit, oy - v * unit]; };
        const high = (p) => { const d = orbit.distance(p, ...now()); return d <= 3 && [x(p), y(d)]; };
        put(way, { d: trace(there) });
        put(curve, { d: trace(high) });
        for (const [p, ...both] of dots) [there(p), high(p)].forEach((spot, n) => {
          const colour = orbit.distance(p, ...now()) > BOUND ? "var(--b)" : "var(--a)";
          put(both[n], { transform: spot ? `translate(${spot[0].toFixed(1)} ${spot[1].toFixed(1)})` : "", opacity: spot ? 1 : 0, stroke: colour, fill: p < 0 ? "var(--paper)" : colour });
        });
        for (const [p, t] of ends) t.textContent = fix(orbit.distance(p, ...now()));
      };
    }

    function tell() {
      const far = [-LAST, -LAST / 2, 0, LAST / 2, LAST].map((p) => `${fix(orbit.distance(p, ...now()))} at position ${sign(p)}`);
      put(svg, { "aria-label": `The eigenvalue is ${orbit.eigenvalue(state.a, state.w)}${state.drift ? ", twice" : ""}. The distance of the point from the centre is ${far.join(", ")}.` });
      say(orbit.fate(...now()));
    }
    function set(change) {
      Object.assign(state, change);
      for (const name in sliders) sliders[name].show(Math.round(state[name] * STEPS[name]), fix(state[name]));
      double.checked = state.drift;
      Object.values(FATES).forEach(([a, w, drift], n) => put(go[n], { "aria-pressed": a === state.a && w === state.w && drift === state.drift }));
      draw();
      tell();
    }

    return { box, layout: () => { layout(); set({}); } };
  }

  explorers.add("orbit", make);
}
