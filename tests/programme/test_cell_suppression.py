"""What is shown of a table never gives away what is not: against numpy's rank and plain sets."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_match.programme.indicators.cell_suppression import hidden_cells

Table = tuple[list[frozenset[int]], list[int], list[tuple[int, list[int]]]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A total by rounds, by months, by groups, and by groups in rounds."""
    rng = random.Random(draw(st.integers(0, 10**9)))  # draws of hypothesis would be small tables alone
    count = rng.randrange(60)
    rounds, groups = rng.randint(1, 3), rng.randint(1, 4)
    facts = [(rng.randrange(26), rng.randrange(rounds), rng.randrange(4)) for _ in range(count)]
    group = [rng.randrange(groups) for _ in range(26)]
    cells = [frozenset(range(count))]
    parts: dict[int, list[list[int]]] = defaultdict(list)

    def add(whole: int, sets: list[frozenset[int]]) -> list[int]:
        numbers = list(range(len(cells), len(cells) + len(sets)))
        cells.extend(sets)
        parts[whole].append(numbers)
        return numbers

    def where(place: int, values: int) -> list[frozenset[int]]:
        return [
            frozenset(i for i, fact in enumerate(facts) if fact[place] == value) for value in range(values)
        ]

    by_round = add(0, where(1, rounds))
    add(0, where(2, 4))
    of_group = [
        frozenset(i for i, fact in enumerate(facts) if group[fact[0]] == value) for value in range(groups)
    ]
    by_group = add(0, of_group)
    for number in by_round:
        inside = add(number, [cells[number] & some for some in of_group])
        for whole, part in zip(by_group, inside, strict=True):
            parts[whole].append([part])
    totals = [(whole, some) for whole, listed in parts.items() for some in listed if whole not in by_group]
    totals += [(whole, [part for some in parts[whole] for part in some]) for whole in by_group]
    return cells, [fact[0] for fact in facts], totals


def hidden_of(table: Table, fewest: int) -> list[bool]:
    cells, people, totals = table
    members = np.array([[fact in cell for fact in range(len(people))] for cell in cells], dtype=bool)
    members = members.reshape(len(cells), len(people))
    return hidden_cells(members, np.array(people, dtype=np.int64), totals, fewest).tolist()


def whose(table: Table, facts: frozenset[int]) -> int:
    return len({table[1][fact] for fact in facts})


def vectors(table: Table, some: list[frozenset[int]]) -> np.ndarray[Any, Any]:
    return np.array([[fact in cell for fact in range(len(table[1]))] for cell in some], dtype=float)


@given(tables(), st.integers(2, 6))
def test_no_difference_of_two_shown_cells_is_of_few(table: Table, fewest: int) -> None:
    cells, _, totals = table
    hidden = hidden_of(table, fewest)
    shown = {cell for cell, gone in zip(cells, hidden, strict=True) if not gone}
    assert all(whose(table, cell) not in range(1, fewest) for cell in shown)
    for one, other in combinations(shown, 2):
        for around, within in ((one, other), (other, one)):
            if within and within < around:
                assert whose(table, around - within) >= fewest
    for whole, parts in totals:
        left = cells[whole].difference(*[cells[part] for part in parts if not hidden[part]])
        if left and not hidden[whole]:
            assert whose(table, left) >= fewest


@given(tables(), st.integers(2, 6))
def test_no_combination_of_shown_cells_is_a_hidden_one(table: Table, fewest: int) -> None:
    cells, hidden = table[0], hidden_of(table, fewest)
    shown = [cell for cell, gone in zip(cells, hidden, strict=True) if not gone]
    gone = [cell for cell, is_gone in zip(cells, hidden, strict=True) if is_gone]
    assert all(gone), "a cell of nobody tells of nobody"
    rank = np.linalg.matrix_rank(vectors(table, shown)) if shown and table[1] else 0
    for cell in gone:
        assert np.linalg.matrix_rank(vectors(table, [*shown, cell])) == rank + 1


@given(tables(), st.integers(2, 6))
def test_nothing_is_hidden_without_need(table: Table, fewest: int) -> None:
    cells, people, _ = table
    small = any(0 < len({people[fact] for fact in cell}) < fewest for cell in cells)
    close = any(
        len({people[fact] for fact in around - within}) < fewest
        for within in cells
        for around in cells
        if within and within < around
    )
    assert any(hidden_of(table, fewest)) <= (small or close)


@given(tables(), st.integers(2, 6), st.integers(0, 10**9).map(random.Random))
def test_cells_that_are_hidden_anyway_cannot_be_inferred_either(
    table: Table, fewest: int, rng: random.Random
) -> None:
    cells, people, totals = table
    also = np.array([bool(cell) and rng.random() < 0.2 for cell in cells], dtype=bool)
    members = np.array([[fact in cell for fact in range(len(people))] for cell in cells], dtype=bool)
    members = members.reshape(len(cells), len(people))
    numbers = np.array(people, dtype=np.int64)
    hidden = hidden_cells(members, numbers, totals, fewest, also)
    assert hidden[also].all()
    shown = [cell for cell, gone in zip(cells, hidden, strict=True) if not gone]
    rank = np.linalg.matrix_rank(vectors(table, shown)) if shown and people else 0
    for cell in (cell for cell, gone in zip(cells, hidden, strict=True) if gone):
        assert np.linalg.matrix_rank(vectors(table, [*shown, cell])) == rank + 1


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ([5, 6, 7], []),
        ([4, 6, 7], [0, 1]),  # the next smallest goes, too
        ([2, 2, 7], [0, 1, 2]),  # two that are too few even together
        ([2, 3, 7], [0, 1]),  # five together are enough
        ([2, 2, 7, 8], [0, 1, 2]),
        ([0, 6, 7], []),
        ([4], [0]),
    ],
)
def test_parts_of_one_total(sizes: list[int], hidden: list[int]) -> None:
    people = sum(sizes)
    ends = np.cumsum([0, *sizes])
    cells = [frozenset(range(people))]
    cells += [frozenset(range(one, other)) for one, other in pairwise(ends)]
    gone = hidden_of((cells, list(range(people)), [(0, list(range(1, len(cells))))]), 5)
    assert [part for part, is_gone in enumerate(gone[1:]) if is_gone] == hidden
    assert gone[0] == (people < 5)


def test_a_cell_that_only_several_totals_together_give_away() -> None:
    """Rows and columns have two hidden cells each or none, but one cell is the only way between two blocks."""
    blocks = {(row, column) for row in range(2) for column in range(2)}
    blocks |= {(row, column) for row in range(3, 5) for column in range(3, 5)}
    small = blocks | {(1, 3)}
    cells: list[frozenset[int]] = []
    people = 0
    for row in range(5):
        for column in range(5):
            size = 4 if (row, column) in small else 9
            cells.append(frozenset(range(people, people + size)))
            people += size
    totals = []
    for line in range(5):
        for some in ([5 * line + other for other in range(5)], [5 * other + line for other in range(5)]):
            totals.append((len(cells), some))
            cells.append(frozenset().union(*[cells[place] for place in some]))
    gone = hidden_of((cells, list(range(people)), totals), 5)
    assert sum(gone) > len(small), "the bridge between the blocks needs company"


def test_cells_that_are_no_parts_of_one_total_but_differ_by_few() -> None:
    """A department in a town, and the town: two people of the town are in another department."""
    people = list(range(20))
    town, department = frozenset(range(12)), frozenset(range(10))
    cells = [frozenset(people), town, frozenset(people) - town, department, frozenset(people) - department]
    assert hidden_of((cells, people, [(0, [1, 2]), (0, [3, 4])]), 5) == [False, True, True, False, False]
    assert hidden_of((cells, people, [(0, [1, 2]), (0, [3, 4])]), 2) == [False] * 5


def test_the_facts_of_one_person_are_one_person() -> None:
    cells = [frozenset(range(30)), frozenset(range(8)), frozenset(range(8, 30))]
    people = [0] * 8 + list(range(1, 23))
    assert hidden_of((cells, people, [(0, [1, 2])]), 5) == [False, True, True]
