"""A heat map of the departments of duos, with the number of duos in each cell.

Departments may be paths such as ``Group/Plant/Workshop``. Leading parts that all paths share are left out.
Then paths are cut at the greatest depth at which the map has few enough rows and columns.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.arguments import check_arguments
from reverse_match.views.plots.canvas import (
    MEDIUM,
    SMALL,
    axes_of,
    name_in_picture,
    people_of_duos,
    set_titles,
    show_only,
)
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.results.matching import Matching as Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.views.words.phrases import Phrases

Path: TypeAlias = tuple[str, ...]

NAME = 28
DARK = 0.55
"""Share of the largest number above which a cell is dark, so that its number is drawn in a light colour."""

NOT_KNOWN: Path = ()
OTHERS: Path = ("",)


@check_arguments
def departments(
    matching: Matching, cohort: Cohort, ax: Axes | None = None, *, most: int = 12, lang: str = "en"
) -> Axes:
    """Draw the number of duos between each two departments.

    Parameters
    ----------
    matching : Matching
        A matching of any size.
    cohort : Cohort
        The people of the matching.
    ax : Axes, optional
        Axes to draw into; new axes if not given.
    most : int
        Largest number of rows and of columns; the rarest departments share one.
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
    >>> rm.plots.departments(rm.match(cohort), cohort).get_ylabel()
    'department of the mentor'
    """
    say = language(lang)
    pairs = [tuple(_path(one.department) for one in duo) for duo in people_of_duos(matching, cohort)]
    sides = _shorten_paths([[pair[side] for pair in pairs] for side in (0, 1)], most)
    kept = [_most_frequent(side, most) for side in sides]
    ax = axes_of(ax, min(8.5, 1.9 + 0.34 * len(kept[0]))) if pairs else axes_of(ax)
    if not pairs:
        return show_only(ax, say("plot no duos"))
    table = _counts(sides, kept)
    ax.imshow(table, cmap="Blues", vmin=0, vmax=max(1, table.max()), aspect="auto")
    for (row, column), count in np.ndenumerate(table):
        if count:
            colour = "white" if count > DARK * table.max() else "black"
            ax.text(
                *(column, row, say.count(int(count))),
                ha="center", va="center", fontsize=MEDIUM, color=colour,
            )  # fmt: skip
    for side, axis in ((0, ax.yaxis), (1, ax.xaxis)):
        labels = [_label(path, sides[side], kept[side], say) for path in kept[side]]
        axis.set_ticks(range(len(labels)), labels=labels, fontsize=SMALL)
    ax.tick_params(axis="x", rotation=45)
    for label in ax.get_xticklabels():
        label.set(ha="right", rotation_mode="anchor")
    ax.tick_params(length=0)
    set_titles(ax, say("title departments"), say("plot mentee department"), say("plot mentor department"))
    return ax


def _path(department: str | None) -> Path:
    return NOT_KNOWN if department is None else tuple(part.strip() for part in department.split("/"))


def _shorten_paths(sides: Sequence[Sequence[Path]], most: int) -> list[list[Path]]:
    """Return paths without the leading parts that all share, cut to leave at most ``most`` distinct ones."""
    known = {path for side in sides for path in side if path != NOT_KNOWN}
    begin = 0
    while all(len(path) > begin + 1 for path in known) and len({path[: begin + 1] for path in known}) == 1:
        begin += 1
    depth = max((len(path) for path in known), default=1) - begin
    while depth > 1 and any(len({path[begin : begin + depth] for path in side}) > most for side in sides):
        depth -= 1
    return [[path[begin : begin + depth] for path in side] for side in sides]


def _most_frequent(side: Sequence[Path], most: int) -> list[Path]:
    """Return the most frequent departments, which have a row or a column of their own, in order of names."""
    counted = Counter(path for path in side if path != NOT_KNOWN)
    ordered = sorted(counted, key=lambda path: (-counted[path], path))
    kept = sorted(ordered if len(ordered) <= most else ordered[: most - 1])
    return kept + [OTHERS] * (len(ordered) > len(kept)) + [NOT_KNOWN] * (NOT_KNOWN in side)


def _counts(sides: Sequence[Sequence[Path]], kept: Sequence[list[Path]]) -> IntArray:
    rows, columns = ({path: place for place, path in enumerate(known)} for known in kept)
    table = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for mentor, mentee in zip(*sides, strict=True):
        table[rows.get(mentor, rows.get(OTHERS, 0)), columns.get(mentee, columns.get(OTHERS, 0))] += 1
    return table


def _label(path: Path, side: Sequence[Path], kept: Sequence[Path], say: Phrases) -> str:
    if path == NOT_KNOWN:
        return say("plot not known")
    if path == OTHERS:
        return say("plot others", count=say.count(len({*side} - {*kept})))
    return name_in_picture("/".join(path), NAME)
