"""People files of any size, width and depth are people, or one line a fault, at once."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

import reverse_match as rm

if TYPE_CHECKING:
    from pathlib import Path

TWO = '{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"'
MANY = 100_000


def wide(headings: str, cells: str) -> str:
    return f"id,role{headings}\na,mentor{cells}\nb,mentee{cells}\n"


FILES: list[tuple[str, str, str]] = [
    ("p.json", f'[{TWO}, "grade": {"9" * 5_000}}}]', "p.json, row 2, column 'grade': too large"),
    ("p.json", f'[{TWO}, "x": {"9" * 5_000}}}]', "p.json, row 2, column 'x': too large"),
    ("p.json", f'[{TWO}, "x": -{"9" * 5_000}}}]', "p.json, row 2, column 'x': too large"),
    ("p.json", f'[{TWO}, "age": 1e400}}]', "p.json, row 2, column 'age': NaN or infinite"),
    ("p.json", f'[{TWO}, "offers": {{"AI": {"9" * 5_000}}}}}]', "p.json, row 2, column 'offers': a level is wrong"),
    ("p.json", f'[{TWO}, "x": {"[" * 5_000}{"]" * 5_000}}}]', "p.json: nested too deeply"),
    ("p.json", '{"a":' * 5_000, "p.json: nested too deeply"),
    ("p.json", f'[{TWO}, "x": {"[" * 90}{"]" * 90}}}]', "p.json, row 2, column 'x': unknown type"),
    ("p.json", f'[{TWO}, "x": 1, "x": 2}}]', "p.json, row 2: a key stands twice"),
    ("p.json", f'[{TWO}, "seeks": {{"AI": 1, "AI": 2}}}}]', "p.json, row 2, column 'seeks': a key stands twice"),
    ("p.json", f'[{TWO}, "goals": {json.dumps(["g"] * 10_001)}}}]', "p.json, row 2, column 'goals': 10,001 names"),
    ("p.json", f'[{TWO}, "x": "{"y" * 32_768}"}}]', "p.json, row 2, column 'x': 32,768 characters"),
    ("p.json", f'[{TWO}, "x": "\\ud800"}}]', "p.json, row 2, column 'x': holds half of a character"),
    ("p.json", f'[{TWO}, {", ".join(f"{json.dumps(str(n))}: 1" for n in range(MANY))}}}]', "p.json: 100,002 columns"),
    ("p.csv", wide("".join(f",c{n}" for n in range(MANY)), ",x" * MANY), "p.csv, row 1: 100,002 columns"),
    ("p.csv", wide("," * 1_000_000, "," * 1_000_000), "p.csv, row 1: 1,000,002 columns"),
    ("p.csv", wide(f",{'x' * 1_000_000}", ",1"), "p.csv, row 1: a cell is far too long"),
    ("p.csv", wide(",x", f",{'x' * 1_000_000}"), "p.csv, row 2: a cell is far too long"),
    ("p.csv", wide(",goals", f",{';'.join(map(str, range(9_000)))}"), "p.csv, row 2, column 'goals': 43,889 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "told"), FILES, ids=[told for _, _, told in FILES])
def test_one_line_at_once(name: str, text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    began = time.process_time()
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.read_cohort(tmp_path / name)
    assert time.process_time() - began < 3
    first, *more = str(caught.value).splitlines()
    assert first.startswith(told)
    assert len(more) <= 1, "a fault for each row"
    assert len(first) < 300


def test_as_many_columns_as_a_sheet_has_are_read_at_once(tmp_path: Path) -> None:
    """Headings were compared with one another: 40,000 took 18 s."""
    names = [f"column {n}" for n in range(16_000)]
    (tmp_path / "p.csv").write_text(wide("," + ",".join(names), ",x" * 16_000 + ""))
    began = time.process_time()
    first, _ = rm.read_cohort(tmp_path / "p.csv").participants
    assert time.process_time() - began < 5
    assert len(first.attributes) == 16_000


def test_rows_and_cells_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p.csv").write_text(wide(",x", ",1"))
    (tmp_path / "p.json").write_text(f"[{TWO}}}]")
    for reader in ("delimited", "json_records"):
        monkeypatch.setattr(f"reverse_match.people.{reader}.MOST_ROWS", 1)
    for name in ("p.csv", "p.json"):
        with pytest.raises(rm.errors.CohortError, match="more than 2,000,000 rows or 20,000,000 cells"):
            rm.read_cohort(tmp_path / name)
    monkeypatch.undo()
    monkeypatch.setattr("reverse_match.people.delimited.MOST_CELLS", 5)
    with pytest.raises(rm.errors.CohortError, match="more than 2,000,000 rows or 20,000,000 cells"):
        rm.read_cohort(tmp_path / "p.csv")


def test_thousands_of_faults_are_kept_and_not_all_told(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("id,role\n" + "x,y\n" * 3_000)
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.read_cohort(tmp_path / "p.csv")
    assert len(caught.value.faults) > 3_000
    assert str(caught.value).count("\n") == 1_000
    assert str(caught.value).endswith("more")


def test_numbers_of_python_are_bounded_too() -> None:
    records: list[dict[str, Any]] = [{"id": "a", "role": "both", "x": 10**5_000, "age": 10**5_000}]
    with pytest.raises(rm.errors.CohortError) as caught:
        rm.Cohort.from_records(records)
    assert [fault.code for fault in caught.value.faults] == ["out-of-range"] * 2


@pytest.mark.parametrize("text", ['[{"mentor": %s', '[{"mentor": 1, "mentor": 2}]', '[{"satisfaction": %d}]'])
def test_feedback_has_the_same_limits(text: str, tmp_path: Path) -> None:
    filled = text.replace("%s", "[" * 5_000).replace("%d", "9" * 5_000)
    (tmp_path / "f.json").write_text(filled)
    with pytest.raises(rm.errors.FeedbackError):
        rm.read_feedback(tmp_path / "f.json")


def test_records_of_the_library_have_the_same_limits() -> None:
    for read, error in (
        (rm.Matching.from_json, rm.errors.MatchingFileError), (rm.History.from_json, rm.errors.HistoryError),
    ):  # fmt: skip
        for text in (
            "[" * 5_000,
            '{"a": ' * 5_000,
            '{"schema_version": %s}' % ("9" * 5_000),
            '{"a": 1, "a": 2}',
            "\ud800",
        ):
            with pytest.raises(error):
                read(text)
