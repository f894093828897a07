"""Each shape of file has the quirks that it is to have, as plain readers see them, and says who is in it."""

from __future__ import annotations

import contextlib
import copy
import csv
import io
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import openpyxl  # type: ignore[import-untyped]
import pandas as pd  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reverse_match as rm
from exports.clean import DOUBTFUL_SKILL, FIELDS, SKILLS, clean_cohorts, clean_people, with_doubtful_skill
from exports.everyday_files import INVISIBLE, WITHDRAWN
from exports.export import differences, misreadings, one_line
from exports.non_answers import (
    DOUBTFUL_LEVEL_WORDS,
    LEVEL_WORDS,
    NEAR_MISSES,
    NON_ANSWERS,
    ONLY_WHERE_ASKED,
    PRIORITY_WORDS,
    ROLE_WORDS,
)
from exports.shapes import BY_SOURCE, SHAPES, write_all
from exports.survey_forms import OLDER_GOAL, TRIAL
from exports.wording import EN, FR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.clean import Record
    from exports.export import Export

PEOPLE = clean_people()
SEEDS = range(8)

Rows = list[list[str]]


@pytest.fixture
def each(tmp_path: Path) -> Any:
    """Write a shape of the clean people several times, since it is drawn what it is like."""

    def exports(name: str, times: int = len(SEEDS)) -> Iterator[Export]:
        for seed in SEEDS[:times]:
            directory = tmp_path / name / str(seed)
            directory.mkdir(parents=True)
            yield SHAPES[name](PEOPLE, directory, Random(seed))

    return exports


def text_of(path: Path) -> str:
    """Return a text in whatever encoding it is."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\r" in data and b"\n" not in data:
        return data.decode("mac_roman")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def rows_in(path: Path, separator: str) -> Rows:
    return list(csv.reader(io.StringIO(text_of(path), newline=""), delimiter=separator, strict=True))


def separator_of(path: Path) -> str:
    """Return what stands between columns: whatever cuts every line into the same number of cells."""
    text = text_of(path)
    for separator in ("\t", "|", ";", ","):
        stream = io.StringIO(text, newline="")
        lines = list(csv.reader(stream, delimiter=separator, skipinitialspace=True))
        if len(lines[-1]) > 1 and len({len(line) for line in lines if line}) == 1:
            return separator
    pytest.fail(f"{path.name} has no separator")


def table(path: Path) -> Rows:
    return rows_in(path, separator_of(path))


def only(export: Export) -> Path:
    (path,) = export.paths
    return path


def cells_of(path: Path) -> list[tuple[Any, ...]]:
    sheet: Any = openpyxl.load_workbook(path).active
    return list(sheet.iter_rows(values_only=True))


def column(rows: Rows, heading: str) -> list[str]:
    place = [one_line(cell) for cell in rows[0]].index(one_line(heading))
    return [row[place] for row in rows[1:]]


FORMS_OF_TIME = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%Y/%m/%d %I:%M:%S %p", "%d/%m/%Y %H:%M:%S")


def moments_of(cells: list[str]) -> list[datetime]:
    """Return moments in the only form in which all of them can be read."""
    found = []
    for form in FORMS_OF_TIME:
        with contextlib.suppress(ValueError):
            found.append([datetime.strptime(cell, form) for cell in cells])
    (moments,) = found
    return moments


def by_role(export: Export, role: str) -> Rows:
    return table(Path(str(export.files[role])))


# Every shape


@pytest.mark.parametrize("name", SHAPES)
def test_whoever_comes_out_is_a_cohort(name: str, each: Any) -> None:
    for export in each(name, 2):
        records = export.expected(PEOPLE)
        cohort = rm.Cohort.from_records(records)
        assert len(cohort.participants) == len(PEOPLE)
        assert {*records[0]} - {"manager_id"} <= export.carries | {"id", "role"}
        assert export.loses.isdisjoint(export.carries)
        assert export.tool
        assert (export.outcome == "read") == (not export.about)


@pytest.mark.parametrize("name", SHAPES)
def test_a_cohort_agrees_with_itself_and_not_with_another(name: str, each: Any) -> None:
    for export in each(name, 2):
        records = export.expected(PEOPLE)
        people = [Person(record) for record in records]
        assert differences(people, records, export) == []
        people[3].role = "both" if people[3].role == "mentor" else "mentor"
        assert len(differences(people, records, export)) == 1
        assert len(differences(people[1:], records, export)) == 2


class Person:
    """Stands for a participant that has a name and an address."""

    id: str
    role: str

    def __init__(self, record: Record) -> None:
        defaults = {"offers": {}, "seeks": {}, "goals": (), "languages": (), "capacity": 1}
        for field in FIELDS:
            setattr(self, field, record.get(field, defaults.get(field)))


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_mapped_and_named_stands_in_the_files(name: str, each: Any) -> None:
    for export in each(name, 2):
        texts = [one_line(cell) for path in export.paths if path.suffix != ".json" for cell in cells(path)]
        for options in (export.options, export.certain_options):
            for heading in options.get("mapping", {}):
                assert any(text.startswith(heading) for text in texts), heading
            for heading in [options[key] for key in ("latest_by",) if key in options]:
                assert heading in texts
            if "id" in options:
                assert set(options["id"].split("+")) <= set(texts)
        assert len(export.arguments) <= len(export.certain_arguments)


def cells(path: Path) -> list[str]:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    if path.suffix == ".ndjson":
        return []
    first = text_of(path).split("\n", 1)[0]
    separator = "|" if first.count("|") > 5 else separator_of(path) if "sep=" not in first else ","
    return [cell for row in rows_in(path, separator) for cell in row]


@pytest.mark.parametrize("name", SHAPES)
def test_the_same_is_drawn_again_and_people_stay_as_they_are(name: str, tmp_path: Path) -> None:
    before = copy.deepcopy(PEOPLE)
    written = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        export = SHAPES[name](PEOPLE, tmp_path / folder, Random(5))
        written.append(
            [cells_of(path) if path.suffix == ".xlsx" else path.read_bytes() for path in export.paths]
        )
    assert before == PEOPLE
    assert written[0] == written[1]


def test_every_shape_has_a_test_of_its_quirks() -> None:
    tested = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    together = {"surveymonkey": ("options", "matrix"), "limesurvey": ("texts", "codes")}
    tested |= {f"{name}_{part}" for name, parts in together.items() for part in parts}
    assert SHAPES.keys() <= tested
    assert sorted(SHAPES) == sorted(name for names in BY_SOURCE.values() for name in names)


def test_all_shapes_at_once(tmp_path: Path) -> None:
    exports = write_all(PEOPLE, tmp_path / "all")
    assert exports.keys() == SHAPES.keys() == {path.name for path in (tmp_path / "all").iterdir()}


@given(clean_cohorts(), st.sampled_from(sorted(SHAPES)), st.integers(0, 2**32))
@settings(max_examples=min(40, settings.default.max_examples))
def test_any_cohort_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, people: list[Record], name: str, seed: int
) -> None:
    export = SHAPES[name](people, tmp_path_factory.mktemp("export"), Random(seed))
    assert all(path.stat().st_size > 0 for path in export.paths)
    assert len(rm.Cohort.from_records(export.expected(people)).participants) == len(people)


@given(clean_cohorts())
def test_names_with_commas_recur(people: list[Record]) -> None:
    for field in ("offers", "seeks"):
        counts = Counter(name for record in people for name in record[field] if "," in name)
        assert all(count > 1 for count in counts.values())


def test_the_clean_people() -> None:
    assert Counter(record["role"] for record in PEOPLE) == {"mentor": 11, "mentee": 10, "both": 3}
    cohort = rm.Cohort.from_records(PEOPLE)
    assert {level for person in cohort.participants for level in person.offers.values()} == {1, 2, 3, 4, 5}
    assert {rating for person in cohort.participants for rating in person.seeks.values()} == {1, 2, 3}
    assert {name for record in PEOPLE for field in ("offers", "seeks") for name in record[field]} == {*SKILLS}
    assert all(record["id"].startswith("00") for record in PEOPLE)
    assert len({record["name"] for record in PEOPLE}) == len({record["email"] for record in PEOPLE}) == 24
    assert any("'" in record["name"] for record in PEOPLE)
    assert {record["gender"] for record in PEOPLE} == {"female", "male", "non-binary", None}
    doubtful = with_doubtful_skill(PEOPLE)
    assert sum(DOUBTFUL_SKILL in record["offers"] for record in doubtful) == 8
    assert all(DOUBTFUL_SKILL not in record["offers"] for record in PEOPLE)


def test_a_reader_may_ask_but_not_guess(tmp_path: Path) -> None:
    export = SHAPES["google_sheets"](PEOPLE, tmp_path, Random(0))

    class Question(Exception):  # noqa: N818
        pass

    def reader(asks: bool, records: list[Record]) -> Any:
        def read(**options: Any) -> Any:
            if asks and "separator" not in options:
                raise Question
            return type("Cohort", (), {"participants": [Person(record) for record in records]})

        return read

    right = export.expected(PEOPLE)
    assert misreadings(export, PEOPLE, reader(True, right), Question) == []
    assert misreadings(export, PEOPLE, reader(False, right), Question) == []
    assert misreadings(export, PEOPLE, reader(False, PEOPLE), Question)
    lost = SHAPES["excel_lost_digits"](PEOPLE, tmp_path, Random(0))

    def refuse(message: str) -> Any:
        def read(*files: str, **options: Any) -> Any:
            raise Question(message)

        return read

    assert misreadings(lost, PEOPLE, refuse("people.csv, row 2, column 'Matricule': lost"), Question) == []
    assert misreadings(lost, PEOPLE, refuse("people.csv, row 2, column 'Service': unknown"), Question)


# Forms


def test_google_sheets(each: Any) -> None:
    for export in each("google_sheets"):
        for path in export.paths:
            assert path.read_bytes().count(b"\r\n") > 14
            rows = table(path)
            assert rows[0][0] in ("Timestamp", "Horodateur")
            assert any(heading.endswith(" ") for heading in rows[0])
            assert any("\n" in heading for heading in rows[0])
            assert any('"' in heading or "," in heading for heading in rows[0])
            twice = Counter(address.lower() for address in [row[1] for row in rows[1:]])
            assert sorted(twice.values())[-2:] == [1, 2]
            assert sum(address != address.lower() for address in [row[1] for row in rows[1:]]) == 1
            times = moments_of(column(rows, rows[0][0]))
            assert times == sorted({*times})
            assert OLDER_GOAL in text_of(path)
        assert any(
            "Python, Generative AI, Art (visual arts, music)" in row for row in by_role(export, "mentors")
        )
        assert "latest_by" in export.options


def test_google_grids(each: Any) -> None:
    seen = set()
    for export in each("google_grids"):
        rows = by_role(export, "mentors")
        ranks = [heading for heading in rows[0] if heading.endswith((" [Rank 1]", " [Rang 1]"))]
        assert len(ranks) == 1
        assert sum("[Rank " in heading or "[Rang " in heading for heading in rows[0]) == 5
        python = next(heading for heading in rows[0] if heading.endswith("[Python]"))
        seen |= {*column(rows, python)}
    assert {"4", "Expert"} <= seen
    kim = next(record for record in export.expected(PEOPLE) if record["email"].startswith("paul."))
    assert kim["seeks"] == {"Python": 3, "Cloud (AWS, Azure, etc.)": 2}


def test_google_own(each: Any) -> None:
    for export in each("google_own"):
        rows = by_role(export, "mentees")
        assert rows[0][:2] == ["Timestamp", "Username"]
        assert all(row[0].endswith(("AM GMT+3", "PM GMT+3")) for row in rows[1:])
        assert all(line.startswith('"') for line in text_of(export.paths[0]).splitlines() if "@" in line)
        assert any(";" in cell for cell in column(rows, EN.questions["goals"]))


def test_microsoft_workbook(each: Any) -> None:
    twice = 0
    for export in each("microsoft_workbook"):
        rows = cells_of(only(export))
        assert rows[0][0] == "ID"
        assert [row[0] for row in rows[1:]] == list(range(1, len(rows)))
        assert all(hasattr(row[1], "hour") for row in rows[1:])
        offers = next(place for place, cell in enumerate(rows[0]) if "(tick" in cell or "(plusieurs" in cell)
        assert sum(str(row[offers]).endswith(";") for row in rows[1:]) >= 22
        assert all(any(str(cell).startswith("Monday, 10/28:") for cell in row) for row in rows[1:])
        addresses = [str(row[3]).lower() for row in rows[1:]]
        assert (len(addresses) > len(set(addresses))) == ("latest_by" in export.options)
        twice += "latest_by" in export.options
    assert 0 < twice < len(SEEDS)


def test_microsoft_anonymous(each: Any) -> None:
    for export in each("microsoft_anonymous"):
        rows = table(only(export))
        assert {row[3] for row in rows[1:]} == {"anonymous"}
        assert {row[4] for row in rows[1:]} == {""}
        first, second = sorted(heading for heading in rows[0] if heading.startswith(("Which sk", "Quelles")))
        assert second == f"{first}2"
        assert {"Other", "Autre"} & {*column(rows, rows[0][-1])}
        assert export.options["non_answer"] in (["Other"], ["Autre"])


@pytest.mark.parametrize("name", ["surveymonkey_options", "surveymonkey_matrix"])
def test_surveymonkey(name: str, each: Any) -> None:
    for export in each(name):
        rows = table(only(export))
        assert rows[0][0] in ("Respondent ID", "ID répondant")
        assert rows[1][:9] == [""] * 9
        assert all(first or second for first, second in zip(rows[0][1:], rows[1][1:], strict=True))
        assert rows[0].count("") > 10, "no heading over options after the first"
        assert {"Response", "Réponse"} & {*rows[1]}
        assert len(rows) == 2 + len(PEOPLE)
        python = rows[1].index("Python")
        marks = {row[python] for row in rows[2:]}
        if name == "surveymonkey_options":
            assert marks == {"Python", ""}
            assert {"Other (please specify)", "Autre (veuillez préciser)"} & {*rows[1]}
        else:
            assert marks & {"Expert", "Advanced", "Avancé"}
            again = rows[1].index("Python", python + 1)
            assert {row[again] for row in rows[2:]} == {"", "1", "2"}


def test_typeform(each: Any) -> None:
    for export in each("typeform"):
        rows = table(only(export))
        assert rows[0][0] == "#"
        assert rows[0][1].startswith("<strong>")
        assert {*column(rows, "Python")} == {"Python", ""}
        assert rows[0].count("Python") == 1, "two options of one name could not be told apart"
        assert {*column(rows, "Response Type")} == {"completed"}
        assert rows[0][-1] == "Tags"


def test_qualtrics(each: Any) -> None:
    suffixes = set()
    for export in each("qualtrics"):
        path = only(export)
        rows = table(path)
        suffixes.add(path.suffix)
        assert path.read_bytes()[:2] == (b"\xff\xfe" if path.suffix == ".tsv" else b"\xef\xbb")
        assert rows[0][:2] == ["StartDate", "EndDate"]
        assert all(json.loads(cell)["ImportId"] for cell in rows[2])
        previews = [row for row in rows[3:] if row[2] == "Survey Preview"]
        assert len(previews) == 1
        assert TRIAL.split()[0] in previews[0]
        assert len(rows) == 3 + 1 + len(PEOPLE)
        assert any(heading.startswith("Q2_") and heading.endswith("_TEXT") for heading in rows[0])
        assert {"UserLanguage", "ResponseId"} <= {*rows[0]}
    assert suffixes == {".csv", ".tsv"}


@pytest.mark.parametrize("name", ["limesurvey_texts", "limesurvey_codes"])
def test_limesurvey(name: str, each: Any) -> None:
    for export in each(name):
        path = only(export)
        assert path.read_bytes().startswith(
            b'\xef\xbb\xbf"id","submitdate","lastpage","startlanguage","seed"'
        )
        rows = table(path)
        unfinished = [row for row in rows[1:] if not row[1]]
        assert len(unfinished) == 2
        addresses = [row[6].lower() for row in rows[1:]]
        assert len(addresses) == len(set(addresses)) + 1, "somebody has begun twice"
        marks = {cell for heading, *cells in zip(*rows, strict=True) for cell in cells if "[" in heading}
        if name == "limesurvey_codes":
            assert "PKZ[SQ001]" in rows[0]
            assert "M3[other]" in rows[0]
            assert marks == {"Y", "N", ""}
            names = {skill for record in export.expected(PEOPLE) for skill in record["offers"]}
            assert all(skill.startswith("SQ0") for skill in names)
        else:
            assert any(heading.endswith("[Python]") for heading in rows[0])
            assert {"Yes", "Oui"} & marks


def test_drupal(each: Any) -> None:
    marked = 0
    for export in each("drupal"):
        rows = rows_in(only(export), "|")
        assert len([cell for cell in rows[0] if cell]) == 1, "a title"
        assert rows[1][0] == "Submission Details"
        assert rows[2][0] == "Serial"
        assert len(rows) == 3 + len(PEOPLE)
        marked += "Python" in rows[2]
        assert any("X" in row for row in rows[3:]) == ("Python" in rows[2])
    assert 0 < marked < len(SEEDS)


# HR systems


def test_lucca_login(each: Any) -> None:
    for export in each("lucca_login"):
        rows = rows_in(only(export), ";")
        managers = dict(zip(column(rows, "login"), column(rows, "manager"), strict=True))
        assert managers["lea.martin"] == "helene.delatour"
        assert all(managers.values())
        assert "31/12/1999" in column(rows, "dtBirth")


def test_lucca_composed(each: Any) -> None:
    for export in each("lucca_composed"):
        rows = rows_in(only(export), ";")
        numbers = column(rows, "employeenumber")
        both = list(zip(column(rows, "legalEntity"), numbers, strict=True))
        assert len(set(numbers)) < len(numbers)
        assert len(set(both)) == len(both)
        assert "Hélène de La Tour" in column(rows, "manager")
        assert export.expected(PEOPLE)[0]["id"] == "2+00208"


def test_lucca_mail(each: Any) -> None:
    for export in each("lucca_mail"):
        rows = rows_in(only(export), ";")
        assert all(address != address.lower() for address in column(rows, "mail"))
        assert export.expected(PEOPLE)[0]["manager_id"] == "helene.delatour@maison.example"


def test_nobody_is_their_own_manager_but_where_lucca_says_so(each: Any) -> None:
    for name, cell in (("lucca_login", "helene.delatour"), ("lucca_mail", "Hélène de La Tour")):
        export = next(each(name))
        rows = rows_in(only(export), ";")
        assert column(rows, "manager")[11] == cell
        assert export.expected(PEOPLE)[11]["manager_id"] is None


def test_workday(each: Any) -> None:
    formats = set()
    for export in each("workday"):
        sheet: Any = openpyxl.load_workbook(only(export)).active
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0][0] == "Mentoring Population"
        assert not any(rows[4])
        assert rows[5][0] == "Employee ID"
        assert str(sheet.merged_cells.ranges) == "{<MergedCellRange A1:H1>}"
        assert not any(rows[6 + len(PEOPLE)])
        assert [row[0] for row in rows[-2:]] == ["Total", "Confidential: for internal use only"]
        formats.add((sheet["A7"].value, sheet["A7"].number_format))
        assert any("\n" in str(row[9]) for row in rows)
    assert formats == {("00417", "@"), (417, "00000")}


def test_successfactors(each: Any) -> None:
    for export in each("successfactors"):
        rows = table(only(export))
        assert rows[0][:2] == ["STATUS", "USERID"]
        assert rows[1][:2] == ["Status", "User ID"]
        assert rows[0][-1] == "CUSTOM04"
        assert column(rows, "MANAGER")[1:].count("NO_MANAGER") == 2
        assert "N/A" in column(rows, "DEPARTMENT")
        assert {len(record) for record in rows} == {len(rows[0])}


def test_bamboohr(each: Any) -> None:
    for export in each("bamboohr"):
        frame = pd.read_csv(only(export), dtype=str)
        assert frame["supervisorId"].tolist()[:2] == ["00518", "00519"]
        assert frame["dateOfBirth"].tolist()[0] == "1999-12-31"
        assert "Python:5; Generative AI:4; Art (visual arts, music):3" in frame["Skills offered"].tolist()


def test_personio(each: Any) -> None:
    seen = set()
    for export in each("personio"):
        rows = rows_in(only(export), ";")
        assert column(rows, "Date of birth")[0] == "31.12.1999"
        seen.add(column(rows, "Supervisor")[0])
    assert seen == {"Hélène de La Tour", "de La Tour, Hélène"}


def test_hibob(each: Any) -> None:
    seen = set()
    for export in each("hibob"):
        rows = table(only(export))
        manager = column(rows, "Reports to")[0]
        assert manager != manager.lower() == "helene.delatour@maison.example"
        seen.add(column(rows, "Date of birth")[0])
        assert "dates" not in export.options, "the column says it"
    assert seen == {"31/12/1999", "12/31/1999"}


def test_days_that_could_be_months_have_to_be_said(tmp_path: Path) -> None:
    people = [
        {**record, "birth_date": f"1980-0{1 + number % 3}-{4 + number % 5:02}"}
        for number, record in enumerate(PEOPLE)
    ]
    for name, order in (("lucca_mail", "day-first"), ("hr_data_set", "month-first")):
        assert SHAPES[name](people, tmp_path, Random(0)).options["dates"] == order
    alike = [{**record, "birth_date": "1980-03-03"} for record in PEOPLE]
    assert "dates" not in SHAPES["lucca_mail"](alike, tmp_path, Random(0)).options


def test_hr_data_set(each: Any) -> None:
    for export in each("hr_data_set"):
        rows = table(only(export))
        assert column(rows, "Employee_Name")[0] == "Martin, Léa  "
        assert column(rows, "EmpID")[0] == "417.0"
        assert column(rows, "ManagerID")[0] == "518.0"
        assert column(rows, "DOB")[0] == "12/31/99"
        assert "M " in column(rows, "Sex")
        assert export.expected(PEOPLE)[0]["id"] == "417"
        assert any("UX/UI design / " in cell for cell in column(rows, "Skills offered")), "a slash in a name"


def test_french_tool(each: Any) -> None:
    seen: set[str] = set()
    for export in each("french_tool"):
        path = only(export)
        rows = table(path)
        assert column(rows, "Nom")[0] == "MARTIN"
        assert {*column(rows, "Sexe")} == {"F", "M", "X", ""}
        assert "," in column(rows, "Ancienneté")[0]
        seen |= {separator_of(path), column(rows, "Date de naissance")[0], rows[0][10]}
        seen.add("BOM" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "cp1252")
    assert {";", ",", "\t", "31/12/1999", "31-12-1999", "BOM", "cp1252"} <= seen
    assert {"Responsable hiérarchique", "Matricule du manager"} <= seen


# Excel


def test_excel_separator_line(each: Any) -> None:
    for export in each("excel_separator_line"):
        first, _, rest = text_of(only(export)).partition("\n")
        separator = first.rstrip("\r").removeprefix("sep=")
        assert len(separator) == 1
        rows = list(csv.reader(io.StringIO(rest, newline=""), delimiter=separator))
        assert rows[0][0] in ("Employee ID", "Matricule")
        assert {len(row) for row in rows} == {16}


def test_excel_unicode_text(each: Any) -> None:
    for export in each("excel_unicode_text"):
        assert only(export).read_bytes().startswith(b"\xff\xfe")
        frame = pd.read_csv(only(export), sep="\t", encoding="utf-16", dtype=str)
        assert frame.iloc[0, 0] == "00417"


def test_excel_macintosh(each: Any) -> None:
    for export in each("excel_macintosh"):
        data = only(export).read_bytes()
        assert b"\n" not in data
        assert data.count(b"\r") == 25
        assert "Léa Martin".encode("mac_roman") in data


def test_excel_protected_ids(each: Any) -> None:
    seen = set()
    for export in each("excel_protected_ids"):
        text = text_of(only(export))
        seen.add('"=""00417"""' in text)
        assert ('"=""00417"""' in text) != ('\n="00417"' in text)
        assert '="00518' in text.replace('""', '"')
    assert seen == {True, False}


def test_excel_serial_days(each: Any) -> None:
    seen = set()
    for export in each("excel_serial_days"):
        rows = rows_in(only(export), ";")
        seen.add(column(rows, rows[0][7])[0])
    assert seen == {"36525", "31/12/1999 00:00"}
    assert pd.Timestamp("1899-12-30") + pd.Timedelta(days=36525) == pd.Timestamp("1999-12-31")


def test_excel_lost_zeros(each: Any) -> None:
    for export in each("excel_lost_zeros"):
        rows = rows_in(only(export), ";")
        assert (rows[1][0], rows[1][12]) == ("417", "518")
        assert export.expected(PEOPLE)[0]["manager_id"] == "518"


def test_excel_lost_zeros_of_managers(each: Any) -> None:
    for export in each("excel_lost_zeros_of_managers"):
        rows = table(only(export))
        assert (rows[1][0], rows[1][12]) == ("00417", "518")
        assert export.expected(PEOPLE)[0]["manager_id"] == "00518"


def test_excel_lost_digits(each: Any) -> None:
    for export in each("excel_lost_digits"):
        rows = rows_in(only(export), ";")
        assert rows[1][0] == "5,17E+11"
        assert len({row[0] for row in rows}) == len(rows), "they differ all the same"
        assert export.outcome == "fault"


def test_excel_filtered(each: Any) -> None:
    for export in each("excel_filtered"):
        book: Any = openpyxl.load_workbook(only(export))
        sheet = book.active
        assert [one.sheet_state for one in book] == ["visible", "hidden"]
        hidden = [row for row, how in sheet.row_dimensions.items() if how.hidden]
        assert [sheet.cell(row, 1).value for row in hidden] == [WITHDRAWN["id"]]
        assert sheet.auto_filter.ref == "A1:Q26"
        assert sheet.column_dimensions["Q"].hidden
        assert WITHDRAWN["id"] not in {record["id"] for record in export.expected(PEOPLE)}


def test_excel_merged(each: Any) -> None:
    for export in each("excel_merged"):
        sheet: Any = openpyxl.load_workbook(only(export)).active
        ranges = sorted(str(cells) for cells in sheet.merged_cells.ranges)
        assert "A1:P1" in ranges
        assert len(ranges) == 8
        assert all(cells == "A1:P1" or cells.startswith("J") for cells in ranges)
        empty = [row[9] for row in sheet.iter_rows(min_row=3, values_only=True)].count(None)
        assert empty > sum(record["department"] is None for record in PEOPLE)


def test_excel_sheet_per_role(each: Any) -> None:
    for export in each("excel_sheet_per_role"):
        path, title = str(export.files["mentees"]).split("#")
        book: Any = openpyxl.load_workbook(path)
        assert title in ("Mentees", "Mentorés")
        assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
        ids = [{row[0] for row in sheet.iter_rows(values_only=True)} for sheet in book.worksheets[:2]]
        assert {"00601", "00602", "00603"} <= ids[0] & ids[1]
        assert "role" not in {str(cell).lower() for cell in cells_of(Path(path))[0]}


def test_excel_several_sheets(each: Any) -> None:
    for export in each("excel_several_sheets"):
        book: Any = openpyxl.load_workbook(only(export))
        assert [sheet.sheet_state for sheet in book] == ["visible", "visible"]
        assert export.arguments[-2:] == ["--sheet", "People 2026"]
        assert book["People 2026"]["A2"].value == "00417"


# Shared tables, directories


def test_airtable(each: Any) -> None:
    for export in each("airtable"):
        rows = table(only(export))
        assert 'Python,Generative AI,"Art (visual arts, music)"' in column(rows, "Skills offered")
        assert column(rows, "Manager")[0] == "Hélène de La Tour"
        assert {*column(rows, "Agreed")} == {"checked"}


def test_notion(each: Any) -> None:
    for export in each("notion"):
        rows = table(only(export))
        assert column(rows, "Manager")[0].startswith(
            "Hélène de La Tour (https://www.notion.so/Hélène-de-La-Tour-0"
        )
        assert "Python, Generative AI, Art (visual arts, music)" in column(rows, "Skills offered")


def test_identity_values(each: Any) -> None:
    for export in each("identity_values"):
        rows = table(only(export))
        assert "Python|Generative AI|Art (visual arts, music)" in column(rows, "Skills offered")
        assert {*column(rows, "memberOf")} == {"staff|all-company|vpn"}


def test_scim_list(each: Any) -> None:
    for export in each("scim_list"):
        users = json.loads(Path(str(export.files["mentors"])).read_text("utf-8"))["Resources"]
        assert len(users) == 14
        assert "phoneNumbers" in users[0]
        assert export.arguments[-2:] == ["--people-format", "scim"]


def test_scim_lines(each: Any) -> None:
    for export in each("scim_lines"):
        lines = Path(str(export.files["mentees"])).read_text("utf-8").splitlines()
        assert len(lines) == 13
        assert json.loads(lines[0])["userName"] == "helene.delatour@maison.example"


# By hand


def test_by_hand_contacts(each: Any) -> None:
    for export in each("by_hand_contacts"):
        rows = table(only(export))
        assert column(rows, "Participant")[0].lower() == "léa martin <lea.martin@maison.example>"
        assert column(rows, "Line manager")[0].startswith("Hélène de La Tour <")
        assert "Mentor, Mentee" in column(rows, "Role")
        assert {*column(rows, "Mon")} == {"0", "1"}
        assert column(rows, "Free on")[0][0] == "["


def test_by_hand_marks(each: Any) -> None:
    seen: set[str] = set()
    for export in each("by_hand_marks"):
        rows = rows_in(only(export), ";")
        for heading in rows[0]:
            seen |= {*column(rows, heading)} if heading.endswith(" [Python]") else set()
    assert {"x", "X", "✓", "1", "oui", "", "0", "non", "-"} <= seen


def test_by_hand_full_width(each: Any) -> None:
    seen = set()
    for export in each("by_hand_full_width"):
        seen.add(column(table(only(export)), "Skills offered")[0])
    assert seen == {
        "Python：5；Generative AI：4；Art (visual arts, music)：3",
        "Python、Generative AI、Art (visual arts, music)",
    }


def test_by_hand_level_words(each: Any) -> None:
    seen = set()
    for export in each("by_hand_level_words"):
        rows = table(only(export))
        seen.add(column(rows, rows[0][4])[0].split("; ")[0])
    assert len(seen) >= 3
    assert seen <= {"Python [Expert]", "Python (Expert)", "Python: Expert", "Python : Expert"}


def test_by_hand_level_grid(each: Any) -> None:
    for export in each("by_hand_level_grid"):
        rows = table(only(export))
        assert column(rows, "Python [Expert]")[0] == "x"
        assert sum(heading.startswith("Python [") for heading in rows[0]) == 5


def test_two_lists(each: Any) -> None:
    for export in each("two_lists"):
        mentors, more, mentees = (table(path) for path in export.paths)
        assert mentors[0] == more[0] != mentees[0]
        assert export.arguments[0::2] == ["--mentors", "--mentors", "--mentees"]
        assert (len(mentors) - 1, len(more) - 1, len(mentees) - 1) == (7, 7, 13)
        assert len(mentors[0]) == 15, "no role"


def test_invisible_characters(each: Any) -> None:
    for export in each("invisible_characters"):
        rows = table(only(export))
        soiled = [row[0] for row in rows[1:] if any(sign in row[0] for sign in INVISIBLE)]
        assert 0 < len(soiled) < len(PEOPLE)
        assert any(sign in row[12] for row in rows for sign in INVISIBLE)
        assert export.outcome == "either"


def test_decorated(each: Any) -> None:
    for export in each("decorated"):
        rows = rows_in(only(export), ";")
        assert len([cell for cell in rows[0] if cell]) == 1
        assert not any(rows[2])
        assert rows[3][0] in ("Employee ID", "Matricule")
        assert {*rows[3]} & {"Comments", "Commentaires"}
        assert rows[3].count("Comments") + rows[3].count("Commentaires") == 2
        assert rows[3][-3:] == [""] * 3
        assert rows[-1][0].startswith("Total")
        assert len([row for row in rows if not any(row)]) == 3


def test_blank_before_quotes(each: Any) -> None:
    for export in each("blank_before_quotes"):
        text = text_of(only(export))
        assert '", "' in text
        rows = list(csv.reader(io.StringIO(text, newline=""), skipinitialspace=True))
        assert rows[1][0] == "00417"
        assert {len(row) for row in rows} == {16}


# Words


def test_forms_use_words_that_the_tables_know() -> None:
    folded = {word.casefold().rstrip(".") for word in NON_ANSWERS}
    roles = {word.casefold(): role for word, role in ROLE_WORDS.items()}
    for wording in (EN, FR):
        assert {word.casefold() for word in wording.non_answers} <= folded
        assert [LEVEL_WORDS[word.casefold()] for word in wording.levels] == [1, 2, 3, 4, 5]
        assert [PRIORITY_WORDS[word.casefold()] for word in wording.priorities] == [1, 2, 3]
        for words in wording.roles:
            assert {role: roles[word.casefold()] for role, word in words.items()} == {
                role: role for role in ("mentor", "mentee", "both")
            }


def test_near_misses_are_more_than_a_non_answer_or_stand_where_nothing_is_one() -> None:
    folded = {word.casefold() for word in NON_ANSWERS}
    for answer in NEAR_MISSES:
        assert answer.cell.casefold() not in folded or answer.field in ("id", "name", "email"), answer
    assert folded.isdisjoint({word.casefold() for word in ONLY_WHERE_ASKED})
    assert LEVEL_WORDS.keys().isdisjoint(DOUBTFUL_LEVEL_WORDS)
    assert ROLE_WORDS["Mentore"] != ROLE_WORDS["Mentoré"], "an accent makes the other role"
