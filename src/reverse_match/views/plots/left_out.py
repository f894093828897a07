"""Who was left out, and why: people counted by reason and role, with their names where there are few."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, get_args

from reverse_match.foundation.arguments import checked
from reverse_match.matching.results.unmatched import Reason
from reverse_match.views.plots.canvas import (
    SMALL,
    add_key_below,
    axes_of,
    format_counts,
    name_in_picture,
    name_rows,
    set_titles,
    show_only,
)
from reverse_match.views.plots.palette import HATCHES, MENTEE, MENTOR
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from reverse_match.matching.results.matching import Matching as Matching
    from reverse_match.views.words.phrases import Phrases

ROLES = ("mentor", "mentee")
COLOURS = {"mentor": MENTOR, "mentee": MENTEE}

NAMED = 3
"""People who are named beside a bar; of more, the others are counted."""

ROOM = 2.4
"""The axis goes on beyond the longest bar, for names."""

LINE = 38
"""Letters of a line of names."""


@checked
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
    more = say("plot and more", count=say.count(len(ids) - NAMED)) if len(ids) > NAMED else ""
    told = f"{say.count(len(ids))}: {named} {more}".rstrip()
    return "\n".join(f" {line}" for line in wrap(told, LINE, break_on_hyphens=False))
