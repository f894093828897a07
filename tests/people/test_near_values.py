"""Values that are nearly the same text, in a column of choices and in no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import reverse_match as rm
from reverse_match.matching.policy_notes import policy_notes
from reverse_match.people.near_values import near_values

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("rarer", "other"),
    [
        ("finances", "finance"),
        ("r & d", "r&d"),
        ("e commerce", "e-commerce"),
        ("research and development", "research & development"),
        ("ventes et marketing", "ventes & marketing"),
        ("group/finances", "group/finance"),
        ("nords", "nord"),
        ("comunication interne", "communication interne"),
        ("recieving", "receiving"),
    ],
)
def test_near(rarer: str, other: str) -> None:
    found = near_values({rarer: 2, other: 40})
    assert [(near.rarer, near.other, near.people) for near in found] == [(rarer, other, (2, 40))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("team 1", "team 2"),
        ("b1", "b2"),
        ("25-34", "25-44"),
        ("it", "hr"),
        ("male", "female"),
        ("north america", "south america"),
        ("interne", "externe"),
        ("group/finance", "finance"),
        ("region i", "region ii"),
        ("lea@maison.example", "leo@maison.example"),
        ("austria", "australia"),
    ],
)
def test_not_near(one: str, other: str) -> None:
    assert near_values({one: 2, other: 40}) == []


def test_names_and_free_text_are_left_alone() -> None:
    names = {f"person number {chr(97 + place)}{'x' * place}": 1 for place in range(20)}
    assert near_values({**names, "martin": 1, "martins": 1}) == []
    assert near_values({"martin": 11, "martins": 11}) != []


PEOPLE = [
    {"id": f"p{place}", "role": "mentor" if place % 2 else "mentee", "department": department}
    for place, department in enumerate(
        [*["Finance"] * 5, "finances", "Finances", *["IT"] * 3, "Legal", "Legals"]
    )
]
COUNT = {"kind": "count", "where": {"mentee.department": "Finance"}, "at_most": 3}


def notes(policy: rm.Policy) -> list[str]:
    found = policy_notes(policy, rm.Cohort.from_records(PEOPLE))
    return [str(note) for note in found if note.code == "several-words"]


@pytest.mark.parametrize(
    ("policy", "place"),
    [
        ({"quotas": [COUNT]}, "quotas[0]"),
        ({"quotas": [{"kind": "each", "by": "mentee.department", "at_most": 1}]}, "quotas[0]"),
        ({"rules": [{"kind": "avoids"}, {"kind": "different", "field": "department"}]}, "rules[1]"),
        ({"rules": [{"kind": "not", "condition": {"kind": "same", "field": "department"}}]}, "rules[0]"),
    ],
)
def test_near_values_are_noted_beside_what_compares_them(policy: dict[str, object], place: str) -> None:
    legal, finance = notes(rm.Policy.from_data(policy))
    assert legal.startswith(f"{place}: 'Legal' (1) stands beside 'Legals' (1) in 'department'")
    assert finance.startswith(f"{place}: 'Finances' (2) stands beside 'Finance' (5) in 'department'")


def test_nothing_is_noted_where_nothing_compares_them_or_synonyms_join_them() -> None:
    assert notes(rm.Policy()) == []
    assert len(notes(rm.Policy(quotas=[COUNT], synonyms={"Finance": ["Finances"]}))) == 1
    assert notes(rm.Policy(quotas=[{"kind": "each", "by": "mentee.id", "at_most": 1}])) == []


def test_words_beside_a_scale_are_noted_with_their_number() -> None:
    policy = rm.Policy(scales={"department": ["IT", "Finance", "Finances"], "team": ["a", "b"]})
    found = [
        str(note) for note in policy_notes(policy, rm.Cohort.from_records(PEOPLE)) if "scales" in str(note)
    ]
    assert found == [
        "scales.department: 2 people have a word that is not on the scale; right would be synonyms, or a longer scale",
        "scales.team: the people have no such column",
    ]  # fmt: skip


def test_look_tells_of_near_values_with_their_rows(tmp_path: Path) -> None:
    rows = ["id,role,Team,Contact", *(f"p{place},mentor,North,a{place}@x.example" for place in range(4))]
    file = tmp_path / "people.csv"
    file.write_text("\n".join([*rows, "q,mentee,Norths,b@x.example", "r,mentee,South,c@x.example", ""]))
    told = [str(remark) for remark in rm.look(file).mistakes if "nearly" in str(remark)]
    assert len(told) == 1
    assert told[0].startswith(
        "people.csv, row 6, column 'Team': nearly the same as 'North', which 4 people have"
    )
    assert "Norths" not in told[0]
