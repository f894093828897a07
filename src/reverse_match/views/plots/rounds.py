"""A plan over several rounds: how good each of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.arguments import checked
from reverse_match.views.plots.canvas import (
    SMALL,
    add_key,
    axes_of,
    format_counts,
    format_numbers,
    set_titles,
    show_only,
)
from reverse_match.views.plots.palette import BLUE, VERMILLION
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from reverse_match.matching.results.matching import Matching as Matching

TOLD_UP_TO = 8
"""Rounds whose figures are written above them; of more, there is no room."""


@checked
def rounds(matchings: Sequence[Matching], ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Draw mean and worst score of each round, and write how many duos it has and their total.

    Parameters
    ----------
    matchings : sequence of Matching
        One for each round, the first one first.
    ax : Axes, optional
        Where to draw; new axes if not given.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If the language is not known.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
    >>> rm.plots.rounds([matching, matching]).get_xlabel()
    'round'
    """
    say, ax = language(lang), axes_of(ax)
    if not matchings:
        return show_only(ax, say("plot no rounds"))
    reached = [np.array([float(duo.score) for duo in one.duos]) for one in matchings]
    numbered = list(range(1, len(reached) + 1))
    means = [scores.mean() if len(scores) else np.nan for scores in reached]
    worst = [scores.min() if len(scores) else np.nan for scores in reached]
    ax.plot(numbered, means, color=BLUE, marker="o", linewidth=1.5, label=say("mean"))
    ax.plot(
        numbered,
        worst,
        color=VERMILLION,
        marker="s",
        linestyle="--",
        linewidth=1.5,
        label=say("plot worst line"),
    )
    if len(reached) <= TOLD_UP_TO:
        for place, one in zip(numbered, matchings, strict=True):
            told = say("plot round figures", count=say.count(len(one.duos)), total=say.number(one.total, 2))
            ax.text(place, 1.0, told, ha="center", va="top", fontsize=SMALL)
    ax.set_xlim(0.5, len(reached) + 0.5)
    ax.set_ylim(0, 1)
    set_titles(ax, say("plot rounds"), say("plot round"), say("plot score"))
    format_counts(ax.xaxis, say)
    if len(reached) <= TOLD_UP_TO:
        ax.set_xticks(numbered)
    format_numbers(ax.yaxis, say)
    add_key(ax, loc="lower left", ncols=2)
    ax.grid(visible=True, axis="y", linewidth=0.4, alpha=0.5)
    return ax
