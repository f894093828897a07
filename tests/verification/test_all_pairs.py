"""The pass over all pairs finds what plain sums over single pairs find, whatever the objective and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.testing import invented_cohort
from reverse_match.verification import all_pairs
from reverse_match.verification.all_pairs import PairExamination
from reverse_match.verification.claim import Claim
from reverse_match.verification.lessons import SharedCounts
from reverse_match.verification.loads import LoadTerms
from reverse_match.verification.objective import CohortObjective
from reverse_match.verification.people import ROLES, PeopleIndex
from reverse_match.verification.prices import StagePrices
from reverse_match.verification.sides import NOTHING
from reverse_match.verification.statements import Tile, count_marks

if TYPE_CHECKING:
    from reverse_match.verification.stages import Stage

MIXED = {"kind": "different", "field": "gender"}
POLICIES: dict[str, dict[str, Any]] = {
    "default": {},
    "least score and rules": {
        "rules": [{"kind": "minimum_score", "at_least": 0.3}, {"kind": "different", "field": "department"}]
    },
    "worst first": {"objective": "max_min"},
    "fair": {"objective": {"kind": "fair", "alpha": 2}},
    "quotas": {
        "quotas": [
            {"kind": "share", "of": MIXED, "at_least": 0.75},
            {"kind": "each", "by": "mentee.department", "at_most": 3},
        ]
    },
    "credits": {"credits": [{"name": "first", "mentors": ["p1"], "points": 0.5}]},
    "spread": {"spread": {"of": "mentors"}},
}


def claim_of(name: str) -> Claim:
    cohort = invented_cohort(40, seed=3, mentor_capacity=2)
    data = POLICIES[name]
    if "credits" in data:
        somebody = next(person.id for person in cohort.participants if person.teaches)
        data = {"credits": [{**data["credits"][0], "mentors": [somebody]}]}
    matching = rm.match(cohort, rm.Policy.model_validate(data))
    people, rules = PeopleIndex(cohort), matching.policy_in_force
    return Claim.read(matching, people, CohortObjective(rules, people), 1)


def excess_of(stage: Stage, tile: Tile, place: tuple[int, int], marks: list[Any]) -> int:
    """Return the excess of one pair, in the whole numbers of Python."""
    row, column = place
    worth = int(np.broadcast_to(np.asarray(stage.worth(tile)), tile.scores.shape)[place])
    of = stage.prices.of
    paid = sum(
        int(quota.quota.pick(quota.prices, place, None if mark is None else mark[place]))
        for quota, mark in zip(stage.prices.quotas, marks, strict=False)
    )
    return worth + stage.prices.duo - int(of["mentor"][row]) - int(of["mentee"][column]) - paid


@pytest.mark.parametrize("cut", [(128, 1024), (3, 2)])
@pytest.mark.parametrize("name", POLICIES)
def test_the_pass_finds_what_single_pairs_show(
    name: str, cut: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claim_of(name)
    monkeypatch.setattr(all_pairs, "Tiling", lambda threads: Tiling(*cut, threads=threads))
    audit = PairExamination(claim, lists=True)
    high, wide = claim.model.shape
    whole = slice(0, high), slice(0, wide)
    tile = Tile(*whole, claim.model.block(whole[1]).tile(whole[0]))
    quotas = [*claim.quotas, *([] if claim.lacking is None else [claim.lacking])]
    marks = [quota.marks(tile) for quota in quotas]
    places = [(row, column) for row in range(high) for column in range(wide)]
    allowed = {place for place in places if claim.possible(claim.names(place))}
    possible = {
        (row, column)
        for row, column in allowed - claim.demands.fixed
        if claim.demands.left["mentor"][row] > 0 and claim.demands.left["mentee"][column] > 0
    }
    assert audit.pairs == len(possible)
    judged = claim.objective.judged_scores(tile)
    excess: dict[tuple[int, int], int] = {}
    for stage in audit.stages.all:
        excess = {place: excess_of(stage, tile, place, marks) for place in possible}
        counted = [place for place in possible if stage.above is None or judged[place] > stage.above]
        assert stage.excess == sum(max(0, excess[place]) for place in counted)
        listed = stage.candidates
        found = sorted(zip(listed.rows.tolist(), listed.columns.tolist(), strict=True))
        assert found == sorted(place for place in counted if excess[place] >= (stage.lists or 0))
        if stage is audit.stages.total:
            tight = zip(*(ends.tolist() for ends in audit.tight.places), strict=True)
            assert sorted(tight) == sorted(place for place in counted if excess[place] == 0)
    total = audit.stages.total
    for axis, role in enumerate(ROLES):
        side = audit.sides[role]
        assert side.allowed.tolist() == [
            sum(place[axis] == one for place in allowed) for one in range(claim.model.shape[axis])
        ]
        for left in claim.matching.unmatched:
            if left.role != role:
                continue
            mine = claim.people.place[role][left.id]
            worth = [
                int(tile.scores[place])
                if claim.objective.kind == "max_min"
                else excess_of(total, tile, place, marks)
                for place in possible
                if place[axis] == mine
            ]
            assert side.best[mine] == max(worth, default=NOTHING)


@given(st.data(), st.integers(1, 300), st.integers(1, 2_100), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_marks_are_counted_whatever_their_shape(data: Any, high: int, wide: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    marks = random.random((high, wide)) < data.draw(st.sampled_from([0.01, 0.5, 1.0]))
    for shown in (marks, marks.T, marks[:, ::2], marks[:, 1:]):
        for axis in (0, 1):
            assert count_marks(shown, axis).tolist() == np.count_nonzero(shown, axis=axis).tolist()


SKILLS = st.sets(st.sampled_from([f"skill {number}" for number in range(9)]), max_size=4)


@given(st.lists(SKILLS, min_size=1, max_size=9), st.lists(SKILLS, min_size=1, max_size=70), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_shared_skills_are_those_that_both_have(
    mentors: list[set[str]], mentees: list[set[str]], at_least: int
) -> None:
    shared = SharedCounts(mentors, mentees)
    for rows in (slice(0, len(mentors)), slice(len(mentors) // 2, len(mentors))):
        for columns in (slice(0, len(mentees)), slice(len(mentees) // 2, len(mentees))):
            expected = [[len(one & other) >= at_least for other in mentees[columns]] for one in mentors[rows]]
            assert shared.reach(at_least, rows, columns).tolist() == expected


@given(st.lists(st.integers(-(2**50), 2**50), min_size=4, max_size=4), st.sampled_from([0, 1, 2**29, 2**45]))
def test_an_excess_is_exact_however_large_the_prices_are(prices: list[int], duo: int) -> None:
    of = {"mentor": np.array(prices[:2]), "mentee": np.array(prices[2:])}
    nothing = {role: np.zeros(2, dtype=np.int64) for role in ROLES}
    priced = StagePrices(of, LoadTerms.of_capacities(nothing), duo, [], np.array([0]))
    scores = np.array([[0, 1_000_000], [999_999, 5]], dtype=np.int32)
    tile = Tile(slice(0, 2), slice(0, 2), scores)
    expected = [
        [int(scores[row, column]) + duo - prices[row] - prices[2 + column] for column in range(2)]
        for row in range(2)
    ]
    assert priced.excess(scores, tile.ends, []).tolist() == expected
    assert priced.highest(scores, tile.rows, tile.columns) >= max(map(max, expected))


def test_places_are_worth_their_prices_beyond_64_bits() -> None:
    places = {"mentor": np.array([2**40, 3]), "mentee": np.array([1])}
    prices = {"mentor": np.array([2**50, -7]), "mentee": np.array([5])}
    assert LoadTerms.of_capacities(places).most(prices) == 2**90 + 5
