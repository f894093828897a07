"""Curves: the points of a trade-off, and the scores of the rounds of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.text_safety import shorten
from reverse_match.views.plots.canvas import (
    BLUE,
    SMALL,
    VERMILLION,
    add_key,
    as_text,
    axes_of,
    format_counts,
    format_numbers,
    set_titles,
    show_only,
)
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reverse_match.matching.results.matching import Matching as Matching
    from reverse_match.study.frontier import Frontier

    Pairs = Sequence[tuple[float, float]]

LABELLED_UP_TO = 15
"""Largest number of points that are labelled; more labels would overlap."""

LABEL = 28


@check_arguments
def frontier(
    points: Sequence[tuple[float, float]] | Frontier,
    ax: Axes | None = None,
    *,
    x: str | None = None,
    y: str | None = None,
    labels: Sequence[str] = (),
    chosen: int | None = None,
    lang: str = "en",
) -> Axes:
    """Draw the points of a trade-off, joined in the order of their first number.

    Parameters
    ----------
    points : sequence of (float, float), or frontier of a study
        The points: for instance the share of mixed duos, and the highest total with that share.
    ax : Axes, optional
        Axes to draw into; new axes if not given.
    x, y : str
        Names of the two numbers with their units; not needed for a frontier of a study.
    labels : sequence of str
        Label of each point; no labels if not given.
    chosen : int, optional
        Index of the point to mark, from 0.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    Axes
        The axes.

    Raises
    ------
    InputError
        If the language is not known, or if labels and points differ in number.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> frontier([(0.4, 14.6), (0.5, 14.2)], x="mixed duos (share)", y="total (points)").get_ylabel()
    'total (points)'
    """
    pairs, named = _pairs_of(points)
    labels = tuple(labels)  # also accepts a column of a data frame
    if labels and len(labels) != len(pairs):
        message = f"{len(labels)} labels for {len(pairs)} points; right would be one for each, or none"
        raise InputError([Fault(message, column="labels")])
    say, ax = language(lang), axes_of(ax)
    x, y = x or named[0], y or named[1]
    if not pairs:
        return show_only(ax, say("plot no points"))
    ordered = sorted(pairs)
    ax.plot(*zip(*ordered, strict=True), color=BLUE, marker="o", markersize=5, linewidth=1.5)
    if chosen is not None:
        ax.plot(
            *pairs[chosen],
            linestyle="none", marker="D", markersize=9, color=VERMILLION, label=say("plot chosen"), zorder=3,
        )  # fmt: skip
        add_key(ax, loc="best")
    if len(pairs) <= LABELLED_UP_TO:
        _write_labels(ax, pairs, labels)
    ax.margins(x=0.08, y=0.12)
    set_titles(ax, say("plot frontier"), shorten(x, 80), shorten(y, 60))
    format_numbers(ax.xaxis, say)
    format_numbers(ax.yaxis, say)
    ax.grid(visible=True, linewidth=0.4, alpha=0.5)
    return ax


def _pairs_of(points: Sequence[tuple[float, float]] | Frontier) -> tuple[Pairs, tuple[str, str]]:
    """Return the points as pairs of numbers, and the names of the two numbers."""
    if isinstance(points, Sequence):
        return points, ("x", "y")
    as_share = points.second.startswith("share")
    pairs = [(float(one.share or 0) if as_share else float(one.count), one.total) for one in points.points]
    return pairs, (points.second, f"{points.first} (points)")


def _write_labels(ax: Axes, points: Sequence[tuple[float, float]], labels: Sequence[str]) -> None:
    """Write labels inside the plot, on the side of each point that has no line."""
    first, last = min(points), max(points)
    middle, falling = (first[0] + last[0]) / 2, last[1] < first[1]
    for place, label in zip(points, labels, strict=bool(labels)):
        right = place[0] > middle
        below = right == falling
        ax.annotate(
            as_text(shorten(label, LABEL)), place,
            xytext=(-7 if right else 7, -5 if below else 5), textcoords="offset points",
            ha="right" if right else "left", va="top" if below else "bottom", fontsize=SMALL,
        )  # fmt: skip


TOLD_UP_TO = 8
"""Largest number of rounds that leaves room to write figures above each."""


@check_arguments
def rounds(matchings: Sequence[Matching], ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Draw the mean and the lowest score of each round, with its number of duos and its total.

    Parameters
    ----------
    matchings : sequence of Matching
        The matching of each round, in order.
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
