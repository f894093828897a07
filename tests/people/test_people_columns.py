"""A file whose people are kept as columns says the same as one whose rows are looked at one by one."""

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match as rm
from reverse_match.errors import CohortError
from reverse_match.people import delimited, together
from reverse_match.people.reading import people_columns as columns_of_people
from reverse_match.people.reading import values
from reverse_match.people.reading.files import PeopleFile
from reverse_match.people.reading.values import plain_id
from reverse_match.people.table import RecordColumns, column_of

IDS = ["lea", " ada ", "Zoë", "7", "007", "eva@example.org", "Eva@Example.org", "tom", "ana-3", "HR:12"]
MANAGERS = [
    "",
    " ",
    "lea",
    " lea ",
    "ada",
    "Zoe\u0308",
    "7.0",
    "07",
    "eva@example.org",
    "EVA@example.org",
    "N/A",
]
MANAGERS += ["Léa Martin", "Martin, Léa", "Tom Durand", "boss", "the board", "person-99", "Lea"]
CELLS = {
    "role": ["mentor", "mentee", "both", "Mentee ", "les deux"],
    "name": ["Léa Martin", "Tom Durand", "Tom Durand", ""],
    "email": ["lea@maison.example", "tom@maison.example", "", "boss"],
    "manager_id": MANAGERS,
    "offers": [
        "Python:4;SQL",
        "sql:4",
        "Python;python",
        "",
        "Excel (Expert)",
        "a;;b",
        "Services (AWS);SQL:2",
    ],
    "seeks": ["Sales:1;Negotiation", "Sales: the basics", "", "Sales:9", "Chinese：2", 'a;"b;c"', "N/A"],
    "goals": ["one;two;One", "", "one", "deux  mots", "n/a;two"],
    "age": ["41", "", "12", "41,5", "forty"],
    "capacity": ["2", "1..3", "", "3..1"],
    "wants": ["", "lea", "lea;tom", "lea=tom;7", "ada:1;lea:2", "Léa Martin", "nobody", "HR:12"],
    "avoids": ["", "tom", "tom;lea", "Tom Durand"],
    "department": ["Finance", " Finance ", "", "prefer not to say", "IT/Data"],
    "team": ["red", "", "7", "x\u00a0y"],
    "earlier_id": ["", "old-1"],
}


def drawn_rows(seed: int) -> list[list[str]]:
    """Return a heading row and people, of whom few are wrong."""
    draw = random.Random(seed)
    extra = draw.sample([*CELLS][1:-1], draw.randint(1, 9)) + ["earlier_id"] * (draw.random() < 0.1)
    headings = ["id", "role", *extra]
    ids = draw.sample(IDS, draw.randint(2, len(IDS)))
    if draw.random() < 0.1:
        ids.append(draw.choice([*ids, ""]))
    clean = draw.random() < 0.5
    cells = {name: values[:2] if clean and name != "manager_id" else values for name, values in CELLS.items()}
    return [headings, *([one, *(draw.choice(cells[name]) for name in headings[1:])] for one in ids)]


def said(path: Path) -> Any:
    """Return all that is read of a file, or all that is wrong in it."""
    try:
        cohort = rm.read_cohort(path)
    except CohortError as error:
        return [repr(fault) for fault in error.faults]
    people = [(repr(person), sorted(person.model_fields_set)) for person in cohort.participants]
    source = {name: value for name, value in vars(cohort.source).items() if name != "as_said"}
    return people, source, cohort.notes, cohort.sha256


@pytest.mark.parametrize("seed", range(300))
def test_columns_say_what_rows_say(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = drawn_rows(seed)
    path = tmp_path / ("people.json" if seed % 4 == 3 else "people.csv")
    if path.suffix == ".json":
        path.write_text(json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]), "utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    by_columns = said(path)
    monkeypatch.setattr(together, "people_columns", lambda *_: None)
    assert by_columns == said(path)


def test_usual_files_need_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.csv"
    lines = [
        "id,role,manager_id,wants,offers",
        "lea,mentor,boss,ada,Python:4;SQL",
        "ada,mentee, lea ,,",
        "tom,mentee,tom,,",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(PeopleFile, "rows", property(lambda _: pytest.fail("no row is needed")))
    people = rm.read_cohort(path).participants
    assert [person.manager_id for person in people] == ["boss", "lea", None]


@pytest.mark.parametrize("field", ["earlier_id", "wants"])
def test_who_needs_a_look_gets_one(field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"id,role,name,{field}\nlea,mentor,Léa,\nada,mentee,Ada,Léa\n", encoding="utf-8")
    found: list[RecordColumns | None] = []

    def kept(*said: Any) -> RecordColumns | None:
        found.append(columns_of_people.people_columns(*said))
        return found[-1]

    monkeypatch.setattr(together, "people_columns", kept)
    rm.read_cohort(path)
    assert found == [None]


def test_records_kept_as_columns_are_records() -> None:
    listed = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}, {"id": "tom", "role": "both"}]
    columns = RecordColumns({name: [record[name] for record in listed] for name in ("id", "role")}, 3)
    assert [*columns] == [columns[place] for place in range(3)] == listed
    assert columns[-1] == listed[-1]
    assert [*columns[1:]] == listed[1:]
    assert next(iter(columns.named({"id": "key", "role": "role"}))) == {"key": "lea", "role": "mentor"}
    assert column_of(columns, "role") == column_of(listed, "role")
    assert column_of(columns, "age") == column_of(listed, "age") == [None] * 3
    assert [*RecordColumns({}, 2)] == [{}, {}]
    with pytest.raises(IndexError):
        columns[3]


@pytest.mark.parametrize("seed", range(200))
def test_lines_are_those_that_are_read_one_by_one(seed: int) -> None:
    draw = random.Random(seed)
    signs = [
        "a",
        "b c",
        "",
        " ",
        ",",
        ",",
        ";",
        "\n",
        "\n",
        "\r\n",
        "\r",
        '"',
        '"x,\ny"',
        '""',
        "é",
        "\u2028",
        "\x0b",
    ]
    signs = signs if seed % 2 else [sign for sign in signs if '"' not in sign and "\r" not in sign]
    text = "".join(draw.choice(signs) for _ in range(draw.randint(0, 40)))
    for separator in (",", ";"):
        for blanks in (False, True):
            found = [
                _lines_or_fault(read, text, separator, blanks)
                for read in (delimited._lines, delimited._lines_one_by_one)
            ]
            assert found[0] == found[1]


def _lines_or_fault(read: Any, text: str, separator: str, blanks: bool) -> Any:
    try:
        return read(text, "people.csv", separator, above=1, blanks=blanks)
    except CohortError as error:
        return error.faults


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("MOST_ROWS", 2), ("MOST_CELLS", 5)):
        with monkeypatch.context() as changed:
            changed.setattr(delimited, name, most)
            with pytest.raises(CohortError) as refused:
                delimited.people_lines("id,role\nlea,both\nada,both\n", "people.csv")
            assert [fault.code for fault in refused.value.faults] == ["too-large"]


@given(st.lists(st.none() | st.text("a10. \u200b\u00a0\n@", max_size=5), max_size=4))
def test_ids_that_need_no_look_are_read_as_they_stand(cells: list[str | None]) -> None:
    assert not values._are_plain_ids(cells) or list(map(plain_id, cells)) == cells


@pytest.mark.parametrize("ids", [["7", "8"], ["7.0", "8"], ["7", "8\u200b"], ['="7"', "8"]])
def test_managers_are_named_as_people_are(ids: list[str], tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [["id", "role", "manager_id"], [ids[0], "mentor", ""], [ids[1], "mentee", ids[0]]]
        csv.writer(file).writerows(rows)
    people = rm.read_cohort(path).participants
    assert [(person.id, person.manager_id) for person in people] == [("7", None), ("8", "7")]
