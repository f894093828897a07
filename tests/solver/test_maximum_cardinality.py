"""The largest number of pairs among all, from whatever candidates it begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from test_sparse import problems

from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.maximum_cardinality import find_maximum_cardinality
from reverse_match.solver.assignment.network_flow import most_pairs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling

if TYPE_CHECKING:
    from reverse_match.solver.pairs.problem import Problem


@given(problems(), st.sampled_from([0, 300_000, 700_000]), st.sampled_from([0.0, 0.1, 0.5]))
def test_candidates_change_neither_the_number_nor_who_is_scarce(
    given_problem: Problem, least: int, share: float
) -> None:
    everything = all_arcs(given_problem, Tiling(threads=1))
    usable = everything.where(everything.scores >= least)
    count, *cut = most_pairs(usable, *given_problem.capacities)
    some = everything.where(np.random.default_rng(1).random(len(everything)) < share)
    watch = Watch()
    found = find_maximum_cardinality(given_problem, Tiling(rows=7, columns=5, threads=1), some, least, watch)
    assert found.count == count
    assert found.vertex_cover is not None
    assert watch.state.pairs > 0
    present = [capacity > 0 for capacity in given_problem.capacities]
    if len(usable):
        for mine, expected, here in zip(found.vertex_cover, cut, present, strict=True):
            assert mine[here].tolist() == expected[here].tolist()
    touched = sum(
        int(capacity[marks].sum())
        for capacity, marks in zip(given_problem.capacities, found.vertex_cover, strict=True)
    )
    beside = ~found.vertex_cover[0][usable.rows] & ~found.vertex_cover[1][usable.columns]
    assert touched + int(beside.sum()) == count
    assert some.among(found.arcs).all()


@given(problems())
def test_enough_is_enough(given_problem: Problem) -> None:
    nothing = Arcs.union([])
    most = find_maximum_cardinality(given_problem, Tiling(threads=1), nothing, NO_PAIR + 1, Watch())
    found = find_maximum_cardinality(
        given_problem, Tiling(threads=1), nothing, NO_PAIR + 1, Watch(), enough=most.count
    )
    assert (found.vertex_cover, found.count) == (None, most.count)
    more = find_maximum_cardinality(
        given_problem, Tiling(threads=1), nothing, NO_PAIR + 1, Watch(), enough=most.count + 1
    )
    assert more.vertex_cover is not None
