"""The sheets of a plan: the duos of all rounds, who sits out, figures of each round, and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.matching import without_duo
from reverse_match.views.spreadsheet.sheets import (
    Sheet,
    SheetColumn,
    duos_sheet,
    person_columns,
    person_of,
)
from reverse_match.views.summaries import ROUND_HEADS, plan_lines
from reverse_match.views.with_names import put_names
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.spreadsheet.sheets import Cell


def plan_sheets(plan: RotationPlan, people: Cohort, lang: str) -> list[Sheet]:
    """Return all sheets of a plan.

    Parameters
    ----------
    plan : RotationPlan
        What is told.
    people : Cohort
        The people of the plan; what they are called and their addresses are told where they have any.
    lang : str
        ``"en"`` or ``"fr"``.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = rm.read_cohort(rm.demo_path())
    >>> plan = rm.plan_rotations(people, rounds=2)
    >>> [(sheet.title, len(sheet.rows)) for sheet in plan_sheets(plan, people, "en")][0]
    ('Duos', 50)
    """
    say = language(lang)
    notes: list[list[Cell]] = [[line] for line in plan_lines(plan, lang, people.names)]
    return [
        _duos_of_all_rounds(plan, people, lang),
        _sitting_out_sheet(plan, people, lang),
        _rounds_sheet(plan, lang),
        Sheet(say("sheet notes"), [SheetColumn(say("sheet note"), 110)], notes),
    ]


def _duos_of_all_rounds(plan: RotationPlan, people: Cohort, lang: str) -> Sheet:
    """Return a row for each duo, its round first, so that one filter shows a round."""
    sheets = [duos_sheet(matching, people, lang) for matching in plan.rounds]
    most = max(
        sheets, key=lambda sheet: len(sheet.columns)
    )  # a round without common times has no such column
    rows: list[list[Cell]] = [
        [number, *row, *[None] * (len(most.columns) - len(row))]
        for number, sheet in enumerate(sheets, 1)
        for row in sheet.rows
    ]
    columns = [SheetColumn(_capital(language(lang)("head round")), 8, 0), *most.columns]
    return Sheet(most.title, columns, rows, None if most.printed is None else most.printed + 1)


def _sitting_out_sheet(plan: RotationPlan, people: Cohort, lang: str) -> Sheet:
    say, known = language(lang), [*person_columns(people)]
    columns = [SheetColumn(say(f"sheet {what}"), width) for what, width, _ in known]
    columns += [SheetColumn(_capital(say("role")), 12), SheetColumn(say("sheet sentence"), 80)]
    rows: list[list[Cell]] = [
        [
            *(read(person_of(people, one.id)) for _, _, read in known),
            say(f"as {one.role}"),
            " ".join(put_names(one, people.names).sentences(lang)),
        ]
        for one in plan.sitting_out
    ]
    return Sheet(say("sheet waiting"), columns, rows)


def _rounds_sheet(plan: RotationPlan, lang: str) -> Sheet:
    say = language(lang)
    places = (0, 0, 3, 3, 3, 0)
    columns = [
        SheetColumn(_capital(say(f"head {name}")), 12, shown)
        for name, shown in zip(ROUND_HEADS, places, strict=True)
    ]
    rows: list[list[Cell]] = []
    for number, matching in enumerate(plan.rounds, 1):
        scores, total = [float(duo.score) for duo in matching.duos], float(matching.total)
        mean = round(total / len(scores), 6) if scores else None
        rows.append([number, len(scores), total, mean, min(scores, default=None), len(without_duo(matching))])
    return Sheet(say("sheet figures"), columns, rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
