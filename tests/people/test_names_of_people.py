"""What people are called and where they get mail is read, kept, written, and in no digest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import reverse_match as rm
from reverse_match.people.write import people_csv, people_json

if TYPE_CHECKING:
    from pathlib import Path

BARE = [
    {"id": "0417", "role": "mentor", "offers": "Python:4", "age": 30},
    {"id": "lea", "role": "both", "offers": "AI", "seeks": "Python"},
    {"id": "ada", "role": "mentee", "seeks": "Python:3"},
]
CALLED = {"0417": ("Léa", "Martin"), "lea": ("Léa", "Martin"), "ada": ("Ada", "Roux")}


def named(**shape: str) -> list[dict[str, object]]:
    """Give everybody a name in columns of some headings."""
    people = []
    for person in BARE:
        first, last = CALLED[str(person["id"])]
        values = {
            "first": first,
            "last": last,
            "full": f"{first} {last}",
            "mail": f"{person['id']}@example.org",
        }
        people.append({**person, **{heading: values[part] for heading, part in shape.items()}})
    return people


@pytest.mark.parametrize(
    "shape",
    [
        {"name": "full", "email": "mail"},
        {"Nom": "last", "Prénom": "first", "E-mail": "mail"},
        {"First Name": "first", "Last Name": "last", "Email Address": "mail"},
        {"Full name": "full", "Courriel": "mail"},
    ],
    ids=lambda shape: "+".join(shape),
)
def test_usual_headings_give_names(shape: dict[str, str]) -> None:
    people = rm.Cohort.from_records(named(**shape)).participants
    assert [(one.name, one.email) for one in people] == [
        ("Léa Martin", "0417@example.org"),
        ("Léa Martin", "lea@example.org"),
        ("Ada Roux", "ada@example.org"),
    ]
    assert all(not one.attributes for one in people)


def test_a_whole_name_is_stronger_than_its_parts_and_one_part_is_enough() -> None:
    whole, part = rm.Cohort.from_records([
        {"id": "a", "role": "mentor", "name": "Dr Ada Roux", "First name": "Ada", "Last name": "Roux"},
        {"id": "b", "role": "mentee", "name": " ", "First name": "", "Last name": "Martin "},
    ]).participants  # fmt: skip
    assert (whole.name, part.name) == ("Dr Ada Roux", "Martin")


def test_names_are_in_no_digest_and_a_matching_knows_nothing_of_them() -> None:
    bare = rm.Cohort.from_records(BARE)
    called = rm.Cohort.from_records(named(name="full", email="mail"))
    assert (bare.sha256, bare.sha256_as_typed) == (called.sha256, called.sha256_as_typed)
    assert rm.match(bare).to_json() == rm.match(called).to_json()
    assert rm.plan_rotations(bare, rounds=2).to_json() == rm.plan_rotations(called, rounds=2).to_json()
    rm.verify(rm.match(called), bare)
    other = rm.Cohort.from_records([{**BARE[0], "age": 31}, *BARE[1:]])
    assert other.sha256 != bare.sha256


def test_a_matching_from_before_names_were_known_is_still_of_its_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As written then: columns called ``name`` and ``email`` were like any other."""
    people = named(name="full", email="mail")
    as_columns = [
        {
            **person,
            "attributes": {"name": person["name"], "email": person["email"]},
            "name": None,
            "email": None,
        }
        for person in people
    ]
    before = rm.Cohort.from_records(as_columns)
    assert before.participants[0].attributes == {"name": "Léa Martin", "email": "0417@example.org"}
    now = rm.Cohort.from_records(people)
    assert before.sha256 != now.sha256
    assert now.has_digest(before.sha256)
    rm.verify(rm.match(before), now)


@pytest.mark.parametrize("field", ["name", "email"])
def test_no_policy_can_use_them(field: str) -> None:
    cohort = rm.Cohort.from_records(named(name="full", email="mail"))
    for policy in (
        {"criteria": [{"kind": "overlap", "name": "x", "weight": 1, "field": field}]},
        {"criteria": [{"kind": "sameness", "name": "x", "weight": 1, "field": field}]},
        {"rules": [{"kind": "same", "field": field}]},
        {"rules": [{"kind": "require", "field": field, "equals": ["Ada Roux"], "of": "mentee"}]},
    ):
        with pytest.raises(rm.errors.PolicyError) as refused:
            rm.match(cohort, rm.Policy.model_validate(policy))
        assert f"'{field}' is shown beside the id and counts for nothing" in str(refused.value)
        assert "Ada" not in str(refused.value)


def test_without_names_nothing_of_them_is_left() -> None:
    cohort = rm.Cohort.from_records(named(name="full", email="mail"))
    assert cohort.names["ada"] == "Ada Roux · ada"
    bare = cohort.without_names()
    assert bare.names == {}
    assert "Martin" not in people_json(bare)
    assert bare == rm.Cohort.from_records(BARE)


@pytest.mark.parametrize("ending", [".json", ".csv"])
def test_written_people_keep_their_names(ending: str, tmp_path: Path) -> None:
    cohort = rm.Cohort.from_records(named(Nom="last", Prénom="first", Email="mail"))
    file = tmp_path / f"people{ending}"
    file.write_text(people_json(cohort) if ending == ".json" else people_csv(cohort, file.name), "utf-8")
    assert rm.read_cohort(file).participants == cohort.participants


def test_a_csv_file_that_would_change_a_name_is_refused() -> None:
    cohort = rm.Cohort.from_records([{**BARE[0], "name": "=1+1"}, *BARE[1:]])
    with pytest.raises(
        rm.errors.InputError, match=r"people\.csv, name: a CSV file would not give the same values back"
    ):
        people_csv(cohort, "people.csv")


def test_a_fault_in_a_name_does_not_repeat_it() -> None:
    with pytest.raises(
        rm.errors.CohortError, match="row 1, column 'name': holds a control character"
    ) as refused:
        rm.Cohort.from_records([{**BARE[0], "name": "Secret\x07Name"}, *BARE[1:]])
    assert "Secret" not in str(refused.value)


@pytest.mark.parametrize("said", [{"first_name": "Ada"}, {"last_name": "Roux"}, {"name": "Ada Roux"}])
def test_records_without_a_name_have_none(tmp_path: Path, said: dict[str, str]) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps([{"id": "a", "role": "mentor", **said}, {"id": "b", "role": "mentee"}]))
    assert [one.name for one in rm.read_cohort(file).participants] == [*said.values(), None]


def test_records_may_lack_what_others_say_under_two_keys(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    both = {"offers": "Python", "Offers": "Excel"}
    file.write_text(json.dumps([{"id": "a", "role": "mentor", **both}, {"id": "b", "role": "mentee"}]))
    one, other = rm.read_cohort(file).participants
    assert ([*one.offers], other.offers) == (["Python", "Excel"], {})
