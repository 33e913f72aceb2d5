"""Put tables that other libraries made, as `make peers STORE=yes` records them, beside the chapter that names them."""

import json

from run_notebooks import BOOK, ROOT

RECORDED = ROOT / "tests" / "package" / "data" / "peers.json"
PAGE = BOOK / "practice" / "conventions.json"


def tables():
    """Every recorded table of sines and cosines on one axis: who made it, at which positions, and its rows."""
    cases = json.loads(RECORDED.read_text(encoding="utf-8"))["cases"]
    for case in cases:
        names = case["names"]
        if case["concept"] != "sinusoidal" and not case["ours"].startswith(("sinusoidal(", "np.roll(sinusoidal(")):
            continue
        if case["concept"] not in ("sinusoidal", "continuous"):
            continue
        d = names["d"]
        positions = names.get("t") or list(range(names["n"]))
        rows = [case["expected"][r * d : (r + 1) * d] for r in range(len(positions))]
        yield {key: case[key] for key in ("software", "version", "there")} | {"positions": positions, "rows": rows}


def text():
    """The file, one table a line."""
    lines = ",\n".join(json.dumps(table) for table in tables())
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
