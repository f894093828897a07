"""The file in which a history grows: it is looked at and replaced by one process at a time.

Two processes that both have read three rounds would both write a fourth, and the later one would take away
the fourth of the other. So whoever writes holds a lock while looking at what is there *and* replacing it.
The lock is one of the operating system, on an empty file beside it that is never deleted: it ends with the
process that holds it, however that ends. (The history itself cannot be locked: each time it is replaced it is
another file.)

What a killed process has left half-written goes with the next write (:mod:`reverse_match.unfinished_file`).

This module knows bytes and texts only; which text may follow is for :mod:`.history` to say.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reverse_match.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.errors import Fault, HistoryError
from reverse_match.file_lock import taken
from reverse_match.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for another process. It holds the lock for a fraction of one."""


def read_bytes(path: Path) -> bytes:
    """Return what stands in the file; it is replaced in one step, so no lock is needed.

    Raises
    ------
    HistoryError
        If there is no such file, it cannot be read, is no plain file, or is too large.
    """
    return file_bytes(path, RECORD_BYTES, HistoryError)


def replace(path: Path, text: str, check: Callable[[bytes], None]) -> None:
    """Write the file as a whole, if what stands there passes a check; no other process can come in between.

    Parameters
    ----------
    path : Path
        A link is followed: the file that it leads to is replaced.
    text : str
        What is to stand there.
    check : callable
        Gets what stands there now, unless there is no file, and raises what keeps it from being replaced.

    Raises
    ------
    HistoryError
        If it cannot be read, or another process holds it for too long; and whatever the check raises.
    InputError
        If it cannot be written.
    """
    real = path.resolve()
    try:
        with _locked(real):
            if real.exists():
                check(read_bytes(real))
            write_whole(real, text)
    except OSError as error:
        raise HistoryError([Fault(f"cannot be written: {error.strerror}", path.name)]) from None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file."""
    handle = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait_for(handle, path.name)
        yield
    finally:
        os.close(handle)  # which ends the lock


def _wait_for(handle: int, name: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not taken(handle):
        if time.monotonic() > deadline:
            message = "another process has been writing it for too long; nothing was written"
            raise HistoryError([Fault(message, name)])
        time.sleep(0.01)
