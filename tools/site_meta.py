"""What a page says of itself to search engines and to whoever shares its link, as a Sphinx extension.

A title, a description, a picture, and the words under which they are looked for (Open Graph, schema.org). What needs
an address, such as the picture, is said only if the site has one.
"""

import base64
import functools
import io
import json
import re
from html import escape
from pathlib import Path

import nbformat
import yaml
from docutils import nodes
from PIL import Image, ImageOps

import addresses
from first_picture import PATH as LANDING_PICTURE
from run_notebooks import BOOK, ROOT

WRITTEN = "descriptions.yml"
ANSWER = "The plain answer"
SHORTEST, LONGEST = 120, 200
PREVIEW = (1200, 630)  # what the large platforms show without cropping
MARGIN = 40
LOCALES = {"en": "en_GB", "de": "de_DE"}
TEX = re.compile(r"[\\{}^_]")
FORMULA = "\0"  # stands for a formula that plain text cannot say


def setup(app):
    """Register the parts with Sphinx. A description that changes builds the pages anew, as a setting does."""
    app.add_config_value("descriptions", written_descriptions(), "html")
    app.connect("config-inited", prepare)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_previews)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def written_descriptions():
    """The descriptions of pages that need words of their own."""
    path = BOOK / WRITTEN
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def prepare(app, config):
    """Name an address only if it is one."""
    config.html_baseurl = f"{addresses.site()}/" if addresses.site() else ""


def describe(app, pagename, templatename, context, doctree):
    """Put the tags of a page into its head."""
    title = app.config.html_title if pagename == app.config.root_doc else plain_title(app, pagename, context)
    text = description(app, pagename, doctree)
    tags = [("name", "description", text)] if text else []
    tags += [
        ("property", "og:type", "article"),
        ("property", "og:title", title),
        ("property", "og:description", text),
        ("property", "og:site_name", app.config.html_title),
        ("property", "og:locale", LOCALES[app.config.language]),
    ]
    card = "summary"
    if context.get("pageurl"):
        card = "summary_large_image"
        width, height = PREVIEW
        tags += [
            ("property", "og:url", context["pageurl"]),
            ("property", "og:image", f"{addresses.site()}/_static/{preview_name(pagename)}"),
            ("property", "og:image:width", str(width)),
            ("property", "og:image:height", str(height)),
            ("property", "og:image:alt", picture(pagename)[1]),
        ]
    tags.append(("name", "twitter:card", card))
    lines = [f'<meta {kind}="{name}" content="{escape(content)}" />' for kind, name, content in tags if content]
    if doctree is not None:
        lines.append(linked_data(app, context, title, text))
    context["metatags"] = "\n".join([context.get("metatags") or "", *lines, ""])


def plain_title(app, pagename, context):
    """The title of a page without markup."""
    if pagename in app.env.titles:
        return app.env.titles[pagename].astext()
    return re.sub("<.*?>", "", context.get("title") or "") or {"genindex": "Index", "search": "Search"}.get(
        pagename, ""
    )


def description(app, pagename, doctree):
    """What the page is about, in whole sentences: written ones, or the first of its answer that fit."""
    if pagename in app.config.descriptions:
        return app.config.descriptions[pagename]
    if doctree is None:
        return ""
    found = first_sentences(doctree)
    if len(found) >= SHORTEST:
        return found
    title = app.env.titles[pagename].astext()
    return f"{title}{'' if title.endswith(('?', '!', '.')) else '.'} {found}".strip()


def first_sentences(doctree):
    """As many sentences as fit, from the plain answer of a chapter or the first paragraph of another page."""
    answers = [box for box in doctree.findall(nodes.admonition) if box.children and box[0].astext() == ANSWER]
    if answers:
        paragraphs = list(answers[0].findall(nodes.paragraph))
    else:
        paragraphs = [each for each in doctree.findall(nodes.paragraph) if isinstance(each.parent, nodes.section)][:1]
    found = ""
    for sentence in re.split(r"(?<=[.?!])\s+", " ".join(map(plain, paragraphs))):
        longer = f"{found} {sentence}".strip()
        if len(longer) > LONGEST or FORMULA in sentence:
            break
        found = longer
    return found


def plain(paragraph):
    """The text of a paragraph, in which simple formulas such as R(k) stand as they are."""
    pieces = (
        FORMULA if isinstance(each, nodes.math) and TEX.search(each.astext()) else each.astext() for each in paragraph
    )
    return " ".join("".join(pieces).split())


def linked_data(app, context, title, text):
    """The same for machines that read schema.org."""
    book = {"@type": "Book", "name": app.config.html_title}
    if addresses.site():
        book["url"] = app.config.html_baseurl
    about = {
        "@context": "https://schema.org",
        "@type": ["Chapter", "LearningResource"],
        "name": title,
        "description": text,
        "inLanguage": app.config.language,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isPartOf": book,
    }
    if context.get("pageurl"):
        about["url"] = context["pageurl"]
    inside = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{inside}</script>'


@functools.cache
def picture(pagename):
    """The first figure of a notebook as PNG and the words that describe it; for other pages, that of the README."""
    path = (BOOK / pagename).with_suffix(".ipynb")
    for cell in nbformat.read(path, as_version=4).cells if path.exists() else []:
        drawn = [
            output.data["image/png"] for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
        ]
        if drawn:
            return base64.b64decode(drawn[0]), cell.metadata["mystnb"]["image"]["alt"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return LANDING_PICTURE.read_bytes(), re.search(rf"!\[(.*?)\]\(.*?{LANDING_PICTURE.name}\)", readme)[1]


def has_figure(pagename):
    """Whether the page has a preview of its own."""
    return picture(pagename)[0] != picture("index")[0]


def preview_name(pagename):
    """Where below _static the preview of a page is."""
    return f"previews/{pagename if has_figure(pagename) else 'index'}.png"


def write_previews(app, exception):
    """Write each preview whose notebook is newer, or that is not there yet."""
    if exception is not None or app.builder.format != "html":
        return
    for pagename in sorted({"index", *filter(has_figure, app.env.found_docs)}):
        target = Path(app.outdir, "_static", preview_name(pagename))
        source = LANDING_PICTURE if pagename == "index" else (BOOK / pagename).with_suffix(".ipynb")
        if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        preview(picture(pagename)[0]).save(target, optimize=True)


def preview(png):
    """A figure in the middle of a white card with the proportions that platforms show."""
    figure = Image.open(io.BytesIO(png)).convert("RGBA")
    on_white = Image.alpha_composite(Image.new("RGBA", figure.size, "white"), figure).convert("RGB")
    width, height = PREVIEW
    inner = ImageOps.pad(on_white, (width - 2 * MARGIN, height - 2 * MARGIN), Image.Resampling.LANCZOS, "white")
    return ImageOps.expand(inner, MARGIN, "white").quantize(256)  # less than half as many bytes, no difference in sight
