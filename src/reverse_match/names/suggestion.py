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
    from rapidfuzz.distance import DamerauLevenshtein  # takes long to load, and only errors need it

    names = sorted(set(known))
    if not names:
        return ""
    distance = {other: DamerauLevenshtein.distance(name_key(name), name_key(other)) for other in names}
    nearest = min(names, key=lambda other: (distance[other], other))
    if distance[nearest] <= max(2, len(name) // 3):
        return f"; did you mean '{nearest}'?"
    return "; known are " + ", ".join(f"'{other}'" for other in names)
