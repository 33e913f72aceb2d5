"""Where the links of the built site lead, and which of them lead nowhere."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

SITE = Path(__file__).parents[2] / "_build" / "html"
# Templates of the theme lie among its own files; the pages of JupyterLite are an application of its own.
NO_PAGES = ("_static", "lite", "student")
HERE = "http://this.site"


def pages(folder):
    """Every page of the built site, whoever made it, by its path from there."""
    found = (path.relative_to(folder) for path in folder.rglob("*.html"))
    return sorted(path.as_posix() for path in found if path.parts[0] not in NO_PAGES)


def link_faults(folder, root="/"):
    """Links and sources on the pages of a folder that lead to no file of it, or to no place on a page.

    The root is the path at which the site will stand, which links from the page of lost addresses begin with.
    """
    soup = cache(lambda path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser"))
    places = cache(
        lambda path: {e[key] for e in soup(path).find_all(True) for key in ("id", "name") if e.has_attr(key)}
    )

    def fault(page, link):
        target = urlsplit(urljoin(f"{HERE}{root}{page}", link))
        if target.netloc != "this.site":
            return None
        path = folder / unquote(target.path).removeprefix(root)
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return "no such file"
        if target.fragment and path.suffix == ".html" and unquote(target.fragment) not in places(path):
            return "no such place"
        return None

    faults = []
    for page in pages(folder):
        for element in soup(folder / page).find_all(True):
            for link in {element.get("href"), element.get("src"), element.get("data")} - {None, "", "#"}:
                if said := fault(page, link):
                    faults.append(f"{page}: {said}: {link}")
    return sorted(set(faults))
