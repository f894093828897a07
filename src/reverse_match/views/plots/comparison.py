"""What differs between two scenarios of a study: by criterion, by department, or by person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from reverse_match.foundation.arguments import checked
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean
from reverse_match.foundation.text_safety import shorten
from reverse_match.views.plots.canvas import (
    HEIGHT,
    SMALL,
    add_remark,
    as_text,
    axes_of,
    format_numbers,
    name_in_picture,
    name_rows,
    set_titles,
    show_only,
)
from reverse_match.views.plots.palette import BLUE, VERMILLION
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reverse_match.views.words.phrases import Phrases

BARS = 24
"""Most bars; of more, those that change most."""

ROW = 0.22
"""Inches for a bar with its name."""

_NAMED = {"criteria": "criterion", "departments": "department", "people": "id"}


class ComparisonLike(Protocol):
    """A comparison, as far as a picture needs it."""

    @property
    def before(self) -> str:
        """Name of the first scenario."""
        ...

    @property
    def after(self) -> str:
        """Name of the second."""
        ...

    @property
    def gained(self) -> int:
        """Duos that only the second has."""
        ...

    @property
    def lost(self) -> int:
        """Duos that only the first has."""
        ...

    @property
    def same(self) -> int:
        """Duos that both have."""
        ...

    def records(self, what: str = ...) -> list[dict[str, Any]]:
        """Return one of its tables."""
        ...


@checked
def comparison(
    compared: ComparisonLike,
    ax: Axes | None = None,
    *,
    by: Literal["criteria", "departments", "people"] = "criteria",
    lang: str = "en",
) -> Axes:
    """Draw what each criterion, department or person gains or loses from one scenario to the other.

    Parameters
    ----------
    compared : Comparison
        Of two scenarios of a study.
    ax : Axes, optional
        Where to draw; new axes if not given.
    by : str
        ``"criteria"`` (points of all duos), ``"departments"`` (mean score of their duos) or ``"people"``
        (sum of the scores of their duos). Of many, those that change most are drawn.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If the language is not known, or there is no such table.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> study = rm.Study(rm.read_cohort(rm.demo_path()))
    >>> _ = study.scenario("older", weights={"age": 0.5})
    >>> rm.plots.comparison(study.compare("base", "older")).get_title(loc="left")
    'From base to older'
    """
    if by not in _NAMED:
        message = f"no picture by '{shorten(by, LONGEST_SHOWN)}'{did_you_mean(by, tuple(_NAMED))}"
        raise InputError([Fault(message, column="by")])
    say = language(lang)
    rows = [row for row in compared.records(by) if row["change"]]
    largest = sorted(rows, key=lambda row: (-abs(row["change"]), str(row[_NAMED[by]])))[:BARS]
    largest.sort(key=lambda row: (-row["change"], str(row[_NAMED[by]])))
    ax = axes_of(ax, max(HEIGHT / 2, 1.3 + ROW * len(largest)))
    title = say("plot comparison", before=shorten(compared.before, 24), after=shorten(compared.after, 24))
    if not largest:
        return show_only(ax, say("plot no change"))
    changes = np.array([float(row["change"]) for row in largest])
    up, places = changes > 0, np.arange(len(largest))
    ax.barh(places[up], changes[up], color=BLUE, label=say("plot gained"))
    ax.barh(
        places[~up], changes[~up], color=VERMILLION, hatch="///", edgecolor="white", label=say("plot lost")
    )
    ax.axvline(0, color=ax.xaxis.label.get_color(), linewidth=0.8)
    names = [_name(row[_NAMED[by]], by, say) for row in largest]
    name_rows(ax, [name_in_picture(name) for name in names])
    for place, change in zip(places, changes, strict=True):
        ax.annotate(
            as_text(f"{'+' if change > 0 else '−'}{say.number(abs(change), 3)}"), (change, place),
            xytext=(4 if change > 0 else -4, 0), textcoords="offset points",
            ha="left" if change > 0 else "right", va="center", fontsize=SMALL,
        )  # fmt: skip
    ax.margins(x=0.2)
    set_titles(ax, title, say("plot change"))
    format_numbers(ax.xaxis, say)
    counts = {"gained": compared.gained, "lost": compared.lost, "same": compared.same}
    told = say("plot compared duos", **{name: say.count(count) for name, count in counts.items()})
    if len(rows) > len(largest):
        told += f" {say('plot not drawn', count=say.count(len(rows) - len(largest)))}"
    add_remark(ax, told)
    return ax


def _name(name: str | None, by: str, say: Phrases) -> str:
    if name is None:
        return say("plot not known")
    return say.criterion(name) if by == "criteria" else name
