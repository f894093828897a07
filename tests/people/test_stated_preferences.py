"""What people write about others in a form: which words are read, and which are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm
from reverse_match.errors import CohortError
from reverse_match.people.stated_preferences import MOST_PREFERENCES, preference_of, stated_preferences

if TYPE_CHECKING:
    from pathlib import Path

CELLS: list[tuple[Any, tuple[str, ...]]] = [
    ("gender=female:must", ("gender=female:must",)),
    ("genre = femme : obligatoire", ("genre=femme:must",)),
    ("gender=femme:Indispensable;gender=femme:must", ("gender=femme:must",)),
    ("location!=Lyon", ("location=Lyon:no",)),
    ("location<>Lyon:yes", ("location=Lyon:no",)),
    ("location ≠ Lyon : peut-être", ("location=Lyon:rather not",)),
    ("location!=Lyon:must", ("location=Lyon:must not",)),
    ("location!=Lyon:no", ("location=Lyon:yes",)),
    ("location=Lyon:jamais", ("location=Lyon:must not",)),
    ("location=same:no", ("location=same:no",)),
    ("site!=le mien", ("site=same:no",)),
    ("team=different:must", ("team=same:must not",)),
    ("languages=fr", ("languages=fr:yes",)),
    ("languages=fr|en : maybe", ("languages=fr|en:maybe",)),
    ("grade>=5;age<=40:non;age=25..35", ("grade=5..:yes", "age=..40:no", "age=25..35:yes")),
    ("years ≥ 2,5", ("years=2.5..:yes",)),
    ("unit=Level: two", ("unit=Level: two:yes",)),
    ("unit=Level: two: no", ("unit=Level: two:no",)),
    ("no preference", ()),
    ("gender = peu importe; languages=de:oui;", ("languages=de:yes",)),
    (None, ()),
    ([], ()),
    (["gender=female", {"field": "age", "at_least": 30, "answer": "must"}], ("gender=female:yes", "age=30..:must")),
    ({"field": "gender", "is": ["female", "non-binary"], "answer": "maybe"}, ("gender=female|non-binary:maybe",)),
    ([{"field": "location", "same": True, "answer": "must not"}], ("location=same:must not",)),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "kept"), CELLS)
def test_words_have_one_spelling(cell: Any, kept: tuple[str, ...]) -> None:
    assert stated_preferences(cell) == kept
    assert stated_preferences(list(kept)) == kept
    assert [preference_of(text).text for text in kept] == list(kept)
    person = rm.Participant(id="lea", role="mentor", prefers=cell)
    assert rm.Participant.model_validate(person.model_dump(mode="json")) == person
    assert ("prefers" in person.model_dump()) == bool(kept)


WRONG: list[tuple[Any, str]] = [
    ("female", "incomplete"),
    ("=female", "incomplete"),
    ("gender=", "incomplete"),
    ("gender=|", "incomplete"),
    ("location=same|Lyon", "contradictory"),
    ("gender=female:mustt", "unknown-value"),
    ("age>=forty", "not-a-number"),
    ("age>=1e3", "not-a-number"),
    ("age=9..3", "out-of-order"),
    ("gender=female:must;Gender=Female:must not", "contradictory"),
    ([{"field": "gender", "value": "female"}], "incomplete"),
    ([{"field": "gender", "is": "female", "answer": "sure"}], "incomplete"),
    ([{"is": "female"}], "incomplete"),
    ([3], "wrong-type"),
    (3, "wrong-type"),
    (";".join(f"unit={place}" for place in range(MOST_PREFERENCES + 1)), "too-long"),
]


@pytest.mark.parametrize(("cell", "code"), WRONG)
def test_what_is_no_preference_is_a_fault(cell: Any, code: str) -> None:
    with pytest.raises(CohortError) as error:
        rm.Participant(id="lea", role="mentor", prefers=cell)
    assert [(fault.column, fault.code) for fault in error.value.faults] == [("prefers", code)]
    told = error.value.faults[0].message.replace("gender=female", "").replace('"female", "answer"', "")
    assert "female" not in told


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("prefers", "prefers"),
        ("Partner preferences", "prefers"),
        ("Profil souhaité", "prefers"),
        ("What matters most to me", "priority"),
        ("Ce qui compte le plus pour vous", "priority"),
        ("Critère prioritaire", "priority"),
    ],
)
def test_a_form_may_call_it_otherwise(tmp_path: Path, heading: str, field: str) -> None:
    file = tmp_path / "people.csv"
    cell = "Genre = Femme : obligatoire" if field == "prefers" else "skills"
    file.write_text(f'id,role,"{heading}"\nlea,mentor,"{cell}"\nada,mentee,Prefer not to say\n', "utf-8")
    lea, ada = rm.read_cohort(file).participants
    found = lea.prefers if field == "prefers" else lea.attributes.get("priority")
    assert found == (("Genre=Femme:must",) if field == "prefers" else "skills")
    assert (ada.prefers, ada.attributes.get("priority")) == ((), None)
    assert rm.look(file).reading.mapping[heading] == field


FORM = """Staff number,Role,"Your partner? [A woman]","Your partner? [At my site]","Your partner? [French]",Gender,Site
1,mentor,yes,no,,female,Lyon
2,mentee,Obligatoire,Maybe,N/A,male,Paris
3,mentee,0,never,x,female,Lyon
"""
ASKED = {
    "Staff number": "id",
    "Your partner? [A woman]": "prefers:gender=female",
    "Your partner? [At my site]": "prefers:location=same",
    "Your partner? [French]": "prefers:languages=fr",
}


def test_a_form_asks_one_question_a_value(tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    file.write_text(FORM, "utf-8")
    cohort = rm.read_cohort(file, mapping=ASKED)
    assert [person.prefers for person in cohort.participants] == [
        ("gender=female:yes", "location=same:no"),
        ("gender=female:must", "location=same:maybe"),
        ("location=same:must not", "languages=fr:yes"),
    ]
    assert [note.code for note in cohort.notes] == ["non-answer"]
    seen = rm.look(file, mapping=ASKED)
    assert seen.faults == ()
    assert rm.read_cohort(file, reading=seen.reading).participants == cohort.participants
    file.write_text(FORM.replace("Obligatoire", "perhaps so"), "utf-8")
    with pytest.raises(CohortError) as error:
        rm.read_cohort(file, mapping=ASKED)
    assert [(fault.row, fault.code) for fault in error.value.faults] == [(3, "unknown-value")]


def test_who_stands_in_two_files_has_said_both(tmp_path: Path) -> None:
    for name, said in (("mentors", "age>=30"), ("mentees", "age>=30;gender=female:must")):
        rows = f"1,{said}\n{'2' if name == 'mentors' else '3'},\n"
        (tmp_path / f"{name}.csv").write_text(f"id,prefers\n{rows}", "utf-8")
    cohort = rm.read_cohort(mentors=tmp_path / "mentors.csv", mentees=tmp_path / "mentees.csv")
    one = next(person for person in cohort.participants if person.id == "1")
    assert (one.role, one.prefers) == ("both", ("age=30..:yes", "gender=female:must"))


def test_an_empty_column_changes_no_digest() -> None:
    plain = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    more = [{**one, "prefers": "", "wants_ranks": None} for one in plain]
    assert rm.Cohort.from_records(more).sha256 == rm.Cohort.from_records(plain).sha256
    said = [{**one, "prefers": "grade>=3"} for one in plain]
    assert rm.Cohort.from_records(said).sha256 != rm.Cohort.from_records(plain).sha256
