"""Several files that are replaced together: all, none, or a task that the next process finishes."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

import reverse_match as rm
from reverse_match.foundation.errors import Fault
from reverse_match.foundation.files import write_whole
from reverse_match.foundation.files_together import finish_replacing, replace_together

if TYPE_CHECKING:
    from pathlib import Path

NEW = {"a": b"new a", "b": b"new b", "c": b"new c"}


class KilledError(Exception):
    """Stands for an end between two files, of which no code hears."""


@pytest.fixture
def files(tmp_path: Path) -> dict[Path, bytes]:
    for name in NEW:
        (tmp_path / name).write_bytes(b"old " + name.encode())
    return {tmp_path / name: content for name, content in NEW.items()}


def names(files: dict[Path, bytes]) -> set[str]:
    return {path.name for path in next(iter(files)).parent.iterdir()}


def end_before(files: dict[Path, bytes], last: str) -> None:
    def write(path: Path, content: bytes) -> None:
        if path.name == last:
            raise KilledError
        write_whole(path, content)

    with pytest.raises(KilledError):
        replace_together(files, write)


def test_all_are_replaced(files: dict[Path, bytes]) -> None:
    replace_together(files, write_whole)
    assert {path: path.read_bytes() for path in files} == files
    assert names(files) == set(NEW)
    assert not finish_replacing(files)


def test_who_fails_at_the_first_leaves_everything_as_it_was(files: dict[Path, bytes]) -> None:
    end_before(files, "a")
    assert names(files) == set(NEW)
    assert {path.read_bytes() for path in files} == {b"old a", b"old b", b"old c"}


@pytest.mark.parametrize("last", ["b", "c"])
def test_what_was_begun_is_finished(files: dict[Path, bytes], last: str) -> None:
    end_before(files, last)
    assert finish_replacing(list(files)[:1])
    assert {path: path.read_bytes() for path in files} == files
    assert names(files) == set(NEW)


def test_a_file_that_was_changed_meanwhile_is_not_replaced(files: dict[Path, bytes]) -> None:
    end_before(files, "b")
    changed = next(path for path in files if path.name == "c")
    changed.write_bytes(b"changed")
    with pytest.raises(rm.InputError, match="was changed since a command was stopped"):
        finish_replacing(files)
    assert changed.read_bytes() == b"changed"


def test_contents_that_no_task_names_are_removed(files: dict[Path, bytes]) -> None:
    path = next(iter(files))
    path.with_name(f".{path.name}.to-replace").write_bytes(b"unfinished")
    assert not finish_replacing(files)
    assert names(files) == set(NEW)


@pytest.mark.parametrize("target", ["nowhere/o.json", "a/o.json", "folder"])
def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(
    files: dict[Path, bytes], tmp_path: Path, target: str
) -> None:
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(rm.InputError, match=r"^(o\.json|folder): cannot be written: "):
        replace_together({**files, tmp_path / target: b"new"}, write_whole)
    assert sorted(tmp_path.iterdir()) == before
    assert {path.read_bytes() for path in files} == {b"old a", b"old b", b"old c"}


def test_a_task_that_cannot_be_written_leaves_nothing(
    files: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_at_task(path: Path, content: bytes | str) -> None:
        if path.name == ".to-replace.json":
            raise rm.InputError([Fault("cannot be written: No space left on device", path.name)])
        write_whole(path, content)

    monkeypatch.setattr("reverse_match.foundation.files_together.write_whole", fail_at_task)
    with pytest.raises(rm.InputError, match=r"^a: cannot be written"):
        replace_together(files, write_whole)
    assert names(files) == set(NEW)


def moved(files: dict[Path, bytes]) -> dict[Path, bytes]:
    folder = next(iter(files)).parent
    there = folder.with_name("moved")
    folder.rename(there)
    return {there / path.name: content for path, content in files.items()}


def test_a_task_is_finished_where_its_folder_was_moved_to(files: dict[Path, bytes]) -> None:
    end_before(files, "b")
    files = moved(files)
    assert finish_replacing(files)
    assert {path: path.read_bytes() for path in files} == files
    assert names(files) == set(NEW)


@pytest.mark.parametrize("lost", ["file and content", "content"])
def test_what_was_decided_stays_where_a_file_is_not_where_it_was(files: dict[Path, bytes], lost: str) -> None:
    end_before(files, "b")
    last = next(path for path in files if path.name == "c")
    beside = last.with_name(".c.to-replace")
    beside.rename(last.with_name("away"))
    if lost != "content":
        last.unlink()
    before = names(files)
    with pytest.raises(rm.InputError, match="c: was to be replaced by a command that was stopped"):
        finish_replacing(files)
    assert names(files) == before, "among them the content of b, and the task"
    last.with_name("away").rename(beside)
    last.write_bytes(b"old c")
    assert finish_replacing(files)
    assert {path: path.read_bytes() for path in files} == files


def test_a_task_of_an_earlier_release_is_finished(files: dict[Path, bytes]) -> None:
    end_before(files, "b")
    task = next(iter(files)).with_name(".to-replace.json")
    old = {str(path): sha256(f"old {path.name}".encode()).hexdigest() for path in files}
    task.write_text(json.dumps(old), "utf-8")
    assert finish_replacing(files)
    assert {path: path.read_bytes() for path in files} == files
