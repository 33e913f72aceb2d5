// Which i: choose a cell of the table, and every slot of the formula that fills it is filled in. Below, the exponents
// that people take by mistake, each with what it would put into the same cell; one of them can fill the whole table.
// which-i-DIM-ROWS-P-J, for instance which-i-8-6-3-5: the chosen cell is position 3, column 5.
{
  const { put, el, tag, tone } = explorers, { sign, digits, plain } = numbers;

  // What stands over d in the exponent of column j. The first is the formula's own.
  numbers.readings = [
    { name: "2i/d", why: "i counts pairs", over: (j) => 2 * (j >> 1) },
    { name: "i/d", why: "the 2 is lost", over: (j) => j >> 1 },
    { name: "j/d", why: "column j taken for 2i", over: (j) => j },
    { name: "2j/d", why: "column j taken for i", over: (j) => 2 * j },
  ];
  numbers.cell = (p, j, dim, reading) => {
    const frequency = 10000 ** (-reading.over(j) / dim), angle = p * frequency;
    return { frequency, angle, value: numbers.pair(angle)[j % 2] };
  };
  const wavelength = (w) => ((x) => x.toLocaleString("en", { maximumFractionDigits: x < 1000 ? 1 : 0 }))((2 * Math.PI) / w);
  const bold = (e, on) => { e.style.fontWeight = on ? 700 : 400; return e; };
  const WAVES = ["sin", "cos"], SPOKEN = ["sine", "cosine"];

  function whichI(figure, [dim, rows, p, j]) {
    const { readings } = numbers;
    let reading = readings[0], draw = () => {}, focus = () => {};
    const cell = (row, column, by = reading) => numbers.cell(row, column, dim, by);
    const partner = (column) => column ^ 1;
    // Whether a column shares its frequency with its partner, and whether it has the exponent of the formula.
    const shared = (by) => by.over(j) === by.over(partner(j)), agrees = (column) => reading.over(column) === readings[0].over(column);

    const box = tag("div", { class: "ex", role: "group", "aria-label": "Which i: choose a cell of the table" });
    const svg = el("svg", { role: "group", "aria-label": "Formula and table" });
    const id = `which-${++explorers.serial}`;
    const lines = readings.map((by, n) => {
      const radio = tag("input", { type: "radio", name: id, id: `${id}-${n}` });
      radio.checked = !n;
      radio.addEventListener("change", () => { reading = by; show(); });
      const cells = Array.from({ length: 4 }, () => tag("td", {}));
      const name = tag("th", { scope: "row" }, tag("label", { for: radio.id }, radio, tag("span", {}, tag("b", {}, by.name), ` ${by.why}`)));
      return { by, cells, row: tag("tr", {}, name, ...cells) };
    });
    const heads = ["filled with", "exponent", "frequency", "value", "sin\u00b2 + cos\u00b2"].map((head) => tag("th", { scope: "col" }, head));
    const here = tag("caption", {});
    const table = tag("table", { class: "ex-numbers ex-readings" }, here, tag("thead", {}, tag("tr", {}, ...heads)), tag("tbody", {}, ...lines.map((line) => line.row)));
    const { line, say } = explorers.sentence();
    box.append(svg, table, line);

    function layout() {
      const W = Math.max(280, Math.floor(box.clientWidth || 640)), narrow = W < 480, size = narrow ? 11 : 13;
      const left = narrow ? 18 : 76, gap = narrow ? 3 : 10, wide = (W - left - gap * (dim / 2 - 1)) / dim, tall = narrow ? 32 : 34;
      const x0 = (column) => left + column * wide + (column >> 1) * gap;
      const held = svg.contains(document.activeElement);
      svg.replaceChildren();
      const text = (x, y, content, cls = "mid", px = size, parent = svg) => {
        const t = el("text", { x, y, class: cls, style: `font-size:${px}px` }, parent);
        t.textContent = content;
        return t;
      };

      // The formula with its letters, with its numbers, and what that makes. A part is its text and its kind: "" plain,
      // "slot" what the cell fills in, "up" an exponent.
      const said = el("g", { role: "img" }, svg);
      const formulas = [18, 44, ...(narrow ? [68] : [])].map((y) => text(0, y, "", "", narrow ? 13 : 15, said));
      const write = (t, parts) => {
        let lifted = 0;
        t.replaceChildren();
        for (const [content, kind] of parts) {
          const up = kind === "up" ? 6 : 0;
          el("tspan", { dy: lifted - up, ...(up ? { style: "font-size:80%;font-weight:600" } : kind ? { style: "font-weight:700" } : {}) }, t).textContent = content;
          lifted = up;
        }
      };
      const across = narrow ? 4 : 7, top = narrow ? 94 : 74;
      const facts = ["column j", "pair i", "exponent", "frequency", "wavelength", "angle", "value"].map((name, n) => {
        const x = (n % across) * (W / across), y = top + Math.floor(n / across) * 40;
        text(x, y, name, "soft", narrow ? 11 : 12, said);
        return bold(text(x, y + 17, "", "", narrow ? 13 : 14, said), true);
      });

      const head = top + (narrow ? 88 : 54), body = head + 62;
      const quiet = el("g", { "aria-hidden": "true" }, svg);
      [[narrow ? "j" : "column j", 0], [narrow ? "i" : "pair i", 25], [narrow ? "" : "exponent", 50]]
        .forEach(([name, y]) => text(0, head + y, name, "soft", 12, quiet));
      const columns = Array.from({ length: dim }, (_, column) => ({
        name: text(x0(column) + wide / 2, head, column, "mid", size, quiet),
        exponent: text(x0(column) + wide / 2, head + 50, "", "mid", narrow ? 10.5 : 12, quiet),
      }));
      const pairs = Array.from({ length: dim / 2 }, (_, i) => ({
        name: text(x0(2 * i) + wide, head + 26, i, "mid", size, quiet),
        bracket: el("path", { d: `M${x0(2 * i) + 4} ${head + 6}v6h${2 * wide - 8}v-6`, fill: "none" }, quiet),
      }));
      const grid = el("g", { role: "grid", "aria-label": `Table of ${rows} positions and ${dim} columns` }, svg);
      const cells = Array.from({ length: rows }, (_, row) => {
        const line = el("g", { role: "row" }, grid), y = body + row * tall;
        const name = put(text(left - (narrow ? 5 : 8), y + tall / 2 + 4, narrow || row ? row : "position 0", "end", 12, line), { "aria-hidden": "true" });
        const made = Array.from({ length: dim }, (_, column) => {
          const g = el("g", { role: "gridcell", class: "ex-cell" }, line);
          const at = { x: x0(column) + 1.5, y: y + 1.5, width: wide - 3, height: tall - 3 };
          const tint = el("rect", at, g), rim = el("rect", { ...at, fill: "none" }, g);
          const value = text(x0(column) + wide / 2, y + tall / 2 + 4, "", "mid", narrow ? 10.5 : 13, g);
          g.addEventListener("click", () => set(row, column));
          return { g, tint, rim, value };
        });
        return { name, made };
      });
      put(svg, { viewBox: `0 0 ${W} ${body + rows * tall + 2}`, height: body + rows * tall + 2 });

      grid.addEventListener("keydown", (e) => {
        const whole = e.ctrlKey || e.metaKey;
        const to = {
          ArrowLeft: [p, j - 1], ArrowRight: [p, j + 1], ArrowUp: [p - 1, j], ArrowDown: [p + 1, j],
          Home: [whole ? 0 : p, 0], End: [whole ? rows - 1 : p, dim - 1], PageUp: [0, j], PageDown: [rows - 1, j],
        }[e.key];
        if (!to || e.altKey) return;
        e.preventDefault();
        set(...to);
      });

      draw = () => {
        const i = j >> 1, wave = j % 2, { frequency, angle, value } = cell(p, j), over = `${reading.over(j)}/${dim}`;
        const letters = [[wave ? "PE(p, 2i + 1) = " : "PE(p, 2i) = ", ""], [WAVES[wave], "slot"], ["(p / 10000", ""], [reading.name, "up"], [")", ""]];
        const filled = [[WAVES[wave], "slot"], ["(", ""], [String(p), "slot"], [" / 10000", ""], [over, "up"], [")", ""]];
        const made = [[` = ${WAVES[wave]} ${plain(angle)} = `, ""], [digits(value, 4), "slot"]];
        const right = reading === readings[0], start = [[right ? `PE(${p}, ${j}) = ` : `not PE(${p}, ${j}): `, ""]];
        if (!right) letters[0][0] = "wrong: ";
        write(formulas[0], letters);
        write(formulas[1], [...start, ...filled, ...(narrow ? [] : made)]);
        if (narrow) write(formulas[2], made);
        [j, i, over, plain(frequency), wavelength(frequency), plain(angle), digits(value, 4)].forEach((fact, n) => { facts[n].textContent = fact; });
        put(said, { "aria-label": `${right ? "" : "With the wrong exponent: "}${SPOKEN[wave]} of ${p} divided by 10000 to the power ${over}, the ${SPOKEN[wave]} of ${plain(angle)}, is ${digits(value, 4)}. Frequency ${plain(frequency)}, wavelength ${wavelength(frequency)}.` });

        columns.forEach(({ name, exponent }, column) => {
          exponent.textContent = `${reading.over(column)}/${dim}`;
          bold(name, column === j);
          bold(exponent, column >> 1 === i);
        });
        pairs.forEach(({ name, bracket }, n) => {
          bold(name, n === i);
          put(bracket, { stroke: n === i ? "var(--ink)" : "var(--rim)", "stroke-width": n === i ? 2.5 : 1 });
        });
        cells.forEach(({ name, made }, row) => {
          bold(name, row === p);
          made.forEach(({ g, tint, rim, value }, column) => {
            const v = cell(row, column).value, chosen = row === p && column === j, mate = row === p && column === partner(j);
            value.textContent = digits(v, narrow ? 2 : 4);
            put(tint, { fill: tone(v), opacity: 0.4 * Math.abs(v) });
            put(rim, { stroke: chosen || (mate && shared(reading)) ? "var(--ink)" : "var(--faint)", "stroke-width": chosen ? 3 : mate ? 2 : 1, "stroke-dasharray": mate ? "4 3" : "none" });
            put(g, { tabindex: chosen ? 0 : -1, "aria-selected": chosen, "aria-label": `position ${row}, column ${column}, ${SPOKEN[column % 2]} of pair ${column >> 1}, ${value.textContent}` });
          });
        });
      };
      focus = () => cells[p].made[j].g.focus();
      draw();
      if (held) focus();
    }

    function show() {
      draw();
      here.textContent = `Position ${p}, column ${j}, by four exponents`;
      lines.forEach(({ by, cells }) => {
        const { frequency, value } = cell(p, j, by), other = cell(p, partner(j), by).value;
        [`${by.over(j)}/${dim}`, plain(frequency), digits(value, 4), digits(value ** 2 + other ** 2, 4)].forEach((shown, n) => { cells[n].textContent = shown; });
      });
      say(verdict());
    }
    function verdict() {
      const i = j >> 1, name = reading.name, over = (column) => `${reading.over(column)}/${dim}`;
      if (reading === readings[0]) return `Column ${j} is 2 \u00d7 ${i}${j % 2 ? " + 1" : ""}, the ${SPOKEN[j % 2]} of pair ${i}. Column ${partner(j)} is its ${SPOKEN[1 - (j % 2)]} and has the same exponent, ${over(j)}.`;
      if (p === 0) return "Row 0 is 0, 1, 0, 1 and so on under every exponent, so it cannot tell which one was taken.";
      if (shared(reading)) return `With ${name} both columns of pair ${i} have the exponent ${over(j)}${agrees(j) ? ", as they should: pair 0 does not show the mistake." : ". They stay a pair, but turn faster than they should: this is the table of base 100."}`;
      const even = 2 * i, sum = digits(cell(p, even).value ** 2 + cell(p, even + 1).value ** 2, 4);
      return `With ${name} columns ${even} and ${even + 1} have different exponents, ${over(even)} and ${over(even + 1)}${agrees(even) ? ` (column ${even} has the right one)` : ""}. So sin\u00b2 + cos\u00b2 is not 1 everywhere; here it is ${sum}.`;
    }
    function set(row, column) {
      p = Math.max(0, Math.min(rows - 1, row));
      j = Math.max(0, Math.min(dim - 1, column));
      show();
      focus();
    }

    return { box, layout: () => { layout(); show(); } };
  }

  explorers.add("which-i", whichI);
}
