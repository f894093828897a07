"""How scores are distributed, with the worst duos by name."""

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
    pair_in_picture,
    set_titles,
    show_only,
)
from reverse_match.views.plots.palette import BLUE, VERMILLION
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reverse_match.matching.results.matching import Matching as Matching

FINE = 1_000
"""From so many duos on, bars are narrower."""

LINE_SHARE = 0.062
"""What a line of the list takes of the height."""


@checked
def scores(matching: Matching, ax: Axes | None = None, *, worst: int = 5, lang: str = "en") -> Axes:
    """Draw how the scores of the duos are distributed, and name the worst ones.

    Parameters
    ----------
    matching : Matching
        Of any size.
    ax : Axes, optional
        Where to draw; new axes if not given.
    worst : int
        How many of the worst duos are named.
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
    >>> rm.plots.scores(matching).get_xlabel()
    'score (0 to 1)'
    """
    say, ax = language(lang), axes_of(ax)
    if not matching.duos:
        return show_only(ax, say("plot no duos"))
    reached = np.array([float(duo.score) for duo in matching.duos])
    bins = 20 if len(reached) < FINE else 50
    counts, edges = np.histogram(reached, bins=bins, range=(0, 1))
    ax.bar(
        edges[:-1], counts, width=np.diff(edges), align="edge", color=BLUE, edgecolor="white", linewidth=0.5
    )
    mean = float(reached.mean())
    label = say("plot mean", value=say.number(mean, 3))
    line = ax.xaxis.label.get_color()
    ax.vlines(mean, 0, counts.max(), color=line, linestyle="--", linewidth=1.2, label=label)
    lowest = sorted(matching.duos, key=lambda duo: (duo.score, duo.mentor, duo.mentee))[:worst]
    if lowest:
        told = [f"{say.number(duo.score, 3)}  {pair_in_picture(duo.mentor, duo.mentee)}" for duo in lowest]
        tip = [float(duo.score) for duo in lowest]
        ax.plot(
            *(tip, np.zeros(len(tip))),
            linestyle="none", marker="^", markersize=6, color=VERMILLION, clip_on=False, zorder=3,
        )  # fmt: skip
        text = "\n".join([say("plot worst"), *told])
        ax.text(0.01, 0.99, text, va="top", fontsize=SMALL, linespacing=1.35, transform=ax.transAxes)
    room = LINE_SHARE * (len(lowest) + 2)
    ax.set_ylim(0, counts.max() / max(0.4, 1 - room))
    ax.set_xlim(0, 1)
    set_titles(ax, say("plot scores", count=say.count(len(reached))), say("plot score"), say("n duos"))
    format_numbers(ax.xaxis, say)
    format_counts(ax.yaxis, say, up_to=int(counts.max()))
    add_key(ax, loc="upper right")
    return ax
