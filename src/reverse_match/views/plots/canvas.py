"""Functions and constants that all plots share: colours, axes of a size for A4, and names as plain text.

Colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008), each with a hatch or a shape.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import id_key
from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.views.words.phrases import Phrases

BLUE = "#0072B2"
ORANGE = "#E69F00"
GREEN = "#009E73"
VERMILLION = "#D55E00"
SKY = "#56B4E9"
PURPLE = "#CC79A7"
YELLOW = "#F0E442"
GREY = "#7F7F7F"

SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW, GREY)
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++", "oo", "--")
"""Hatch of each colour in ``SERIES``."""

MENTOR, MENTEE = BLUE, VERMILLION
MENTOR_MARK, MENTEE_MARK = "o", "s"
"""Marker shapes of the two roles, in all plots."""

WIDTH = 6.7
"""Width of a figure in inches: that of A4 without margins."""

HEIGHT = 3.8
ROW = 0.19
"""Height of a duo with its names, in inches."""
SMALL, MEDIUM, LARGE = 8, 9, 10
"""Font sizes in points, which a print on A4 keeps."""

EACH_SHOWN_UP_TO = 40
"""Largest number of duos that are drawn one by one, with names; for more, their distribution is drawn."""

_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"

NAME = 22
"""Largest number of characters of a name in a plot."""


def axes_of(ax: Axes | None, height: float = HEIGHT) -> Axes:
    """Return the given axes, or new ones of a height in inches.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    pyplot = require_module("matplotlib.pyplot", "plot", "a picture")
    if ax is None:
        _, ax = pyplot.subplots(figsize=(WIDTH, height), layout="constrained")
    ax.tick_params(labelsize=SMALL)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def set_titles(ax: Axes, title: str, x: str = "", y: str = "") -> None:
    """Set the title and the labels of the axes; names in them are plain text."""
    ax.set_title(as_text(title), loc="left", fontsize=LARGE, fontweight="bold")
    ax.set_xlabel(as_text(x), fontsize=MEDIUM)
    ax.set_ylabel(as_text(y), fontsize=MEDIUM)


def as_text(text: str) -> str:
    r"""Return a text with dollar signs escaped, since matplotlib would read them as mathematics.

    Examples
    --------
    >>> as_text("$x$")
    '\\$x\\$'
    """
    return text.replace("$", r"\$")


def name_in_picture(text: str, longest: int = NAME) -> str:
    """Return a name for a plot: on one line, shortened in the middle, with dollar signs escaped."""
    shown = as_text(shorten(text, longest))
    return f" {shown}" if shown.startswith("_") else shown  # legends skip names that begin with "_"


def pair_in_picture(mentor: str, mentee: str, longest: int = NAME) -> str:
    r"""Return the names of a duo, the mentor first, whatever the writing direction of the two.

    Examples
    --------
    >>> pair_in_picture("lea", "$ada")
    'lea → \\$ada'
    """
    names = [name_in_picture(name, longest) for name in (mentor, mentee)]
    if all(map(_runs_left_to_right, names)):
        return " → ".join(names)
    return f"{_LEFT_TO_RIGHT}{names[0]}{_LEFT_TO_RIGHT} → {_LEFT_TO_RIGHT}{names[1]}{_LEFT_TO_RIGHT}"


def _runs_left_to_right(name: str) -> bool:
    return name.isascii() or not any(bidirectional(letter) in ("R", "AL", "AN") for letter in name)


def show_only(ax: Axes, text: str) -> Axes:
    """Show a text in place of a plot."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, text, ha="center", va="center", fontsize=MEDIUM, transform=ax.transAxes)
    return ax


def add_remark(ax: Axes, text: str) -> None:
    """Add a remark below the label of the horizontal axis."""
    ax.set_xlabel(f"{ax.get_xlabel()}\n{as_text(text)}", fontsize=MEDIUM)


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """Set the names of the rows of a plot, from top to bottom."""
    ax.set_yticks(range(len(names)), labels=list(names), fontsize=SMALL)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)


def format_counts(axis: Axis, say: Phrases, up_to: int | None = None) -> None:
    """Format an axis for whole numbers; it has no ticks beyond ``up_to``, where texts are drawn."""
    ticker = require_module("matplotlib.ticker", "plot", "a picture")
    locator = ticker.MaxNLocator(nbins=6, integer=True)
    if up_to is None:
        axis.set_major_locator(locator)
    else:
        axis.set_ticks([tick for tick in locator.tick_values(0, up_to) if 0 <= tick <= up_to])
    axis.set_major_formatter(lambda value, _: say.count(int(value)) if float(value).is_integer() else "")


def format_numbers(axis: Axis, say: Phrases) -> None:
    """Format an axis for numbers with the decimal sign of the language."""
    axis.set_major_formatter(lambda value, _: say.tick(round(value, 9)))


def add_key(ax: Axes, handles: Iterable[Any] | None = None, **placed: Any) -> None:
    """Add a legend of colours and shapes."""
    options = {"fontsize": SMALL, "frameon": False, **placed}
    ax.legend(**options) if handles is None else ax.legend(handles=list(handles), **options)


def add_key_below(ax: Axes, columns: int) -> None:
    """Add a legend of colours and shapes below the axis, for any height of the figure."""
    height = ax.bbox.height / ax.figure.dpi
    below = 0.33 + 0.17 * len(ax.get_xlabel().splitlines())
    add_key(ax, loc="upper center", bbox_to_anchor=(0.5, -below / height), ncols=columns)


_ANY_DAY = date(2000, 1, 1)
"""A day for matchings without ``as_of``, whose ages do not depend on the day."""


def people_of_duos(matching: Matching, cohort: Cohort) -> list[tuple[Participant, Participant]]:
    """Return the records of mentor and mentee for each duo.

    Raises
    ------
    CohortError
        If the cohort is not that of the matching.
    """
    cohort = cohort.with_digest(matching.digests.cohort)
    if not cohort.has_digest(matching.digests.cohort):
        message = "these are not the people that were matched: the digest of their records differs"
        raise CohortError([Fault(message, cohort.source.name)])
    people = cohort.participants
    return [
        (people[cohort.position[id_key(duo.mentor)]], people[cohort.position[id_key(duo.mentee)]])
        for duo in matching.duos
    ]


def day_of(matching: Matching) -> date:
    """Return the day on which the ages of a matching are computed."""
    return matching.as_of or _ANY_DAY
