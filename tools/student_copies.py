"""Make from the exercise notebooks what students get: copies without solutions that run anywhere.

A copy is opened far from the book: in a folder of its own, without a network, or in Colab. So the wheel
of posenc lies beside it, its first code cell installs that, its links lead to the published book or
become words, and what only the book can show is refused. The copies are never committed.
"""

import re
import shutil

import nbformat
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from nbformat.v4 import new_code_cell

import addresses
from release_exercises import emptied, sources, unrun
from run_notebooks import BOOK, ROOT, written
from runnable import FOR_EXERCISES, archive, install, project, wheel

ARCHIVE = "position-encoding-exercises"
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<page>[^\s)#:]+)\.(?P<kind>ipynb|md)(?P<anchor>#[^\s)]+)?\)")

README = """\
# Exercises on position encoding in transformers: notebooks that check their answers

- Start: run `jupyter lab` in this folder, open one of the notebooks, and run its cells from the top.
- Needed: Python {python} or later with Jupyter, NumPy, SymPy and Matplotlib. The first cell installs `posenc` offline.
- Checks: write your answer in place of the dots, then run it and the check below it, which often says why it is wrong.
"""
WHERE_THE_BOOK_IS = "- The book: {site}\n"


def student(target):
    """Write the copies with the wheel and a README into a folder, anew, and the same as a zip file beside it."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    package = wheel(target)
    for path in sources():
        (target / path.name).write_text(written(student_copy(path, package.name)), encoding="utf-8")
    (target / "README.md").write_text(readme(), encoding="utf-8")
    archive(target, target.with_name(f"{ARCHIVE}.zip"))
    return target


def readme():
    """Five lines for whoever opens the folder."""
    text = README.format(python=project()["requires-python"].removeprefix(">="))
    site = addresses.site()
    return text + (WHERE_THE_BOOK_IS.format(site=site) if site else "")


def student_copy(path, package):
    """The notebook without solutions, never run, and able to install the package, given by the name of its wheel."""
    notebook = unrun(path)
    named = set()
    for cell in notebook.cells:
        cell.source = emptied(cell)
        cell.metadata.clear()
        if cell.cell_type != "code":
            cell.source = away_from_the_book(cell.source, path, named)
            if strange := what_only_the_book_shows(cell.source):
                raise ValueError(f"{path.name}, cell {cell.id}: only the book can show {strange}; write plain Markdown")
    notebook.cells.insert(1, new_code_cell(install(package, FOR_EXERCISES), id="install"))
    return notebook


def away_from_the_book(text, path, named, *, together=False):
    """The text of a cell with links that hold elsewhere.

    A link leads to the published page. While there is none it leads to the other notebook, if they lie together; or
    else it becomes its own words, and where a page is named for the first time in a notebook, its title follows.
    """

    def moved(link):
        page = (path.parent / link["page"]).resolve().relative_to(BOOK).as_posix()
        if site := addresses.site():
            return f"[{link['text']}]({site}/{page}.html{link['anchor'] or ''})"
        if together and link["kind"] == "ipynb":  # without the anchor: heads have other names in Jupyter
            return f"[{link['text']}]({link['page']}.ipynb)"
        if page in named:
            return link["text"]
        named.add(page)
        return f"{link['text']} (*{title(page)}*)"

    return LINK.sub(moved, text)


def title(page):
    """The title of a page, from its first line."""
    path = BOOK / page
    if path.with_suffix(".md").exists():
        text = path.with_suffix(".md").read_text(encoding="utf-8")
    else:
        text = nbformat.read(path.with_suffix(".ipynb"), as_version=4).cells[0].source
    return re.search(r"^# (.+)$", text, re.M)[1].replace("*", "")


def what_only_the_book_shows(text):
    """The first piece of MyST in a text, or of a link that leads into the book; None where there is none."""
    extensions = {"amsmath", "colon_fence", "deflist", "dollarmath", "substitution"}
    parser = create_md_parser(MdParserConfig(enable_extensions=extensions), RendererHTML)
    blocks = parser.parse(text)
    for token in [*blocks, *(child for block in blocks for child in block.children or [])]:
        target = token.attrs.get("href", token.attrs.get("src", "https:"))
        if not re.match("https?:|mailto:|attachment:", str(target)):
            return f"the link to {target}"
        if token.type.startswith(("myst_", "colon_fence", "math_block_label", "substitution_", "dl_", "footnote_")):
            return f"{token.type} {token.info or token.content!r}"
        if token.type == "fence" and token.info.startswith("{"):
            return repr(token.info)
        if token.type.startswith("html_") and re.search(r'(href|src)="(?!https?:)', token.content):
            return repr(token.content)
    return None


if __name__ == "__main__":
    print(f"Written to {student(ROOT / '_build' / 'student')}, and beside it {ARCHIVE}.zip")
