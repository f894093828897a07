"""Numbers of pairs on the grid of millionths: exact fractions, the digest, and scales that lose what was given."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from oracle import half_up
from reverse_match.errors import Fault, PolicyError
from reverse_match.scoring.pair_table import FORBIDDEN, NOT_KNOWN, PairTable


def placed(row: int, column: int) -> Fault:
    return Fault("", row=row + 1, column=str(column))


def listed(pairs: list[tuple[str, str, float]], scale: Any = None) -> PairTable:
    mentors, mentees, values = zip(*pairs, strict=True)
    return PairTable.of_pairs((mentors, mentees), np.array(values, dtype=float), scale, placed)


def matrix(numbers: Any, scale: Any = None) -> PairTable:
    array = np.asarray(numbers)
    ids = [[f"{side}{place}" for place in range(size)] for side, size in zip("me", array.shape, strict=True)]
    return PairTable.of_matrix((ids[0], ids[1]), array, scale, placed)


def codes_of(table: PairTable) -> dict[tuple[str, str], int]:
    return {
        (table.mentors[row], table.mentees[column]): code
        for row, columns, codes in table.entries.rows()
        for column, code in zip(columns.tolist(), codes.tolist(), strict=True)
    }


@pytest.mark.parametrize("scale", [None, (-5.0, 20.0), (20.0, -5.0)])
def test_numbers_are_put_on_the_grid_as_fractions_say(scale: tuple[float, float] | None) -> None:
    random = np.random.default_rng(3)
    for _ in range(20):
        numbers = random.choice([-4.5, -3, 0, 0.1, 1, 2.25, 7, 12, 19.75], (4, 6))
        found = matrix(numbers, scale)
        low, high = (Fraction(end) for end in (scale or (numbers.min(), numbers.max())))
        for (mentor, mentee), code in codes_of(found).items():
            value = (Fraction(numbers[int(mentor[1:]), int(mentee[1:])]) - low) / (high - low)
            assert code == half_up(value * 1_000_000)


def test_numbers_from_0_to_1_stay_as_they_are() -> None:
    table = matrix([[0.2, 0.123456, np.nan], [0.8, -np.inf, 0.5]])
    assert table.scale == (0, 1)
    assert codes_of(table) == {
        ("m0", "e0"): 200_000,
        ("m0", "e1"): 123_456,
        ("m1", "e0"): 800_000,
        ("m1", "e1"): FORBIDDEN,
        ("m1", "e2"): 500_000,
    }
    assert NOT_KNOWN not in codes_of(table).values()


def test_the_digest_is_of_the_content() -> None:
    random = np.random.default_rng(4)
    numbers = random.choice([np.nan, -np.inf, 0.1, 0.7, 1], (7, 5))
    numbers[3], numbers[:, 2] = np.nan, np.nan
    whole = matrix(numbers)
    pairs = [
        (f"m{row}", f"e{column}", numbers[row, column])
        for row in range(7)
        for column in range(5)
        if not np.isnan(numbers[row, column])
    ]
    random.shuffle(pairs)
    assert (
        listed([(str(one), str(other), float(value)) for one, other, value in pairs]).sha256 == whole.sha256
    )
    again = [(f" {one}", str(other), float(value)) for one, other, value in [*pairs, *pairs]]
    assert listed(again).sha256 == whole.sha256
    turned = PairTable.of_matrix(
        ([f"m{row}" for row in range(7)][::-1], [f"e{column}" for column in range(5)][::-1]),
        numbers[::-1, ::-1],
        None,
        placed,
    )
    assert turned.sha256 == whole.sha256
    seen = {whole.sha256}
    for row, column in np.argwhere(~np.isnan(numbers)):
        changed = numbers.copy()
        changed[row, column] = 0.100001 if changed[row, column] != 0.100001 else 0.2
        seen.add(matrix(changed).sha256)
    assert len(seen) == 1 + int((~np.isnan(numbers)).sum())
    assert matrix(numbers, (0.0, 2.0)).sha256 not in seen
    assert listed([("a", "b", 1.0)]).sha256 != listed([("b", "a", 1.0)]).sha256
    assert listed([("a", "bc", 1.0)]).sha256 != listed([("ab", "c", 1.0)]).sha256


RANDOM = np.random.default_rng(1)
EVEN = RANDOM.random(20_000)
FINE: dict[str, Any] = {
    "even": EVEN,
    "even, far from 0": EVEN * 5_000 - 200,
    "bell-shaped": RANDOM.normal(size=20_000),
    "skewed": RANDOM.exponential(size=20_000),
    "grades and a stand-in that the grid holds": [*range(101), -9_999],
    "a million whole numbers": [*range(0, 1_000_001, 97), 1_000_000],
    "decimals": np.round(EVEN * 1_000, 2),
    "multiples of ten": np.arange(0, 9_000_001, 9),
    "two numbers": [0, 1e12],
    "one huge number": [1e300],
    "0 to 1 with many decimals": [0.1234567891, 0.1234567892, 0.9],
    "cosines": RANDOM.uniform(-0.2, 0.9, 5_000),
    "mostly nothing": np.where(EVEN < 0.95, 0, EVEN),
}
COARSE: dict[str, Any] = {
    "grades and a stand-in": [*range(101), 1e9],
    "whole numbers of which some are huge": [3, 17, 10_000_019, 5],
    "whole numbers over a wide range": RANDOM.integers(0, 30_000_000, 5_000),
    "probabilities and a stand-in": [*EVEN, -999],
    "probabilities and several stand-ins": [*EVEN, *[-999] * 9_000],
    "probabilities, and -99": [*EVEN, -99],
    "few probabilities and a stand-in": [0.123456, 0.2123457, 0.31, 0.4, 0.5, 0.41, -999],
    "two stand-ins": [*EVEN, -1e6, 1e6],
    "cents over a wide range": np.round(EVEN * 100_000, 2),
    "a heavy tail": RANDOM.lognormal(0, 4, 20_000),
    "three numbers": [0.12345, 0.5, 1e9],
    "tiny numbers": EVEN * 1e-4,
    "few tiny numbers": [1e-7, 2e-7, 3e-7],
    "the largest there are": [-1.7e308, 0, 1, 1.7e308],
}


@pytest.mark.parametrize("name", FINE)
def test_scales_that_keep_what_is_given(name: str) -> None:
    numbers = np.array(FINE[name], dtype=float)
    scale = (0.0, 1e300) if name == "one huge number" else None
    matrix(numbers.reshape(1, -1), scale)


@pytest.mark.parametrize("name", COARSE)
@pytest.mark.parametrize("dense", [True, False])
def test_scales_that_lose_what_is_given(name: str, dense: bool) -> None:
    numbers = np.array(COARSE[name], dtype=float)
    pairs = [("m", f"e{place}", value) for place, value in enumerate(numbers.tolist())]
    with pytest.raises(PolicyError, match="the scale is too wide") as caught:
        matrix(numbers.reshape(1, -1)) if dense else listed(pairs)
    assert caught.value.faults[0].code == "too-wide"


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64"])
def test_nobody_is_a_pair_with_themselves(dtype: str) -> None:
    """The diagonal of a matrix of people who are both neither counts nor sets the scale."""
    ids = ["c", "a", "b"]
    numbers = np.array([[900, 1, 2], [3, 900, 4], [5, 2, 900]]).astype(dtype)
    whole = PairTable.of_matrix((ids, ids), numbers, None, placed)
    assert whole.scale == (1, 5)
    assert numbers[0, 0] == 900
    pairs = [
        (one, other, float(numbers[row, column]))
        for row, one in enumerate(ids)
        for column, other in enumerate(ids)
    ]
    assert (
        listed(pairs).sha256 == listed([pair for pair in pairs if pair[0] != pair[1]]).sha256 == whole.sha256
    )


@pytest.mark.parametrize(
    ("numbers", "apart"),
    [
        ([1, 2, 3, 4, 5, -999], -999),
        ([1, 2, 3, 4, 5, 999], 999),
        ([0.2, 0.5, 0.9, -1], -1),
        ([0, 50, 80, 100, -9], -9),
        ([1, 2, 3, 4, 5], None),
        ([-1, 0, 1], None),
        ([-2, 0.5, 1, 2], None),
        ([-1, -0.5, 0.5, 1], None),
        ([0.1, 0.2, 0.9], None),
    ],
)
def test_a_number_that_looks_like_a_stand_in(numbers: list[float], apart: float | None) -> None:
    assert matrix([numbers]).stands_apart() == apart
    assert listed([("m", f"e{place}", one) for place, one in enumerate(numbers)]).stands_apart() == apart


def test_a_stated_scale_loses_as_much() -> None:
    with pytest.raises(PolicyError, match="the scale is too wide"):
        matrix(np.array([[1.25, 1.5, 2.125]]), (0.0, 1e9))


@pytest.mark.parametrize("dtype", ["float32", "float16", "int8", "uint64", "bool", "longdouble", ">f8"])
def test_every_type_of_number(dtype: str) -> None:
    table = matrix(np.array([[0, 1], [1, 0]]).astype(dtype))
    assert sorted(codes_of(table).values()) == [0, 0, 1_000_000, 1_000_000]
