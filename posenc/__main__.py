"""The command line: ``python -m posenc identify table.npy``."""

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import posenc
from posenc._identify import Identification, remade

NAMED, NOTHING_FITS, UNREADABLE = 0, 1, 2
KINDS = ".npy, .npz, .csv, .txt or .safetensors"


class _UnreadableError(Exception):
    """A file or an option that nothing can be made of; its text says why."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give back its exit code."""
    options = _parser().parse_args(arguments)
    try:
        table = _read(Path(options.file), options.key)
        positions = None if options.positions is None else _numbers(options.positions)
        found = posenc.identify(table, positions=positions)
        print(found)
        if options.picture is not None:
            _draw(found, table, positions, options.picture)
    except (_UnreadableError, OSError, TypeError, ValueError) as error:
        print(f"posenc: {error}", file=sys.stderr)
        return UNREADABLE
    return NAMED if found else NOTHING_FITS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m posenc", description="Position encoding in transformers.")
    parser.add_argument("--version", action="version", version=f"posenc {posenc.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    identify = commands.add_parser(
        "identify",
        help="say which convention made a table",
        description="Say in one sentence which convention made a table of sines and cosines.",
        epilog="Exit code: 0 if the table was named, 1 if nothing fits or it is too small to decide, "
        "2 if a file or an option cannot be read.",
    )
    identify.add_argument("file", help=f"the table, one row a position: {KINDS}")
    identify.add_argument("--key", help="which array of an .npz or .safetensors file, where it holds several")
    identify.add_argument(
        "--positions", metavar="LIST", help="the positions of the rows, separated by commas, or a file of them"
    )
    identify.add_argument(
        "--picture", metavar="FILE", help="draw the table, the named table and their difference (needs Matplotlib)"
    )
    return parser


def _read(path: Path, key: str | None) -> Any:
    """The table in a file, or its cos and sin; an axis of length 1 in front, for a batch, is left out."""
    kind = path.suffix.lower()
    if kind in (".npz", ".safetensors"):
        table = _chosen(_safetensors(path) if kind == ".safetensors" else _npz(path), key, path)
    elif key is not None:
        raise _UnreadableError(f"--key is for .npz and .safetensors files, and {path} is neither")
    elif kind == ".npy":
        try:
            table = np.load(path, allow_pickle=False)
        except (ValueError, EOFError) as error:
            raise _UnreadableError(f"{path} is no .npy file: {error}") from None
    elif kind in (".csv", ".txt"):
        table = _text(path)
    else:
        raise _UnreadableError(f"{path} must end in {KINDS}")
    if isinstance(table, tuple):
        return tuple(map(_without_batch, table))
    return _without_batch(table)


def _without_batch(table: NDArray[Any]) -> NDArray[Any]:
    while table.ndim > 2 and table.shape[0] == 1:
        table = table[0]
    return table


def _npz(path: Path) -> dict[str, NDArray[Any]]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (ValueError, EOFError) as error:
        raise _UnreadableError(f"{path} is no .npz file: {error}") from None
    except Exception as error:
        if type(error).__name__ != "BadZipFile":
            raise
        raise _UnreadableError(f"{path} is no .npz file: {error}") from None


def _safetensors(path: Path) -> dict[str, NDArray[Any]]:
    try:
        load_file = importlib.import_module("safetensors.numpy").load_file
    except ModuleNotFoundError:
        raise _UnreadableError(f"to read {path}, install safetensors: pip install safetensors") from None
    arrays: dict[str, NDArray[Any]] = load_file(path)
    return arrays


def _chosen(arrays: dict[str, NDArray[Any]], key: str | None, path: Path) -> Any:
    if key is None and len(arrays) == 1:
        return next(iter(arrays.values()))
    if key is None and set(arrays) == {"cos", "sin"}:
        return arrays["cos"], arrays["sin"]
    if key is None or key not in arrays:
        names = ", ".join(sorted(arrays)) or "nothing"
        raise _UnreadableError(f"--key must be one of the arrays of {path}, which holds: {names}")
    return arrays[key]


def _text(path: Path) -> NDArray[Any]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.replace(",", " ").replace(";", " ").split() for line in lines if line.split("#")[0].strip()]
    try:
        return np.array([[float(word) for word in row] for row in rows])
    except ValueError as error:
        raise _UnreadableError(f"{path} must hold rows of equally many numbers: {error}") from None


def _numbers(given: str) -> NDArray[np.float64]:
    text = Path(given).read_text(encoding="utf-8") if Path(given).is_file() else given
    try:
        return np.array([float(word) for word in text.replace(",", " ").split()])
    except ValueError:
        raise _UnreadableError(
            f"--positions must be numbers separated by commas, or a file of them, got {given!r}"
        ) from None


def _draw(found: Identification, table: Any, positions: NDArray[np.float64] | None, picture: str) -> None:
    """The table, beside the table that the reading makes and their difference."""
    try:
        from posenc import plotting
    except ModuleNotFoundError as error:
        raise _UnreadableError(str(error)) from None
    given = np.concatenate(table, axis=1) if isinstance(table, tuple) else table
    shown = {"the table": given}
    if found.base is not None:
        named = remade(found, given.shape[0], given.shape[1], positions)
        shown |= {"as it was named": named, "difference": given - named}
    top = max(float(np.abs(given).max()), 1e-30)
    plotting.heat_maps(shown, ylabel="row", limits=(-top, top)).savefig(picture)


if __name__ == "__main__":
    sys.exit(main())
