"""A figure as SVG: sharp at every size, small, the same on every run, and without a ground of its own."""

import io
import re

from matplotlib.figure import Figure

#: What the whole picture has in common. The ground is white where no page says otherwise.
SHARED = "background: #ffffff; font-family: system-ui, sans-serif; stroke-linejoin: round; stroke-linecap: butt"


def as_svg(figure: Figure) -> str:
    """The SVG of a figure in the current style, without what only Matplotlib reads.

    Its texts stay texts, in the sans-serif face of whoever reads them. They are laid out with
    DejaVu Sans, which is wider than those, so that they never meet.
    """
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", bbox_inches="tight", facecolor="none", metadata={"Date": None})
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>|<defs>\s*<style.*?</defs>|<!--.*?-->", "", text, flags=re.DOTALL)
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', text))
    text = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", text)
    text = re.sub(r"; font-family: [^;\"]*|font-family: [^;\"]*; | transform=\"rotate\(-0 [^\"]*\"", "", text)
    text = re.sub(r' (?:d|x|y|width|height|viewBox)="[^"]*"', _short, text)
    text = re.sub(r"\n\s*", "\n", re.sub(r"(?<=base64,)\s*", "", text)).strip()
    return text[text.index("<svg") :].replace("<svg", f'<svg style="{SHARED}"', 1) + "\n"


def _short(found: re.Match[str]) -> str:
    """An attribute whose numbers have two digits after the point, and no more blanks than they need."""
    text = re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), found[0])
    return " " + re.sub(r'\s+"', '"', re.sub(r"\s*([MLCQz])\s*", r"\1", text)).strip()
