"""The file that a result is written to before it takes its name, and what is left of it after a kill.

Its name holds no word of the user's: neither that of the result nor of anybody. Whoever writes one holds its
lock, which ends with the process. So a leftover is told from a file that another process is writing at this
moment: its lock can be taken. Leftovers hold ids of people, and go with the next write into their directory.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reverse_match.file_lock import taken

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGINS, ENDS = ".reverse-match-", ".part"
"""How the name of a file begins and ends that is still being written, or was when its process was killed."""

SURELY_LEFT = 3600.0
"""Seconds after which a file is left over on Windows, where it is closed before it takes its name."""


class UnfinishedFile:
    """A file that is being written, open and locked.

    Attributes
    ----------
    file : Path
        Where it is.
    """

    def __init__(self, handle: int, file: Path) -> None:
        self.file = file
        self._stream = os.fdopen(handle, "wb")

    def write(self, data: bytes) -> None:
        """Write everything, and bring it to the disk."""
        self._stream.write(data)
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def take_name(self, path: Path) -> None:
        """Stand where another file stood, in one step."""
        if sys.platform == "win32":  # an open file cannot be renamed there
            self._stream.close()
        self.file.replace(path)

    def close(self) -> None:
        """Close it, which ends the lock."""
        self._stream.close()


@contextmanager
def unfinished_file(directory: Path) -> Iterator[UnfinishedFile]:
    """Begin a file; it is removed if anything goes wrong before it has taken its name."""
    handle, name = tempfile.mkstemp(dir=directory, prefix=BEGINS, suffix=ENDS)
    try:
        if sys.platform != "win32":  # where nobody can remove an open file
            handle = _locked(handle, name)
        unfinished = UnfinishedFile(handle, Path(name))
        try:
            yield unfinished
        finally:
            unfinished.close()
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _locked(handle: int, name: str) -> int:
    """Lock a new file; who looked for leftovers just before may hold it, or have removed it."""
    for _ in range(1000):
        with suppress(OSError):  # a file system without locks
            if not taken(handle):
                time.sleep(0.001)
                continue
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), os.stat(name)):  # noqa: PTH116 - of the name, not of a link
                return handle
        os.close(handle)
        handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    return handle


def remove_leftovers(directory: Path) -> None:
    """Remove what processes that were killed have not finished writing; what others are writing stays."""
    with suppress(OSError):
        for file in directory.glob(f"{BEGINS}*{ENDS}"):
            with suppress(OSError):  # of somebody else, or gone meanwhile
                if _is_left_over(file):
                    file.unlink()


def _is_left_over(file: Path) -> bool:
    if sys.platform == "win32":
        return time.time() - file.stat().st_mtime > SURELY_LEFT
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        return stat.S_ISREG(os.fstat(handle).st_mode) and taken(handle)
    finally:
        os.close(handle)
