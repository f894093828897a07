"""What is written of people reads back the same, or is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

import reverse_match as rm
from reverse_match.people.write import people_csv, people_json
from rule_strategies import cohorts_with_more

if TYPE_CHECKING:
    from pathlib import Path


def read_back(text: str, folder: Path, name: str) -> rm.Cohort:
    (folder / name).write_text(text, encoding="utf-8")
    return rm.read_cohort(folder / name)


@given(cohorts_with_more())
def test_any_people_in_both_formats(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("people")
    cohort = rm.Cohort.from_records(records)
    assert read_back(people_json(cohort), folder, "people.json").participants == cohort.participants
    texts = [  # in columns of your own a cell has neither numbers nor lists of less than two
        {**record, "years": None if record["years"] is None else str(record["years"]), "sites": None}
        for record in records
    ]
    cohort = rm.Cohort.from_records(texts)
    again = read_back(people_csv(cohort, "people.csv"), folder, "people.csv")
    assert again.sha256 == cohort.sha256
    assert [person.id for person in again.participants] == [person.id for person in cohort.participants]


def test_the_demo_in_csv(tmp_path: Path) -> None:
    cohort = rm.read_cohort(rm.demo_path())
    assert (
        read_back(people_csv(cohort, "people.csv"), tmp_path, "people.csv").participants
        == cohort.participants
    )


@pytest.mark.parametrize(
    ("record", "column"),
    [
        ({"id": "=m"}, "id"),
        ({"goals": ["a;b"]}, "goals"),
        ({"km": 7}, "km"),
        ({"tags": ["a", "b"]}, "tags"),
        ({"note": "@home"}, "note"),
        ({"attributes": {"Service": "Paris"}}, "Service"),
    ],
)
def test_what_csv_would_change_is_refused(record: dict[str, Any], column: str) -> None:
    people = [{"id": "m", "role": "both", **record}, {"id": "e", "role": "mentee"}]
    with pytest.raises(rm.InputError) as caught:
        people_csv(rm.Cohort.from_records(people), "people.csv")
    assert column in {fault.column for fault in caught.value.faults}


def test_a_number_is_no_formula(tmp_path: Path) -> None:
    people = [{"id": "m", "role": "both", "grade": -1, "phone": "+33102030405"}]
    cohort = rm.Cohort.from_records(people)
    assert read_back(people_csv(cohort, "people.csv"), tmp_path, "people.csv").sha256 == cohort.sha256


@pytest.mark.parametrize(
    "skill", ["Diversity, equity and inclusion", "UX | UI", "Art / craft", "a|b", "A, b: c"]
)
def test_one_name_with_a_sign_in_it_is_one_name_when_it_is_read_again(skill: str, tmp_path: Path) -> None:
    people = [
        {"id": "a", "role": "mentor", "offers": [skill], "goals": [skill]},
        {"id": "b", "role": "mentee", "seeks": [skill], "goals": ["x, y"]},
    ]
    cohort = rm.Cohort.from_records(people)
    path = tmp_path / "people.csv"
    path.write_text(people_csv(cohort, path.name), encoding="utf-8")
    assert rm.read_cohort(path).participants == cohort.participants
