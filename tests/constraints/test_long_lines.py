"""Reporting lines that are too long to be listed: the same answers, in time that grows with the people."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.constraints import list_conditions as reporting_line
from reverse_match.verification import people as places
from reverse_match.verification.people import PeopleIndex


@st.composite
def companies(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return people each of whom reports to somebody before, to somebody outside, or to nobody."""
    count = draw(st.integers(2, 12))
    people: list[dict[str, Any]] = [{"id": "p0", "role": "both"}]
    for number in range(1, count):
        above = draw(st.one_of(st.none(), st.just("outside"), st.integers(0, number - 1).map("p{}".format)))
        role = draw(st.sampled_from(["mentor", "mentee", "both"]))
        people.append({"id": f"p{number}", "role": role, "manager_id": above})
    return draw(st.permutations(people))


def chain(person: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> set[str]:
    """Walk up, as one would on paper."""
    above = set()
    manager = person.get("manager_id")
    while manager is not None:
        above.add(manager)
        manager = by_id.get(manager, {}).get("manager_id")
    return above


POLICIES = [
    rm.Policy(),
    rm.Policy.from_data({"rules": [{"kind": "not", "condition": {"kind": "not_in_reporting_line"}}]}),
    rm.Policy.from_data(
        {"rules": [{"kind": "any_of", "conditions": [{"kind": "not_in_reporting_line"}, {"kind": "avoids"}]}]}
    ),
]


@given(companies(), st.sampled_from(POLICIES))
def test_long_lines_say_the_same_as_listed_ones(records: list[dict[str, Any]], policy: rm.Policy) -> None:
    cohort = rm.Cohort.from_records(records)
    by_id = {person["id"]: person for person in records}
    expected = np.array(
        [
            [m.id in chain(by_id[e.id], by_id) or e.id in chain(by_id[m.id], by_id) for e in cohort.mentees]
            for m in cohort.mentors
        ]
    )
    everything = slice(0, len(cohort.mentors)), slice(0, len(cohort.mentees))
    assert (places.ReportingLines(PeopleIndex(cohort)).mark(*everything) == expected).all()
    listed = rm.match(cohort, policy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reporting_line, "MOST_LISTED", -1)
        patch.setattr(places, "MOST_LISTED", -1)
        again = rm.Cohort.from_records(records)
        assert rm.match(again, policy) == listed
        rm.verify(listed, again, policy)
    rm.verify(listed, cohort, policy)
    duos = {(duo.mentor, duo.mentee) for duo in listed.duos}
    if policy == POLICIES[0]:
        for row, column in zip(*np.nonzero(expected), strict=True):
            assert (cohort.mentors[row].id, cohort.mentees[column].id) not in duos


def test_a_chain_of_managers_takes_no_time_to_read() -> None:
    people = [{"id": f"p{n}", "role": "both", "manager_id": f"p{n + 1}"} for n in range(20_000)]
    began = time.process_time()
    cohort = rm.Cohort.from_records(people)
    assert reporting_line.superiors(cohort) is None
    first, last = reporting_line.intervals(cohort)
    assert places.reporting_lines(PeopleIndex(cohort)) is None
    places.ReportingLines(PeopleIndex(cohort))
    assert time.process_time() - began < 15
    assert sorted(first.tolist()) == list(range(20_000))
    assert set(last.tolist()) == {19_999}
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.Cohort.from_records([*people, {"id": "p20000", "role": "both", "manager_id": "p0"}])
    (fault,) = caught.value.faults
    assert fault.code == "manager-cycle"
    assert len(str(fault)) < 400


@pytest.mark.long
def test_a_chain_of_managers_is_matched_and_verified() -> None:
    people = [
        {
            "id": f"p{n}",
            "role": "mentor" if n % 2 else "mentee",
            "manager_id": f"p{n + 1}",
            "offers": f"s{n % 50}",
            "seeks": f"s{n % 49}",
        }
        for n in range(8_000)
    ] + [{"id": f"q{n}", "role": "mentor" if n % 2 else "mentee", "offers": f"s{n % 50}"} for n in range(100)]
    cohort = rm.Cohort.from_records(people)
    began = time.process_time()
    matching = rm.match(cohort)
    rm.verify(matching, cohort)
    assert time.process_time() - began < 120
