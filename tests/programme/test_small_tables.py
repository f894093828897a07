"""Small tables of a programme are read alike: what is wrong is told by headings, never by what people are called.

A file whose heading row somebody has forgotten begins with ids, names and answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

import reverse_match as rm
from reverse_match.programme.changes.rows import rows_of

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[list[Any]]
SECRETS = ("m.perrin", "e.diallo", "Perrin", "Ada", "Salle Curie", "42")
COHORT = rm.Cohort.from_records(
    [
        {"id": "m.perrin", "role": "mentor"},
        {"id": "e.diallo", "role": "mentee", "name": "Ada Diallo"},
        {"id": "7", "role": "mentee"},
    ]
)


def changed(path: Path, mapping: Any = None) -> Any:
    return rm.amend(rm.match(COHORT), COHORT, changes=rows_of(path, mapping))


def past(path: Path, mapping: Any = None) -> Any:
    return rm.read_past(path, COHORT, mapping=mapping)


def decisions(path: Path, mapping: Any = None) -> Any:
    return rm.read_decisions(path, mapping=mapping)


def arrangements(path: Path, mapping: Any = None) -> Any:
    return rm.read_arrangements(path, mapping=mapping)


def answers(path: Path, mapping: Any = None) -> Any:
    return rm.read_feedback(path, mapping=mapping)


READERS: dict[str, tuple[Callable[..., Any], Rows]] = {
    "decisions": (decisions, [["mentor", "mentee", "decision"], ["m.perrin", "e.diallo", "keep"]]),
    "arrangements": (arrangements, [["mentor", "mentee", "place"], ["m.perrin", "e.diallo", "Salle Curie"]]),
    "answers": (
        answers,
        [
            ["mentor", "mentee", "date", "answered by", "comment"],
            ["m.perrin", "e.diallo", "2026-12-01", "mentee", "x"],
        ],
    ),
    "changes": (changed, [["id", "change"], ["e.diallo", "wait"]]),
    "past": (past, [["mentor", "mentee"], ["m.perrin", "e.diallo"]]),
}


def write(rows: Rows, path: Path) -> Path:
    if path.suffix == ".csv":
        path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
        return path
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def refusal(read: Callable[..., Any], path: Path, mapping: Any = None) -> rm.errors.InputError:
    with pytest.raises(rm.errors.InputError) as caught:
        read(path, mapping)
    return caught.value


@pytest.fixture(params=[".csv", ".xlsx"])
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=READERS)
def kind(request: pytest.FixtureRequest) -> tuple[Callable[..., Any], Rows]:
    return READERS[request.param]


Kind = tuple[Callable[..., Any], Rows]


def test_each_of_them_reads(kind: Kind, ending: str, tmp_path: Path) -> None:
    read, rows = kind
    read(write(rows, tmp_path / f"table{ending}"))


FORGOTTEN = [
    ["m.perrin", "e.diallo", "keep", "Salle Curie", "Ada Perrin"],
    ["lea", "tom", "keep", "", ""],
]


@pytest.mark.parametrize("rows", [FORGOTTEN, FORGOTTEN[:1]], ids=["several rows", "one row"])
def test_a_forgotten_heading_row_tells_nobody(kind: Kind, ending: str, tmp_path: Path, rows: Rows) -> None:
    error = refusal(kind[0], write(rows, tmp_path / f"table{ending}"))
    assert {fault.code for fault in error.faults} <= {"missing-column", "empty"}
    assert not [secret for secret in SECRETS if secret in str(error)]


def test_nor_does_one_with_a_text_twice(kind: Kind, ending: str, tmp_path: Path) -> None:
    rows = [["m.perrin", "m.perrin", "Salle Curie"], ["lea", "tom", "x"]]
    error = refusal(kind[0], write(rows, tmp_path / f"table{ending}"))
    assert [(fault.code, fault.row, fault.column) for fault in error.faults] == [("heading-twice", 1, None)]


def test_nor_does_a_mapping_that_fits_no_heading(kind: Kind, ending: str, tmp_path: Path) -> None:
    error = refusal(kind[0], write(FORGOTTEN, tmp_path / f"table{ending}"), {"Badge of the mentor": "mentor"})
    assert {fault.code for fault in error.faults} <= {"missing-column", "unknown-heading"}
    assert not [secret for secret in SECRETS if secret in str(error)]


def test_people_files_neither(ending: str, tmp_path: Path) -> None:
    people = write([["m.perrin", "mentor", "Ada Perrin"], ["tom", "mentee", "x"]], tmp_path / f"p{ending}")
    for asked in ({"mapping": {"Badge": "id"}}, {"latest_by": "Sent"}, {"id": "First+Last"}):
        with pytest.raises(rm.errors.CohortError) as caught:
            rm.read_cohort(people, **asked)
        assert not [secret for secret in SECRETS if secret in str(caught.value)]


def test_a_missing_column_is_named_alone(kind: Kind, ending: str, tmp_path: Path) -> None:
    read, rows = kind
    lacking = [[*row[1:], "Salle Curie"] for row in rows]
    error = refusal(read, write(lacking, tmp_path / f"table{ending}"))
    assert [str(fault) for fault in error.faults] == [
        f"table{ending}: no column is called or recognised as '{rows[0][0]}'; is the first row the heading row? "
        f"Otherwise say which column it is: --map 'HEADING={rows[0][0]}', or mapping={{'HEADING': '{rows[0][0]}'}}"
    ]


@pytest.mark.parametrize("name", [name for name in READERS if name != "past"])
def test_an_unknown_column_is_named_below_a_heading_row(name: str, ending: str, tmp_path: Path) -> None:
    read, rows = READERS[name]
    further = [[*rows[0], "Colour of the badge"], [*rows[1], "42"]]
    (fault,) = refusal(read, write(further, tmp_path / f"table{ending}")).faults
    assert (fault.code, fault.column) == ("unknown-heading", "'Colour of the badge'")


def test_further_columns_of_former_duos_are_counted(ending: str, tmp_path: Path) -> None:
    """Also such as mean the same in a file of people, which this is none."""
    rows = [["mentor", "mentee", "Service", "Département"], ["m.perrin", "e.diallo", "IT", "IT"]]
    assert [note.code for note in past(write(rows, tmp_path / f"p{ending}")).notes] == ["column-left-out"]


def test_a_heading_row_alone_is_no_missing_column(kind: Kind, ending: str, tmp_path: Path) -> None:
    read, rows = kind
    path = write(rows[:1], tmp_path / f"table{ending}")
    if read in (past, changed):  # nobody was a duo in other years, nothing changes
        read(path)
    else:
        assert [fault.code for fault in refusal(read, path).faults] == ["empty"]


def test_numbers_in_a_workbook_are_names(tmp_path: Path) -> None:
    pair = write([["mentor", "mentee", "decision"], ["m.perrin", 7, "keep"]], tmp_path / "d.xlsx")
    assert decisions(pair).records[0].mentee == "7"
    assert past(pair).duos[0].mentee == "7"
    pair = write([["mentor", "mentee", "place"], ["m.perrin", 7, 42]], tmp_path / "a.xlsx")
    assert (arrangements(pair).records[0].mentee, arrangements(pair).records[0].place) == ("7", "42")
    said = write([["id", "change"], [7, "wait"]], tmp_path / "c.xlsx")
    assert changed(said).log[-1].waiting == ("7",)


@pytest.mark.parametrize("name", READERS)
def test_records_without_objects_are_refused_alike(name: str, tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text(json.dumps([["m.perrin", "e.diallo"]]), encoding="utf-8")
    assert {fault.code for fault in refusal(READERS[name][0], path).faults} == {"wrong-type"}
