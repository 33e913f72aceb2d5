"""Make the slides and the handout of one lecture from the two notebooks in slides/.

Both are run, and written for a browser: index.html are the slides, and handout.html prints on two
pages of A4. All that they load lies beside them, so the folder works without a network.
"""

import argparse
import re
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbconvert import HTMLExporter, SlidesExporter

from book_site import MATHJAX_PARTS
from run_notebooks import ROOT, run

SOURCE = ROOT / "slides"
TARGET = ROOT / "_build" / "slides"

#: Each notebook, what writes it, and the page that it becomes. Its template has the name of the notebook.
PAGES = [("lecture", SlidesExporter, "index.html"), ("handout", HTMLExporter, "handout.html")]

#: What the pages load: the package that carries it, its folder there, the folder here, and the parts that are needed.
LIBRARIES = [
    ("sphinx-mathjax-offline", "sphinx-mathjax-offline/static/mathjax", "mathjax", MATHJAX_PARTS),
    (
        "sphinx-revealjs",
        "sphinx_revealjs/_static/revealjs",
        "reveal",
        [
            "LICENSE",
            "dist/reset.css",
            "dist/reveal.css",
            "dist/reveal.js",
            "dist/theme/fonts/source-sans-pro",
            "dist/theme/white-contrast.css",
            "plugin/notes/notes.js",
        ],
    ),
]


def make(target=TARGET):
    """Write both pages, and all that they load, into a folder; give back the pages."""
    for package, inside, folder, parts in LIBRARIES:
        copy_parts(package, inside, parts, target / folder)
    for style in SOURCE.glob("*.css"):
        shutil.copy(style, target)
    with ProcessPoolExecutor(max_workers=len(PAGES)) as pool:
        notebooks = list(pool.map(executed, [name for name, _, _ in PAGES]))
    pages = []
    for (name, exporter, file), notebook in zip(PAGES, notebooks, strict=True):
        pages.append(target / file)
        pages[-1].write_text(html(notebook, name, exporter), encoding="utf-8")
    return pages


def copy_parts(package, inside, parts, target):
    """Copy parts of an installed package, each of them a file or a folder."""
    try:
        source = Path(distribution(package).locate_file(inside))
    except PackageNotFoundError:
        sys.exit(f"{package} is not installed: pip install '.[teaching]'")
    for part in parts:
        if not (source / part).exists():
            sys.exit(f"{package} has no {inside}/{part}: it must be of the version that requirements.txt names")
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, dirs_exist_ok=True)
        else:
            shutil.copy(source / part, target / part)


def executed(name):
    """Run a notebook, and see that its pictures are told in words too."""
    try:
        notebook = run(SOURCE / f"{name}.ipynb")
    except (CellExecutionError, CellTimeoutError) as error:
        raise SystemExit(f"slides/{name}.ipynb fails:\n{error}") from None
    for cell in notebook.cells:
        drawn = any("image/svg+xml" in output.get("data", {}) for output in cell.get("outputs", []))
        if drawn and not cell.metadata.get("mystnb", {}).get("image", {}).get("alt"):
            raise SystemExit(f"slides/{name}.ipynb: cell {cell.id} draws a picture and has no mystnb.image.alt")
    return notebook


def html(notebook, name, exporter):
    """Write a notebook through the template of its name."""
    notebook.metadata.title = title(notebook)
    writer = exporter(
        template_file=f"{name}.html.j2",
        extra_template_paths=[str(SOURCE)],
        exclude_anchor_links=True,
        filters={"inches": inches},
    )
    return writer.from_notebook_node(notebook)[0]


def title(notebook):
    """The first heading."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.search(r"^# (.+)$", text, re.MULTILINE)[1]


def inches(picture):
    """The width of an SVG picture, which Matplotlib writes in points."""
    return round(float(re.search(r'<svg[^>]*? width="([\d.]+)pt"', picture)[1]) / 72, 3)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=Path, default=TARGET, help="where to write; _build/slides if not given")
    for page in make(parser.parse_args().target):
        print(f"{page.name} is made. Open file://{page.resolve()}")
