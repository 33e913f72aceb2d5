"""What the copies of the notebooks have in common with the pages of the built site."""

import re
from pathlib import Path

from plain_markdown import numbers

SITE = Path(__file__).parents[2] / "_build" / "html"
NUMBER = re.compile(r'<span class="caption-number">(.+?) ?</span>')


def test_theorems_exercises_and_figures_have_the_numbers_of_the_page():
    pages = "\n".join(path.read_text() for path in SITE.rglob("*.html") if "lite" not in path.parts)
    starts = {label: pages.index(f'id="{label}"') for label in numbers()}
    shown = {label: NUMBER.search(pages, start)[1].replace("Fig.", "Figure") for label, start in starts.items()}
    assert shown == numbers()
    assert len(shown) > 200
