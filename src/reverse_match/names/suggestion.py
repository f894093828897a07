"""The known name nearest to one that is not known, for error messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.names.normalise import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable


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
        return f"; did you mean '{near}'?"
    return "; known are " + ", ".join(f"'{other}'" for other in names) if names else ""


def near_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to another, ``None`` when none is near.

    Examples
    --------
    >>> near_name("lea1", ["lea", "tom"])
    'lea'
    """
    from rapidfuzz.distance import DamerauLevenshtein  # takes long to load, and only errors need it

    names = sorted(set(known))
    distance = {other: DamerauLevenshtein.distance(name_key(name), name_key(other)) for other in names}
    nearest = min(names, key=lambda other: (distance[other], other), default=None)
    return nearest if nearest is not None and distance[nearest] <= max(2, len(name) // 3) else None
