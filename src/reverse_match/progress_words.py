"""How far a match has come, in words and as a share of a bar."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reverse_match.solver.progress import Progress

DECADES = 7
"""A bar is full at a gap of 10^-7: one duo in ten thousand a thousandth better."""


def figures(progress: Progress) -> str:
    """Return rounds, gap and pairs in words.

    Examples
    --------
    >>> from reverse_match.solver.progress import Progress
    >>> figures(Progress("assign", rounds=3, arcs=9_000, pairs=75_000_000, gap=0.00012))
    'round 3, gap 1.2e-04, 75,000,000 pairs looked at'
    """
    gap = "" if progress.gap is None else f"gap {progress.gap:.1e}, " if progress.gap else "gap 0, "
    return f"round {progress.rounds}, {gap}{progress.pairs:,} pairs looked at"


def decades(gap: float | None) -> float:
    """Return how much of a bar is full, from 0 to :data:`DECADES`: a place for each power of ten of the gap.

    Examples
    --------
    >>> decades(None), decades(0.001), decades(0.0)
    (0.0, 3.0, 7.0)
    """
    if gap is None:
        return 0.0
    return float(DECADES) if gap <= 10.0**-DECADES else max(0.0, min(float(DECADES), -log10(gap)))
