// What `identify` does with numbers: how a table was rounded, first guesses of its ladder, and the fit that follows.
// This is posenc/_precision.py, _estimate.py and _seeds.py in plain loops, in the same order; the tests hold the
// sentences of both equal. A table is { y, u, x, e, q, single }: entries, one unit of each, row numbers, rungs, quarter
// turns, and whether angles may be float32. A fit is { drop, start, step, scale } with the errors dropE, startE, stepE.
const ladders = (() => {
  const { abs, exp, log, sin, cos, sqrt, floor, min, max, hypot, sign, PI } = Math;
  const range = (n) => Array.from({ length: n }, (_, k) => k);
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  const top = (list) => list.reduce((a, b) => (b > a ? b : a), -Infinity);
  const order = (list, key) => [...list].sort((a, b) => key(a) - key(b));
  const even = (x) => { const r = Math.round(x); return abs(x - floor(x)) === 0.5 && r % 2 ? r - 1 : r; };
  const spread = (n, most) => (n <= most ? range(n) : range(most).map((k) => floor((k * (n - 1)) / (most - 1))));

  const BINARY = { bfloat16: [8, -126], float16: [11, -14], float32: [24, -126] };
  const NAMES = ["2 decimals", "3 decimals", "bfloat16", "float16", "4 decimals", "5 decimals", "4 digits", "5 digits",
    ...[6, 7, 8, 9].flatMap((n) => [`${n} decimals`, `${n} digits`]), "10 decimals", "11 decimals", "12 decimals", "float32"];
  const lastDigit = (v, digits) => 10 ** (floor(Math.log10((abs(v) || 1) * (1 + 1e-12))) + 1 - digits);
  function unit(v, name) {
    if (name.endsWith("decimals")) return 0.501 * 10 ** -parseInt(name);
    if (name.endsWith("digits")) return 0.501 * lastDigit(v, parseInt(name));
    const [digits, lowest] = BINARY[name] ?? [45, -60];
    let power = v ? floor(Math.log2(abs(v))) : -1;
    if (v && 2 ** power > abs(v)) power--;
    if (v && 2 ** (power + 1) <= abs(v)) power++;
    return 2 ** (max(power, lowest) - digits + 1);
  }
  function holds(v, name) {
    if (BINARY[name]) { const step = unit(v, name); return even(v / step) * step === v; }
    const places = parseInt(name), moved = name.endsWith("decimals") ? v / 10 ** -places : v / lastDigit(v, places);
    return abs(moved - even(moved)) <= 1e-9 + abs(moved) * (places <= 5 ? 2 ** -23 : 2 ** -50);
  }
  function stored(rows) {
    const all = rows.flat();
    if (all.every((v) => abs(v * 10 - even(v * 10)) < 1e-9)) return "float64";
    return NAMES.find((name) => all.every((v) => holds(v, name))) ?? "float64";
  }

  const some = (t, rows, columns) => ({
    y: rows.map((r) => columns.map((k) => t.y[r][k])), u: rows.map((r) => columns.map((k) => t.u[r][k])),
    x: rows.map((r) => t.x[r]), e: columns.map((k) => t.e[k]), q: columns.map((k) => t.q[k]), single: t.single,
  });
  // The largest of something over all entries, given the angle and the entry; NaN if any is.
  function largest(t, fit, what) {
    let most = 0;
    const speeds = t.e.map((e) => exp(-fit.drop * e));
    for (let r = 0; r < t.x.length; r++) for (let k = 0; k < t.e.length; k++) {
      const one = what((fit.start + fit.step * t.x[r]) * speeds[k], r, k);
      if (!(one <= most)) most = one;
      if (most !== most) return NaN;
    }
    return most;
  }
  function allowed(t, fit, angle, r, k) {
    const roundings = 4 + 2 * abs(fit.drop * t.e[k]), turned = abs(angle);
    if (!t.single) return t.u[r][k] + abs(fit.scale) * (2e-11 + 4e-16 * roundings * turned);
    return t.u[r][k] + abs(fit.scale) * (2 ** -23 + min(roundings * 2 ** -24 * turned, 0.02));
  }
  const off = (t, fit) => largest(t, fit, (a, r, k) => abs(t.y[r][k] - fit.scale * sin(a + t.q[k])));
  const worst = (t, fit) => largest(t, fit, (a, r, k) => abs(t.y[r][k] - fit.scale * sin(a + t.q[k])) / allowed(t, fit, a, r, k));

  // Solve a small system, and give its inverse too: Gauss and Jordan, largest pivot first.
  function inverse(a) {
    const n = a.length, m = a.map((row, i) => [...row, ...range(n).map((j) => +(i === j))]);
    for (let c = 0; c < n; c++) {
      let p = c;
      for (let r = c; r < n; r++) if (abs(m[r][c]) > abs(m[p][c])) p = r;
      [m[c], m[p]] = [m[p], m[c]];
      const d = m[c][c];
      m[c] = m[c].map((v) => v / d);
      for (let r = 0; r < n; r++) if (r !== c && m[r][c]) { const f = m[r][c]; m[r] = m[r].map((v, j) => v - f * m[c][j]); }
    }
    return m.map((row) => row.slice(n));
  }
  const lost = (fit) => ({ ...fit, start: NaN });
  function solve(t, prior, free = "cpsa", rounds = 2) {
    const n = free.length, w = t.x.map((x, r) => t.e.map((e, k) => 1 / allowed(t, prior, (prior.start + prior.step * x) * exp(-prior.drop * e), r, k)));
    let fit = prior;
    for (let round = 0; round < rounds; round++) {
      const A = range(n).map(() => Array(n).fill(0)), b = Array(n).fill(0), speeds = t.e.map((e) => exp(-fit.drop * e));
      for (let r = 0; r < t.x.length; r++) for (let k = 0; k < t.e.length; k++) {
        const place = fit.start + fit.step * t.x[r], angle = place * speeds[k] + t.q[k], wave = sin(angle), slope = fit.scale * cos(angle) * speeds[k];
        const all = { c: -slope * t.e[k] * place, p: slope, s: slope * t.x[r], a: wave };
        const row = [...free].map((name) => all[name] * w[r][k]), missed = (t.y[r][k] - fit.scale * wave) * w[r][k];
        for (let i = 0; i < n; i++) { b[i] += row[i] * missed; for (let j = 0; j < n; j++) A[i][j] += row[i] * row[j]; }
      }
      if (!A.flat().every(Number.isFinite)) return lost(fit);
      [...free].forEach((name, i) => {
        const key = { c: "drop", p: "start", s: "step" }[name], error = prior[`${key}E`];
        if (!key || !Number.isFinite(error)) return;
        const weight = 1 / max(error, 1e-15) ** 2;
        A[i][i] += weight;
        b[i] += (prior[key] - fit[key]) * weight;
      });
      const size = range(n).map((i) => sqrt(A[i][i]) || 1);
      const inv = inverse(A.map((row, i) => row.map((v, j) => v / (size[i] * size[j]) + 1e-14 * (i === j))));
      const change = {}, error = {};
      [...free].forEach((name, i) => {
        change[name] = sum(range(n).map((j) => (inv[i][j] * b[j]) / size[j])) / size[i];
        error[name] = sqrt(inv[i][i] / size[i] ** 2);
      });
      const d = (name) => change[name] ?? 0, s = (name) => error[name] ?? 0;
      fit = { drop: fit.drop + d("c"), start: fit.start + d("p"), step: fit.step + d("s"), scale: fit.scale + d("a"), dropE: s("c"), startE: s("p"), stepE: s("s") };
      if (!(Number.isFinite(fit.start) && abs(fit.drop) * (1 + top(t.e.map(abs))) < 300)) return lost(fit);
    }
    return fit;
  }

  // The line height - drop * e that the most points agree on, with the errors of both.
  function line(e, logs, errors) {
    let few = order(range(e.length), (k) => errors[k]).slice(0, 60).sort((a, b) => a - b), best = null, most = 0;
    few = spread(few.length, 14).map((k) => few[k]);
    for (const a of few) for (const b of few) {
      const run = e[b] - e[a];
      if (run < 0.25) continue;
      const drop = (logs[a] - logs[b]) / run;
      const close = range(e.length).filter((k) => {
        const reach = (abs(e[k] - e[a]) + abs(e[k] - e[b])) / run;
        return abs(logs[k] - (logs[a] - drop * (e[k] - e[a]))) <= min(3 * errors[k] + 3 * (errors[a] + errors[b]) * reach + 1e-9, 0.5);
      });
      const count = close.length - (errors[a] + errors[b]) / run;
      if (!best || count > most) [best, most] = [close, count];
    }
    if (!best) return null;
    const w = best.map((k) => 1 / (errors[k] + 1e-12) ** 2), all = sum(w), over = (f) => sum(best.map((k, i) => w[i] * f(k)));
    const middle = over((k) => e[k]) / all, moment = over((k) => (e[k] - middle) ** 2), level = over((k) => logs[k]) / all;
    const drop = -over((k) => (e[k] - middle) * logs[k]) / moment;
    return [level + drop * middle, drop, sqrt(1 / all + middle ** 2 / moment), 1 / sqrt(moment)];
  }

  // Where the first row may stand: a sum of waves in the place, low where the columns agree.
  function starts(t, seed, rows, most) {
    const speed = (k) => exp(-seed.drop * t.e[k]), all = range(t.e.length), sorted = order(all, speed);
    const fastest = min(max(2, speed(sorted[min(11, all.length - 1)])), 8);
    let usable = all.filter((k) => speed(k) <= fastest && speed(k) * 10240 * seed.dropE * abs(t.e[k]) <= 0.7);
    if (usable.length < 2) usable = sorted.slice(0, 2);
    const columns = spread(usable.length, rows.length === 1 ? 20 : 12).map((i) => usable[i]).sort((a, b) => a - b), waves = [];
    let level = 0;
    for (const times of [1, 2]) for (const k of columns) {
      let re = 0, im = 0;
      for (const r of rows) {
        const turn = times * (seed.step * t.x[r] * speed(k) + t.q[k]), height = times === 1 ? 2 * seed.scale * t.y[r][k] : -0.5 * seed.scale ** 2;
        re += height * (times === 1 ? -sin(turn) : cos(turn));
        im += height * (times === 1 ? cos(turn) : sin(turn));
        if (times === 1) level += t.y[r][k] ** 2 + 0.5 * seed.scale ** 2;
      }
      waves.push([times * speed(k), hypot(re, im), Math.atan2(im, re)]);
    }
    const pace = 0.5 / max(top(columns.map(speed)), 0.01), side = Math.ceil(sqrt(20480 / pace)), missed = new Float64Array(side * side).fill(level);
    const place = (n) => pace * (n - floor((side * side) / 2));
    for (const [w, size, turn] of waves) {
      const c = range(side).map((b) => cos(pace * b * w)), s = range(side).map((b) => sin(pace * b * w));
      for (let a = 0; a < side; a++) {
        const angle = place(a * side) * w + turn, ca = size * cos(angle), sa = size * sin(angle);
        for (let b = 0; b < side; b++) missed[a * side + b] += ca * c[b] - sa * s[b];
      }
    }
    let found = [];
    for (let n = 0; n < missed.length; n++) if ((!n || missed[n] <= missed[n - 1]) && (n === missed.length - 1 || missed[n] < missed[n + 1])) found.push(n);
    found = order(found, (n) => missed[n]).slice(0, most);
    const limit = 4 * missed[found[0]] + 0.1 * rows.length * columns.length * seed.scale ** 2;
    return found.filter((n) => missed[n] <= limit).map(place);
  }

  // Slow columns first, and a faster one when its phase has become sure.
  function polish(t, seed, start) {
    const pace = 0.5 / max(min(2, top(t.e.map((e) => exp(-seed.drop * e)))), 0.01), span = top(t.x.map(abs));
    let fit = { ...seed, start, startE: pace }, taken = 0;
    for (let round = 0; round < 12; round++) {
      const unsure = t.e.map((e) => exp(-fit.drop * e) * (fit.dropE * abs(e) * (abs(fit.start) + abs(fit.step) * span) + fit.stepE * span + min(fit.startE, pace)));
      let sure = range(unsure.length).filter((k) => unsure[k] <= 0.7);
      if (sure.length <= taken) {
        const limit = [...unsure].sort((a, b) => a - b)[min(taken + 1, unsure.length - 1)];
        sure = range(unsure.length).filter((k) => unsure[k] <= limit);
      }
      taken = sure.length;
      const part = some(t, range(t.x.length), sure);
      fit = solve(part, { ...fit, dropE: seed.dropE, stepE: seed.stepE, startE: taken < 2 ? fit.startE : Infinity });
      if (!Number.isFinite(fit.start) || (taken > 3 && off(part, fit) > 0.3 * seed.scale)) return lost(fit);
      if (taken === unsure.length) break;
    }
    return solve(t, { ...fit, dropE: Infinity, startE: Infinity, stepE: seed.stepE }, "cpsa", 4);
  }

  function lookedAt(rows) {
    const found = new Set(spread(rows, 24));
    let reach = 48;
    for (; reach < rows; reach *= 4) spread(reach, 48).forEach((r) => found.add(r));
    spread(min(rows, reach), 48).forEach((r) => found.add(r));
    return [...found].sort((a, b) => a - b);
  }
  function extend(t, numbers, fit) {
    const columns = spread(t.e.length, 48);
    for (let reach = 12; ; reach *= 4) {
      const rows = range(numbers.length).filter((i) => numbers[i] < reach), part = some(t, spread(rows.length, 96).map((i) => rows[i]), columns);
      fit = solve(part, { ...fit, dropE: Infinity, startE: Infinity, stepE: numbers.length > 1 ? Infinity : 0 }, "cpsa", 4);
      if (!(Number.isFinite(fit.start) && worst(part, fit) <= 1.5)) return null;
      if (rows.length === numbers.length) return fit;
    }
  }
  // Every fit to the first rows that agrees with them, each once.
  function* candidates(t, seeds, rows) {
    const part = some(t, range(min(t.x.length, 12)), spread(t.e.length, 48)), seen = [];
    for (const seed of seeds) for (const start of starts(t, seed, rows, t.e.length < 16 && seed.dropE > 1e-8 ? 24 : 8)) {
      const fit = polish(part, seed, start);
      if (!(Number.isFinite(fit.start) && fit.scale > 0 && worst(part, fit) <= 1.5)) continue;
      if (seen.some((other) => abs(fit.drop - other.drop) <= 1e-7 + 2 * min(fit.dropE, other.dropE)
        && abs(fit.start - other.start) <= 1e-6 * (1 + abs(fit.start)) + 0.05
        && abs(fit.step - other.step) <= 1e-5 * abs(fit.step) + 2 * min(fit.stepE, other.stepE))) continue;
      seen.push(fit);
      yield fit;
      if (seen.length >= 12) return;
    }
  }
  return { range, sum, top, order, spread, unit, stored, some, worst, solve, line, lookedAt, extend, candidates };
})();
