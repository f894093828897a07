"""What a reader of people files decides alone, what it asks, and what it says of both."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from exports.non_answers import (
    DOUBTFUL_LEVEL_WORDS,
    DOUBTFUL_ROLE_WORDS,
    LEVEL_WORDS,
    NEAR_MISSES,
    NON_ANSWERS,
    ONLY_WHERE_ASKED,
    PRIORITY_WORDS,
    ROLE_WORDS,
)

import reverse_match as rm

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = (
    "id", "role", "name", "email", "offers", "seeks", "goals", "gender", "department", "location",
    "languages", "capacity", "manager_id", "birth_date", "timezone",
)  # fmt: skip


def write(directory: Path, *people: dict[str, str], name: str = "people.csv") -> Path:
    headings = list(dict.fromkeys(key for person in people for key in person))
    path = directory / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(people)
    return path


def value(person: rm.Participant, field: str) -> Any:
    return getattr(person, field, person.attributes.get(field))


def faults(path: Path | None, **options: Any) -> list[str]:
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.read_cohort(path, **options)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("word", NON_ANSWERS)
def test_an_answer_that_is_none_is_not_known_and_counted(word: str, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"id": "a", "role": "mentor", "gender": word, "offers": "Python:4", "level of tea": word},
        {"id": "b", "role": "mentee", "gender": "F", "offers": word, "level of tea": "much"},
    )
    cohort = rm.read_cohort(path)
    first, second = cohort.participants
    assert (first.gender, second.gender) == (None, "F")
    assert (first.offers, second.offers) == ({"Python": 4}, {})
    assert first.attributes["level of tea"] is None
    assert [note.code for note in cohort.notes] == ["non-answer"] * 3
    assert rm.read_cohort(path, answer=[word]).participants[0].gender == word


@pytest.mark.parametrize("miss", NEAR_MISSES, ids=[f"{miss.field} {miss.cell}" for miss in NEAR_MISSES])
def test_what_only_looks_like_none_is_an_answer(miss: Any, tmp_path: Path) -> None:
    person = dict.fromkeys(HEADINGS, "")
    path = write(
        tmp_path,
        {**person, "id": "a", "role": "mentor", miss.field: miss.cell},
        {**person, "id": "b", "role": "mentee", "manager_id": ""},
    )
    assert value(rm.read_cohort(path).participants[0], miss.field) == miss.value


@pytest.mark.parametrize("word", ONLY_WHERE_ASKED)
def test_other_is_an_answer_until_somebody_says_that_it_is_none(word: str, tmp_path: Path) -> None:
    path = write(tmp_path, {"id": "a", "role": "mentor", "gender": word}, {"id": "b", "role": "mentee"})
    assert rm.read_cohort(path).participants[0].gender == word.strip()
    assert rm.read_cohort(path, non_answer=[word]).participants[0].gender is None


@pytest.mark.parametrize("word", ROLE_WORDS)
def test_a_word_for_a_role(word: str, tmp_path: Path) -> None:
    path = write(
        tmp_path, {"id": "a", "role": word}, {"id": "b", "role": "mentorée"}, {"id": "c", "role": "mentor"}
    )
    assert rm.read_cohort(path).participants[0].role == ROLE_WORDS[word]


@pytest.mark.parametrize("word", DOUBTFUL_ROLE_WORDS)
def test_a_word_that_may_be_either_role_is_asked_about_and_a_reading_answers(
    word: str, tmp_path: Path
) -> None:
    path = write(tmp_path, {"id": "a", "role": word}, {"id": "b", "role": "both"})
    assert faults(path) == [
        "people.csv, row 2, column 'role': unknown role; right would be mentor, mentee or both"
    ]
    reading = rm.Reading(words={"role": {word: "mentee"}})
    assert rm.read_cohort(path, reading=reading).participants[0].role == "mentee"


@pytest.mark.parametrize(("field", "words"), [("offers", LEVEL_WORDS), ("seeks", PRIORITY_WORDS)])
@pytest.mark.parametrize("form", ["{} [{}]", "{} ({})", "{}: {}", "{} : {}", "{}:{}"])
def test_words_for_levels_and_priorities(
    field: str, words: dict[str, int], form: str, tmp_path: Path
) -> None:
    cell = ";".join(form.format(f"Skill{place}", word) for place, word in enumerate(words))
    path = write(tmp_path, {"id": "a", "role": "both", field: cell}, {"id": "b", "role": "both"})
    read = value(rm.read_cohort(path).participants[0], field)
    assert list(read.values()) == list(words.values())


@pytest.mark.parametrize("word", DOUBTFUL_LEVEL_WORDS)
def test_a_word_that_scales_use_differently_is_asked_about(word: str, tmp_path: Path) -> None:
    path = write(
        tmp_path, {"id": "a", "role": "both", "offers": f"Tea ({word})"}, {"id": "b", "role": "both"}
    )
    assert faults(path) == [
        "people.csv, 'offers': holds words for levels that scales use differently; say what they mean in a "
        "reading ([words.offers]), or write numbers"
    ]
    reading = rm.Reading(words={"offers": {word: 5}})
    assert rm.read_cohort(path, reading=reading).participants[0].offers == {"Tea": 5}


def test_commas_separate_where_parts_return(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"id": "a", "role": "mentor", "offers": "Python, Art (visual arts, music)"},
        {"id": "b", "role": "mentee", "offers": "Excel, Python"},
    )
    cohort = rm.read_cohort(path)
    assert cohort.participants[0].offers == {"Python": 3, "Art (visual arts, music)": 3}
    assert [note.code for note in cohort.notes] == ["separator"]


def test_commas_are_asked_about_where_nothing_returns(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"id": "a", "role": "mentor", "offers": "Diversity, equity and inclusion"},
        {"id": "b", "role": "mentee", "offers": "Python"},
    )
    assert faults(path) == [
        "people.csv, 'offers': do commas separate names here? no part returns in another cell; "
        "--separator 'offers=, ' if each part is a name, --separator 'offers=;' if a cell is one"
    ]
    one = rm.read_cohort(path, separator={"offers": ";"}).participants[0].offers
    assert one == {"Diversity, equity and inclusion": 3}
    two = rm.read_cohort(path, separator={"offers": ", "}).participants[0].offers
    assert two == {"Diversity": 3, "equity and inclusion": 3}


def test_days_that_can_be_months_are_asked_about(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "role": "mentor", "birth_date": "03/04/1990"},
        {"id": "b", "role": "mentee", "birth_date": ""},
    ]
    path = write(tmp_path, *rows)
    assert faults(path) == [
        "people.csv, 'birth_date': day or month first? no day of this column is above 12; say it with "
        "--dates day-first or --dates month-first"
    ]
    for order, day in (("day-first", "1990-04-03"), ("month-first", "1990-03-04")):
        assert str(rm.read_cohort(path, dates=order).participants[0].birth_date) == day
    path = write(tmp_path, rows[0], {**rows[1], "birth_date": "04/28/1991"})
    assert str(rm.read_cohort(path).participants[0].birth_date) == "1990-03-04"


def test_the_same_person_twice_is_a_fault_that_offers_the_latest_answer(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"id": "a", "role": "mentor", "sent": "9/13/2026 9:05:00", "offers": "Tea"},
        {"id": "a", "role": "mentor", "sent": "9/13/2026 14:05:00", "offers": "Coffee"},
        {"id": "b", "role": "mentee", "sent": "9/14/2026 9:05:00", "offers": ""},
    )
    assert faults(path) == [
        "people.csv, row 3, column 'id': the same id as in row 2, after Unicode normalisation; ids must be "
        "unique. If somebody has answered twice, say which column tells when: --latest-by 'HEADING'"
    ]
    cohort = rm.read_cohort(path, latest_by="sent")
    assert [(person.id, list(person.offers)) for person in cohort.participants] == [
        ("a", ["Coffee"]),
        ("b", []),
    ]


def test_files_of_roles_unite_people_and_tell_contradictions(tmp_path: Path) -> None:
    mentors = write(tmp_path, {"id": "a", "offers": "Tea:5", "gender": "Femme", "grade": "3"}, name="m.csv")
    one = {"id": "a", "seeks": "Python", "gender": "female", "grade": "3"}
    mentees = write(tmp_path, one, {**one, "id": "b"}, name="n.csv")
    cohort = rm.read_cohort(mentors=mentors, mentees=mentees)
    assert [(person.id, person.role) for person in cohort.participants] == [("a", "both"), ("b", "mentee")]
    assert cohort.participants[0].gender == "Femme"
    mentees = write(tmp_path, {**one, "grade": "4"}, name="n.csv")
    assert faults(None, mentors=[mentors], mentees=[mentees]) == [
        "n.csv, row 2, column 'grade': says something else than row 2 of m.csv of the same person; correct one "
        "of the two"
    ]


def test_a_fault_of_several_files_names_its_own_file_and_row(tmp_path: Path) -> None:
    mentors = write(tmp_path, {"id": "a", "Date of birth": "1990-01-01"}, name="m.csv")
    mentees = write(tmp_path, {"id": "b", "Date of birth": "last spring"}, name="n.csv")
    assert faults(None, mentors=mentors, mentees=mentees) == [
        "n.csv, row 2, column 'Date of birth': not a date; right would be year-month-day such as 1980-12-31, or "
        "day/month/year"
    ]


@pytest.mark.parametrize("manager", ["Lea Martin", "MARTIN Léa", "Martin, Léa", "LEA@maison.example", "0a1"])
def test_a_manager_by_whatever_names_them(manager: str, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {
            "id": "0a1",
            "role": "mentor",
            "name": "Léa Martin",
            "email": "lea@maison.example",
            "manager_id": "",
        },
        {"id": "b", "role": "mentee", "name": "Tom Petit", "email": "", "manager_id": manager},
    )
    assert rm.read_cohort(path).participants[1].manager_id == "0a1"


def test_managers_who_are_oneself_nobody_or_two(tmp_path: Path) -> None:
    people = [
        {"id": "a", "role": "mentor", "name": "Léa Martin", "manager_id": "a"},
        {"id": "b", "role": "mentee", "name": "Tom Petit", "manager_id": "Zoé Garnier"},
    ]
    cohort = rm.read_cohort(write(tmp_path, *people))
    assert [person.manager_id for person in cohort.participants] == [None, "Zoé Garnier"]
    assert [str(note) for note in cohort.notes] == [
        "people.csv, 'manager_id': 1 cell in which the manager is nobody in the file; no rule about reporting "
        "lines can protect them"
    ]
    people += [{"id": "c", "role": "mentee", "name": "Lea Martin", "manager_id": "Martin Lea"}]
    assert faults(write(tmp_path, *people)) == [
        "people.csv, row 4, column 'manager_id': names 2 people of the file; write the id instead"
    ]


WAYS_TO_NAME_TWO = [
    "0a1;0a2", "0a1, 0a2", "0a1 et 0a2", "Léa Martin, Tom Petit", "MARTIN Léa;PETIT Tom", "Lea Martin & Tom Petit",
    "LEA@maison.example;tom@Maison.example", "Léa <lea@maison.example>; Petit, Tom", "Martin, Léa\nTom Petit",
    "lea@maison.example, tom@maison.example", "Tom Petit (https://wiki.example/tom);0a1", "0a\u200b1;\ufeff0a2",
]  # fmt: skip


@pytest.mark.parametrize("field", ["wants", "avoids"])
@pytest.mark.parametrize("said", WAYS_TO_NAME_TWO)
def test_whom_somebody_wants_or_avoids_by_whatever_names_them(said: str, field: str, tmp_path: Path) -> None:
    none = {"name": "", "email": "", field: ""}
    path = write(
        tmp_path,
        {**none, "id": "0a1", "role": "mentor", "name": "Léa Martin", "email": "lea@maison.example"},
        {**none, "id": "0a2", "role": "mentor", "name": "Tom Petit", "email": "tom@maison.example"},
        {**none, "id": "b", "role": "mentee", field: said},
    )
    assert sorted(value(rm.read_cohort(path).participants[2], field)) == ["0a1", "0a2"]
    mentors = write(tmp_path, *({**none, "id": name} for name in ("0a1", "0a2", "c")), name="mentors.csv")
    mentees = write(tmp_path, {"id": "b", field: "0a1, 0a2"}, name="mentees.csv")
    assert value(rm.read_cohort(mentors=mentors, mentees=mentees).participants[-1], field) == ("0a1", "0a2")


def test_who_is_avoided_by_a_name_of_two_is_asked_about_and_of_none_counted(tmp_path: Path) -> None:
    people = [
        {"id": "1", "role": "mentor", "name": "Léa Martin", "À éviter": ""},
        {"id": "2", "role": "mentor", "name": "Lea Martin", "À éviter": ""},
        {"id": "3", "role": "mentee", "name": "Tom Petit", "À éviter": "Zoé Garnier, Max Hill;Martin, Léa"},
    ]
    assert faults(write(tmp_path, *people)) == [
        "people.csv, row 4, column 'À éviter': names 2 people of the file; write the id instead"
    ]
    people[1]["name"] = "Ada Roux"
    cohort = rm.read_cohort(write(tmp_path, *people))
    assert cohort.participants[2].avoids == ("Zoé Garnier, Max Hill", "1")
    assert [str(note) for note in cohort.notes] == [
        "people.csv, 'À éviter': nobody here is meant by 1 entry of 2; right would be ids, which are numbers here"
    ]
    people[2]["À éviter"] = "Tom Petit"
    assert faults(write(tmp_path, *people)) == [
        "people.csv, row 4, column 'À éviter': names the person's own id; right would be ids of other people"
    ]


def test_a_manager_who_is_nobody_is_noted_where_ids_are_not_made_so(tmp_path: Path) -> None:
    people = [{"id": "17", "role": "mentor", "manager_id": "Dupont"}, {"id": "18", "role": "mentee"}]
    assert len(rm.read_cohort(write(tmp_path, *people)).notes) == 1
    people[0]["manager_id"] = "99"
    assert rm.read_cohort(write(tmp_path, *people)).notes == ()


def test_strict_makes_notes_faults(tmp_path: Path) -> None:
    path = write(tmp_path, {"id": "a", "role": "mentor", "gender": "N/A"}, {"id": "b", "role": "mentee"})
    assert faults(path, strict=True) == ["people.csv, 'gender': 1 answer such as 'N/A' counts as not known"]


def test_what_is_no_reading_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reading.toml").write_text("[words.offers]\nsplendid = 9\n")
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.Reading.load(tmp_path / "reading.toml")
    assert str(caught.value) == (
        "reading.toml, words: words of offers mean something else; right would be 1, 2, 3, 4, 5"
    )
    (tmp_path / "reading.toml").write_text("id = \n")
    with pytest.raises(rm.errors.CohortError, match=r"reading\.toml: not valid TOML"):
        rm.Reading.load(tmp_path / "reading.toml")


def test_a_long_cell_takes_no_longer_than_its_length(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "role": "mentor", "offers": sign * 16_000} for sign in ('"', "(", "[", " (x", ":a", ",b")
    ]
    for row in rows:
        path = write(tmp_path, row, {"id": "b", "role": "mentee"})
        seen = rm.look(path)
        assert seen.people == 2


def test_addresses_as_ids_are_one_person_whatever_their_capitals(tmp_path: Path) -> None:
    people = [
        {"id": "Lea@maison.example", "role": "mentor", "manager_id": ""},
        {"id": "tom@maison.example", "role": "mentee", "manager_id": "LEA@maison.example"},
    ]
    read = rm.read_cohort(write(tmp_path, *people)).participants
    assert [(person.id, person.manager_id) for person in read] == [
        ("Lea@maison.example", None),
        ("tom@maison.example", "Lea@maison.example"),
    ]
    (fault,) = faults(write(tmp_path, people[0], {"id": "lea@maison.example", "role": "mentee"}))
    assert fault.startswith("people.csv, row 3, column 'id': the same id as in row 2")


@pytest.mark.parametrize("identity", ["0\u200b17", "\ufeff017", "01\u00a07", "017.0"])
def test_ids_are_read_without_what_nobody_sees(identity: str, tmp_path: Path) -> None:
    people = [{"id": identity, "role": "mentor"}, {"id": "b", "role": "mentee"}]
    cohort = rm.read_cohort(write(tmp_path, *people))
    assert cohort.participants[0].id == "017"
    assert [str(note) for note in cohort.notes] == [
        "people.csv, 'id': 1 cell read without characters that nobody sees, or without the decimals of a number"
    ]
    (fault,) = faults(write(tmp_path, *people, {"id": "017", "role": "mentee"}))
    assert fault.startswith("people.csv, row 4, column 'id': the same id as in row 2")


def test_ids_that_have_lost_their_digits_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, {"Matricule": "1,23E+11", "role": "mentor"}, {"Matricule": "b", "role": "mentee"})
    assert faults(path) == [
        "people.csv, row 2, column 'Matricule': a number such as 1.23E+11 that has lost its digits in a "
        "spreadsheet; export the file again with this column as text"
    ]


def test_numbers_that_are_priorities_or_ranks_are_asked_about(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"id": "a", "role": "mentee", "Want [Excel]": "1", "Want [Tea]": "2"},
        {"id": "b", "role": "mentor", "Want [Excel]": "2", "Want [Tea]": "1"},
    )
    assert faults(path, mapping={"Want": "seeks"}) == [
        "people.csv, 'Want': are these numbers priorities (3 is most wanted) or ranks (1 is most wanted)? name "
        "the question so that it says 'rank', or write priorities behind the skills; a reading can say it, too: "
        "[numbers]"
    ]
    for kind, seeks in (("ratings", {"Excel": 1, "Tea": 2}), ("ranks", {"Excel": 3, "Tea": 2})):
        reading = rm.Reading(mapping={"Want": "seeks"}, numbers={"Want": kind})
        assert rm.read_cohort(path, reading=reading).participants[0].seeks == seeks


def test_a_mark_that_nobody_knows_is_asked_about_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"id": "a", "role": "mentee", "Teach [Excel]": "secretly", "Teach [Tea]": "x"},
        {"id": "b", "role": "mentor", "Teach [Excel]": "secretly", "Teach [Tea]": ""},
    )
    assert faults(path, mapping={"Teach": "offers"}) == [
        "people.csv, row 2, column 'Teach [Excel]': neither a mark nor an answer that is known; right would be "
        "x, yes, no, a level from 1 to 5, a word for one, or the option itself"
    ]


def test_a_name_that_commas_would_tear_is_asked_about(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"id": "a", "role": "mentor", "offers": "Python, Diversity, equity and inclusion"},
        {"id": "b", "role": "mentee", "offers": "Diversity, equity and inclusion, Excel"},
        {"id": "c", "role": "mentee", "offers": "Python"},
    )
    assert faults(path) == [
        "people.csv, 'offers': commas separate names here, and one name may hold a comma, too; --separator "
        "'offers=, ' if each part is a name, --separator 'offers=;' if a cell is one"
    ]
