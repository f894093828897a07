"""What README shows runs, line by line, and comes out as it says there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


COMMANDS = [
    line.split("  #")[0].strip()
    for block in blocks("sh")
    for line in block.splitlines()
    if not line.startswith("python3 -m venv")  # these three are .ci/run's
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("readme")
    (people,) = blocks("csv")
    (place / "people.csv").write_text(people, "utf-8")
    return place


def run(command: list[str], place: Path) -> str:
    program = [sys.executable, "-m", "reverse_match"] if command[0] == "reverse-match" else command[:1]
    done = subprocess.run(
        [*program, *command[1:]],
        cwd=place, check=False, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_every_command_runs_in_turn_and_says_what_it_should(folder: Path) -> None:
    told = [run(shlex.split(command), folder) for command in COMMANDS]
    assert [shlex.split(command)[1] for command in COMMANDS] == [
        "match",
        "verify",
        "explain",
        "explain",
        "amend",
    ]
    match, verify, why_not, reports_to, amend = told
    duos = {tuple(line.split()[:2]) for line in match.splitlines() if re.search(r" 0\.\d+ ", line)}
    assert {("lea", "marc"), ("tom", "ada"), ("zoe", "paul")} <= duos
    assert match.startswith("3 duos")
    assert "Proved optimal (gap 0)" in match
    assert verify.startswith("Verified.\n3 duos")
    assert "are no duo" in why_not or "are not paired" in why_not
    assert "cost the programme 0.571" in why_not
    assert "ligne hiérarchique" in reports_to
    assert "ne forment pas de duo" in reports_to
    assert re.search(r"^new +zoe +ada ", amend, re.MULTILINE)
    assert "1 of those that ended did not have to (at most 1 allowed)" in amend
    assert "Cost 0.571" in amend
    assert run(["reverse-match", "verify", "new.json", "people.csv"], folder).startswith("Verified.")


@pytest.mark.parametrize("code", blocks("python"))
def test_its_python_runs(folder: Path, code: str) -> None:
    shown = run([sys.executable, "-c", code], folder).splitlines()
    assert shown[-1] == "0.0"


def test_the_prose_says_what_the_example_shows() -> None:
    assert "Lea is with Marc, Tom with Ada, Zoe with Paul." in README
    assert "No command writes over a file that it reads." in README


def test_what_ci_takes_from_it_is_there() -> None:
    for word in ("pytest", "reverse-match demo", "sphinx-build"):
        assert len(re.findall(rf"^python3 -m venv .*{word}", README, re.MULTILINE)) == 1
