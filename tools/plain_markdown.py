"""The text of a chapter in plain Markdown, for a notebook that is opened outside the book.

Jupyter and Colab show no directives and roles. So a theorem becomes a quotation with its number, a fold stays a fold,
and a reference becomes the words that the page shows, with the number that it has there.
"""

import functools
import re
from pathlib import Path
from typing import NamedTuple

import nbformat
import yaml
from pybtex.database import parse_file
from pybtex.richtext import Text

import addresses
from run_notebooks import BOOK, ROOT

DIRECTIVE = re.compile(
    r"^(?P<fence>:{3,}|`{3,})\{(?P<name>[\w:-]+)\}[ ]*(?P<title>[^\n]*)\n"
    r"(?P<options>(?::\w+:[^\n]*\n)*)\n*(?P<body>.*?)\n*^(?P=fence)[ ]*$",
    re.M | re.S,
)
OPTION = re.compile(r"^:(\w+): *(.*)$", re.M)
ROLE = re.compile(r"(?<!`)\{(?P<name>[\w:]+)\}`(?P<content>[^`]+)`")
LABEL = re.compile(r"^\([\w-]+\)=\n+", re.M)
TO_A_LABEL = re.compile(r"\[([^\]]+)\]\(#[\w-]+\)")
NUMBERED = {"exercise": "Exercise"} | {
    f"prf:{kind.lower()}": kind for kind in ("Corollary", "Definition", "Lemma", "Proposition", "Theorem")
}


class Figure(NamedTuple):
    """A figure: its name in the book, and what stands under it."""

    name: str
    caption: str


def figure_of(cell):
    """The figure that a code cell draws; None if it draws none."""
    figure = cell.metadata.get("mystnb", {}).get("figure")
    return Figure(figure.get("name", ""), figure["caption"]) if figure else None


@functools.cache
def numbers():
    """The number of everything that has one, as the pages show it, by its label: counted in the order of the book."""
    count, found = {}, {}

    def number(label, kind):
        count[kind] = count.get(kind, 0) + 1
        found[label] = f"{kind} {count[kind]}"

    for page in pages():
        for cell in cells(page):
            if cell.cell_type == "code" and (figure := figure_of(cell)):
                number(figure.name, "Figure")
            for box in DIRECTIVE.finditer(cell.source) if cell.cell_type == "markdown" else ():
                options = dict(OPTION.findall(box["options"]))
                if box["name"] in NUMBERED:
                    number(options.get("label"), NUMBERED[box["name"]])
                elif box["name"] == "figure":
                    number(options.get("name"), "Figure")
    return found


def pages():
    """The pages of the book in their order."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = toc.get("parts", [toc])
    return [toc["root"], *(chapter["file"] for part in parts for chapter in part["chapters"])]


def cells(page):
    """The cells of a page; a page of Markdown is one."""
    notebook = (BOOK / page).with_suffix(".ipynb")
    if notebook.exists():
        return nbformat.read(notebook, as_version=4).cells
    return [nbformat.v4.new_markdown_cell((BOOK / page).with_suffix(".md").read_text(encoding="utf-8"))]


def caption(figure):
    """What stands under a figure."""
    return f"**{numbers()[figure.name]}.** {plain(figure.caption)}"


def plain(text):
    """The text without labels, links to them, directives and roles."""
    return ROLE.sub(said, DIRECTIVE.sub(box, TO_A_LABEL.sub(r"\1", LABEL.sub("", text))))


def pictures(page):
    """The files of a page's figures. While no site is known they lie beside the copy, which shows them from there."""
    texts = (cell.source for cell in cells(page) if cell.cell_type == "markdown")
    boxes = (box for text in texts for box in DIRECTIVE.finditer(text))
    return [(BOOK / page).parent / box["title"] for box in boxes if box["name"] == "figure"]


def box(found):
    """One directive in plain Markdown."""
    name, title = found["name"], plain(found["title"])
    options, body = dict(OPTION.findall(found["options"])), plain(found["body"])
    if name == "figure":
        published = f"{site}/_images/" if (site := addresses.site()) else ""
        picture = f"![{options['alt']}]({published}{Path(title).name})"
        return f"{picture}\n\n{caption(Figure(options['name'], body))}"
    if name in NUMBERED:
        head = numbers()[options["label"]] + (f" ({title})" if title else "")
    elif name == "solution":
        head = f"Solution to {numbers()[title]}"
    elif name in ("prf:proof", "admonition"):
        head = title or "Proof"
    else:
        raise ValueError(f"plain Markdown has no form for the directive {name!r}: add one to tools/plain_markdown.py")
    if "dropdown" in options.get("class", ""):
        return f"<details><summary>{head}</summary>\n\n{body}\n\n</details>"
    return "\n".join(f"> {line}".rstrip() for line in f"**{head}**\n\n{body}".split("\n"))


def said(role):
    """One role in the words that the page shows."""
    name, content = role["name"], role["content"]
    if name in ("numref", "prf:ref"):
        return numbers()[content]
    if name == "cite:t":
        return ", ".join(f"{who} ({when})" for who, when in map(credit, content.split(",")))
    if name == "cite:p":
        return f"({', '.join(' '.join(credit(key)) for key in content.split(','))})"
    raise ValueError(f"plain Markdown has no form for the role {name!r}: add one to tools/plain_markdown.py")


def credit(key):
    """Who wrote a source, and when, with a link to it."""
    entry = bibliography()[key.strip()]
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [str(Text.from_latex(" ".join(who.prelast_names + who.last_names))) for who in people]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names) or entry.fields["key"]
    year, link = entry.fields["year"], address(entry.fields)
    return who, f"[{year}]({link})" if link else year


@functools.cache
def bibliography():
    """The sources that the book cites."""
    return parse_file(ROOT / "references.bib").entries


def address(source):
    """Where a source can be read; None where that is not known."""
    if "doi" in source:
        return f"https://doi.org/{source['doi']}"
    return f"https://arxiv.org/abs/{source['eprint']}" if "eprint" in source else source.get("url")
