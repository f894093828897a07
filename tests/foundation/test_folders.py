"""A folder is written as a whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import reverse_match as rm
from reverse_match.foundation.files import BEGINS, ENDS, remove_leftovers, write_folder

if TYPE_CHECKING:
    from pathlib import Path

FILES: dict[str, str | bytes] = {"001.ics": "one é", "002.ics": b"two", "index.csv": "whose"}
CONTENT = {"001.ics": "one é".encode(), "002.ics": b"two", "index.csv": b"whose"}


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_folder_that_is_new_or_empty_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        write_folder(tmp_path / name, FILES)
        assert content(tmp_path / name) == CONTENT
    assert sorted(file.name for file in tmp_path.iterdir()) == ["empty", "new"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are something else there")
def test_permissions_are_the_usual_ones(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_folder(tmp_path / "new", FILES)
    finally:
        os.umask(mask)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "new" / "001.ics").stat().st_mode & 0o777 == 0o640


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    (tmp_path / "file").write_text("mine, too")
    for name in ("full", "file"):
        with pytest.raises(rm.InputError, match=f"{name}: is there already, and not an empty folder"):
            write_folder(tmp_path / name, FILES)
    assert content(tmp_path / "full") == {"letter.txt": b"mine"}
    assert (tmp_path / "file").read_text() == "mine, too"
    with pytest.raises(rm.InputError, match="new: cannot be written"):
        write_folder(tmp_path / "nowhere" / "new", FILES)


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(rm.InputError, match="new: cannot be written: No space left on device"):
        write_folder(tmp_path / "new", FILES)
    assert not list(tmp_path.iterdir())


KILLED = """
import json, os, signal, sys
from pathlib import Path
from reverse_match.foundation import files

def steps_until(kill_at):
    count = 0
    def counted(function):
        def call(*arguments, **named):
            nonlocal count
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **named)
        return call
    os.fsync, Path.open = counted(os.fsync), counted(Path.open)
    Path.rename, Path.chmod = counted(Path.rename), counted(Path.chmod)

told = []
for moment in range(1, 40):
    folder = Path(sys.argv[1]) / str(moment) / "new"
    folder.parent.mkdir()
    child = os.fork()
    if child == 0:
        steps_until(moment)
        files.write_folder(folder, {"001.ics": "one", "002.ics": "two", "index.csv": "whose"})
        os._exit(0)
    _, status = os.waitpid(child, 0)
    told.append(os.WIFSIGNALED(status))
    if not told[-1]:
        break
print(json.dumps(told))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
def test_a_process_that_is_killed_leaves_a_whole_folder_or_none(tmp_path: Path) -> None:
    """It is killed before each of its steps; whoever writes next beside it takes away what is left."""
    answer = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], check=True, capture_output=True, text=True
    )
    killed = json.loads(answer.stdout)
    assert killed == [True] * (len(killed) - 1) + [False]
    assert len(killed) > 8
    seen = set()
    for moment in range(1, len(killed) + 1):
        beside = tmp_path / str(moment)
        found = [file for file in beside.iterdir() if file.name == "new"]
        seen.add(len(found))
        assert all(len(content(folder)) == 3 for folder in found)
        left = [file.name for file in beside.iterdir() if file.name != "new"]
        assert all(name.startswith(BEGINS) and name.endswith(ENDS) for name in left)
        remove_leftovers(beside)
        assert [file.name for file in beside.iterdir()] == ["new"] * len(found)
    assert seen == {0, 1}
