"""Run what a student handed in where it can do no harm: in a process of its own, for a limited time.

Where the system can fork (Linux, macOS), the work runs in a copy of this process, so it needs no
sending of functions: a lambda or a closure is simply there. Only the result is sent back. When the
time is over the copy is ended, whatever it does: a loop in C hears no exception, but it does not
survive the end of its process. Elsewhere (Windows, the browser) the work runs in this process,
without a limit.
"""

import builtins
import contextlib
import io
import multiprocessing
import os
import signal
import sys
import warnings
from pathlib import Path

import numpy as np

SECONDS = 10
CAN_FORK = sys.platform in ("linux", "darwin")
# What an answer may take beyond the memory of the notebook: a list that grows for ever ends here.
BYTES = 2 * 2**30


class Stopped(Exception):  # noqa: N818 - it is a verdict, not an error
    """The work did not end by itself; the message says how it ended."""


def apart(work, seconds=None):
    """What `work()` returns, which has to be something that can be pickled. Raises `Stopped`."""
    seconds = SECONDS if seconds is None else seconds
    if not CAN_FORK:
        with quiet():
            return work()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work_and_send, args=(work, sender))
    with warnings.catch_warnings():
        # A notebook has threads. The copy has only this one, and needs none of the others.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            raise Stopped(f"it was stopped after {seconds} seconds: is there an endless loop, or much too much work?")
        return receiver.recv()
    except EOFError:
        process.join()
        raise Stopped(f"it ended the process that it ran in (exit code {process.exitcode})") from None
    finally:
        receiver.close()
        _end(process)


def _work_and_send(work, sender):
    """What the copy does. It leaves by `_exit`, past everything that waits for the end of a notebook."""
    os.setsid()  # so that what it starts ends with it
    _limit_memory()
    _silence()
    with quiet():
        result = work()
    sender.send(result)
    sender.close()
    os._exit(0)


def _end(process):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
    process.close()


def _limit_memory():
    # Not everywhere, and where not, the limit of time is left.
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + BYTES, most))


def _silence():
    """Let nothing that is written in the copy reach the notebook, and let nobody ask its reader."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for stream in (sys.stdout, sys.stderr):
        # A handler of `logging` may hold on to the stream itself, which a notebook would show in red.
        with contextlib.suppress(Exception):
            stream.write = len  # type: ignore[method-assign]
    builtins.input = _nobody_answers


def _nobody_answers(*prompt):
    raise EOFError("input() has nobody to ask while an answer is checked")


@contextlib.contextmanager
def quiet():
    """Keep prints and warnings of an answer from the page."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield
