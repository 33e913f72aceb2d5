"""Check the types: of the package, and of the README's examples as a user has them, with the built wheel."""

import doctest
import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

from runnable import wheel

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def run(*command, cwd=ROOT, python=Path(sys.executable)):
    """Run a tool of this environment for a Python, which pyright looks up on the path; stop if it complains."""
    print("$", *(Path(part).name if Path(part).is_absolute() else part for part in command), flush=True)
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    if code := subprocess.run([str(part) for part in command], cwd=cwd, env={**os.environ, "PATH": path}).returncode:
        sys.exit(code)


def readme_calls():
    """The examples of the README, as the module that a user would write."""
    examples = doctest.DocTestParser().get_examples((ROOT / "README.md").read_text(encoding="utf-8"))
    return "".join(example.source for example in examples)


def installed_wheel(folder):
    """A fresh environment in `folder` with the wheel of this package; everything else is this environment's."""
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps")
    run(BIN / "python", "-m", "pip", "--python", python, "install", *quiet, wheel(folder))
    packages = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True
    ).stdout.strip()
    Path(packages, "locked.pth").write_text(sysconfig.get_path("purelib"))
    return python


if __name__ == "__main__":
    run(BIN / "mypy")
    run(BIN / "pyright")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = installed_wheel(folder)
        (folder / "user").mkdir()
        (folder / "user" / "readme.py").write_text(readme_calls(), encoding="utf-8")
        (folder / "user" / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
        user = {"cwd": folder / "user", "python": python}
        run(BIN / "mypy", "--strict", "--python-executable", python, "readme.py", **user)
        run(BIN / "pyright", **user)
        run(BIN / "pyright", "--ignoreexternal", "--verifytypes", "posenc", **user)
