"""The criterion of wishes against plain Python on one pair at a time."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from oracle import best_choice, half_up
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.model import score_model
from reverse_match.solver.pairs.tiles import Tiling
from strategies import cohorts

WANTS = {"kind": "wants", "name": "wishes", "weight": 3}
GAP = {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 20, "missing": 0}


@st.composite
def wishing(draw: st.DrawFn, most: int = 7) -> list[dict[str, Any]]:
    records = draw(cohorts(most))
    for record in records:
        others = [other["id"] for other in records if other is not record]
        record["wants"] = draw(st.lists(st.sampled_from([*others, "left"]), unique=True, max_size=3))
        record["wants_ranks"] = sorted(draw(st.permutations([1, 1, 2, 4]))[: len(record["wants"])])
        record["age"] = record["age"] or 30
    return records


def value(
    mentor: dict[str, Any], mentee: dict[str, Any], scale: list[float] | None = None
) -> Fraction | None:
    """Return the mean over those of the two who say whom they want of what their choice counts."""
    answers = [
        _choice(person["wants"].index(other["id"]), person["wants_ranks"], scale or [1])
        if other["id"] in person["wants"]
        else Fraction(0)
        for person, other in ((mentor, mentee), (mentee, mentor))
        if person["wants"]
    ]
    return sum(answers, Fraction(0)) / len(answers) if answers else None


def _choice(place: int, ranks: list[int], scale: list[float]) -> Fraction:
    last = len(scale) - 1
    return Fraction(str(scale[min(ranks[place] - 1, last)]))


SCALES = st.sampled_from([None, [1, 0.7, 0.4], [0.9, 0.333333], [1, 1, 1, 0]])


@given(wishing(), st.integers(1, 3), SCALES, st.data())
def test_values_tiles_and_parts_against_plain_python(
    records: list[dict[str, Any]], size: int, scale: list[float] | None, data: st.DataObject
) -> None:
    wants = WANTS if scale is None else {**WANTS, "scale": scale}
    cohort, policy = rm.Cohort.from_records(records), rm.Policy(criteria=[wants, GAP])
    mentors = [place for place, record in enumerate(records) if record["role"] != "mentee"]
    mentees = [place for place, record in enumerate(records) if record["role"] != "mentor"]
    model = score_model(
        cohort, policy, Sides(mentors, mentees), None, Tiling(rows=size, columns=size, threads=1)
    )
    values = {
        (i, j): None if (said := value(records[i], records[j], scale)) is None else rounded(said)
        for i in mentors
        for j in mentees
        if i != j
    }
    known = [found for found in values.values() if found is not None]
    neutral = half_up(Fraction(sum(known) * 1_000_000, len(known))) if known else 500_000
    wishes = model.criteria[0]
    assert (wishes.blend.neutral, wishes.known_pairs) == (neutral, len(known)) or len(known) == len(values)
    weight = 750_000
    expected = np.zeros(model.shape, dtype=np.int64)
    for row, i in enumerate(mentors):
        for column, j in enumerate(mentees):
            said = value(records[i], records[j], scale)
            found = None if said is None else rounded(said)
            contribution = weight * (neutral if found is None else found * 1_000_000)
            expected[row, column] = half_up(Fraction(contribution, 1_000_000)) if i != j else -1
    rows, columns = np.indices(model.shape).reshape(2, -1)
    listed = wishes.contributions(rows, columns)[0].reshape(model.shape)
    apart = expected >= 0
    assert (listed[apart] == expected[apart]).all()
    part = tuple(
        np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=n, max_size=n))) for n in model.shape
    )
    for made, table in ((wishes.pairs, listed), (wishes.pairs.part(*part), listed[np.ix_(*part)])):
        for begin in range(table.shape[1]):
            block = made.block(slice(begin, table.shape[1]), wishes.blend)
            for top in range(table.shape[0]):
                total = np.zeros((table.shape[0] - top, table.shape[1] - begin), dtype=np.int32)
                block.add_to(total, slice(top, table.shape[0]))
                assert (total == table[top:, begin:]).all()


def rounded(share: Fraction) -> Fraction:
    return Fraction(half_up(share * 1_000_000), 1_000_000)


@given(wishing(5))
def test_the_best_by_wishes_alone(records: list[dict[str, Any]]) -> None:
    cohort, policy = (
        rm.Cohort.from_records(records),
        rm.Policy(criteria=[{**WANTS, "missing": 0.25}], rules=[]),
    )
    matching = rm.match(cohort, policy)
    scores = {
        (a["id"], b["id"]): half_up((Fraction(1, 4) if value(a, b) is None else value(a, b)) * 1_000_000)  # type: ignore[operator]
        for a in records
        for b in records
        if a is not b and a["role"] != "mentee" and b["role"] != "mentor" and a["capacity"] and b["capacity"]
    }
    capacity = {record["id"]: record["capacity"] for record in records}
    expected = best_choice(scores, dict(capacity), dict(capacity))
    assert (len(matching.duos), round(matching.total * 1e6)) == expected
    rm.verify(matching, cohort, policy)


def test_who_has_left_is_named_all_the_same() -> None:
    people = [
        {"id": "m", "role": "mentor", "wants": "Left; e "},
        {"id": "n", "role": "mentor"},
        {"id": "e", "role": "mentee"},
        {"id": "f", "role": "mentee", "wants": ["left"]},
    ]
    cohort, policy = rm.Cohort.from_records(people), rm.Policy(criteria=[WANTS])
    assert rm.score_matrix(cohort, policy).tolist() == [[1, 0], [0.333333, 0]]
    assert Columns(cohort, policy, None).others("wants") == [(2,), None, None, ()]
