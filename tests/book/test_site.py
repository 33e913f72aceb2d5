"""The built site, on a copy of the project that holds one small chapter."""

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
import yaml
from PIL import Image

import run_notebooks as runner
import site_copies
import site_icons
import student_copies
from book import BOOK, ROOT, pages, source_of

FOLDED = """# Chapter

:::{prf:proof}
:class: dropdown

*By definition* it is.
:::

:::{prf:proof}
:class: dropdown

This is another one.
:::
"""

EXERCISE = """# Exercises

Exercises on [the chapter](../chapter.ipynb).

<a href="../student/formula.ipynb" download>Student copy</a>, <a href="../{archive}.zip" download>all of them</a>
"""

KEPT = ["CITATION.cff", "LICENSE", "Makefile", "README.md", "_config.yml", "pyproject.toml", "references.bib"]
KEPT += ["requirements.txt", "posenc", "tools"]
ADDRESS = "https://somebody.example/posenc"
NOT_SET = "The address of the repository is not set in _config.yml: pages have no launch and repository buttons."


def make_book(project):
    """Run the real `make book` there, in the environment of these tests; give back what it prints."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment = {**outside, "PYTHONPATH": str(project)}
    command = ["make", "book", f"BIN={sys.prefix}/bin"]
    result = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return result.stdout


def set_addresses(project, repository, site):
    """Write both addresses into the settings of a copy."""
    settings = yaml.safe_load((project / "_config.yml").read_text())
    settings["repository"]["url"], settings["html"]["baseurl"] = repository, site
    (project / "_config.yml").write_text(yaml.safe_dump(settings))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy whose book is an index, a notebook with a stored output and one of exercises; no address is set."""
    copy = tmp_path_factory.mktemp("project")
    for item in KEPT:
        source = ROOT / item
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / item)
    (copy / ".venv").mkdir()
    (copy / ".venv" / "ready").touch()
    (copy / "book").mkdir()
    shutil.copytree(BOOK / "_static", copy / "book" / "_static")
    (copy / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n  - file: chapter\n  - file: exercises/formula\n"
    )
    (copy / "book" / "index.md").write_text("# Index\n\n$x^2$\n")
    output = nbformat.v4.new_output("stream", text="stored: 0.0100\n")
    cell = nbformat.v4.new_code_cell('print("run")', execution_count=1, outputs=[output])
    chapter = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(FOLDED), cell])
    (copy / "book" / "chapter.ipynb").write_text(runner.written(runner.normalised(chapter)))
    text = nbformat.v4.new_markdown_cell(EXERCISE.format(archive=student_copies.ARCHIVE))
    exercises = nbformat.v4.new_notebook(cells=[text, nbformat.v4.new_code_cell("1 + 1")])
    (copy / "book" / "exercises").mkdir()
    (copy / "book" / "exercises" / "formula.ipynb").write_text(runner.written(runner.normalised(exercises)))
    set_addresses(copy, "https://github.com/OWNER/posenc", "")
    return copy


@pytest.fixture(scope="module")
def built(project):
    """The same, built; and what `make book` printed."""
    return project, make_book(project)


@pytest.fixture(scope="module")
def published(project, tmp_path_factory):
    """The same with both addresses set, built; and what `make book` printed."""
    copy = tmp_path_factory.mktemp("published") / "project"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("_build"))
    set_addresses(copy, "https://github.com/somebody/posenc", f"{ADDRESS}/")
    return copy, make_book(copy)


def buttons(page):
    """Where the buttons of a page lead."""
    return re.findall(r'<a href="([^"]+)"[^>]*class="btn ', page.read_text())


def test_the_page_shows_what_the_notebook_stores(built):
    """Nothing is run again: a stored output that no run would give is on the page."""
    assert "stored: 0.0100" in (built[0] / "_build" / "html" / "chapter.html").read_text()


def test_a_folded_proof_has_a_title_and_an_id_of_its_own(built):
    """The script of the folds needs both: without a title it stops, and the solutions further down stand open."""
    page = (built[0] / "_build" / "html" / "chapter.html").read_text()
    proofs = re.findall(r'<div class="proof dropdown admonition" id="(.*?)">\s*<p class="(.*?)">(.*?)</p>', page)
    assert proofs == [(f"folded-proof-{number}", "admonition-title", "Proof") for number in (1, 2)]
    assert "Proof. " not in page


def test_make_book_ends_with_the_address_of_the_index_page(built):
    address = built[1].rstrip().splitlines()[-1].rpartition("file://")[2]
    assert Path(address).name == "index.html"
    assert "Index" in Path(address).read_text()


def test_the_site_asks_nobody_else(built):
    """No page loads a script, a style, a font or a picture from another site, and math is on board."""
    html = built[0] / "_build" / "html"
    for page in html.rglob("*.html"):
        text = page.read_text()
        loaded = re.findall(r"<(?:script|img|iframe|source)[^>]+src=\"([^\"]+)\"", text)
        loaded += re.findall(r"<link[^>]+rel=\"(?:stylesheet|preload|icon)\"[^>]+href=\"([^\"]+)\"", text)
        assert not [address for address in loaded if re.match(r"(https?:)?//", address)], page.name
        assert "unpkg.com" not in text
    assert (html / "_static" / "mathjax" / "tex-chtml.js").stat().st_size > 10**6


@pytest.mark.parametrize("addresses", ["unset", "set"])
def test_every_icon_is_drawn_and_the_script_for_icons_is_gone(addresses, built, published):
    html = {"unset": built, "set": [published[0]]}[addresses][0] / "_build" / "html"
    named = set()
    for page in html.rglob("*.html"):
        text = page.read_text()
        assert "fontawesome" not in text, page.name
        for classes in re.findall(r'class="([^"]*\bfa[srb]?[ -][^"]*)"', text):
            named |= set(re.findall(r"\bfa-([a-z-]+)", classes)) - {"solid", "brands", "lg"}
    assert {"bars", "download", "magnifying-glass", "sun"} <= named <= set(site_icons.STROKES)
    sheet = (html / "_static" / "icons.css").read_text()
    assert all(f".fa-{name} " in sheet for name in named)
    assert not [path for pattern in ("*fontawesome*", "*.map") for path in html.rglob(pattern)]


def test_no_page_but_the_search_loads_its_index(built):
    html = built[0] / "_build" / "html"
    loading = {page.name for page in html.rglob("*.html") if 'src="searchindex.js"' in page.read_text()}
    assert loading == {"search.html"}


def test_without_addresses_no_button_is_dead_and_the_build_says_so_once(built):
    project, printed = built
    assert printed.count(NOT_SET) == 1
    html = project / "_build" / "html"
    for page in html.rglob("*.html"):
        assert not [link for link in buttons(page) if "//" in link], page.name
        assert "OWNER" not in page.read_text()


def test_with_addresses_every_page_leads_to_the_repository(published):
    copy, printed = published
    assert NOT_SET not in printed
    for page in ("index", "chapter", "exercises/formula"):
        links = buttons(copy / "_build" / "html" / f"{page}.html")
        assert "https://github.com/somebody/posenc" in links
        assert any(link.startswith("https://github.com/somebody/posenc/issues/new?") for link in links)


@pytest.mark.parametrize("page", ["chapter", "exercises/formula"])
def test_binder_and_colab_open_copies_in_the_branch(page, published):
    """The source of an exercise holds its solution; that of a chapter has no cell that installs the package."""
    opened = [link for link in buttons(published[0] / "_build" / "html" / f"{page}.html") if "somebody/posenc/" in link]
    assert [link for link in opened if "/issues/" not in link] == [
        f"https://mybinder.org/v2/gh/somebody/posenc/{site_copies.BRANCH}?urlpath=lab/tree/{page}.ipynb",
        f"https://colab.research.google.com/github/somebody/posenc/blob/{site_copies.BRANCH}/{page}.ipynb",
    ]
    assert (published[0] / "_build" / "html" / "notebooks" / f"{page}.ipynb").exists()


def test_the_download_button_gives_a_copy_too(built):
    html = built[0] / "_build" / "html"
    assert buttons(html / "exercises" / "formula.html") == ["../student/formula.ipynb"]
    assert buttons(html / "chapter.html") == ["notebooks/chapter.ipynb"]


def test_pages_open_in_the_browser_once_that_is_built(built, tmp_path):
    """`make lite` puts JupyterLite into the site; the pages, though none of them has changed, then lead to it."""
    copy = tmp_path / "project"
    shutil.copytree(built[0], copy, ignore=shutil.ignore_patterns("_build"))
    make_book(copy)
    lite = copy / "_build" / "html" / "lite" / "index.html"
    lite.parent.mkdir()
    lite.touch()
    make_book(copy)
    for page, up in (("chapter", ""), ("exercises/formula", "../")):
        links = buttons(copy / "_build" / "html" / f"{page}.html")
        assert f"{up}lite/notebooks/index.html?path={page}.ipynb" in links
    assert not [link for link in buttons(copy / "_build" / "html" / "index.html") if "lite/" in link]


def test_the_workflow_writes_the_branch_that_the_buttons_open():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text())["jobs"]
    (push,) = re.findall(r"^git push .*", jobs["student-copies"]["steps"][-1]["run"], re.M)
    assert push.split()[-1] == site_copies.BRANCH
    paths = [step["with"]["path"] for step in jobs["build"]["steps"] if step.get("with", {}).get("name") == "copies"]
    assert paths == ["_build/html/notebooks"]


@pytest.mark.parametrize("addresses", ["unset", "set"])
def test_what_an_exercise_page_offers_to_download_is_there(addresses, built, published):
    copy = {"unset": built[0], "set": published[0]}[addresses]
    page = copy / "_build" / "html" / "exercises" / "formula.html"
    links = set(re.findall(r'href="(\.\./[^"]+\.(?:ipynb|zip))"', page.read_text()))
    assert {Path(link).name for link in links} == {"formula.ipynb", f"{student_copies.ARCHIVE}.zip"}
    assert all((page.parent / link).exists() for link in links)
    text = (page.parent.parent / "student" / "formula.ipynb").read_text()
    assert {"set": f"[the chapter]({ADDRESS}/chapter.html)", "unset": "the chapter (*Chapter*)"}[addresses] in text
    assert (f"{ADDRESS}/student/posenc-" in text) == (addresses == "set")


def tags(page):
    """What a page says of itself, by name."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page.read_text())
    return {name: html.unescape(content) for name, content in found}


def test_without_an_address_no_page_invents_one(built):
    site = built[0] / "_build" / "html"
    for page in site.rglob("*.html"):
        text = page.read_text()
        assert not re.search('rel="canonical"|og:(url|image)|citation_public_url', text), page.name
        assert not re.search('(src|href)="/', text), page.name
    assert not (site / "sitemap.xml").exists()
    assert not (site / "robots.txt").exists()


def test_with_an_address_a_page_says_where_it_is_and_shows_a_picture(published):
    site = published[0] / "_build" / "html"
    said = tags(site / "exercises" / "formula.html")
    assert said["og:url"] == said["citation_public_url"] == f"{ADDRESS}/exercises/formula.html"
    assert f'<link rel="canonical" href="{said["og:url"]}"' in (site / "exercises" / "formula.html").read_text()
    with Image.open(site / said["og:image"].removeprefix(f"{ADDRESS}/")) as picture:
        assert picture.size == (int(said["og:image:width"]), int(said["og:image:height"]))
    assert said["og:image:alt"].startswith("Left, a table of 60 positions")
    assert said["twitter:card"] == "summary_large_image"


def test_the_map_of_the_site_names_every_page(published):
    site = published[0] / "_build" / "html"
    named = ElementTree.parse(site / "sitemap.xml").getroot().itertext()
    pages = {f"{ADDRESS}/{page}.html" for page in ("index", "chapter", "exercises/formula", "genindex")}
    assert {address for address in named if address.strip()} == pages
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in (site / "robots.txt").read_text().splitlines()


def test_the_page_for_lost_readers_works_from_any_depth(published):
    page = (published[0] / "_build" / "html" / "404.html").read_text()
    links = re.findall(r' (?:src|href)="([^"#][^"]*)"', page)
    assert {"/posenc/ten_minutes.html", "/posenc/ledger.html", "/posenc/search.html"} <= set(links)
    assert not [link for link in links if not re.match("https?://|/posenc/", link)]
    assert 'data-content_root="/posenc/"' in page
    assert tags(published[0] / "_build" / "html" / "404.html")["robots"] == "noindex"


def test_the_citation_is_the_same_wherever_it_stands():
    """Programs read the top of CITATION.cff, the pages what it prefers; the footer has the year."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    settings = yaml.safe_load((ROOT / "_config.yml").read_text())
    preferred = cited["preferred-citation"]
    assert [preferred[key] for key in ("title", "authors")] == [cited[key] for key in ("title", "authors")]
    assert (preferred["title"], str(preferred["year"])) == (settings["title"], settings["copyright"])


def test_the_table_of_contents_names_files_that_exist():
    assert len(set(pages())) == len(pages())
    for page in pages():
        assert source_of(page).exists()


def test_every_page_is_in_the_table_of_contents():
    found = {path.relative_to(BOOK).with_suffix("").as_posix() for path in [*BOOK.rglob("*.md"), *runner.notebooks()]}
    assert found == set(pages())


def own_files():
    """The text files of the project, found without git: a download has none."""
    kinds = {".md", ".yml", ".toml", ".cff", ".ipynb", ".py", ".txt", ".yaml"}
    made = {".venv", ".git", "_build", "build", "posenc.egg-info"}
    for folder, inside, files in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in made and not name.endswith("_cache")]
        yield from (Path(folder, name) for name in files if Path(name).suffix in kinds)


def test_addresses_of_repository_and_site_stand_in_one_place():
    """Only _config.yml may know where the project lives."""
    url = yaml.safe_load((ROOT / "_config.yml").read_text())["repository"]["url"]
    assert [path.name for path in own_files() if url in path.read_text(encoding="utf-8")] == ["_config.yml"]
