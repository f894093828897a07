"""Headlines count people, and one duo is one duo, wherever a matching is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.matching.results.matching import without_duo
from reverse_match.views.cli.main import app
from reverse_match.views.summaries import rotation_lines

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("nothing_asked")

ONE_DUO = [
    {"id": "lea", "role": "mentor", "offers": "Python:5"},
    {"id": "ada", "role": "mentee", "seeks": "Python"},
]
WRONG = re.compile(r"\b1 (duos|rounds|mentors|mentees|people|partners|sessions|allowed pairs|points)\b")


def people_without(matching: rm.Matching, cohort: rm.Cohort) -> set[str]:
    """Count again, from the people."""
    with_one = {end for duo in matching.duos for end in (duo.mentor, duo.mentee)}
    return {person.id for person in cohort.participants} - with_one


def test_the_demo_leaves_twelve_people_without_a_duo() -> None:
    cohort = rm.read_cohort(rm.demo_path())
    matching = rm.match(cohort)
    assert len(people_without(matching, cohort)) == 12
    assert without_duo(matching) == sorted(people_without(matching, cohort))
    shown = CliRunner().invoke(app, ["demo"]).stdout
    headline = "12 people without a duo, 3 with a duo in one role of two"
    assert headline in shown
    assert headline in matching._repr_html_()
    assert ", 12 without a duo, " in str(matching)
    text = re.sub(r"<[^>]*>", " ", matching.to_html())
    assert re.search(r"people without a duo\s+12\b|\b12\s+people without a duo", text)
    assert "12 people without a duo; 3 with a duo in one role of two." in text
    texte = re.sub(r"<[^>]*>", " ", matching.to_html("fr"))
    assert re.search(r"personnes sans duo\s+12\b|\b12\s+personnes sans duo", texte)
    assert "3 avec un duo dans un seul de leurs deux rôles." in texte


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_one_duo_is_one_duo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text("id,role,offers,seeks\nlea,mentor,Python:5,\nada,mentee,,Python\n")
    cohort = rm.read_cohort("people.csv")
    matching = rm.match(cohort)
    run = CliRunner()
    shown = [
        run.invoke(app, ["match", "people.csv", "--out", "m.json"]).stdout,
        run.invoke(app, ["verify", "m.json", "people.csv"]).stdout,
        run.invoke(app, ["plan", "people.csv", "--rounds", "1", "--lang", lang]).stdout,
        run.invoke(app, ["amend", "m.json", "people.csv", "--fix", "lea=ada"]).stdout,
        run.invoke(app, ["explain", "m.json", "people.csv", "--why", "lea", "--lang", lang]).stdout,
        str(matching),
        str(rm.plan_rotations(cohort, rounds=1)),
        *(re.sub(r"<[^>]*>", " ", view) for view in (matching.to_html(lang), matching._repr_html_())),
        rm.trade(matching)._repr_html_(),
        cohort._repr_html_(),
    ]
    for text in shown:
        assert text
        assert WRONG.search(text) is None, text
    assert "1 duo\n" in re.sub(" +\n", "\n", shown[0])
    assert "none with 1 duo has a higher total; checked against the only allowed pair." in shown[0]


SAID = "mentor,mentee,on,by,wish\n"


@pytest.mark.parametrize(
    ("wishes", "policy", "kept"),
    [(("continue",), {}, False), (("continue", "continue"), {}, True),
     (("continue", "continue"), {"rotation": {"keep_wanted": False}}, False)],
)  # fmt: skip
def test_the_review_says_what_rotation_does(
    wishes: tuple[str, ...], policy: dict[str, object], kept: bool
) -> None:
    terms = rm.Policy.model_validate(policy)
    matching = rm.match(rm.Cohort.from_records(ONE_DUO), terms)
    records = [
        {"mentor": "lea", "mentee": "ada", "on": "2027-01-02", "by": by, "wish": wish}
        for by, wish in zip(("mentor", "mentee"), wishes, strict=False)
    ]
    feedback = rm.Feedback.from_records(records)
    (proposed,) = rm.proposals(matching, feedback)
    assert proposed.proposal == "keep"
    assert proposed.may_stay is kept
    said = proposed.sentences()[-1], proposed.sentences("fr")[-1]
    assert said[0].startswith("Rotation may continue this duo" if kept else "Rotation ends it all the same")
    assert said[1].startswith("La rotation peut" if kept else "La rotation y mettra fin")
    rotated = rm.rotate(matching, rm.Cohort.from_records(ONE_DUO), on="2027-06-01", feedback=feedback)
    assert bool(rotated.duos) is kept


def test_who_has_a_duo_in_one_role_only_is_not_said_to_have_had_none() -> None:
    cohort = rm.Cohort.from_records([{"id": name, "role": "both"} for name in ("ada", "lea", "tom")])
    first = rm.match(cohort, rm.Policy.from_data({"quotas": [{"kind": "duos", "name": "few", "at_most": 1}]}))
    assert len(first.unmatched) == 4  # three people
    second = rm.rotate(first, cohort, on="2027-06-01")
    after_waiting = [change for change in second.changes if change.reason == "left_out_before"]
    assert after_waiting
    for change in after_waiting:
        assert "had no duo" not in change.sentences()[0]
        assert "sans duo" not in change.sentences("fr")[0]
    assert len([change for change in second.changes if change.kind == "waiting"]) == 4
    waiting = "; 3 people wait for the next round"
    report = re.sub(r"<[^>]*>", " ", second.to_html())
    assert waiting in report
    assert "People who wait for the next round (3)" in report
    assert second.rotation
    assert waiting in rotation_lines(second.rotation)[0]
