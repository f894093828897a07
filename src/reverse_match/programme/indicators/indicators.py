"""Indicators of a programme: participation, and what duos do and answer; no figure reveals a few people.

:mod:`.facts` defines the facts behind every figure. This module computes figures for all rounds together, for
each round, each month, and each group of people. Figures on fewer than five people are suppressed, and
further figures by cell suppression (:mod:`.cell_suppression`). All rounds, months and groups of a figure are
treated together, so that no total reveals a suppressed part.
"""

from __future__ import annotations

import csv
import io
import operator
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import numpy as np
from pydantic import Field

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError, PolicyError
from reverse_match.foundation.files import write_whole
from reverse_match.foundation.names import id_key, name_key
from reverse_match.foundation.records import PlainData, WordedRecord, views_of
from reverse_match.foundation.text_safety import safe_cell
from reverse_match.people.cohort import Cohort
from reverse_match.policy.values import is_none
from reverse_match.programme.indicators.answers_by_round import place_answers, tuple_of_matchings
from reverse_match.programme.indicators.between_rounds import RoundChange, changes_between, months_covered
from reverse_match.programme.indicators.cell_suppression import hidden_cells
from reverse_match.programme.indicators.facts import facts_of, measures_of
from reverse_match.programme.indicators.figures import SUPPRESSED, Figure
from reverse_match.programme.indicators.own_questions import (
    measures_of_levels,
    measures_of_own,
    name_of_own,
    questions_asked,
)
from reverse_match.scoring.columns import Columns

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy import Policy
    from reverse_match.programme.indicators.answers_by_round import Feedback
    from reverse_match.programme.indicators.facts import Fact, Measure

FEWEST = 5
"""Smallest number of people behind a figure; a caller may set a larger number, never a smaller one."""


class PlansSessions(Protocol):
    """A programme that knows the planned number of sessions of a duo."""

    def sessions_planned(self, number: int, until: date | None = None) -> int:
        """Return the number of sessions of a duo in a round (counted from 1), up to a day or to its end."""
        ...


class OwnFigures(PlainData):
    """The figures of a question of the programme's own, answered by numbers or by words."""

    question: str
    """Heading of the question."""
    mean: Figure | None = Field(default=None, exclude_if=is_none)
    """Mean of all answers, for numbers."""
    change: Figure | None = Field(default=None, exclude_if=is_none)
    """Mean change from the first answer of a person about a duo in a round to the last, for numbers."""
    rose: Figure | None = Field(default=None, exclude_if=is_none)
    """Share of such changes that go up, with an interval."""
    answers: dict[str, Figure] = Field(default_factory=dict, exclude_if=operator.not_)
    """For words: how many answers were this one."""


class Figures(PlainData):
    """The figures of the programme, of a round, of a month, or of a group in one of them.

    ``None`` in place of a figure means that it has no meaning there.
    """

    round: int | None = None
    """Number of the round, from 1; ``None`` for all rounds together."""
    month: str | None = None
    """Month of the answers, such as ``2026-11``; figures of a month count only answers given in it."""
    by: str | None = None
    """The column whose values are the groups; ``None`` for all people."""
    group: str | None = None
    """Name of the group; ``None`` together with ``by`` for people without a value in the column."""
    participation: Figure | None
    """Share of the people in a duo among all invited people (those with a duo and those without)."""
    duos: Figure | None
    """Number of duos; over several rounds, a duo counts in each of its rounds."""
    response: Figure | None
    """Share of the duos of which at least one person has answered."""
    sessions_held: Figure | None
    """Number of sessions held, over all duos that report it."""
    sessions_planned: Figure | None
    """Number of sessions planned for all duos; ``None`` without a programme."""
    held_of_planned: Figure | None
    """Sessions held over sessions planned, for the duos that report the former; may exceed 1."""
    sessions_cancelled: Figure | None
    """Number of sessions cancelled, over all duos that report it."""
    skills_acquired: Figure | None
    """Number of skills acquired, each once for each mentee, over the mentees of all duos with answers."""
    skill_used: Figure | None
    """Share of the mentees who use the skill at work, with an interval, among those for whom it is known."""
    skill_partly_used: Figure | None
    """Share of the mentees who use the skill partly."""
    objective_reached: Figure | None
    """Share of the duos that have reached their objective, with an interval, among those that answer this."""
    objective_partly_reached: Figure | None
    """Share of the duos that have reached their objective partly."""
    satisfaction: Figure | None
    """Mean satisfaction over all answers, from 1 to 5."""
    satisfaction_of_mentors: Figure | None
    """Mean satisfaction over the answers of mentors, from 1 to 5."""
    satisfaction_of_mentees: Figure | None
    """Mean satisfaction over the answers of mentees, from 1 to 5."""
    hours_saved: Figure | None
    """Sum of the hours saved, over all answers."""
    hours_a_month: Figure | None
    """Hours saved in a month: the sum over all rounds, and the months that answers are about.  ``None`` for a
    month or a round, of which ``hours_saved`` says it."""
    level_before: Figure | None = Field(default=None, exclude_if=is_none)
    """Mean level before, self-assessed from 1 to 5, of those who say both levels; ``None`` if nobody does."""
    level_after: Figure | None = Field(default=None, exclude_if=is_none)
    """Mean level now of the same people."""
    level_change: Figure | None = Field(default=None, exclude_if=is_none)
    """Mean change of the level of the same people."""
    level_rose: Figure | None = Field(default=None, exclude_if=is_none)
    """Share of these changes that go up, with an interval."""
    own: tuple[OwnFigures, ...] = Field(default=(), exclude_if=operator.not_)
    """Figures of the programme's own questions, in their order."""


NAMES = tuple(name for name in Figures.model_fields if name not in ("round", "month", "by", "group", "own"))
"""Names of all figures."""

COLUMNS = ("value", "numerator", "denominator", "low", "high", "people", "suppressed")


class Indicators(WordedRecord):
    """The results of a programme as figures, none of which reveals a few people."""

    programme: Figures
    """Figures of all rounds together."""
    rounds: tuple[Figures, ...]
    """Figures of each round, in order."""
    months: tuple[Figures, ...]
    """Figures of each month with an answer."""
    groups: tuple[Figures, ...]
    """Figures of each group of each column: of all rounds together, then of each round."""
    fewest: int
    """Smallest number of people behind a figure; figures on fewer are suppressed."""
    months_covered: int | None = Field(default=None, exclude_if=is_none)
    """Number of months that the answers are about; ``None`` without answers."""
    changes: tuple[RoundChange, ...] = Field(default=(), exclude_if=operator.not_)
    """What changed from one round to the next, of the rounds whose round before is known."""

    @check_arguments
    def to_html(self, lang: str = "en", *, title: str | None = None) -> str:
        r"""Return the figures as one HTML page for a board, without scripts or external resources.

        It names nobody. Where few people stand behind a figure, it says so instead. The same figures and
        language give the same text.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.
        title : str, optional
            Name of the programme, which stands below the heading.

        Raises
        ------
        InputError
            If the language is not known.

        Examples
        --------
        >>> import reverse_match as rm
        >>> cohort = rm.read_cohort(rm.demo_path())
        >>> page = rm.indicators(rm.match(cohort), [], cohort).to_html("fr")
        >>> page[:32], "<script" in page
        ('<!DOCTYPE html>\n<html lang="fr">', False)
        """
        page: str = views_of(self).page(self, lang, title)
        return page

    @check_arguments
    def report(self, path: str | os.PathLike[str], lang: str = "en", *, title: str | None = None) -> None:
        """Write the page for a board (:meth:`to_html`) to a file, completely or not at all.

        Parameters
        ----------
        path : path
            Path of an ``.html`` file.
        lang : str
            ``"en"`` or ``"fr"``.
        title : str, optional
            Name of the programme.

        Raises
        ------
        InputError
            If the language is not known, if the name does not end in ``.html``, or if the file cannot be
            written.
        """
        file = Path(path)
        if file.suffix.lower() not in (".html", ".htm"):
            message = "a report is written as HTML; right would be a name that ends in .html"
            raise InputError([Fault(message, file.name)])
        write_whole(file, self.to_html(lang, title=title))

    def to_csv(self) -> str:
        """Return all figures as CSV, one row for each: its place, its name, and its values.

        Cells that a spreadsheet would take for a formula get an apostrophe in front.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("round", "month", "by", "group", "figure", *COLUMNS))
        for place in (self.programme, *self.rounds, *self.months, *self.groups):
            where = [
                "" if cell is None else safe_cell(str(cell))
                for cell in (place.round, place.month, place.by, place.group)
            ]
            for name, figure in figures_of(place):
                cells = [getattr(figure, column) for column in COLUMNS[:-1]]
                shown = ["" if cell is None else cell for cell in cells]
                writer.writerow([*where, safe_cell(name), *shown, "yes" if figure.suppressed else "no"])
        return text.getvalue()


def figures_of(place: Figures) -> Iterator[tuple[str, Figure]]:
    """Yield the name and the value of each figure that has a meaning in a place."""
    for name in NAMES:
        if (figure := getattr(place, name)) is not None:
            yield name, figure
    for own in place.own:
        parts = {"mean": own.mean, "change": own.change, "rose": own.rose, **own.answers}
        for what, part in parts.items():
            if part is not None:
                yield f"{own.question}: {what}", part


@check_arguments
def indicators(
    matchings: Matching | Iterable[Matching],
    feedback: Feedback,
    cohort: Cohort | Iterable[Cohort],
    *,
    programme: PlansSessions | None = None,
    until: date | None = None,
    by: Sequence[str] = ("department",),
    prefix: int | None = None,
    ends: Sequence[date | str] | None = None,
    fewest: int = FEWEST,
) -> Indicators:
    """Return the indicators of a programme, of each round, month and group.

    Parameters
    ----------
    matchings : iterable of Matching
        The matching of each round, in order.
    feedback : iterable of FeedbackRecord, or what has ``records``
        All answers, in any order.
    cohort : Cohort, or iterable of Cohort
        The people as they are now. An earlier cohort gives the groups of people who have left, which are
        unknown otherwise. If several cohorts have a person, the last one counts.
    programme : Programme, optional
        Programme that gives the number of planned sessions.
    until : date, optional
        Last day on which planned sessions count.
    by : sequence of str
        Columns of the people whose values are the groups.
    prefix : int, optional
        Number of leading parts of a path such as ``Group/Plant/Workshop`` that name the group.
    ends : sequence of date or str, optional
        The last day of each round; that of the last round may be left out. Needed if a duo is in several
        rounds.
    fewest : int
        Smallest number of people behind a figure, 5 or more; figures on fewer are suppressed.

    Raises
    ------
    InputError
        If answers do not fit the matchings, a column does not exist, or ``fewest`` is less than 5.

    Examples
    --------
    >>> import reverse_match as rm
    >>> from reverse_match.programme.feedback.record import FeedbackRecord
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> matching = rm.match(cohort)
    >>> said = [
    ...     FeedbackRecord(
    ...         mentor=duo.mentor, mentee=duo.mentee, on="2026-12-01", by="mentee", skill_used="yes"
    ...     )
    ...     for duo in matching.duos[:9]
    ... ]
    >>> used = rm.indicators(matching, said, cohort).programme.skill_used
    >>> used.value, used.low, used.denominator
    (1.0, 0.663733, 9)
    """
    if fewest < FEWEST:
        raise InputError([Fault(f"may be raised, not lowered; right would be {FEWEST} or more", "fewest")])
    listed = tuple_of_matchings(matchings)
    answers = place_answers(listed, feedback, ends)
    groups = _groups(
        (cohort,) if isinstance(cohort, Cohort) else tuple(cohort), listed[-1].policy, by, prefix
    )
    planned = (
        None
        if programme is None
        else [programme.sessions_planned(place, until) for place in range(1, len(listed) + 1)]
    )
    facts = facts_of(listed, answers)
    scopes = _scopes(len(listed), sorted({one.month for one in answers}), by, groups, facts["invited"])
    cells: dict[tuple[str, _Scope], Figure] = {}
    months = months_covered(answers, programme, len(listed))
    asked = questions_asked(answers, getattr(feedback, "questions", ()))
    measures = [
        *measures_of(facts, listed[-1].policy, planned, months),
        *measures_of_levels(facts["own"]),
        *measures_of_own(facts["own"], asked),
    ]
    for measure in measures:
        for name, scope, figure in _visible_figures(measure, scopes, groups, fewest):
            cells[name, scope] = figure
    places = [_figures_in(scope, cells, asked) for scope in scopes]
    return Indicators(
        programme=places[0],
        rounds=tuple(one for one in places if one.round is not None and one.by is None),
        months=tuple(one for one in places if one.month is not None),
        groups=tuple(one for one in places if one.by is not None),
        fewest=fewest,
        months_covered=months,
        changes=changes_between(listed),
    )


class _Scope(NamedTuple):
    """The selection of facts for a figure; a part that is ``None`` selects all."""

    round: int | None = None
    month: str | None = None
    by: str | None = None
    group: str | None = None
    role: str | None = None


_DIVISIONS = ("round", "month", "role")

_Groups: TypeAlias = "dict[str, dict[str, str]]"
"""For each column, the group of each person with a value in it."""


def _groups(cohorts: Sequence[Cohort], policy: Policy, by: Sequence[str], prefix: int | None) -> _Groups:
    if isinstance(by, str):
        raise InputError([Fault("a text, not a list; right would be a list of columns", "by")])
    if prefix is not None and prefix < 1:
        raise InputError([Fault("right would be a whole number of 1 or more", "prefix")])
    found: _Groups = {}
    for column in by:
        keys: dict[str, str] = {}
        texts: dict[str, str] = {}
        for cohort in cohorts:
            columns = Columns(cohort, policy, None)
            try:
                read, compared = columns.texts(column), columns.compared_texts(column)
            except PolicyError as error:
                raise InputError([Fault(fault.message, "by") for fault in error.faults]) from None
            for one, text, word in zip(cohort.participants, read, compared, strict=True):
                if text is not None and word is not None:
                    keys[id_key(one.id)] = "/".join(map(name_key, word.split("/")[:prefix]))
                    texts[id_key(one.id)] = "/".join(text.split("/")[:prefix])
        spelling: dict[str, str] = {}
        for person, text in texts.items():
            spelling[keys[person]] = min(spelling.get(keys[person], text), text)
        found[column] = {person: spelling[key] for person, key in keys.items()}
    return found


def _scopes(
    rounds: int, months: Sequence[str], by: Sequence[str], groups: _Groups, invited: Sequence[Fact]
) -> list[_Scope]:
    places = [None, *range(rounds)]
    scopes = [_Scope(round=place) for place in places] + [_Scope(month=month) for month in months]
    for column in by:
        there = {groups[column].get(fact.person) for fact in invited}
        names = sorted(there, key=lambda name: (name is None, name or ""))
        scopes += [_Scope(round=place, by=column, group=name) for place in places for name in names]
    return scopes


def _visible_figures(
    measure: Measure, scopes: Sequence[_Scope], groups: _Groups, fewest: int
) -> Iterator[tuple[str, _Scope, Figure]]:
    """Yield the figures of a measure in each scope where they have a meaning, suppressed where necessary."""
    roles = (None, *measure.roles)
    monthly = measure.has_months
    within = [
        scope._replace(role=role) for scope in scopes if scope.month is None or monthly for role in roles
    ]
    members = _members(measure.facts, within, groups)
    numbers = {person: place for place, person in enumerate(sorted({fact.person for fact in measure.facts}))}
    people = np.array([numbers[fact.person] for fact in measure.facts], dtype=np.int64)
    hidden = hidden_cells(members, people, _totals(within), fewest)
    hidden_ones = {name: SUPPRESSED for name, figure in measure.figures([]).items() if figure is not None}
    for scope, marks, gone in zip(within, members, hidden, strict=True):
        some = [] if gone else [measure.facts[place] for place in np.flatnonzero(marks).tolist()]
        for name, figure in (hidden_ones if gone else measure.figures(some)).items():
            if figure is not None and measure.has_meaning(name, scope.round, scope.month):
                yield name, scope, figure


def _members(facts: Sequence[Fact], scopes: Sequence[_Scope], groups: _Groups) -> BoolArray:
    """Return the facts in each scope, shape (scopes, facts)."""
    within: defaultdict[object, BoolArray] = defaultdict(lambda: np.zeros(len(facts), dtype=bool))
    for place, fact in enumerate(facts):
        for division in _DIVISIONS:
            within[division, getattr(fact, division)][place] = True
        for by, group in groups.items():
            within["by", by, group.get(fact.person)][place] = True
    members = np.ones((len(scopes), len(facts)), dtype=bool)
    for row, scope in zip(members, scopes, strict=True):
        for division in _DIVISIONS:
            if (value := getattr(scope, division)) is not None:
                row &= within[division, value]
        if scope.by is not None:
            row &= within["by", scope.by, scope.group]
    return members


def _totals(scopes: Sequence[_Scope]) -> list[tuple[int, list[int]]]:
    """Return the scopes that are totals, with their parts: by round, month, group of a column, or role."""
    place = {scope: number for number, scope in enumerate(scopes)}
    parts: dict[tuple[_Scope, str], list[int]] = defaultdict(list)
    for scope, number in place.items():
        for division in _DIVISIONS:
            if getattr(scope, division) is not None:
                parts[scope._replace(**{division: None}), division].append(number)
        if scope.by is not None:
            parts[scope._replace(by=None, group=None), f"by {scope.by}"].append(number)
    return [(place[whole], some) for (whole, _), some in parts.items()]


def _figures_in(
    scope: _Scope, cells: Mapping[tuple[str, _Scope], Figure], asked: Mapping[str, Sequence[str]]
) -> Figures:
    found = {name: cells.get((name, scope)) for name in NAMES}
    for role in ("mentor", "mentee"):
        found[f"satisfaction_of_{role}s"] = cells.get(("satisfaction", scope._replace(role=role)))
    number = None if scope.round is None else scope.round + 1
    own = tuple(_own_figures(heading, words, scope, cells) for heading, words in asked.items())
    return Figures(round=number, month=scope.month, by=scope.by, group=scope.group, own=own, **found)


def _own_figures(
    heading: str, words: Sequence[str], scope: _Scope, cells: Mapping[tuple[str, _Scope], Figure]
) -> OwnFigures:
    counted = {
        word: cells.get((name_of_own(heading, "answers"), scope._replace(role=word))) for word in words
    }
    return OwnFigures(
        question=heading,
        mean=cells.get((name_of_own(heading, "mean"), scope)),
        change=cells.get((name_of_own(heading, "change"), scope)),
        rose=cells.get((name_of_own(heading, "rose"), scope)),
        answers={word: figure for word, figure in counted.items() if figure is not None},
    )
