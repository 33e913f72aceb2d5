"""Start a chapter: a notebook that keeps every rule of form and waits for its content."""

import argparse
import re
import sys

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from run_notebooks import BOOK, ROOT, run, written

OPENING = """\
# A verb or a question

The question in two sentences, and what the last chapter gave.

:::{admonition} The plain answer
:class: tip
At most 120 words. Who stops here has understood the idea.
:::"""

SETUP = "import posenc\nfrom posenc import plotting"
PICTURE = "plotting.clocks([0, 1, 5], posenc.frequencies(8))"

PROMISES = """\
:::{admonition} You will be able to
- do this.
:::

*15 minutes. Needs: every concept that is used and not taught here.*

## Try it

A first case, by hand or by eye. Predict how far hand 1 has turned at position 5, in radians."""

ANSWER = "round(5 * float(posenc.frequencies(8)[1]), 2)"

ENDING = """\
## What people get wrong

What is said elsewhere about it, in our words, and what it is worth.

## What this does not show

Its limits.

## What to remember

- One line.
- Another.
- A third.

## Exercises

:::{exercise} Its name
:label: ex-LABEL

A task.
:::

:::{solution} ex-LABEL
:class: dropdown

Its solution.
:::

## References and credits

Who proved or said it first."""


def hidden(what, name):
    """Metadata of a cell that is folded, and of its fold."""
    return {"tags": [what], "mystnb": {"code_prompt_show": name, "code_prompt_hide": name}}


def skeleton(label):
    """The notebook, not yet run."""
    drawn = hidden("hide-input", "Show how it is drawn")
    drawn["mystnb"]["figure"] = {"caption": "What the picture means, in a sentence.", "name": f"fig-{label}"}
    drawn["mystnb"]["image"] = {"alt": "What is seen, for somebody who does not see it: axes, shapes, what is large."}
    return new_notebook(
        cells=[
            new_markdown_cell(OPENING),
            new_code_cell(SETUP, metadata=hidden("hide-input", "Show the imports")),
            new_code_cell(PICTURE, metadata=drawn),
            new_markdown_cell(PROMISES),
            new_code_cell(ANSWER, metadata=hidden("hide-output", "Show the answer")),
            new_markdown_cell(ENDING.replace("LABEL", label)),
        ]
    )


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
