"""A file is written as a whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

import reverse_match as rm
from reverse_match.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    write_whole(path, "one\n")
    write_whole(path, "zwei é\n")
    assert path.read_bytes() == "zwei é\n".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["result.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are something else there")
def test_permissions_are_the_usual_ones_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    mask = os.umask(0o027)
    try:
        write_whole(path, "one\n")
        assert path.stat().st_mode & 0o777 == 0o640
        path.chmod(0o600)
        write_whole(path, "two\n")
        assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(mask)


def test_what_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "result.json"
    write_whole(path, "one\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(rm.InputError, match=r"result\.json: cannot be written: No space left on device"):
        write_whole(path, "two\n")
    assert path.read_text() == "one\n"
    assert [file.name for file in tmp_path.iterdir()] == ["result.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="directories are not brought to the disk there")
def test_what_a_power_cut_leaves_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is on the disk before it takes the name, and the name before success is told."""
    path, steps, really = tmp_path / "result.json", [], os.fsync

    def noted(handle: int) -> None:
        kind = "directory" if stat.S_ISDIR(os.fstat(handle).st_mode) else "text"
        steps.append((kind, path.exists()))
        really(handle)

    monkeypatch.setattr(os, "fsync", noted)
    write_whole(path, "one\n")
    assert steps == [("text", False), ("directory", True)]
