"""What the first page shows: a picture, verdicts and chapters, each held to what it repeats."""

import re

import numpy as np
import pytest

import posenc
from book import BOOK, CHAPTERS, name, pages, read, source_of

INDEX = (BOOK / "index.md").read_text(encoding="utf-8")
LEDGER = (BOOK / "ledger.md").read_text(encoding="utf-8")
HERO = (BOOK / "_static" / "explorers" / "hero.svg").read_text(encoding="utf-8")
VERDICT = r"\*\*(True\.|True in part\.|False as stated\.)\*\*"


def two_digits(x):
    """A number as the picture writes it."""
    return f"{x:.2f}".replace("-", "\N{MINUS SIGN}")


def title(page):
    """The heading of a page."""
    return read(source_of(page)).cells[0].source.splitlines()[0].removeprefix("# ")


def questions(text):
    """The chapters that the page lists, as (title, address), in order."""
    return re.findall(r"^\[(.+)\]\((\S+)\.ipynb\)\n: ", text, re.M)


def verdicts(text):
    """The verdict on each claim, and in the ledger the claim it is on, in order."""
    return [(claim, verdict) for verdict, claim in re.findall(VERDICT + r".*?\(#claim-(c\d)\)", text, re.S)]


def test_the_picture_shows_row_20_of_the_package():
    shown = re.findall(r"<text[^>]*>([^<]*)</text>", HERO)
    numbers = [text for text in shown if re.fullmatch(r"\W?\d\.\d\d", text)]
    assert numbers == [two_digits(x) for x in posenc.sinusoidal(20, 16)]
    turns = [f"{two_digits(20 * w / (2 * np.pi))} turns" for w in posenc.frequencies(16)]
    assert [text for text in shown if text.endswith("turns")] == turns
    assert ":figclass: explorer clocks-16-64-20 plain" in INDEX


def test_its_verdicts_are_those_of_the_ledger():
    assert verdicts(INDEX) == verdicts(LEDGER)
    assert len(verdicts(INDEX)) == len(re.findall(r"^### C\d", LEDGER, re.M))


def test_it_asks_the_question_of_every_chapter_in_the_order_of_the_book():
    asked = {name(path) for path in CHAPTERS} | {"practice/errors"}
    assert questions(INDEX) == [(title(page), page) for page in pages() if page in asked]


@pytest.mark.parametrize(
    "fault",
    [
        lambda text: text.replace("**True.**", "**True in part.**", 1),
        lambda text: text.replace("(#claim-c1)", "(#claim-c2)"),
        lambda text: re.sub(r"^\| .*#claim-c4.*\n", "", text, flags=re.M),
    ],
    ids=["another verdict", "another claim", "no claim"],
)
def test_the_check_of_verdicts_can_fail(fault):
    assert fault(INDEX) != INDEX
    assert verdicts(fault(INDEX)) != verdicts(LEDGER)
