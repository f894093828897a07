"""Small cohorts matched as large ones are, with quotas priced by whole choices: as good as by the usual way, and proved."""

from __future__ import annotations

import os
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from reverse_match.solver.side_constraints import fewest_marked, solve
from reverse_match.solver.tuning import Tuning
from reverse_match.testing import invented_cohort

if TYPE_CHECKING:
    from collections.abc import Iterable

DIFFERENT = {"kind": "different", "field": "gender"}


@pytest.fixture
def as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    early = partial(Tuning, whole_choices_from=0)
    for module in ("objectives", "side_constraints.solve"):
        monkeypatch.setattr(f"reverse_match.solver.{module}.Tuning", early)


def drawn_quotas(random: Random) -> list[dict[str, Any]]:
    """Return one to three quotas; some cannot be kept."""
    division = {"mentee.department": f"Group/Division {random.randint(0, 3)}"}
    every: list[dict[str, Any]] = [
        {"kind": "share", "of": DIFFERENT, "at_least": random.choice((0.5, 0.7, 0.85, 1.0))},
        {
            "kind": "count",
            "where": division,
            "at_least": random.randint(0, 6),
            "at_most": random.randint(6, 9),
        },
        {"kind": "each", "by": "mentor.department", "at_most": random.randint(1, 6)},
        {"kind": "duos", "at_most": random.randint(5, 30)},
        {"kind": "count", "of": DIFFERENT, "at_most": random.randint(0, 12)},
    ]
    return random.sample(every, random.randint(1, 3))


def outcome(cohort: rm.Cohort, policy: rm.Policy) -> tuple[Any, ...]:
    """Return what every best matching has alike, after verification; or the refusal."""
    try:
        matching = rm.match(cohort, policy)
    except rm.errors.InfeasibleError as error:
        return (str(error),)
    rm.verify(matching, cohort, policy)
    proof = matching.certificate
    return len(matching.duos), proof.gap, proof.total, proof.lacking, [one.name for one in matching.quotas]


def compare(seeds: Iterable[int], salt: str, request: pytest.FixtureRequest) -> None:
    asked = []
    for seed in seeds:
        random = Random(f"whole choices {salt} {seed}")
        people = random.randint(4, 70)
        cohort = invented_cohort(people, seed=seed, mentors=random.randint(2, people - 2), mentor_capacity=2)
        terms = {} if random.random() < 0.6 else {"as_far_as_possible": None}
        asked.append((cohort, rm.Policy.from_data({"quotas": drawn_quotas(random), **terms})))
    usual = [outcome(*one) for one in asked]
    request.getfixturevalue("as_large")
    assert [outcome(*one) for one in asked] == usual
    assert any(len(one) > 1 for one in usual)


def test_some_cohorts(request: pytest.FixtureRequest) -> None:
    compare(range(12), "the same each time", request)


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(4))
def test_many_cohorts(chunk: int, request: pytest.FixtureRequest) -> None:
    salt = os.environ.get("REVERSE_MATCH_SEED", "0")
    compare(range(chunk * 60, chunk * 60 + 60), salt, request)


@pytest.mark.usefixtures("as_large")
def test_what_is_shown_to_be_impossible_is_not_priced(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    for module in (fewest_marked, solve):
        monkeypatch.setattr(module, "most_pairs_kept", refuse)
    quota = {"kind": "each", "by": "mentee.id", "at_least": 2}
    with pytest.raises(rm.errors.InfeasibleError):
        rm.match(invented_cohort(40), rm.Policy.from_data({"quotas": [quota]}))
