"""The sheets of circles: a row for each member, and a row for each person who is in none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.circles import circle_lines, reason_without_circle
from reverse_match.views.spreadsheet.sheets import Sheet, SheetColumn, person_columns, person_of
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.matching.results.circles import CircleMatching
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.spreadsheet.sheets import Cell


def circle_sheets(record: CircleMatching, people: Cohort, lang: str) -> list[Sheet]:
    """Return all sheets of circles.

    Parameters
    ----------
    record : CircleMatching
        What is told.
    people : Cohort
        The people that were placed.
    lang : str
        ``"en"`` or ``"fr"``.
    """
    say = language(lang)
    notes: list[list[Cell]] = [[line] for line in circle_lines(record, lang)]
    return [
        members_sheet(record, people, lang),
        _left_out_sheet(record, people, lang),
        Sheet(say("sheet notes"), [SheetColumn(say("sheet note"), 100)], notes),
    ]


def members_sheet(record: CircleMatching, people: Cohort, lang: str) -> Sheet:
    """Return a row for each member: the circle, the role, who it is, and what the circle scores."""
    say, known = language(lang), [*person_columns(people)]
    columns = [SheetColumn(say("circle"), 8, 0), SheetColumn(say("role"), 14)]
    columns += [SheetColumn(say(f"sheet {what}"), width) for what, width, _ in known]
    columns += [SheetColumn(say("score"), 8, 3), SheetColumn(say("mean"), 12, 3)]
    rows: list[list[Cell]] = []
    for number, circle in enumerate(record.circles, 1):
        for role, members in (("mentor", circle.mentors), ("mentee", circle.mentees)):
            for name in members:
                person = person_of(people, name)
                told = [read(person) for _, _, read in known]
                rows.append([number, say(f"as {role}"), *told, float(circle.score), float(circle.mean)])
    return Sheet(say("circles"), columns, rows)


def _left_out_sheet(record: CircleMatching, people: Cohort, lang: str) -> Sheet:
    say, known = language(lang), [*person_columns(people)]
    columns = [SheetColumn(say(f"sheet {what}"), width) for what, width, _ in known]
    columns += [SheetColumn(say("role"), 14), SheetColumn(say("sheet reason"), 60)]
    rows: list[list[Cell]] = []
    for left in record.unmatched:
        person = person_of(people, left.id)
        told = [read(person) for _, _, read in known]
        rows.append([*told, say(f"as {left.role}"), reason_without_circle(left, say)])
    return Sheet(say("without circle"), columns, rows)
