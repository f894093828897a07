"""Every kind of file that is read has a limit, and what is no plain file is not waited for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.foundation.bounded_file import file_bytes
from reverse_match.foundation.errors import InputError
from reverse_match.foundation.json_values import MOST_NESTED, JsonError, is_deep, json_value, stand_in

PROGRAM = str(Path(sys.executable).with_name("reverse-match"))
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from reverse_match.views.cli.main import main
main()
"""
"""The command line, which may take three gibibytes of addresses (one and a half are libraries) and 30 s."""


def limited(*arguments: str | Path, **options: Any) -> tuple[int, list[str]]:
    """Run a command with limits, and return its exit code and the lines of its errors."""
    command = [sys.executable, "-c", LIMITED, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)
    return done.returncode, done.stderr.splitlines()


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "ten"
    file.write_bytes(b"0123456789")
    assert file_bytes(file, 10) == b"0123456789"
    with pytest.raises(InputError, match="ten: larger than the limit of 9 bytes"):
        file_bytes(file, 9)
    (tmp_path / "link").symlink_to(file)
    assert file_bytes(tmp_path / "link", 10) == b"0123456789"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Unix")
@pytest.mark.parametrize("kind", ["device", "pipe", "folder"])
def test_what_is_no_plain_file_is_refused_at_once(kind: str, tmp_path: Path) -> None:
    """A pipe that nobody writes to, and a device without end, in every place in which a file is named."""
    people = tmp_path / "people.csv"
    people.write_text("id,role\na,mentor\nb,mentee\n")
    (tmp_path / "m.json").write_text(rm.match(rm.read_cohort(people)).to_json())
    wrong = {ending: tmp_path / f"wrong.{ending}" for ending in ("json", "csv", "toml", "xlsx")}
    for file in wrong.values():
        if kind == "pipe":
            os.mkfifo(file)
        elif kind == "folder":
            file.mkdir()
        else:
            file.symlink_to("/dev/zero")
    reads = [
        lambda: rm.read_cohort(wrong["csv"]), lambda: rm.read_cohort(wrong["xlsx"]),
        lambda: rm.Policy.load(wrong["json"]), lambda: rm.Policy.load(wrong["toml"]),
        lambda: rm.Programme.load(wrong["toml"]), lambda: rm.History.load(wrong["json"]),
        lambda: rm.read_feedback(wrong["csv"]),
    ]  # fmt: skip
    began = time.monotonic()
    for read in reads:
        with pytest.raises(
            InputError, match=r"cannot be read: a folder, a pipe or a device; right would be a plain file"
        ):
            read()
    assert time.monotonic() - began < 2
    if kind == "device":  # of which all memory could be filled
        code, lines = limited("verify", wrong["json"], people)
        assert (code, lines) == (
            2,
            ["wrong.json: cannot be read: a folder, a pipe or a device; right would be a plain file"],
        )


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="a device of Unix")
def test_a_pipe_that_the_program_was_given_is_read(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,role\na,mentor\nb,mentee\n")
    text = rm.match(rm.read_cohort(people)).to_json()
    code, _ = limited("verify", "/dev/stdin", people, input=text)
    assert code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("[" * (MOST_NESTED + 1) + "]" * (MOST_NESTED + 1), "nested too deeply"),
        ("9" * 5_000, "a whole number of 5,000 digits"),
        ("9" * 700, "a whole number of 700 digits"),
        ('{"a": 1, "a": 2}', "the key 'a' stands twice"),
        ('{"%s": 1, "%s": 2}' % (("x" * 5_000 + "\\u001b",) * 2), "not valid JSON: the key 'xxxx"),
        ("[1", "not valid JSON"),
        ("\ufeff[]", "not valid JSON"),
    ],
)
def test_json_that_is_not_read(text: str, message: str) -> None:
    with pytest.raises(JsonError, match=message) as caught:
        json_value(text)
    assert len(str(caught.value)) < 150
    assert str(caught.value).isprintable()


def test_json_up_to_the_limits_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = json_value("[" * MOST_NESTED + "]" * MOST_NESTED)
    assert not is_deep(deep)
    assert is_deep([deep])
    assert json_value("9" * 600) == 10**600 - 1
    assert json_value("-" + "9" * 5_000, on_huge=stand_in) < -(10**500)
    monkeypatch.setattr("reverse_match.foundation.json_values.MOST_VALUES", 3)
    assert json_value("[1,2,3]") == [1, 2, 3]
    with pytest.raises(JsonError, match="more than 3 values"):
        json_value("[1,2,3,4]")
