"""Writes a file as a whole or not at all, and lets one process at a time write a growing file.

The text is written to an unfinished file in the same directory, flushed to the disk (``fsync``), and given
its name in one step (``rename``). A process that is killed before that step leaves the old file and a
leftover; one that is killed after it leaves the new file. The directory is flushed last: otherwise a power
cut could undo the step after success was reported.

The name of an unfinished file contains no word of the user's. Its writer holds a lock of the operating system
on it, which ends with the process. So a file that another process can lock is a leftover, and a locked one is
still being written. Leftovers may contain ids of people; the next write into their directory removes them.

A symbolic link is followed: its target is replaced, and the link stays. Replacing a pipe or a character
device by a file would destroy it, so the text is written into it as a stream. Anything else that is no file
(a directory, a disk, a socket) is refused.

A folder of several files is written in the same way: as an unfinished folder beside it, which then gets its
name in one step. Only a new folder, or an empty one, is written, since two folders cannot change places in
one step.

A history grows: two processes that have both read three rounds would both write a fourth. So a writer holds
a lock while it checks the present content *and* replaces it. The lock is on an empty file beside the history,
since the history becomes another file with each replacement; the empty file is never deleted. :mod:`.history`
decides which text may follow which.
"""

from __future__ import annotations

import errno
import os
import shutil
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
    from collections.abc import Callable, Iterable, Iterator, Mapping


if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Take the lock; return false where another process holds it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Take the lock; return false where another process holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


BEGINS, ENDS = ".reverse-match-", ".part"
"""Prefix and suffix of the name of an unfinished file, or of a leftover."""

SURELY_LEFT = 3600.0
"""Age in seconds of a leftover on Windows, where a file is closed, and so unlocked, before it is renamed."""


class UnfinishedFile:
    """A file that is being written, open and locked.

    Attributes
    ----------
    file : Path
        Path of the file.
    """

    def __init__(self, handle: int, file: Path) -> None:
        self.file = file
        self._stream = os.fdopen(handle, "wb")

    def write(self, data: bytes) -> None:
        """Write all bytes, and flush them to the disk."""
        self._stream.write(data)
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def take_name(self, path: Path) -> None:
        """Rename the file to a path, in one step."""
        if sys.platform == "win32":  # an open file cannot be renamed there
            self._stream.close()
        self.file.replace(path)

    def close(self) -> None:
        """Close the file, which ends the lock."""
        self._stream.close()


@contextmanager
def unfinished_file(directory: Path) -> Iterator[UnfinishedFile]:
    """Begin a file; remove it again if anything fails before it has taken its name."""
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
    """Lock a new file; return another handle if a remover of leftovers has locked or removed it meanwhile."""
    for _ in range(1000):
        with suppress(OSError):  # on a file system without locks
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
    """Remove the unfinished files of processes that were killed; files that are being written stay."""
    with suppress(OSError):
        for file in directory.glob(f"{BEGINS}*{ENDS}"):
            with suppress(OSError):  # the file belongs to somebody else, or is gone meanwhile
                _remove_if_left_over(file)


def _remove_if_left_over(file: Path) -> None:
    if sys.platform == "win32":
        if time.time() - file.stat().st_mtime > SURELY_LEFT:
            _remove(file)
        return
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        # The lock is held until the name is gone: otherwise a writer could lock the file and then lose it.
        # A remover that gets the lock after another one has a file without a name, which a new file may have.
        status = os.fstat(handle)
        known = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
        if known and try_lock(handle) and os.path.samestat(status, file.lstat()):
            _remove(file)
    finally:
        os.close(handle)


def _remove(file: Path) -> None:
    if file.is_dir():
        shutil.rmtree(file)
    else:
        file.unlink()


def refuse_full_folder(path: Path) -> None:
    """Refuse to write into a folder that holds something, or to replace a file by a folder.

    Raises
    ------
    InputError
        If the path leads to anything but an empty folder.
    """
    try:
        full = path.exists() and (not path.is_dir() or any(path.iterdir()))
    except OSError as error:
        raise InputError([Fault(f"cannot be written: {error.strerror}", path.name)]) from None
    if full:
        message = "is there already, and not an empty folder; right would be the name of a new one"
        raise InputError([Fault(message, path.name, code="file-exists")])


def write_folder(path: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a new folder with files, text in UTF-8; a reader sees all of them or none.

    Parameters
    ----------
    path : Path
        The folder, which is not there yet, or is empty.
    files : mapping of str to str or bytes
        The content of each file, by its name.

    Raises
    ------
    InputError
        If the folder holds something already, or cannot be written.
    """
    refuse_full_folder(path)
    try:
        real = Path(os.path.realpath(path))
        remove_leftovers(real.parent)
        with _unfinished_folder(real.parent) as unfinished:
            for name, content in files.items():
                _write_to_disk(unfinished / name, content.encode() if isinstance(content, str) else content)
            _to_disk(unfinished)
            if sys.platform == "win32" and real.exists():  # where no empty folder is replaced
                real.rmdir()
            unfinished.rename(real)
        _to_disk(real.parent)
    except OSError as error:
        raise InputError([Fault(f"cannot be written: {error.strerror}", path.name)]) from None


@contextmanager
def _unfinished_folder(directory: Path) -> Iterator[Path]:
    """Begin a folder, locked where the system can; remove it if anything fails before it has its name."""
    folder = Path(tempfile.mkdtemp(dir=directory, prefix=BEGINS, suffix=ENDS))
    handle = None if sys.platform == "win32" else os.open(folder, os.O_RDONLY)
    try:
        if handle is not None:
            with suppress(OSError):  # on a file system without locks
                try_lock(handle)
        folder.chmod(0o777 & ~_umask())
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        if handle is not None:
            os.close(handle)


def _write_to_disk(file: Path, data: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file, text in UTF-8; a reader sees either the old content or the new one, never a part.

    An existing file keeps its permissions, and a link is followed. A pipe or a terminal gets the content as a
    stream.

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
    """Say whether a path is no file but can be written to as a stream: a pipe, a terminal.

    Raises
    ------
    OSError
        If the path is neither a file nor such a stream.
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
    # Path.open would create a file in place of a pipe that has gone meanwhile.
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
    """Return the permissions of the existing file, else those of a new file."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    """Return the mask of permissions of this process, which can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _to_disk(directory: Path) -> None:
    """Flush the names in a directory to the disk, where the system allows it."""
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
"""File descriptor of standard output."""


def refuse_overwriting(written: Iterable[Path], read: Iterable[Path] = ()) -> None:
    """Refuse to write a file that is also read, written twice, or the target of standard output.

    A file that was overwritten cannot be read again, so a command that fails half way could not be repeated.

    Parameters
    ----------
    written, read : iterable of Path
        Paths of files. Two paths may lead to one file, through links or spelling.

    Raises
    ------
    InputError
        If one of the files has to be refused; the error names it.

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
    """Say whether two paths lead to one file, or would once it exists."""
    try:
        return one.samefile(other)
    except OSError:  # at least one does not exist: they are two files, or both have still to be made
        if os.path.realpath(one) == os.path.realpath(other):
            return True
    return not (one.exists() or other.exists()) and _differ_by_spelling(one, other)


def _differ_by_spelling(one: Path, other: Path) -> bool:
    """Say whether two paths are equal on systems that ignore case or the composition of accents."""
    here, there = Path(os.path.realpath(one)), Path(os.path.realpath(other))
    return here.parent == there.parent and _spelling(here.name) == _spelling(there.name)


def _spelling(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _is_printed_to(path: Path) -> bool:
    """Say whether standard output goes to the file of this path."""
    try:
        printed, there = os.fstat(STANDARD_OUTPUT), path.stat()
    except OSError:
        return False
    return stat.S_ISREG(printed.st_mode) and os.path.samestat(printed, there)


PATIENCE = 10.0
"""Seconds to wait for the lock; another process holds it for a fraction of a second."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a history; since it is replaced in one step, no lock is needed.

    Raises
    ------
    HistoryError
        If the file does not exist, cannot be read, is no plain file, or is too large.
    """
    return file_bytes(path, RECORD_BYTES, HistoryError)


def replace(path: Path, text: str, check: Callable[[bytes], None]) -> None:
    """Replace a file as a whole, if its present content passes a check; no other process can interfere.

    Parameters
    ----------
    path : Path
        The file; a link is followed, and its target is replaced.
    text : str
        The new content.
    check : callable
        Is given the present content, unless there is no file, and raises an error to prevent the replacement.

    Raises
    ------
    HistoryError
        If the file cannot be read, or another process holds the lock for too long. Errors of ``check`` pass
        through.
    InputError
        If the file cannot be written.
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
    """Hold the lock of a growing file during the block."""
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
        os.close(handle)  # ends the lock
