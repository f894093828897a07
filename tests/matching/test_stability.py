"""The figures of a matching, in plain loops and exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_every_objective import OBJECTIVES, cases
from test_match import realistic
from typer.testing import CliRunner

import reverse_match as rm
from oracle import default_scores
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.usefixtures("nothing_asked")

MILLION = 1_000_000


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def expected_figures(scores: Sequence[int]) -> dict[str, int]:
    ordered, count, total = sorted(scores), len(scores), sum(scores)
    apart = sum(abs(one - other) for one in scores for other in scores)
    return {
        "total": total,
        "mean": half_up(Fraction(total, count)),
        "worst": ordered[0],
        "tenth_percentile": ordered[ceil(Fraction(count, 10)) - 1],
        "gini": half_up(Fraction(apart * MILLION, 2 * count * total)) if total else 0,
    }


def blocking_pairs(
    records: list[dict[str, Any]], matching: rm.Matching, scores: dict[tuple[str, str], int]
) -> list[tuple[str, str]]:
    """Ask every two people, one after the other."""
    capacity = {record["id"]: record["capacity"] for record in records}
    found = []
    for pair, score in scores.items():
        if any((duo.mentor, duo.mentee) == pair for duo in matching.duos):
            continue
        willing = []
        for side in (0, 1):
            mine = [duo for duo in matching.duos if (duo.mentor, duo.mentee)[side] == pair[side]]
            free = [round(duo.score * MILLION) for duo in mine if not duo.fixed]
            has_room = len(mine) < capacity[pair[side]]
            willing.append(has_room or any(score > other for other in free))
        if all(willing):
            found.append(pair)
    return found


@given(cases(), st.sampled_from(OBJECTIVES))
def test_blocking_pairs_are_those_that_everybody_is_asked_about(case: Any, objective: Any) -> None:
    records, rules, scores, _ = case
    cohort, policy = rm.Cohort.from_records(records), rm.Policy(objective=objective, rules=rules)
    matching = rm.match(cohort, policy)
    figures = rm.trade(matching, cohort)
    assert figures.blocking_pairs == len(blocking_pairs(records, matching, scores))
    assert rm.trade(rm.Matching.from_json(matching.to_json()), cohort, policy, threads=1) == figures
    assert rm.trade(matching) == figures.model_copy(update={"blocking_pairs": None})
    assert rm.results.Trade.model_validate_json(figures.model_dump_json()) == figures


@pytest.mark.parametrize("objective", ["coverage", "max_min"])
def test_capacities_people_who_are_both_and_fixed_duos(objective: str) -> None:
    records = realistic(90, seed=6)
    for record in records[::3]:
        record["role"] = "both"
    records[5]["capacity"] = 0
    cohort = rm.Cohort.from_records(records)
    some = (person for person in cohort.mentors if person.capacity == 2)
    fixed = [[mentor.id, mentee.id] for mentor, mentee in zip(some, cohort.mentees[2:5], strict=False)]
    matching = rm.match(cohort, rm.Policy(objective=objective, rules=[{"kind": "fix", "pairs": fixed}]))
    found = blocking_pairs(records, matching, scores_of(cohort, rm.Policy(rules=[])))
    assert len(found) > 10
    assert rm.trade(matching, cohort).blocking_pairs == len(found)


def scores_of(cohort: rm.Cohort, policy: rm.Policy) -> dict[tuple[str, str], int]:
    matrix = rm.score_matrix(cohort, policy)
    return {
        (mentor.id, mentee.id): round(matrix[row, column] * MILLION)
        for row, mentor in enumerate(cohort.mentors)
        for column, mentee in enumerate(cohort.mentees)
        if matrix[row, column] >= 0
    }


def test_the_best_duos_of_everybody_block_nothing() -> None:
    people = [{"id": f"m{level}", "role": "mentor", "level": level} for level in (1, 5, 9)]
    people += [{"id": f"e{level}", "role": "mentee", "level": level} for level in (1, 5, 9)]
    near = {
        "kind": "gap",
        "name": "near",
        "weight": 1,
        "field": "level",
        "from": -9,
        "to": 0,
        "until": 0,
        "zero_from": 9,
    }
    cohort, policy = rm.Cohort.from_records(people), rm.Policy(criteria=[near])
    matching = rm.match(cohort, policy)
    assert [duo.score for duo in matching.duos] == [1, 1, 1]
    figures = rm.trade(matching, cohort)
    assert (figures.blocking_pairs, figures.gini, figures.worst) == (0, 0, 1)


@given(st.lists(st.integers(0, MILLION), min_size=1, max_size=40))
def test_figures_are_exact(scores: list[int]) -> None:
    matching = rm.match(
        rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    )
    duos = [rm.Duo(mentor="m", mentee="e", score=score / MILLION, contributions={}) for score in scores]
    figures = rm.trade(matching.model_copy(update={"duos": tuple(duos)}))
    assert figures.duos == len(scores)
    for name, value in expected_figures(scores).items():
        assert getattr(figures, name) == value / MILLION, name


def test_there_may_be_no_duo() -> None:
    cohort = rm.Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    policy = rm.Policy(rules=[{"kind": "forbid", "pairs": [["m", "e"]]}])
    figures = rm.trade(rm.match(cohort, policy), cohort)
    assert figures.model_dump() == {
        "duos": 0, "total": 0, "mean": None, "worst": None, "tenth_percentile": None, "gini": None, "blocking_pairs": 0,
    }  # fmt: skip


def test_other_people_are_refused() -> None:
    matching = rm.match(rm.Cohort.from_records(realistic(20, seed=1)))
    with pytest.raises(rm.errors.CohortError, match="these are not the people that were matched"):
        rm.trade(matching, rm.Cohort.from_records(realistic(20, seed=2)))


def test_more_tiles_than_one() -> None:
    cohort = invented_cohort(2_600, seed=1, mentors=1_200)
    matching = rm.match(cohort)
    figures = {rm.trade(matching, cohort, threads=threads).blocking_pairs for threads in (1, 2)}
    scores = rm.score_matrix(cohort)
    worst = [dict.fromkeys((person.id for person in side), -1.0) for side in (cohort.mentors, cohort.mentees)]
    for duo in matching.duos:  # invented people have capacity 1
        worst[0][duo.mentor] = worst[1][duo.mentee] = duo.score
    least = np.maximum(np.array([*worst[0].values()])[:, None], np.array([*worst[1].values()])[None, :])
    assert figures == {np.count_nonzero(scores > least)}


def test_the_summary_always_tells_spread_and_blocking_pairs_only_when_asked() -> None:
    plain, asked = (CliRunner().invoke(app, ["demo", *options]) for options in ([], ["--trade"]))
    matching, cohort = rm.match(rm.read_cohort(rm.demo_path())), rm.read_cohort(rm.demo_path())
    figures = rm.trade(matching, cohort)
    for result in (plain, asked):
        assert f"10th percentile {figures.tenth_percentile:.3f}, " in result.stdout
        assert f"Gini index {figures.gini:.3f}." in result.stdout
    sentence = (
        f"{figures.blocking_pairs} blocking pairs: two people who would both rather be paired together."
    )
    assert sentence not in plain.stdout
    assert sentence in asked.stdout
    as_json = CliRunner().invoke(app, ["demo", "--trade", "--format", "json"])
    assert rm.Matching.from_json(as_json.stdout) == matching
    assert sentence in as_json.stderr


@pytest.mark.parametrize(
    ("objective", "sentence"),
    [
        (
            "coverage",
            "no other matching of these people forms more duos, and none with 2 duos has a higher total",
        ),
        ("total", "no other matching of these people has a higher total, and none forms more than 2 duos"),
        ("max_min", "none with 2 duos has a higher lowest score, and none that equals it has a higher total"),
        ({"kind": "fair", "alpha": 2}, "none with 2 duos has a higher fair total (alpha 2)"),
        (
            {"kind": "fair", "alpha": 0},
            "no other matching of these people forms more duos, and none with 2 duos has a higher total",
        ),
    ],
)
def test_the_summary_says_what_is_proved(objective: Any, sentence: str) -> None:
    from reverse_match.views.summaries import summary_lines

    people = [
        {"id": identity, "role": role}
        for identity, role in (("a", "mentor"), ("b", "mentor"), ("c", "mentee"), ("d", "mentee"))
    ]
    matching = rm.match(rm.Cohort.from_records(people), rm.Policy(objective=objective))
    lines = summary_lines(matching)
    assert sentence in lines[-2]
    assert lines[-1] == "Other matchings are as good: a lottery (seed 0) chose between them."


def test_scores_come_from_the_oracle_too() -> None:
    """Plain loops from records to blocking pairs, sharing nothing with the library."""
    records = [
        {"id": "a", "role": "mentor", "offers": {"python": 5}, "seeks": {}, "goals": [], "age": 25, "gender": "f", "department": "x", "manager_id": None, "capacity": 1},
        {"id": "b", "role": "both", "offers": {"python": 2}, "seeks": {"python": 1}, "goals": [], "age": 30, "gender": "f", "department": "y", "manager_id": None, "capacity": 2},
        {"id": "c", "role": "mentee", "offers": {}, "seeks": {"python": 3}, "goals": [], "age": 50, "gender": "m", "department": "y", "manager_id": None, "capacity": 1},
    ]  # fmt: skip
    cohort = rm.Cohort.from_records(records)
    matching = rm.match(cohort)
    expected = blocking_pairs(records, matching, default_scores(records))
    assert rm.trade(matching, cohort).blocking_pairs == len(expected)
