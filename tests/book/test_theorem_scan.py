"""Every labelled theorem carries a proof in words, a proof in SymPy, a broken version and a property test."""

import copy
import re

import pytest
import theorem

from book import BOOK, NOTEBOOKS, code_cells, name, read

KINDS = "theorem|lemma|proposition|corollary"
STATEMENT = re.compile(rf"^(?::::+|```+)\{{prf:({KINDS}|proof)\}}[^\n]*\n(?::label: *(\S+))?", re.M)


def statements(notebook):
    """The labels of the theorems of a notebook, each with whether a proof in words follows."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for kind, label in STATEMENT.findall(cell.source):
                if kind != "proof":
                    found.append([label, False])
                elif found:
                    found[-1][1] = True
    return found


def last_outputs(notebook, tag):
    """What the cells with a tag show last, as text."""
    cells = [cell for cell in code_cells(notebook) if tag in cell.metadata.get("tags", [])]
    return [cell.outputs[-1].get("data", {}).get("text/plain", "") if cell.outputs else "" for cell in cells]


def is_zero_or_true(text):
    """Whether a result says 0, True, or nothing but those, in brackets or a matrix."""
    words = re.findall(r"[^\s,()\[\]]+", text.replace("Matrix", ""))
    return bool(words) and set(words) <= {"0", "True"}


def complaints(notebook, mutants):
    """What is missing, theorem by theorem."""
    for label, proved_in_words in statements(notebook):
        if not label.startswith("thm-"):
            yield f"{label or 'a theorem'}: its label must begin with thm-"
            continue
        if not proved_in_words:
            yield f"{label}: no proof in words follows it"
        proofs, breaks = last_outputs(notebook, f"proves-{label}"), last_outputs(notebook, f"breaks-{label}")
        if not proofs or not all(map(is_zero_or_true, proofs)):
            yield f"{label}: its proof cells must end in 0 or True, they show {proofs}"
        if not breaks or any(is_zero_or_true(text) or not text for text in breaks):
            yield f"{label}: its break-it cells must end in something else, they show {breaks}"
        if mutants.get(label, 0) < 2:
            yield f"{label}: a property test with two mutants or more is missing"


def labels():
    return [label for path in NOTEBOOKS for label, _ in statements(read(path))]


@pytest.fixture(scope="module")
def mutants():
    theorem.load_all()
    return dict(theorem.MUTANTS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_every_theorem_is_complete(path, mutants):
    assert not list(complaints(read(path), mutants))


def test_labels_are_unique_and_every_property_test_has_its_theorem(mutants):
    assert len(set(labels())) == len(labels())
    assert {label for label in mutants if label.startswith("thm-")} == set(labels())


def test_theorems_stand_in_notebooks_only():
    for page in BOOK.rglob("*.md"):
        assert not STATEMENT.search(page.read_text(encoding="utf-8")), page


def without(tag):
    def spoil(notebook, mutants):
        for cell in code_cells(notebook):
            cell.metadata["tags"] = [t for t in cell.metadata.get("tags", []) if not t.startswith(tag)]

    return spoil


def no_words(notebook, mutants):
    for cell in notebook.cells:
        cell.source = cell.source.replace("{prf:proof}", "{note}")


def proof_fails(notebook, mutants):
    cell = next(c for c in code_cells(notebook) if any(t.startswith("proves-") for t in c.metadata.get("tags", [])))
    cell.outputs[-1].data["text/plain"] = "sin(p)"


def untested(notebook, mutants):
    mutants.clear()


def unlabelled(notebook, mutants):
    for cell in notebook.cells:
        cell.source = cell.source.replace(":label: thm-", ":name: thm-")


@pytest.mark.parametrize("fault", [without("proves-"), without("breaks-"), no_words, proof_fails, untested, unlabelled])
def test_the_scan_can_fail(fault, mutants):
    notebook, mutants = copy.deepcopy(read(BOOK / "formula" / "two_indices.ipynb")), dict(mutants)
    assert not list(complaints(notebook, mutants))
    fault(notebook, mutants)
    assert list(complaints(notebook, mutants))
