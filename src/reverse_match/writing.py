"""Writes a result to a file as a whole or not at all.

The text goes to a file of its own in the same directory, is brought to the disk (``fsync``), and then takes
the name in one step (``rename``). A process that is killed before that step leaves the old file and a
:data:`LEFTOVER`; one that is killed after it leaves the new file. The directory is brought to the disk last:
without that, a power cut could undo the step after success was told.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

from reverse_match.errors import Fault, InputError

LEFTOVER = ".part"
"""How the name of a file ends that is still being written, or was when its process was killed; it begins with
a dot and the name of the file that it was to become."""


def write_whole(path: Path, text: str) -> None:
    """Write a text file; whoever looks sees the old content or the new, never a part.

    A file that is there keeps its permissions.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=LEFTOVER)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(_permissions(path))
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _to_disk(path.parent)
    except OSError as error:
        raise InputError([Fault(f"cannot be written: {error.strerror}", path.name)]) from None


def _permissions(path: Path) -> int:
    """Return those of the file that is there, else those that a new file gets."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    """Return the mask of permissions, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _to_disk(directory: Path) -> None:
    """Bring the names in a directory to the disk, where the system can."""
    if sys.platform == "win32":  # a directory cannot be opened there
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (
            errno.EINVAL,
            errno.EBADF,
            errno.ENOTSUP,
        ):  # some file systems have no such call
            raise
    finally:
        os.close(handle)
