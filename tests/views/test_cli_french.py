"""With ``--lang fr`` a table is French as a whole: title, heads, roles, reasons, and what is proved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = re.compile(
    r"\b(who|as|why|mentee|duos? (ended|kept|are|is)|without a|worst|mean|best|proved|round|sit out|"
    r"points of|share|each|the|other|at (least|most)|checked)\b"
)


def run(*arguments: str) -> Any:
    done = CliRunner().invoke(app, [*arguments, "--lang", "fr"])
    assert done.exit_code == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("french")
    quotas = [
        {"kind": "duos", "name": "pilote", "at_most": 20},
        {"kind": "each", "name": "service", "by": "mentee.department", "at_most": 5},
        {"kind": "share", "name": "mixte", "of": {"kind": "different", "field": "gender"}, "at_least": 0.5},
    ]
    given = [{"name": "premier", "points": 0.1, "mentors": ["lea.martin"]}]
    policy = rm.Policy.from_data({"as_of": "2026-11-02", "quotas": quotas, "credits": given})
    (folder / "policy.json").write_text(policy.model_dump_json())
    matching = rm.match(rm.read_cohort(rm.demo_path()), policy)
    (folder / "m.json").write_text(matching.to_json())
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("demo", "--trade"),
        ("match", "PEOPLE", "--policy", "policy.json", "--trade"),
        ("amend", "m.json", "PEOPLE", "--leave", "lea.martin", "--at-most-changes", "2"),
        ("rotate", "m.json", "PEOPLE", "--on", "2027-07-31", "--early"),
        ("plan", "PEOPLE", "--rounds", "2"),
    ],
    ids=lambda command: command[0],
)
def test_a_table_is_french(command: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    text = run(*(str(rm.demo_path()) if word == "PEOPLE" else word for word in command)).stdout
    assert "mentoré(e)" in text or command[0] == "plan"
    assert "Optimum prouvé (écart 0)" in text
    assert re.search(r"\d,\d{3}", text)
    assert not re.search(r"\d\.\d{3}", text)
    told = re.sub(r"«.*?»", "", text)
    assert not ENGLISH.findall(told), ENGLISH.findall(told)
