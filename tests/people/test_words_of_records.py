"""Words in records and frames mean what they mean in a file; what was matched before still verifies."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest
from exports.non_answers import LEVEL_WORDS, NON_ANSWERS, PRIORITY_WORDS, ROLE_WORDS

import reverse_match as rm
from reverse_match.people.cohort import Source, cohort_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAKERS: dict[str, Callable[..., rm.Cohort]] = {
    "records": rm.Cohort.from_records,
    "pandas": lambda records, **said: rm.Cohort.from_frame(pd.DataFrame(records), **said),
    "polars": lambda records, **said: rm.Cohort.from_frame(pl.DataFrame(records), **said),
}


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Callable[..., rm.Cohort]:
    return MAKERS[request.param]


def pair(**mentor: Any) -> list[dict[str, Any]]:
    """Return a mentor who says something, and a mentee who says nothing."""
    return [
        {"id": "a", "role": "mentor", **mentor},
        {"id": "b", "role": "mentee", **dict.fromkeys(mentor)},
    ]


@pytest.mark.parametrize("word", NON_ANSWERS)
def test_an_answer_that_is_none_is_not_known(word: str, make: Callable[..., rm.Cohort]) -> None:
    said = {"gender": word, "age": word, "offers": f"Python:4;{word}", "goals": word, "tea": word}
    cohort = make(pair(**said))
    person = cohort.participants[0]
    assert (person.gender, person.age, person.offers, person.goals) == (None, None, {"Python": 4}, ())
    assert person.attributes["tea"] is None
    assert [note.code for note in cohort.notes] == ["non-answer"] * 5
    assert str(cohort.notes[0]).endswith("'gender': 1 answer such as 'N/A' counts as not known")
    kept = make(pair(gender=word, tea=word), answer=[word]).participants[0]
    assert (kept.gender, kept.attributes["tea"]) == (word.strip(), word.strip())


def test_what_is_no_answer_here_may_be_said(make: Callable[..., rm.Cohort]) -> None:
    assert make(pair(gender="Other")).participants[0].gender == "Other"
    assert make(pair(gender="Other"), non_answer=["other"]).participants[0].gender is None
    with pytest.raises(rm.errors.CohortError, match="non_answer: right would be a list of words"):
        make(pair(gender="Other"), non_answer="other")


@pytest.mark.parametrize("field", ["name", "email", "id"])
def test_what_people_are_called_is_never_an_answer_that_is_none(
    field: str, make: Callable[..., rm.Cohort]
) -> None:
    assert getattr(make(pair(**{field: "None"})[:1] + pair()[1:]).participants[0], field) == "None"


@pytest.mark.parametrize("word", ROLE_WORDS)
def test_roles_in_words(word: str, make: Callable[..., rm.Cohort]) -> None:
    people = [{"id": "a", "role": word}, {"id": "b", "role": "mentorée"}, {"id": "c", "role": "mentor"}]
    assert make(people).participants[0].role == ROLE_WORDS[word]


@pytest.mark.parametrize(("field", "words"), [("offers", LEVEL_WORDS), ("seeks", PRIORITY_WORDS)])
def test_levels_and_priorities_in_words(field: str, words: dict[str, int]) -> None:
    skills = {f"Skill{place}": word for place, word in enumerate(words)}
    for cell in (
        skills,
        [f"{skill}: {word}" for skill, word in skills.items()],
        ";".join(f"{skill} [{word}]" for skill, word in skills.items()),
    ):
        read = getattr(rm.Cohort.from_records(pair(**{field: cell})).participants[0], field)
        assert list(read.values()) == list(words.values())


def test_what_programs_pass_stays_as_it_is() -> None:
    """No cell is written over, commas separate nothing, and ids are the program's own."""
    records = pair(offers={"Python": "expert", "N/A": 3}, wants=["B"], gender="N/A", languages=["fr", "none"])
    before = json.dumps(records)
    cohort = rm.Cohort.from_records(records)
    assert json.dumps(records) == before
    assert (cohort.participants[0].offers, cohort.participants[0].languages) == ({"Python": 5}, ("fr",))
    ids = [{"id": "10.0", "role": "mentor", "offers": "Tea, coffee"}, {"id": "l\u00a0b", "role": "mentee"}]
    cohort = rm.Cohort.from_records(ids)
    assert [person.id for person in cohort.participants] == ["10.0", "l\u00a0b"]
    assert cohort.participants[0].offers == {"Tea, coffee": 3}


def test_managers_and_wishes_by_name_or_address(make: Callable[..., rm.Cohort]) -> None:
    people = [
        {"id": "1", "role": "mentor", "name": "Léa Martin", "email": "lea@x.org", "manager_id": "1", "avoids": None},
        {"id": "2", "role": "mentor", "name": "Tom Petit", "email": "", "manager_id": "NO_MANAGER", "avoids": None},
        {"id": "3", "role": "mentee", "name": "Ada Roux", "email": "", "manager_id": "MARTIN Léa", "avoids": "Tom Petit"},
        {"id": "4", "role": "mentee", "name": "Bob Noir", "email": "", "manager_id": "Lea@X.org", "avoids": "2;Zoé Vert"},
    ]  # fmt: skip
    cohort = make(people)
    assert [person.manager_id for person in cohort.participants] == [None, None, "1", "1"]
    assert [person.avoids for person in cohort.participants[2:]] == [("2",), ("2", "Zoé Vert")]
    assert [note.code for note in cohort.notes] == ["non-answer", "unknown-id"]
    people[1]["name"] = "Martin Lea"
    with pytest.raises(rm.errors.CohortError, match="row 3, column 'manager_id': names 2 people"):
        make(people)


def test_days_of_a_column_have_one_order(make: Callable[..., rm.Cohort]) -> None:
    born = ["03/04/1990", "05/28/1991"]
    people = [{"id": str(place), "role": "both", "birth_date": day} for place, day in enumerate(born)]
    assert [str(person.birth_date) for person in make(people).participants] == ["1990-03-04", "1991-05-28"]
    people[1]["birth_date"] = "05/06/1991"
    cohort = make(people)
    assert [str(person.birth_date) for person in cohort.participants] == ["1990-04-03", "1991-06-05"]
    (note,) = cohort.notes
    assert note.message == "the day is taken to stand first in dates, of which none is above 12"
    people[0]["birth_date"] = "soon"
    with pytest.raises(rm.errors.CohortError, match="row 1, column 'birth_date': not a date"):
        make(people)


def test_a_quota_of_mixed_duos_counts_no_undisclosed_gender(make: Callable[..., rm.Cohort]) -> None:
    people = [
        {"id": "m", "role": "mentor", "gender": "Prefer not to say"},
        {"id": "e", "role": "mentee", "gender": "F"},
    ]
    quota = {"kind": "share", "at_least": 0.5, "of": {"kind": "different", "field": "gender"}}
    policy = rm.Policy.from_data({"quotas": [quota]})
    with pytest.raises(rm.errors.InfeasibleError):
        rm.match(make(people), policy)
    assert len(rm.match(make(people, answer=["Prefer not to say"]), policy).duos) == 1


def test_who_joins_is_read_like_the_others() -> None:
    cohort = rm.Cohort.from_records(pair(name="Léa Martin"))
    joining = {
        "id": "c",
        "role": "Mentorée",
        "gender": "N/A",
        "manager_id": "Martin Léa",
        "avoids": "lea martin",
    }
    later = cohort.amended(join=[joining])
    person = later.participants[2]
    assert (person.role, person.gender, person.manager_id, person.avoids) == ("mentee", None, "a", ("a",))
    assert [note.code for note in later.notes] == ["non-answer"]
    as_it_is = rm.Participant(id="c", role="mentee", gender="N/A")
    assert cohort.amended(join=[as_it_is]).participants[2] == as_it_is


UNDISCLOSED = [
    {"id": "m1", "role": "mentor", "gender": "Prefer not to say", "offers": "Python:5;N/A"},
    {"id": "m2", "role": "mentor", "gender": "F", "offers": "Excel:5"},
    {"id": "e1", "role": "mentee", "gender": "F", "seeks": "Python"},
    {"id": "e2", "role": "mentee", "gender": "-", "seeks": "N/A"},
]


def as_version_0_1_read_them(records: list[dict[str, Any]], sha256: str | None = None) -> rm.Cohort:
    return cohort_of(records, {}, None, Source("records", tuple(range(1, len(records) + 1)), sha256))


def test_what_was_matched_before_words_had_a_meaning_still_verifies(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    headings = list(dict.fromkeys(key for record in UNDISCLOSED for key in record))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(UNDISCLOSED)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    before = as_version_0_1_read_them(UNDISCLOSED, sha256)
    stored = rm.Matching.from_json(rm.match(before).to_json())
    for now in (rm.read_cohort(path), rm.Cohort.from_records(UNDISCLOSED)):
        assert now.participants[0].gender is None
        assert now.sha256 != before.sha256
        rm.verify(stored, now)
        assert rm.attach(stored, now).explain("m1", "e1").contributions
        amended = rm.amend(stored, now, leave=["e2"])
        assert rm.verify(amended, now.with_digest(stored.digests.cohort).amended(leave=["e2"])) is None
        assert rm.match(now).digests.cohort == now.sha256
    changed = [{**UNDISCLOSED[0], "gender": "M"}, *UNDISCLOSED[1:]]
    with pytest.raises(rm.VerificationError, match="not the people that were matched"):
        rm.verify(stored, rm.Cohort.from_records(changed))


@pytest.mark.parametrize("field", ["offers", "seeks", "goals", "wants", "avoids", "languages", "age", "name"])
def test_a_frame_in_a_cell_is_a_fault(field: str) -> None:
    people = [{"id": "a", "role": "mentor", field: pd.DataFrame([[1, 2]])}, {"id": "b", "role": "mentee"}]
    with pytest.raises(rm.errors.CohortError, match=f"row 1, column '{field}'"):
        rm.Cohort.from_records(people)
