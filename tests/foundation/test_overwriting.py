"""No command writes over what it reads, nor two results into one file, whatever the file is called."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.foundation.files import refuse_overwriting
from reverse_match.views.cli.main import app

PEOPLE = (
    "id,role,offers,seeks\nm1,mentor,Python:5,\nm2,mentor,Excel:4,\ne1,mentee,,Python\ne2,mentee,,Excel\n"
)
REFUSED = "was named for two things, and can hold one; right would be a file for each"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE)
    Path("people.json").write_text('[{"id": "m1", "role": "mentor"}, {"id": "e1", "role": "mentee"}]')
    Path("policy.json").write_text("{}")
    Path("programme.toml").write_text('start = "2027-01-31"\nmonths = 4\nrounds = 3\n')
    Path("said.csv").write_text("mentor,mentee,on,by,wish\n")
    Path("join.csv").write_text("id,role\nm3,mentor\n")
    Path("m.json").write_text(rm.match(rm.read_cohort("people.csv")).to_json())
    return tmp_path


COMMANDS = [
    ("match", "people.csv", "--out", "people.csv"),
    ("match", "people.json", "--out", "people.json"),
    ("match", "people.csv", "--policy", "policy.json", "--out", "policy.json"),
    ("plan", "people.json", "--rounds", "2", "--out", "people.json"),
    ("plan", "people.csv", "--rounds", "2", "--policy", "policy.json", "--out", "policy.json"),
    ("amend", "m.json", "people.csv", "--forbid", "m1=e1", "--out", "m.json"),
    ("amend", "m.json", "people.csv", "--forbid", "m1=e1", "--out", "people.csv"),
    ("amend", "m.json", "people.csv", "--forbid", "m1=e1", "--people-out", "people.csv"),
    ("amend", "m.json", "people.csv", "--forbid", "m1=e1", "--people-out", "m.json"),
    ("amend", "m.json", "people.csv", "--join", "join.csv", "--people-out", "join.csv"),
    ("amend", "m.json", "people.csv", "--policy", "policy.json", "--out", "policy.json"),
    ("amend", "m.json", "people.csv", "--forbid", "m1=e1", "--out", "x.json", "--people-out", "x.json"),
    ("rotate", "m.json", "people.csv", "--on", "2027-06-01", "--out", "m.json"),
    ("rotate", "m.json", "people.csv", "--on", "2027-06-01", "--people-out", "people.csv"),
    ("rotate", "m.json", "people.csv", "--on", "2027-06-01", "--feedback", "said.csv", "--out", "said.csv"),
    ("rotate", "m.json", "people.csv", "--policy", "policy.json", "--out", "policy.json"),
    ("rotate", "m.json", "people.csv", "--history", "m.json", "--out", "x.json"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_writes_over_what_it_reads(folder: Path, command: tuple[str, ...]) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    result = run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert REFUSED in result.stderr
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_the_file_of_the_calendar_is_neither_matching_nor_programme(folder: Path) -> None:
    Path("m.json").rename("m.ics")
    result = run("calendar", "m.ics", "programme.toml", "--out", "m.ics")
    assert (result.exit_code, REFUSED in result.stderr) == (2, True)


def test_the_demo_keeps_its_people(folder: Path) -> None:
    Path("demo.csv").symlink_to(rm.demo_path())
    before = rm.demo_path().read_bytes()
    result = run("demo", "--save", "demo.csv")
    assert (result.exit_code, REFUSED in result.stderr) == (2, True)
    assert rm.demo_path().read_bytes() == before


def other_names(folder: Path) -> list[Path]:
    Path("link.csv").symlink_to("people.csv")
    Path("link-of-link.csv").symlink_to("link.csv")
    os.link("people.csv", "hard.csv")
    (folder / "below").mkdir()
    (folder / "beside").symlink_to(folder, target_is_directory=True)
    names = ["link.csv", "link-of-link.csv", "hard.csv", "./people.csv", "below/../people.csv"]
    return [*map(Path, names), folder / "people.csv", Path("beside/people.csv"), Path("beside/hard.csv")]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_by_whatever_name(folder: Path) -> None:
    for name in other_names(folder):
        for written, read in ((str(name), "people.csv"), ("people.csv", str(name))):
            result = run("match", read, "--out", written)
            assert (result.exit_code, REFUSED in result.stderr) == (2, True), name
            assert Path("people.csv").read_text() == PEOPLE, name


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_two_results_go_to_two_files(folder: Path) -> None:
    Path("a.json").symlink_to("b.json")  # which leads nowhere yet
    for one, other in (("a.json", "b.json"), ("c.json", "./c.json"), ("d.json", "D.json")):
        result = run(
            "amend", "m.json", "people.csv", "--forbid", "m1=e1", "--out", one, "--people-out", other
        )
        assert (result.exit_code, REFUSED in result.stderr) == (2, True), one
    assert not Path("b.json").exists()
    assert not Path("c.json").exists()


def test_files_that_differ_are_taken(folder: Path) -> None:
    refuse_overwriting([Path("new.csv"), Path("said.csv")], [Path("people.csv"), Path("nowhere/new.csv")])
    assert run("match", "people.csv", "--out", "duos.csv").exit_code == 0
    assert run("match", "people.csv", "--out", "duos.csv").exit_code == 0, "an older result is replaced"


def test_standard_output_is_a_file_too(folder: Path) -> None:
    command = [sys.executable, "-m", "reverse_match", "match", "people.csv", "--out", "duos.csv"]
    with Path("duos.csv").open("w") as same:
        done = subprocess.run(command, stdout=same, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, REFUSED in done.stderr) == (2, True)
