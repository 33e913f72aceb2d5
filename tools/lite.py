"""Build JupyterLite into the site: every notebook of the book runs in the reader's browser, with nothing installed.

Python itself, NumPy, Matplotlib and SymPy are Pyodide's, and come from its public address when a reader opens a
notebook. What Pyodide does not have comes from the site: posenc, and a few wheels of the locked environment. No other
address is asked. Run it before the book, whose pages have the button if this is there.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

import nbformat

from chapter_copies import chapters
from run_notebooks import ROOT, written
from runnable import FOR_CHAPTERS, FOR_EXERCISES
from student_copies import student

TARGET = ROOT / "_build" / "html" / "lite"

# Without comm no kernel starts, and tables need tabulate; the rest of what the notebooks import is in Pyodide.
NOT_IN_PYODIDE = ("comm", "tabulate")

INSTALL = """\
# In the browser posenc, the book's package, comes from this site, and NumPy, SymPy and Matplotlib from Pyodide.
%pip install -q "posenc[{extras}]\""""

BUILD = {
    "apps": ["notebooks", "tree"],  # one notebook, and the list of all; no terminal, no consoles
    "ignore_sys_prefix": ["federated_extensions"],  # of this environment's extensions only the kernel is needed
    "no_sourcemaps": True,
    "no_unused_shared_packages": True,
}
PAGES = {
    "appName": "Position Encoding in Transformers",
    "appUrl": "./tree",  # where the first page leads
    "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": {"disablePyPIFallback": True}},
}


def lite(target):
    """Build it into a folder, anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contents(folder / "files", folder / "pypi")
        download(NOT_IN_PYODIDE, folder / "pypi")
        (folder / "jupyter-lite.json").write_text(
            json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": PAGES})
        )
        settings = BUILD | {"output_dir": "made", "cache_dir": "cache", "federated_extensions": [str(kernel())]}
        (folder / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": settings}))
        run("-m", "jupyterlite_core", "build", cwd=folder)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder / "made", target)
    return target


def contents(files, wheels):
    """The notebooks, with a first cell that this kernel understands, and the wheel of posenc."""
    with tempfile.TemporaryDirectory() as name:
        chapters(files, student(Path(name, "student")))
    wheels.mkdir()
    for wheel in files.glob("*.whl"):
        shutil.move(wheel, wheels)
    shutil.rmtree(files / "binder")
    (files / "README.md").unlink()
    for path in files.rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        (install,) = (cell for cell in notebook.cells if cell.id == "install")
        install.source = INSTALL.format(extras=FOR_EXERCISES if path.parent.name == "exercises" else FOR_CHAPTERS)
        notebook.metadata.kernelspec = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
        path.write_text(written(notebook), encoding="utf-8")


def download(names, folder):
    """Get the wheels of some distributions, the versions and the bytes that the lock names."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    found = [re.search(rf"^{name}==.*?(?<!\\)\n", lock, re.M | re.S)[0] for name in names]
    (folder / "locked.txt").write_text("".join(found))
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    run("-m", "pip", "download", *options, "--dest", str(folder), "-r", str(folder / "locked.txt"))
    (folder / "locked.txt").unlink()


def kernel():
    """Where the Pyodide kernel's extension is installed."""
    name = "@jupyterlite/pyodide-kernel-extension/package.json"
    files = distribution("jupyterlite-pyodide-kernel").files
    return next(Path(file.locate()).resolve().parent for file in files if str(file).endswith(name))


def run(*arguments, cwd=ROOT):
    """Run Python with some arguments; show what it says if that fails."""
    result = subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{' '.join(arguments[:3])} fails:\n{result.stdout[-3000:]}{result.stderr[-3000:]}")


if __name__ == "__main__":
    made = lite(TARGET)
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) / 1e6
    print(f"JupyterLite is built, {size:.0f} MB: {made.relative_to(ROOT)}")
