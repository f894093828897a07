"""A plot of how long people wait for a duo under several cadences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.views.intake import cadence_in_words, figure
from reverse_match.views.plots.canvas import (
    HEIGHT,
    MENTEE,
    MENTEE_MARK,
    MENTOR,
    MENTOR_MARK,
    SMALL,
    add_key_below,
    add_remark,
    axes_of,
    format_numbers,
    name_rows,
    set_titles,
)
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from reverse_match.study.intake.record import Replay as Replay
    from reverse_match.study.intake.waiting import WaitingFigures
    from reverse_match.views.words.phrases import Phrases

ROW = 0.62
"""Height of a cadence in inches."""
APART = 0.17
"""Distance of the two sides from the middle of their row, as a share of its height."""


@check_arguments
def waiting(replay: Replay, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Draw how long mentors and mentees wait for their first duo under each cadence of a replay.

    A mark is the mean waiting of those who were matched; a line runs on to the number of days within which
    nine in ten of them were. Words beside it give the share of people who were matched, since those who still
    wait are in neither. The last row is the mean score had everybody been known beforehand.

    Parameters
    ----------
    replay : Replay
        What :func:`reverse_match.replay` returned.
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
    InputError
        If the language is not known.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> from reverse_match.testing import invented_intake
    >>> people = rm.Cohort.from_records(invented_intake(40))
    >>> rm.plots.waiting(rm.replay(people, joined="joined", every=["1month"])).get_xlabel()[:4]
    'days'
    """
    say = language(lang)
    every = (*replay.cadences, replay.beforehand)
    ax = axes_of(ax, max(HEIGHT, 1.3 + ROW * len(every)))
    sides = (("mentor", MENTOR, MENTOR_MARK, -APART), ("mentee", MENTEE, MENTEE_MARK, APART))
    longest = max((side.nine_in_ten or 0 for of in every for side in (of.mentors, of.mentees)), default=0)
    for role, colour, mark, shift in sides:
        figures = [of.mentors if role == "mentor" else of.mentees for of in every]
        known = [(row + shift, one) for row, one in enumerate(figures) if one.mean is not None]
        means = [float(one.mean or 0) for _, one in known]
        ends = [float(one.nine_in_ten or 0) for _, one in known]
        heights = [height for height, _ in known]
        ax.hlines(heights, means, ends, color=colour, linewidth=1.5)
        ax.plot(
            means, heights, linestyle="none", marker=mark, markersize=6, color=colour, label=say(f"as {role}")
        )
        for row, one in enumerate(figures):
            _write_share(ax, row + shift, one, say).set_color(colour)
    name_rows(
        ax,
        [
            say(
                "plot replay row",
                every=cadence_in_words(of.every, say),
                mean=figure(of.mean_score, say, 3),
            )
            for of in every
        ],
    )
    ax.set_xlim(0, max(1.0, 1.35 * longest))
    set_titles(ax, say("plot replay"), say("plot replay days"))
    format_numbers(ax.xaxis, say)
    ax.grid(visible=True, axis="x", linewidth=0.4, alpha=0.5)
    add_remark(ax, say("plot replay note"))
    add_key_below(ax, 2)
    return ax


def _write_share(ax: Axes, height: float, one: WaitingFigures, say: Phrases) -> Text:
    """Write the share of people who were matched beside the end of their line."""
    told = say("plot replay matched", share=say.share(one.share_matched or 0, 0))
    end = max(one.nine_in_ten or 0, one.mean or 0), height
    return ax.annotate(told, end, xytext=(6, 0), textcoords="offset points", va="center", fontsize=SMALL)
