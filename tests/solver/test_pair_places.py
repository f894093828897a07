"""Pairs of a tile are listed and thinned as the plain words say: by sorting all of them, and in Python integers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_match.solver.pairs.problem import TICKET_BITS, highest, pair_tickets, places_of, ticket_bits

SMALL = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)
KEYS = st.integers(0, 2**64 - 1)


@given(SMALL, st.data())
def test_the_highest_are_the_last_of_all_sorted_by_value_and_ticket(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(pairs) + 2))
    value, tickets = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    expected = sorted(range(len(pairs)), key=lambda place: (*pairs[place], place))[-count:]
    assert highest(value, tickets, count).tolist() == expected


@given(st.lists(st.tuples(KEYS, KEYS), min_size=1, max_size=5))
def test_tickets_are_those_of_python_integers(keys: list[tuple[int, int]]) -> None:
    rows, columns = (np.array(side, dtype=np.uint64) for side in zip(*keys, strict=True))
    before = rows.copy(), columns.copy()
    assert pair_tickets(rows, columns).tolist() == [_ticket(*pair) for pair in keys]
    assert (rows == before[0]).all()
    assert (columns == before[1]).all()


def _ticket(row: int, column: int) -> int:
    mixed = row ^ (column << 1 & 2**64 - 1) ^ (column >> 63)
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & 2**64 - 1
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & 2**64 - 1
    return (mixed ^ mixed >> 31) >> 64 - TICKET_BITS


@pytest.mark.parametrize("shape", [(0, 4), (3, 0), (1, 7), (5, 1), (6, 9)])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_places_of_marks_are_those_of_nonzero(shape: tuple[int, int], share: float) -> None:
    marks = np.random.default_rng(3).random(shape) < share
    found, expected = places_of(marks), np.nonzero(marks)
    assert [side.tolist() for side in found] == [side.tolist() for side in expected]


def test_tickets_are_shorter_where_a_network_of_all_people_could_not_bear_them() -> None:
    rows, columns = (np.arange(side, dtype=np.uint64) * 2**40 for side in (50, 50))
    whole, short = pair_tickets(rows, columns), pair_tickets(rows, columns, 20)
    assert (short == whole >> TICKET_BITS - 20).all()  # what was higher is not lower
    for people in (10, 10_000, 30_000, 200_000, 1_000_000):
        bits, nodes = ticket_bits((people // 2, people // 2)), 2 * people + 4
        assert bits == TICKET_BITS or people > 30_000
        assert (2**bits - 1) * nodes**2 <= 2**62
