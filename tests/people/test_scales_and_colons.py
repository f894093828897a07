"""Words with an order, and colons that belong to a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from reverse_match.errors import CohortError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Read = Callable[..., rm.Cohort]

GRADES = """id,role,offers,seeks,grade,band
m1,mentor,Python:Expert,,HEO,low
e1,mentee,,Python:High,SCS1,high
"""
SCALE = ["AO", "EO", "HEO", "SCS1"]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def of(text: str, **said: Any) -> rm.Cohort:
        file = tmp_path / "people.csv"
        file.write_text(text, "utf-8")
        return rm.read_cohort(file, **said)

    return of


def test_grades_in_words_ask_for_their_order(read: Read) -> None:
    with pytest.raises(CohortError) as caught:
        read(GRADES)
    assert list(map(str, caught.value.faults)) == [
        "people.csv, 'grade': holds words, not numbers; say their order, the lowest first, for instance "
        "--scale 'grade=junior;senior;head'"
    ]


def test_words_on_a_scale_are_numbers(read: Read) -> None:
    cohort = read(GRADES, scales={"grade": SCALE, "band": ["low", "mid", "high"]})
    assert [person.grade for person in cohort.participants] == [3, 4]
    assert [person.attributes["band"] for person in cohort.participants] == [1, 3]
    for field, gap in (("grade", 1), ("band", 2)):
        policy = rm.Policy(rules=[{"kind": "gap_between", "field": field, "at_least": gap}])
        matching = rm.match(cohort, policy)
        assert len(matching.duos) == 1
        rm.verify(matching, cohort, policy)
        wider = rm.Policy(rules=[{"kind": "gap_between", "field": field, "at_least": gap + 1}])
        assert not rm.match(cohort, wider).duos


def test_a_column_of_words_that_a_rule_needs_as_numbers_says_how(read: Read) -> None:
    cohort = read(GRADES, scales={"grade": SCALE})
    policy = rm.Policy(rules=[{"kind": "gap_between", "field": "band", "at_least": 1}])
    with pytest.raises(CohortError) as caught:
        rm.match(cohort, policy)
    assert str(caught.value.faults[0]) == (
        "people.csv, row 2, column 'band': not a number; words with an order can be read as numbers: "
        "--scale 'COLUMN=LOW;HIGH'"
    )


def test_a_reading_keeps_the_scale(read: Read) -> None:
    reading = rm.Reading.from_toml(rm.Reading(scales={"grade": SCALE}).to_toml())
    cohort = read(GRADES, reading=reading)
    assert [person.grade for person in cohort.participants] == [3, 4]
    assert cohort.reading.scales["grade"] == tuple(SCALE)


@pytest.mark.parametrize("name", ["offers", "level"])
@pytest.mark.parametrize(
    ("scale", "level"),
    [(["Novice", "Pro"], 5), (["Novice", "Pro", "Guru"], 3), (["Pro", "Guru"], 1), ([*"abcde", "Pro"], 5)],
)
def test_levels_in_own_words(read: Read, name: str, scale: list[str], level: int) -> None:
    text = "id,role,offers,seeks\nm,mentor,Python: Pro;Excel,\ne,mentee,,Python\n"
    mentor = read(text, scales={name: scale}).participants[0]
    assert mentor.offers == {"Python": level, "Excel": 3}


@pytest.mark.parametrize(
    ("scales", "told"),
    [
        ({"grad": SCALE}, "no such column to put on a scale; did you mean 'grade'?"),
        ({"grade": ["AO"]}, "no scale; right would be two words or more, each once, the lowest first"),
        (
            {"grade": ["AO", "HEO", "ao"]},
            "no scale; right would be two words or more, each once, the lowest first",
        ),
    ],
)
def test_faults_of_scales(read: Read, scales: dict[str, list[str]], told: str) -> None:
    with pytest.raises(CohortError) as caught:
        read(GRADES, scales=scales)
    assert told in [fault.message for fault in caught.value.faults]


def test_a_word_outside_the_scale_has_its_row(read: Read) -> None:
    with pytest.raises(CohortError) as caught:
        read(GRADES, scales={"grade": SCALE[:3]})
    assert [(fault.row, fault.column, fault.message) for fault in caught.value.faults] == [
        (3, "grade", "not a word of the scale; right would be ao, eo, heo")
    ]


def _offers(read: Read, cell: str) -> dict[str, int]:
    return read(f"id,role,offers,seeks\nm,mentor,{cell},\ne,mentee,,Python\n").participants[0].offers


@pytest.mark.parametrize(
    ("cell", "offers"),
    [
        (
            "Skill: Storytelling;Skill: Giving feedback:4",
            {"Skill: Storytelling": 3, "Skill: Giving feedback": 4},
        ),
        ("Adobe:Photoshop;Adobe:Illustrator", {"Adobe:Photoshop": 3, "Adobe:Illustrator": 3}),
        ("ISO:27001 audits: why;Python", {"ISO:27001 audits: why": 3, "Python": 3}),
        ("Python: 4;Excel :5", {"Python": 4, "Excel": 5}),
    ],
)
def test_a_colon_followed_by_no_number_belongs_to_the_name(
    read: Read, cell: str, offers: dict[str, int]
) -> None:
    assert _offers(read, cell) == offers


def test_a_colon_without_a_blank_is_told_of(read: Read) -> None:
    cohort = read("id,role,offers,seeks\nm,mentor,Adobe:Photoshop,\ne,mentee,,Adobe:Photoshop\n")
    assert [note.code for note in cohort.notes] == ["colon", "colon"]


@pytest.mark.parametrize("cell", ["Adobe:Photoshop;Python:4", "Python:high", "Python:good", "Python:9"])
def test_what_may_be_a_wrong_level_is_refused(read: Read, cell: str) -> None:
    with pytest.raises(CohortError):
        _offers(read, cell)


def test_records_have_the_same_colons() -> None:
    people = [
        {"id": "m", "role": "mentor", "offers": "Skill: Storytelling;Python: 4"},
        {"id": "e", "role": "mentee", "seeks": ["Skill: Storytelling"]},
    ]
    mentor, mentee = rm.Cohort.from_records(people).participants
    assert mentor.offers == {"Skill: Storytelling": 3, "Python": 4}
    assert mentee.seeks == {"Skill: Storytelling": 2}
    with pytest.raises(CohortError, match="a colon that belongs to the name has a blank behind it"):
        rm.Cohort.from_records([{**people[0], "offers": "Adobe:Photoshop"}, people[1]])
