"""What one match leaves for the next, similar one: a what-if need not begin from nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.matching.decode import EarlierDuos
    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.results.matching import Duo
    from reverse_match.solver.assignment.solve import Solution, Start


@dataclass(frozen=True)
class WarmStartData:
    """What one match leaves: its arrays, its solution, and its duos by row and column.

    The solution is the one with the most duos and then the highest total, whatever the objective was.
    """

    prepared: Prepared
    solution: Solution
    duos: Mapping[tuple[int, int], Duo]

    def start_for(self, prepared: Prepared) -> tuple[Start | None, EarlierDuos]:
        """Return where the next solve can start, and the duos that need not be made again."""
        from reverse_match.matching.decode import NO_DUOS, EarlierDuos  # loaded by the match that left this

        if not self.prepared.has_people_of(prepared.cohort, prepared.policy):
            return None, NO_DUOS
        same_credits = self.prepared.policy.credits == prepared.policy.credits
        same_scores = self.prepared.model is prepared.model and same_credits
        start = self._start(prepared, same_scores) if self.prepared.utility == prepared.utility else None
        same_names = self.prepared.has_names_of(prepared.cohort, prepared.policy, prepared.day)
        same_criteria = self.prepared.has_criteria_of(prepared.policy)
        return start, EarlierDuos(self.duos, same_scores) if same_names and same_criteria else NO_DUOS

    def _start(self, prepared: Prepared, same_scores: bool) -> Start:
        from reverse_match.solver.assignment.solve import Start

        solution = self.solution
        known = prepared.changed if same_scores else None  # with other credits, pairs count something else
        snapshot = None if known is None else replace(solution.snapshot, changed=known)
        return Start(solution.candidates, solution.primal_dual, same_scores, snapshot)


@dataclass
class WarmStart:
    """Keeps what one match can hand to the next, so that a what-if is answered much faster.

    Give the same object to one match after the other. Where the next match has the same cohort (the same
    object, not a copy) and the same seed, it begins with the candidate pairs of the last; where the
    criteria are the same, too, with its scores. What is matched does not depend on it, to the last byte. It
    holds the scores of all pairs of a small or middle cohort in memory, and what other weights need to blend
    them again (200 MB at 5,000 a side), and must not be used by two matches at the same time.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort, warm = rm.read_cohort(rm.demo_path()), rm.WarmStart()
    >>> first = rm.match(cohort, rm.Policy(), warm_start=warm)
    >>> pair = [first.duos[0].mentor, first.duos[0].mentee]
    >>> without = rm.Policy(rules=[{"kind": "forbid", "pairs": [pair]}])
    >>> rm.match(cohort, without, warm_start=warm) == rm.match(cohort, without)
    True
    """

    left_over: WarmStartData | None = field(default=None, init=False, repr=False)
    """What the last match left behind, for the library's own use."""

    def take(self) -> WarmStartData | None:
        """Return what is kept and keep nothing, so that a match that fails leaves nothing half-changed."""
        left_over, self.left_over = self.left_over, None
        return left_over
