"""The ledger: every claim has its verdict, its theorem and its test, and every question its place."""

import re

import pytest
import theorem

from book import BOOK, NOTEBOOKS, read

LEDGER = (BOOK / "ledger.md").read_text(encoding="utf-8")
VERDICTS = {"True", "True in part", "False as stated", "Not shown"}
CLAIMS = [f"C{n}" for n in range(1, 10)]


def rows(ledger, heading):
    """The rows of the table below a heading, as lists of cells."""
    section = ledger.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def claims(ledger):
    """The blocks of the claims, by name: the claim, the verdict, the reason, where it is settled and its tests.

    The tests stand in a comment, which the page does not show.
    """
    section = ledger.split("\n## Nine claims\n")[1].split("\n## ")[0]
    block = (
        r"^### (C\d)\. .+\n\n\*In our words:\* .+\n\n\*\*(.*?)\.\*\* ((?:.+\n\n)+?)(Settled in .*)\n\n(% Tests: .*)$"
    )
    return {name: rest for name, *rest in re.findall(block, section, re.M)}


def complaints(ledger, names, targets):
    """What the claims lack."""
    found = claims(ledger)
    if list(found) != CLAIMS:
        yield f"the claims are {list(found)}, not {CLAIMS}"
    for number, (verdict, reason, settled, tested) in found.items():
        target = f"claim-{number.lower()}"
        if f"(#{target})" not in settled or target not in targets:
            yield f"{number}: no link to the section that settles it"
        if verdict not in VERDICTS:
            yield f"{number}: {verdict!r} is no verdict"
        if len(reason) < 40:
            yield f"{number}: no reason"
        if verdict in {"True in part", "False as stated"} and not re.search(r"\d", reason):
            yield f"{number}: no number refutes the false part"
        labels = re.findall(r"\{prf:ref\}`(thm-[\w-]+)`", settled)
        if "by an experiment" in settled or "by what" in settled:
            labels += [label for label in names if label.startswith("check-")]
        elif not labels:
            yield f"{number}: names no theorem and no experiment"
        if not set(labels) <= set(names):
            yield f"{number}: its theorems {labels} are not in the book"
        tests = set(re.findall(r"\b(test_\w+)", tested))
        known = {name for label in labels for name in names.get(label, ())}
        if not (tests or "none, it is measured" in tested) or not tests <= known:
            yield f"{number}: its tests are not those of its theorems"


@pytest.fixture(scope="module")
def names():
    theorem.load_all()
    return dict(theorem.NAMES)


@pytest.fixture(scope="module")
def targets():
    prose = "\n".join(cell.source for path in NOTEBOOKS for cell in read(path).cells if cell.cell_type == "markdown")
    return set(re.findall(r"^\((claim-c\d)\)=$", prose, re.M))


def test_every_claim_has_verdict_reason_theorem_and_test(names, targets):
    assert not list(complaints(LEDGER, names, targets))


@pytest.mark.parametrize(
    "fault",
    [
        lambda text: text.replace("**False as stated.**", "**No.**", 1),
        lambda text: text.replace("`thm-no-collision`", "`thm-no-collisions`"),
        lambda text: re.sub(r"% Tests: test_\w+", "% Tests:", text, count=1),
        lambda text: text.replace("(#claim-c4)", ""),
        lambda text: text.replace("### C6.", "### Another."),
    ],
    ids=["no verdict", "no theorem", "no test", "no link", "no claim"],
)
def test_the_check_can_fail(fault, names, targets):
    assert fault(LEDGER) != LEDGER
    assert list(complaints(fault(LEDGER), names, targets))


def unanswered(ledger):
    """What the questions lack."""
    questions = rows(ledger, "Twenty-two questions")
    if [row[0] for row in questions] != [f"Q{n}" for n in range(1, 23)]:
        yield "the questions are not Q1 to Q22"
    for number, _, where, short in questions:
        page = re.fullmatch(r"\[[^\]]+\]\(([\w/]+\.ipynb)\)", where)
        if not page:
            yield f"{number}: its third column is no link to a chapter"
        elif not (BOOK / page.group(1)).exists():
            yield f"{number}: there is no {page.group(1)}"
        if len(short) <= 20:
            yield f"{number}: its answer in short is missing"


def test_every_question_is_answered_and_says_where():
    assert not list(unanswered(LEDGER))


@pytest.mark.parametrize(
    "fault",
    [
        lambda text: re.sub(r"^(\| Q9 .*?\| )\[.*?\]\(.*?\)", r"\1open", text, flags=re.M),
        lambda text: text.replace("| [precision](practice/precision.ipynb) |", "| [precision](practice/none.ipynb) |"),
        lambda text: re.sub(r"^(\| Q9 \|[^|]*\|[^|]*\|).*\|$", r"\1 yes |", text, flags=re.M),
        lambda text: re.sub(r"^\| Q9 .*\n", "", text, flags=re.M),
    ],
    ids=["open", "no page", "no answer", "no question"],
)
def test_the_check_of_questions_can_fail(fault):
    assert fault(LEDGER) != LEDGER
    assert list(unanswered(fault(LEDGER)))


def test_the_first_page_counts_right():
    words = {9: "nine", 22: "twenty-two"}
    index = (BOOK / "index.md").read_text(encoding="utf-8")
    assert f"{words[len(CLAIMS)]} popular claims" in index
    assert f"{words[len(rows(LEDGER, 'Twenty-two questions'))]} questions" in index
