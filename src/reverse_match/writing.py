"""Writes a result to a file as a whole or not at all.

The text goes to a file of its own in the same directory, is brought to the disk (``fsync``), and then takes
the name in one step (``rename``). A process that is killed before that step leaves the old file and a
leftover (:mod:`.unfinished_file`), which goes with the next write; one that is killed after it leaves the new
file. The directory is brought to the disk last: without that, a power cut could undo the step after success
was told.

A symbolic link is followed: the file that it leads to is replaced, and the link stays. A pipe or a device of
characters cannot be replaced by a file without being destroyed: the text is written into it as a stream.
Everything else that is no file (a directory, a disk, a socket) is refused.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from reverse_match.errors import Fault, InputError
from reverse_match.unfinished_file import remove_leftovers, unfinished_file


def write_whole(path: Path, text: str) -> None:
    """Write a text file; whoever looks sees the old content or the new, never a part.

    A file that is there keeps its permissions; a link is followed. What is no file gets the text as a stream,
    if it can take one.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    data = text.encode("utf-8")
    try:
        if takes_a_stream(path):
            _into_stream(path, data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise InputError([Fault(f"cannot be written: {error.strerror}", path.name)]) from None


def takes_a_stream(path: Path) -> bool:
    """Say whether something stands there that is no file, but can be written into: a pipe, a terminal.

    Raises
    ------
    OSError
        If something stands there that is neither.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        raise OSError(errno.EINVAL, "neither a file nor a pipe; right would be the name of a file")
    return not stat.S_ISREG(mode)


def _into_stream(path: Path, data: bytes) -> None:
    # Not Path.open, which would make a file of a pipe that has gone meanwhile.
    with os.fdopen(os.open(path, os.O_WRONLY), "wb") as stream:
        stream.write(data)


def _replace(path: Path, data: bytes) -> None:
    remove_leftovers(path.parent)
    with unfinished_file(path.parent) as unfinished:
        unfinished.write(data)
        unfinished.file.chmod(_permissions(path))
        unfinished.take_name(path)
    _to_disk(path.parent)


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
