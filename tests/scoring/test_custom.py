from __future__ import annotations

import collections
import functools
import types
from typing import Any

import numpy as np
import pytest

import reverse_match as rm

PEOPLE = [
    {"id": "a", "role": "mentor", "km": 3, "town": "Lyon"},
    {"id": "b", "role": "mentor", "km": 9},
    {"id": "x", "role": "mentee", "km": 5, "town": "Lyon"},
]


def near(mentors: Any, mentees: Any) -> Any:
    return np.clip(1 - np.abs(mentors.numbers("km")[:, None] - mentees.numbers("km")[None, :]) / 10, 0, 1)


def policy(function: Any, name: str) -> rm.Policy:
    rm.register_criterion(name, function, replace=True)
    return rm.Policy(criteria=[{"kind": "custom", "name": "own", "weight": 1, "function": name}])


def test_a_function_scores_pairs() -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    assert rm.score_matrix(cohort, policy(near, "near")).tolist() == [[0.8], [0.6]]


def test_nan_means_not_known() -> None:
    def same_town(mentors: Any, mentees: Any) -> Any:
        here, there = (np.array(side.texts("town"), dtype=object) for side in (mentors, mentees))
        known = np.not_equal(here, None)[:, None] & np.not_equal(there, None)[None, :]
        return np.where(known, here[:, None] == there[None, :], np.nan)

    cohort, own = rm.Cohort.from_records(PEOPLE), policy(same_town, "same_town")
    matching = rm.match(cohort, own)
    assert matching.criteria[0].known_pairs == 1
    assert rm.score_matrix(cohort, own).tolist() == [[1.0], [1.0]]
    rm.verify(matching, cohort, own)


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (np.full((2, 1), 1.5), "values outside 0 to 1"),
        (np.full((2, 1), -0.1), "values outside 0 to 1"),
        (np.full((1, 2), 0.5), "shape"),
        (np.full((2, 1), "a"), "array of <U1"),
        (np.full((2, 1), np.inf), "values outside 0 to 1"),
    ],
)
def test_what_a_function_returns_is_checked(result: Any, message: str) -> None:
    with pytest.raises(rm.errors.PolicyError, match=message):
        rm.score_matrix(rm.Cohort.from_records(PEOPLE), policy(lambda mentors, mentees: result, "wrong"))


def test_an_unknown_function_suggests_the_nearest() -> None:
    rm.register_criterion("near", near, replace=True)
    wrong = rm.Policy(criteria=[{"kind": "custom", "name": "own", "weight": 1, "function": "neer"}])
    with pytest.raises(
        rm.errors.PolicyError, match="no criterion function 'neer' is registered; did you mean 'near'"
    ):
        rm.match(rm.Cohort.from_records(PEOPLE), wrong)


def test_a_name_is_not_taken_over_silently() -> None:
    rm.register_criterion("taken", near, replace=True)
    rm.register_criterion("taken", near)
    again = types.FunctionType(near.__code__, globals(), "near")
    again.__qualname__, again.__module__ = near.__qualname__, near.__module__
    rm.register_criterion("taken", again)
    with pytest.raises(rm.errors.PolicyError, match="registered already"):
        rm.register_criterion("taken", lambda mentors, mentees: near(mentors, mentees))


def by_table(table: Any) -> Any:
    def scored(mentors: Any, mentees: Any) -> Any:
        return np.array([[table[one, other] for other in mentees.texts("id")] for one in mentors.texts("id")])

    return scored


A = {("a", "x"): 0.1, ("b", "x"): 0.9}
B = {("a", "x"): 0.8, ("b", "x"): 0.2}


class Scorer:
    def __init__(self, table: Any) -> None:
        self.table = table

    def scores(self, mentors: Any, mentees: Any) -> Any:
        return by_table(self.table)(mentors, mentees)

    def __call__(self, mentors: Any, mentees: Any) -> Any:
        return self.scores(mentors, mentees)


def with_table(table: Any, mentors: Any, mentees: Any) -> Any:
    return by_table(table)(mentors, mentees)


def with_default(table: Any) -> Any:
    def scored(mentors: Any, mentees: Any, table: Any = table) -> Any:
        return by_table(table)(mentors, mentees)

    return scored


def with_keyword(table: Any) -> Any:
    def scored(mentors: Any, mentees: Any, *, table: Any = table) -> Any:
        return by_table(table)(mentors, mentees)

    return scored


def in_array(table: Any) -> Any:
    array = np.array(list(table.values()))

    def scored(mentors: Any, mentees: Any) -> Any:
        return array[: len(mentors), None] + np.zeros(len(mentees))

    return scored


def in_frame(table: Any) -> Any:
    import pandas as pd

    frame = pd.DataFrame({"points": list(table.values())})
    return lambda mentors, mentees: frame.to_numpy()[: len(mentors)] + np.zeros(len(mentees))


def within_another(table: Any) -> Any:
    inner = by_table(table)
    return lambda mentors, mentees: inner(mentors, mentees)


class Wrapped:
    """As decorators that are classes do it."""

    def __init__(self, function: Any, table: Any) -> None:
        functools.update_wrapper(self, function)
        self.table = table

    def __call__(self, mentors: Any, mentees: Any) -> Any:
        return near(mentors, mentees) * self.table["a", "x"]


class Named(dict[str, float]):
    """A table that knows more than its items."""

    def __init__(self, table: Any) -> None:
        super().__init__(a=0.5)
        self.table = table


def by_default(table: Any) -> Any:
    return by_table(collections.defaultdict(lambda: table["a", "x"]))


def masked(table: Any) -> Any:
    array = np.ma.MaskedArray([0.5, 0.5], mask=[table["a", "x"] > 0.5, False])
    return lambda mentors, mentees: array[: len(mentors), None] + np.zeros(len(mentees))


WAYS = [
    by_table,
    with_default,
    with_keyword,
    in_array,
    in_frame,
    within_another,
    Scorer,
    lambda table: Scorer(table).scores,
    lambda table: functools.partial(with_table, table),
    lambda table: functools.lru_cache(by_table(table)),
    lambda table: by_table({"nested": [table], **table}),
    lambda table: Wrapped(near, table),
    lambda table: by_table(Named(table)),
    by_default,
    masked,
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("register", [rm.register_criterion, rm.register_rule])
def test_what_a_function_has_captured_is_part_of_what_it_is(way: Any, register: Any) -> None:
    name = f"captured {WAYS.index(way)}"
    register(name, way(dict(A)))
    register(name, way(dict(A)))
    with pytest.raises(rm.errors.PolicyError, match="is registered already, and it is another one") as caught:
        register(name, way(dict(B)))
    assert caught.value.faults[0].code == "name-taken"
    register(name, way(dict(B)), replace=True)
    with pytest.raises(rm.errors.PolicyError, match="is registered already"):
        register(name, way(dict(A)))


def test_no_tenant_is_scored_by_the_table_of_another() -> None:
    cohort = rm.Cohort.from_records(PEOPLE)
    rm.register_criterion("table", by_table(A))
    asked = rm.Policy(criteria=[{"kind": "custom", "name": "own", "weight": 1, "function": "table"}])
    with pytest.raises(rm.errors.PolicyError):
        rm.register_criterion("table", by_table(B))
    assert rm.score_matrix(cohort, asked).tolist() == [[0.1], [0.9]]
    rm.register_criterion("table", by_table(B), replace=True)
    assert rm.score_matrix(cohort, asked).tolist() == [[0.8], [0.2]]


MODULE = """
import numpy as np
{before}
TABLE = {table}
def scored(mentors, mentees):
    return np.full((len(mentors), len(mentees)), TABLE[0] + helped())
def helped():
    return 0.25
class Kept:
    def __call__(self, mentors, mentees):
        return scored(mentors, mentees)
"""


def module_of(table: list[float], before: str = "") -> Any:
    module = types.ModuleType("of_a_notebook")
    exec(compile(MODULE.format(table=table, before=before), f"<cell {before!r}>", "exec"), vars(module))  # noqa: S102
    return module


def test_a_cell_that_runs_again_makes_the_same_function() -> None:
    first = module_of([0.5])
    rm.register_criterion("of a cell", first.scored)
    rm.register_criterion("of a cell", module_of([0.5], before="a_line = 'above'\n").scored)
    with pytest.raises(rm.errors.PolicyError):
        rm.register_criterion("of a cell", module_of([0.25]).scored)
    rm.register_criterion("kept in a cell", first.Kept().__call__)
    with pytest.raises(rm.errors.PolicyError):
        rm.register_criterion("kept in a cell", module_of([0.25]).Kept().__call__)


def test_a_function_that_names_itself_can_be_compared() -> None:
    def factory(value: int) -> Any:
        def scored(mentors: Any, mentees: Any) -> Any:
            return scored if value < 0 else np.zeros((len(mentors), len(mentees))) + value

        return scored

    rm.register_criterion("itself", factory(1))
    rm.register_criterion("itself", factory(1))
    with pytest.raises(rm.errors.PolicyError):
        rm.register_criterion("itself", factory(0))
    with pytest.raises(rm.errors.PolicyError):
        rm.register_criterion("itself", factory(True))
