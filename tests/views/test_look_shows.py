"""What ``look`` says of a file: columns, what nothing uses, what to type, and what is probably a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import reverse_match as rm
from reverse_match.views.look_table import look_view
from reverse_match.views.records.look import notebook
from reverse_match.views.text_table import Screen, screen_text

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = (
    "Respondent ID,Email Address,Are you a mentor or a mentee?,Which skills can you teach?,,,"
    '"Qu\'aimeriez-vous apprendre, et pourquoi, en quelques mots qui nous aident à vous connaître un peu mieux ?"\n'
    ",,Response,Excel,Python,Video,Open-Ended Response\n"
    "118,a@x.example,Mentor,Excel,Python,,\n"
    "119,b@x.example,Mentee,,,,Excel\n"
)
MISTAKEN = (
    "id,role,offers,seeks\na,mentor,Python;Excel,\nb,mentor,Python;Negotiation and Excel,\n"
    "c,mentee,,Pyhton\nd,mentee,,Negotiation\ne,mentee,,Negotiation;Python\n"
)


def look_at(text: str, folder: Path, **options: object) -> rm.Look:
    file = folder / "people.csv"
    file.write_text(text, encoding="utf-8")
    return rm.look(file, **options)


def on_terminal(seen: rm.Look, width: int, lang: str = "en") -> str:
    return screen_text(look_view(seen, lang), Screen(width, lang=lang))


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_long_question_does_not_widen_the_table(width: int, lang: str, tmp_path: Path) -> None:
    shown = on_terminal(look_at(SURVEY, tmp_path), width, lang)
    assert max(map(len, shown.splitlines())) <= width


def test_what_to_type_is_said_of_columns_that_nothing_uses(tmp_path: Path) -> None:
    seen = look_at(SURVEY, tmp_path)
    for shown in (on_terminal(seen, 120), notebook(seen).replace("&#x27;", "'").replace("&#39;", "'")):
        assert "--map 'Which skills can you teach?=offers'" in shown
        assert "--map 'column G=seeks'" in shown, "a heading that is long to type is named by its place"
        assert "Respondent ID" in shown
    assert (seen.people, seen.mentors, seen.mentees) == (2, 1, 1)


def test_what_is_told_to_be_typed_reads_the_file(tmp_path: Path) -> None:
    mapping = {"Which skills can you teach?": "offers", "column G": "seeks"}
    seen = look_at(SURVEY, tmp_path, mapping=mapping)
    cohort = rm.read_cohort(tmp_path / "people.csv", mapping=mapping)
    assert [set(person.offers) for person in cohort.participants] == [{"Excel", "Python"}, set()]
    assert set(cohort.participants[1].seeks) == {"Excel"}
    assert "Which skills can you teach? [3 options]" in on_terminal(seen, 120)
    assert "Probably meant" not in on_terminal(seen, 120)


def test_likely_mistakes_are_told_with_their_place_and_stop_nothing(tmp_path: Path) -> None:
    seen = look_at(MISTAKEN, tmp_path)
    assert [(one.row, one.column) for one in seen.mistakes] == [(4, "seeks"), (3, "offers")]
    assert seen.faults == ()
    assert "one letter away from 'Python'" in on_terminal(seen, 120)
    assert "Pyhton" not in on_terminal(seen, 120), "what somebody has written is not repeated"
    french = " ".join(on_terminal(seen, 200, "fr").split())
    assert "à une lettre de « Python », et lu comme tel" in french
    assert "un seul nom fait de plusieurs que d’autres écrivent séparément" in french


def test_nothing_in_common_is_a_likely_mistake(tmp_path: Path) -> None:
    seen = look_at("id,role,offers,seeks\na,mentor,Excel,\nb,mentee,,Video\n", tmp_path)
    assert [one.message[:31] for one in seen.mistakes] == ["no skill that somebody wants to"]


def test_what_is_said_of_many_columns_is_said_once(tmp_path: Path) -> None:
    days = ",".join(f"Free? [{day}]" for day in "ABCDEF")
    seen = look_at(f"id,role,{days}\na,mentor,-,-,-,N/A,x,-\nb,mentee,x,-,N/A,-,-,x\n", tmp_path)
    assert [str(note) for note in seen.notes] == [
        "people.csv: 9 answers such as 'N/A' count as not known, in 6 columns"
    ]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_guessed_encoding_is_told_and_can_be_said(lang: str, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("id,role,offers,seeks\na,mentor,Vidéo,\nb,mentee,,Vidéo\n".encode("mac_roman"))
    assert "--encoding cp1252" in on_terminal(rm.look(file), 200, lang)
    assert rm.look(file, encoding="mac_roman").notes == ()
    assert set(rm.read_cohort(file).participants[0].offers) == {"Vidéo"}
    with pytest.raises(rm.errors.CohortError, match="no encoding is called so"):
        rm.read_cohort(file, encoding="mac")
