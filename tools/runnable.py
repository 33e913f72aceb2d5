"""What every notebook needs that leaves the book: posenc as a wheel, a cell that installs it, a zip file to go in.

Chapters and exercises are run far from the repository: in a folder of downloads, without a network, or in Colab. The
cell is written when a copy is made, so no notebook of the repository holds an address.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

from packaging.requirements import Requirement

import addresses
from run_notebooks import ROOT

# The folder of the site that the wheel is published in, and the extras of the package that its notebooks ask for.
PUBLISHED = "student"
FOR_EXERCISES = "exercises"
FOR_CHAPTERS = "plotting,symbolic"

INSTALL = """\
# posenc is the book's package. This cell installs it, and what it needs here, where it is missing or old.
import importlib.util
import os
import subprocess
import sys
from importlib.metadata import distributions

from packaging.version import Version

wheel = "{wheel}"
versions = [Version(found.version) for found in distributions(name="posenc")]
complete = all(map(importlib.util.find_spec, {modules}))
if not complete or max(versions, default=Version("0")) < Version("{version}"):
    here = [path for path in (wheel, f"../{{wheel}}") if os.path.exists(path)]
{wanted}
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", wanted]
    done = subprocess.run(pip, capture_output=True, text=True)
    importlib.invalidate_caches()
    if done.returncode or not importlib.util.find_spec("posenc"):
        why = done.stderr[-1000:] or "Restart the kernel, then run this cell again."
        raise RuntimeError("posenc is not ready. " + why)"""

FROM_THE_WHEEL = """\
    if not here:
        what = "from the zip file of the notebooks, beside this one, then run this cell again."
        raise RuntimeError(f"posenc is missing: put {{wheel}}, {{what}}")
    wanted = f"./{{here[0]}}[{extras}]\""""

FROM_THE_WHEEL_OR_ADDRESS = """\
    wanted = f"./{{here[0]}}[{extras}]" if here else "posenc[{extras}] @ {address}\""""


def install(wheel, extras):
    """The source of the cell that installs the package, given by the name of its wheel, with some of its extras."""
    site, repository = addresses.site(), addresses.repository()
    address = f"{site}/{PUBLISHED}/{wheel}" if site else f"git+{repository}" if repository else None
    wanted = FROM_THE_WHEEL_OR_ADDRESS if address else FROM_THE_WHEEL
    return INSTALL.format(
        wheel=wheel,
        version=wheel.split("-")[1],
        modules=json.dumps(["posenc", *needed(extras)]),
        wanted=wanted.format(extras=extras, address=address),
    )


def needed(extras):
    """The names of the distributions that extras of the package ask for. Their modules have the same names."""
    optional = project()["optional-dependencies"]
    return sorted({Requirement(one).name for extra in extras.split(",") for one in optional[extra]})


def project():
    """What pyproject.toml says of the package."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wheel(folder):
    """Build the wheel of posenc into a folder; give back its path. The same source gives the same bytes."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name)  # a copy, because setuptools leaves its working files where it builds
        shutil.copytree(ROOT / "posenc", source / "posenc", ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / file, source / file)
        build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
        command = [sys.executable, "-c", build, str(folder.resolve())]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "315532800"}  # 1980, where the years of zip files begin
        result = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"the wheel of posenc cannot be built:\n{result.stderr}")
    (built,) = folder.glob("posenc-*.whl")
    return built


def archive(folder, target):
    """Pack the files of a folder into a zip file, in one folder at its top. The same files give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{target.stem}/{path.relative_to(folder).as_posix()}")  # dated 1980
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
