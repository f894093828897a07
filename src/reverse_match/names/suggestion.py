"""The known name nearest to one that is not known, for error messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.names.normalise import name_key
from reverse_match.visible_text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable


LONGEST_SHOWN = 60
"""Characters of a name in a message: it may come from a file."""

MOST_LISTED = 30
"""Known names in a message."""

LONGEST_COMPARED = 200
"""Characters of a name that is compared with others; a longer one is nobody's slip of the finger."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'X'?"``, or the list of known names when none is near.

    Examples
    --------
    >>> did_you_mean("coverge", ["coverage", "overlap"])
    "; did you mean 'coverage'?"
    >>> did_you_mean("zzz", ["coverage", "overlap"])
    "; known are 'coverage', 'overlap'"
    """
    names = sorted(set(known))
    near = near_name(name, names)
    if near is not None:
        return f"; did you mean '{shortened(near, LONGEST_SHOWN)}'?"
    listed = [f"'{shortened(other, LONGEST_SHOWN)}'" for other in names[:MOST_LISTED]]
    if len(names) > MOST_LISTED:
        listed.append(f"and {len(names) - MOST_LISTED:,} more")
    return "; known are " + ", ".join(listed) if names else ""


def near_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to another, ``None`` when none is near.

    Examples
    --------
    >>> near_name("lea1", ["lea", "tom"])
    'lea'
    """
    from rapidfuzz.distance import DamerauLevenshtein  # takes long to load, and only errors need it

    if len(name) > LONGEST_COMPARED:
        return None
    names = sorted(other for other in set(known) if len(other) <= 2 * LONGEST_COMPARED)
    distance = {other: DamerauLevenshtein.distance(name_key(name), name_key(other)) for other in names}
    nearest = min(names, key=lambda other: (distance[other], other), default=None)
    return nearest if nearest is not None and distance[nearest] <= max(2, len(name) // 3) else None
