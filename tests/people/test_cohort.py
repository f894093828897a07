from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.people.cohort import MOST_KEPT, _dumped, take_digest_beside
from reverse_match.people.participant import SHOWN_ALONE
from reverse_match.study.changes import with_capacities
from strategies import cohorts

PAIR: list[dict[str, Any]] = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}]


@given(cohorts(), st.randoms())
def test_the_digest_knows_people_and_not_their_order(records: list[dict[str, Any]], random: Any) -> None:
    digest = rm.Cohort.from_records(records).sha256
    assert rm.Cohort.from_records(random.sample(records, len(records))).sha256 == digest
    other = copy.deepcopy(records)
    other[0]["capacity"] += 1
    assert rm.Cohort.from_records(other).sha256 != digest


@given(cohorts(), st.integers(0, 20), st.integers(0, 5))
def test_a_digest_made_beside_other_people_is_the_same(
    records: list[dict[str, Any]], leaving: int, room: int
) -> None:
    before = rm.Cohort.from_records(records)
    known = before.sha256
    person = before.participants[leaving % len(records)].id
    try:
        after = before.amended(leave=[person], join=[{"id": "new", "role": "both", "age": 30, "floor": "7"}])
    except rm.errors.CohortError:
        return  # nobody is left to be mentor
    for changed in (after, with_capacities(before, {person: room})):
        alone = replace(changed).sha256
        take_digest_beside(changed, before)
        assert changed.sha256 == alone
    assert before.sha256 == known
    assert "_lines" not in before.__getstate__(), "copies have other objects"


@given(cohorts())
def test_participants_survive_json(records: list[dict[str, Any]]) -> None:
    cohort = rm.Cohort.from_records(records)
    again = rm.Cohort.from_records([person.model_dump(mode="json") for person in cohort.participants])
    assert again.participants == cohort.participants
    assert pickle.loads(pickle.dumps(cohort)).participants == cohort.participants  # noqa: S301


def test_mentors_and_mentees_are_in_the_order_of_the_input() -> None:
    cohort = rm.Cohort.from_records(
        [{"id": i, "role": r} for i, r in zip("dcba", ("mentee", "both", "mentor", "mentee"), strict=True)]
    )
    assert [person.id for person in cohort.mentors] == ["c", "b"]
    assert [person.id for person in cohort.mentees] == ["d", "c", "a"]


def test_a_generator_of_records_will_do() -> None:
    assert len(rm.Cohort.from_records(record for record in PAIR).participants) == 2


@pytest.mark.parametrize("same", ["ﬁ1", "\uff46i1", " fi1 "])
def test_ids_are_compared_after_unicode_normalisation(same: str) -> None:
    with pytest.raises(rm.errors.CohortError, match="records, row 3, column 'id': the same id as in row 1"):
        rm.Cohort.from_records([{"id": "fi1", "role": "mentor"}, PAIR[1], {"id": same, "role": "mentee"}])


@pytest.mark.parametrize(
    ("managers", "cycles"),
    [
        ({"a": "a"}, []),
        ({"a": "b", "b": "a"}, ["a reports to b reports to a"]),
        ({"c": "a", "a": "b", "b": "c", "d": "a"}, ["a reports to b reports to c reports to a"]),
        (
            {"a": "b", "b": "a", "c": "d", "d": "c"},
            ["a reports to b reports to a", "c reports to d reports to c"],
        ),
        ({"a": "b", "b": "c", "c": "outside"}, []),
    ],
)
def test_cycles_of_managers_are_named(managers: dict[str, str], cycles: list[str]) -> None:
    people = [{"id": i, "role": "both", "manager_id": managers.get(i)} for i in "abcd"]
    if not cycles:
        rm.Cohort.from_records(people)
        return
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.Cohort.from_records(people)
    assert [fault.message.split(": ")[1].split(";")[0] for fault in caught.value.faults] == cycles


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ({"birth_date": "2000-02-29"}, 25),
        ({"birth_date": "2000-02-28"}, 26),
        ({"birth_year": 2000}, 26),
        ({"age": 31}, 31),
        ({}, None),
    ],
)
def test_ages(born: dict[str, Any], age: int | None) -> None:
    assert rm.Participant(id="a", role="mentor", **born).age_on(date(2026, 2, 28)) == age


def test_usual_headings_count_in_records_too() -> None:
    cohort = rm.Cohort.from_records(
        [
            {"employeeNumber": "1", "Role": "mentor", "dateOfBirth": "2000-01-01", "supervisorId": "2"},
            {"employeeNumber": "2", "Role": "mentee"},
        ],
        as_of=date(2026, 1, 1),
    )
    assert (cohort.participants[0].manager_id, cohort.participants[0].age_on(date(2026, 1, 1))) == ("2", 26)


def test_errors_can_be_sent_to_another_process() -> None:
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.Cohort.from_records([])
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert again.faults == caught.value.faults
    for error in (rm.InfeasibleError(["x"]), rm.VerificationError([rm.errors.Finding("score", "x")])):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301


def test_the_schema_of_a_participant_says_that_other_columns_are_welcome() -> None:
    described = rm.Participant.model_json_schema()
    assert described["additionalProperties"] is True
    assert described["required"] == ["id", "role"]


def test_the_day_may_be_text() -> None:
    assert rm.Cohort.from_records(PAIR, as_of="2026-11-23").as_of == date(2026, 11, 23)
    with pytest.raises(rm.errors.CohortError, match="as_of: not a date; right would be year-month-day"):
        rm.Cohort.from_records(PAIR, as_of="soon")


def test_a_column_may_be_called_attributes() -> None:
    person = rm.Participant.model_validate({"id": "a", "role": "mentor", "attributes": "tall", "x": 1})
    assert person.attributes == {"attributes": "tall", "x": 1}
    assert rm.Participant.model_validate(person.model_dump(mode="json")) == person


def test_what_follows_from_few_people_is_kept_and_not_passed_on() -> None:
    cohort = rm.Cohort.from_records(PAIR)
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [cohort.memoise("key", make), cohort.memoise("key", make), cohort.memoise("other", make)] == [
        1,
        1,
        2,
    ]
    sent = pickle.loads(pickle.dumps(cohort))  # noqa: S301 - our own
    for another in (copy.copy(cohort), copy.deepcopy(cohort), sent):
        assert another == cohort
        made.clear()
        assert another.memoise("key", make) == 1
        assert len(made) == 1


def test_a_cohort_keeps_only_so_much() -> None:
    cohort = rm.Cohort.from_records(PAIR)
    for number in range(10 * MOST_KEPT):
        assert cohort.memoise(number, lambda: number) == number  # noqa: B023 - called at once
    assert len(cohort._memo) <= MOST_KEPT


def test_large_cohorts_keep_nothing() -> None:
    records = [{"id": str(number), "role": ("mentor", "mentee")[number % 2]} for number in range(1_001)]
    cohort = rm.Cohort.from_records(records)
    assert [cohort.memoise("key", lambda: 1), cohort.memoise("key", lambda: 2)] == [1, 2]


def test_amended_people_must_fit_together() -> None:
    records = [
        {"id": "a", "role": "mentor", "manager_id": "b"},
        {"id": "b", "role": "mentee", "manager_id": "c"},
        {"id": "d", "role": "mentee"},
    ]
    cohort = rm.Cohort.from_records(records)
    assert cohort.amended() is cohort
    with pytest.raises(rm.errors.CohortError, match="records as amended: no mentor; at least one person"):
        cohort.amended(leave=["a"])
    with pytest.raises(
        rm.errors.CohortError,
        match="records as amended, row 2, column 'manager_id': the managers form a cycle",
    ):
        cohort.amended(join=[{"id": "c", "role": "mentee", "manager_id": "a"}])
    with pytest.raises(
        rm.errors.CohortError, match="records of those who join, row 2, column 'id': the same id as in row 1"
    ):
        cohort.amended(join=[{"id": "c", "role": "mentee"}, {"id": "c", "role": "mentee"}])
    amended = cohort.amended(
        leave=["d"], join=[{"Matricule": "e", "role": "mentee", "Rang": 3}], mapping={"Rang": "grade"}
    )
    same = rm.Cohort.from_records([*records[:2], {"id": "e", "role": "mentee", "grade": 3}])
    assert amended == same
    assert [person.id for person in cohort.participants] == ["a", "b", "d"], "these people stay as they are"


def test_an_empty_column_is_no_difference() -> None:
    records = [{"id": "a", "role": "both"}, {"id": "b", "role": "mentee"}]
    more = [{**record, "km": ""} for record in records]
    assert rm.Cohort.from_records(records).sha256 == rm.Cohort.from_records(more).sha256


def test_a_digest_leaves_out_the_fields_that_a_file_leaves_out() -> None:
    """Empty fields are known by their defaults; the model itself says which those are."""
    full = {
        "capacity_as_mentor": 2,
        "capacity_as_mentee": 1,
        "capacity_in_all": 3,
        "least_duos": 1,
        "available": "Mon 9-12",
        "timezone": "Europe/Paris",
        "wants": "b",
        "avoids": "c",
        "name": "Ada",
    }
    empty = {
        "capacity_as_mentor": None,
        "least_duos": 0,
        "least_duos_in_all": "0",
        "wants": [],
        "available": "",
    }
    records = [
        {"id": name, "role": "both", **more} for name, more in zip("abc", (full, empty, {}), strict=True)
    ]
    for person in rm.Cohort.from_records(records).participants:
        said = person.model_dump()
        assert _dumped(person) == {name: value for name, value in said.items() if name not in SHOWN_ALONE}
