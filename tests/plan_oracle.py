"""Plans by trying everything: every choice of duos for a round, and every way to put rounds together."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Pair: TypeAlias = tuple[str, str]
Round: TypeAlias = frozenset[Pair]
Goal: TypeAlias = tuple[int, ...]


def possible_rounds(
    scores: dict[Pair, int],
    capacity: dict[tuple[str, str], int],
    holds: Callable[[Round], bool] = lambda duos: True,
) -> list[Round]:
    """Return every set of duos that keeps capacities, and whatever else has to hold."""
    found = []
    for size in range(len(scores) + 1):
        fitting = [frozenset(duos) for duos in combinations(sorted(scores), size) if _fits(duos, capacity)]
        if not fitting:
            break
        found += [duos for duos in fitting if holds(duos)]
    return found


def _fits(duos: Iterable[Pair], capacity: dict[tuple[str, str], int]) -> bool:
    left = dict(capacity)
    for mentor, mentee in duos:
        for seat in (("mentor", mentor), ("mentee", mentee)):
            left[seat] -= 1
            if left[seat] < 0:
                return False
    return len({frozenset(duo) for duo in duos}) == len(list(duos))


def best_plan(
    rounds: list[list[Round]], scores: dict[Pair, int], objective: str, demanded: Iterable[Pair] = ()
) -> Goal | None:
    """Return the best that one choice for each round reaches, if no two people meet twice; ``None``: none is.

    ``rounds`` holds for each round what it can be.
    """
    states: set[frozenset[Pair]] = {frozenset()}
    for choices in rounds:
        states = {
            used | duos
            for used in states
            for duos in choices
            if not {frozenset(duo) for duo in used} & {frozenset(duo) for duo in duos}
        }
    goals = [goal_of(used, scores, objective) for used in states if set(demanded) <= used]
    return max(goals, default=None)


def goal_of(duos: Iterable[Pair], scores: dict[Pair, int], objective: str) -> Goal:
    """Return what an objective maximises, first things first; without fixed duos."""
    reached = [scores[duo] for duo in duos]
    if objective == "total":
        return (sum(reached),)
    if objective == "max_min":
        return len(reached), min(reached, default=0), sum(reached)
    return len(reached), sum(reached)
