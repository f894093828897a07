"""Wishes in order: what a cell says, whom it names, and what the order counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from reverse_match.errors import CohortError, PolicyError
from reverse_match.people.write import people_csv, people_json

if TYPE_CHECKING:
    from pathlib import Path

WISHES: list[tuple[Any, tuple[str, ...], tuple[int, ...]]] = [
    ("ana;bo=cem;dana", ("ana", "bo", "cem", "dana"), (1, 2, 2, 3)),
    ("ana = bo", ("ana", "bo"), (1, 1)),
    ("ana:1;bo:2;cem:2", ("ana", "bo", "cem"), (1, 2, 2)),
    ("cem: 3; ana: 1", ("ana", "cem"), (1, 3)),
    ("bo:2;ana:1", ("ana", "bo"), (1, 2)),
    ({"bo": 2, "ana": 1}, ("ana", "bo"), (1, 2)),
    ("ana;bo;ana", ("ana", "bo"), (1, 2)),
    ("HR:12;HR:15", ("HR:12", "HR:15"), (1, 2)),
    ("aGk=;Ymg=", ("aGk=", "Ymg="), (1, 2)),
    (["ana:1", "bo=cem"], ("ana:1", "bo=cem"), (1, 2)),
]


@pytest.mark.parametrize(("cell", "ids", "ranks"), WISHES)
def test_what_a_cell_says(cell: Any, ids: tuple[str, ...], ranks: tuple[int, ...]) -> None:
    person = rm.Participant(id="lea", role="mentor", wants=cell)
    assert (person.wants, person.ranks_of_wants) == (ids, ranks)
    assert rm.Participant.model_validate(person.model_dump(mode="json")) == person
    assert ("wants_ranks" in person.model_dump()) == (ranks != tuple(range(1, len(ranks) + 1)))


WRONG = [
    ({"wants": {"ana": 0}}, "out-of-range"),
    ({"wants": {"ana": "first"}}, "out-of-range"),
    ({"wants": ["ana", "bo"], "wants_ranks": [1]}, "contradictory"),
    ({"wants": ["ana", "bo"], "wants_ranks": [2, 1]}, "contradictory"),
    ({"wants": ["ana"], "wants_ranks": "1"}, "wrong-type"),
]


@pytest.mark.parametrize(("said", "code"), WRONG)
def test_what_is_no_rank(said: dict[str, Any], code: str) -> None:
    with pytest.raises(CohortError) as error:
        rm.Participant.model_validate({"id": "lea", "role": "mentor", **said})
    assert [fault.code for fault in error.value.faults] == [code]


@pytest.mark.parametrize(
    ("cell", "ids", "ranks"),
    [
        ("HR:1;ana", ("HR:1", "ana"), ()),
        ("Bo Li = HR:1; ana@maison.example", ("bo", "HR:1", "ana"), (1, 1, 2)),
        ("HR:1: 2; Bo Li: 1", ("bo", "HR:1"), ()),
        ("ou=Lyon;ana", ("ou=Lyon", "ana"), ()),
    ],
)
def test_whom_ranked_wishes_name(cell: str, ids: tuple[str, ...], ranks: tuple[int, ...]) -> None:
    people = [
        {"id": "lea", "role": "mentor", "wants": cell},
        {"id": "HR:1", "role": "mentee"},
        {"id": "ou=Lyon", "role": "mentee"},
        {"id": "bo", "role": "mentee", "name": "Li, Bo"},
        {"id": "ana", "role": "mentee", "email": "Ana@maison.example"},
    ]
    lea = rm.Cohort.from_records(people).participants[0]
    assert (lea.wants, lea.wants_ranks) == (ids, ranks)


def test_the_first_choice_counts_more_where_a_scale_says_so() -> None:
    people = [
        {"id": "ana", "role": "mentor"},
        {"id": "bo", "role": "mentor"},
        {"id": "lea", "role": "mentee", "wants": "bo;ana"},
        {"id": "marc", "role": "mentee", "wants": "bo=ana"},
    ]
    cohort = rm.Cohort.from_records(people)
    wishes = {"kind": "wants", "name": "wishes", "weight": 1}
    policy = rm.Policy(criteria=[{**wishes, "scale": [1, 0.6]}])
    assert rm.score_matrix(cohort, policy).tolist() == [[0.6, 1], [1, 1]]
    assert rm.score_matrix(cohort, rm.Policy(criteria=[wishes])).tolist() == [[1, 1], [1, 1]]
    matching = rm.match(cohort, policy)
    assert [(duo.mentor, duo.mentee) for duo in matching.duos] == [("ana", "marc"), ("bo", "lea")]
    rm.verify(matching, cohort, policy)
    assert "scale" not in rm.Policy(criteria=[wishes]).model_dump_json()
    assert rm.Policy.model_validate(policy.model_dump(mode="json")) == policy


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("ana;bo=cem", "ana;bo=cem"),
        ("ana:1;bo:3", "ana:1;bo:3"),
        ("ana=bo=cem", "ana=bo=cem"),
        ("bo;ana", "bo;ana"),
    ],
)
def test_written_people_read_back_the_same(tmp_path: Path, cell: str, written: str) -> None:
    people = [
        {"id": "lea", "role": "mentor", "wants": cell, "prefers": "age=30..40:must;site!=Paris|Lyon"},
        *({"id": name, "role": "mentee"} for name in ("ana", "bo", "cem")),
    ]
    cohort = rm.Cohort.from_records(people)
    text = people_csv(cohort, "people.csv")
    assert text.splitlines()[1] == f"lea,mentor,{written},age=30..40:must;site=Paris|Lyon:no"
    (tmp_path / "people.csv").write_text(text, "utf-8")
    assert rm.read_cohort(tmp_path / "people.csv").participants == cohort.participants
    (tmp_path / "people.json").write_text(people_json(cohort), "utf-8")
    assert rm.read_cohort(tmp_path / "people.json").participants == cohort.participants


@pytest.mark.parametrize("scale", [[], [0.5, 0.7], [1.1], [1, -0.1], "1;0.5"])
def test_a_scale_does_not_rise(scale: Any) -> None:
    with pytest.raises(PolicyError):
        rm.Policy(criteria=[{"kind": "wants", "name": "wishes", "weight": 1, "scale": scale}])
