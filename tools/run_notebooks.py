"""Run the book's notebooks, all of them or those named, and store what they print and draw."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
SECONDS_PER_CELL = 120


def notebooks(book=BOOK):
    """Every notebook below the book's folder, found by search."""
    found = (path.relative_to(book) for path in book.rglob("*.ipynb"))
    return sorted(book / path for path in found if not any(part.startswith((".", "_")) for part in path.parts))


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


def execute(paths):
    """Run notebooks in parallel, store the result in their place, and say how far it is."""
    with ProcessPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
        futures = {pool.submit(run, path): path for path in paths}
        for number, future in enumerate(as_completed(futures), 1):
            path = futures[future]
            try:
                notebook = future.result()
            except (CellExecutionError, CellTimeoutError) as error:
                pool.shutdown(cancel_futures=True)
                sys.exit(f"{path.relative_to(ROOT)} fails:\n{error}")
            path.write_text(written(notebook), encoding="utf-8")
            print(f"[{number}/{len(futures)}] {path.relative_to(ROOT)}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="which notebooks; all of the book's if none is named")
    execute([path.resolve() for path in parser.parse_args().paths] or notebooks())
