"""Start a chapter: a notebook that keeps every rule of form and waits for its content."""

import argparse
import re
import sys

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from run_notebooks import BOOK, ROOT, run, written

OPENING = """\
# A verb or a question

*The question in two sentences, and what the last chapter gave.*

**You will be able to**

- do this.

About 15 minutes. Needs: every concept that is used and not taught here."""

PICTURE = """\
freqs = posenc.frequencies(8)
plotting.clocks([0, 1, 5], freqs)"""

ENDING = """\
## In words

What the chapter has shown, for a friend.

## What this does not show

Its limits.

## What to remember

- One line.

## Exercises

:::{exercise}
:label: ex-LABEL

A task.
:::

:::{solution} ex-LABEL
Its solution.
:::

## References

What this rests on."""


def skeleton(label):
    """The notebook, not yet run."""
    told = {
        "mystnb": {
            "figure": {"caption": "What the picture means, in a sentence.", "name": f"fig-{label}"},
            "image": {"alt": "What is seen, for somebody who does not see it: axes, shapes, what is large."},
        }
    }
    cells = [
        new_markdown_cell(OPENING),
        new_code_cell("import posenc\nfrom posenc import plotting"),
        new_markdown_cell("## Look at it\n\nWhat to look for in the picture."),
        new_code_cell(PICTURE, metadata=told),
        new_markdown_cell(ENDING.replace("LABEL", label)),
    ]
    return new_notebook(cells=cells)


def create(name, book=BOOK):
    """Write the notebook of a chapter, run; refuse a name that is none, or taken."""
    if not re.fullmatch(r"[a-z]+/[a-z][a-z_]*", name):
        sys.exit(f"NAME must be part/name in lower case, as in NAME=practice/errors, got {name!r}")
    path = book / f"{name}.ipynb"
    if path.exists():
        sys.exit(f"NAME must be new, got {name!r}, which is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(skeleton(path.stem.replace("_", "-"))), encoding="utf-8")
    path.write_text(written(run(path)), encoding="utf-8")
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="part/name, for instance practice/errors")
    path = create(parser.parse_args().name)
    page = path.relative_to(BOOK).with_suffix("").as_posix()
    print(f"Written to {path.relative_to(ROOT)}. Say where it stands, with a line in _toc.yml: - file: {page}")
    print("CONTRIBUTING.md says what a chapter needs; make test says what it still lacks.")
