"""Notebooks run in the reader's browser: a kernel starts there, installs posenc from the site, and computes.

Pyodide's public address is answered here from its npm package and, for what is written in Python, from the package
index. What it holds as machine code, NumPy and Matplotlib among it, can be had nowhere else. An empty wheel stands for
each of these, so that what is installed is tested, and what NumPy computes in the browser is not.
"""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
LITE = SITE / "lite"
CORE = ROOT / "tests" / "site" / "node_modules" / "pyodide"
WHEELS = ROOT / "_build" / "pyodide"
# What the kernel imports to start, and what the test computes with.
NEEDED = ("micropip", "ipython", "jedi", "sympy")
TYPES = {".json": "application/json", ".mjs": "text/javascript", ".wasm": "application/wasm"}
PATIENCE = 900_000  # milliseconds: a kernel takes ten seconds to start, and minutes on a busy machine
COMPUTED = 'import sympy; from importlib.metadata import version; print(sympy.sqrt(8) * sympy.pi, version("posenc"))'

pytestmark = pytest.mark.skipif(not LITE.exists(), reason="there is no JupyterLite: run `make lite`")


def public_address():
    """The address that the kernel takes Pyodide from, as the built site has it."""
    scripts = (LITE / "extensions" / "@jupyterlite").rglob("*.js")
    (found,) = {found for path in scripts for found in re.findall(r'https://[^"]+/pyodide\.mjs', path.read_text())}
    return found.removesuffix("pyodide.mjs")


def with_all_that_they_need(names, packages):
    """The names of packages, and of all that they need, as Pyodide's lock has them."""
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found:
            found.add(name)
            waiting += packages[name]["depends"]
    return found


def empty_wheel(package):
    """A wheel with a name and a version and nothing in it."""
    content, record = io.BytesIO(), f"{package['name'].replace('-', '_')}-{package['version']}.dist-info"
    with zipfile.ZipFile(content, "w") as wheel:
        wheel.writestr(
            f"{record}/METADATA", f"Metadata-Version: 2.1\nName: {package['name']}\nVersion: {package['version']}\n"
        )
        wheel.writestr(f"{record}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{record}/RECORD", "")
    return content.getvalue()


@pytest.fixture(scope="session")
def pyodide():
    """What Pyodide's public address answers, by the name of the file."""
    if not CORE.exists():
        pytest.exit("there is no Pyodide: run `npm ci` in tests/site", returncode=2)
    version = json.loads((CORE / "package.json").read_text())["version"]
    assert f"/v{version}/" in public_address(), "tests/site/package.json has another Pyodide than the kernel asks for"
    lock = json.loads((CORE / "pyodide-lock.json").read_text())
    packages = lock["packages"]
    pinned = [f"{name}=={packages[name]['version']}" for name in sorted(with_all_that_they_need(NEEDED, packages))]
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--python-version=3.14"]
    subprocess.run([sys.executable, "-m", "pip", "download", *options, "--dest", WHEELS, *pinned], check=True)
    files = {path.name: path.read_bytes() for path in (*CORE.iterdir(), *WHEELS.iterdir()) if path.is_file()}
    for package in packages.values():
        content = files.setdefault(package["file_name"], empty_wheel(package))
        package["sha256"] = hashlib.sha256(content).hexdigest()
    return files | {"pyodide-lock.json": json.dumps(lock).encode()}


def test_a_notebook_runs_in_the_browser(site, browser, pyodide):
    address, outside = public_address(), []

    def answer(route):
        url = route.request.url
        name = url.rpartition("/")[2]
        if url.startswith(site):
            route.continue_()
        elif url == address + name and name in pyodide:
            kind = TYPES.get(f".{name.rpartition('.')[2]}", "application/octet-stream")
            route.fulfill(body=pyodide[name], content_type=kind, headers={"access-control-allow-origin": "*"})
        else:
            outside.append(url)
            route.abort()

    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(f"{site}/formula/order.html")
        page.goto(f"{site}/formula/{page.locator('a.btn-run-in-browser-button').get_attribute('href')}")
        assert outside == []
        first = page.locator(".jp-CodeCell").first
        first.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        first.locator(".jp-InputPrompt", has_text="[1]").wait_for()
        assert first.locator(".jp-OutputArea-output").all_inner_texts() == []
        page.keyboard.press("Escape")
        page.keyboard.press("b")
        page.keyboard.press("Enter")
        page.keyboard.insert_text(COMPUTED)
        page.keyboard.press("Shift+Enter")
        page.locator(".jp-OutputArea-output", has_text="2*sqrt(2)*pi 0.").wait_for()
    assert outside == []


def test_every_notebook_is_there_and_its_page_leads_to_it():
    notebooks = {path.relative_to(LITE / "files").as_posix() for path in (LITE / "files").rglob("*.ipynb")}
    assert notebooks == {
        path.relative_to(SITE / "notebooks").as_posix() for path in (SITE / "notebooks").rglob("*.ipynb")
    }
    for notebook in notebooks:
        page = (SITE / notebook).with_suffix(".html").read_text()
        assert f'lite/notebooks/index.html?path={notebook}"' in page


def test_notebooks_are_those_that_are_downloaded_but_for_the_cell_that_installs():
    for path in (LITE / "files").rglob("*.ipynb"):
        there, here = (
            nbformat.read(place, 4).cells for place in (path, SITE / "notebooks" / path.relative_to(LITE / "files"))
        )
        assert [cell.source for cell in there if cell.id != "install"] == [
            cell.source for cell in here if cell.id != "install"
        ]


def test_only_pyodide_is_asked():
    """No page loads a style or a script from elsewhere, and what Pyodide does not have is not looked for elsewhere."""
    settings = json.loads((LITE / "jupyter-lite.json").read_text())["jupyter-config-data"]["litePluginSettings"]
    assert settings["@jupyterlite/pyodide-kernel-extension:kernel"]["disablePyPIFallback"]
    assert not [path for path in LITE.rglob("*.html") if re.search(r'(href|src)="(https?:)?//', path.read_text())]


def test_what_nobody_needs_is_left_out():
    assert {path.parent.name for path in LITE.glob("*/index.html")} == {"notebooks", "tree"}
    assert not list(LITE.rglob("*.map"))
    assert sum(path.stat().st_size for path in LITE.rglob("*") if path.is_file()) < 40e6
