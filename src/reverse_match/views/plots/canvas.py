"""What all pictures share: colours, axes of a size that fits A4, names that stay text, the people of duos.

Colours are those that people of any colour vision tell apart (Okabe and Ito 2008), each with a second sign.
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
"""The hatch of each of these colours."""

MENTOR, MENTEE = BLUE, VERMILLION
MENTOR_MARK, MENTEE_MARK = "o", "s"
"""Colours and shapes of the two roles, in every picture."""

WIDTH = 6.7
"""Inches: A4 without its margins."""

HEIGHT = 3.8
ROW = 0.19
"""Inches for a duo with its names."""
SMALL, MEDIUM, LARGE = 8, 9, 10
"""Sizes of type in points; what is printed on A4 keeps them."""

EACH_SHOWN_UP_TO = 40
"""As many duos are drawn one by one, with their names; of more, how they are distributed."""

_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"

NAME = 22
"""Letters of a name beside a picture."""


def axes_of(ax: Axes | None, height: float = HEIGHT) -> Axes:
    """Return the axes to draw into: those given, or new ones.

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
    """Write title and labels; a name in them stays text."""
    ax.set_title(as_text(title), loc="left", fontsize=LARGE, fontweight="bold")
    ax.set_xlabel(as_text(x), fontsize=MEDIUM)
    ax.set_ylabel(as_text(y), fontsize=MEDIUM)


def as_text(text: str) -> str:
    r"""Return a text that matplotlib shows as it is: a dollar sign would begin mathematics.

    Examples
    --------
    >>> as_text("$x$")
    '\\$x\\$'
    """
    return text.replace("$", r"\$")


def name_in_picture(text: str, longest: int = NAME) -> str:
    """Return a name as it stands in a picture: on one line, shortened in the middle, never mathematics."""
    shown = as_text(shorten(text, longest))
    return f" {shown}" if shown.startswith("_") else shown  # matplotlib keeps such names out of legends


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
    """Leave axes empty, and say why."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, text, ha="center", va="center", fontsize=MEDIUM, transform=ax.transAxes)
    return ax


def add_remark(ax: Axes, text: str) -> None:
    """Write a remark below the label of the horizontal axis."""
    ax.set_xlabel(f"{ax.get_xlabel()}\n{as_text(text)}", fontsize=MEDIUM)


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """Name the rows of a picture from the top down."""
    ax.set_yticks(range(len(names)), labels=list(names), fontsize=SMALL)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)


def format_counts(axis: Axis, say: Phrases, up_to: int | None = None) -> None:
    """Let an axis count; beyond the highest count, where words stand, it has no marks."""
    ticker = require_module("matplotlib.ticker", "plot", "a picture")
    locator = ticker.MaxNLocator(nbins=6, integer=True)
    if up_to is None:
        axis.set_major_locator(locator)
    else:
        axis.set_ticks([tick for tick in locator.tick_values(0, up_to) if 0 <= tick <= up_to])
    axis.set_major_formatter(lambda value, _: say.count(int(value)) if float(value).is_integer() else "")


def format_numbers(axis: Axis, say: Phrases) -> None:
    """Let an axis measure, with the decimal sign of the language."""
    axis.set_major_formatter(lambda value, _: say.tick(round(value, 9)))


def add_key(ax: Axes, handles: Iterable[Any] | None = None, **placed: Any) -> None:
    """Explain colours and shapes."""
    options = {"fontsize": SMALL, "frameon": False, **placed}
    ax.legend(**options) if handles is None else ax.legend(handles=list(handles), **options)


def add_key_below(ax: Axes, columns: int) -> None:
    """Explain colours and shapes below the axis, whatever the height of the picture."""
    height = ax.bbox.height / ax.figure.dpi
    below = 0.33 + 0.17 * len(ax.get_xlabel().splitlines())
    add_key(ax, loc="upper center", bbox_to_anchor=(0.5, -below / height), ncols=columns)


_ANY_DAY = date(2000, 1, 1)
"""Where a matching records no day, no age depends on one."""


def people_of_duos(matching: Matching, cohort: Cohort) -> list[tuple[Participant, Participant]]:
    """Return mentor and mentee of each duo.

    Raises
    ------
    CohortError
        If these are not the people that were matched.
    """
    if not cohort.has_digest(matching.digests.cohort):
        message = "these are not the people that were matched: the digest of their records differs"
        raise CohortError([Fault(message, cohort.source.name)])
    people = cohort.participants
    return [
        (people[cohort.position[id_key(duo.mentor)]], people[cohort.position[id_key(duo.mentee)]])
        for duo in matching.duos
    ]


def day_of(matching: Matching) -> date:
    """Return the day on which ages counted."""
    return matching.as_of or _ANY_DAY
