// Clocks above a table: a position slider turns the hands and marks the row of the table that they are.
// clocks-DIM-LAST-START, for instance clocks-8-100-20. The class "plain" leaves out the jumps and the sentence and
// halves the height.
{
  const { put, el, tag, tone } = explorers, { fix } = numbers;

  function clocks(figure, [dim, last, first]) {
    const plain = figure.classList.contains("plain"), n = dim / 2, w = numbers.frequencies(dim);
    // Positions at which a hand has turned exactly one radian.
    const marks = plain ? [] : w.map((x) => Math.round(1 / x)).filter((p, i) => p <= last && Math.abs(p * w[i] - 1) < 1e-9);
    let p = first, playing = 0, frame = 0, draw = () => {};

    const box = tag("div", { class: "ex", role: "group", "aria-label": "Clocks and table: choose a position" });
    const { row: slide, show } = explorers.slider("Position p", 0, last, (value) => set(value));
    const button = (text, name, act) => {
      const e = tag("button", { type: "button" }, text);
      if (name) e.setAttribute("aria-label", name);
      e.addEventListener("click", act);
      return e;
    };
    const play = button("Play", "", start);
    play.setAttribute("aria-pressed", "false");
    play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const more = tag("div", { class: "ex-bar" });
    if (!plain) more.append(tag("span", {}, "Go to"), ...[0, ...marks].map((m) => button(String(m), `go to position ${m}`, () => set(m))), play);
    else slide.append(play);
    const svg = el("svg", { role: "img" });
    const { line, say } = explorers.sentence();
    box.append(...(plain ? [slide, svg] : [slide, more, svg, line]));

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
      put(svg, { "aria-label": `Row ${q}. ` + w.map((f, i) => `Pair ${i}: sine ${fix(numbers.pair(q * f)[0])}, cosine ${fix(numbers.pair(q * f)[1])}.`).join(" ") });
      const rounds = Math.floor((q * w[0]) / (2 * Math.PI));
      say(q === 0 ? "Row 0: every hand points to the right, sine 0 and cosine 1."
        : there >= 0 ? `Row ${q}: hand ${there} stands at its mark, 1 radian.`
        : rounds ? `Row ${q}: hand 0 has gone round ${rounds === 1 ? "once" : rounds + " times"} and does not show it. The slower hands do.`
        : `Row ${q}: hand 0 has turned ${q} radians.`);
    }
    function set(value, moving) {
      p = Math.max(0, Math.min(last, value));
      show(Math.round(p), String(Math.round(p)), `position ${Math.round(p)}`);
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

    return { box, layout: () => { layout(); set(p, playing); } };
  }

  explorers.add("clocks", clocks);
}
