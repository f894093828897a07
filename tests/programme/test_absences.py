"""The column ``absent``: rounds, months, and what is neither."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import reverse_match as rm
from reverse_match.programme.plan.absences import absences, months_of_rounds

MONTHS = (("2026-12", "2027-01", "2027-02"), ("2027-03", "2027-04", "2027-05"))


class EveryThreeMonths:
    """Rounds of three months from a day on."""

    def __init__(self, start: date) -> None:
        self.start = start

    def round_begins(self, number: int) -> date:
        months = self.start.month - 1 + 3 * (number - 1)
        return self.start.replace(year=self.start.year + months // 12, month=months % 12 + 1)

    def round_ends(self, number: int) -> date:
        return self.round_begins(number + 1)


def people_with(absent: Any) -> rm.Cohort:
    return rm.Cohort.from_records(
        [{"id": "m", "role": "mentor", "absent": absent}, {"id": "e", "role": "mentee"}]
    )


@pytest.mark.parametrize(
    ("cell", "rounds"),
    [
        (None, ()),
        ("", ()),
        ("2", (2,)),
        (2, (2,)),
        (2.0, (2,)),
        ("1; 2", (1, 2)),
        (["1", "2"], (1, 2)),
        ("7", ()),
        ("2027-01", ()),
        ("2027-01;2027-02", (1,)),
        ("2027-02;2027-03;2027-04", (2,)),
    ],
)
def test_what_a_cell_means(cell: Any, rounds: tuple[int, ...]) -> None:
    assert absences(people_with(cell), 2, MONTHS) == ({"m": rounds} if rounds else {})


@pytest.mark.parametrize("cell", ["summer", "2027-13", "0", "1,2", "-1", True])
def test_what_is_neither_is_refused_with_its_row(cell: Any) -> None:
    with pytest.raises(
        rm.errors.CohortError, match=r"row 1, column 'absent': not months or rounds"
    ) as caught:
        absences(people_with(cell), 2, MONTHS)
    assert str(cell) not in str(caught.value).replace("2026-12;2027-01 or 2;3", "").replace("row 1", "")


def test_months_need_a_programme() -> None:
    with pytest.raises(rm.errors.CohortError, match="months need a programme"):
        rm.plan_rotations(people_with("2027-01"), rounds=2)


@pytest.mark.parametrize(("day", "first"), [(1, "2026-12"), (15, "2026-12"), (16, "2027-01")])
def test_a_round_has_the_months_in_whose_middle_it_runs(day: int, first: str) -> None:
    months = months_of_rounds(EveryThreeMonths(date(2026, 12, day)), 2)
    assert [len(part) for part in months] == [3, 3]
    assert months[0][0] == first
    assert len({month for part in months for month in part}) == 6


def test_a_programme_says_who_is_away() -> None:
    cohort, programme = people_with("2027-03;2027-04"), EveryThreeMonths(date(2026, 12, 1))
    plan = rm.plan_rotations(cohort, rm.Policy(rules=[]), rounds=2, programme=programme)
    rm.verify_plan(plan, cohort, programme=programme)
    assert plan.absent == {"m": (2,)}
    assert [len(matching.duos) for matching in plan.rounds] == [1, 0]
    assert [(one.id, one.rounds, one.reason) for one in plan.sitting_out] == [
        ("e", (2,), "fewer_partners_than_rounds"),
        ("m", (2,), "absent"),
    ]
    with pytest.raises(rm.VerificationError, match="absent"):
        rm.verify_plan(plan, cohort, programme=EveryThreeMonths(date(2027, 1, 1)))


def test_ids_that_rules_cannot_tell_apart_are_refused() -> None:
    records = [{"id": "m", "role": "mentor", "absent": "1"}, {"id": "M", "role": "mentee"}]
    with pytest.raises(rm.errors.CohortError, match="differ in case"):
        rm.plan_rotations(rm.Cohort.from_records(records), rounds=2)
