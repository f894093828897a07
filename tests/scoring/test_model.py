from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from oracle import MILLION, default_scores, half_up
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.model import ScoreModel, score_model
from strategies import cohorts


def model_of(records: list[dict[str, Any]], policy: rm.Policy | None = None) -> tuple[ScoreModel, rm.Cohort]:
    cohort = rm.Cohort.from_records(records)
    people = list(enumerate(cohort.participants))
    sides = Sides([i for i, p in people if p.teaches], [i for i, p in people if p.learns])
    return score_model(cohort, policy or rm.Policy(), sides, None), cohort


def tile_of(model: ScoreModel, rows: slice, columns: slice) -> Any:
    return model.block(columns).tile(rows)


def whole_matrix(model: ScoreModel) -> Any:
    return tile_of(model, slice(0, model.shape[0]), slice(0, model.shape[1]))


@given(cohorts())
def test_scores_are_those_of_exact_arithmetic(records: list[dict[str, Any]]) -> None:
    model, cohort = model_of(records)
    scores = whole_matrix(model)
    expected = default_scores(records)
    for row, mentor in enumerate(cohort.mentors):
        for column, mentee in enumerate(cohort.mentees):
            if mentor.id != mentee.id:
                assert scores[row, column] == expected[mentor.id, mentee.id]


@given(cohorts())
def test_contributions_sum_to_the_score_exactly(records: list[dict[str, Any]]) -> None:
    model, _ = model_of(records)
    scores = whole_matrix(model)
    rows, columns = np.indices(model.shape).reshape(2, -1)
    for row, column, pair in zip(rows, columns, model.pairs(rows, columns), strict=True):
        assert sum(pair.contributions.values()) == pair.score == scores[row, column]
        assert 0 <= pair.score <= MILLION


@given(cohorts(), st.data())
def test_tiles_are_parts_of_the_whole(records: list[dict[str, Any]], data: st.DataObject) -> None:
    model, _ = model_of(records)
    top = data.draw(st.integers(0, model.shape[0] - 1))
    left = data.draw(st.integers(0, model.shape[1] - 1))
    rows, columns = slice(top, model.shape[0]), slice(left, model.shape[1])
    assert (tile_of(model, rows, columns) == whole_matrix(model)[rows, columns]).all()


@given(cohorts(), st.randoms())
def test_the_order_of_people_changes_no_score(records: list[dict[str, Any]], random: Any) -> None:
    model, cohort = model_of(records)
    shuffled = random.sample(records, len(records))
    other_model, other_cohort = model_of(shuffled)
    scores, other_scores = whole_matrix(model), whole_matrix(other_model)
    other_row = {person.id: row for row, person in enumerate(other_cohort.mentors)}
    other_column = {person.id: column for column, person in enumerate(other_cohort.mentees)}
    for row, mentor in enumerate(cohort.mentors):
        for column, mentee in enumerate(cohort.mentees):
            assert scores[row, column] == other_scores[other_row[mentor.id], other_column[mentee.id]]


def one_pair(mentor: dict[str, Any], mentee: dict[str, Any], criterion: dict[str, Any]) -> float:
    records = [{"id": "m", "role": "mentor", **mentor}, {"id": "e", "role": "mentee", **mentee}]
    policy = rm.Policy(criteria=[{"name": "it", "weight": 7, **criterion}], rules=[])
    cohort = rm.Cohort.from_records(records)
    rm.verify(rm.match(cohort, policy), cohort, policy)
    return float(rm.score_matrix(cohort, policy)[0, 0])


COVERAGE = {"kind": "coverage"}


@pytest.mark.parametrize(
    ("mentor", "mentee", "criterion", "expected"),
    [
        ({"offers": "Python:4"}, {"seeks": "Python:3"}, COVERAGE, 0.8),
        ({"offers": "Python:4;Excel:5"}, {"seeks": "Python:3;TikTok:1"}, COVERAGE, 0.6),
        ({"offers": "Python:5"}, {"seeks": "TikTok"}, COVERAGE, 0.0),
        ({"offers": "Python:5", "seeks": "Budget"}, {"seeks": "Python", "offers": "Budget:1"}, {**COVERAGE, "reciprocity": 0.5}, 0.6),
        ({"offers": "Python:5"}, {"seeks": "Python", "offers": "Budget:1"}, {**COVERAGE, "reciprocity": 0.5}, 1.0),
        ({"seeks": "Budget"}, {"offers": "Budget:2"}, {**COVERAGE, "reciprocity": 0.5}, 0.4),
        ({"offers": "Python:5", "seeks": "Budget"}, {"seeks": "Python", "offers": "Budget:1"}, {**COVERAGE, "reciprocity": 1}, 0.2),
        ({"offers": "IA générative:5"}, {"seeks": "Generative AI"}, COVERAGE, 1.0),
        ({"offers": "GenAI:2;Generative AI:4"}, {"seeks": "IA générative"}, COVERAGE, 0.8),
        ({"offers": "GenAI:4;Generative AI:2"}, {"seeks": "IA générative"}, COVERAGE, 0.8),
        ({"goals": "a;b;c"}, {"goals": "B;c;d"}, {"kind": "overlap", "field": "goals"}, 0.5),
        ({"languages": "fr"}, {"languages": "FR;en"}, {"kind": "overlap", "field": "languages"}, 0.5),
        ({"sports": "chess;go"}, {"sports": "go"}, {"kind": "overlap", "field": "sports"}, 0.5),
        ({"sports": ["chess", "go"]}, {"sports": ["Go"]}, {"kind": "overlap", "field": "sports"}, 0.5),
    ],
)  # fmt: skip
def test_names(
    mentor: dict[str, Any], mentee: dict[str, Any], criterion: dict[str, Any], expected: float
) -> None:
    assert one_pair(mentor, mentee, criterion) == expected


def test_a_long_list_of_skills_is_as_exact_as_a_short_one() -> None:
    seeks = {f"skill number {index}": 3 for index in range(1201)}
    offers = {name: 1 for index, name in enumerate(seeks) if index >= 17}
    expected = half_up(Fraction(3 * (1201 - 17) * MILLION, 15 * 1201)) / MILLION
    assert one_pair({"offers": offers}, {"seeks": seeks}, COVERAGE) == expected


def test_two_directions_are_rounded_once() -> None:
    """1/15 of the mentee's wishes and 1/5 of the mentor's: 14/150, though 1/15 is no whole number of millionths."""
    mentor, mentee = {"offers": {"a": 1}, "seeks": {"x": 1}}, {"offers": {"x": 1}, "seeks": {"a": 1, "b": 2}}
    assert one_pair(mentor, mentee, {**COVERAGE, "reciprocity": 0.2}) == 0.093333


def wishes(total: int, reached: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return names with priorities that sum to a number, and levels with which a number is reached."""
    seeks = {f"wish {place}": 3 for place in range(total // 3)} | {"wish x": 1, "wish y": 1}
    assert sum(seeks.values()) == total
    levels = {"wish x": reached % 3} if reached % 3 else {}
    whole, rest = divmod(reached // 3, 5)
    levels |= {f"wish {place}": 5 for place in range(whole)} | ({f"wish {whole}": rest} if rest else {})
    return seeks, levels


@pytest.mark.parametrize("beyond", [0, 1])
def test_what_lies_next_to_a_half_is_rounded_in_whole_numbers(beyond: int) -> None:
    """So long are the lists that the fraction is a half less, or more, than doubles can tell from one."""
    one, other = (
        10_007,
        10_061,
    )  # primes; the mean of two quotients is a multiple of half of one / (one * other)
    wanted = (one * other - 1) // 2 + beyond  # what is to be cut off, times one * other
    mixed = wanted * pow(100_000, -1, one * other)
    there, back = mixed * pow(other, -1, one) % one, mixed * pow(one, -1, other) % other
    (mentee_seeks, mentor_offers), (mentor_seeks, mentee_offers) = wishes(one, there), wishes(other, back)
    exact = MILLION * Fraction(1, 2) * (Fraction(there, 5 * one) + Fraction(back, 5 * other))
    assert exact % 1 == Fraction(wanted, one * other)
    found = one_pair(
        {"offers": mentor_offers, "seeks": mentor_seeks},
        {"offers": mentee_offers, "seeks": mentee_seeks},
        {**COVERAGE, "reciprocity": 0.5},
    )
    assert found == half_up(exact) / MILLION


GAP = {"kind": "gap", "field": "age", "from": 5, "to": 15}


@pytest.mark.parametrize(
    ("difference", "options", "expected"),
    [
        (-10, {}, 0), (5, {}, 0), (6, {}, 0.1), (10, {}, 0.5), (15, {}, 1), (40, {}, 1),
        (20, {"until": 20}, 1), (21, {"until": 20}, 0.9), (30, {"until": 20}, 0), (40, {"until": 20}, 0),
        (21, {"until": 20, "zero_from": 22}, 0.5), (22, {"until": 20, "zero_from": 22}, 0),
        (20, {"until": 20, "zero_from": 20}, 1), (21, {"until": 20, "zero_from": 20}, 0),
        (4, {"from": 5, "to": 5}, 0), (5, {"from": 5, "to": 5}, 1), (6, {"from": 5, "to": 5}, 1),
        (6, {"from": 5, "to": 5, "until": 5}, 0),
        (8, {"from": 5, "to": 8, "until": 8}, 1), (-2, {"from": -4, "to": 0}, 0.5),
    ],
)  # fmt: skip
def test_gap(difference: int, options: dict[str, int], expected: float) -> None:
    assert (
        one_pair(
            {"age": 30}, {"age": 30 + difference} if difference > -10 else {"age": 20}, {**GAP, **options}
        )
        == expected
    )


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [
        ("Finance", "finance ", 0),
        ("Finance", "Sales", 1),
        ("Group/Plant/Workshop", "Group/Plant/Office", 0.333333),
        ("Group/Plant/Workshop", "Group/Plant", 0.333333),
        ("Group/Plant", "Other/Plant", 1),
        ("Group", "Group/Plant/Workshop", 0.666667),
        ("/Group//Plant/", "Group/Plant", 0),
        ("Évry", "evry", 0),
    ],
)
def test_difference_and_sameness_of_paths(mentor: str, mentee: str, expected: float) -> None:
    people = {"department": mentor}, {"department": mentee}
    assert one_pair(*people, {"kind": "difference", "field": "department"}) == expected
    assert one_pair(*people, {"kind": "sameness", "field": "department"}) == pytest.approx(
        1 - expected, abs=1e-9
    )


def test_a_gender_is_no_path_unless_the_policy_says_so() -> None:
    people = {"gender": "he/him"}, {"gender": "he/they"}
    assert one_pair(*people, {"kind": "difference", "field": "gender"}) == 1
    assert one_pair(*people, {"kind": "difference", "field": "gender", "paths": True}) == 0.5
    assert (
        one_pair({"team": "a/b"}, {"team": "a/c"}, {"kind": "difference", "field": "team", "paths": False})
        == 1
    )


def three_mentors(policy: rm.Policy) -> rm.Matching:
    people: list[dict[str, Any]] = [
        {"id": "a", "role": "mentor", "age": 30}, {"id": "b", "role": "mentor", "age": 37}, {"id": "c", "role": "mentor"},
        {"id": "x", "role": "mentee", "age": 45}, {"id": "y", "role": "mentee", "age": 42}, {"id": "z", "role": "mentee", "age": 47},
    ]  # fmt: skip
    return rm.match(rm.Cohort.from_records(people), policy)


AGE_ONLY = {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 15}


def test_a_missing_value_gets_the_mean_of_the_known_ones_and_says_so() -> None:
    matching = three_mentors(rm.Policy(criteria=[AGE_ONLY]))
    assert matching.criteria[0].neutral == pytest.approx((1 + 0.7 + 1 + 0.3 + 0 + 0.5) / 6, abs=1e-6)
    assert matching.criteria[0].known_pairs == 6
    duo = next(duo for duo in matching.duos if duo.mentor == "c")
    assert duo.missing == ("age",)
    assert duo.score == matching.criteria[0].neutral


def test_a_policy_can_set_the_value_of_a_missing_one() -> None:
    matching = three_mentors(rm.Policy(criteria=[{**AGE_ONLY, "missing": 0.25}]))
    assert next(duo for duo in matching.duos if duo.mentor == "c").score == 0.25


def test_a_criterion_that_is_known_for_nobody_is_the_same_for_all() -> None:
    matrix = rm.score_matrix(
        rm.Cohort.from_records([{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}])
    )
    assert matrix.tolist() == [[0.5]]


@pytest.mark.parametrize(
    ("criterion", "message"),
    [
        ({"kind": "gap", "field": "yeers", "from": 1, "to": 2}, r"criteria\[0\]: no field 'yeers' in the people; did you mean 'years'\?"),
        ({"kind": "gap", "field": "gender", "from": 1, "to": 2}, r"criteria\[0\]: 'gender' does not hold numbers"),
        ({"kind": "difference", "field": "goals"}, "'goals' does not hold texts"),
        ({"kind": "overlap", "field": "age"}, "'age' does not hold lists"),
        ({"kind": "coverage", "offered": "department"}, "'department' does not hold offered names"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_serve_is_a_fault_of_the_policy(criterion: dict[str, Any], message: str) -> None:
    people = [{"id": "a", "role": "mentor", "years": 3}, {"id": "b", "role": "mentee", "years": 4}]
    policy = rm.Policy(criteria=[{"name": "it", "weight": 1, **criterion}])
    with pytest.raises(rm.errors.PolicyError, match=message):
        rm.match(rm.Cohort.from_records(people), policy)


def test_a_column_that_is_no_number_is_a_fault_of_each_row() -> None:
    people = [{"id": "a", "role": "mentor", "years": "secret"}, {"id": "b", "role": "mentee", "years": "4"}]
    policy = rm.Policy(
        criteria=[{"kind": "gap", "name": "it", "weight": 1, "field": "years", "from": 1, "to": 2}]
    )
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.match(rm.Cohort.from_records(people), policy)
    assert [str(fault) for fault in caught.value.faults] == ["records, row 1, column 'years': not a number"]


def test_a_field_that_was_recognised_as_another_says_so() -> None:
    people = [{"id": "a", "role": "mentor", "Service": "IT"}, {"id": "b", "role": "mentee"}]
    policy = rm.Policy(criteria=[{"kind": "difference", "name": "it", "weight": 1, "field": "Service"}])
    with pytest.raises(rm.errors.PolicyError, match="that heading is read as 'department'"):
        rm.match(rm.Cohort.from_records(people), policy)
