"""Coordinate ascent: improves the rounds of a plan one by one, each over the pairs that the others leave.

Each round by itself is an ordinary matching, which is solved exactly. The solution replaces the round if it
is better. The ascent ends when no round can be improved while the others are fixed. It does end, since each
step adds at least a millionth or a duo. The result is a local optimum (block coordinate ascent: Bertsekas
1999, section 2.7). Every round keeps all rules and quotas, and the gap to the bound for all rounds together
is stated.

Rounds whose quotas do not hold are formed anew. If the others leave no way to do that, all rounds are formed
anew, one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.errors import SolverError, UndecidedError
from reverse_match.matching.match import WarmStartData
from reverse_match.matching.placed_duos import NONE_PLACED
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
    from reverse_match.programme.plan.rounds import RoundDuos, RoundModels
    from reverse_match.solver.objectives import Maximised, Optimum
    from reverse_match.solver.pairs.problem import Arcs, Problem
    from reverse_match.solver.rounds.meet_once import Reverse

ObjectiveValue: TypeAlias = tuple[int, ...]

NO_WORST = 2**62
"""Score of the worst pair of a round without pairs."""


@dataclass
class CoordinateAscent:
    """Improves the rounds of a plan one by one.

    Attributes
    ----------
    models : RoundModels
        Prepares the problem of each round.
    reverse : Reverse
        People who could both teach and learn.
    watch : Watch
        Listener for progress.
    """

    models: RoundModels
    reverse: Reverse
    watch: Watch
    _remains: WarmStartData | None = None

    def improve(
        self,
        rounds: Sequence[RoundDuos],
        only_fixed: Sequence[RoundDuos],
        upper_bound: ObjectiveValue,
        tries: int,
    ) -> tuple[list[RoundDuos], ObjectiveValue]:
        """Improve the rounds until none can be improved given the others; return them and their value.

        Parameters
        ----------
        rounds : sequence of RoundDuos
            The rounds to begin with.
        only_fixed : sequence of RoundDuos
            The fixed duos of each round.
        upper_bound : tuple of int
            Bound on the value of every plan; rounds that reach it are not improved further.
        tries : int
            Number of restarts with some rounds emptied.

        Raises
        ------
        UndecidedError
            If some round cannot be formed together with the others.
        """
        begin = self._make_valid(rounds, only_fixed) or self._make_valid(only_fixed, only_fixed)
        if begin is None:
            message = (
                "no plan was found in which every round keeps the rules and quotas beside the others; that "
                "there is none is not proved; right would be fewer rounds, or weaker quotas"
            )
            raise UndecidedError(message)
        best, value = self._ascend(begin, range(len(begin)))
        draw = np.random.default_rng(0)
        for _ in range(tries):
            if value >= upper_bound:
                break
            order = draw.permutation(len(best))
            emptied = set(order[: int(draw.integers(1, len(best) + 1))].tolist())
            again = self._make_valid(
                [only_fixed[number] if number in emptied else duos for number, duos in enumerate(best)],
                only_fixed,
            )
            if again is not None:
                found, reached = self._ascend(again, order.tolist())
                best, value = (found, reached) if reached > value else (best, value)
        return best, value

    def _ascend(
        self, rounds: Sequence[RoundDuos], order: Sequence[int]
    ) -> tuple[list[RoundDuos], ObjectiveValue]:
        kept, goals = list(rounds), dict[int, tuple[int, int, int, int]]()
        unimproved, place = 0, 0
        while unimproved < len(kept):
            number = order[place % len(kept)]
            prepared, solved = self._solve(kept, number)
            now = kept[number].free(prepared)
            found = now if solved is None else solved.optimum.solution.chosen
            measured = measure(found, prepared.problem), measure(now, prepared.problem)
            better = objective_value(prepared.maximised, measured[:1]) > objective_value(
                prepared.maximised, measured[1:]
            )
            if better:
                kept[number], unimproved = kept[number].with_free(found), 0
            goals[number] = measured[0 if better else 1]
            unimproved, place = unimproved + 1, place + 1
        return kept, objective_value(self.models.maximised, list(goals.values()))

    def proofs(self, rounds: Sequence[RoundDuos]) -> Iterator[tuple[Prepared, Optimum]]:
        """Yield each round with its proof, given the others; each is valid until the next is yielded."""
        for number, duos in enumerate(rounds):
            prepared, found = self._best(rounds, number)
            if isinstance(found, Infeasible):
                message = f"round {number + 1} of the plan was lost: it can be, but was not found"
                raise SolverError(message)
            now = duos.free(prepared)
            quotas = prepared.residual_quotas
            proof = certify_other_choice(found, prepared.problem, now, prepared.tiling, self.watch, quotas)
            yield prepared, proof

    def _make_valid(
        self, rounds: Sequence[RoundDuos], only_fixed: Sequence[RoundDuos]
    ) -> list[RoundDuos] | None:
        """Form the invalid rounds anew, and return all rounds; ``None`` if one cannot be formed."""
        kept = list(rounds)
        wrong = [number for number in range(len(kept)) if not self._keeps_quotas(kept, number)]
        for number in wrong:
            kept[number] = only_fixed[number]
        for number in wrong:
            found = self._form(kept, number)
            if found is None:
                return None
            kept[number] = found
        return kept

    def _keeps_quotas(self, rounds: Sequence[RoundDuos], number: int) -> bool:
        """Say whether a round keeps its quotas; rules hold in every round."""
        prepared = self.models.prepare_round(number, rounds)
        self._remains = None
        return holds([quota.sums for quota in prepared.quotas], rounds[number].arcs)

    def _form(self, rounds: Sequence[RoundDuos], number: int) -> RoundDuos | None:
        solved = self._solve(rounds, number)[1]
        return None if solved is None else rounds[number].with_free(solved.optimum.solution.chosen)

    def _best(self, rounds: Sequence[RoundDuos], number: int) -> tuple[Prepared, Optimum | Infeasible]:
        """Return the best round given the others, in which two people may still meet in both roles."""
        self.watch.begin_again(f"improve round {number + 1}")
        prepared = self.models.prepare_round(number, rounds)
        start = None if self._remains is None else self._remains.start_for(prepared)[0]
        asked = prepared.maximised, prepared.problem, prepared.tiling, self.watch, start
        found = solve_for(*asked, prepared.residual_quotas)
        self._remains = None
        if not isinstance(found, Infeasible):
            self._remains = WarmStartData(prepared, found.plain, NONE_PLACED)
        return prepared, found

    def _solve(self, rounds: Sequence[RoundDuos], number: int) -> tuple[Prepared, SolvedProblem | None]:
        prepared, found = self._best(rounds, number)
        if isinstance(found, Infeasible):
            return prepared, None
        solved = SolvedProblem(
            prepared.maximised, prepared.problem, prepared.residual_quotas, prepared.tiling, found
        )
        rows, columns = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
        once = meet_once(solved, self.reverse, (rows, columns))
        return prepared, None if isinstance(once, Infeasible) else once


def measure(chosen: Arcs, problem: Problem) -> tuple[int, int, int, int]:
    """Return the number of pairs, the lowest score without credits, the total, and the marked pairs."""
    worst, marked = problem.judged.rescore(chosen).scores.min(initial=NO_WORST), problem.marked
    lacking = 0 if marked is None else marked.count(chosen.rows, chosen.columns)
    return len(chosen), int(worst), int(chosen.scores.sum()), lacking


def objective_value(objective: Maximised, rounds: Sequence[tuple[int, int, int, int]]) -> ObjectiveValue:
    """Return the value of an objective over some rounds together, as a tuple in lexicographic order.

    Examples
    --------
    >>> objective_value("max_min", [(2, 5, 11, 1), (1, 7, 7, 0)])
    (3, 5, -1, 18)
    """
    number, total, marked = (sum(one[place] for one in rounds) for place in (0, 2, 3))
    if objective == "total":
        return total, number
    if objective == "max_min":
        return number, min(one[1] for one in rounds), -marked, total
    return number, -marked, total
