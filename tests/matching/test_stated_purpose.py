"""A matching says what it is for, who made it and which data it uses, where somebody says so, and only there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.errors import VerificationError
from reverse_match.views.cli.main import app

COHORT = rm.read_cohort(rm.demo_path())
if TYPE_CHECKING:
    from pathlib import Path

STATED = {"purpose", "made_by", "data_used", "data_not_used"}


def test_nothing_is_stated_unless_somebody_says_it() -> None:
    data = json.loads(rm.match(COHORT).to_json())
    assert STATED.isdisjoint(data)
    assert "changes" not in data["digests"]


def test_what_is_stated_stays_through_amendments_and_rounds() -> None:
    first = rm.match(COHORT, purpose="Executives learn the web", made_by="HR")
    amended = rm.amend(first, COHORT, forbid=[(first.duos[0].mentor, first.duos[0].mentee)])
    second = rm.rotate(amended, COHORT, on="2027-05-01")
    for one in (first, amended, second):
        assert (one.purpose, one.made_by) == ("Executives learn the web", "HR")
        assert {"age", "gender", "offers"} <= set(one.data_used)
        assert set(one.data_used).isdisjoint(one.data_not_used)
        assert rm.Matching.from_json(one.to_json()) == one
        rm.verify(one, COHORT if one is not second else second.people)
    assert first.sha256 != rm.match(COHORT).sha256


def test_the_columns_are_those_of_the_policy_and_of_the_people() -> None:
    people = [
        {"id": name, "role": role, "team": "a", "hobby": "chess", "age": 30, "name": name.title()}
        for name, role in (("lea", "mentor"), ("ada", "mentee"))
    ]
    policy = rm.Policy.preset("no-personal-traits").model_copy(
        update={"purpose": "A pilot", "rules": rm.Policy(rules=[{"kind": "same", "field": "team"}]).rules}
    )
    matching = rm.match(rm.Cohort.from_records(people), policy)
    assert matching.purpose == "A pilot"
    assert "team" in matching.data_used
    assert "age" not in matching.data_used
    assert matching.data_not_used == ("age", "hobby", "name")


def test_verification_covers_it() -> None:
    matching = rm.match(COHORT, purpose="Executives learn the web")
    for forged in ({"purpose": "another"}, {"data_used": ()}):
        with pytest.raises(VerificationError, match="digest of what was changed"):
            rm.verify(matching.model_copy(update=forged), COHORT)


def test_the_command(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["demo", "--save", str(tmp_path / "people.csv")])
    out = tmp_path / "m.json"
    asked = ["match", str(tmp_path / "people.csv"), "--purpose", "A pilot", "--by", "HR", "--out", str(out)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    matching = rm.Matching.from_json(out.read_bytes())
    assert (matching.purpose, matching.made_by) == ("A pilot", "HR")
    assert "Purpose: A pilot" in matching.to_html()
