"""``reverse-match plan``: the table, the file, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

runner = CliRunner()


def test_a_plan_is_shown_and_written(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    result = runner.invoke(app, ["plan", str(rm.demo_path()), "--rounds", "2", "--out", str(out)])
    assert result.exit_code == 0
    assert "2 rounds" in result.stdout
    assert "Proved optimal (gap 0)" in result.stdout
    assert "capacity 0" in result.stdout
    plan = rm.RotationPlan.from_json(out.read_bytes())
    rm.verify_plan(plan, rm.read_cohort(rm.demo_path()), rm.Policy())


def test_a_plan_as_json() -> None:
    result = runner.invoke(app, ["plan", str(rm.demo_path()), "--rounds", "1", "--format", "json"])
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["rounds"]) == 1


def test_who_sits_out_is_told_in_french() -> None:
    result = runner.invoke(app, ["plan", str(rm.demo_path()), "--rounds", "2", "--lang", "fr"])
    assert "n’a pas de duo comme mentor" in result.stdout


@pytest.mark.parametrize("more", [["--rounds", "0"], ["--rounds", "2", "--out", "plan.csv"], []])
def test_what_cannot_be_is_refused(more: list[str]) -> None:
    assert runner.invoke(app, ["plan", str(rm.demo_path()), *more]).exit_code == 2


def test_nobody_can_be_with_anybody(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,role,avoids\nm,mentor,e\ne,mentee,\n", "utf-8")
    result = runner.invoke(app, ["plan", str(people), "--rounds", "3"])
    assert result.exit_code == 0
    assert "No duo is possible in any round" in result.stdout


def test_a_plan_is_verified_like_a_matching(tmp_path: Path) -> None:
    people, out = str(rm.demo_path()), tmp_path / "plan.json"
    assert runner.invoke(app, ["plan", people, "--rounds", "2", "--out", str(out)]).exit_code == 0
    (tmp_path / "policy.json").write_text(rm.Policy().model_dump_json())
    checked = runner.invoke(app, ["verify", str(out), people, "--policy", str(tmp_path / "policy.json")])
    assert checked.exit_code == 0
    assert checked.stdout.startswith("Verified.\n50 duos over all rounds")
    assert checked.stderr == ""
    assert "taken from the plan" in runner.invoke(app, ["verify", str(out), people]).stderr
    told = json.loads(out.read_text("utf-8"))
    told["rounds"] = told["rounds"][::-1]
    out.write_text(json.dumps(told))
    forged = runner.invoke(app, ["verify", str(out), people])
    assert (forged.exit_code, forged.stderr.splitlines()[0]) == (4, "Verification failed:")


def test_what_is_neither_a_matching_nor_a_plan_is_told_as_no_matching(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    refused = runner.invoke(app, ["verify", str(tmp_path / "x.json"), str(rm.demo_path())])
    assert (refused.exit_code, "not a matching" in refused.stderr) == (2, True)
