"""What README shows runs, line by line, and comes out as it says there."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Callable

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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (people,) = blocks("csv")
    (tmp_path / "people.csv").write_text(people, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_here(command: list[str]) -> str:
    assert command[0] == "reverse-match"
    done = CliRunner().invoke(app, command[1:])
    assert done.exit_code == 0, done.stderr
    return str(done.stdout)


def run_alone(command: list[str]) -> str:
    program = [sys.executable, "-m", "reverse_match"] if command[0] == "reverse-match" else command[:1]
    done = subprocess.run(
        [*program, *command[1:]],
        check=False, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("run", [run_here, pytest.param(run_alone, marks=pytest.mark.long)])
def test_every_command_runs_in_turn_and_says_what_it_should(
    folder: Path, run: Callable[[list[str]], str]
) -> None:
    told = [run(shlex.split(command)) for command in COMMANDS]
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
    assert "1 of those that ended could have stayed (at most 1 allowed)" in amend
    assert "Cost: 0.571" in amend
    assert run(["reverse-match", "verify", "new.json", "people.csv"]).startswith("Verified.")


def exec_here(code: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - the point of the test
    return shown.getvalue()


def exec_alone(code: str) -> str:
    return run_alone([sys.executable, "-c", code])


@pytest.mark.parametrize("run", [exec_here, pytest.param(exec_alone, marks=pytest.mark.long)])
@pytest.mark.parametrize("code", blocks("python"))
def test_its_python_runs(folder: Path, code: str, run: Callable[[str], str]) -> None:
    assert run(code).splitlines()[-1] == "0.0"


def test_the_prose_says_what_the_example_shows() -> None:
    assert "Lea is with Marc, Tom with Ada, Zoe with Paul." in README
    assert "No command writes over a file that it reads." in README


def test_what_ci_takes_from_it_is_there() -> None:
    for word in ("pytest", "reverse-match demo", "sphinx-build"):
        assert len(re.findall(rf"^python3 -m venv .*{word}", README, re.MULTILINE)) == 1
