"""Measure `posenc` beside other programs: time, exactness, memory. `--store` keeps the result for the page.

All programs run on one processor core, one after the other, in rounds, so that whatever else the machine does meets
them alike. Of the processor time of each the least over all rounds counts, and what is reported is how many times the
floor it is: times are those of one machine on one day, ratios carry over better. The error is the largest distance
from values with 50 digits, at positions that are spread over the table. Memory is the most that a fresh process needs
beyond what it had before, as a multiple of the finished table.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "OMP_NUM_THREADS": "1"}

import mpmath as mp
import numpy as np
from tables import FLOOR, HEAD, HEADS, LENGTH, TABLES, rotary_programs

import posenc
import torch

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "book" / "practice" / "fast_tables.json"
SHAPES = [(1, 512), (128, 512), (2048, 512), (65536, 512), (1_000_000, 64)]
SOFTWARE = ["numpy", "torch", "positional-encodings", "rotary-embedding-torch", "transformers"]
#: A turn of a program lasts at least so long, and its time is taken over calls of at least so long, in seconds.
TURN, CALLS = 0.3, 0.002


def least_times(programs, arguments, rounds):
    """The least processor time of a call of each program, in seconds, over rounds in which each has its turn."""
    least = {}
    for number in range(rounds + 1):  # the first round warms up and finds out how many calls to take together
        for program in programs:
            print(f"  round {number} of {rounds}: {program.name:34}", end="\r", file=sys.stderr, flush=True)
            count = max(int(CALLS / least[program.name]), 1) if number else 1
            whole = time.process_time()
            while True:
                start = time.process_time()
                for _ in range(count):
                    program.make(*arguments)
                end = time.process_time()
                least[program.name] = min(max(end - start, 1e-6) / count, least.get(program.name, np.inf))
                if end - whole >= TURN:
                    break
    print(" " * 64, end="\r", file=sys.stderr)
    return least


def exact_rows(positions, d, layout, spacing):
    """Rows of 50 digits."""
    pairs = d // 2
    with mp.workdps(50):
        steps = [mp.mpf(i) / (pairs - 1) if spacing == "tensor2tensor" else mp.mpf(2 * i) / d for i in range(pairs)]
        freqs = [mp.mpf(10000) ** -step for step in steps]
        rows = np.empty((len(positions), d), dtype=object)
        for i, w in enumerate(freqs):
            sine, cosine = (posenc.column_of(i, wave, d, layout=layout) for wave in ("sin", "cos"))
            for row, p in zip(rows, positions, strict=True):
                row[sine], row[cosine] = mp.sin(p * w), mp.cos(p * w)
    return rows


def spread(n):
    """A few positions all over a table, the last ones among them."""
    return sorted({1, n // 3, n // 2 + 1, n - 17, n - 2, n - 1} & set(range(n)))


def largest_error(table, positions, exact):
    """The largest distance of some rows from exact ones."""
    return max(
        abs(mp.mpf(float(x)) - y)
        for p, row in zip(positions, exact, strict=True)
        for x, y in zip(table[p], row, strict=True)
    )


def errors(n, d):
    """The largest error of each program, at a few positions."""
    positions, known = spread(n), {}
    for program in TABLES:
        if program is not FLOOR:
            convention = program.layout, program.spacing
            if convention not in known:
                known[convention] = exact_rows(positions, d, *convention)
            yield program.name, float(largest_error(np.asarray(program.make(n, d)), positions, known[convention]))


def peak(name, n, d):
    """Run one program in this process, which is fresh, and print what it needed at most, in tables."""
    program = next(program for program in TABLES if program.name == name)
    program.make(128, d)
    Path("/proc/self/clear_refs").write_text("5")  # from here on the peak is counted anew
    before = memory("VmRSS")
    program.make(n, d)
    print((memory("VmHWM") - before) / (4 * n * d))


def memory(name):
    """A number of bytes that Linux reports of this process."""
    status = Path("/proc/self/status").read_text()
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))


def peak_elsewhere(name, n, d):
    """What a program needs at most, in tables, in a process of its own."""
    command = [sys.executable, __file__, "--peak", name, str(n), str(d)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def measure_tables(n, d, rounds):
    """One row for each program that makes a table of this shape."""
    print(f"{n} x {d}", file=sys.stderr)
    least = least_times(TABLES, (n, d), rounds)
    error = dict(errors(n, d))
    for program in TABLES:
        row = {"n": n, "d": d, "program": program.name, "ratio": least[program.name] / least[FLOOR.name]}
        row["error"] = error.get(program.name)
        row["memory"] = peak_elsewhere(program.name, n, d) if n * d > 2**22 else None
        yield row


def measure_rotary(rounds):
    """Queries after turning, beside exact ones."""
    print(f"rotary, {HEADS} x {LENGTH} x {HEAD}", file=sys.stderr)
    x = np.random.default_rng(0).standard_normal((HEADS, LENGTH, HEAD)).astype(np.float32)
    programs = rotary_programs(x)
    least = least_times(programs, (), rounds)
    positions = spread(LENGTH)
    waves = exact_rows(positions, HEAD, "halves", "paper")
    for program in programs:
        error = None
        if program is not programs[0]:
            turned = np.asarray(program.make())[0]
            first, second = ((slice(0, None, 2), slice(1, None, 2)), (slice(0, HEAD // 2), slice(HEAD // 2, None)))[
                program.layout == "halves"
            ]
            error = 0.0
            for p, row in zip(positions, waves, strict=True):
                sin, cos = row[: HEAD // 2], row[HEAD // 2 :]
                a, b = (np.array([mp.mpf(float(v)) for v in x[0, p, half]]) for half in (first, second))
                away = [
                    *(a * cos - b * sin - turned[p, first].astype(float)),
                    *(a * sin + b * cos - turned[p, second].astype(float)),
                ]
                error = max(error, float(max(map(abs, away))))
        yield {"program": program.name, "ratio": least[program.name] / least[programs[0].name], "error": error}


def printed(title, rows):
    """Print rows, the cheapest first."""
    print(f"\n{title}\n  {'':34}{'times the floor':>16}{'largest error':>15}{'memory':>8}")
    for row in sorted(rows, key=lambda row: row["ratio"]):
        error = "" if row["error"] is None else f"{row['error']:.0e}"
        tables = "" if row.get("memory") is None else f"{row['memory']:.1f}"
        print(f"  {row['program']:34}{row['ratio']:16.2f}{error:>15}{tables:>8}")


def processor():
    """The kind of processor, as Linux names it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown")


def rounded(row):
    """Three digits are more than another run repeats."""
    return {name: float(f"{value:.3g}") if isinstance(value, float) else value for name, value in row.items()}


def main():
    """Measure all, print it, and store it if that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--store", action="store_true", help=f"keep the result in {PAGE.relative_to(ROOT)}")
    parser.add_argument("--peak", nargs=3, metavar=("PROGRAM", "N", "D"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.peak:
        name, n, d = options.peak
        peak(name, int(n), int(d))
        return
    tables = []
    with torch.inference_mode():
        for n, d in SHAPES:
            rows = list(measure_tables(n, d, options.rounds))
            printed(f"A table of {n} x {d}", rows)
            tables += rows
        rotary = list(measure_rotary(options.rounds))
    printed(f"Turning {HEADS} x {LENGTH} x {HEAD} queries", rotary)
    if options.store:
        lists = {"tables": tables, "rotary": rotary}
        about = {"processor": f"{platform.machine()}, {processor()}"}
        about |= {"versions": {name: version(name) for name in SOFTWARE} | {"posenc": posenc.__version__}}
        about["versions"]["python"] = ".".join(map(str, sys.version_info[:2]))
        parts = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in about.items()]
        for name, entries in lists.items():
            lines = ",\n".join("  " + json.dumps(rounded(entry)) for entry in entries)
            parts.append(f" {json.dumps(name)}: [\n{lines}\n ]")
        PAGE.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
        print(f"\nStored in {PAGE.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
