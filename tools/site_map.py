"""The map of the site for search engines, as a Sphinx extension. It names whole addresses, so it waits for one."""

import re
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

import addresses

CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
NOT_TO_BE_FOUND = {"404.html", "search.html"}


def setup(app):
    """Register the part with Sphinx, after all pages are written."""
    app.connect("build-finished", draw_map)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def draw_map(app, exception):
    """Write the map of what was built."""
    if exception is None and app.builder.name == "html":
        write_map(Path(app.outdir))


def write_map(site):
    """Write sitemap.xml with the address that each built page gives itself, and robots.txt, which says where it is."""
    if not addresses.site():
        return
    pages = (page for page in site.rglob("*.html") if page.name not in NOT_TO_BE_FOUND)
    found = sorted({unescape(link) for page in pages for link in CANONICAL.findall(page.read_text(encoding="utf-8"))})
    lines = "".join(f"  <url><loc>{escape(address)}</loc></url>\n" for address in found)
    (site / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n',
        encoding="utf-8",
    )
    (site / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\n\nSitemap: {addresses.site()}/sitemap.xml\n", encoding="utf-8"
    )
