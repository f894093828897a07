"""A workbook with a sheet for each role is read like a file of each role, and says what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import reverse_match as rm
from reverse_match.errors import CohortError
from reverse_match.views.words.faults import note_in_words

if TYPE_CHECKING:
    from pathlib import Path

MENTORS = [["id", "offers"], ["m1", "Python:5"], ["b1", "Excel"]]
MENTEES = [["id", "seeks"], ["e1", "Python"], ["b1", "Python"]]


def workbook(file: Path, sheets: dict[str, list[list[str]]], hidden: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        page.sheet_state = "hidden" if title in hidden else "visible"
        for row in rows:
            page.append(row)
    book.save(file)
    return file


@pytest.mark.parametrize(
    "titles",
    [("Mentors", "Mentees"), ("MENTEES", "mentor"), ("Mentors", "Mentorés"), ("Marraines", "Mentoré(e)s")],
)
def test_sheets_that_a_role_names_are_read_together(titles: tuple[str, str], tmp_path: Path) -> None:
    sheets = [MENTEES, MENTORS] if titles[0].casefold() == "mentees" else [MENTORS, MENTEES]
    file = workbook(tmp_path / "people.xlsx", dict(zip(titles, sheets, strict=True)))
    cohort = rm.read_cohort(file)
    assert {person.id: person.role for person in cohort.participants} == {
        "m1": "mentor",
        "b1": "both",
        "e1": "mentee",
    }
    assert cohort.notes == ()
    said = rm.read_cohort(
        mentors=f"{file}#{titles[sheets.index(MENTORS)]}", mentees=f"{file}#{titles[sheets.index(MENTEES)]}"
    )
    assert {person.id: person for person in said.participants} == {
        person.id: person for person in cohort.participants
    }


def test_other_sheets_are_told_but_a_guide_and_hidden_ones(tmp_path: Path) -> None:
    more = {"Guide": [["Read this"]], "Lists": [["x"]], "Alumni": [["id"], ["a1"]], "2025": [["y"]]}
    file = workbook(
        tmp_path / "people.xlsx", {"Mentors": MENTORS, "Mentees": MENTEES, **more}, hidden=("Lists",)
    )
    (note,) = rm.read_cohort(file).notes
    assert str(note) == (
        "people.xlsx: people are read from the sheets that roles name; left out: 'Alumni', '2025'"
    )
    french = " ".join(note_in_words(str(note), "fr").split())
    assert french.endswith("nom d’un rôle ; feuilles ignorées : « Alumni », « 2025 »")
    assert [str(remark) for remark in rm.look(file).notes] == [str(note)]


def test_a_fault_names_the_sheet(tmp_path: Path) -> None:
    wrong = [["Matricule", "Âge"], ["e1", "5"]]
    file = workbook(tmp_path / "people.xlsx", {"Mentors": MENTORS, "Mentees": wrong})
    with pytest.raises(CohortError, match=r"people\.xlsx#Mentees, row 2, column 'Âge': impossible age"):
        rm.read_cohort(file)


def test_one_role_alone_leaves_open_which_sheet_is_meant(tmp_path: Path) -> None:
    file = workbook(tmp_path / "people.xlsx", {"Mentors": MENTORS, "People": MENTEES})
    with pytest.raises(CohortError, match="holds several sheets"):
        rm.read_cohort(file)


def test_what_forms_mark_as_required_is_a_usual_heading(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Matricule *,Role*,Can teach *\nm1,both,Python\n")
    (person,) = rm.read_cohort(file).participants
    assert (person.id, person.offers) == ("m1", {"Python": 3})
