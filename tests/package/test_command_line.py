"""The command line: what it reads, what it says, and with which code it ends."""

import subprocess
import sys

import numpy as np
import pytest

import posenc
from posenc.__main__ import NAMED, NOTHING_FITS, UNREADABLE, main

TABLE = posenc.sinusoidal(range(1, 13), 16, layout="halves")
SENTENCE = "halves, sine first, paper grid (last wavelength 19,869), base 10000, first row is position 1\n"


@pytest.fixture
def saved(tmp_path):
    """A file of each kind that can be written here, by its ending."""
    np.save(tmp_path / "table.npy", TABLE)
    np.save(tmp_path / "batch.npy", TABLE[None])
    np.savez(tmp_path / "one.npz", pe=TABLE)
    np.savez(tmp_path / "many.npz", pe=TABLE, weights=np.ones((2, 2)))
    cos, sin = posenc.rotary_cos_sin(range(9), 16)
    np.savez(tmp_path / "rotary.npz", cos=cos, sin=sin)
    np.savetxt(tmp_path / "table.csv", TABLE, delimiter=",", header="made by hand")
    np.savetxt(tmp_path / "table.txt", TABLE)
    return tmp_path


@pytest.mark.parametrize("name", ["table.npy", "batch.npy", "one.npz", "many.npz --key pe", "table.csv", "table.txt"])
def test_it_reads_a_table(saved, capsys, name):
    file, *options = name.split()
    assert main(["identify", str(saved / file), *options]) == NAMED
    assert capsys.readouterr().out == SENTENCE


def test_it_reads_a_rotary_pair(saved, capsys):
    assert main(["identify", str(saved / "rotary.npz")]) == NAMED
    assert capsys.readouterr().out.startswith("cosines and sines apart, paper grid")


def test_it_reads_safetensors_or_says_what_is_missing(saved, capsys, monkeypatch):
    class Module:
        @staticmethod
        def load_file(path):
            return {"embed.pe": TABLE}

    monkeypatch.setitem(sys.modules, "safetensors", Module)
    monkeypatch.setitem(sys.modules, "safetensors.numpy", Module)
    assert main(["identify", str(saved / "model.safetensors"), "--key", "embed.pe"]) == NAMED
    assert capsys.readouterr().out == SENTENCE
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    assert main(["identify", str(saved / "model.safetensors")]) == UNREADABLE
    assert "pip install safetensors" in capsys.readouterr().err


def test_nothing_fits_is_a_code_of_its_own(tmp_path, capsys):
    np.save(tmp_path / "noise.npy", np.random.default_rng(0).normal(size=(8, 16)))
    np.save(tmp_path / "small.npy", [[0.6, 0.8]])
    assert [main(["identify", str(tmp_path / name)]) for name in ("noise.npy", "small.npy")] == [NOTHING_FITS] * 2
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "nothing fits", "too small to decide; among what fits is",
    ]  # fmt: skip


def test_positions_come_as_a_list_or_a_file(tmp_path, capsys):
    where = [0, 3, 4, 17, 100]
    np.save(tmp_path / "some.npy", posenc.sinusoidal(where, 16))
    (tmp_path / "where.txt").write_text("0 3 4\n17, 100\n")
    for given in ("0,3,4,17,100", str(tmp_path / "where.txt")):
        assert main(["identify", str(tmp_path / "some.npy"), "--positions", given]) == NAMED
        assert "at the positions given" in capsys.readouterr().out


def test_it_draws_what_it_found(saved, monkeypatch, capsys):
    for name in ("table.npy", "rotary.npz"):
        picture = saved / "picture.png"
        assert main(["identify", str(saved / name), "--picture", str(picture)]) == NAMED
        assert picture.read_bytes()[1:4] == b"PNG"
        picture.unlink()
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for name in [name for name in sys.modules if name.startswith("posenc.plotting")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(posenc, "plotting", raising=False)
    assert main(["identify", str(saved / "table.npy"), "--picture", "picture.png"]) == UNREADABLE
    assert "pip install 'posenc[plotting]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("missing.npy", "missing.npy"),
        ("table.npy --key pe", "--key is for .npz and .safetensors files"),
        ("many.npz", "which holds: pe, weights"),
        ("many.npz --key other", "which holds: pe, weights"),
        ("table.npy --positions 1,2", "positions must have shape (12,)"),
        ("table.npy --positions one", "--positions must be numbers"),
        ("table.jpg", "must end in .npy, .npz, .csv, .txt or .safetensors"),
        ("broken.npy", "is no .npy file"),
        ("broken.npz", "is no .npz file"),
        ("broken.csv", "must hold rows of equally many numbers"),
        ("objects.npy", "is no .npy file"),
        ("nan.csv", "table must be finite, got nan"),
        ("empty.csv", "table must have two axes"),
    ],
)
def test_what_cannot_be_read_is_said_on_one_line(saved, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(saved)
    for kind in ("npy", "npz"):
        (saved / f"broken.{kind}").write_bytes(b"no table")
    (saved / "broken.csv").write_text("1,2\n3\n")
    (saved / "nan.csv").write_text("1,nan\n")
    (saved / "empty.csv").write_text("")
    (saved / "table.jpg").write_text("")
    np.save(saved / "objects.npy", np.array([[1, "a"]], dtype=object), allow_pickle=True)
    assert main(["identify", *arguments.split()]) == UNREADABLE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("posenc: ")
    assert said in err
    assert err.count("\n") == 1


def test_help_and_version(capsys):
    for arguments, said in [
        (["--version"], f"posenc {posenc.__version__}"),
        (["--help"], "identify"),
        (["identify", "--help"], "Exit code: 0 if the table was named, 1 if nothing fits"),
    ]:
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 0
        assert said in " ".join(capsys.readouterr().out.split())
    for arguments in ([], ["identify"], ["guess"]):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 2


def test_it_runs_as_a_module(saved):
    run = subprocess.run(
        [sys.executable, "-m", "posenc", "identify", str(saved / "table.npy")], capture_output=True, text=True
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, SENTENCE, "")
