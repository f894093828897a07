"""Improves the rounds of a plan one after the other, each among the pairs that the others leave.

Each round by itself is an ordinary matching, which is solved exactly; it replaces what the round was if it is
better. When no round can be improved, given the others, that is it: the plan need not be the best, but it
holds everything a round has to hold, and its gap against the bound for all rounds together is stated.
(Coordinate ascent; each step adds at least a millionth or a duo, so it ends.)

Rounds that cannot be kept as they are (quotas do not hold in them) are formed anew; if the others leave no
way to do that, all are, one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.errors import SolverError, UndecidedError
from reverse_match.matching.warm_start import WarmStartData
from reverse_match.solver.objectives import solve_for
from reverse_match.solver.rounds.meet_once import meet_once
from reverse_match.solver.rounds.round_certificates import certify_other_choice
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.what_if.resolve import SolvedProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.progress import Watch
    from reverse_match.matching.encode import Prepared
    from reverse_match.programme.plan.rounds import Duos, RoundsOfCohort
    from reverse_match.solver.objectives import Maximised, Optimum
    from reverse_match.solver.pairs.problem import Arcs, Problem
    from reverse_match.solver.rounds.meet_once import Reverse

Goal: TypeAlias = tuple[int, ...]

NO_WORST = 2**62
"""What the worst pair of a round without pairs scores."""


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
    _remains: WarmStartData | None = None

    def improved(
        self, rounds: Sequence[Duos], only_fixed: Sequence[Duos], enough: Goal, tries: int
    ) -> tuple[list[Duos], Goal]:
        """Return the rounds improved until none can be, given the others, and what they reach.

        Parameters
        ----------
        rounds : sequence of Duos
            To begin with.
        only_fixed : sequence of Duos
            Of each round only what the policy fixes.
        enough : tuple of int
            What no plan exceeds: whoever has that need not look further.
        tries : int
            How many times to begin anew, with some rounds emptied.

        Raises
        ------
        UndecidedError
            If some round cannot be formed beside the others.
        """
        begin = self._valid(rounds, only_fixed) or self._valid(only_fixed, only_fixed)
        if begin is None:
            message = (
                "no plan was found in which every round keeps the rules and quotas beside the others; that "
                "there is none is not proved; right would be fewer rounds, or weaker quotas"
            )
            raise UndecidedError(message)
        best, value = self._ascended(begin, range(len(begin)))
        draw = np.random.default_rng(0)
        for _ in range(tries):
            if value >= enough:
                break
            order = draw.permutation(len(best))
            emptied = set(order[: int(draw.integers(1, len(best) + 1))].tolist())
            again = self._valid(
                [only_fixed[number] if number in emptied else duos for number, duos in enumerate(best)],
                only_fixed,
            )
            if again is not None:
                found, reached = self._ascended(again, order.tolist())
                best, value = (found, reached) if reached > value else (best, value)
        return best, value

    def _ascended(self, rounds: Sequence[Duos], order: Sequence[int]) -> tuple[list[Duos], Goal]:
        kept, goals = list(rounds), dict[int, tuple[int, int, int]]()
        unimproved, place = 0, 0
        while unimproved < len(kept):
            number = order[place % len(kept)]
            prepared, solved = self._solved(kept, number)
            now = kept[number].free(prepared)
            found = now if solved is None else solved.optimum.solution.chosen
            measured = measure(found, prepared.problem), measure(now, prepared.problem)
            better = goal_of(prepared.maximised, measured[:1]) > goal_of(prepared.maximised, measured[1:])
            if better:
                kept[number], unimproved = kept[number].with_free(found), 0
            goals[number] = measured[0 if better else 1]
            unimproved, place = unimproved + 1, place + 1
        return kept, goal_of(self.making.maximised, list(goals.values()))

    def proofs(self, rounds: Sequence[Duos]) -> Iterator[tuple[Prepared, Optimum]]:
        """Yield of each round what proves how good it is, given the others; to be used at once."""
        for number, duos in enumerate(rounds):
            prepared, found = self._best(rounds, number)
            if isinstance(found, Infeasible):
                message = f"round {number + 1} of the plan was lost: it can be, but was not found"
                raise SolverError(message)
            now = duos.free(prepared)
            yield prepared, certify_other_choice(found, prepared.problem, now, prepared.tiling, self.watch)

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

    def _best(self, rounds: Sequence[Duos], number: int) -> tuple[Prepared, Optimum | Infeasible]:
        """Return the best round beside the others, in which two people may still meet twice."""
        self.watch.begin_again(f"improve round {number + 1}")
        prepared = self.making.ready(number, rounds)
        start = None if self._remains is None else self._remains.start_for(prepared)[0]
        asked = prepared.maximised, prepared.problem, prepared.tiling, self.watch, start
        found = solve_for(*asked, prepared.quotas_left)
        self._remains = None if isinstance(found, Infeasible) else WarmStartData(prepared, found.plain, {})
        return prepared, found

    def _solved(self, rounds: Sequence[Duos], number: int) -> tuple[Prepared, SolvedProblem | None]:
        prepared, found = self._best(rounds, number)
        if isinstance(found, Infeasible):
            return prepared, None
        solved = SolvedProblem(
            prepared.maximised, prepared.problem, prepared.quotas_left, prepared.tiling, found
        )
        rows, columns = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
        once = meet_once(solved, self.reverse, (rows, columns))
        return prepared, None if isinstance(once, Infeasible) else once


def measure(chosen: Arcs, problem: Problem) -> tuple[int, int, int]:
    """Return the number of pairs, what the worst scores without credits, and the total."""
    worst = problem.judged.rescore(chosen).scores.min(initial=NO_WORST)
    return len(chosen), int(worst), int(chosen.scores.sum())


def goal_of(objective: Maximised, rounds: Sequence[tuple[int, int, int]]) -> Goal:
    """Return what an objective maximises over some rounds together, first things first.

    Examples
    --------
    >>> goal_of("max_min", [(2, 5, 11), (1, 7, 7)])
    (3, 5, 18)
    """
    number, total = sum(one[0] for one in rounds), sum(one[2] for one in rounds)
    if objective == "total":
        return total, number
    if objective == "max_min":
        return number, min(one[1] for one in rounds), total
    return number, total
