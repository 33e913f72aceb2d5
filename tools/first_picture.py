"""Draw the picture of the README and of the book's first page."""

import io

import posenc
from posenc import plotting
from run_notebooks import BOOK

PATH = BOOK / "_static" / "first_picture.png"


def drawn():
    """The picture, as the bytes of a PNG file."""
    table = posenc.sinusoidal(range(60), 24, base=1000)
    buffer = io.BytesIO()
    plotting.reading(table, 20, height=3.6).savefig(buffer, format="png")
    return buffer.getvalue()


if __name__ == "__main__":
    PATH.write_bytes(drawn())
