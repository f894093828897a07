"""Sections of the report on the differences between the people of duos, and its plots."""

from __future__ import annotations

import warnings
from collections import Counter
from statistics import median
from threading import Lock
from typing import TYPE_CHECKING

from reverse_match.foundation.names import name_key
from reverse_match.foundation.optional import require_module
from reverse_match.scoring.columns import Columns
from reverse_match.views import plots
from reverse_match.views.plots.canvas import day_of, people_of_duos
from reverse_match.views.plots.svg import fit_into_page
from reverse_match.views.report.blocks import columns_of, picture, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.views.html.element import Element
    from reverse_match.views.report.blocks import Cell
    from reverse_match.views.words.phrases import Phrases


def diversity_blocks(matching: Matching, people: Cohort | None, say: Phrases) -> Sequence[Element]:
    """Return tables of differences between the people of duos, or nothing without a cohort."""
    if people is None or not matching.duos:
        return ()
    pairs, day = people_of_duos(matching, people), day_of(matching)
    columns = Columns(people, matching.policy, None)
    mixed = [
        row
        for field in ("gender", "department", "location")
        for row in _mixed_rows(field, pairs, columns, say)
    ]
    ages = [(mentor.age_on(day), mentee.age_on(day)) for mentor, mentee in pairs]
    grades = [(mentor.grade, mentee.grade) for mentor, mentee in pairs]
    far = [
        row for name, ends in (("gap age", ages), ("gap grade", grades)) for row in _gap_rows(name, ends, say)
    ]
    heads, gaps = (
        ("duos that differ", "share that differs", "known of"),
        ("smallest", "median", "largest", "known of"),
    )
    return (
        *table(say("mixed"), columns_of(("what", *heads), say, heads), mixed),
        *table(say("apart"), columns_of(("what", *gaps), say, gaps), far),
    )


def _mixed_rows(
    field: str, pairs: Sequence[tuple[Participant, Participant]], columns: Columns, say: Phrases
) -> list[tuple[Cell, ...]]:
    known = [
        [columns.in_one_word(field, getattr(person, field)) for person in (mentor, mentee)]
        for mentor, mentee in pairs
        if getattr(mentor, field) is not None and getattr(mentee, field) is not None
    ]
    if not known:
        return []
    differ = sum(name_key(one) != name_key(other) for one, other in known)
    told = (say.count(differ), say.share(differ / len(known)), _part_of(len(known), len(pairs), say))
    return [(say(f"differ {field}"), *told)]


def _gap_rows(
    name: str, ends: Sequence[tuple[float | None, float | None]], say: Phrases
) -> list[tuple[Cell, ...]]:
    gaps = gaps_of(ends)
    if not gaps:
        return []
    told = [short_number(value, say) for value in (min(gaps), median(gaps), max(gaps))]
    return [(say(name), *told, _part_of(len(gaps), len(ends), say))]


def _part_of(part: int, whole: int, say: Phrases) -> str:
    return say("part of", part=say.count(part), whole=say.count(whole))


def gaps_of(ends: Sequence[tuple[float | None, float | None]]) -> list[float]:
    """Return the gaps of duos, mentee minus mentor, for which both numbers are known."""
    return [old - young for young, old in ends if young is not None and old is not None]


def short_number(value: float, say: Phrases) -> str:
    """Return a number as text, without decimal places if it is whole."""
    return say.number(value, 0 if value == int(value) else 1)


_ONE_AT_A_TIME = Lock()
"""Held while drawing, since matplotlib's style and Python's warnings are settings of the whole process."""


def pictures(matching: Matching, people: Cohort | None, say: Phrases, lang: str) -> Sequence[Element]:
    """Return the plots; those of departments, ages and grades need a cohort that has these fields.

    Raises
    ------
    CohortError
        If the cohort is not that of the matching.
    MissingExtraError
        If matplotlib is not installed.
    """
    drawn = []
    if matching.duos:
        drawn.append(
            _draw("scores", say, _describe_scores(matching, say), lambda: plots.scores(matching, lang=lang))
        )
        told = _describe_contributions(matching, say)
        drawn.append(_draw("contributions", say, told, lambda: plots.contributions(matching, lang=lang)))
    if people is not None and matching.duos:
        drawn += _pictures_of_people(matching, people, say, lang)
    if matching.unmatched:
        told = say("picture left out", count=say.count_people(len({left.id for left in matching.unmatched})))
        drawn.append(_draw("left out", say, told, lambda: plots.left_out(matching, lang=lang)))
    return drawn


def _pictures_of_people(matching: Matching, people: Cohort, say: Phrases, lang: str) -> list[Element]:
    pairs, day = people_of_duos(matching, people), day_of(matching)
    drawn = []
    told = _describe_departments(pairs, say)
    if told:
        drawn.append(_draw("departments", say, told, lambda: plots.departments(matching, people, lang=lang)))
    ages = gaps_of([(mentor.age_on(day), mentee.age_on(day)) for mentor, mentee in pairs])
    if ages:
        told = _describe_gaps("ages", ages, say)
        drawn.append(_draw("ages", say, told, lambda: plots.ages(matching, people, lang=lang)))
    grades = gaps_of([(mentor.grade, mentee.grade) for mentor, mentee in pairs])
    if grades:
        told = _describe_gaps("grades", grades, say)
        drawn.append(_draw("grades", say, told, lambda: plots.grades(matching, people, lang=lang)))
    return drawn


def _describe_scores(matching: Matching, say: Phrases) -> str:
    scores = [duo.score for duo in matching.duos]
    return say(
        "picture scores",
        duos=say.count_duos(len(scores)),
        low=say.number(min(scores)),
        mean=say.number(sum(scores) / len(scores)),
        high=say.number(max(scores)),
    )


def _describe_contributions(matching: Matching, say: Phrases) -> str:
    means = [
        (name, sum(duo.contributions[name] for duo in matching.duos) / len(matching.duos))
        for name in (criterion.name for criterion in matching.criteria)
    ]
    told = [f"{say.criterion(name)} {say.number(mean)}" for name, mean in means]
    return say("picture contributions", points=say("list").join(told))


def _describe_departments(pairs: Sequence[tuple[Participant, Participant]], say: Phrases) -> str:
    """Return a description of the heat map; it is empty if no department is known."""
    met = [(mentor.department, mentee.department) for mentor, mentee in pairs]
    if not any(one or other for one, other in met):
        return ""
    known = Counter((one, other) for one, other in met if one and other)
    if not known:
        return say("picture departments")
    (mentor, mentee), count = min(known.items(), key=lambda item: (-item[1], item[0]))
    often = say("most often", pair=say("pair", mentor=mentor, mentee=mentee), duos=say.count_duos(count))
    return f"{say('picture departments')} {often}"


def _describe_gaps(what: str, gaps: Sequence[float], say: Phrases) -> str:
    low, middle, high = (short_number(value, say) for value in (min(gaps), median(gaps), max(gaps)))
    return say(f"picture {what}", low=low, median=middle, high=high)


def _draw(what: str, say: Phrases, told: str, draw: Callable[[], Axes]) -> Element:
    title, key = say(f"title {what}"), f"picture-{what.replace(' ', '-')}"
    return picture(key, title, told, _svg(draw, title, key))


def _svg(draw: Callable[[], Axes], title: str, key: str) -> str:
    """Return a plot as an SVG element with a title and a description, in matplotlib's default style.

    Characters that matplotlib's own fonts do not have become empty boxes; tables of the report have the
    names.
    """
    pyplot = require_module("matplotlib.pyplot", "report", "a report")
    with _ONE_AT_A_TIME, warnings.catch_warnings(), pyplot.ioff(), pyplot.style.context("default"):
        warnings.filterwarnings("ignore", "Glyph .* missing")
        ax = draw()
        ax.set_title("", loc="left")  # the page shows the title as text
        try:
            svg = plots.as_svg(ax, title)
        finally:
            pyplot.close(ax.figure)
    return fit_into_page(svg, key, title)
