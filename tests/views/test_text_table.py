"""Tables as text: whole and straight through a pipe, their ends folded to the width of a terminal."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from reverse_match.foundation.text_safety import visible
from reverse_match.people.write import people_csv
from reverse_match.testing import invented_cohort
from reverse_match.views.cli.main import COMMANDS, app
from reverse_match.views.text_table import (
    AT_EACH_END,
    BETWEEN_LINES,
    RowsOf,
    Screen,
    TextColumn,
    TextLine,
    TextList,
    screen_text,
    table_of,
    whole_text,
)
from reverse_match.views.text_width import folded, padded, width_of

if TYPE_CHECKING:
    from pathlib import Path

SHORT = {"demo", "bench"}
"""Commands whose tables are never longer than a terminal shows."""

CELLS = st.text("aé田 -~,", max_size=12).map(lambda text: " ".join(text.split()))
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6)


@given(st.lists(st.text("a\n\t é\u202e", max_size=4), min_size=1, max_size=6))
def test_each_cell_is_made_visible_whatever_stands_in_its_column(cells: list[str]) -> None:
    """A column that needs no look at its letters is one of which no single cell needs it."""
    columns = [TextColumn("#"), TextColumn("cell")]
    lines = whole_text([table_of("", columns, [["#", cell] for cell in cells])]).split("\n")[2:]
    expected = [f"#  {visible(cell.replace(chr(10), BETWEEN_LINES))}".rstrip(" ") for cell in cells]
    assert lines == expected


@given(ROWS)
def test_cells_are_found_below_their_headings(rows: list[tuple[str, str, str]]) -> None:
    """Cut each line where the columns begin, by widths that are computed here."""
    columns = [TextColumn("who"), TextColumn("score", number=True), TextColumn("why")]
    title, *lines = whole_text([table_of("title", columns, rows)]).split("\n")
    assert title == "title"
    assert len(lines) == 1 + len(rows)
    widths = [max(_places(row[place]) for row in [("who", "score", "why"), *rows]) for place in range(3)]
    for line, row in zip(lines, [("who", "score", "why"), *rows], strict=True):
        assert line == line.rstrip(" ")
        found, rest = [], line
        for width in widths:
            cell, rest = _cut(rest, width)
            found.append(cell.strip(" "))
            rest = rest[2:]
        assert tuple(found) == row


def _places(text: str) -> int:
    return sum(2 if letter == "田" else 1 for letter in text)


def _cut(text: str, width: int) -> tuple[str, str]:
    end = 0
    while end < len(text) and _places(text[: end + 1]) <= width:
        end += 1
    return text[:end], text[end:]


@given(ROWS, st.integers(28, 70))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    columns = [TextColumn("who"), TextColumn("where"), TextColumn("why")]
    shown = screen_text([table_of("title of the table", columns, rows)], Screen(width))
    assert max(map(width_of, shown.split("\n"))) <= width
    letters = sorted("".join(cell for row in rows for cell in row).replace(" ", ""))
    told = sorted(shown.replace(" ", "").replace("\n", ""))
    assert told == sorted([*letters, *"titleofthetable", *"who", *"where", *"why"])


@given(st.text("ab é田\u00a0", max_size=40), st.integers(4, 12))
def test_a_folded_line_keeps_its_letters_and_its_width(text: str, width: int) -> None:
    lines = folded(text, width, "  ")
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line.startswith("  ") for line in lines[1:])
    assert padded("é", 3, right=True) == "  é"


@pytest.mark.parametrize(
    ("rows", "shown"), [(40, 40), (41, 41), (42, 2 * AT_EACH_END), (5_000, 2 * AT_EACH_END)]
)
def test_a_terminal_shows_the_ends_of_a_long_table_and_makes_no_other_row(rows: int, shown: int) -> None:
    made: list[int] = []

    def row(number: int) -> list[str]:
        made.append(number)
        return [f"m{number}"]

    table = table_of("duos", [TextColumn("mentor")], range(rows), row)
    lines = screen_text([table], Screen(80)).split("\n")
    between = [line for line in lines if "--all" in line]
    assert len(made) == shown
    assert [line for line in lines[2:] if line not in between] == [f"m{number}" for number in made]
    if shown < rows:
        assert between == [f"… {rows - shown:,} rows between are not shown; --all shows every row"]
        assert made == [*range(AT_EACH_END), *range(rows - AT_EACH_END, rows)]
        assert lines.index(between[0]) == 2 + AT_EACH_END
    assert len(screen_text([table], Screen(80, all_rows=True)).split("\n")) == 2 + rows
    assert len(whole_text([table]).split("\n")) == 2 + rows


def test_a_long_list_is_shown_as_a_long_table_is() -> None:
    told = TextList(RowsOf([f"sentence {number} of many" for number in range(50)]), "  ")
    lines = screen_text([told], Screen(14, lang="fr")).split("\n")
    assert lines[:2] == ["sentence 0 of", "  many"]
    assert "… 10 lignes intermédiaires ne sont pas affichées ; --all affiche tout" in " ".join(lines).replace(
        "\u202f", " "
    ).replace("\u00a0", " ")
    assert len(whole_text([told]).split("\n")) == 50


def test_numbers_stay_whole_and_headings_are_folded_before_names() -> None:
    columns = [TextColumn("mentor"), TextColumn("a very long criterion", number=True)]
    table = table_of("1 duo", columns, [["person-1000", "0.123"]])
    assert screen_text([table], Screen(17)).split("\n") == [
        "1 duo",
        "mentor          a",
        "             very",
        "             long",
        "            crite",
        "             rion",
        "person-1000 0.123",
    ]


def test_looks_are_signs_for_a_terminal_alone() -> None:
    table = table_of("1 duo", [TextColumn("score", number=True, looks="bold")], [["0.5"]])
    parts = [TextLine("note", "dim"), table]
    styled = screen_text(parts, Screen(80, styled=True))
    assert re.sub(r"\x1b\[\d+m", "", styled) == screen_text(parts, Screen(80))
    assert styled.count("\x1b[0m") == 4
    assert "\x1b" not in whole_text(parts) + screen_text(parts, Screen(80))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(people_csv(invented_cohort(100), "people.csv"), encoding="utf-8")
    return tmp_path


def duos_in(text: str) -> list[tuple[str, ...]]:
    rows = (re.split(r" +", line) for line in text.splitlines() if re.search(r" ~?\d[.,]\d{3}", line))
    return [tuple(row) for row in rows if row[0].startswith("person")]


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, (done.exception, done.stderr)
    return str(done.stdout)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_match_through_a_pipe_and_on_a_terminal(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("match", "people.csv", "--lang", lang)
    piped = run(*asked)
    assert all(line.isprintable() or lang == "fr" for line in piped.splitlines())
    assert not re.search(r"[\x1b\u2500-\u257f]", piped)
    assert "--all" not in piped
    assert run(*asked, "--all") == piped
    whole = duos_in(piped)
    assert len(whole) == 49
    monkeypatch.setattr("reverse_match.views.cli.terminal.terminal_width", lambda: 80)
    short, every = run(*asked), run(*asked, "--all")
    assert duos_in(_plain(every)) == whole
    assert duos_in(_plain(short)) == [*whole[:AT_EACH_END], *whole[-AT_EACH_END:]]
    assert len(re.findall(r"^… 9 .*--all", _plain(short), re.MULTILINE)) == 1
    assert max(map(width_of, _plain(short).splitlines())) <= 80
    assert _told(piped) == _told(_plain(every))


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[\d+m", "", text)


def _told(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in SHORT])
def test_every_command_that_prints_tables_can_show_every_row(command: str) -> None:
    module: Any = import_module(f"reverse_match.views.cli.commands.{command}")
    prints = re.search(r"results\.(print|show)\(", inspect.getsource(module)) is not None
    assert ("all_rows" in inspect.signature(getattr(module, command)).parameters) == prints


def test_a_piped_match_loads_no_rich(folder: Path) -> None:
    code = (
        "import sys; sys.argv = ['reverse-match', 'match', 'people.csv']\n"
        "from reverse_match.__main__ import main\n"
        "try: main()\n"
        "finally: print(*sorted(n for n in sys.modules if n.partition('.')[0] == 'rich'), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, text=True
    )
    assert done.stderr.splitlines()[-1] == ""
