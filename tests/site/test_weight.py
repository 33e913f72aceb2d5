"""What a first visit loads beside the page itself: style sheets, scripts and fonts, which all pages share."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

SITE = Path(__file__).parents[2] / "_build" / "html"
LIMIT = 600_000
PACKED = {".woff", ".woff2", ".png"}


def weight(path):
    """The bytes of a file on its way, gzipped unless it is packed already."""
    content = (SITE / path).read_bytes()
    return len(content if (SITE / path).suffix in PACKED else gzip.compress(content))


def test_what_the_pages_share_is_light(site, page):
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    page.goto(f"{site}/theorems/rotation.html")
    page.wait_for_function("window.MathJax?.startup?.promise")
    page.evaluate("MathJax.startup.promise.then(() => document.fonts.ready)")
    page.wait_for_load_state("networkidle")
    shared = {path: weight(path) for path in set(asked) if path.startswith("_static/")}
    assert {"_static/book.css", "_static/mathjax/tex-chtml.js"} <= set(shared)
    assert any(path.endswith(".woff") for path in shared)
    assert sum(shared.values()) < LIMIT, sorted(shared.items(), key=lambda item: -item[1])[:5]
