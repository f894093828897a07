"""The sheets of a replay: figures, a row for each cadence and role; duos by date; notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.intake import cadence_in_words, replay_lines
from reverse_match.views.spreadsheet.sheets import Sheet, SheetColumn
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.study.intake.record import Replay
    from reverse_match.views.spreadsheet.sheets import Cell

_DAYS = {
    "mean": "head mean days",
    "median": "head median days",
    "nine_in_ten": "head nine in ten",
    "longest": "head longest",
}


def replay_sheets(found: Replay, lang: str) -> list[Sheet]:
    """Return all sheets of a replay.

    Parameters
    ----------
    found : Replay
        What is told.
    lang : str
        ``"en"`` or ``"fr"``.
    """
    say = language(lang)
    notes: list[list[Cell]] = [[line] for line in replay_lines(found, lang)]
    return [
        figures_sheet(found, lang),
        _duos_sheet(found, lang),
        Sheet(say("sheet notes"), [SheetColumn(say("sheet note"), 100)], notes),
    ]


def figures_sheet(found: Replay, lang: str) -> Sheet:
    """Return a row for each cadence and role."""
    say = language(lang)
    columns = [SheetColumn("", 24), SheetColumn(say("role"), 14)]
    columns += [SheetColumn(say("head duos"), 8, 0), SheetColumn(say("head mean"), 12, 3)]
    columns += [SheetColumn(say("head worst"), 12, 3), SheetColumn(say("head dates"), 12, 0)]
    columns += [SheetColumn(say("plot people"), 12, 0), SheetColumn(say("head matched"), 12, 0)]
    columns += [SheetColumn(say(head), 14, 1) for head in _DAYS.values()]
    columns += [SheetColumn(say("head still waiting"), 14, 0), SheetColumn(say("head mean so far"), 14, 1)]
    rows: list[list[Cell]] = [
        [
            cadence_in_words(row["every"], say),
            say(f"as {row['role']}"),
            *(_cell(row[name]) for name in ("duos", "mean_score", "lowest_score", "rounds")),
            *(_cell(row[name]) for name in ("people", "matched", *_DAYS, "still_waiting", "mean_so_far")),
        ]
        for row in found.records()
    ]
    return Sheet(say("replay waiting table"), columns, rows)


def _cell(value: float | None) -> Cell:
    return float(value) if isinstance(value, float) else value


def _duos_sheet(found: Replay, lang: str) -> Sheet:
    say = language(lang)
    columns = [SheetColumn("", 24), SheetColumn(say("replay formed on"), 14)]
    columns += [SheetColumn(say("mentor"), 24), SheetColumn(say("mentee"), 24)]
    columns += [SheetColumn(say("score"), 8, 3)]
    rows: list[list[Cell]] = [
        [cadence_in_words(of.every, say), duo.on.isoformat(), duo.mentor, duo.mentee, float(duo.score)]
        for of in found.cadences
        for duo in of.duos
    ]
    return Sheet(say("replay file duos"), columns, rows)
