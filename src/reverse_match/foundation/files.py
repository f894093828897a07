"""Writes a file as a whole or not at all, and a growing file by one process at a time.

The text goes to an unfinished file in the same directory, is brought to the disk (``fsync``), and then takes
the name in one step (``rename``). A process that is killed before that step leaves the old file and a
leftover; one that is killed after it leaves the new file. The directory is brought to the disk last: without
that, a power cut could undo the step after success was reported.

The name of an unfinished file holds no word of the user's. Its writer holds a lock of the operating system on
it, which ends with the process. A lock that can be taken therefore tells a leftover from a file that another
process is writing. Leftovers may hold ids of people, and the next write into their directory removes them.

A symbolic link is followed: the file that it leads to is replaced, and the link stays. A pipe or a device of
characters cannot be replaced by a file without being destroyed: the text is written into it as a stream.
Everything else that is no file (a directory, a disk, a socket) is refused.

A history grows, and two processes that both have read three rounds would both write a fourth. So a writer
holds a lock while looking at what is there *and* replacing it. The lock is on an empty file beside the
history, since the history is another file each time it is replaced; that empty file is never deleted. Which
text may follow which is for :mod:`.history` to say.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
import time
import unicodedata
from contextlib import contextmanager, suppress
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import Fault, HistoryError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Take the lock, or say that another process holds it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Take the lock, or say that another process holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


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
        """Take the name of another file, in one step."""
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
            handle = _lock_new_file(handle, name)
        unfinished = UnfinishedFile(handle, Path(name))
        try:
            yield unfinished
        finally:
            unfinished.close()
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _lock_new_file(handle: int, name: str) -> int:
    """Lock a new file; who looked for leftovers just before may hold it, or have removed it."""
    for _ in range(1000):
        with suppress(OSError):  # a file system without locks
            if not try_lock(handle):
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
                _remove_if_left_over(file)


def _remove_if_left_over(file: Path) -> None:
    if sys.platform == "win32":
        if time.time() - file.stat().st_mtime > SURELY_LEFT:
            file.unlink()
        return
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        # The lock is held until the name is gone: a writer who gets it in between would lose its file.
        # Who gets it after another remover holds a file without a name; a new one may have the name by then.
        status = os.fstat(handle)
        if stat.S_ISREG(status.st_mode) and try_lock(handle) and os.path.samestat(status, file.lstat()):
            file.unlink()
    finally:
        os.close(handle)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file, text in UTF-8; whoever looks sees the old content or the new, never a part.

    A file that is there keeps its permissions; a link is followed. What is no file gets it as a stream,
    if it can take one.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
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
    """Return the permissions of the file that is there, else those that a new file gets."""
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
        if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):  # some file systems cannot
            raise
    finally:
        os.close(handle)


STANDARD_OUTPUT = 1
"""The handle of the operating system to which results are printed."""


def refuse_overwriting(written: Iterable[Path], read: Iterable[Path] = ()) -> None:
    """Refuse if one of the files to write is one that is read, another one, or where results are printed.

    A file that was written over cannot be read again, so a command that fails half way could not be repeated.

    Parameters
    ----------
    written, read : iterable of Path
        Names of files; two names of one file are the same, through links and whatever else leads to it.

    Raises
    ------
    InputError
        If so; the error names the file.

    Examples
    --------
    >>> refuse_overwriting([Path("duos.json")], [Path("people.csv")])
    >>> refuse_overwriting([Path("people.csv")], [Path("../") / Path.cwd().name / "people.csv"])
    Traceback (most recent call last):
    reverse_match.foundation.errors.InputError: people.csv: was named for two things, and can hold one;
    right would be a file for each
    """
    targets = list(written)
    pairs = [*combinations(targets, 2), *((one, other) for one in targets for other in read)]
    taken = [one for one, other in pairs if _one_file(one, other)]
    taken += [path for path in targets if _is_printed_to(path)]
    if taken:
        message = "was named for two things, and can hold one; right would be a file for each"
        raise InputError([Fault(message, taken[0].name)])


def _one_file(one: Path, other: Path) -> bool:
    """Say whether two names are those of one file, or would be."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there: then they differ, or neither is
        if os.path.realpath(one) == os.path.realpath(other):
            return True
    return not (one.exists() or other.exists()) and _differ_by_spelling(one, other)


def _differ_by_spelling(one: Path, other: Path) -> bool:
    """Say whether two names are one file on systems to which capitals or accents make no difference."""
    here, there = Path(os.path.realpath(one)), Path(os.path.realpath(other))
    return here.parent == there.parent and _spelling(here.name) == _spelling(there.name)


def _spelling(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _is_printed_to(path: Path) -> bool:
    """Say whether standard output goes to a file of this name."""
    try:
        printed, there = os.fstat(STANDARD_OUTPUT), path.stat()
    except OSError:
        return False
    return stat.S_ISREG(printed.st_mode) and os.path.samestat(printed, there)


PATIENCE = 10.0
"""Seconds to wait for another process. It holds the lock for a fraction of one."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the file; it is replaced in one step, so no lock is needed.

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
        with _hold_lock(real):
            if real.exists():
                check(read_bytes(real))
            write_whole(real, text)
    except OSError as error:
        raise HistoryError([Fault(f"cannot be written: {error.strerror}", path.name)]) from None


@contextmanager
def _hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock of a file."""
    handle = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o666)
    deadline = time.monotonic() + PATIENCE
    try:
        while not try_lock(handle):
            if time.monotonic() > deadline:
                message = "another process has been writing it for too long; nothing was written"
                raise HistoryError([Fault(message, path.name)])
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)  # which ends the lock
