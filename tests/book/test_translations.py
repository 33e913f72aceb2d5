"""Translated pages: nothing left out, nothing out of date, and every formula, name and link of the original."""

import re
import subprocess
import sys

import pytest
from sphinx_intl.catalog import load_po

import site_language
from book import ROOT

PAGES = [(language, page) for language in site_language.languages() for page in site_language.translated(language)]
COLLECT = """
import sys
from pathlib import Path
import translations
translations.built("gettext", Path(sys.argv[1]), toc=Path(sys.argv[2]))
"""
KEPT = re.compile(r"\$[^$]+\$|`[^`]+`|\{[a-z:]+\}|\]\([^)]+\)")
BEHIND = """{page} was changed and its translation into {language} was not. Run `make messages`, then translate what is
empty or marked fuzzy in locale/{language}/LC_MESSAGES/{page}.po (and take the mark away). It is about:

{texts}
"""


def translations(language, page):
    """The messages of a translated page, by what they translate."""
    path = site_language.LOCALE / language / "LC_MESSAGES" / f"{page}.po"
    return {message.id: message for message in load_po(path) if message.id}


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_a_translation_is_whole_and_up_to_date(language, page, tmp_path):
    toc = tmp_path / "_toc.yml"
    toc.write_text(f"format: jb-book\nroot: {page}\n")
    command = [sys.executable, "-c", COLLECT, str(tmp_path / "gettext"), str(toc)]
    done = subprocess.run(command, cwd=ROOT / "tools", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    now = {message.id for message in load_po(tmp_path / "gettext" / f"{page}.pot") if message.id}
    made = translations(language, page)
    behind = {text for text in now if text not in made or not made[text].string or made[text].fuzzy}
    assert not behind, BEHIND.format(page=page, language=language, texts="\n\n".join(sorted(behind)))


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_a_translation_keeps_formulas_names_and_links(language, page):
    for text, message in translations(language, page).items():
        assert sorted(KEPT.findall(message.string)) == sorted(KEPT.findall(text)), text
