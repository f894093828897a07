"""Plots of the differences in age and in grade between the two people of a duo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.arguments import check_arguments
from reverse_match.views.plots.canvas import (
    BLUE,
    EACH_SHOWN_UP_TO,
    GREY,
    HEIGHT,
    MENTEE,
    MENTEE_MARK,
    MENTOR,
    MENTOR_MARK,
    ROW,
    add_key,
    add_key_below,
    add_remark,
    axes_of,
    day_of,
    format_counts,
    format_numbers,
    name_rows,
    pair_in_picture,
    people_of_duos,
    set_titles,
    show_only,
)
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from matplotlib.axes import Axes

    from reverse_match.matching.results.matching import Matching as Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.words.phrases import Phrases

    Ends = list[tuple[float, float, str]]
    What = Literal["age", "grade"]

MOST_BARS = 40


@check_arguments
def ages(matching: Matching, cohort: Cohort, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Draw the ages of the duos.

    Up to 40 duos are drawn one by one, as lines from mentor to mentee; for more, the distribution of age
    gaps.

    Parameters
    ----------
    matching : Matching
        A matching of any size.
    cohort : Cohort
        The people of the matching.
    ax : Axes, optional
        Axes to draw into; new axes if not given.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    Axes
        The axes.

    Raises
    ------
    CohortError
        If the cohort is not that of the matching.
    InputError
        If the language is not known.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> rm.plots.ages(rm.match(cohort), cohort).get_title("left")
    'Ages of the duos'
    """
    day = day_of(matching)
    known = [
        (mentor.age_on(day), mentee.age_on(day), mentor.id, mentee.id)
        for mentor, mentee in people_of_duos(matching, cohort)
    ]
    return _spread("age", known, ax, language(lang))


@check_arguments
def grades(matching: Matching, cohort: Cohort, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Draw the grades of the duos, as :func:`ages` draws ages; parameters and errors are the same.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> rm.plots.grades(rm.match(cohort), cohort, lang="fr").get_title("left")
    'Niveaux dans les duos'
    """
    known = [
        (mentor.grade, mentee.grade, mentor.id, mentee.id)
        for mentor, mentee in people_of_duos(matching, cohort)
    ]
    return _spread("grade", known, ax, language(lang))


def _spread(
    what: What, known: Sequence[tuple[float | None, float | None, str, str]], ax: Axes | None, say: Phrases
) -> Axes:
    ends = [
        (young, old, pair_in_picture(mentor, mentee))
        for young, old, mentor, mentee in known
        if young is not None and old is not None
    ]
    each = len(ends) <= EACH_SHOWN_UP_TO
    ax = axes_of(ax, max(HEIGHT, 1.0 + ROW * len(ends)) if each else HEIGHT)
    if not known:
        return show_only(ax, say("plot no duos"))
    unknown = say("plot not known of", count=say.count(len(known) - len(ends)), all=say.count(len(known)))
    unknown = say("plot not known of one") if len(known) == 1 else unknown
    if not ends:
        return show_only(ax, f"{say(f'title {what}s')}{say('colon')}{unknown}")
    told = unknown if len(ends) < len(known) else ""
    return (_one_by_one if each else _gaps)(ax, what, ends, say, told)


def _one_by_one(ax: Axes, what: What, ends: Ends, say: Phrases, told: str) -> Axes:
    ordered = sorted(ends, key=lambda end: (end[0] - end[1], end[0], end[2]))
    rows = np.arange(len(ordered))
    young, old = (np.array([end[side] for end in ordered], dtype=float) for side in (0, 1))
    ax.hlines(rows, young, old, color=GREY, linewidth=1.5, zorder=1)
    for values, colour, mark, role in (
        (young, MENTOR, MENTOR_MARK, "mentor"),
        (old, MENTEE, MENTEE_MARK, "mentee"),
    ):
        ax.plot(
            values, rows, linestyle="none", marker=mark, markersize=5.5, color=colour, label=say(f"as {role}")
        )
    name_rows(ax, [end[2] for end in ordered])
    set_titles(ax, say(f"title {what}s"), say(f"axis {what}"))
    if told:
        add_remark(ax, told)
    format_numbers(ax.xaxis, say)
    add_key_below(ax, 2)
    return ax


def _gaps(ax: Axes, what: What, ends: Ends, say: Phrases, told: str) -> Axes:
    gaps = np.array([old - young for young, old, _ in ends], dtype=float)
    low, high = np.floor(gaps.min()), np.ceil(gaps.max())
    width = max(1.0, np.ceil((high - low + 1) / MOST_BARS))
    edges = np.arange(low - 0.5, high + 0.5 + width, width)  # whole-numbered gaps lie inside a bar
    ax.hist(gaps, bins=edges.tolist(), color=BLUE, edgecolor="white", linewidth=0.5)
    median = float(np.median(gaps))
    line = ax.xaxis.label.get_color()
    ax.axvline(
        median, color=line, linestyle="--", linewidth=1.2, label=say("plot median", value=say.tick(median))
    )
    ax.axvline(
        0,
        color=line,
        linestyle=":",
        linewidth=1.2,
        label=say("plot same", value=say(f"axis {what}").split(" (")[0]),
    )
    set_titles(ax, say(f"title {what}s"), say(f"gap {what}"), say("n duos"))
    if told:
        add_remark(ax, told)
    format_numbers(ax.xaxis, say)
    format_counts(ax.yaxis, say)
    add_key(ax, loc="best")
    return ax
