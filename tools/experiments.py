"""Train the small heads of two chapters at ten times the size, and write what was found beside the chapters.

The pages train 5 heads for each row of their tables, this program 50, which differ in their random numbers alone.
Then it trains 20 more, to which nobody looked when the bounds in the text were chosen; each page holds its bounds
against both. `--store` writes the two JSON files that the pages show. One processor is enough.
"""

import argparse
import json
import platform
from pathlib import Path

import numpy as np

import posenc
from posenc import attention

ROOT = Path(__file__).resolve().parents[1]
PAGES = {name: ROOT / "book" / "attention" / f"{name}.json" for name in ("trained_head", "training_carries_over")}
HEADS, MORE = 50, 20
FAR = 10_000  # random starting places are below this, for encodings that have a row everywhere


def look_head(wanted, seed, encode, *, dim, places=1, stops=(300,), method="adam", rate=0.01):
    """Train queries and keys on positions alone; the head at some steps of the way."""
    rng = np.random.default_rng(seed)
    head = {name: rng.normal(size=(dim, dim)) / dim for name in ("query", "key")}
    memory, kept = None, []
    for step in range(max(stops) + 1):
        if step in stops:
            kept.append(head)
        rows = encode(rng.integers(places) + np.arange(len(wanted)))
        _, slope = attention.look_loss(rows, head, wanted)
        if method == "adam":
            head, memory = attention.adam_step(head, slope, memory, rate=rate)
        else:
            head = {name: head[name] - rate * slope[name] for name in head}
    return kept


def scores(head):
    """The matrix between two rows."""
    return head["query"] @ head["key"].T


def offset_share(head):
    """How much of the matrix is a score of the offset, by the squares of the entries."""
    matrix = scores(head)
    return (attention.offset_part(matrix) ** 2).sum() / (matrix**2).sum()


def hits(head, rows, back):
    """The share of queries that look most at the right key."""
    return (attention.attend(rows, head)[back:].argmax(axis=1) == np.arange(len(rows) - back)).mean()


def blocks(head):
    """The offset part, a complex number a + ib for each pair."""
    part = attention.offset_part(scores(head))
    return part[::2, ::2].diagonal() + 1j * part[::2, 1::2].diagonal()


def spread(values):
    """The smallest, the middle and the largest."""
    return [round(float(np.quantile(values, q)), 4) for q in (0, 0.5, 1)]


def counted(seeds, first):
    """How many heads came to the end, and after how many steps."""
    return {"heads": len(seeds), "reached": len(first), "first": spread(first or [0])}


def find_rotation(seeds, *, dim=16, n=32, stops=(0, 30, 100, 300, 1000)):
    """How much of the trained matrix is a score of the offset, and how far pair 0 turns."""
    for back in (1, 3, 10):
        for places in (1, FAR):
            wanted = np.eye(n, k=-back)
            runs = [
                look_head(wanted, seed, lambda p: posenc.sinusoidal(p, dim), dim=dim, places=places, stops=stops)
                for seed in seeds
            ]
            for step, group in zip(stops, zip(*runs, strict=True), strict=True):
                row = {"back": back, "places": places, "steps": step, "share": spread([offset_share(h) for h in group])}
                for length in (n, 2 * n, 16 * n):
                    rows = posenc.sinusoidal(range(length), dim)
                    row[f"right at {length}"] = spread([hits(h, rows, back) for h in group])
                turned = [abs(np.angle(blocks(h)[0] * np.exp(-1j * back))) for h in group]
                yield row | {"pair 0 off by": spread(turned)}


def wish(n, back, wide):
    """Where to look: at one key, or at a bump around it; asked where nearly all of the bump has room."""
    if not wide:
        return np.eye(n, k=-back)
    k = np.arange(n) - np.arange(n)[:, None]
    bump = np.exp(-((k + back) ** 2) / (2 * wide**2))
    return np.where(np.arange(n)[:, None] >= back + 2 * wide, bump / bump.sum(axis=1, keepdims=True), 0)


def use_clocks(seeds, *, dim=32, n=64):
    """Which pairs carry the offset part, and what is lost when a band is covered."""
    rows = posenc.sinusoidal(range(n), dim)
    for wide, back in ((0, 1), (0, 10), (0, 30), (8, 10), (8, 30)):
        wanted = wish(n, back, wide)
        least = -(wanted[wanted > 0] * np.log(wanted[wanted > 0])).sum() / wanted.sum()
        run = [look_head(wanted, seed, lambda p: posenc.sinusoidal(p, dim), dim=dim, places=FAR)[0] for seed in seeds]
        squares = np.array([abs(blocks(head)) ** 2 for head in run])
        squares /= squares.sum(axis=1, keepdims=True)
        found = {"wide": wide, "back": back, "share": spread([offset_share(head) for head in run])}
        found["pairs"] = squares.mean(axis=0).round(4).tolist()
        found["bands"] = [spread(part) for part in squares.reshape(len(seeds), 4, -1).sum(axis=2).T]
        found["loss"] = spread([attention.look_loss(rows, head, wanted)[0] - least for head in run])
        found["covered"] = []
        for band in range(4):
            seen = rows * (np.arange(dim) // (dim // 4) != band)
            found["covered"].append(spread([attention.look_loss(seen, head, wanted)[0] - least for head in run]))
        if not wide:
            found["right"] = []
            for band in range(4):
                seen = rows * (np.arange(dim) // (dim // 4) != band)
                found["right"].append(spread([hits(head, seen, back) for head in run]))
        yield found


def codes(n=32):
    """Tables for n positions, every row of length sqrt(8): name, does it have a derivative, rows."""
    p, waves = np.arange(n), posenc.sinusoidal(np.arange(n), 16)
    tables = {
        "waves": (True, waves),
        "waves, 10 times slower": (True, posenc.sinusoidal(p / 10, 16)),
        "waves, 100 times slower": (True, posenc.sinusoidal(p / 100, 16)),
        "signs of the waves": (False, np.where(waves < 0, -1.0, 1.0)),
        "binary digits": (False, 2.0 * (p[:, None] >> np.arange(5) & 1) - 1),
        "one of 3, of 5 and of 8": (False, np.hstack([np.eye(m)[p % m] for m in (3, 5, 8)])),
        "random signs": (False, np.random.default_rng(0).choice([-1.0, 1.0], size=(n, 16))),
    }
    for name, (smooth, table) in tables.items():
        yield name, smooth, table * np.sqrt(8) / np.linalg.norm(table, axis=1, keepdims=True)


def learn_codes(seeds, *, back=3, steps=1000, every=10):
    """How many steps it takes until every query finds the key 3 back, smooth codes beside codes that jump."""
    stops = range(0, steps + 1, every)
    for method, rate in (("adam", 0.01), ("plain", 0.3)):
        for name, smooth, table in codes():
            wanted, first, last = np.eye(len(table), k=-back), [], []
            for seed in seeds:
                run = look_head(
                    wanted, seed, table.__getitem__, dim=table.shape[1], stops=stops, method=method, rate=rate
                )
                right = [hits(head, table, back) for head in run]
                last.append(right[-1])
                first += [stops[right.index(1)]] if 1 in right else []
            row = {"code": name, "smooth": smooth, "columns": table.shape[1], "method": method, "steps": steps}
            yield row | counted(seeds, first) | {"right": spread(last)}


def read_head(kind, seed, *, back=3, dim=32, n=16, words=8, texts=8, places=1, length=None, steps=300, every=None):
    """Train a head to name the word so many places back, and give the function that tests it."""
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(words, dim)) * (1 if length is None else length / np.sqrt(dim))
    wide = 2 * dim if kind == "side by side" else dim
    head = {
        name: rng.normal(size=(wide, size)) / dim for name, size in (("query", dim), ("key", dim), ("value", words))
    }
    if kind == "learned":
        head["table"] = rng.normal(size=(16 * n, dim)) * np.sqrt(0.5)

    def sees(text, p):
        k = p[..., None, :] - p[..., :, None]
        rows, given = table[text], {"bias": np.where(k > 0, -np.inf, 0)}
        if kind == "added":
            rows = rows + posenc.sinusoidal(p, dim)
        elif kind == "side by side":
            rows = np.concatenate([rows, posenc.sinusoidal(p, dim) + 0 * rows], axis=-1)
        elif kind == "learned":
            rows = rows + head["table"][p]
        elif kind == "rotary":
            given["turn"] = posenc.rotary_cos_sin(p, dim)
        elif kind == "ALiBi":
            given["bias"] = given["bias"] - abs(k) / 2
        return rows, given

    def right(longer, tries):
        fresh = np.random.default_rng(1000 + seed).integers(words, size=(tries, longer))
        rows, given = sees(fresh, np.arange(longer))
        named = (attention.attend(rows, head, **given) @ rows @ head["value"]).argmax(axis=-1)
        return (named[:, back:] == fresh[:, :-back]).mean()

    memory, reached = None, None
    for step in range(steps):
        if every and step % every == 0 and reached is None and right(n, 32) >= 0.99:
            reached = step
        text = rng.integers(words, size=(texts, n))
        p = rng.integers(places, size=(texts, 1)) + np.arange(n)
        wanted = np.zeros((texts, n, words))
        wanted[:, back:] = np.eye(words)[text[:, :-back]]
        rows, given = sees(text, p)
        _, slope = attention.read_loss(rows, head, wanted, **given)
        if kind == "learned":
            slope["table"] = np.zeros_like(head["table"])
            np.add.at(slope["table"], p, slope["rows"])
        head, memory = attention.adam_step(head, slope, memory)
    return right, reached, head


def carry_over(seeds, *, n=16):
    """Trained at n, tested at longer texts; with ALiBi or nothing, the head cannot see where a text begins."""
    cases = [(kind, places) for kind in ("added", "learned", "rotary") for places in (1, 15 * n + 1)]
    cases += [("ALiBi", 1), ("none", 1)]
    for back in (1, 3):
        for kind, places in cases:
            runs = [read_head(kind, seed, back=back, n=n, places=places) for seed in seeds]
            row = {"back": back, "encoding": kind, "places": places}
            for times in (1, 2, 4, 16):
                row[f"{times} n"] = spread([right(times * n, 64 // times) for right, *_ in runs])
            if kind == "added":
                row["share"] = spread([offset_share(head) for *_, head in runs])
            yield row


def add_to_words(seeds, *, dim=32, n=16, steps=400):
    """How many steps it takes with words of four lengths, added and side by side."""
    for name, length in (("1", 1), ("sqrt(d)", np.sqrt(dim)), ("2 sqrt(d)", 2 * np.sqrt(dim)), ("d / 2", dim / 2)):
        for kind in ("added", "side by side"):
            runs = [read_head(kind, seed, n=n, length=length, steps=steps, every=20) for seed in seeds]
            first = [step for _, step, _ in runs if step is not None]
            row = {"length": name, "how": kind} | counted(seeds, first)
            for times in (1, 2):
                row[f"{times} n"] = spread([right(times * n, 64 // times) for right, *_ in runs])
            yield row


EXPERIMENTS = {
    "trained_head": {"rotation": find_rotation, "clocks": use_clocks},
    "training_carries_over": {"lengths": carry_over, "codes": learn_codes, "words": add_to_words},
}


def written(about, lists):
    """JSON with one row a line, so that a change shows where it is."""
    parts = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in about.items()]
    for name, rows in lists.items():
        parts.append(f" {json.dumps(name)}: [\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n ]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", action="store_true", help="write the files that the pages show")
    parser.add_argument("--only", choices=PAGES, help="the experiments of one page")
    asked = parser.parse_args()
    about = {"heads": HEADS, "more": MORE, "numpy": np.__version__, "python": platform.python_version()}
    for page, experiments in EXPERIMENTS.items():
        if asked.only in (None, page):
            found = {}
            for name, experiment in experiments.items():
                for label, seeds in ((name, range(HEADS)), (f"{name}, more", range(HEADS, HEADS + MORE))):
                    found[label] = []
                    for row in experiment(seeds):
                        print(label, json.dumps(row), flush=True)
                        found[label].append(row)
            if asked.store:
                PAGES[page].write_text(written(about, found), encoding="utf-8")
                print(f"Stored in {PAGES[page].relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
