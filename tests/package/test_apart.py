"""Work apart: what does not end is ended, and nothing else is touched."""

import itertools
import logging
import os
import select
import subprocess
import sys
import time

import numpy as np
import pytest

from posenc.exercises import _apart, check

forks = pytest.mark.skipif(not _apart.CAN_FORK, reason="without fork there is no process to end")


def bare_except(*arguments):
    while True:
        try:
            while True:
                pass
        except:  # noqa: E722 - this is the point
            pass


def slow_numpy(*arguments):
    matrix = np.eye(300)
    while True:
        matrix = np.linalg.inv(matrix)


@forks
@pytest.mark.parametrize(
    "endless",
    [
        lambda *arguments: sum(itertools.count()),
        lambda *arguments: 10**10**9,
        lambda *arguments: time.sleep(10**6),
        bare_except,
        slow_numpy,
        lambda *arguments: os.system("sleep 1000"),
    ],
    ids=["C loop", "power", "sleep", "bare except", "NumPy", "another process"],
)
def test_an_answer_that_does_not_end_costs_its_exercise_only(endless, monkeypatch):
    monkeypatch.setattr(_apart, "SECONDS", 1)
    assert "it was stopped after 1 seconds" in check(endless, "pair-of-a-column").message
    assert check(lambda column, dim: column // 2, "pair-of-a-column")


@forks
def test_what_an_answer_has_started_ends_with_it(monkeypatch):
    """A pipe is at its end when nobody is left who could write into it."""
    monkeypatch.setattr(_apart, "SECONDS", 1)
    reads, writes = os.pipe()
    check(lambda *arguments: subprocess.run(["sleep", "1000"], pass_fds=[writes]), "pair-of-a-column")
    os.close(writes)
    ended, _, _ = select.select([reads], [], [], 5)
    os.close(reads)
    assert ended


@forks
def test_an_answer_that_ends_its_process_is_told():
    assert "ended the process that it ran in (exit code 3)" in check(lambda *a: os._exit(3), "pair-of-a-column").message


@forks
def test_memory_has_a_limit():
    with pytest.raises(MemoryError):
        raise _apart.apart(lambda: caught(lambda: bytearray(_apart.BYTES * 2)))


def caught(work):
    try:
        return work()
    except MemoryError as error:
        return error


@forks
def test_what_an_answer_changes_stays_with_it():
    names = {"count": 0}

    def counts(column, dim):
        names["count"] += 1
        return column // 2

    assert check(counts, "pair-of-a-column")
    assert names == {"count": 0}


def test_prints_warnings_and_logs_of_an_answer_stay_off_the_page(capfd):
    logging.getLogger("answer").addHandler(logging.StreamHandler(sys.stderr))

    def chatty(column, dim):
        print("out")
        print("err", file=sys.stderr)
        logging.getLogger("answer").warning("logged")
        if _apart.CAN_FORK:
            os.write(2, b"written past Python")
        return np.int64(column) // np.int64(2)

    verdict = check(chatty, "pair-of-a-column")
    logging.getLogger("answer").handlers.clear()
    assert verdict
    assert capfd.readouterr() == ("", "")


def test_nobody_answers_an_answer():
    assert "EOFError" in check(lambda *a: input("?"), "pair-of-a-column").message or not _apart.CAN_FORK


def test_without_fork_the_same_is_said_in_this_process(monkeypatch):
    monkeypatch.setattr(_apart, "CAN_FORK", False)
    assert check(lambda column, dim: column // 2, "pair-of-a-column")
    assert not check(lambda column, dim: column, "pair-of-a-column")
    assert (
        "is not to be used here" in check(lambda c, d: __import__("posenc").pair_of(c, d), "pair-of-a-column").message
    )
    import posenc

    assert posenc.pair_of(3, 4) == 1  # forbidden while the answer ran, and only then
