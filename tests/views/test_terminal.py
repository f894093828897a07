"""What a file puts into names reaches no terminal raw, and no spreadsheet as a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.foundation.text_safety import safe_cell
from reverse_match.views.cli.main import app
from reverse_match.views.cli.terminal import visible_lines
from reverse_match.views.text_table import Screen, TextColumn, TextLine, screen_text, table_of, whole_text

if TYPE_CHECKING:
    from pathlib import Path

ESC = "\x1b]0;owned\x07\x1b[31m\u202e\x9b2J"


BIDI = "\u202egro.x\u2066"


def hostile_people() -> list[dict[str, Any]]:
    return [
        {"id": f"m{BIDI}", "role": "mentor", f"k{ESC}": f"x{ESC}", "offers": f"AI{BIDI}", "manager_id": f"E{BIDI}"},
        {"id": f"e{BIDI}", "role": "mentee", f"k{ESC}": f"x{ESC}", "seeks": f"AI{BIDI}", "gender": f"f{BIDI}"},
        {"id": f"n{BIDI}", "role": "mentor", f"k{ESC}": "y", "department": f"Lab{BIDI}", "name": f"Nora {BIDI}"},
        {"id": f"o{BIDI}", "role": "mentee", "avoids": [f"m{BIDI}", f"n{BIDI}"], "wants": f"zoe{BIDI}"},
    ]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.json").write_text(json.dumps(hostile_people()))
    policy = {
        "criteria": [
            {"kind": "sameness", "name": f"c{ESC}", "weight": 1, "field": f"k{ESC}"},
            {"kind": "difference", "name": f"d{BIDI}", "weight": 1, "field": "gender"},
        ],
        "rules": [
            {"kind": "avoids"}, {"kind": "not_in_reporting_line"},
            {"kind": "different", "field": "location", "name": f"r{ESC}", "if_unknown": "allow"},
        ],
        "quotas": [{"kind": "duos", "name": f"q{ESC}", "at_most": 1}],
        "credits": [{"name": f"p{ESC}", "points": 1, "mentors": ["mgro.x"]}],
    }  # fmt: skip
    (tmp_path / "policy.json").write_text(json.dumps(policy))
    return tmp_path


def is_safe(text: str) -> bool:
    return all(line.isprintable() for line in text.split("\n"))


def run(*arguments: str, code: int = 0) -> Any:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == code, (done.exception, done.stderr)
    assert is_safe(done.stderr), done.stderr
    return done


def test_no_command_writes_names_raw_to_a_terminal(folder: Path) -> None:
    made = run("match", "people.json", "--policy", "policy.json", "--out", "m.json", "--trade")
    assert is_safe(made.stdout)
    assert "[U+202E]" in made.stdout
    assert "[U+001B]" in made.stdout
    assert "'avoids': 1 cell read without characters that nobody sees" in made.stderr
    stored = rm.Matching.from_json((folder / "m.json").read_text())
    duo = stored.duos[0]
    left = next(left.id for left in stored.unmatched)
    for arguments in (
        ["verify", "m.json", "people.json"],
        ["explain", "m.json", "people.json", "--mentor", duo.mentor, "--mentee", duo.mentee],
        ["explain", "m.json", "people.json", "--why", left],
        ["explain", "m.json", "people.json", "--alternatives", duo.mentor],
        ["amend", "m.json", "people.json", "--forbid", f"{duo.mentor}={duo.mentee}"],
        ["rotate", "m.json", "people.json", "--on", "2027-01-01", "--early"],
    ):
        assert is_safe(run(*arguments).stdout), arguments
    policy = json.loads((folder / "policy.json").read_text())
    del policy["quotas"], policy["credits"]
    (folder / "plain.json").write_text(json.dumps(policy))
    assert is_safe(run("plan", "people.json", "--rounds", "2", "--policy", "plain.json").stdout)
    policy["rules"].append({"kind": "fix", "pairs": [[f"n{duo.mentor[1:]}", f"o{duo.mentor[1:]}"]]})
    (folder / "hard.json").write_text(json.dumps(policy))
    run("match", "people.json", "--policy", "hard.json", code=3)


def test_ids_that_no_file_had_reach_no_terminal_raw(folder: Path) -> None:
    """Of a program's records ids stay as they are, and what is stored of them is shown by commands."""
    cohort = rm.Cohort.from_records(hostile_people())
    matching = rm.match(cohort)
    assert {duo.mentor for duo in matching.duos} <= {f"m{BIDI}", f"n{BIDI}"}
    (folder / "m.json").write_text(matching.to_json())
    assert is_safe(run("verify", "m.json", "people.json").stdout)  # the file is read as these records are
    told = run("explain", "m.json", "people.json", "--mentor", f"m{BIDI}", "--mentee", f"e{BIDI}").stdout
    assert is_safe(told)
    assert "[U+202E]" in told
    (folder / "people.json").write_text(json.dumps(hostile_people()[:3]))
    assert is_safe(run("verify", "m.json", "people.json", code=4).stdout)


def test_no_fault_writes_headings_keys_or_names_raw(folder: Path) -> None:
    (folder / "wrong.csv").write_text(f"id,role,role,{ESC.replace(chr(7), '')}\na,mentor,mentor,x\n")
    run("match", "wrong.csv", code=2)
    (folder / "wrong.json").write_text(json.dumps([{"id": "a", "role": "both", f"h{ESC}": {"x": 1}}]))
    run("match", "wrong.json", code=2)
    run("match", "people.json", "--map", "Employee=id", code=2)
    for wrong in ({ESC: 1}, {"criteria": [{"kind": ESC}]}, {"criteria": [{"kind": "gap", "name": ESC, "weight": 1, "field": ESC, "from": 1, "to": 2}]}):  # fmt: skip
        (folder / "p.json").write_text(json.dumps(wrong))
        run("match", "people.json", "--policy", "p.json", code=2)
    data = json.loads(rm.match(rm.read_cohort(rm.demo_path())).to_json())
    data["duos"][0]["mentor"] = f"x{ESC}"
    (folder / "forged.json").write_text(json.dumps(data))
    run("verify", "forged.json", str(rm.demo_path()), code=4)


def test_no_table_or_line_holds_anything_raw() -> None:
    hostile = f"a{ESC}\nb{BIDI}"
    table = table_of(hostile, [TextColumn(hostile), TextColumn(hostile, number=True)], [[hostile, hostile]])
    parts = [TextLine(hostile), table]
    for text in (whole_text(parts), screen_text(parts, Screen(60)), screen_text(parts, Screen(9))):
        assert is_safe(text)
        assert "U+202E" in "".join(text.split())
    assert visible_lines("a\nb\tc") == "a\nb[U+0009]c"


FORMULA = st.sampled_from(["=1+1", "+1+1", "-a", "@x", '"=1+1"', " =1", "\t=1", "'=1"])


@given(st.text("ab;\t\"' ,", max_size=4), FORMULA, st.text("ab;\t\"'", max_size=3))
def test_no_cell_is_a_formula_however_a_spreadsheet_splits(before: str, formula: str, after: str) -> None:
    """Read a line of our CSV as spreadsheets do that split at semicolons or tabs."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(["lea", safe_cell(before + formula + after), "0.5"])
    for separator in (";", "\t", ","):
        for cells in csv.reader(io.StringIO(text.getvalue()), delimiter=separator):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells), cells


def test_ids_in_csv_files_are_no_formulas() -> None:
    evil = 'x;=HYPERLINK("http://example.org";"y")'
    people = rm.Cohort.from_records([{"id": evil, "role": "mentor"}, {"id": "e", "role": "mentee"}])
    text = rm.match(people).to_csv()
    for cells in csv.reader(io.StringIO(text), delimiter=";"):
        assert not any(cell.startswith("=") for cell in cells)
