"""Who was left out, and why: people counted by reason and role, with their names where there are few."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np

from reverse_match.left_out import Reason
from reverse_match.plots.canvas import (
    SMALL,
    axes_of,
    key,
    name_in_picture,
    name_rows,
    nothing_but,
    titled,
    whole_numbers,
)
from reverse_match.plots.palette import HATCHES, MENTEE, MENTOR
from reverse_match.plots.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reverse_match.matching import Matching
    from reverse_match.plots.words import Words

NAMED = 4
"""People who are named beside a bar; of more, the others are counted."""

LEGEND_ROOM = 1.75
"""The axis goes on beyond the longest bar, for names."""


def left_out(matching: Matching, ax: Axes | None = None, *, lang: str = "en") -> Axes:
    """Draw how many people have no duo, by reason and role, and name some of them.

    Parameters
    ----------
    matching : Matching
        Of any size.
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
    >>> rm.plots.left_out(matching).get_xlabel()
    'people'
    """
    say = words(lang)
    reasons = [
        reason for reason in get_args(Reason) if any(one.reason == reason for one in matching.unmatched)
    ]
    ax = axes_of(ax, 1.4 + 0.75 * max(1, len(reasons)))
    if not reasons:
        return nothing_but(ax, say("nobody"))
    rows = np.arange(len(reasons))
    longest = 1
    for side, (role, colour) in enumerate((("mentor", MENTOR), ("mentee", MENTEE))):
        people = [
            [left.id for left in matching.unmatched if left.reason == reason and left.role == role]
            for reason in reasons
        ]
        counts = [len(ids) for ids in people]
        longest = max(longest, *counts)
        places = rows + (0.2 if side else -0.2)
        ax.barh(
            *(places, counts),
            height=0.36, color=colour, hatch=HATCHES[side], edgecolor="white", label=say(role),
        )  # fmt: skip
        for place, ids in zip(places, people, strict=True):
            if ids:
                ax.text(len(ids), place, f" {_told(ids, say)}", va="center", fontsize=SMALL)
    name_rows(ax, [say(reason) for reason in reasons])
    ax.set_xlim(0, longest * LEGEND_ROOM)
    titled(ax, say("left out"), say("people"))
    whole_numbers(ax.xaxis, say)
    key(ax, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


def _told(ids: list[str], say: Words) -> str:
    named = ", ".join(name_in_picture(identity, 16) for identity in ids[:NAMED])
    more = say("and more", count=say.count(len(ids) - NAMED)) if len(ids) > NAMED else ""
    return f"{say.count(len(ids))}: {named} {more}".rstrip()
