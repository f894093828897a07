"""Quotas that only no duos at all keep: a share of no duos holds, whatever it is, and is no matching."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.views.cli.main import app
from thinned import thinned_product

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE = [
    {"id": f"{role}{place}", "role": role, "gender": "fm"[place % 2], "department": "IT", "goals": "x"}
    for role in ("mentor", "mentee")
    for place in range(4)
]
MIXED, SAME = ({"kind": kind, "field": "gender"} for kind in ("different", "same"))
EXCLUDING = [
    {"kind": "share", "of": MIXED, "at_least": 0.9, "name": "mixed"},
    {"kind": "share", "of": SAME, "at_least": 0.3, "name": "alike"},
]
HALF_MIXED = [{"kind": "share", "of": MIXED, "at_least": 0.5, "name": "mixed"}]
MISSPELT = [{"kind": "share", "where": {"mentee.department": "TI"}, "at_least": 0.5, "name": "IT"}]
OBJECTIVES = ["coverage", "total", "max_min", {"kind": "fair", "alpha": 1}]

forbidden = [
    [one["id"], other["id"]] for one in PEOPLE[:4] for other in PEOPLE[4:] if one["gender"] != other["gender"]
]
APART = {"kind": "forbid", "pairs": [[one["id"], other["id"]] for one in PEOPLE[:4] for other in PEOPLE[4:]]}
NO_MIXED = {"kind": "forbid", "pairs": forbidden}


def cohort() -> rm.Cohort:
    return rm.Cohort.from_records(PEOPLE)


def policy(quotas: Any, rules: Any = (), objective: Any = "coverage") -> rm.Policy:
    return rm.Policy.model_validate({"quotas": quotas, "rules": list(rules), "objective": objective})


NONE = {"kind": "count", "where": {"mentee.department": "IT"}, "at_most": 0, "name": "none"}
CONFLICTS = [
    (EXCLUDING, ["mixed", "alike"]),
    (MISSPELT, ["IT"]),
    ([{"kind": "duos", "at_most": 0}], ["duos"]),
    ([NONE], ["none"]),
]


@pytest.mark.parametrize(("conflict", "objective"), thinned_product(CONFLICTS, OBJECTIVES))
def test_it_is_a_conflict_under_every_objective(conflict: Any, objective: Any) -> None:
    quotas, names = conflict
    with pytest.raises(rm.InfeasibleError) as caught:
        rm.match(cohort(), policy(quotas, objective=objective))
    (conflict,) = caught.value.explanations
    assert [demand.name for demand in conflict.demands] == names
    assert conflict.leaves_no_duo
    assert conflict.relaxations
    for change in conflict.relaxations:
        assert change.suffices
        easier = [
            {**quota, change.limit: change.bound} if quota.get("name", "duos") == change.name else quota
            for quota in quotas
        ]
        assert rm.match(cohort(), policy(easier, objective=objective)).duos


def test_where_no_duo_is_possible_anyhow_there_is_none_and_no_conflict() -> None:
    matching = rm.match(cohort(), policy(EXCLUDING, [APART]))
    assert matching.duos == ()
    rm.verify(matching, cohort())


def test_beside_a_fixed_duo_nobody_else_need_be_in_one() -> None:
    fixed = [{"kind": "fix", "pairs": [["mentor0", "mentee1"]]}]
    matching = rm.match(cohort(), policy([{"kind": "duos", "at_most": 1}], fixed))
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == [("mentor0", "mentee1")]
    rm.verify(matching, cohort())


def asks() -> dict[str, Callable[[], Any]]:
    people, half = cohort(), policy(HALF_MIXED)
    matching = rm.match(people, half)
    stricter = policy(HALF_MIXED, [NO_MIXED])
    return {
        "match": lambda: rm.match(people, stricter),
        "amend": lambda: rm.amend(matching, people, half, forbid=forbidden),
        "rotate": lambda: rm.rotate(matching, people, stricter, on=date(2030, 1, 1)),
        "plan": lambda: rm.plan_rotations(people, stricter, rounds=2),
        "scenario": lambda: rm.Study(people, half).scenario("none mixed", rules=[NO_MIXED]),
        "study": lambda: rm.Study(people, stricter).base,
    }


@pytest.mark.parametrize("asked", ["match", "amend", "rotate", "plan", "scenario", "study"])
def test_it_is_a_conflict_whoever_asks(asked: str) -> None:
    with pytest.raises(rm.InfeasibleError, match=r"mixed and forbidden pairs: .*leave no duo at all"):
        asks()[asked]()


def test_what_forbidding_the_last_duos_of_a_kind_would_need() -> None:
    """Without its only mixed duo a pair of people could form none: explain says which quota is against it."""
    people = rm.Cohort.from_records([PEOPLE[0], PEOPLE[4], PEOPLE[5]])
    matching = rm.match(people, policy(HALF_MIXED))
    explained = matching.explain("mentor0", "mentee1")
    assert explained.matched
    assert (explained.changes, explained.quotas_in_the_way) == (None, ("mixed",))


def test_an_empty_matching_is_refused_where_duos_are_possible() -> None:
    empty, asked = rm.match(cohort(), policy(MISSPELT, [APART])), policy(MISSPELT)
    digests = empty.digests.model_copy(update={"policy": asked.sha256})
    forged = empty.model_copy(update={"policy": asked, "digests": digests})
    with pytest.raises(rm.VerificationError, match="no duo is formed, though 16 pairs could be one"):
        rm.verify(forged, cohort())


def test_the_command_line_names_the_conflict_and_the_value_that_nobody_has(tmp_path: Path) -> None:
    people, written = tmp_path / "people.csv", tmp_path / "policy.toml"
    people.write_text("id,role,department\nm,mentor,HR\ne,mentee,IT\n", encoding="utf-8")
    share = '[[quotas]]\nkind = "share"\nwhere = {"mentee.department" = "TI"}\n'
    written.write_text(share + "at_least = 0.5\n", encoding="utf-8")
    refused = CliRunner().invoke(app, ["match", str(people), "--policy", str(written)])
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "leaves no duo at all" in " ".join(refused.stderr.split())
    assert "nobody has department (mentee) 'TI'" in " ".join(refused.stderr.split())
    written.write_text(share + "at_most = 0.5\n", encoding="utf-8")
    formed = CliRunner().invoke(app, ["match", str(people), "--policy", str(written)])
    assert formed.exit_code == 0
    assert "note: quotas[0]: nobody has 'TI' in mentee.department; did you mean 'IT'?" in formed.stderr
