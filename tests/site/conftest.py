"""The built site, served to a real browser on this machine. Nothing else is asked: other addresses get no answer."""

import functools
import http.server
import threading
from contextlib import contextmanager

import pytest
from links import BASE, SITE
from playwright.sync_api import sync_playwright

import browser as installed

# No name but this machine's has an address, whoever asks: a page, a style sheet, a worker, the browser itself.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
HEAVIEST = 8
#: So long the browser may take for a step, in milliseconds: a busy machine is slow, and no test is about time.
PATIENCE = 90_000


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that prints no line for each, and whose folder stands where the site will."""

    def log_message(self, *args):
        """Say nothing."""

    def translate_path(self, path):
        """Find a file by its address."""
        return super().translate_path("/" + path.removeprefix(BASE))


@contextmanager
def served(folder):
    """The address under which a folder is served, on loopback."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
    finally:
        server.shutdown()
        server.server_close()


def pytest_sessionstart(session):
    """Say at once what is missing."""
    if not (SITE / "index.html").exists():
        pytest.exit("there is no site: run `make site` first, or `make site-test`, which does", returncode=2)


def pytest_terminal_summary(terminalreporter):
    """Print which pages are heaviest, and how heavy the files are that all of them share."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    found = {name: weight for report in reports for key, (name, *weight) in report.user_properties if key == "weight"}
    if found:
        terminalreporter.section("what a reader loads")
        shared = max(shared for _, shared in found.values())
        terminalreporter.line(f"shared by all pages, compressed: at most {shared / 1000:.0f} KB, once")
        for name, (own, _) in sorted(found.items(), key=lambda item: -item[1][0])[:HEAVIEST]:
            terminalreporter.line(f"{own / 1000:6.0f} KB more, as it is, for {name}")


@pytest.fixture(scope="session")
def site():
    """The address of the built site, without a slash at its end."""
    with served(SITE) as address:
        yield address.rstrip("/")


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium."""
    path = installed.path() or pytest.exit(installed.MISSING, returncode=2)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", ALONE])
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A new page, wide and light."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light") as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()
