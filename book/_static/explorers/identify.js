// Paste a table, and read which convention made it. identify-K: the number of the example that is shown first. What is
// said is what posenc.identify says; the numbers are in identify.fit.js, identify.guess.js and identify.names.js.
{
  const { put, el, tag } = explorers;

  const halves = (w, p) => [...w.map((one) => Math.sin(one * p)), ...w.map((one) => Math.cos(one * p))];
  const ladder = (n, rung) => Array.from({ length: n }, (_, i) => 10000 ** (-i * rung));
  const rows = (first, n, row) => Array.from({ length: n }, (_, r) => row(first + r));
  const EXAMPLES = [
    ["The paper", rows(0, 8, (p) => numbers.row(p, 8))],
    ["tensor2tensor", rows(1, 8, (p) => halves(ladder(4, 1 / 3), p))],
    ["i is the column", rows(0, 8, (p) => Array.from({ length: 8 }, (_, j) => (j % 2 ? Math.cos : Math.sin)(p * 10000 ** ((-2 * j) / 8))))],
    ["No table", rows(0, 8, (p) => Array.from({ length: 8 }, (_, j) => Math.sin(12.9898 * (p + 1) * (j + 1.7) ** 2)))],
  ];
  const written = (table) => table.map((row) => row.map((v) => v.toFixed(4)).join(" ")).join("\n");

  // Rows of numbers, from what NumPy, PyTorch or a spreadsheet prints: brackets hold a row, or else a line does.
  numbers.pasted = (text) => {
    if (/\.\.\.|\u2026/.test(text)) throw "the print leaves numbers out (...): print the whole table";
    const bare = text.replace(/(tensor|array)\(/g, "").replace(/,?\s*(dtype|device)=[^,)\]]*/g, "").replace(/[()]/g, "").replace(/\u2212/g, "-");
    const lines = bare.includes("[") ? bare.match(/[^[\]]+(?=\])/g) ?? [] : bare.split("\n");
    const table = lines.map((line) => line.split(/[\s,;|]+/).filter(Boolean)).filter((words) => words.length).map((words) => words.map((word) => {
      const value = Number(word);
      if (!Number.isFinite(value)) throw `${word} is no number`;
      return value;
    }));
    if (!table.length) throw "paste rows of numbers, one row a position";
    const odd = table.findIndex((row) => row.length !== table[0].length);
    if (odd > 0) throw `row ${odd} has ${table[odd].length} numbers, and row 0 has ${table[0].length}`;
    if (table.length * table[0].length > 40000) throw "that is more than 40,000 numbers: paste fewer rows; eight are enough";
    return table;
  };

  // The sentence in lines of at most so many letters.
  const broken = (text, most) => text.split(" ").reduce((lines, word) => {
    const last = lines[lines.length - 1];
    if (last && (last + word).length < most) lines[lines.length - 1] = `${last} ${word}`; else lines.push(word);
    return lines;
  }, []);

  function identify(figure, [first]) {
    const state = { table: EXAMPLES[first][1].map((row) => row.map((v) => +v.toFixed(4))), said: "" };
    const box = tag("div", { class: "ex", role: "group", "aria-label": "Name a table" });
    const id = `identify-${++explorers.serial}`, area = tag("textarea", { id, rows: 6, spellcheck: "false", class: "ex-area" });
    const bar = tag("div", { class: "ex-bar" }, ...EXAMPLES.map(([name], k) => {
      const button = tag("button", { type: "button" }, name);
      button.addEventListener("click", () => { area.value = written(EXAMPLES[k][1]); now(); });
      return button;
    }));
    const go = tag("button", { type: "button" }, "Name it");
    const svg = el("svg", { role: "img" }), { line, say } = explorers.sentence();
    box.append(tag("label", { for: id }, "Rows of the table"), area, tag("div", { class: "ex-bar" }, go), tag("p", { class: "ex-hint", id: `${id}-examples` }, "Or an example:"), bar, svg, line);
    put(bar, { role: "group", "aria-labelledby": `${id}-examples` });
    go.addEventListener("click", () => now());
    area.addEventListener("keydown", (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) now(); });
    area.value = written(EXAMPLES[first][1]);

    function now() {
      try {
        state.table = numbers.pasted(area.value);
        state.said = numbers.identify(state.table);
      } catch (why) {
        if (typeof why !== "string") throw why;
        [state.table, state.said] = [null, why];
      }
      layout();
    }
    // Under a caption the sentence is text of the page; a picture that stands alone has it drawn.
    const alone = !figure.querySelector("figcaption");
    function layout() {
      const W = Math.max(280, Math.floor(box.clientWidth || 640)), lines = alone ? broken(state.said, Math.floor(W / 7.6)) : [];
      const table = (state.table ?? []).slice(0, 32).map((row) => row.slice(0, 128)), many = table.length ? table[0].length : 1;
      const wide = Math.min((W - 2) / many, 28), tall = Math.min(wide, 20), most = Math.max(1e-30, ...table.flat().map(Math.abs)), below = table.length * tall + 2;
      svg.replaceChildren();
      put(svg, { viewBox: `0 0 ${W} ${below + 20 * lines.length + 6}`, height: below + 20 * lines.length + 6, "aria-label": table.length ? `${state.table.length} rows and ${state.table[0].length} columns as coloured cells` : "no table" });
      table.forEach((row, r) => row.forEach((v, k) => el("rect", { x: (1 + k * wide).toFixed(2), y: (1 + r * tall).toFixed(2), width: wide.toFixed(2), height: tall.toFixed(2), fill: explorers.tone(v), "fill-opacity": (Math.abs(v) / most).toFixed(2) }, svg)));
      if (table.length) el("rect", { x: 1, y: 1, width: (wide * many).toFixed(2), height: (tall * table.length).toFixed(2), fill: "none", stroke: "var(--rim)" }, svg);
      lines.forEach((text, n) => { el("text", { x: 0, y: below + 20 * (n + 1) - 2 }, svg).textContent = text; });
      say(state.said);
    }
    state.said = numbers.identify(state.table);
    return { box, layout };
  }
  explorers.add("identify", identify);
}
