"""The rules that every notebook keeps, and proof that each rule can be broken."""

import ast
import re

import nbformat
import pytest

import new_chapter
from book import BOOK, CHAPTERS, NOTEBOOKS, code_cells, name, pages, read


def lines_of(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def speaks(cell):
    """Whether the code of a cell shows something: it prints, or ends in an expression."""
    tree = ast.parse(cell.source)
    last = tree.body[-1] if tree.body else None
    prints = any(isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print" for node in ast.walk(tree))
    return prints or (isinstance(last, ast.Expr) and not cell.source.rstrip().endswith(";"))


def pictures(cell):
    return [output for output in cell.outputs if "image/png" in output.get("data", {})]


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def counts_run_from_one(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts are {counts}, not 1..{len(counts)}: run it with make execute"


def outputs_are_stored(notebook):
    for cell in code_cells(notebook):
        if speaks(cell) and not cell.outputs:
            yield f"no output stored for: {cell.source[:60]!r}"


def nothing_on_stderr(notebook):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"an error or stderr output is stored for: {cell.source[:60]!r}"


def nothing_volatile(notebook):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            if re.search(r"0x[0-9a-f]{6,}", text):
                yield f"an address is stored for: {cell.source[:60]!r}"
            if re.search(r"(?<![\d.])-0\.0*(?![\d])|\de-(1[3-9]|[2-9]\d|\d{3})\b", text):
                yield f"a number at rounding level is stored for: {cell.source[:60]!r}"


def cells_are_short(notebook):
    for cell in code_cells(notebook):
        if len(lines_of(cell)) > 15:
            yield f"{len(lines_of(cell))} lines, 15 at most: {cell.source[:60]!r}"


def lines_fit_the_page(notebook):
    for cell in code_cells(notebook):
        printed = "".join(output.get("text", "") for output in cell.outputs)
        for line in (cell.source + "\n" + printed).splitlines():
            if len(line) > 76:
                yield f"{len(line)} characters, 76 at most: {line!r}"


def pictures_are_told(notebook):
    names = []
    for cell in code_cells(notebook):
        if pictures(cell):
            told = cell.metadata.get("mystnb", {})
            figure, alt = told.get("figure", {}), told.get("image", {}).get("alt", "")
            names.append(figure.get("name", ""))
            if len(alt) < 40 or len(figure.get("caption", "")) < 20 or not names[-1].startswith("fig-"):
                yield f"needs mystnb.figure.caption, mystnb.figure.name and mystnb.image.alt: {cell.source[:60]!r}"
            if len(pictures(cell)) > 1:
                yield f"shows its picture twice: {cell.source[:60]!r}"
    if len(set(names)) < len(names):
        yield f"figure names repeat: {names}"


def file_is_normal(notebook):
    ids = [cell.id for cell in notebook.cells]
    if len(set(ids)) < len(ids):
        yield "cell ids repeat"
    if notebook.metadata.get("language_info", {}).keys() != {"name"}:
        yield "holds volatile metadata: run make execute"


EVERYWHERE = [
    counts_run_from_one,
    outputs_are_stored,
    nothing_on_stderr,
    nothing_volatile,
    cells_are_short,
    lines_fit_the_page,
    pictures_are_told,
    file_is_normal,
]


def tags(cell):
    return set(cell.metadata.get("tags", []))


def folded(cell):
    """Whether what a cell shows is seen only by whoever opens it."""
    return bool(tags(cell) & {"hide-cell", "hide-output", "remove-cell", "remove-output"})


def shown_text(cell):
    """What a cell shows as text, a table as its plain text."""
    return "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.outputs)


def says_more_than_zero(notebook):
    """A zero matrix or a bare True belongs under the theorem that it proves, folded."""
    for cell in code_cells(notebook):
        words = re.findall(r"[^\s,()\[\]]+", re.sub(r"Matrix|array", "", shown_text(cell)))
        if words and not folded(cell) and set(words) <= {"0", "0.", "True"}:
            yield f"shows nothing but zeros or True, and is not folded: {cell.source[:60]!r}"


def rows_are_tables(notebook):
    for cell in code_cells(notebook):
        printed = "".join(output.get("text", "") for output in cell.outputs)
        if len(printed.splitlines()) > 2 and not folded(cell):
            yield f"prints {len(printed.splitlines())} lines; results in rows are a plotting.table: {cell.source[:60]!r}"


def folds_are_named(notebook):
    for cell in code_cells(notebook):
        told = cell.metadata.get("mystnb", {}).get("code_prompt_show", "")
        if any(tag.startswith("hide-") for tag in tags(cell)) and len(told) < 8:
            yield f"needs mystnb.code_prompt_show, a name for its fold: {cell.source[:60]!r}"


PROMISES = re.compile(r"^:::\{admonition\} You will be able to\n.*?^:::$", re.M | re.S)
PROMPT = re.compile(r"\bpredict\b|\bguess\b|before you (look|run|read on|open|go on)|write (it|them) down", re.I)


def predictions_hide_their_answer(notebook):
    cells = notebook.cells
    for index, cell in enumerate(cells):
        text = PROMISES.sub("", cell.source) if cell.cell_type == "markdown" else ""
        if re.search(r"^## Exercises", cells[index].source, re.M):
            break
        if PROMPT.search(text) and ":class: dropdown" not in text:
            follows = next((c for c in cells[index + 1 :] if c.cell_type == "code" and c.outputs), None)
            if follows is None or not folded(follows):
                yield f"asks to predict, and the answer is in sight: {PROMPT.search(text)[0]!r} in {text[:60]!r}"


def a_picture_comes_first(notebook):
    for cell in notebook.cells:
        if (cell.cell_type == "code" and pictures(cell)) or (
            cell.cell_type == "markdown" and ":::{figure}" in cell.source
        ):
            return
        if cell.cell_type == "markdown" and re.search(r"\{prf:(theorem|lemma|proposition|corollary)\}", cell.source):
            yield "has a theorem before its first picture"
            return


def proofs_are_folded(notebook):
    names = {"proves-": "Proved with SymPy", "breaks-": "Broken on purpose"}
    for cell in code_cells(notebook):
        for start, expected in names.items():
            if any(tag.startswith(start) for tag in tags(cell)):
                told = cell.metadata.get("mystnb", {}).get("code_prompt_show", "")
                if "hide-cell" not in tags(cell) or not told.startswith(expected):
                    yield f"is tagged {start}..., so it is a hide-cell whose fold is called {expected!r}: {cell.source[:60]!r}"


ANSWER = re.compile(r"^:::\{admonition\} The plain answer\n(?::class: [^\n]+\n)?(.+?)^:::$", re.M | re.S)
ENDING = [
    "What people get wrong",
    "What this does not show",
    "What to remember",
    "Exercises",
    "References and credits",
]


def opens_as_agreed(notebook):
    opening = "\n\n".join(cell.source for cell in notebook.cells[:4] if cell.cell_type == "markdown").split("\n## ")[0]
    for needed in ("# ", ":::{admonition} The plain answer", "You will be able to", "minutes. Needs:"):
        if needed not in opening:
            yield f"the opening, before the first section, lacks {needed!r}"
    answer = ANSWER.search(opening)
    if answer and len(answer[1].split()) > 120:
        yield f"the plain answer has {len(answer[1].split())} words, 120 at most"
    promises = opening.partition("You will be able to")[2].partition(":::")[0]
    if len(re.findall(r"^- ", promises, re.M)) > 3:
        yield "promises more than three things"
    before = [cell for cell in notebook.cells[:5] if cell.cell_type == "code" and pictures(cell)]
    if not before and ":::{figure}" not in opening:
        yield "has no picture beside the plain answer"


def ends_as_agreed(notebook):
    headings = re.findall(r"^## (.+)$", prose(notebook), re.M)
    if headings[-len(ENDING) :] != ENDING:
        yield f"ends with the sections {headings[-len(ENDING) :]}, not {ENDING}"


def has_exercises(notebook):
    exercises = re.findall(r"^:::\{exercise\}.*\n:label: (\S+)", prose(notebook), re.M)
    solutions = re.findall(r"^:::\{solution\} (\S+)", prose(notebook), re.M)
    if not exercises or exercises != solutions:
        yield f"exercises {exercises} and solutions {solutions} do not match"


def keeps(rule, notebook):
    complaints = list(rule(notebook))
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


IN_CHAPTERS = [
    opens_as_agreed,
    ends_as_agreed,
    has_exercises,
    says_more_than_zero,
    rows_are_tables,
    folds_are_named,
    predictions_hide_their_answer,
    a_picture_comes_first,
    proofs_are_folded,
]


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_every_notebook(path, rule):
    keeps(rule, read(path))


@pytest.mark.parametrize("rule", IN_CHAPTERS, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_every_chapter(path, rule):
    keeps(rule, read(path))


def test_every_notebook_is_in_the_table_of_contents():
    assert sorted(name(path) for path in NOTEBOOKS) == sorted(
        page for page in pages() if (BOOK / f"{page}.ipynb").exists()
    )


def test_labels_of_exercises_are_unique_in_the_book():
    labels = [label for path in NOTEBOOKS for label in re.findall(r"^:label: (ex-\S+)", prose(read(path)), re.M)]
    assert sorted(labels) == sorted(set(labels))


def with_code(notebook, **changes):
    notebook.cells.append(nbformat.v4.new_code_cell(**changes))


def first_picture(notebook):
    return next(cell for cell in code_cells(notebook) if pictures(cell))


def proof_in_sight(notebook):
    with_code(notebook, source="0", metadata={"tags": ["proves-thm-x"]})


FAULTS = {
    counts_run_from_one: lambda nb: code_cells(nb)[2].update(execution_count=None),
    outputs_are_stored: lambda nb: code_cells(nb)[1].update(outputs=[]),
    nothing_on_stderr: lambda nb: code_cells(nb)[0].outputs.append(
        nbformat.v4.new_output("stream", name="stderr", text="!")
    ),
    nothing_volatile: lambda nb: code_cells(nb)[0].outputs.append(
        nbformat.v4.new_output("stream", text="error 2.2e-16")
    ),
    cells_are_short: lambda nb: with_code(nb, source="x = 1\n" * 16),
    lines_fit_the_page: lambda nb: with_code(nb, source="x = " + "1 + " * 20 + "1"),
    pictures_are_told: lambda nb: first_picture(nb).metadata.mystnb.image.pop("alt"),
    file_is_normal: lambda nb: nb.metadata.language_info.update(version="3.11.7"),
    opens_as_agreed: lambda nb: nb.cells[0].update(source=nb.cells[0].source.replace("At most", "word " * 120)),
    ends_as_agreed: lambda nb: nb.cells.append(nbformat.v4.new_markdown_cell("## More")),
    has_exercises: lambda nb: nb.cells[-1].update(source=nb.cells[-1].source.replace(":::{solution}", ":::{hint}")),
    says_more_than_zero: lambda nb: with_code(
        nb, source="M", outputs=[nbformat.v4.new_output("execute_result", {"text/plain": "Matrix([[0, 0]])"})]
    ),
    rows_are_tables: lambda nb: with_code(nb, source="p", outputs=[nbformat.v4.new_output("stream", text="1\n2\n3\n")]),
    folds_are_named: lambda nb: code_cells(nb)[1].metadata.mystnb.pop("code_prompt_show"),
    predictions_hide_their_answer: lambda nb: code_cells(nb)[2].metadata.update(tags=[]),
    a_picture_comes_first: lambda nb: nb.cells[0].update(source=nb.cells[0].source + "\n:::{prf:theorem} Early\n:::"),
    proofs_are_folded: proof_in_sight,
}


@pytest.fixture(scope="module")
def fresh_chapter(tmp_path_factory):
    """The chapter that `make new-chapter` starts."""
    return new_chapter.create("practice/something_new", tmp_path_factory.mktemp("book"))


@pytest.mark.parametrize("rule", EVERYWHERE + IN_CHAPTERS, ids=lambda rule: rule.__name__)
def test_every_rule_can_be_broken_and_a_new_chapter_keeps_it(rule, fresh_chapter):
    notebook = read(fresh_chapter)
    keeps(rule, notebook)
    FAULTS[rule](notebook)
    assert list(rule(notebook))


@pytest.mark.parametrize(("name", "said"), [("errors", "must be part/name"), ("Practice/Errors", "in lower case")])
def test_a_chapter_needs_a_name(name, said, tmp_path):
    with pytest.raises(SystemExit, match=said):
        new_chapter.create(name, tmp_path)
