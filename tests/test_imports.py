"""Who may import whom, and what `import posenc` must not load."""

import ast
import subprocess
import sys

import pytest

from book import ROOT

ALLOWED = {
    "_validation": set(),
    "layout": {"_validation"},
    "frequencies": {"_validation", "layout"},
    "sinusoidal": {"_validation", "layout", "frequencies"},
    "fit": {"_validation"},
    "symbolic": {"_validation", "layout"},
    "plotting": set(),
    "__init__": {"fit", "layout", "frequencies", "sinusoidal"},
}
OUTSIDE = {
    "frequencies": {"decimal", "numpy"},
    "symbolic": {"sympy"},
    "plotting": {"matplotlib", "numpy", "functools", "pathlib"},
}
MODULES = sorted((ROOT / "posenc").glob("*.py"))


def imports(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports within the package are absolute"
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_run_one_way(path):
    inside, outside = set(), set()
    for module, member in imports(path.read_text(encoding="utf-8")):
        package, _, rest = module.partition(".")
        if package == "posenc":
            inside.add(rest or member)
        else:
            outside.add(package)
    assert inside <= ALLOWED[path.stem]
    assert outside <= OUTSIDE.get(path.stem, {"numpy", "operator"})


@pytest.mark.parametrize("path", sorted((ROOT / "posenc" / "exercises").glob("*.py")), ids=lambda path: path.stem)
def test_exercises_use_the_package_as_a_reader_would(path):
    """They import the public package and each other, and nobody's internals."""
    inside = {module for module, _ in imports(path.read_text(encoding="utf-8")) if module.startswith("posenc")}
    allowed = {"posenc", "posenc.exercises", "posenc.exercises._judge"}
    assert inside <= allowed
    if path.stem == "_judge":
        assert not inside


def test_import_posenc_is_light():
    """In a fresh interpreter: of what pip installed, `import posenc` may load NumPy only."""
    code = "import sys, posenc; print([m for m in ('sympy', 'matplotlib', 'mpmath', 'IPython', 'posenc.exercises') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_everything_public_is_exported_and_documented():
    import posenc

    reference = (ROOT / "book" / "api.md").read_text(encoding="utf-8")
    for member in posenc.__all__:
        doc = getattr(posenc, member).__doc__
        assert f".. autofunction:: {member}\n" in reference
        for section in ("Parameters", "Returns", "Raises", "Notes", "Examples"):
            assert f"{section}\n    ---" in doc, f"{member} lacks {section}"
