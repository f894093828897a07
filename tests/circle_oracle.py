"""The best circles of a tiny problem, by trying all of them; nothing of the solver is used."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Team = tuple[int, ...]


def best_circles(
    shape: tuple[int, int],
    sizes: tuple[Sequence[int], Sequence[int]],
    worth: Callable[[Team, Team], tuple[int, ...] | None],
) -> tuple[int, ...]:
    """Return the greatest sum of worths, compared stage by stage, of circles that share nobody.

    ``worth`` returns what a circle adds to each stage, or None where it must not exist.
    """
    mentors, mentees = range(shape[0]), range(shape[1])
    sets_of_mentees = [some for size in sizes[1] for some in combinations(mentees, size)]

    @cache
    def best(first: int, used_mentors: frozenset[int], used_mentees: frozenset[int]) -> tuple[int, ...]:
        if first == shape[0]:
            return ()
        found = best(first + 1, used_mentors, used_mentees)
        if first in used_mentors:
            return found
        later = [other for other in mentors if other > first and other not in used_mentors]
        for size in sizes[0]:
            for others in combinations(later, size - 1):
                team = (first, *others)
                for some in sets_of_mentees:
                    if not used_mentees.isdisjoint(some) or (own := worth(team, some)) is None:
                        continue
                    rest = best(first + 1, used_mentors | set(team), used_mentees | set(some))
                    whole = tuple(a + b for a, b in zip(own, rest or (0,) * len(own), strict=True))
                    found = max(found, whole) if found else max(whole, (0,) * len(whole))
        return found

    return best(0, frozenset(), frozenset())
