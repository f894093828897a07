"""People made a column at a time are those that the model of a person makes, one by one."""

import hashlib
import json
import random
from datetime import date
from typing import Any

import pytest

from reverse_match.errors import CohortError
from reverse_match.people.by_column import people_by_column
from reverse_match.people.cohort import Cohort, Source
from reverse_match.people.participant import Participant

CELLS: dict[str, list[Any]] = {
    "id": ["lea", " ada ", "Zoë", "7", "", None, 7, "a\nb"],
    "role": ["mentor", "Mentee ", "both", "both", "teacher", "", None],
    "name": ["Léa Martin", "", None, 3],
    "first_name": ["Léa", None, "", 4],
    "last_name": ["Martin", " ", None],
    "email": ["lea@example.org", "", None],
    "offers": [
        "Python:4;SQL",
        "",
        None,
        {"Python": 4},
        ["SQL:2", "Excel"],
        "Python:9",
        "SQL;sql;SQL:3",
        "a;;b",
    ],
    "seeks": ["Sales:1;Negotiation", None, {"Sales": "x"}, {}, "Sales: the basics", "Sales:", 3],
    "goals": ["one;two;One", "", ["one", "three"], [4], None],
    "age": ["41", 41, 41.5, "", None, "12", "nan", True, "1 000"],
    "birth_year": ["1980", None, "", 1990.0, "x"],
    "birth_date": ["1980-12-31", "31/12/1980", None, "", date(1990, 1, 2), "1980-13-01"],
    "gender": ["female", "", None, "F\u200b", 1],
    "department": ["Group/Plant", "Group/Plant", None, "x" * 32_768],
    "grade": ["3", 3, 3.0, 3.5, None, "٣"],
    "manager_id": ["lea", None, "", "boss"],
    "languages": ["fr;en", ["fr"], None],
    "timezone": ["Europe/Paris", "Paris", None],
    "available": ["Mon 9-12", "Mon 25-26", None, ["Tue 9-10"]],
    "on_site": ["Mon;Wed am @Lyon", None],
    "capacity": ["2", "1..3", "", None, 0, "3..1", -1],
    "capacity_as_mentor": [None, "2..4", "1"],
    "least_duos": [None, 0, "0", "1", 2, ""],
    "least_duos_in_all": [None, "1"],
    "capacity_in_all": [None, 1, "2"],
    "wants": ["ana;bo", "ana;bo=cem", "ana:1;bo:2", {"ana": 1}, ["ana", "bo"], None, "lea", "", "dan"],
    "wants_ranks": [None, [], [1, 2], [2, 1], "x"],
    "avoids": ["dan", ["dan", "eve"], None, "lea", "ada;bo"],
    "prefers": ["gender=female:must", None, ["location!=Lyon:maybe"], "gender"],
    "attributes": [None, {"team": "a"}, 3],
    "team": ["red", "", None, 1, 1.0, True, ["a", "b"], {"a": 1}, float("nan"), b"x", "é\ud800"],
    "1": [1, True, "1"],
    "half \ud800": ["x"],
}


def drawn_records(seed: int) -> list[dict[str, Any]]:
    """Return records of which many have the same keys, and few have a fault."""
    draw = random.Random(seed)
    always = ["id", "role"] if draw.random() < 0.9 else []
    keys = [*always, *draw.sample([*CELLS], draw.randint(1, 12))]
    records = []
    for _ in range(draw.randint(1, 12)):
        mine = keys if draw.random() < 0.8 else draw.sample(keys, len(keys) - 1)
        first = draw.random() < 0.7
        records.append({key: CELLS[key][0] if first else draw.choice(CELLS[key]) for key in mine})
    return records


RANGES_AND_RANKS = {
    "id": ["lea", "ada", "tom"],
    "role": ["mentor", "mentee", "both", "x"],
    "capacity": ["1..3", "2", None, "", "0..0", " 2 à 4 ", "3..1", "1..999999999", "1 – 2", 3, "2..2"],
    "wants": [["ana", "bo"], ["ana", "bo", "eva"], [], None, "ana", "ana=bo", ["lea"], [3]],
    "wants_ranks": [None, [1, 2], [1, 1], [2, 2], [1, 1, 2], [], [1], [2, 1], "x"],
}


@pytest.mark.parametrize("seed", range(200))
def test_ranges_and_ranks_are_those_of_the_model(seed: int) -> None:
    draw = random.Random(seed)
    records = [{key: draw.choice(cells) for key, cells in RANGES_AND_RANKS.items()} for _ in range(9)]
    _agree_with_the_model(records)


@pytest.mark.parametrize("seed", range(400))
def test_people_are_those_of_the_model(seed: int) -> None:
    _agree_with_the_model(drawn_records(seed))


def _agree_with_the_model(records: list[dict[str, Any]]) -> None:
    for record, person in zip(records, people_by_column(records), strict=True):
        if person is None:
            continue
        one_by_one = Participant.model_validate({"id": None, "role": None, **record})
        assert person == one_by_one
        assert repr(person) == repr(one_by_one)
        assert [*person.__dict__] == [*one_by_one.__dict__]
        assert [*map(type, person.__dict__.values())] == [*map(type, one_by_one.__dict__.values())]
        assert person.model_fields_set == one_by_one.model_fields_set
        assert person.model_dump_json() == one_by_one.model_dump_json()
        assert person.__getstate__() == one_by_one.__getstate__()


@pytest.mark.parametrize(
    "said",
    [
        {"offers": "Python:4;SQL", "goals": ["a"], "team": "red", "age": "41"},
        {"capacity": "2", "least_duos": "0", "wants": "ana;bo", "avoids": "eve"},
        {"capacity": "1..3", "wants": ["ana", "bo", "eva"], "wants_ranks": [1, 1, 2]},
        {"first_name": "Léa", "last_name": "Martin", "birth_date": "1980-12-31"},
    ],
)
def test_usual_records_need_no_model(said: dict[str, Any]) -> None:
    assert None not in people_by_column([{"id": "lea", "role": "mentor", **said}])


def test_people_share_nothing_that_can_be_changed() -> None:
    said = {"role": "mentor", "offers": "Python:4", "team": "red"}
    one, other = people_by_column([{"id": "lea", **said}, {"id": "ada", **said}])
    assert one is not None
    assert other is not None
    one.offers["Python"] = 1
    one.seeks["Sales"] = 1
    one.attributes["team"] = "blue"
    assert (other.offers, other.seeks, other.attributes) == ({"Python": 4}, {}, {"team": "red"})
    third = people_by_column([{"id": "eva", "role": "mentor"}])[0]
    assert third is not None
    assert (third.offers, third.attributes) == ({}, {})


def test_the_digest_is_that_of_what_pydantic_dumps() -> None:
    people: list[Participant] = []
    for seed in range(60):
        people += [person for person in people_by_column(drawn_records(seed)) if person is not None]
    named = [one.model_copy(update={"id": f"person-{place}"}) for place, one in enumerate(people)]
    cohort = Cohort(tuple(named), Source("drawn", tuple(range(1, len(named) + 1))))
    digest = hashlib.sha256()
    for person in sorted(named, key=lambda one: one.id):
        dumped = person.model_dump(mode="json", exclude={"name", "email"})
        own = dumped["attributes"].items()
        dumped["attributes"] = {name: value for name, value in own if value is not None}
        digest.update(json.dumps(dumped, sort_keys=True).encode())
    assert len(named) > 100
    assert cohort.sha256_as_typed == digest.hexdigest()


@pytest.mark.parametrize(
    "wrong",
    [
        {"wants": "lea"},
        {"wants": "ana", "avoids": ["ana"]},
        {"age": 40, "birth_year": 1980},
        {"capacity": 1, "least_duos": 2},
        {"wants": "ana;bo", "wants_ranks": [2, 1]},
        {"wants": "ana;bo", "wants_ranks": [1]},
        {"wants_ranks": [1]},
        {"capacity": "3..1"},
        {"capacity": "1..2000000"},
        {"role": "teacher"},
        {"offers": "Python:9"},
        {"team": float("nan")},
    ],
)
def test_what_is_wrong_is_left_to_the_model(wrong: dict[str, Any]) -> None:
    record = {"id": "lea", "role": "mentor", **wrong}
    assert people_by_column([record]) == [None]
    with pytest.raises(CohortError):
        Participant.model_validate(record)
