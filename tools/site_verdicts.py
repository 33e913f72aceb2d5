"""The look of verdicts, as a Sphinx extension.

Where a text judges a claim it begins with one of three verdicts in bold, as the ledger does. The style sheet gives
each a colour and a sign.
"""

from docutils import nodes

VERDICTS = {"True.": "true", "True in part.": "part", "False as stated.": "false"}


def setup(app):
    """Register the part with Sphinx."""
    app.connect("doctree-read", mark_verdicts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def mark_verdicts(app, doctree):
    """Give each verdict its class."""
    for words in doctree.findall(nodes.strong):
        if words.astext() in VERDICTS:
            words["classes"] += ["verdict", f"verdict-{VERDICTS[words.astext()]}"]
