"""A part of the pairs has the scores that these pairs have in the whole, whatever makes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.matching.encode import prepare
from reverse_match.matching.run_options import RunOptions
from reverse_match.solver.pairs.table import score_all_pairs
from reverse_match.solver.pairs.tiles import Tiling
from strategies import cohorts

if TYPE_CHECKING:
    from reverse_match.solver.pairs.source import PairSource


def whole(pairs: PairSource) -> Any:
    rows, columns = pairs.shape
    return pairs.block(slice(0, columns)).tile(slice(0, rows))


def chosen_places(data: st.DataObject, size: int) -> Any:
    marks = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return np.flatnonzero(marks)


@given(cohorts(), st.sampled_from([0, 0.25]), st.booleans(), st.data())
def test_a_part_is_a_part_of_the_whole(
    records: list[dict[str, Any]], at_least: float, keeping: bool, data: st.DataObject
) -> None:
    cohort = rm.Cohort.from_records(records)
    mentor, mentee = cohort.mentors[0].id, cohort.mentees[-1].id
    rules: list[dict[str, Any]] = [
        {"kind": "not_in_reporting_line"},
        {"kind": "forbid", "pairs": [[mentor, mentee]]},
        {"kind": "minimum_score", "at_least": at_least},
    ]
    if mentor == mentee:
        del rules[1]
    prepared = prepare(cohort, rm.Policy(rules=rules), RunOptions(threads=1))
    model = prepared.model.with_value_cache() if keeping else prepared.model
    pairs = AllowedPairs(model, replace(prepared.rules, fixed=()))
    table = whole(pairs)
    if keeping:
        model.complete_values()
        assert model.with_value_cache() == model, "what is kept is not dropped for an empty table"
    rows, columns = (chosen_places(data, size) for size in pairs.shape)
    expected = table[np.ix_(rows, columns)]
    assert (whole(pairs.part(rows, columns)) == expected).all()
    kept = score_all_pairs(pairs, Tiling(rows=2, columns=3, threads=1))
    assert (whole(kept) == table).all()
    assert (whole(kept.part(rows, columns)) == expected).all()
    every = np.indices((len(rows), len(columns))).reshape(2, -1)
    assert (pairs.at(rows[every[0]], columns[every[1]]) == expected.ravel()).all()


@given(cohorts(), st.data())
def test_a_part_of_a_registered_function_asks_it_for_these_people(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    def near_in_age(mentors: Any, mentees: Any) -> Any:
        return 1 - np.abs(np.subtract.outer(mentors.numbers("age"), mentees.numbers("age"))) / 100

    rm.register_criterion("near_in_age", near_in_age, replace=True)
    criterion = {"kind": "custom", "name": "age", "weight": 1, "function": "near_in_age"}
    cohort = rm.Cohort.from_records(records)
    prepared = prepare(cohort, rm.Policy(criteria=[criterion]), RunOptions(threads=1))
    pairs = AllowedPairs(prepared.model, prepared.rules)
    rows, columns = (chosen_places(data, size) for size in pairs.shape)
    assert (whole(pairs.part(rows, columns)) == whole(pairs)[np.ix_(rows, columns)]).all()
