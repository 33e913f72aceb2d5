// From fitted numbers to names: posenc/_reading.py and _identify.py, in the same order and the same words. Left out are
// rotary pairs and positions of one's own. The page around it is identify.js.
{
  const { range, sum, top, order, spread, unit, stored, some, worst, solve, lookedAt, extend, candidates, mean, fromPairs, fromColumns, oneLength } = ladders;
  const { abs, exp, log, log10, sqrt, floor, min, max } = Math;

  const UNSHARED = "with j the column, so that no two columns share a frequency";
  const GRIDS = {
    paper: "paper grid", tensor2tensor: "tensor2tensor grid", "paper, pairs from 1": "paper grid with the pairs counted from 1",
    "exponent i/d": "exponent i/d instead of 2i/d", "exponent 4i/d": "exponent 4i/d instead of 2i/d", "exponent i": "exponent i",
    "exponent -2i/d": "a ladder that grows (2i/d with the wrong sign)",
    "exponent j/d": `exponent j/d ${UNSHARED}`, "exponent 2j/d": `exponent 2j/d ${UNSHARED}`,
  };
  const E = [Math.E, exp(2)];
  const digitsOf = (v) => max(abs(v).toExponential(14).split("e")[0].replace(".", "").replace(/0+$/, "").length, 1);
  function roundest(low, high) {
    const middle = (low + high) / 2, size = max(abs(low), abs(high));
    if ((low <= 0 && 0 <= high) || !size) return 0;
    const place = floor(log10(size));
    for (let power = place; power > place - 14; power--) {
      const step = power >= 0 ? 10 ** power : 1 / 10 ** -power, least = Math.ceil(low / step), most = floor(high / step);
      if (least > most) continue;
      const count = min(max(floor(middle / step + 0.5), least), most);
      return power >= 0 ? count * step : count / 10 ** -power;
    }
    return middle;
  }
  function bits(v) {
    const digits = 3.3 * digitsOf(v) + 3;
    return v === floor(v) && abs(v) < 1e12 ? min(digits, Math.log2(abs(v) + 1) + 1) : digits;
  }
  function baseBits(base) {
    if (E.includes(base)) return 3;
    const unused = 2 * max(log10(base) - 7, 1.3 - log10(base), 0);
    if (base === 1e4) return unused + 1;
    return unused + (base === 5e5 || (digitsOf(base) === 1 && base.toExponential()[0] === "1") ? 3 : bits(base) + 1);
  }
  const nearest = (v, reach, these) => these.find((one) => abs(v - one) <= reach) ?? roundest(v - reach, v + reach);
  const scales = (d) => ({ "": 1, "sqrt(d)": sqrt(d), "1/sqrt(d)": 1 / sqrt(d), "sqrt(2/d)": sqrt(2 / d) });
  function grids(dims, pairs, shared, offset) {
    return dims.flatMap((d, k) => {
      const more = 3 * k;
      if (offset) return [["paper, pairs from 1", d, 2 / d, 6 + more]];
      if (!shared) return [["exponent j/d", d, 2 / d, 4 + more], ["exponent 2j/d", d, 4 / d, 4 + more]];
      return [["paper", d, 2 / d, more], ...(!k && pairs > 1 ? [["tensor2tensor", d, 1 / (pairs - 1), 1]] : []),
        ["exponent i/d", d, 1 / d, 8 + more], ["exponent 4i/d", d, 4 / d, 8 + more], ["exponent -2i/d", d, -2 / d, 8 + more],
        ...(k ? [] : [["exponent i", d, 1, 10]])];
    });
  }
  function withRoundNumbers(t, fit, dims, pairs, shared, offset, narrow) {
    const raise = (drop) => exp(drop * offset), free = { dropE: Infinity, startE: Infinity, stepE: t.x.length < 2 ? 0 : Infinity };
    let sure = solve(t, { ...fit, ...free }), up = raise(fit.drop);
    const common = t.single && narrow ? 2e-6 : 1e-12;
    const step = nearest(sure.step * up, narrow * (sure.stepE * up + abs(sure.step) * up * sure.dropE * offset) + common * abs(sure.step), [1, -1]);
    if (offset && digitsOf(step) > 3) return [];
    const held = (now) => ({ ...now, step: step * exp(-now.drop * offset) });
    sure = solve(t, { ...held({ ...fit, dropE: Infinity, startE: Infinity, stepE: Infinity }), drop: sure.drop, start: sure.start, scale: sure.scale }, "cpa");
    up = raise(sure.drop);
    const begin = sure.start * up, first = nearest(begin, narrow * (sure.startE * up + abs(sure.start) * up * sure.dropE * offset) + 10 * common * (1 + abs(begin)), [0, 1, floor(begin + 0.5)]);
    let at = solve(t, { ...held(sure), start: first / up, dropE: Infinity }, "ca", 3);
    const entry = mean(t.u.flat()), reach = (8 * narrow * entry) / sqrt(t.y.length * t.e.length) + 1e-11, names = Object.values(scales(dims[0]));
    const scale = names.find((one) => abs(at.scale - one) <= narrow * entry + 1e-11) ?? roundest(at.scale - reach, at.scale + reach);
    at = solve(t, { ...at, scale, dropE: Infinity }, "c", 3);
    const plain = bits(first) + (step === 1 ? 0 : step === -1 ? 2 : bits(step) + 2) + (scale === 1 ? 0 : names.includes(scale) ? 2 : bits(scale));
    const alone = (d, final) => ({ grid: null, dim: d, base: null, first, step, scale, fit: final, cost: plain, digits: 0 });
    if (pairs === 1 && shared) { const final = { ...at, start: first, step, scale }; return worst(t, final) <= 1 ? [alone(dims[0], final)] : []; }
    const found = [];
    for (const [grid, dim, rung, gridBits] of grids(dims, pairs, shared, offset)) {
      const logBase = at.drop / rung, popular = grid === "exponent i" ? E : [1e4];
      if (!(abs(logBase) < 30)) continue;
      let base, final = null;
      for (const reach of [8 * narrow, 2 * narrow, narrow, narrow / 2, narrow / 4, narrow / 16, 0]) {
        const wide = min((max(reach, 1e-9) * at.dropE) / abs(rung) + (reach ? common : 2e-12), 30), low = exp(logBase - wide), high = exp(logBase + wide);
        base = popular.find((one) => low <= one && one <= high) ?? roundest(low, high);
        const drop = log(base) * rung, down = exp(-drop * offset), one = { drop, start: first * down, step: step * down, scale };
        if (worst(t, one) <= 1) { final = one; break; }
      }
      if (!final) continue;
      if (4 * at.dropE * pairs > 1.2) return [alone(dim, final)];
      if ((grid === "exponent i" && !E.includes(base)) || abs(logBase) < 0.01 || (base < 1 && grid === "tensor2tensor")) continue;
      const digits = digitsOf(base), odd = grid.startsWith("exponent") && shared && !E.includes(base);
      if (odd && (base < 1 || base > 1e7 || digits > 5)) continue;
      const cost = plain + gridBits + baseBits(base) + (base < 1 ? 12 : 0) + (grid === "tensor2tensor" && base !== 1e4 ? 4 : 0);
      found.push({ grid, dim, base, first, step, scale, fit: final, cost, digits });
    }
    return found;
  }
  function readings(t, fit, dims, pairs, shared) {
    const part = some(t, spread(t.x.length, 96), spread(t.e.length, 256)), found = [];
    for (const offset of shared && pairs > 1 ? [0, 1] : [0]) for (const narrow of [4, 1, 0]) {
      const more = withRoundNumbers(part, fit, dims, pairs, shared, offset, narrow);
      found.push(...more);
      if (more.length) break;
    }
    return order(found, (one) => one.cost);
  }

  function arrangements(columns, lastIsZero) {
    const all = range(columns), odd = columns % 2, blocks = [[all, odd ? [columns, columns + 1] : [columns], false]];
    if (odd && lastIsZero && columns > 1) blocks.unshift([all.slice(0, -1), [columns - 1, columns], true]);
    return blocks.flatMap(([these, dims, zero]) => (these.length > 2 ? ["interleaved", "halves"] : ["either"]).flatMap((layout) => {
      const half = Math.ceil(these.length / 2), a = layout === "halves" ? these.slice(0, half) : these.filter((_, k) => k % 2 === 0), b = these.filter((k) => !a.includes(k));
      return [["sine first", a, b], ["cosine first", b, a]].map(([first, sines, cosines]) => ({ layout, first, sines, cosines, dims, zero }));
    }));
  }
  function columnsOf(rows, x, own, shared, tier) {
    const all = [...own.sines, ...own.cosines], y = rows.map((row) => all.map((k) => row[k])), n = own.sines.length;
    return { y, u: y.map((row) => row.map((v) => unit(v, tier))), x, e: all.map((_, k) => (k < n ? k : k - n + (shared ? 0 : 0.5))), q: all.map((_, k) => (k < n ? 0 : Math.PI / 2)), single: tier !== "float64" };
  }
  const BITS = { float64: 36, float32: 20, float16: 10, bfloat16: 7 };
  function best(rows, x, all, tier) {
    const looked = lookedAt(x.length), plain = (found) => found.some((one) => one.surplus > 100 && one.reading.cost < 30);
    let speeds = null;
    for (const shared of [true, false]) {
      const found = [];
      for (const own of all) {
        const sines = own.sines.length, cosines = own.cosines.length, whole = min(sines, cosines), pairs = max(sines, cosines);
        if (!whole || (!shared && sines + cosines < 4)) continue;
        const t = columnsOf(looked.map((r) => rows[r]), looked.map((r) => x[r]), own, shared, tier);
        let seeds, at = [0];
        if (shared) {
          const scale = oneLength(t, sines, whole);
          if (scale === null) continue;
          const [guesses, measured] = fromPairs(t, sines, whole, scale, own.dims[0]);
          seeds = guesses;
          speeds = speeds ?? measured;
        } else {
          seeds = fromColumns(t, [2 / own.dims[0], 4 / own.dims[0]]);
          at = [...new Set([0, floor(looked.length / 2), looked.length - 1].map((r) => min(r, 11)))].sort((a, b) => a - b);
        }
        const evidence = pairs * (BITS[tier] ?? 3.3 * parseInt(tier));
        const surplus = (one) => (x.length < 2 ? evidence - one.cost : min(2 * evidence - one.cost, evidence - (one.cost - bits(one.first)) + 6));
        for (const fit of candidates(t, seeds, at)) {
          const longer = extend(t, looked, fit);
          if (longer) found.push(...readings(t, longer, own.dims, pairs, shared).map((reading) => ({ own, pairs, reading, surplus: surplus(reading) })));
          if (plain(found)) break;
        }
        if (plain(found)) break;
      }
      const sorted = order(found, (one) => one.reading.cost), one = sorted.find(({ own, reading }) => looked.length === x.length || worst(columnsOf(rows, x, own, shared, tier), reading.fit) <= 1);
      if (one) return [{ ...one, others: sorted.filter((other) => other !== one) }, speeds];
    }
    return [null, speeds];
  }

  function shown(v) {
    if (!v) return "0";
    const text = v.toFixed(max(0, min(5 - floor(log10(abs(v)) + 1e-12), 20)));
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  }
  function sentence(own, one, found, x, zeroed, precision, short) {
    const parts = short ? [] : [own.layout === "either" ? "one pair of columns" : own.layout, own.first];
    if (!one.grid) parts.push("the grid and base cannot be told from so little");
    else {
      const longest = 2 * Math.PI * exp(one.fit.drop * (found.pairs - 1)), wave = longest >= 100 ? floor(longest + 0.5).toLocaleString("en") : shown(+longest.toPrecision(3));
      parts.push(GRIDS[one.grid] + (one.dim !== own.dims[0] ? ` of ${one.dim} columns` : "") + (["paper", "tensor2tensor"].includes(one.grid) ? ` (last wavelength ${wave})` : ""));
      parts.push(`base ${shown(one.base)}${one.base === E[0] ? " = e" : one.base === E[1] ? " = e^2" : ""}`);
    }
    if (!short || one.first !== found.reading.first || one.step !== found.reading.step) {
      parts.push(`${x[0] ? `row ${x[0]}` : "first row"} is position ${shown(one.first + one.step * x[0])}`);
      if (one.step !== 1 && x.length > 1) parts.push(`step ${shown(one.step)}`);
    }
    if (short) return parts.join(", ");
    const name = Object.entries(scales(own.dims[0])).find(([, value]) => value === one.scale);
    if (one.scale !== 1) parts.push(`scaled by ${shown(one.scale)}${name && name[0] ? ` = ${name[0]}` : ""}`);
    if (own.zero) parts.push("the last column is zeros");
    if (zeroed.length) parts.push(zeroed.length === 1 ? `row ${zeroed[0]} is zeros` : `${zeroed.length} rows are zeros`);
    if (/(decimals|digits|float16)$/.test(precision)) parts.push(`rounded to ${precision}`);
    return parts.join(", ");
  }
  function worthSaying(other, chosen, same) {
    if (!same) return other.cost <= chosen.cost + 6;
    if (other.base === null || chosen.base === null || other.cost > chosen.cost + 40) return false;
    if ((other.first !== chosen.first || other.step !== chosen.step) && other.cost > chosen.cost + 10) return false;
    const used = (base) => 20 <= base && base <= 1e8;
    if (["exponent i", "exponent i/d", "exponent 4i/d", "exponent -2i/d", "paper, pairs from 1"].includes(other.grid))
      return other.base === 1e4 || (other.digits <= 2 && (chosen.digits > 2 || !used(chosen.base))) || other.digits + 2 < chosen.digits;
    if (!used(other.base)) return other.grid === "paper" && chosen.grid === "exponent -2i/d";
    return other.digits <= (chosen.base === 1e4 ? 1 : 2) || chosen.digits > 2;
  }
  // The sentence of posenc.identify for rows of numbers.
  numbers.identify = (table) => {
    const zeroed = range(table.length).filter((r) => table[r].every((v) => v === 0)), x = range(table.length).filter((r) => !zeroed.includes(r)), rows = x.map((r) => table[r]);
    if (!rows.length) return "nothing fits: every entry is zero";
    if (rows.length > 1 && rows.every((row) => row.every((v, k) => v === rows[0][k]))) return "nothing fits: all rows are the same";
    const all = arrangements(table[0].length, rows.every((row) => row[row.length - 1] === 0)), precision = stored(rows);
    let found = null, turning = null, tier;
    for (tier of new Set([precision, precision === "float64" ? "float32" : precision])) {
      const [one, speeds] = best(rows, x, all, tier);
      turning = turning ?? speeds;
      if ((found = one)) break;
    }
    if (!found) return turning ? `nothing fits: the pairs turn evenly, but they follow no known ladder from a first position within 10,000 of 0; radians per row (${turning.slice(0, 4).map(shown).join(", ")}${turning.length > 4 ? ", ..." : ""})`
      : "nothing fits: the columns are no pairs of sine and cosine in any known layout";
    const { own, reading, others } = found, more = [];
    for (const { own: theirs, reading: other } of others) {
      if ((theirs === own && ["grid", "base", "first", "step"].every((key) => other[key] === reading[key])) || !worthSaying(other, reading, theirs === own)) continue;
      const text = sentence(theirs, other, found, x, [], "", theirs === own);
      if (!more.includes(text)) more.push(text);
    }
    const said = [sentence(own, reading, found, x, zeroed, tier, false), ...more.slice(0, 3)].join("; the same table: ");
    return found.surplus < 12 ? `too small to decide; among what fits is: ${said}` : said;
  };
}
