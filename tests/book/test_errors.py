"""Errors in circulation: each entry says what is said, lets it fail, and says what holds."""

import re

import nbformat
import pytest

from book import BOOK, read

PAGE = BOOK / "practice" / "errors.ipynb"


def entries(notebook):
    """The entries in order: heading, and the cells from it to the next heading."""
    found = []
    for cell in notebook.cells:
        parts = re.split(r"^(?=##+ )", cell.source, flags=re.M) if cell.cell_type == "markdown" else [None]
        for part in parts:
            if part is not None and part.startswith("#"):
                found.append((part.splitlines()[0], [nbformat.v4.new_markdown_cell(part)]))
            elif found:
                found[-1][1].append(cell if part is None else nbformat.v4.new_markdown_cell(part))
    return [(heading.removeprefix("### "), cells) for heading, cells in found if heading.startswith("### ")]


def listed(notebook):
    """The lines of the list at the top: what is said, and the label to which it leads."""
    top = notebook.cells[0].source
    return re.findall(r"^\| \[(.+)\]\(#(said-[a-z-]+)\) \| \S.+ \|$", top, re.M)


def labelled(notebook):
    """The entries as the list should name them: heading and label, in order."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return [(heading, label) for label, heading in re.findall(r"^\(([a-z-]+)\)=\n### (.+)$", text, re.M)]


def complaints(notebook):
    if listed(notebook) != labelled(notebook):
        yield f"the list at the top and the entries differ in {set(listed(notebook)) ^ set(labelled(notebook))}"
    for heading, cells in entries(notebook):
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        code = [cell for cell in cells if cell.cell_type == "code"]
        for needed in ("**What is said.**", "**What holds.**"):
            if needed not in prose:
                yield f"{heading}: lacks {needed}"
        if not re.search(r"\]\(|\{cite", prose.partition("**What holds.**")[0] + prose):
            yield f"{heading}: names no place"
        if len(code) != 1 or "verdict(" not in code[0].source:
            yield f"{heading}: needs one cell that ends in verdict(said=..., holds=...)"
            continue
        shown = code[0].outputs[-1].data.get("text/plain", "") if code[0].outputs else ""
        if not (re.search(r"^said .*\N{BALLOT X}", shown, re.M) and re.search(r"^holds .*\N{CHECK MARK}", shown, re.M)):
            yield f"{heading}: its verdict is not that what is said fails and what holds does not"


def test_every_entry_has_its_form():
    notebook = read(PAGE)
    assert len(entries(notebook)) == len(labelled(notebook)) >= 24
    assert not list(complaints(notebook))


@pytest.mark.parametrize(
    "fault",
    [
        lambda cells: cells[0].update(source=cells[0].source.replace("**What is said.**", "")),
        lambda cells: cells[1].update(source="verdict()", outputs=[]),
        lambda cells: cells[1].update(source="print(1)"),
        lambda cells: cells[2].update(source=cells[2].source.replace("**What holds.**", "")),
        lambda cells: cells[0].update(source=cells[0].source.replace("### ", "### Not ")),
        lambda cells: cells[0].update(source=cells[0].source.replace("(said-", "(told-")),
    ],
    ids=["nothing said", "no verdict shown", "no verdict", "nothing holds", "not in the list", "no way from the list"],
)
def test_the_form_can_be_broken(fault):
    notebook = read(PAGE)
    first = next(index for index, cell in enumerate(notebook.cells) if "\n### " in cell.source)
    fault(notebook.cells[first : first + 3])
    assert list(complaints(notebook))
