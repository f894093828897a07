"""Waivers of the rule on reporting lines: one pair is let through, and nobody else."""

from __future__ import annotations

import itertools
import json
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.constraints import list_conditions
from reverse_match.verification import people as verified_people
from reverse_match.views.cli.main import app

PEOPLE: list[dict[str, Any]] = [
    {"id": "lea", "role": "mentor", "manager_id": "marc", "offers": "Data:5", "name": "Léa Petit"},
    {"id": "tom", "role": "mentor", "manager_id": "ada", "offers": "Data:3"},
    {"id": "marc", "role": "mentee", "seeks": "Data:3", "name": "Marc Grand"},
    {"id": "ada", "role": "mentee", "seeks": "Data:3", "manager_id": "marc"},
]
WAIVER = {"mentor": "lea", "mentee": "marc", "reason": "both asked for it", "author": "HR director"}


def policy(*waivers: dict[str, Any], **more: Any) -> rm.Policy:
    return rm.Policy.from_data({"rules": [{"kind": "not_in_reporting_line", "waivers": [*waivers]}], **more})


def allowed(cohort: rm.Cohort, rules: rm.Policy) -> set[tuple[str, str]]:
    """Which pairs the rules allow, as the scores that a platform asks for show them."""
    scores = rm.score_matrix(cohort, rules)
    return {
        (mentor.id, mentee.id)
        for (row, mentor), (column, mentee) in itertools.product(
            enumerate(cohort.mentors), enumerate(cohort.mentees)
        )
        if scores[row][column] == scores[row][column]
    }


def superiors(records: list[dict[str, Any]], person: str) -> set[str]:
    boss = {record["id"]: record.get("manager_id") for record in records}
    found: set[str] = set()
    above = boss.get(person)
    while above is not None and above in boss and above not in found:
        found.add(above)
        above = boss[above]
    return found


def test_the_pair_is_let_through_and_nobody_else() -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    before, after = rm.match(cohort, policy()), rm.match(cohort, policy(WAIVER))
    assert {(duo.mentor, duo.mentee) for duo in before.duos} == {("lea", "ada")}
    assert {(duo.mentor, duo.mentee) for duo in after.duos} == {("lea", "marc")} or len(after.duos) == 1
    rm.verify(after, cohort, policy(WAIVER))
    with pytest.raises(rm.VerificationError):
        rm.verify(after, cohort, policy())


@pytest.mark.parametrize("many", [False, True], ids=["listed", "by intervals"])
@pytest.mark.parametrize("number", range(8))
def test_drawn_waivers_by_an_own_computation(
    number: int, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both with lists of superiors and with the intervals of very long chains, of matcher and verifier."""
    if many:
        monkeypatch.setattr(list_conditions, "MOST_LISTED", 0)
        monkeypatch.setattr(verified_people, "MOST_LISTED", 0)
    random = Random(number)
    ids = [f"p{place}" for place in range(8)]
    records: list[dict[str, Any]] = [
        {
            "id": name,
            "role": random.choice(["mentor", "mentee", "both"]),
            "manager_id": random.choice(ids[:place]) if place else None,
        }
        for place, name in enumerate(ids)
    ]
    pairs = random.sample([*itertools.permutations([*ids, "gone"], 2)], 12)
    waivers = [{**WAIVER, "mentor": mentor, "mentee": mentee} for mentor, mentee in pairs]
    rules = policy(*waivers[:7], as_far_as_possible=None)
    mentors = [one["id"] for one in records if one["role"] != "mentee"]
    mentees = [one["id"] for one in records if one["role"] != "mentor"]
    right = {
        (mentor, mentee)
        for mentor, mentee in itertools.product(mentors, mentees)
        if mentor != mentee
        and (
            (mentor, mentee) in pairs[:7]
            or (mentor not in superiors(records, mentee) and mentee not in superiors(records, mentor))
        )
    }
    cohort = rm.Cohort.from_records(records)
    assert allowed(cohort, rules) == right
    matching = rm.match(cohort, rules)
    assert {(duo.mentor, duo.mentee) for duo in matching.duos} <= right
    rm.verify(matching, cohort, rules)
    # Two such rules: a pair is let through only where both waive it.
    two = rm.Policy.from_data(
        {
            "rules": [
                {"kind": "not_in_reporting_line", "waivers": waivers[:7]},
                {"kind": "not_in_reporting_line", "waivers": waivers[4:]},
            ],
            "as_far_as_possible": None,
        }
    )
    both = rm.match(cohort, two)
    rm.verify(both, cohort, two)
    lines = {
        pair
        for pair in itertools.product(mentors, mentees)
        if pair[0] in superiors(records, pair[1]) or pair[1] in superiors(records, pair[0])
    }
    for duo in both.duos:
        assert (duo.mentor, duo.mentee) not in lines or (duo.mentor, duo.mentee) in pairs[4:7]


def test_a_policy_without_waivers_is_what_it_was() -> None:
    assert policy() == rm.Policy.from_data({"rules": [{"kind": "not_in_reporting_line"}]})
    assert "waivers" not in policy().model_dump_json()
    assert policy(WAIVER).sha256 != policy().sha256
    other = {**WAIVER, "reason": "another one"}
    assert policy(other).sha256 != policy(WAIVER).sha256  # what is documented is covered, too


@pytest.mark.parametrize("lacking", ["reason", "author", "mentor", "mentee"])
def test_what_is_not_documented_is_refused(lacking: str) -> None:
    waiver = {name: value for name, value in WAIVER.items() if name != lacking}
    for bad in (waiver, {**waiver, lacking: ""}):
        with pytest.raises(rm.errors.PolicyError, match=rf"waivers\[0\]\.{lacking}"):
            policy(bad)


@pytest.mark.parametrize(
    ("waiver", "told"),
    [
        (
            {**WAIVER, "mentor": "gone"},
            "names somebody who is not in the file; the waiver lets nobody through",
        ),
        ({**WAIVER, "mentor": "marc", "mentee": "lea"}, "these two cannot be mentor and mentee"),
        ({**WAIVER, "mentor": "lea", "mentee": "ada"}, "these two stand in no reporting line"),
    ],
    ids=["gone", "roles", "no line"],
)
def test_a_waiver_without_use_is_told(waiver: dict[str, Any], told: str, tmp_path: Any) -> None:
    (tmp_path / "people.json").write_text(json.dumps(PEOPLE), "utf-8")
    (tmp_path / "policy.json").write_text(policy(waiver).model_dump_json(), "utf-8")
    words = ["match", str(tmp_path / "people.json"), "--policy", str(tmp_path / "policy.json")]
    shown = CliRunner().invoke(app, [*words, "--lang", "en"])
    assert shown.exit_code == 0, shown.stderr
    assert f"rules[0].waivers[0]: {told}" in " ".join(shown.stderr.split())
    french = CliRunner().invoke(app, [*words, "--lang", "fr"]).stderr
    assert "dérogation" in french
    assert "waiver lets" not in french


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_report_says_why(lang: str) -> None:
    pytest.importorskip("matplotlib")
    cohort = rm.Cohort.from_records(PEOPLE[:1] + PEOPLE[2:3])
    matching = rm.match(cohort, policy({**WAIVER, "on": "2026-11-30"}))
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == [("lea", "marc")]
    page = matching.to_html(lang)
    assert ("Pairs let through by a waiver" in page) == (lang == "en")
    assert ("Paires permises par dérogation" in page) == (lang == "fr")
    assert all(text in page for text in ("both asked for it", "HR director", "Léa Petit", "Marc Grand"))
    assert ("1 duo is let through by a waiver; the policy says why" in page) == (lang == "en")
    bare = rm.match(cohort, rm.Policy.from_data({"rules": []})).to_html(lang)
    assert "waiver" not in bare
    assert "dérogation" not in bare
