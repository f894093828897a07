"""Who was left out, and why: people counted by reason and role, with their names where there are few."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, get_args

import numpy as np

from reverse_match.left_out import Reason
from reverse_match.plots.canvas import (
    SMALL,
    axes_of,
    key_below,
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

    from reverse_match.matching_facts import MatchingFacts as Matching
    from reverse_match.plots.words import Words

NAMED = 3
"""People who are named beside a bar; of more, the others are counted."""

ROOM = 2.4
"""The axis goes on beyond the longest bar, for names."""

LINE = 38
"""Letters of a line of names."""


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
    ax = axes_of(ax, 1.5 + 0.85 * max(1, len(reasons)))
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
        if not any(counts):
            continue
        longest = max(longest, *counts)
        places = rows + (0.2 if side else -0.2)
        ax.barh(
            *(places, counts),
            height=0.36, color=colour, hatch=HATCHES[side], edgecolor="white", label=say(role),
        )  # fmt: skip
        for place, ids in zip(places, people, strict=True):
            if ids:
                ax.text(len(ids), place, _told(ids, say), va="center", fontsize=SMALL)
    name_rows(ax, [say(reason) for reason in reasons])
    ax.set_xlim(0, longest * ROOM)
    titled(ax, say("left out"), say("people"))
    whole_numbers(ax.xaxis, say, up_to=longest)
    key_below(ax, 2)
    return ax


def _told(ids: list[str], say: Words) -> str:
    named = ", ".join(name_in_picture(identity, 16) for identity in ids[:NAMED])
    more = say("and more", count=say.count(len(ids) - NAMED)) if len(ids) > NAMED else ""
    told = f"{say.count(len(ids))}: {named} {more}".rstrip()
    return "\n".join(f" {line}" for line in wrap(told, LINE, break_on_hyphens=False))
