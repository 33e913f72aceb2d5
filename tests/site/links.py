"""The pages of the built site, where their links lead, and which of them lead nowhere."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

import addresses

SITE = Path(__file__).parents[2] / "_build" / "html"
# Where the site will stand on its host: the page of lost addresses asks for everything from there.
BASE = f"{urlsplit(addresses.site() or '').path}/"
HOST = "http://the.site"
# Templates of the theme lie among its own files; JupyterLite is an application of its own.
NO_PAGES = ("_static", "lite", "student")


def pages(folder):
    """Every page of a built site, whoever made it, by its path from there."""
    found = (path.relative_to(folder) for path in folder.rglob("*.html"))
    return sorted(path.as_posix() for path in found if path.parts[0] not in NO_PAGES)


def link_faults(folder, names=None):
    """Links and sources, on all pages of a folder or on those named, that lead to no file or to no place on a page."""
    return [
        f"{name}: {said}: {link}"
        for name in names or pages(folder)
        for link in links(folder / name)
        if (said := fault(folder, name, link))
    ]


def fault(folder, name, link):
    """What is wrong with a link of the page of this name; nothing, if it leads somewhere or to another host."""
    target = urlsplit(urljoin(f"{HOST}{BASE}{name}", link))
    if f"{target.scheme}://{target.netloc}" != HOST:
        return None
    path = folder / unquote(target.path).removeprefix(BASE)
    path = path / "index.html" if path.is_dir() else path
    if not path.is_file():
        return "no such file"
    place = unquote(target.fragment)
    return "no such place" if place and path.suffix == ".html" and place not in places(path) else None


def links(page):
    """What a page leads to or loads."""
    found = {element.get(key) for element in elements(page) for key in ("href", "src", "data")}
    return sorted(found - {None, "", "#"})


@cache
def places(page):
    """Names that a link can lead to on this page."""
    return {element[key] for element in elements(page) for key in ("id", "name") if element.has_attr(key)}


@cache
def elements(page):
    """All elements of a page, which is read once."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all(True)
