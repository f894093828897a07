"""Improves the rounds of a plan one after the other, each among the pairs that the others leave.

Each round by itself is an ordinary matching, which is solved exactly; it replaces what the round was if it is
better. When no round can be improved, given the others, that is it: the plan need not be the best, but it
holds everything a round has to hold, and its gap against the bound for all rounds together is stated.
(Coordinate ascent; each step adds at least a millionth or a duo, so it ends.)

Rounds that cannot be kept as they are (quotas do not hold in them) are formed anew; if the others leave no
way to do that, all are, one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.errors import UndecidedError
from reverse_match.solver.meeting_once import meeting_once
from reverse_match.solver.objectives import Optimum, solve_for
from reverse_match.solver.problem import Arcs
from reverse_match.solver.quota_bounds import Missed
from reverse_match.solver.quota_prices import holds
from reverse_match.solver.what_if import Solved
from reverse_match.solver.whole_choice import with_choice
from reverse_match.warm_start import Remains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.plan_assembling import Duos, RoundsOfCohort
    from reverse_match.preparing import Prepared
    from reverse_match.solver.meeting_once import Reverse
    from reverse_match.solver.progress import Watch


@dataclass
class RoundByRound:
    """Rounds while they are improved.

    Attributes
    ----------
    making : RoundsOfCohort
        Makes each ready.
    reverse : Reverse
        Who could both teach and learn.
    watch : Watch
        Is told how far it has come.
    """

    making: RoundsOfCohort
    reverse: Reverse
    watch: Watch
    _remains: Remains | None = None

    def improved(
        self, rounds: Sequence[Duos], only_fixed: Sequence[Duos]
    ) -> tuple[list[Duos], list[Optimum]]:
        """Return the rounds improved until none can be, and what proves that of each.

        Parameters
        ----------
        rounds : sequence of Duos
            To begin with.
        only_fixed : sequence of Duos
            Of each round only what the policy fixes.

        Raises
        ------
        UndecidedError
            If some round cannot be formed beside the others.
        """
        kept = self._valid(rounds, only_fixed) or self._valid(only_fixed, only_fixed)
        if kept is None:
            message = (
                "no plan was found in which every round keeps the rules and quotas beside the others; that "
                "there is none is not proved; right would be fewer rounds, or weaker quotas"
            )
            raise UndecidedError(message)
        optima: list[Optimum | None] = [None] * len(kept)
        unimproved, number = 0, 0
        while unimproved < len(kept):
            better, proof = self._step(kept, number)
            if better is None:
                unimproved += 1
            else:
                kept[number], unimproved = better, 1
            optima[number] = proof
            number = (number + 1) % len(kept)
        return kept, [optimum for optimum in optima if optimum is not None]

    def _valid(self, rounds: Sequence[Duos], only_fixed: Sequence[Duos]) -> list[Duos] | None:
        """Return the rounds, with those formed anew that cannot be as they are; ``None`` if one cannot be."""
        kept = list(rounds)
        wrong = [number for number in range(len(kept)) if not self._can_be(kept, number)]
        for number in wrong:
            kept[number] = only_fixed[number]
        for number in wrong:
            found = self._formed(kept, number)
            if found is None:
                return None
            kept[number] = found
        return kept

    def _can_be(self, rounds: Sequence[Duos], number: int) -> bool:
        """Say whether a round keeps its quotas; the rules hold in every round."""
        prepared = self.making.ready(number, rounds)
        self._remains = None
        return holds([quota.sums for quota in prepared.quotas], rounds[number].arcs)

    def _formed(self, rounds: Sequence[Duos], number: int) -> Duos | None:
        solved = self._solved(rounds, number)[1]
        return None if solved is None else rounds[number].with_free(solved.optimum.solution.chosen)

    def _step(self, rounds: Sequence[Duos], number: int) -> tuple[Duos | None, Optimum]:
        """Return a round as it would be better, if it can be, and the proof of what it is then."""
        prepared, solved = self._solved(rounds, number)
        if solved is None:
            message = f"round {number + 1} of the plan was lost: it can be, but was not found"
            raise UndecidedError(message)
        now = rounds[number].free(prepared)
        if goal(prepared, solved.optimum.solution.chosen) > goal(prepared, now):
            return rounds[number].with_free(solved.optimum.solution.chosen), solved.optimum
        return None, with_choice(solved.optimum, solved.problem, now, prepared.tiling, self.watch)

    def _solved(self, rounds: Sequence[Duos], number: int) -> tuple[Prepared, Solved | None]:
        self.watch.begin_again(f"improve round {number + 1}")
        prepared = self.making.ready(number, rounds)
        start = None if self._remains is None else self._remains.of_use_for(prepared)[0]
        quotas = prepared.quotas_left
        found = solve_for(
            prepared.maximised, prepared.problem, prepared.tiling, self.watch, start, quotas
        )
        if isinstance(found, Missed):
            self._remains = None
            return prepared, None
        self._remains = Remains(prepared, found.plain, {})
        solved = Solved(prepared.maximised, prepared.problem, quotas, prepared.tiling, found)
        fixed = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
        once = meeting_once(solved, self.reverse, (fixed[0], fixed[1]))
        if isinstance(once, Missed):
            return prepared, None
        chosen = once.optimum.solution.chosen
        bounded = with_choice(found, prepared.problem, chosen, prepared.tiling, self.watch)
        return prepared, replace(solved, optimum=bounded)


def goal(prepared: Prepared, chosen: Arcs) -> tuple[int, ...]:
    """Return what the objective maximises, first things first."""
    total = int(chosen.scores.sum())
    if prepared.maximised == "total":
        return total, len(chosen)
    if prepared.maximised == "max_min":
        return len(chosen), int(chosen.scores.min(initial=0)), total
    return len(chosen), total
