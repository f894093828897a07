"""Plots of the distribution of scores, with the names of the lowest, and of contributions by criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.arguments import check_arguments
from reverse_match.views.plots.canvas import (
    BLUE,
    EACH_SHOWN_UP_TO,
    HATCHES,
    HEIGHT,
    ROW,
    SERIES,
    SKY,
    SMALL,
    VERMILLION,
    add_key,
    add_key_below,
    add_remark,
    axes_of,
    format_counts,
    format_numbers,
    name_in_picture,
    name_rows,
    pair_in_picture,
    set_titles,
    show_only,
)
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reverse_match.matching.results.matching import Matching as Matching
    from reverse_match.views.words.phrases import Phrases

FINE = 1_000
"""Number of duos from which on bars are narrower."""

LINE_SHARE = 0.062
"""Height of a line of the list of names, as a share of the height of the axes."""


@check_arguments
def scores(matching: Matching, ax: Axes | None = None, *, worst: int = 5, lang: str = "en") -> Axes:
    """Draw the distribution of the scores of the duos, with the names of the lowest-scoring ones.

    Parameters
    ----------
    matching : Matching
        A matching of any size.
    ax : Axes, optional
        Axes to draw into; new axes if not given.
    worst : int
        Number of lowest-scoring duos that are named.
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


KEY = 95
"""Largest number of characters in a line of the legend; each entry takes seven for its colour."""


@check_arguments
def contributions(matching: Matching, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Draw the contributions of criteria: as a bar for each duo if there are up to 40, else as distributions.

    Parameters
    ----------
    matching : Matching
        A matching of any size.
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
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
    >>> rm.plots.contributions(matching).get_xlabel()
    'points'
    """
    say = language(lang)
    each = len(matching.duos) <= EACH_SHOWN_UP_TO
    ax = axes_of(ax, max(HEIGHT, 1.0 + ROW * len(matching.duos)) if each else HEIGHT)
    if not matching.duos:
        return show_only(ax, say("plot no duos"))
    set_titles(ax, say("title contributions"), say("plot points"))
    format_numbers(ax.xaxis, say)
    return _bars(ax, matching, say) if each else _boxes(ax, matching, say)


def _bars(ax: Axes, matching: Matching, say: Phrases) -> Axes:
    duos = sorted(matching.duos, key=lambda duo: (-duo.score, duo.mentor, duo.mentee))
    rows, left = np.arange(len(duos)), np.zeros(len(duos))
    for place, criterion in enumerate(matching.criteria):
        points = np.array([float(duo.contributions[criterion.name]) for duo in duos])
        colour, hatch = SERIES[place % len(SERIES)], HATCHES[place % len(HATCHES)]
        label = name_in_picture(say.criterion(criterion.name))
        ax.barh(
            *(rows, points),
            left=left, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5, label=label,
        )  # fmt: skip
        left = left + points
    name_rows(ax, [pair_in_picture(duo.mentor, duo.mentee) for duo in duos])
    longest = max(len(name_in_picture(say.criterion(one.name))) for one in matching.criteria)
    add_key_below(ax, max(1, min(5, len(matching.criteria), KEY // (longest + 7))))
    return ax


def _boxes(ax: Axes, matching: Matching, say: Phrases) -> Axes:
    names = [criterion.name for criterion in matching.criteria]
    points = [[float(duo.contributions[name]) for duo in matching.duos] for name in names]
    rows = np.arange(len(names))
    dark = ax.xaxis.label.get_color()
    line = {"color": dark, "linewidth": 1.2}
    ax.boxplot(
        points,
        positions=rows, orientation="horizontal", whis=(5, 95), showfliers=False, widths=0.55,
        patch_artist=True, boxprops={"facecolor": SKY, "edgecolor": BLUE}, medianprops=line,
        whiskerprops=line, capprops=line,
    )  # fmt: skip
    weights = [
        max([one.weight, *(duo.weights[one.name] for duo in matching.duos if duo.weights)])
        for one in matching.criteria
    ]
    ax.plot(
        *(weights, rows),
        linestyle="none", marker="D", markersize=5, color=VERMILLION, label=say("plot most"), clip_on=False,
    )  # fmt: skip
    name_rows(ax, [name_in_picture(say.criterion(name)) for name in names])
    ax.set_xlim(left=0)
    add_remark(ax, say("plot spread"))
    add_key(ax, loc="lower right")
    return ax
