"""Each way in which a policy can be impossible, by name, and what a person reads of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = [
    {"id": "m1", "role": "mentor", "gender": "f", "department": "IT"},
    {"id": "m2", "role": "mentor", "gender": "f", "department": "HR"},
    {"id": "m3", "role": "mentor", "gender": "f", "department": "IT"},
    {"id": "e1", "role": "mentee", "gender": "f", "department": "Finance"},
    {"id": "e2", "role": "mentee", "gender": "m", "department": "Finance", "manager_id": "e1"},
]
FINANCE = {"mentee.department": "Finance"}


def explained(quotas: Any = (), rules: Any = ()) -> tuple[rm.results.Conflict, ...]:
    policy = rm.Policy.model_validate({"quotas": list(quotas), "rules": list(rules)})
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(rm.Cohort.from_records(PEOPLE), policy)
    found: tuple[rm.results.Conflict, ...] = caught.value.explanations
    return found


def demands(conflict: rm.results.Conflict) -> list[tuple[Any, ...]]:
    return [(one.kind, one.limit, one.bound) for one in conflict.demands]


def changes(conflict: rm.results.Conflict) -> list[tuple[Any, ...]]:
    return [(one.kind, one.limit, one.bound) for one in conflict.relaxations]


def test_quotas_that_exclude_each_other() -> None:
    (conflict,) = explained(
        [{"kind": "duos", "at_most": 1}, {"kind": "count", "where": FINANCE, "at_least": 2}]
    )
    assert demands(conflict) == [("quota", "at_most", 1), ("quota", "at_least", 2)]
    assert changes(conflict) == [("quota", "at_most", 2), ("quota", "at_least", 1)]
    assert conflict.sentences("en")[1:] == [
        "allow at most 2 duos instead of 1",
        "ask for at least 1 duo in 'department Finance (mentee)' instead of 2",
    ]
    assert conflict.sentences("fr")[1] == "autoriser au plus 2 duos au lieu de 1"


def test_more_minimum_load_than_people() -> None:
    (conflict,) = explained([{"kind": "each", "by": "mentor.id", "at_least": 1}])
    kinds = {one.kind for one in conflict.demands}
    assert kinds == {"quota", "capacity"}
    assert ("quota", "at_least", 0) in changes(conflict)
    assert any(one.kind == "capacity" and one.bound == 2 for one in conflict.relaxations)


def test_a_quota_that_only_a_rule_makes_impossible() -> None:
    mixed = {"kind": "different", "field": "gender"}
    same = {"kind": "share", "of": {"kind": "same", "field": "gender"}, "at_least": 0.5}
    (conflict,) = explained([same, {"kind": "duos", "at_least": 1}], [mixed])
    assert {one.kind for one in conflict.demands} >= {"quota", "rule"}
    assert any(one.kind == "rule" for one in conflict.relaxations)


def test_a_value_that_nobody_has() -> None:
    (conflict,) = explained([{"kind": "count", "where": {"mentee.department": "Finanse"}, "at_least": 1}])
    (unknown,) = conflict.unknown_values
    assert (unknown.value, unknown.nearest) == ("Finanse", "Finance")


@pytest.mark.parametrize(
    ("rules", "kinds"),
    [
        ([{"kind": "fix", "pairs": [["m1", "e1"]]}, {"kind": "forbid", "pairs": [["e1", "m1"]]}], {"fix", "rule"}),
        ([{"kind": "fix", "pairs": [["m1", "e1"]]}, {"kind": "different", "field": "gender"}], {"fix", "rule"}),
        ([{"kind": "fix", "pairs": [["m1", "e1"], ["m2", "e1"]]}], {"fix", "capacity"}),
    ],
)  # fmt: skip
def test_fixed_duos_that_cannot_be(rules: Any, kinds: set[str]) -> None:
    (conflict,) = explained([], rules)
    assert {one.kind for one in conflict.demands} == kinds
    assert conflict.relaxations


def test_a_fixed_duo_against_a_quota() -> None:
    (conflict,) = explained(
        [{"kind": "count", "where": FINANCE, "at_most": 0}], [{"kind": "fix", "pairs": [["m1", "e1"]]}]
    )
    assert {one.kind for one in conflict.demands} == {"fix", "quota"}
    assert ("quota", "at_most", 1) in changes(conflict)


def test_what_a_person_reads_on_the_terminal(tmp_path: Path) -> None:
    people, policy = tmp_path / "people.csv", tmp_path / "policy.toml"
    people.write_text("id,role,department\nm,mentor,IT\ne,mentee,Finance\n", encoding="utf-8")
    policy.write_text('[[quotas]]\nkind = "duos"\nat_least = 2\n', encoding="utf-8")
    command = ["match", str(people), "--policy", str(policy)]
    english, french = (CliRunner().invoke(app, [*command, "--lang", lang]) for lang in ("en", "fr"))
    assert (english.exit_code, french.exit_code) == (3, 3)
    assert english.stdout == french.stdout == ""
    assert "at least 2 duos" in english.stderr
    assert "any one of these would be enough:" in english.stderr
    assert "au moins 2 duos" in french.stderr
    assert "il suffirait de l’une de ces mesures\N{NARROW NO-BREAK SPACE}:" in french.stderr


def test_a_fixed_duo_that_more_capacity_would_not_allow_is_told_all_the_same() -> None:
    cohort = rm.Cohort.from_records(
        [{"id": "p", "role": "both", "capacity": 0}, {"id": "q", "role": "mentee"}]
    )
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(cohort, rm.Policy(rules=[{"kind": "fix", "pairs": [["p", "p"]]}]))
    assert any("'p' has 1 fixed duo as mentor, and capacity 0" in told for told in caught.value.conflicts)
    assert all(one.sentence("fr") for one in caught.value.explanations)
