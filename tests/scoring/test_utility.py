"""The fair utility of every score, against exact fractions and against what a utility has to be."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import reverse_match as rm
from reverse_match.scoring.utility import FULL_UTILITY, Utility, fair_utility
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.verification.objective import CohortObjective


def exact_utility(score: Fraction, alpha: int) -> Fraction:
    """Return the utility for a whole alpha above 1: everything is a fraction then."""
    kink = Fraction(1, 10)
    if score <= kink:
        return score / kink**alpha
    return kink ** (1 - alpha) + (score ** (1 - alpha) - kink ** (1 - alpha)) / (1 - alpha)


@pytest.mark.parametrize("alpha", [2, 3, 4, 5])
def test_every_thousandth_is_exact_and_between_them_the_line_is_straight(alpha: int) -> None:
    table = fair_utility(alpha)
    full = exact_utility(Fraction(1), alpha)
    for place in range(1000):
        low, high = (
            round(FULL_UTILITY * exact_utility(Fraction(end, 1000), alpha) / full)
            for end in (place, place + 1)
        )
        assert table[place * 1000] == low
        for rest in (1, 500, 999):
            assert table[place * 1000 + rest] == low + (high - low) * rest // 1000
    assert table[-1] == FULL_UTILITY


@pytest.mark.parametrize("alpha", [0.001, 0.5, 1, 1.0, 1.5, 2, 5])
def test_it_grows_ever_more_slowly_from_0_to_full(alpha: float) -> None:
    table = fair_utility(alpha)
    knots = table[::1000].astype(int)
    assert (table[0], table[-1], len(table)) == (0, FULL_UTILITY, 1_000_001)
    assert (np.diff(table) >= 0).all()
    assert (np.diff(knots) > 0).all()
    assert (np.diff(knots, 2) <= 1).all(), "concave, but for the rounding of knots"


@pytest.mark.parametrize("alpha", [0.001, 0.3, 0.5, 1, 1.7, 2, 3.25, 5])
def test_verification_computes_the_same_in_another_way(alpha: float) -> None:
    goal = CohortObjective(rm.Policy(objective={"kind": "fair", "alpha": alpha}))
    assert (goal.worth(np.arange(1_000_001)) == fair_utility(alpha)).all()


def test_scores_are_worth_themselves_where_nothing_is_fair() -> None:
    pairs = ScoreTable(np.array([[5, NO_PAIR]], dtype=np.int32))
    for objective in (
        "coverage",
        "total",
        "max_min",
        {"kind": "fair", "alpha": 0},
        {"kind": "fair", "alpha": 0.0},
    ):
        worth = Utility.of(rm.Policy(objective=objective))
        assert worth == Utility()
        assert worth.of_pairs(pairs) is pairs
        assert (worth.full, worth.to_number(1_500_000)) == (1_000_000, 1.5)


def test_forbidden_pairs_stay_forbidden() -> None:
    worth = Utility.of(rm.Policy(objective={"kind": "fair", "alpha": 1}))
    pairs = worth.of_pairs(ScoreTable(np.array([[1_000_000, NO_PAIR], [0, 1000]], dtype=np.int32)))
    everything = pairs.block(slice(0, 2)).tile(slice(0, 2))
    assert everything.tolist() == [[FULL_UTILITY, NO_PAIR], [0, int(fair_utility(1)[1000])]]
    rows, columns = np.indices((2, 2)).reshape(2, -1)
    assert pairs.at(rows, columns).tolist() == everything.ravel().tolist()
    part = pairs.part(np.array([1]), np.array([0, 1]))
    assert part.block(slice(0, 2)).tile(slice(0, 1)).tolist() == everything[1:].tolist()


def test_worth_is_equal_where_alpha_is() -> None:
    one, other, more = (
        Utility.of(rm.Policy(objective={"kind": "fair", "alpha": alpha})) for alpha in (1, 1.0, 2)
    )
    assert one == other != more
    assert one.to_number(123_456_789) == 1.23456789
