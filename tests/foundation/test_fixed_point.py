from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle import half_up
from reverse_match.foundation.fixed_point import (
    ONE,
    millionths_at_least,
    millionths_of_points,
    normalised_weights,
    points,
    rounded_millionths,
)
from reverse_match.scoring.criterion import millionths, weigh

WHOLE = st.integers(0, ONE)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_quotient_is_rounded_as_in_exact_arithmetic(numerator: int, denominator: int) -> None:
    numerator = min(numerator, denominator)
    assert int(millionths(numerator, denominator)) == half_up(Fraction(numerator * ONE, denominator))


def test_sums_in_single_precision_are_divided_in_double() -> None:
    sums = np.arange(0, 60_000, dtype=np.float32)
    expected = [half_up(Fraction(int(number) * ONE, 61_440)) for number in sums]
    assert millionths(sums, 61_440.0).tolist() == expected


@given(WHOLE, WHOLE)
def test_a_weighted_value_is_rounded_as_in_exact_arithmetic(value: int, weight: int) -> None:
    assert int(weigh(np.array(float(value)), weight)) == half_up(Fraction(value * weight, ONE))


@pytest.mark.parametrize(("value", "weight", "expected"), [(500_000, 1, 1), (499_999, 1, 0), (3, 500_000, 2)])
def test_halves_are_rounded_up(value: int, weight: int, expected: int) -> None:
    assert int(weigh(np.array(float(value)), weight)) == expected


def test_nothing_over_nothing_is_not_known() -> None:
    assert np.isnan(millionths([0.0], [0.0])).all()


@given(WHOLE)
def test_shown_points_give_the_whole_number_back(whole: int) -> None:
    assert millionths_of_points(points(whole)) == whole
    assert round(points(whole) * ONE) == whole


def test_a_number_off_the_grid_is_told_apart() -> None:
    assert millionths_of_points(0.1234565) is None


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8).filter(lambda weights: sum(weights) > 0.01))
def test_weights_sum_to_one_whatever_their_order(weights: list[float]) -> None:
    names = [f"c{index}" for index in range(len(weights))]
    whole = normalised_weights(weights, names)
    assert sum(whole) == ONE
    assert normalised_weights(weights[::-1], names[::-1]) == whole[::-1]
    for weight, share in zip(weights, whole, strict=True):
        assert abs(share - weight / sum(weights) * ONE) < 1.001


def test_a_weight_is_the_decimal_that_was_written() -> None:
    assert normalised_weights([0.1, 0.2, 0.7], ["a", "b", "c"]) == [100_000, 200_000, 700_000]
    assert rounded_millionths(0.3) == 300_000
    assert millionths_at_least(0.3) == 300_000
    assert millionths_at_least(0.3000001) == 300_001


@given(st.lists(st.integers(0, 10**9), max_size=30))
def test_points_add_up_exactly(wholes: list[int]) -> None:
    assert sum(points(whole) for whole in wholes) == points(sum(wholes))


def test_points_and_other_numbers_are_just_numbers() -> None:
    assert type(points(500_000) + 0.25) is float
    assert points(500_000) * 2 == 1
