"""The page for an address that leads nowhere, as a Sphinx extension.

It is served at every depth, so on a published site it asks for everything from the root of the site, which
sphinx-notfound-page sees to. Without an address nobody knows that root: then the page is one like the others.
"""

from urllib.parse import urlparse

import addresses

PAGE = "404"
TEXT = """
<section id="nothing-here">
<h1>There is no page here</h1>
<p>Perhaps the address has a slip, or the page that linked here meant another one. Pages of this book do not move, so
what you look for is probably one of these:</p>
<ul>
<li><a class="reference internal" href="{root}ten_minutes.html">Position encoding in ten minutes</a>, if you are new
here: six questions, each with a short answer and a picture;</li>
<li><a class="reference internal" href="{root}ledger.html">the ledger</a>, if you have read a claim about position
encoding and want to know whether it is true;</li>
<li><a class="reference internal" href="{root}search.html">the search</a>, if you know a word that stands on the
page;</li>
<li><a class="reference internal" href="{root}index.html">the first page</a>, from which all others can be reached.</li>
</ul>
</section>
"""


def setup(app):
    """Register the page with Sphinx."""
    root = f"{urlparse(addresses.site()).path}/" if addresses.site() else ""
    page = {"title": "There is no page here", "body": TEXT.format(root=root)}
    app.connect("html-page-context", keep_out_of_results, priority=700)
    if root:
        app.config.notfound_context = page
        app.config.notfound_urls_prefix = root
        app.setup_extension("notfound.extension")
    else:
        app.connect("html-collect-pages", lambda app: [(PAGE, page, "page.html")])
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def keep_out_of_results(app, pagename, templatename, context, doctree):
    """Let no search engine list the page, and let its scripts find the site from any depth."""
    if pagename == PAGE:
        context["pageurl"] = None
        context["metatags"] = (context.get("metatags") or "") + '<meta name="robots" content="noindex" />\n'
        if addresses.site():
            context["content_root"] = app.config.notfound_urls_prefix
