"""Replaces several files so that whoever is killed between two of them leaves a task that can be finished.

Each new content is first written beside its file, and then a task that names all of them: from this step on
the change is decided. The files are replaced one after the other, and the task is deleted last. Whoever finds
a task finishes it. A task holds paths, as seen from its folder, with digests of the old files and of the new
ones, where a file that is not there counts as an empty one; the contents beside the files are those that the
files will have.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.files import takes_a_stream, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TASK = ".to-replace.json"
"""Name of a task, which stands in the folder of the first file."""

BESIDE = ".to-replace"
"""What is added to the name of a file for the content that it will have."""


def replace_together(contents: Mapping[Path, bytes], write: Callable[[Path, bytes], object]) -> None:
    """Replace files, so that :func:`finish_replacing` can finish if this process is killed meanwhile.

    Parameters
    ----------
    contents : mapping of Path to bytes
        New contents of files, by path, in the order in which they are written. A pipe or a terminal keeps
        nothing, so it gets its content when all files are there.
    write : callable
        Replaces one file as a whole. If it fails for the first file, nothing has changed and no task is left.

    Raises
    ------
    InputError
        If a file cannot be written.
    """
    streams = {path: content for path, content in contents.items() if _takes_a_stream(path)}
    kept = {path: content for path, content in contents.items() if path not in streams}
    if len(kept) < 2:
        for path, content in {**kept, **streams}.items():
            write(path, content)
        return
    _replace_by_task(kept, write)
    for path, content in streams.items():
        write(path, content)


def _replace_by_task(contents: Mapping[Path, bytes], write: Callable[[Path, bytes], object]) -> None:
    files = {path: Path(os.path.realpath(path)) for path in contents}
    first = next(iter(files.values()))
    task = first.with_name(TASK)
    begun = False
    try:
        _decide(task, files, contents)
        for path, content in contents.items():
            write(path, content)
            begun = True
            _beside(files[path]).unlink()
    except BaseException:
        if not begun:
            _give_up(task, files.values())
        raise
    _drop(task, files.values())


def _decide(task: Path, files: Mapping[Path, Path], contents: Mapping[Path, bytes]) -> None:
    """Write new contents beside their files, and then the task: from there on they will be the files."""
    digests: dict[str, list[str]] = {}
    for path, content in contents.items():
        file = files[path]
        with _named(path):
            _beside(file).touch(0o600)  # it may hold data of people that the umask would let others read
            write_whole(_beside(file), content)
            digests[_seen_from(task, file)] = [_digest(_content_of(file)), _digest(content)]
    with _named(next(iter(files))):
        write_whole(task, json.dumps(digests))


def finish_replacing(files: Iterable[Path]) -> bool:
    """Finish what a killed process had begun for some files; say whether it had decided on anything.

    Raises
    ------
    InputError
        If a file was changed since, is not where it was, or cannot be written.
    """
    real = [Path(os.path.realpath(path)) for path in files]
    tasks = [task for task in sorted({file.with_name(TASK) for file in real}) if task.exists()]
    for task in tasks:
        with _named(task):
            asked: dict[str, str | list[str]] = json.loads(task.read_text("utf-8"))
        named = {Path(os.path.normpath(task.parent / name)): digests for name, digests in asked.items()}
        left = [file for file, digests in named.items() if _is_left(file, digests)]
        for file in left:
            with _named(file):
                write_whole(file, _beside(file).read_bytes())
        _drop(task, named)
    for file in real:  # written before any task was decided
        with _named(file):
            _beside(file).unlink(missing_ok=True)
    return bool(tasks)


def _is_left(file: Path, digests: str | list[str]) -> bool:
    """Say whether a file has still to be replaced by the content beside it.

    A content is removed only once its file has been replaced. So a file without one that is as it was, or is
    not there, is not the file that was meant: the folder of one of them was moved.
    """
    old, *known = [digests] if isinstance(digests, str) else digests  # earlier releases noted the old ones
    new = _beside(file)
    with _named(file):
        now, then = _content_of(file), new.read_bytes() if new.exists() else None
    if then is None:
        if (known and _digest(now) == known[0]) or (file.exists() and _digest(now) != old):
            return False
        message = (
            "was to be replaced by a command that was stopped, and its new content is not there; right would "
            "be all files where they were, or to delete '.to-replace.json' beside the first file"
        )
        raise InputError([Fault(message, file.name, code="contradictory")])
    if now == then:
        return False
    if _digest(now) != old:
        message = (
            "was changed since a command was stopped that was to replace it; right would be the file as it "
            "was before, or to delete '.to-replace.json' beside the first file"
        )
        raise InputError([Fault(message, file.name, code="contradictory")])
    return True


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error name the file that was asked for, and not one that is written beside it."""
    try:
        yield
    except InputError as error:
        raise InputError([Fault(error.faults[0].message, path.name)]) from None
    except OSError as error:
        raise InputError([Fault(f"cannot be written: {error.strerror}", path.name)]) from None


def _seen_from(task: Path, file: Path) -> str:
    """Return a path from the folder of a task, which may be moved with its files."""
    try:
        return os.path.relpath(file, task.parent)
    except ValueError:  # on another drive
        return str(file)


def _drop(task: Path, files: Iterable[Path]) -> None:
    with _named(task):
        task.unlink(missing_ok=True)
    for file in files:
        with _named(file):
            _beside(file).unlink(missing_ok=True)


def _give_up(task: Path, files: Iterable[Path]) -> None:
    """Remove what was prepared, if there is any; the error that led here is the one to tell."""
    with suppress(OSError):
        task.unlink(missing_ok=True)
    if task.exists():
        return
    for file in files:
        with suppress(OSError):
            _beside(file).unlink(missing_ok=True)


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}{BESIDE}")


def _content_of(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _takes_a_stream(path: Path) -> bool:
    with _named(path):
        return takes_a_stream(path)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
