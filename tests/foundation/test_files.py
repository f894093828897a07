"""A file is written as a whole or not at all."""

from __future__ import annotations

import os
import socket
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import reverse_match as rm
from reverse_match.foundation.files import BEGINS, ENDS, unfinished_file, write_whole


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


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are something else there")


@POSIX
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link, file = tmp_path / "link.json", tmp_path / "real" / "result.json"
    link.symlink_to(file)
    for text in ("one\n", "two\n"):
        write_whole(link, text)
        assert (link.is_symlink(), file.read_text()) == (True, text)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link.json", "real"]
    (tmp_path / "round.json").symlink_to(tmp_path / "round.json")
    with pytest.raises(rm.InputError, match=r"round\.json: cannot be written"):
        write_whole(tmp_path / "round.json", "one\n")


@POSIX
def test_what_is_no_file_gets_a_stream_or_is_refused(tmp_path: Path) -> None:
    (tmp_path / "null.json").symlink_to(os.devnull)
    write_whole(tmp_path / "null.json", "one\n")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "one\n")
    assert os.read(handle, 100) == b"one\n"
    os.close(handle)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(rm.InputError, match="Is a directory"):
        write_whole(tmp_path, "one\n")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "s.json"))
        with pytest.raises(rm.InputError, match="neither a file nor a pipe"):
            write_whole(tmp_path / "s.json", "one\n")
    assert stat.S_ISSOCK((tmp_path / "s.json").stat().st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")  # noqa: PTH110
def test_a_device_that_is_full_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "full.json").symlink_to("/dev/full")
    with pytest.raises(rm.InputError, match="No space left"):
        write_whole(tmp_path / "full.json", "one\n")


@POSIX
def test_what_is_left_of_a_killed_process_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    with unfinished_file(tmp_path) as left:
        left.write(b"lea")
        busy = left.file
        assert not any(word in busy.name for word in ("result", "json", "lea"))
        write_whole(tmp_path / "result.json", "one\n")
        assert busy.exists()
        left.take_name(tmp_path / "other.json")
    (tmp_path / f"{BEGINS}dead{ENDS}").write_text("lea")
    (tmp_path / f"{BEGINS}link{ENDS}").symlink_to(tmp_path / "other.json")
    os.mkfifo(tmp_path / f"{BEGINS}pipe{ENDS}")
    write_whole(tmp_path / "result.json", "two\n")
    names = {"other.json", "result.json", f"{BEGINS}link{ENDS}", f"{BEGINS}pipe{ENDS}"}
    assert {file.name for file in tmp_path.iterdir()} == names
    assert (tmp_path / "other.json").read_text() == "lea"


@POSIX
def test_many_who_write_at_once_do_not_take_each_other_s_files(tmp_path: Path) -> None:
    def write(number: int) -> None:
        for _ in range(20):
            write_whole(tmp_path / f"{number}.json", f"{number}\n")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"{number}.json" for number in range(4)]
