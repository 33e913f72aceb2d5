"""Who may import whom, and what `import posenc` must not load."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: What each module may import of the package. A new module gets its line here.
ALLOWED = {
    "_validation": set(),
    "_layout": {"_validation"},
    "_ladder": {"_validation", "_layout"},
    "_rotations": set(),
    "_encoding": {"_validation", "_layout", "_ladder", "_rotations"},
    "_fit": {"_validation"},
    "_rotary": {"_validation", "_layout", "_ladder", "_rotations", "_encoding"},
    "_scaling": {"_validation"},
    "_relative": {"_validation"},
    "_alibi": {"_validation", "_relative"},
    "_grid": {"_validation", "_layout", "_encoding"},
    "_fourier": {"_validation", "_encoding"},
    "_precision": set(),
    "_estimate": set(),
    "_seeds": {"_estimate"},
    "_reading": {"_estimate"},
    "_identify": {"_validation", "_precision", "_estimate", "_seeds", "_reading"},
    "__main__": {None, "plotting", "_identify"},
    "attention": {"_validation", "_layout", "_rotary"},
    "symbolic": {"_validation", "_layout", "_ladder"},
    "__init__": {
        *("_fit", "_layout", "_ladder", "_encoding"),
        *("_rotary", "_scaling", "_relative", "_alibi", "_grid", "_fourier", "_identify"),
    },
}
#: What it may import besides NumPy and the standard library.
OUTSIDE = {"symbolic": {"sympy"}, "_rotary": {"array_api_compat"}, "__main__": {"safetensors"}}
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
    if path.stem not in ALLOWED:
        pytest.fail(f"posenc/{path.name} is new: say in ALLOWED, in {Path(__file__).name}, what it may import")
    assert inside <= ALLOWED[path.stem], f"posenc/{path.name} may import {sorted(ALLOWED[path.stem])} of the package"
    assert outside <= {"numpy"} | OUTSIDE.get(path.stem, set()) | sys.stdlib_module_names


@pytest.mark.parametrize("path", sorted((ROOT / "posenc" / "plotting").glob("*.py")), ids=lambda path: path.stem)
def test_pictures_compute_nothing(path):
    """They import each other, NumPy and what draws, and nothing of the package: numbers come in as arguments."""
    modules = {module for module, _ in imports(path.read_text(encoding="utf-8"))}
    inside = {module for module in modules if module.startswith("posenc")}
    assert all(module.startswith("posenc.plotting._") for module in inside)
    outside = {module.partition(".")[0] for module in modules - inside}
    assert outside <= {"numpy", "matplotlib", "tabulate"} | sys.stdlib_module_names


@pytest.mark.parametrize("path", sorted((ROOT / "posenc" / "exercises").glob("*.py")), ids=lambda path: path.stem)
def test_exercises_use_the_package_as_a_reader_would(path):
    """They import the public package and each other in one direction, and nobody's internals."""
    inside = {module for module, _ in imports(path.read_text(encoding="utf-8")) if module.startswith("posenc")}
    own = {f"posenc.exercises.{name}" for name in ("_verdict", "_judge", "_apart")}
    allowed = {
        "_apart": set(),
        "_verdict": {"posenc"},
        "_judge": {"posenc", "posenc.exercises._verdict"},
    }.get(path.stem, {"posenc", "posenc.exercises", *own})
    assert inside <= allowed


def test_import_posenc_is_light():
    """In a fresh interpreter: of what pip installed, `import posenc` may load NumPy only."""
    code = """
import sys
import numpy
before = set(sys.modules)
import posenc
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(sorted(loaded - set(sys.stdlib_module_names) - {"numpy", "posenc"}))
print("posenc.exercises" in sys.modules)
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.split() == ["[]", "False"]


@pytest.mark.parametrize(
    ("module", "library", "name"),
    [
        ("symbolic", "sympy", "SymPy"),
        ("exercises", "sympy", "SymPy"),
        ("plotting", "matplotlib", "Matplotlib"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(module, library, name):
    code = f"import sys; sys.modules[{library!r}] = None\nimport posenc.{module}"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr.strip().splitlines()[-1]
    assert said == f"ModuleNotFoundError: posenc.{module} needs {name}: pip install 'posenc[{module}]'"


def test_without_tabulate_a_table_is_text():
    """The exercises run where it is missing, and a notebook shows the text where there is no HTML."""
    code = """
import sys
sys.modules["tabulate"] = None
from posenc import plotting
shown = plotting.table(["rule", "miss", "shifts"], [["sinusoids", 0.0, True], ["one sine", 0.994, False]])
assert shown._repr_html_() is None
print(shown)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    rows = ["rule        miss  shifts", "sinusoids    0.0    ✓", "one sine   0.994    ✗"]
    assert result.stdout.splitlines() == rows, result.stderr


def test_no_public_function_has_the_name_of_its_module():
    import posenc

    modules = {path.stem for path in MODULES}
    assert not modules & set(posenc.__all__)
    for member in posenc.__all__:
        assert callable(getattr(posenc, member))
        assert getattr(posenc, member).__module__.startswith("posenc._")


def test_everything_public_is_exported_and_documented():
    import posenc

    reference = (ROOT / "book" / "api.md").read_text(encoding="utf-8")
    for member in posenc.__all__:
        doc = inspect.getdoc(getattr(posenc, member))
        if inspect.isclass(getattr(posenc, member)):
            assert f".. autoclass:: {member}\n" in reference
            assert "Attributes\n---" in doc
            continue
        assert f".. autofunction:: {member}\n" in reference
        for section in ("Parameters", "Returns", "Raises", "Notes", "Examples"):
            assert f"{section}\n---" in doc, f"{member} lacks {section}"
