"""The ledger: every claim has its verdict, its theorem and its test, and every question its place."""

import re

import pytest

import theorem
from book import BOOK, NOTEBOOKS, read

LEDGER = (BOOK / "ledger.md").read_text(encoding="utf-8")
VERDICTS = {"true", "true in part", "false as stated"}
ANSWERED = {f"Q{n}" for n in (1, 4, 5, 6, 7, 8, 10, 11, 12, 19, 21, 22)}


def rows(ledger, heading):
    """The rows of the table below a heading, as lists of cells."""
    section = ledger.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def complaints(ledger, names, targets):
    """What the claims lack."""
    claims = rows(ledger, "Seven claims")
    if [row[0][:4] for row in claims] != [f"[C{n}]" for n in range(1, 8)]:
        yield "the claims are not C1 to C7"
    for claim, verdict, reason, theorems, tests in claims:
        number = claim[1:3]
        if f"(#claim-{number.lower()})" not in claim or f"claim-{number.lower()}" not in targets:
            yield f"{number}: no link to the section that settles it"
        if verdict not in VERDICTS:
            yield f"{number}: {verdict!r} is no verdict"
        if len(reason) < 40:
            yield f"{number}: no reason"
        if verdict != "true" and not re.search(r"\d", reason):
            yield f"{number}: no number refutes the false part"
        labels = re.findall(r"\{prf:ref\}`(thm-[\w-]+)`", theorems)
        if not labels or not set(labels) <= set(names):
            yield f"{number}: its theorems {labels} are not in the book"
        tied = {name for label in labels for name in names.get(label, ())}
        if not re.findall(r"`(test_\w+)`", tests) or not set(re.findall(r"`(test_\w+)`", tests)) <= tied:
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
        lambda text: text.replace("| false as stated |", "| |", 1),
        lambda text: text.replace("thm-no-collision", "thm-no-collisions"),
        lambda text: re.sub(r"`test_\w+` \|\n", "|\n", text, count=1),
        lambda text: text.replace("(#claim-c4)", ""),
        lambda text: re.sub(r"\n\| \[C6\].*", "", text),
    ],
    ids=["no verdict", "no theorem", "no test", "no link", "no claim"],
)
def test_the_check_can_fail(fault, names, targets):
    assert fault(LEDGER) != LEDGER
    assert list(complaints(fault(LEDGER), names, targets))


def test_questions_are_answered_with_a_link_or_open():
    questions = rows(LEDGER, "Twenty-two questions")
    assert [row[0] for row in questions] == [f"Q{n}" for n in range(1, 23)]
    for number, _, where, short in questions:
        if number in ANSWERED:
            page = re.fullmatch(r"\[[^\]]+\]\(([\w/]+\.ipynb)\)", where)
            assert page, number
            assert (BOOK / page.group(1)).exists(), number
            assert len(short) > 20, number
        else:
            assert where == "open", number
