"""Each way in which a people file can be wrong has a small file under tests/data and a test on its message."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import reverse_match as rm

DATA = Path(__file__).parents[1] / "data"

FAULTS = {
    "empty.csv": "empty.csv: empty; right would be a heading row and a row for each person",
    "only_heading.csv": "only_heading.csv: empty; at least one mentor and one mentee are needed",
    "blank_lines_only.csv": "blank_lines_only.csv: empty; right would be a heading row and a row for each person",
    "empty.json": "empty.json: empty; right would be a list of objects, one a person",
    "empty_list.json": "empty_list.json: empty; at least one mentor and one mentee are needed",
    "no_mentor.csv": "no_mentor.csv: no mentor; at least one person needs role mentor or both",
    "no_mentee.csv": "no_mentee.csv: no mentee; at least one person needs role mentee or both",
    "nul_bytes.csv": "nul_bytes.csv: not text; right would be a CSV or JSON file in UTF-8 or cp1252",
    "workbook.csv": "workbook.csv: not text but a workbook or an archive; save it as CSV",
    "utf16.csv": "utf16.csv: not text in UTF-16, as its first bytes say; save it as UTF-8",
    "not_cp1252.csv": "not_cp1252.csv: not text in UTF-8 or cp1252; save it as UTF-8",
    "duplicate_id.csv": "duplicate_id.csv, row 4, column 'id': the same id as in row 2, after Unicode normalisation; ids must be unique. If somebody has answered twice, say which column tells when: --latest-by 'HEADING'",
    "duplicate_id_unicode.csv": "duplicate_id_unicode.csv, row 4, column 'id': the same id as in row 2, after Unicode normalisation; ids must be unique. If somebody has answered twice, say which column tells when: --latest-by 'HEADING'",
    "missing_id.csv": "missing_id.csv, row 2, column 'id': missing; every person needs one",
    "missing_role.csv": "missing_role.csv, row 2, column 'role': missing; every person needs one",
    "unknown_role.csv": "unknown_role.csv, row 2, column 'role': unknown role; right would be mentor, mentee or both",
    "level_out_of_range.csv": "level_out_of_range.csv, row 2, column 'offers': a level is wrong; right would be a whole number from 1 to 5",
    "level_no_number.csv": "level_no_number.csv, row 2, column 'offers': a level is wrong; right would be a whole number from 1 to 5; a colon that belongs to the name has a blank behind it",
    "level_missing.csv": "level_missing.csv, row 2, column 'offers': a level is missing after ':'; right would be a whole number from 1 to 5",
    "level_twice.csv": "level_twice.csv, row 2, column 'offers': the same name stands here twice with a different level; keep one",
    "priority_out_of_range.csv": "priority_out_of_range.csv, row 3, column 'seeks': a priority is wrong; right would be a whole number from 1 to 3",
    "priority_zero.csv": "priority_zero.csv, row 3, column 'seeks': a priority is wrong; right would be a whole number from 1 to 3",
    "age_too_low.csv": "age_too_low.csv, row 2, column 'age': impossible age; right would be years from 14 to 100",
    "age_too_high.csv": "age_too_high.csv, row 3, column 'age': impossible age; right would be years from 14 to 100",
    "age_nan.csv": "age_nan.csv, row 2, column 'age': NaN or infinite; a finite number is needed, or an empty cell where it is not known",
    "age_infinite.csv": "age_infinite.csv, row 2, column 'age': NaN or infinite; a finite number is needed, or an empty cell where it is not known",
    "age_no_number.csv": "age_no_number.csv, row 2, column 'age': not a number",
    "age_and_birth_year.csv": "age_and_birth_year.csv, row 2: age and birth_year are both given; give one of them",
    "impossible_date.csv": "impossible_date.csv, row 2, column 'birth_date': not a day of the calendar; right would be year-month-day, or day/month/year",
    "no_date.csv": "no_date.csv, row 2, column 'birth_date': not a date; right would be year-month-day such as 1980-12-31, or day/month/year",
    "born_in_the_future.csv": "born_in_the_future.csv, row 2, column 'birth_date': impossible: the age on 2026-01-01 would not be from 14 to 100 years",
    "born_long_ago.csv": "born_long_ago.csv, row 2, column 'birth_year': impossible: the age on 2026-01-01 would not be from 14 to 100 years",
    "capacity_negative.csv": "capacity_negative.csv, row 2, column 'capacity': out of range; right would be a whole number from 0 to 1000000",
    "capacity_not_whole.csv": "capacity_not_whole.csv, row 2, column 'capacity': not a whole number; right would be a whole number from 0 to 1000000",
    "grade_not_whole.csv": "grade_not_whole.csv, 'grade': holds words, not numbers; say their order, the lowest first, for instance --scale 'grade=junior;senior;head'",
    "timezone_wrong.csv": "timezone_wrong.csv, row 2, column 'timezone': not the name of a time zone; right would be an IANA name such as Europe/Paris",
    "wants_oneself.csv": "wants_oneself.csv, row 2, column 'wants': names the person's own id; right would be ids of other people",
    "wanted_and_avoided.csv": "wanted_and_avoided.csv, row 3, column 'avoids': names somebody who stands in wants, too; keep one of the two",
    "manager_cycle.csv": "manager_cycle.csv, row 2, column 'manager_id': the managers form a cycle: a reports to c reports to b reports to a; one of them must report to somebody else or to nobody",
    "heading_twice.csv": (
        "heading_twice.csv, row 1, column 'gender': the same heading stands here twice (columns C and D); say "
        "which one counts by its place: --map 'column D=gender'"
    ),
    "no_heading_over_values.csv": "no_heading_over_values.csv, row 1: column 3 holds values but has no heading",
    "unclosed_quote.csv": "unclosed_quote.csv, row 2: not valid CSV: unexpected end of data",
    "two_ids.csv": "two_ids.csv: 'Matricule' and 'Employee ID' both mean 'id'; say which one with a mapping such as 'HEADING=id'",
    "no_id_column.csv": "no_id_column.csv: no column is called or recognised as 'id'; is the first row the heading row? Otherwise say which column it is: --map 'HEADING=id', or mapping={'HEADING': 'id'}",
    "not_json.json": "not_json.json: not valid JSON: Expecting property name enclosed in double quotes, line 1",
    "no_list.json": "no_list.json: not a list; right would be a list of objects, one a person",
    "no_objects.json": "no_objects.json, row 1: not a record; right would be a mapping of column names to values",
    "key_twice.json": "key_twice.json, row 1: a key stands twice in one object; keep one",
    "skill_twice.json": "skill_twice.json, row 1, column 'offers': a key stands twice in one object; keep one",
    "number_as_id.json": "number_as_id.json, row 1, column 'id': not text; write it in quotes",
    "unknown_type.json": "unknown_type.json, row 1, column 'extra': unknown type of column; right would be text, a number, true or false, or a list of texts",
    "number_as_list.json": "number_as_list.json, row 1, column 'goals': not a list; right would be names separated by ';', or a list of texts",
    "level_as_truth.json": "level_as_truth.json, row 1, column 'offers': a level is wrong; right would be a whole number from 1 to 5",
}  # fmt: skip

NOT_FINITE = "NaN or infinite; a finite number is needed, or an empty cell where it is not known"
SEVERAL_FAULTS = {
    "ragged.csv": [
        "ragged.csv, row 3: 1 cells, but the heading row has 3",
        "ragged.csv, row 4: 4 cells, but the heading row has 3",
    ],
    "nan.json": [
        f"nan.json, row 1, column 'years': {NOT_FINITE}",
        f"nan.json, row 2, column 'age': {NOT_FINITE}",
    ],
}


def faults_of(name: str) -> list[str]:
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.read_cohort(DATA / name, as_of=date(2026, 1, 1))
    return [str(fault) for fault in caught.value.faults]


def test_every_small_bad_file_has_its_test() -> None:
    assert {path.name for path in DATA.iterdir() if path.is_file()} == {*FAULTS, *SEVERAL_FAULTS}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_file_gives_its_one_fault(name: str) -> None:
    if name == "not_json.json":
        assert faults_of(name)[0].startswith("not_json.json: not valid JSON: ")
    else:
        assert faults_of(name) == [FAULTS[name]]


@pytest.mark.parametrize("name", SEVERAL_FAULTS)
def test_a_file_with_several_faults_gives_them_all(name: str) -> None:
    assert faults_of(name) == SEVERAL_FAULTS[name]


@pytest.mark.parametrize("name", [*FAULTS, *SEVERAL_FAULTS])
def test_no_message_repeats_a_value(name: str) -> None:
    text = "\n".join(line.split(": ", 1)[1] for line in faults_of(name))
    for value in (
        "ecretskill",
        "Secretvalue",
        "hidden-role",
        "expert",
        "177",
        "1820",
        "2999",
        "spring",
        "GMT",
        "twentysix",
    ):
        assert value not in text


def test_all_faults_of_a_file_come_at_once_in_the_order_of_rows(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "id,role,offers,age,capacity,years\n"
        "a,mentor,Python:9,26,1,3\n"
        "\n"
        "b,boss,,7,1,4\n"
        '"c\n",mentee,,,x,5\n'
        "a,mentee,,50,1,6\n"
        ",mentee,,nan,1,6\n"
    )
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.read_cohort(path)
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (2, "offers"), (4, "role"), (4, "age"), (5, "capacity"), (6, "id"), (7, "id"), (7, "age"),
    ]  # fmt: skip


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,role\na,mentor\nb,mentee\n")
    size = path.stat().st_size
    assert len(rm.read_cohort(path, maximum_bytes=size).participants) == 2
    with pytest.raises(
        rm.errors.CohortError,
        match=r"people.csv: larger than the limit of 10 bytes; split it or raise the limit",
    ):
        rm.read_cohort(path, maximum_bytes=10)


def test_other_kinds_of_file_and_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(
        rm.errors.CohortError,
        match=r"people.pdf: unknown kind of file; right would be .csv, .json, .xlsx or .parquet",
    ):
        rm.read_cohort(tmp_path / "people.pdf")
    with pytest.raises(rm.errors.CohortError, match=r"people.csv: cannot be read: No such file"):
        rm.read_cohort(tmp_path / "people.csv")


GOOD = [
    {
        "id": "é1",
        "role": "mentor",
        "offers": {"Génie": 4, "Notion": 3},
        "department": "Qualité",
        "note": "a, b",
    },
    {"id": "b", "role": "mentee", "offers": {}, "department": None, "note": None},
]
COMMA = 'id,role,offers,department,note\né1,mentor,Génie:4;Notion,Qualité,"a, b"\nb,mentee,,,\n'
SEMICOLON = 'id;role;offers;department;note\né1;mentor;"Génie:4;Notion";Qualité;a, b\nb;mentee;;;\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("text", [COMMA, SEMICOLON, SEMICOLON.replace(";", "\t").replace("4\tN", "4;N")])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_separators_encodings_and_line_ends(tmp_path: Path, text: str, encoding: str, line_end: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(text.replace("\n", line_end).encode(encoding))
    people = rm.read_cohort(path).participants
    assert [
        {
            "id": p.id,
            "role": p.role,
            "offers": p.offers,
            "department": p.department,
            "note": p.attributes["note"],
        }
        for p in people
    ] == GOOD


def test_json_and_csv_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "people.json").write_text(json.dumps(GOOD))
    (tmp_path / "people.csv").write_text(COMMA, encoding="utf-8")
    one, other = rm.read_cohort(tmp_path / "people.json"), rm.read_cohort(tmp_path / "people.csv")
    assert one.participants == other.participants
    assert one.sha256 == other.sha256
    assert one.source.sha256 != other.source.sha256


def test_blank_rows_empty_unnamed_columns_and_spaces_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id ,role,,age\n\n a ,mentor,, 26 \n,,,\nb,mentee,,\n\n")
    cohort = rm.read_cohort(path)
    assert [(person.id, person.age) for person in cohort.participants] == [("a", 26), ("b", None)]
    assert cohort.source.rows == (3, 5)


def test_ids_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,role\n007,mentor\nNA,mentee\n1e5,mentee\n")
    assert [person.id for person in rm.read_cohort(path).participants] == ["007", "NA", "1e5"]


def test_french_export(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(
        "Matricule;Rôle;Compétences proposées;Civilité;Service;Date de naissance;Ancienneté;Responsable hiérarchique\r\n"
        '12;mentor;"Réseaux sociaux:4;IA";Mme;Groupe/RH;31/12/1999;2,5;34\r\n'
        "34;mentee;;M.;;1/2/1970;;\r\n".encode("cp1252")
    )
    cohort = rm.read_cohort(path, as_of=date(2026, 1, 1))
    first, second = cohort.participants
    assert (first.id, first.gender, first.department, first.manager_id) == ("12", "Mme", "Groupe/RH", "34")
    assert (first.birth_date, first.offers) == (date(1999, 12, 31), {"Réseaux sociaux": 4, "IA": 3})
    assert second.birth_date == date(1970, 2, 1)
    tenure: dict[str, Any] = {
        "kind": "gap",
        "name": "t",
        "weight": 1,
        "field": "Ancienneté",
        "from": 0,
        "to": 1,
    }
    assert rm.match(cohort, rm.Policy(criteria=[tenure], rules=[])).as_of == date(2026, 1, 1)
