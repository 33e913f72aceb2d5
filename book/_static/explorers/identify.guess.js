// First guesses for the fits of identify.fit.js: posenc/_seeds.py and its neighbours in plain loops, in the same order. Left
// out are positions of one's own, so the rows are numbered 0, 1, 2, ...
Object.assign(ladders, (() => {
  const { range, sum, top, spread, line } = ladders;
  const { abs, exp, log, sin, cos, sqrt, floor, min, max, hypot, sign, PI } = Math;
  const mean = (list) => sum(list) / list.length;
  const median = (list) => { const s = [...list].sort((a, b) => a - b), n = s.length; return n % 2 ? s[(n - 1) / 2] : (s[n / 2 - 1] + s[n / 2]) / 2; };
  const guess = (drop, step, dropE = 1e-9, stepE = 1e-4) => ({ drop, start: 0, step, scale: 1, dropE, startE: Infinity, stepE });
  const KNOWN = [1e4, 100, 500, 1000, 1e5, 5e5, 1e6, 1e7];
  const known = (perRung, steps) => steps.flatMap((step) => perRung.flatMap((rung) => KNOWN.map((base) => guess(log(base) * rung, step))));

  // First guesses. A pair is [cosine, sine].
  function turns(pairs, noise, x) {
    if (x.length < 2) return null;
    const gaps = range(x.length - 1).map((r) => x[r + 1] - x[r]), gap = min(...gaps), near = range(gaps.length).filter((r) => gaps[r] <= gap * (1 + 1e-9));
    const speeds = noise.map((_, k) => {
      const part = (f) => sum(near.map((r) => f(pairs[r + 1][k], pairs[r][k])));
      return Math.atan2(part((b, a) => b[1] * a[0] - b[0] * a[1]), part((b, a) => b[0] * a[0] + b[1] * a[1])) / gap;
    });
    return [speeds, noise.map((e) => (1.5 * e) / (near.length * gap))];
  }
  function through(speeds, errors, those) {
    const size = those.map((k) => abs(speeds[k])), sure = those.map((k, i) => errors[k] / size[i]), found = line(those, size.map(log), sure);
    if (!found) return null;
    const [height, drop, heightE, dropE] = found, pace = exp(height), way = sum(those.map((k, i) => sign(speeds[k]) / (sure[i] + 1e-12))) >= 0 ? 1 : -1;
    return guess(drop, way * pace, dropE, pace * heightE);
  }
  function roundOnesNear(raw, last, perRung) {
    if (raw.dropE * max(last, 1) < 1e-4) return [];
    let { step, stepE } = raw;
    if (abs(abs(step) - 1) <= 4 * stepE + 1e-3) [step, stepE] = [sign(step), stepE * 1e-3];
    const near = new Set();
    for (const rung of perRung) for (let n = 1; n < 9; n++) for (let m = 1; m < 10; m++) {
      const drop = log(m * 10 ** n) * rung;
      if (abs(drop - raw.drop) <= 4 * raw.dropE + 1e-9) near.add(drop);
    }
    return [...near].sort((a, b) => abs(a - raw.drop) - abs(b - raw.drop) || a - b).slice(0, 8).map((drop) => ({ ...guess(drop, step, 1e-9, stepE), scale: raw.scale }));
  }
  function onLadder(speeds, errors, perRung) {
    const n = speeds.length, size = speeds.map(abs), clear = range(n).filter((k) => size[k] > 3 * errors[k] && size[k] > 1e-14);
    if (n === 1) return [guess(0, speeds[0], 0, errors[0])];
    if (!clear.length) return known(perRung, [1, -1]);
    if (clear.length === 1) { const pace = size[clear[0]]; return known(perRung, [pace, 1, -pace, -1]); }
    let guesses = [];
    const raw = through(speeds, errors, clear);
    if (!raw) guesses = known(perRung, [1, -1]);
    else {
      const expected = range(n).map((k) => abs(raw.step) * exp(-raw.drop * k)), seen = clear.filter((k) => expected[k] < 2.9);
      const lies = (k) => abs(speeds[k] - sign(raw.step) * expected[k]) <= 6 * errors[k] + expected[k] * (4 * hypot(raw.stepE / abs(raw.step), raw.dropE * k) + 1e-4);
      if (seen.length >= 0.4 * clear.length && seen.every(lies)) guesses = [raw, ...roundOnesNear(raw, n - 1, perRung)];
    }
    const grows = (one) => range(n).every((k) => {
      const expected = one.step * exp(-one.drop * k), away = expected - speeds[k] + PI;
      return !(abs(expected) * (one.stepE + one.dropE * k) < 0.3) || abs(away - 2 * PI * floor(away / (2 * PI)) - PI) <= 6 * errors[k] + 0.35;
    });
    let rising = 1;
    while (rising < n && size[rising - 1] < size[rising] && size[rising] < 2.9) rising++;
    const growing = known([-perRung[0]], [sign(speeds[0])]);
    if (rising >= 2 && rising < n) {
      const first = through(speeds, errors, clear.filter((k) => k < rising));
      guesses = [...(first ? [first] : []), ...growing].filter(grows).concat(guesses);
    } else if (abs(size[0] - 1) <= 1e-3 + 3 * errors[0]) guesses = guesses.concat(growing.filter(grows));
    return guesses;
  }
  // Guesses for pairs of one length, and their speeds if they turn evenly; `bad` if they do not.
  function fromPairs(t, sines, whole, scale, dim) {
    const n = t.x.length, ks = range(whole), far = t.x.map((x) => x - t.x[0]);
    const pairs = t.y.map((row) => ks.map((k) => [row[sines + k] / scale, row[k] / scale]));
    let noise = ks.map((k) => sqrt(mean(range(n).map((r) => (t.y[r][sines + k] * t.u[r][k]) ** 2 + (t.y[r][k] * t.u[r][sines + k]) ** 2))) / scale ** 2);
    let turn = turns(pairs, noise, t.x), isEven = false;
    if (turn && n > 2) {
      const slack = t.single ? 0.02 : 1e-6, away = range(n).map((r) => ks.map((k) => {
        const a = Math.atan2(pairs[r][k][1], pairs[r][k][0]) - Math.atan2(pairs[0][k][1], pairs[0][k][0]) - far[r] * turn[0][k];
        return a - 2 * PI * Math.round(a / (2 * PI));
      }));
      isEven = away.every((row, r) => row.every((a, k) => abs(a) <= 4 * noise[k] + slack + far[r] * (turn[1][k] + slack / max(top(far), 1))));
      if (!isEven) return [[], null];
      noise = noise.map((e, k) => { const m = mean(away.map((row) => row[k])); return max(e, sqrt(mean(away.map((row) => (row[k] - m) ** 2)))); });
    }
    const speeds = isEven ? turn[0] : null, perRung = [2 / dim, 1 / max(whole - 1, 1)];
    turn = turns(pairs, noise, t.x);
    let guesses = turn ? onLadder(...turn, perRung) : [];
    if (!turn || guesses.some((one) => one.dropE * (whole - 1) > 1e-4)) {
      const phases = pairs[0].map(([c, s]) => abs(Math.atan2(s, c))), clear = ks.filter((k) => phases[k] > 3 * noise[k] && phases[k] > 1e-14), step = guesses.length ? guesses[0].step : 1;
      const found = clear.length > 1 && line(clear, clear.map((k) => log(phases[k])), clear.map((k) => noise[k] / phases[k]));
      if (found) guesses = guesses.concat(guess(found[1], step, found[3], 0.02 * abs(step)));
    }
    if (!turn) guesses = guesses.concat(known(perRung, [1]));
    return [guesses.map((one) => ({ ...one, scale })), speeds];
  }
  // Guesses for columns with a frequency each: before + after = 2 cos(w) now.
  function fromColumns(t, perRung) {
    const n = t.x.length, gaps = range(n - 1).map((r) => t.x[r + 1] - t.x[r]), uneven = gaps.findIndex((g) => abs(g - gaps[0]) > 1e-9 * gaps[0]);
    let scale = top(t.y.flat().map(abs));
    const plain = perRung.map((rung) => guess(log(1e4) * rung, 1)), first = min(uneven < 0 ? n : uneven + 1, 48);
    if (first < 3) return scale <= 1.001 ? plain : [];
    const gap = gaps[0], ks = range(t.e.length), inner = range(first - 2).map((r) => r + 1);
    const waves = ks.map((k) => {
      const power = sum(inner.map((r) => t.y[r][k] ** 2)) || Infinity, both = (r) => t.y[r - 1][k] + t.y[r + 1][k];
      const c = sum(inner.map((r) => t.y[r][k] * both(r))) / (2 * power), inside = abs(c) < 1, speed = Math.acos(inside ? c : 1);
      const unsure = sqrt(6 * sum(inner.map((r) => t.u[r][k] ** 2))) / (2 * sqrt(power)) / max(sin(speed), 1e-12), unitTop = top(inner.map((r) => t.u[r][k]));
      const isEven = inner.every((r) => abs(both(r) - 2 * cos(speed) * t.y[r][k]) <= 5 * unitTop + 1e-6 * scale);
      return { speed, unsure, clear: inside && isEven && power < Infinity && unsure < 0.3 * speed };
    });
    const clear = ks.filter((k) => waves[k].clear), rel = (k) => waves[k].unsure / waves[k].speed;
    if (first > 4 && !clear.length) return [];
    if (clear.length < 2) return plain;
    const found = line(clear.map((k) => t.e[k]), clear.map((k) => log(waves[k].speed)), clear.map(rel));
    if (!found) return plain;
    const [height, drop, heightE, dropE] = found, sure = clear.filter((k) => waves[k].unsure < 0.05 * waves[k].speed);
    const lying = sure.filter((k) => abs(log(waves[k].speed) - height + drop * t.e[k]) <= 4 * rel(k) + 0.01);
    if (sure.length > 2 && lying.length / sure.length < 0.7) return [];
    const sizes = clear.filter((k) => waves[k].speed > 0.2).map((k) => {
      const add = (f) => sum(range(first).map((r) => { const a = (waves[k].speed / gap) * t.x[r]; return f(sin(a), cos(a), t.y[r][k]); }));
      const ss = add((s) => s * s), cc = add((s, c) => c * c), sc = add((s, c) => s * c), sy = add((s, c, y) => s * y), cy = add((s, c, y) => c * y), det = ss * cc - sc * sc;
      return det > 1e-9 ? hypot(sy * cc - cy * sc, cy * ss - sy * sc) / det : 0;
    });
    if (sizes.length) scale = median(sizes);
    const pace = exp(height) / gap, raw = { ...guess(drop, pace, dropE, pace * heightE), scale };
    return [raw, { ...raw, step: -pace }, ...roundOnesNear(raw, top(t.e), perRung).slice(0, 4)];
  }
  function oneLength(t, sines, whole) {
    const rows = spread(t.x.length, 64), ks = range(whole), at = (part, r, k) => [part[r][k], part[r][sines + k]];
    const least = [0, sines].map((shift) => (t.single ? 2 ** -23 * top(rows.flatMap((r) => ks.map((k) => abs(t.y[r][shift + k])))) : 0));
    const all = rows.flatMap((r) => ks.map((k) => {
      const [s, c] = at(t.y, r, k), [us, uc] = at(t.u, r, k).map((u, i) => max(u, least[i]));
      return [s * s + c * c, 2 * (abs(s) * us + abs(c) * uc) + us * us + uc * uc];
    }));
    const middle = mean(all.map(([square]) => square)), more = mean(all.map(([, slack]) => slack)) + 1e-12 * middle;
    return all.some(([square, slack]) => abs(square - middle) > slack + more) ? null : sqrt(middle);
  }
  return { mean, fromPairs, fromColumns, oneLength };
})());
