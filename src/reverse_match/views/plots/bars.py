"""Bar charts: people without a duo by reason, and differences between two scenarios of a study."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean
from reverse_match.foundation.text_safety import shorten
from reverse_match.matching.results.unmatched import Reason
from reverse_match.views.plots.canvas import (
    BLUE,
    HATCHES,
    HEIGHT,
    MENTEE,
    MENTOR,
    SMALL,
    VERMILLION,
    add_key_below,
    add_remark,
    as_text,
    axes_of,
    format_counts,
    format_numbers,
    name_in_picture,
    name_rows,
    set_titles,
    show_only,
)
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reverse_match.matching.results.matching import Matching as Matching
    from reverse_match.study.compare import Comparison
    from reverse_match.views.words.phrases import Phrases

ROLES = ("mentor", "mentee")
COLOURS = {"mentor": MENTOR, "mentee": MENTEE}

NAMED = 3
"""Largest number of people named beside a bar; the others are counted."""

ROOM = 2.4
"""Length of the axis in lengths of the longest bar, which leaves room for names."""

LINE = 38
"""Largest number of characters in a line of names."""


@check_arguments
def left_out(matching: Matching, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Draw the number of people without a duo, by reason and role, with some of their names.

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
    >>> rm.plots.left_out(matching).get_xlabel()
    'people'
    """
    say = language(lang)
    reasons = [
        reason for reason in get_args(Reason) if any(one.reason == reason for one in matching.unmatched)
    ]
    ax = axes_of(ax, 1.5 + 0.85 * max(1, len(reasons)))
    if not reasons:
        return show_only(ax, say("plot nobody"))
    ids = {
        (reason, role): [left.id for left in matching.unmatched if (left.reason, left.role) == (reason, role)]
        for reason in reasons
        for role in ROLES
    }
    for side, role in enumerate(ROLES):
        shown = [(row, reason) for row, reason in enumerate(reasons) if ids[reason, role]]
        both = [all(ids[reason, other] for other in ROLES) for _, reason in shown]
        places = [row + two * (0.2 if side else -0.2) for (row, _), two in zip(shown, both, strict=True)]
        people = [ids[reason, role] for _, reason in shown]
        if shown:
            ax.barh(
                *(places, list(map(len, people))),
                height=0.36,
                color=COLOURS[role],
                hatch=HATCHES[side],
                edgecolor="white",
                label=say(f"as {role}"),
            )
        for place, names in zip(places, people, strict=True):
            ax.text(len(names), place, _names_in_short(names, say), va="center", fontsize=SMALL)
    longest = max(map(len, ids.values()))
    name_rows(ax, [say(f"bar {reason}") for reason in reasons])
    ax.set_xlim(0, longest * ROOM)
    set_titles(ax, say("plot left out"), say("plot people"))
    format_counts(ax.xaxis, say, up_to=longest)
    add_key_below(ax, 2)
    return ax


def _names_in_short(ids: list[str], say: Phrases) -> str:
    named = ", ".join(name_in_picture(identity, 16) for identity in ids[:NAMED])
    more = say.counted("plot and more", len(ids) - NAMED) if len(ids) > NAMED else ""
    told = f"{say.count(len(ids))}{say('colon')}{named} {more}".rstrip()
    return "\n".join(f" {line}" for line in wrap(told, LINE, break_on_hyphens=False))


BARS = 24
"""Largest number of bars; if there are more, those with the largest changes are drawn."""

ROW = 0.22
"""Height of a bar with its name, in inches."""

_NAMED = {"criteria": "criterion", "departments": "department", "people": "id"}


@check_arguments
def comparison(
    compared: Comparison,
    ax: Axes | None = None,
    *,
    by: Literal["criteria", "departments", "people"] = "criteria",
    lang: str = "en",
) -> Axes:
    """Draw the gain or loss of each criterion, department or person from one scenario to another.

    Parameters
    ----------
    compared : Comparison
        Comparison of two scenarios of a study.
    ax : Axes, optional
        Axes to draw into; new axes if not given.
    by : str
        ``"criteria"`` (points of all duos), ``"departments"`` (mean score of their duos) or ``"people"``
        (sum of the scores of their duos). If there are many, those with the largest changes are drawn.
    lang : str
        ``"en"`` or ``"fr"``.

    Returns
    -------
    Axes
        The axes.

    Raises
    ------
    InputError
        If the language is not known, or if ``by`` is none of these.
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
