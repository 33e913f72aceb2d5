"""The slides and the handout, made once as `make slides` makes them."""

import base64
import re

import nbformat
import pytest
from bs4 import BeautifulSoup

import slides
from book import BOOK

NOTEBOOKS = sorted(slides.SOURCE.glob("*.ipynb"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder with both pages."""
    folder = tmp_path_factory.mktemp("slides")
    slides.make(folder)
    return folder


@pytest.fixture(scope="module")
def lecture(made):
    return BeautifulSoup((made / "index.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def handout(made):
    return BeautifulSoup((made / "handout.html").read_text(encoding="utf-8"), "html.parser")


def each_slide(page):
    return page.select(".slides > section > section")


def each_slide_of(part):
    return part.find_all("section", recursive=False)


def notes(slide):
    return slide.select_one("aside.notes").get_text()


def pictures(page):
    """The drawn pictures of a page, as SVG texts."""
    addresses = [image["src"] for image in page.select("img")]
    return [base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode() for address in addresses]


def test_the_notebooks_store_no_outputs():
    assert [path.stem for path in NOTEBOOKS] == ["handout", "lecture"]
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs"), f"{path.name}: {cell.id}"
            assert cell.get("execution_count") is None, f"{path.name}: {cell.id}"


def test_all_that_the_pages_load_lies_beside_them(made, lecture, handout):
    """No request leaves the folder, and none finds nothing."""
    asked = []
    for page in (lecture, handout):
        addresses = [element[name] for name in ("src", "href") for element in page.select(f"[{name}]")]
        addresses += re.findall(r"url\(['\"]?(.*?)['\"]?\)", str(page))
        asked += [(made, address) for address in addresses if not address.startswith("data:")]
    for style in made.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        addresses = re.findall(r"url\(['\"]?(.*?)['\"]?\)", text) + re.findall(r"@import\s+['\"](.*?)['\"]", text)
        asked += [(style.parent, address) for address in addresses if not address.startswith("data:")]
    assert len(asked) > 10
    for folder, address in asked:
        assert not re.match(r"\w+:|//", address), address
        assert (folder / re.sub(r"[?#].*", "", address)).is_file(), f"{folder}: {address}"
    assert (made / "reveal" / "LICENSE").is_file()


def test_every_picture_is_told_in_words(lecture, handout):
    assert len(lecture.select("img")) >= 15
    assert len(handout.select("img")) >= 1
    for image in lecture.select("img") + handout.select("img"):
        assert len(image["alt"].split()) > 10, image["alt"]


def test_text_in_pictures_can_be_read_from_the_last_row(lecture):
    """The smallest letter is at least a fortieth of the height of a slide. Matplotlib scales glyphs of 100 points."""
    style = (slides.SOURCE / "lecture.css").read_text(encoding="utf-8")
    pixels = int(re.search(r"calc\(var\(--inches\) \* (\d+)px\)", style)[1]) / 72
    height = int(re.search(r"\bheight: (\d+)", str(lecture.select("script")[-1]))[1])
    for picture in pictures(lecture):
        sizes = [100 * float(scale) for scale in re.findall(r'scale\(([\d.]+) -[\d.]+\)">', picture)]
        assert min(sizes) * pixels >= height / 40, f"{min(sizes):.1f} points"


def test_a_picture_is_no_wider_than_a_slide(lecture):
    style = (slides.SOURCE / "lecture.css").read_text(encoding="utf-8")
    pixels = int(re.search(r"calc\(var\(--inches\) \* (\d+)px\)", style)[1])
    width = int(re.search(r"\bwidth: (\d+)", str(lecture.select("script")[-1]))[1])
    for picture in pictures(lecture):
        assert slides.inches(picture) * pixels <= width


def test_each_slide_has_a_heading_and_notes(lecture):
    assert 25 <= len(each_slide(lecture)) <= 36
    for slide in each_slide(lecture):
        assert len(slide.select("h1, h2")) == 1, slide.get_text()[:80]
        assert len(slide.select("aside.notes")) == 1, slide.get_text()[:80]


def test_the_minutes_are_those_of_the_plan(lecture):
    """One slide goes on where the last one ended, and each part takes as long as the page for teachers says."""
    clock, minutes = 0, []
    for part in lecture.select(".slides > section")[1:]:
        begun = clock
        for slide in each_slide_of(part):
            start, end = map(int, re.match(r"\s*Minutes (\d+) to (\d+)\.", notes(slide)).groups())
            assert start == clock < end, notes(slide)
            clock = end
        minutes.append(clock - begun)
    plan = (BOOK / "teaching.md").read_text(encoding="utf-8").split("## One lecture")[1].split("\n## ")[0]
    assert minutes == [int(number) for number in re.findall(r"^\| (\d+) \|", plan, re.MULTILINE)]


def test_no_answer_stands_in_sight_below_its_question(lecture):
    """What comes after a question on its slide appears when the speaker goes on."""
    questions = lecture.select(".slides section blockquote")
    assert len(questions) >= 12
    for question in questions:
        for later in question.find_next_siblings():
            assert set(later.get("class", [])) & {"fragment", "notes"}, question.get_text()


def test_the_handout_has_its_parts(handout):
    heads = [head.get_text() for head in handout.select("h2")]
    parts = ["two indices", "table for d = 4", "hand of a clock", "One matrix", "other values", "verdicts", "questions"]
    assert len(heads) == len(parts)
    for part, head in zip(parts, heads, strict=True):
        assert part in head
    assert len(handout.select("ol > li")) == 5
    assert str(handout).count(r"\begin{pmatrix}") == 5


def test_the_handout_gives_the_verdicts_of_the_ledger(handout):
    ledger = (BOOK / "ledger.md").read_text(encoding="utf-8")
    verdicts = re.findall(r"^### (C\d).*?^\*\*(.*?)\.\*\*", ledger, re.MULTILINE | re.DOTALL)
    rows = [
        [cell.get_text(strip=True) for cell in row.select("td")] for row in handout.select("table")[-1].select("tr")
    ]
    assert [(row[0], row[2]) for row in rows if row] == [(name, verdict.lower()) for name, verdict in verdicts]
    assert len(verdicts) == 9
