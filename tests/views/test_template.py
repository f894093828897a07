"""Workbooks to fill in: as somebody fills them in, they read back without a word, in both languages."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.foundation.dates import known_zones
from reverse_match.people.headings import PEOPLE
from reverse_match.people.participant import Participant
from reverse_match.programme.feedback.columns import FORM, is_shown_beside
from reverse_match.programme.feedback.record import FeedbackRecord
from reverse_match.views.cli.main import app
from reverse_match.views.spreadsheet.people_template import _ZONES

if TYPE_CHECKING:
    from pathlib import Path

LANGS = ("en", "fr")
TITLES = {"en": ["Mentors", "Mentees", "Guide"], "fr": ["Mentors", "Mentorés", "Mode d’emploi"]}
LEA: dict[str, Any] = {
    "id": "00417", "first_name": "Léa", "last_name": "Martin", "email": "lea@maison.example",
    "offers": "Python:4; Excel:3", "seeks": "Négociation", "goals": "innovation; vendre", "birth_year": 1999,
    "gender": "femme", "department": "Groupe/Ventes", "location": "Lyon", "grade": 3, "manager_id": "00120",
    "languages": "fr; en", "timezone": "Europe/Paris", "available": "Mon 9-12; Thu 14:00-17:30", "capacity": 2, "wants": "00503", "avoids": "00502",
    "prefers": "genre=femme:oui; lieu!=Lyon:obligatoire", "priority": "skills",
}  # fmt: skip
BOTH: dict[str, Any] = {"id": "=00419", "first_name": "Zoé", "offers": "TikTok:5", "seeks": "Finance:2"}
MARC: dict[str, Any] = {
    "id": "00502", "last_name": "Noir", "offers": "Finance:5", "seeks": "Python:3; TikTok",
    "manager_id": "Ada Roux", "birth_year": 1970,
}  # fmt: skip
ADA: dict[str, Any] = {"id": "00503", "first_name": "Ada", "last_name": "Roux", "seeks": "Excel:1"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result


def small_matching() -> rm.Matching:
    return rm.match(rm.Cohort.from_records([{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}]))


def field_of(heading: str) -> str:
    """Return what the reading takes a heading for."""
    return PEOPLE.columns_of([heading], {}, "")[heading]


def type_in(file: Path, sheet: int, people: list[dict[str, Any]]) -> None:
    """Type people into a sheet of a template, as in a spreadsheet: into the column of each field."""
    book = openpyxl.load_workbook(file)
    page = book.worksheets[sheet]
    places = {field_of(cell.value): cell.column for cell in page[1]}
    for row, person in enumerate(people, start=page.max_row + 1):
        for name, value in person.items():
            cell = page.cell(row, places[name], value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(file)


@pytest.fixture
def filled(request: pytest.FixtureRequest, folder: Path) -> Path:
    lang = getattr(request, "param", "fr")
    run("template", "people.xlsx", "--lang", lang)
    type_in(folder / "people.xlsx", 0, [LEA, BOTH])
    type_in(folder / "people.xlsx", 1, [MARC, BOTH, ADA])
    return folder / "people.xlsx"


@pytest.mark.parametrize(("filled", "lang"), [(lang, lang) for lang in LANGS], indirect=["filled"])
def test_a_filled_in_template_reads_back_without_a_word(filled: Path, lang: str) -> None:
    cohort = rm.read_cohort(filled, strict=True)
    assert cohort.notes == ()
    found = {person.id: person for person in cohort.participants}
    assert {one: person.role for one, person in found.items()} == {
        "00417": "mentor",
        "=00419": "both",
        "00502": "mentee",
        "00503": "mentee",
    }
    assert found["00417"] == Participant(
        id="00417",
        role="mentor",
        name="Léa Martin",
        **{name: value for name, value in LEA.items() if name not in ("id", "first_name", "last_name")},
    )
    assert found["00502"].manager_id == "00503"
    assert found["=00419"].seeks == {"Finance": 2}
    mentors, mentees = (f"{filled}#{title}" for title in TITLES[lang][:2])
    assert rm.read_cohort(mentors=mentors, mentees=mentees, strict=True).sha256 == cohort.sha256
    seen = rm.look(filled)
    assert (seen.people, seen.mentors, seen.mentees, seen.notes, seen.faults) == (4, 2, 3, (), ())


@pytest.mark.parametrize("lang", LANGS)
def test_a_template_helps_whoever_fills_it_in(folder: Path, lang: str) -> None:
    rm.write_template(folder / "people.xlsx", lang=lang)
    book = openpyxl.load_workbook(folder / "people.xlsx")
    assert [page.title for page in book if page.sheet_state == "visible"] == TITLES[lang]
    for page in book.worksheets[:2]:
        headings = [cell.value for cell in page[1]]
        fields = list(map(field_of, headings))
        assert len({*fields}) == len(fields)
        assert {*fields} == {*LEA}
        assert [field for field, heading in zip(fields, headings, strict=True) if heading.endswith("*")] == [
            "id",
            "offers" if page.title == "Mentors" else "seeks",
        ]
        assert all(cell.comment is not None and cell.comment.text for cell in page[1])
        assert page.freeze_panes == "D2"
        letters = dict(zip(fields, (cell.column_letter for cell in page[1]), strict=True))
        for field in ("id", "manager_id", "wants", "avoids"):
            assert page.column_dimensions[letters[field]].number_format == "@"
        offered = {
            str(one.sqref).rstrip("0123456789").split("2:")[0]: one
            for one in page.data_validations.dataValidation
        }
        assert {*offered} == {
            letters[name] for name in ("birth_year", "gender", "grade", "timezone", "capacity")
        }
        assert offered[letters["timezone"]].formula1.endswith(f"!$A$1:$A${len(_ZONES)}")
        assert page.max_row == 1
    guide = [[cell.value for cell in row] for row in book.worksheets[2].iter_rows()]
    assert any("reverse-match look people.xlsx" in str(row[0]) for row in guide)
    assert any("00417" in row for row in guide)


def test_offered_time_zones_exist() -> None:
    assert {*_ZONES} <= known_zones()


@pytest.mark.parametrize("lang", LANGS)
def test_examples_of_the_guide_are_right(folder: Path, lang: str) -> None:
    """Typed into the sheets, the examples are two people that can be read."""
    rm.write_template(folder / "people.xlsx", lang=lang)
    guide = openpyxl.load_workbook(folder / "people.xlsx").worksheets[2]
    rows = [[cell.value for cell in row] for row in guide.iter_rows()]
    first = next(place for place, row in enumerate(rows) if row[0] in ("Employee ID", "Matricule"))
    for sheet, example in ((0, 2), (1, 3)):
        person = {field_of(row[0]): row[example] for row in rows[first:] if row[example]}
        person.pop("avoids", None)  # somebody who stands on neither sheet of so short a list
        type_in(folder / "people.xlsx", sheet, [person])
    cohort = rm.read_cohort(folder / "people.xlsx", strict=True)
    assert [person.id for person in cohort.participants] == ["00417", "00503"]
    assert len(rm.match(cohort).duos) == 1


def test_an_unfilled_template_says_that_it_is_empty(folder: Path) -> None:
    run("template", "people.xlsx")
    for command in ("match", "look"):
        result = run(command, "people.xlsx", code=2)
        assert "empty; at least one mentor and one mentee are needed" in result.output
    type_in(folder / "people.xlsx", 0, [LEA])
    assert "no mentee; at least one person" in run("match", "people.xlsx", code=2).stderr


def test_the_same_template_has_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rm.write_template("people.xlsx")
    first = (folder / "people.xlsx").read_bytes()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    (folder / "people.xlsx").unlink()
    rm.write_template("people.xlsx")
    assert (folder / "people.xlsx").read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("people.csv",), "right would be .xlsx"),
        (("people.xlsx", "--people", "x.csv"), "go together with --matching"),
        (("Feedback.xlsx",), "asks the duos of a matching; say which: --matching matching.json"),
        (("there.xlsx",), "is there already, and may be filled in; right would be another name"),
        (("form.json", "--matching", "m.json"), "right would be .xlsx or .csv"),
        (("m.json", "--matching", "m.json"), "named for two things"),
    ],
)
def test_what_is_no_template_is_told(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    (folder / "there.xlsx").write_bytes(b"filled in")
    (folder / "m.json").write_text(small_matching().to_json())
    result = run("template", *arguments, code=2)
    assert told in " ".join(result.stderr.replace("│", " ").split())
    assert (folder / "there.xlsx").read_bytes() == b"filled in"


ANSWERS = {
    "en": {"objective": "partly", "skill_used": "yes", "format": "other channel", "wish": "continue"},
    "fr": {"objective": "en partie", "skill_used": "oui", "format": "autre canal", "wish": "continuer"},
}


def answer_field(heading: str) -> str:
    return FORM.columns_of([heading], {}, "")[heading]


@pytest.mark.parametrize(("filled", "lang"), [(lang, lang) for lang in LANGS], indirect=["filled"])
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_form_asks_each_person_of_each_duo_and_reads_back(filled: Path, lang: str, ending: str) -> None:
    if ending == ".csv":  # where an id that a spreadsheet would run cannot stand
        both = {**BOTH, "id": "00419"}
        filled.unlink()
        rm.write_template(filled, lang=lang)
        type_in(filled, 0, [LEA, both])
        type_in(filled, 1, [MARC, both, ADA])
    matching = rm.match(rm.read_cohort(filled))
    (filled.parent / "m.json").write_text(matching.to_json())
    form = filled.parent / f"form{ending}"
    arguments = ("--matching", "m.json", "--people", "people.xlsx", "--on", "2026-11-30", "--lang", lang)
    told = run("template", form.name, *arguments)
    assert f"{2 * len(matching.duos)}" in told.stdout
    rows = cells_of(form)
    asked = [
        {answer_field(heading): cell for heading, cell in zip(rows[0], row, strict=True)} for row in rows[1:]
    ]
    who = [
        (one["mentor"], one["mentee"], one["by"].startswith("mentor") and "é" not in one["by"])
        for one in asked
    ]
    assert {(mentor, mentee) for mentor, mentee, _ in who} == {
        (duo.mentor, duo.mentee) for duo in matching.duos
    }
    assert len({str(one) for one in who}) == len(who) == 2 * len(matching.duos)
    assert {*map(is_shown_beside, rows[0])} == {True, False}
    assert any("Léa Martin" in row for row in rows)
    with pytest.raises(rm.errors.FeedbackError, match="nobody has answered yet"):
        rm.read_feedback(form)
    fill_form(form, ANSWERS[lang])
    feedback = rm.read_feedback(form)
    (answer,) = feedback.records
    assert (answer.objective, answer.skill_used, answer.format, answer.wish) == (
        "partly",
        "yes",
        "other channel",
        "continue",
    )
    assert (answer.satisfaction, answer.hours_saved, answer.acquired) == (4, 1.5, ("Excel", "2030"))
    assert (answer.comment, f"{answer.on}") == ("2027", "2026-11-30")
    feedback.refuse_strangers(matching.duos)
    assert {*FeedbackRecord.model_fields} - {"own"} == {
        answer_field(heading) for heading in rows[0] if not is_shown_beside(heading)
    }


def cells_of(form: Path) -> list[list[Any]]:
    if form.suffix == ".xlsx":
        page = openpyxl.load_workbook(form).worksheets[0]
        return [[cell.value for cell in row] for row in page.iter_rows()]
    text = form.read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.split("\n")[0] else ","))


def fill_form(form: Path, answers: dict[str, str]) -> None:
    """Answer in the last row, numbers as a spreadsheet has them."""
    said: dict[str, Any] = {
        **answers,
        "satisfaction": 4,
        "hours_saved": 1.5,
        "acquired": "Excel;2030",
        "comment": 2027,
    }
    rows = cells_of(form)
    places = {answer_field(heading): place for place, heading in enumerate(rows[0])}
    if form.suffix == ".xlsx":
        book = openpyxl.load_workbook(form)
        page = book.worksheets[0]
        for name, value in said.items():
            page.cell(len(rows), places[name] + 1).value = value
        book.save(form)
        return
    for name, value in said.items():
        rows[-1][places[name]] = (
            str(value).replace(".", ",") if ";" in form.read_text("utf-8-sig") else str(value)
        )
    text = io.StringIO()
    csv.writer(text, delimiter=";" if ";" in form.read_text("utf-8-sig").split("\n")[0] else ",").writerows(
        rows
    )
    form.write_text(text.getvalue(), "utf-8-sig")


def test_a_form_of_a_workbook_offers_the_words_that_are_understood(folder: Path) -> None:
    matching = rm.match(
        rm.Cohort.from_records([{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}])
    )
    for lang in LANGS:
        form = folder / f"form-{lang}.xlsx"
        rm.write_template(form, matching=matching, on="2026-11-30", lang=lang)
        page = openpyxl.load_workbook(form).worksheets[0]
        fields = {cell.column_letter: answer_field(cell.value) for cell in page[1]}
        lists = {
            fields[str(one.sqref).split("2:")[0]]: one.formula1.strip('"').split(",")
            for one in page.data_validations.dataValidation
            if one.type == "list"
        }
        assert {*lists} == {"objective", "skill_used", "format", "wish"}
        for name, words in lists.items():
            base = {"mentor": "a", "mentee": "b", "on": "2026-11-30", "by": "mentor"}
            meant = [getattr(FeedbackRecord(**{**base, name: word}), name) for word in words]
            assert len({*meant}) == len(words)
            assert None not in meant
        assert [page.cell(2, place).value for place in (2, 3)] == ["a", "b"]


def test_an_id_that_csv_cannot_hold_safely_is_refused(folder: Path) -> None:
    matching = rm.match(
        rm.Cohort.from_records([{"id": "=1+1", "role": "mentor"}, {"id": "b", "role": "mentee"}])
    )
    with pytest.raises(rm.InputError, match="would not give the same ids back; right would be to write"):
        rm.write_template(folder / "form.csv", matching=matching)
    rm.write_template(folder / "form.xlsx", matching=matching, on="2026-11-30")
    cell = openpyxl.load_workbook(folder / "form.xlsx").worksheets[0]["B2"]
    assert (cell.value, cell.data_type, cell.number_format, cell.quotePrefix) == ("=1+1", "s", "@", True)


def test_without_openpyxl_the_extra_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reverse_match.foundation.optional.is_installed", lambda _: False)
    assert "pip install '.[excel]'" in run("template", "people.xlsx", code=1).stderr
    assert not (folder / "people.xlsx").exists()
