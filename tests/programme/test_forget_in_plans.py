"""Whoever is erased, or has a pseudonym, is so in plans and circles, too; what is left of them is still checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

KEY = "a secret of this programme"
PEOPLE = [
    {"id": f"m{n}", "role": "mentor", "name": f"Mentor Nr{n}", "offers": f"S{n % 2}:4"} for n in range(3)
] + [{"id": f"qx{n}", "role": "mentee", "name": f"Zoé Quibus{n}", "seeks": f"S{n % 2}"} for n in range(4)]
COHORT = rm.Cohort.from_records(PEOPLE)
CIRCLES = rm.Policy(circles={"mentees": "1..3"})


def plan() -> rm.RotationPlan:
    return rm.plan_rotations(COHORT, rounds=2)


def circles() -> rm.CircleMatching:
    return rm.form_circles(COHORT, CIRCLES)


def test_nothing_of_the_person_is_left_in_a_plan() -> None:
    before = plan()
    erased, people = rm.forget("qx1", before, COHORT)
    text = erased.to_json()
    assert "qx1" not in text
    assert "Quibus1" not in text
    assert rm.RotationPlan.from_json(text) == erased
    assert [one.forgotten for one in erased.rounds] == [("forgotten-1",)] * 2
    assert erased.total == before.total
    with pytest.raises(rm.VerificationError, match="erased from this plan") as caught:
        rm.verify_plan(erased, people)
    assert caught.value.is_incomplete
    wrong = erased.rounds[0].model_copy(update={"duos": erased.rounds[0].duos[:1] * 2})
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify_plan(erased.model_copy(update={"rounds": (wrong, erased.rounds[1])}), people)
    assert not caught.value.is_incomplete
    again, _ = rm.forget("m1", erased, people)
    assert again.rounds[0].forgotten == ("forgotten-1", "forgotten-2")


def test_nothing_of_the_person_is_left_in_circles() -> None:
    before = circles()
    erased, people = rm.forget("qx1", before, COHORT)
    text = erased.to_json()
    assert "qx1" not in text
    assert erased.forgotten == ("forgotten-1",)
    assert rm.CircleMatching.from_json(text) == erased
    assert erased.total == before.total
    hers = [
        pair for one in erased.circles for pair in one.pairs if "forgotten-1" in (pair.mentor, pair.mentee)
    ]
    assert hers
    assert not [pair for pair in hers if pair.name_matches or any(pair.contributions.values())]
    with pytest.raises(rm.VerificationError, match="erased from these circles") as caught:
        rm.verify(erased, people)
    assert caught.value.is_incomplete
    with pytest.raises(rm.VerificationError) as caught:
        rm.verify(erased, COHORT)
    assert not caught.value.is_incomplete


def test_who_stands_nowhere_changes_nothing() -> None:
    assert "forgotten" not in circles().to_json()
    with pytest.raises(rm.errors.CohortError):
        rm.forget("nobody", plan(), circles())


def test_pseudonyms_in_plans_and_circles_are_those_of_their_people() -> None:
    changed, rounds, people = rm.pseudonymise(KEY, circles(), plan(), COHORT)
    rm.verify(changed, people)
    rm.verify_plan(rounds, people)
    text = changed.to_json() + rounds.to_json()
    assert not [one["id"] for one in PEOPLE if f'"{one["id"]}"' in text]
    assert "Quibus" not in text


def run(*asked: str) -> Any:
    done = CliRunner().invoke(app, list(asked))
    assert done.exit_code == 0, done.output
    return done


def test_the_commands_take_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [f"{one['id']},{one['role']},{one['name']}" for one in PEOPLE]
    Path("people.csv").write_text("id,role,name\n" + "\n".join(rows) + "\n", "utf-8")
    Path("p.json").write_text('{"circles": {"mentees": "1..3"}}', "utf-8")
    run("plan", "people.csv", "--rounds", "2", "--out", "plan.json")
    run("circles", "people.csv", "--policy", "p.json", "--out", "circles.json")
    for name in ("plan", "circles"):
        run("pseudonymise", f"{name}.json", "people.csv", "--key", "key", "--out-dir", f"for-{name}")
        run("verify", f"for-{name}/{name}.json", f"for-{name}/people-pseudonyms.json")
    asked = ("--matching", "plan.json", "--matching", "circles.json", "--people", "people.csv")
    told = run("forget", "Zoé Quibus1", *asked)
    assert "proof cannot be checked any more" in told.stderr
    for name in ("plan.json", "circles.json", "people.csv"):
        assert "Quibus1" not in Path(name).read_text("utf-8")
        assert "qx1" not in Path(name).read_text("utf-8")
    for name in ("plan.json", "circles.json"):
        done = CliRunner().invoke(app, ["verify", name, "people.csv"])
        assert done.exit_code == 4, done.output
        assert "Nothing untrue was found" in done.stderr
