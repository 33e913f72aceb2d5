"""The built site, on a copy of the project that holds one small chapter."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

import notebooks as runner
from book import BOOK, ROOT, pages, source_of

KEPT = ["Makefile", "_config.yml", "references.bib", "requirements.txt", "posenc", "tools"]


def make_book(project):
    """Run the real `make book` there, in the environment of these tests; give back what it prints."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment = {**outside, "PYTHONPATH": str(project)}
    command = ["make", "book", f"BIN={sys.prefix}/bin"]
    result = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return result.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy whose book is an index and a notebook that prints what `frequencies` says."""
    copy = tmp_path_factory.mktemp("project")
    for item in KEPT:
        source = ROOT / item
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / item)
    (copy / ".venv").mkdir()
    (copy / ".venv" / "ready").touch()
    (copy / "book").mkdir()
    shutil.copytree(BOOK / "_static", copy / "book" / "_static")
    (copy / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: chapter\n")
    (copy / "book" / "index.md").write_text("# Index\n\n$x^2$\n")
    cell = nbformat.v4.new_code_cell('import posenc\n\nprint(f"second frequency {posenc.frequencies(4)[1]:.4f}")')
    chapter = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Chapter"), cell])
    (copy / "book" / "chapter.ipynb").write_text(runner.written(runner.normalised(chapter)))
    return copy


def test_a_changed_package_is_never_served_from_the_cache(project):
    page = project / "_build" / "html" / "chapter.html"
    assert "1 to run" in make_book(project)
    assert "second frequency 0.0100" in page.read_text()

    assert "to run" not in make_book(project)

    module = project / "posenc" / "frequencies.py"
    right = module.read_text()
    module.write_text(right.replace("_ladder(base, -2, dim, pairs)", "_ladder(base, -1, dim, pairs)"))
    assert module.read_text() != right
    assert "1 to run" in make_book(project)
    assert "second frequency 0.1000" in page.read_text()

    module.write_text(right)
    make_book(project)
    assert "second frequency 0.0100" in page.read_text()


def test_make_book_ends_with_the_address_of_the_index_page(project):
    address = make_book(project).rstrip().splitlines()[-1].rpartition("file://")[2]
    assert Path(address).name == "index.html"
    assert "Index" in Path(address).read_text()


def test_the_site_asks_nobody_else(project):
    """No page loads a script, a style, a font or a picture from another site, and math is on board."""
    make_book(project)
    html = project / "_build" / "html"
    for page in html.rglob("*.html"):
        text = page.read_text()
        loaded = re.findall(r"<(?:script|img|iframe|source)[^>]+src=\"([^\"]+)\"", text)
        loaded += re.findall(r"<link[^>]+rel=\"(?:stylesheet|preload|icon)\"[^>]+href=\"([^\"]+)\"", text)
        assert not [address for address in loaded if re.match(r"(https?:)?//", address)], page.name
        assert "unpkg.com" not in text
    assert (html / "_static" / "mathjax" / "tex-chtml.js").stat().st_size > 10**6


def test_the_table_of_contents_names_files_that_exist():
    assert len(set(pages())) == len(pages())
    for page in pages():
        assert source_of(page).exists()


def test_every_page_is_in_the_table_of_contents():
    found = {path.relative_to(BOOK).with_suffix("").as_posix() for path in [*BOOK.rglob("*.md"), *runner.notebooks()]}
    assert found == set(pages())


def test_addresses_of_repository_and_site_stand_in_one_place():
    """Only _config.yml may know where the project lives."""
    url = yaml.safe_load((ROOT / "_config.yml").read_text())["repository"]["url"]
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    holders = [
        name for name in files if name.endswith((".md", ".yml", ".toml", ".cff", ".ipynb", ".py", ".txt", ".yaml"))
    ]
    assert [name for name in holders if url in (ROOT / name).read_text(encoding="utf-8")] == ["_config.yml"]
