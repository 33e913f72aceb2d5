"""Run the book's notebooks, two ways.

`cache` runs into a build cache those whose code has changed, for the book that is built here.
`execute` runs all of them, or those named, and stores what they print and draw; `check` runs
them and fails if one byte would change.
"""

import argparse
import hashlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
SECONDS_PER_CELL = 120


def notebooks(book=BOOK):
    """Every notebook below the book's folder, found by search."""
    found = (path.relative_to(book) for path in book.rglob("*.ipynb"))
    return sorted(book / path for path in found if not any(part.startswith((".", "_")) for part in path.parts))


def cache_path(root=ROOT):
    """The folder of the build cache, named after all that a notebook's output depends on but its own code.

    jupyter-cache compares a notebook's cells only. With the package, the lock and the version of
    Python in the name, a change in any of them starts an empty cache, and Sphinx, which sees the
    path as a changed setting, reads every page again.
    """
    digest = hashlib.sha256(sys.version.encode())
    package = (path for path in root.glob("posenc/**/*") if path.is_file() and path.suffix != ".pyc")
    for path in [*sorted(package), root / "requirements.txt"]:
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return root / "_build" / "notebook_cache" / digest.hexdigest()[:16]


def run(path):
    """Run one notebook in a fresh kernel; give it back with its outputs, nothing written."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--IPKernelApp.log_level=40"],  # a kernel on loopback needs no word about encryption
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    return normalised(notebook)


def normalised(notebook):
    """Keep outputs and counts, drop what differs from one machine to the next."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        for volatile in ("execution", "collapsed", "scrolled"):
            cell.metadata.pop(volatile, None)
    return notebook


def written(notebook):
    """The text of a notebook file."""
    return nbformat.writes(notebook) + "\n"


def run_all(paths):
    """Run notebooks in parallel; yield each with its path as it ends, and say how far it is."""
    with ProcessPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
        futures = {pool.submit(run, path): path for path in paths}
        for number, future in enumerate(as_completed(futures), 1):
            path = futures[future]
            try:
                notebook = future.result()
            except (CellExecutionError, CellTimeoutError) as error:
                pool.shutdown(cancel_futures=True)
                sys.exit(f"{path.relative_to(ROOT)} fails:\n{error}")
            print(f"[{number}/{len(futures)}] {path.relative_to(ROOT)}", flush=True)
            yield path, notebook


def execute(paths):
    """Run notebooks and store the result in their place."""
    for path, notebook in run_all(paths):
        path.write_text(written(notebook), encoding="utf-8")


def check(paths):
    """Run notebooks and compare with the stored files, byte for byte."""
    different = [path for path, notebook in run_all(paths) if path.read_text(encoding="utf-8") != written(notebook)]
    if different:
        sys.exit(
            "\n  ".join(["stored outputs differ from a fresh run:", *(str(p.relative_to(ROOT)) for p in different)])
        )


def cache(paths):
    """Run into the build cache the notebooks that are not in it yet."""
    store = get_cache(cache_path())
    known = set()
    for path in paths:
        try:
            store.match_cache_file(path)
            known.add(path)
        except KeyError:
            pass
    new = [path for path in paths if path not in known]
    print(f"Notebooks: {len(known)} in the cache, {len(new)} to run", flush=True)
    for path, notebook in run_all(new):
        store.cache_notebook_bundle(CacheBundleIn(notebook, str(path)), check_validity=False, overwrite=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["cache", "execute", "check"], help="what to do")
    parser.add_argument("paths", nargs="*", type=Path, help="which notebooks; all of the book's if none is named")
    given = parser.parse_args()
    command = {"cache": cache, "execute": execute, "check": check}[given.command]
    command([path.resolve() for path in given.paths] or notebooks())
