"""A programme on one page for those who answer for it: figures alone, and nobody by name.

Every figure is one of the indicators, in which small groups are suppressed already: this module adds none,
but hours by person, which follow from two that are shown. Where a figure is hidden, its cell says so, and a
sentence below the table says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.version import __version__
from reverse_match.programme.indicators.figures import Figure
from reverse_match.views.html.element import name_of
from reverse_match.views.report.blocks import bars, columns_of, key_figures, sentences, table
from reverse_match.views.report.page import page_of
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reverse_match.programme.indicators.indicators import Figures, Indicators, OwnFigures
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell

NOT_KNOWN = Figure(value=None, people=0)


def board_page(found: Indicators, lang: str, title: str | None = None) -> str:
    """Return the figures of a programme as a page.

    Parameters
    ----------
    found : Indicators
        The figures.
    lang : str
        ``"en"`` or ``"fr"``.
    title : str, optional
        Name of the programme.

    Raises
    ------
    InputError
        If the language is not known.
    """
    say, board = language(lang), _Board(found, lang)
    sections = [
        ("board summary", board.summary()),
        ("board participation", board.participation()),
        ("board use", board.use()),
        ("board satisfaction", board.satisfaction()),
        ("board time", board.time()),
        ("board skills", board.skills()),
        ("board own", board.own()),
        ("board departments", board.groups()),
        ("board changes", board.changes()),
        ("board reading", board.reading()),
    ]
    told = [(key.replace(" ", "-"), say(key), blocks) for key, blocks in sections if blocks]
    return page_of(told, lang, __version__, "board title", hint="board hint", foot="board made", name=title)


class _Board:
    """The sections of the page."""

    def __init__(self, found: Indicators, lang: str) -> None:
        self._found, self._all, self._say = found, found.programme, language(lang)

    def summary(self) -> Sequence[Element]:
        say, of = self._say, self._all
        figures = [
            ("board in a duo", of.participation, self._share),
            ("board n duos" if len(self._found.rounds) > 1 else "n duos", of.duos, self._count),
            ("board uses", of.skill_used, self._share),
            ("board satisfied", of.satisfaction, self._of_five),
            ("board hours a month", of.hours_a_month, self._hours),
            ("board acquired", of.skills_acquired, self._count),
            ("board level change", of.level_change, self._signed),
        ]
        shown = [
            (say(name), write(figure))
            for name, figure, write in figures
            if figure is not None and (figure.value is not None or figure.suppressed)
        ]
        return (key_figures(say("figures"), shown), *self._why_hidden([figure for _, figure, _ in figures]))

    def participation(self) -> Sequence[Element]:
        say, of = self._say, self._all
        told = [
            say.participation(of.participation or NOT_KNOWN),
            say.duos_heard_from(of.duos or NOT_KNOWN, of.response or NOT_KNOWN),
            say.sessions_held(
                of.sessions_held or NOT_KNOWN,
                of.held_of_planned or NOT_KNOWN,
                of.sessions_cancelled or NOT_KNOWN,
            ),
        ]
        heads = ("duos", "board in a duo", "board answered", "answer head sessions_held")
        rows = [
            [
                say("board round", number=say.count(one.round or 0)),
                *self._cells((one.duos, self._count), (one.participation, self._share)),
                *self._cells((one.response, self._share), (one.sessions_held, self._count)),
            ]
            for one in self._found.rounds
        ]
        return (
            *sentences(*told),
            *self._table(say("board by round"), "board which round", heads, rows, least=2),
        )

    def use(self) -> Sequence[Element]:
        say, of = self._say, self._all
        return sentences(
            say.skill_used(of.skill_used or NOT_KNOWN, of.skill_partly_used or NOT_KNOWN),
            say.objectives_reached(
                of.objective_reached or NOT_KNOWN, of.objective_partly_reached or NOT_KNOWN
            ),
            say("board interval") if (of.skill_used or NOT_KNOWN).low is not None else "",
        )

    def satisfaction(self) -> Sequence[Element]:
        say, of = self._say, self._all
        heads = ("board satisfied", "board n answers")
        rows = [
            [say(name), *self._cells((figure, self._of_five), (figure, self._denominator))]
            for name, figure in (
                ("board mentors", of.satisfaction_of_mentors),
                ("board mentees", of.satisfaction_of_mentees),
            )
        ]
        told = say.satisfaction(of.satisfaction or NOT_KNOWN)
        return (*sentences(told), *self._table(say("board by role"), "board role", heads, rows))

    def time(self) -> Sequence[Element]:
        say, of = self._say, self._all
        told = [say.hours_saved(of.hours_saved or NOT_KNOWN, of.hours_a_month or NOT_KNOWN)]
        if self._found.months_covered:
            told.append(say("board months covered", months=say.count(self._found.months_covered)))
        heads = ("board hours", "board who say", "board hours each", "board share of hours")
        most = max((one.hours_saved.value or 0 for one in self._found.months if one.hours_saved), default=0)
        rows = [
            [say.month(one.month or ""), *self._hours_cells(one.hours_saved, most)]
            for one in self._found.months
        ]
        by_month = self._table(say("board hours by month"), "board month", heads, rows, numbers=heads[:3])
        told_departments: list[Element] = []
        for column, places in self._columns():
            told_departments += self._hours_of_groups(column, places)
        return (*sentences(*told), *by_month, *told_departments)

    def _hours_of_groups(self, column: str, places: Sequence[Figures]) -> Iterable[Element]:
        heads = ("board hours", "board hours a month", "board who say", "board hours each month")
        months = self._found.months_covered or 1
        rows = [
            [
                self._group(place),
                *self._cells((place.hours_saved, self._hours), (place.hours_a_month, self._hours)),
                *self._cells((place.hours_saved, self._people)),
                self._each(place.hours_saved, months),
            ]
            for place in places
            if place.hours_saved is not None
        ]
        return self._table(
            self._say("board hours by group", column=self._column(column)), "board group", heads, rows
        )

    def _hours_cells(self, figure: Figure | None, most: float) -> list[Cell]:
        shown = figure or NOT_KNOWN
        percent = round(100 * (shown.value or 0) / most) if most else 0
        bar = bars([("", "", percent, shown.value is None)])
        return [self._hours(shown), self._people(shown), self._each(shown, 1), bar]

    def skills(self) -> Sequence[Element]:
        say, of = self._say, self._all
        told = [say.skills_acquired(of.skills_acquired or NOT_KNOWN)]
        if of.level_before is not None:
            told.append(
                say.levels(
                    of.level_before,
                    of.level_after or NOT_KNOWN,
                    of.level_change or NOT_KNOWN,
                    of.level_rose or NOT_KNOWN,
                )
            )
        return sentences(*told)

    def own(self) -> Sequence[Element]:
        say = self._say
        numbers = [one for one in self._all.own if not one.answers]
        heads = ("board mean", "board n answers", "board change", "board rose")
        rows = [
            [
                name_of(one.question),
                *self._cells((one.mean, self._number), (one.mean, self._denominator)),
                *self._cells((one.change, self._signed), (one.rose, self._share)),
            ]
            for one in numbers
        ]
        told = list(self._table(say("board own numbers"), "board question", heads, rows))
        for one in self._all.own:
            told += self._words(one)
        return (*told, *(sentences(say("board change means"), quiet=True) if numbers else ()))

    def _words(self, one: OwnFigures) -> Iterable[Element]:
        rows: list[list[Cell]] = [
            [name_of(word), *self._cells((figure, self._count))] for word, figure in one.answers.items()
        ]
        return self._table(
            self._say("board own words", question=one.question), "board answer", ("board n answers",), rows
        )

    def groups(self) -> Sequence[Element]:
        heads = ("board people", "board in a duo", "board uses", "board satisfied", "board acquired")
        told: list[Element] = []
        for column, places in self._columns():
            rows = [
                [
                    self._group(place),
                    *self._cells(
                        (place.participation, self._denominator), (place.participation, self._share)
                    ),
                    *self._cells((place.skill_used, self._share), (place.satisfaction, self._of_five)),
                    *self._cells((place.skills_acquired, self._count)),
                ]
                for place in places
            ]
            told += self._table(
                self._say("board by group", column=self._column(column)), "board group", heads, rows
            )
        return told

    def changes(self) -> Sequence[Element]:
        say, changes = self._say, self._found.changes
        heads = ("board kept", "board ended", "board new", "board joined", "board left")
        rows = [
            [
                say("board to round", number=say.count(one.round)),
                *(say.count(number) for number in (one.kept, one.ended, one.new)),
                *(
                    say("figure unknown") if number is None else say.count(number)
                    for number in (one.joined, one.left)
                ),
            ]
            for one in changes
        ]
        return self._table(say("board by change"), "board which round", heads, rows)

    def reading(self) -> Sequence[Element]:
        say = self._say
        fewest = say.count(self._found.fewest)
        return sentences(
            say("board said by themselves"), say("board small groups", fewest=fewest), say("board no cause")
        )

    # Cells

    def _table(
        self,
        caption: str,
        first: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        numbers: Sequence[str] | None = None,
        least: int = 1,
    ) -> tuple[Element, ...]:
        """Return a table with a sentence on what it hides, or nothing if it has fewer rows than ``least``."""
        say = self._say
        rows, left_out = self._with_a_figure(rows)
        if len(rows) + left_out < least:
            return ()
        shown = table(
            caption,
            columns_of((first, *heads), say, heads if numbers is None else numbers),
            rows,
        )
        hidden = say("board hidden") in {cell for row in rows for cell in row if isinstance(cell, str)}
        fewest = say.count(self._found.fewest)
        too_small = say.counted("board rows left out", left_out, fewest=fewest) if left_out else ""
        why = say("board why hidden", fewest=fewest) if hidden else ""
        return (*shown, *sentences(why, too_small, quiet=True))

    def _with_a_figure(self, rows: Sequence[Sequence[Cell]]) -> tuple[list[Sequence[Cell]], int]:
        """Return the rows of which at least one figure is shown, and the number of those left out."""
        nothing = {self._say("board hidden"), self._say("figure unknown")}
        seen = [
            row
            for row in rows
            if self._say("board hidden") not in row[1:] or any(cell not in nothing for cell in row[1:])
        ]
        return seen, len(rows) - len(seen)

    def _why_hidden(self, figures: Sequence[Figure | None]) -> Sequence[Element]:
        if not any(figure is not None and figure.suppressed for figure in figures):
            return ()
        return sentences(
            self._say("board why hidden", fewest=self._say.count(self._found.fewest)), quiet=True
        )

    def _columns(self) -> list[tuple[str, list[Figures]]]:
        """Return the groups of each column, over all rounds."""
        places = [place for place in self._found.groups if place.round is None]
        names = dict.fromkeys(place.by or "" for place in places)
        return [(name, [place for place in places if place.by == name]) for name in names]

    def _column(self, name: str) -> str:
        return self._say.made_names.subject(name)

    def _group(self, place: Figures) -> Cell:
        return self._say("board no group") if place.group is None else name_of(place.group)

    def _cells(self, *figures: tuple[Figure | None, Callable[[Figure], str]]) -> list[Cell]:
        return [write(figure or NOT_KNOWN) for figure, write in figures]

    def _or_why(self, figure: Figure, text: Callable[[float], str]) -> str:
        if figure.value is None:
            return self._say("board hidden" if figure.suppressed else "figure unknown")
        return text(figure.value)

    def _count(self, figure: Figure) -> str:
        return self._or_why(figure, lambda value: self._say.count(int(value)))

    def _number(self, figure: Figure) -> str:
        return self._or_why(figure, lambda value: self._say.number(value, 1))

    def _hours(self, figure: Figure) -> str:
        return self._number(figure)

    def _of_five(self, figure: Figure) -> str:
        return self._or_why(figure, lambda value: self._say("board of five", mean=self._say.number(value, 1)))

    def _signed(self, figure: Figure) -> str:
        return self._or_why(figure, lambda value: ("+" if value > 0 else "") + self._say.number(value, 1))

    def _share(self, figure: Figure) -> str:
        return self._or_why(figure, lambda value: self._say.share(value, 0))

    def _denominator(self, figure: Figure) -> str:
        if figure.suppressed:
            return self._say("board hidden")
        return self._say.count(figure.denominator or 0)

    def _people(self, figure: Figure) -> str:
        return self._say("board hidden") if figure.suppressed else self._say.count(figure.people or 0)

    def _each(self, figure: Figure | None, months: int) -> str:
        shown = figure or NOT_KNOWN
        people = (shown.people or 0) * months
        return self._or_why(shown, lambda value: self._say.number(value / people if people else 0, 1))
