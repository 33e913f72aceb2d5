"""Draw the picture of the README and of the book's first page; with --check, only compare."""

import argparse
import io
import sys

import posenc
from notebooks import BOOK
from posenc import plotting

PATH = BOOK / "_static" / "first_picture.png"


def drawn():
    """The picture, as the bytes of a PNG file."""
    table = posenc.sinusoidal(60, 24, base=1000)
    buffer = io.BytesIO()
    plotting.reading(table, 20, height=3.6).savefig(buffer, format="png")
    return buffer.getvalue()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if the stored picture differs")
    if not parser.parse_args().check:
        PATH.write_bytes(drawn())
    elif PATH.read_bytes() != drawn():
        sys.exit(f"{PATH.name} differs from a fresh drawing")
