"""The page of ten minutes."""

import re

from book import BOOK, code_cells, read

PAGE = BOOK / "ten_minutes.ipynb"
QUESTIONS = [
    ("why-a-transformer-needs-it", "Why does a transformer need it?"),
    ("how-to-read-the-formula", "How do I read the formula, which i is it?"),
    ("what-the-frequencies-do", "What do the different frequencies do?"),
    ("why-it-is-called-relative", "Why is it called relative, and what is absolute?"),
    ("why-sine-and-cosine", "Why sine and cosine, why not other values?"),
    ("what-is-not-true", "What is not true that you will read elsewhere?"),
]


def prose():
    return "\n\n".join(cell.source for cell in read(PAGE).cells if cell.cell_type == "markdown")


def test_it_is_short_and_has_no_apparatus():
    notebook = read(PAGE)
    assert len(prose().split()) <= 1300
    assert "{prf:" not in prose()
    code = "\n".join(cell.source for cell in code_cells(notebook))
    assert "symbolic" not in code
    assert "sympy" not in code
    in_sight = [
        cell for cell in code_cells(notebook) if not set(cell.metadata.get("tags", [])) & {"hide-input", "remove-cell"}
    ]
    snippets = [cell.source for cell in in_sight] + re.findall(r"```python\n(.*?)```", prose(), re.S)
    assert len(snippets) == 2
    assert all(len(snippet.strip().splitlines()) <= 10 for snippet in snippets)


def test_each_question_has_an_address_a_picture_and_a_link_to_its_chapter():
    found = re.findall(r"^\(([\w-]+)\)=\n## (.+)$", prose(), re.M)
    assert found == QUESTIONS
    section, pictures, links = 0, [0] * 6, [0] * 6
    for cell in read(PAGE).cells:
        if cell.cell_type == "code":
            pictures[section - 1] += any("image/png" in output.get("data", {}) for output in cell.outputs)
            continue
        for part in re.split(r"^(?=\([\w-]+\)=$)", cell.source, flags=re.M):
            section += part.startswith("(")
            if section:
                pictures[section - 1] += part.count(":::{figure}")
                links[section - 1] += len(re.findall(r"\]\([\w/]+\.ipynb\)", part))
    assert pictures == [1] * 6
    assert min(links) >= 1
