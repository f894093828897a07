"""Solves one changed cohort or policy after another, each with a warm start from the base of a study.

The data that is reused depends on the change; the result never does:

* **duos fixed or forbidden, capacities**: scores are those of the base, except for the few pairs concerned;
  its solution is re-optimised by augmenting paths.
* **weights**: the values of the criteria are blended again, into the table of the last match with other
  weights; the prices of that match select the candidates.
* **rules and quotas**: scores are those of the base, read again under other rules.
* **people**: columns are read anew, since the neutral value of a criterion is a mean over all people; prices
  and candidates of those who stay are those of the base.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import compress
from operator import is_not
from threading import RLock
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import InfeasibleError
from reverse_match.foundation.garbage import pause_collector
from reverse_match.foundation.progress import Watch
from reverse_match.matching.decode import NO_DUOS, assemble
from reverse_match.matching.encode import prepare
from reverse_match.matching.explain import Explainer
from reverse_match.matching.match import WarmStartData, optimum_of, solve_and_assemble, solve_prepared
from reverse_match.matching.placed_duos import NONE_PLACED
from reverse_match.matching.run_options import RunOptions
from reverse_match.people.cohort import take_digest_beside
from reverse_match.people.participant import PLACES
from reverse_match.policy.policy import fields_of, functions_of
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.study.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.pairs.table import ScoreTable


@dataclass
class Workbench:
    """A solved base, from which further matches start. Threads that share it wait for one another.

    Parameters
    ----------
    cohort : Cohort
        The people of the base.
    policy : Policy
        The policy of the base.
    options : RunOptions
        Threads and memory that the work may use.
    """

    cohort: Cohort
    policy: Policy
    options: RunOptions = RunOptions()  # noqa: RUF009 - frozen
    _base: WarmStartData | None = field(default=None, init=False, repr=False)
    _optimum: Optimum | None = field(default=None, init=False, repr=False)
    _matching: Matching | None = field(default=None, init=False, repr=False)
    _error: InfeasibleError | None = field(default=None, init=False, repr=False)
    _last: WarmStartData | None = field(default=None, init=False, repr=False)
    lock: AbstractContextManager[Any] = field(default_factory=RLock, init=False, repr=False, compare=False)
    """Held during every solve, since a match may overwrite the table of scores of the last match."""

    def __getstate__(self) -> dict[str, Any]:
        """Return the state for a copy or another process, without the lock."""
        return {name: value for name, value in self.__dict__.items() if name != "lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, lock=RLock())

    def base(self, progress: Callable[[Progress], None] | None = None) -> Matching:
        """Return the matching of the base, which is formed once.

        Raises
        ------
        InfeasibleError
            If no matching exists.
        """
        with self.lock:
            self._solve_base(Watch(progress))
            if self._error is not None:
                raise self._error
            if self._matching is None:
                self._matching = self._explain_base()
            return self._matching

    def match(
        self, cohort: Cohort, policy: Policy, progress: Callable[[Progress], None] | None = None
    ) -> Matching:
        """Return the result of ``rm.match(cohort, policy)``, to the last byte.

        Raises
        ------
        PolicyError, CohortError, InfeasibleError, UndecidedError, SizeError
            As ``rm.match`` does.
        """
        if self._is_base(cohort, policy):
            return self.base(progress)
        watch = Watch(progress)
        with self.lock:
            self._solve_base(watch)
            if self._error is None:
                self.base()  # so that this match can reuse its duos
            with pause_collector():
                take_digest_beside(cohort, self.cohort)
                prepared, earlier = self._prepare(cohort, policy, watch)
                solved = solve_and_assemble(prepared, earlier, watch, beside=self._base)
                matching, optimum, left_over = solved
                self._keep(left_over)
        return matching.with_answers(self._explainer(cohort, optimum))

    def outline(
        self, cohort: Cohort, policy: Policy, progress: Callable[[Progress], None] | None = None
    ) -> Outline | None:
        """Return the outline of the result of :meth:`match`; ``None`` where no matching keeps the quotas."""
        watch = Watch(progress)
        with self.lock:
            self._solve_base(watch)
            if self._is_base(cohort, policy) and self._optimum is not None and self._base is not None:
                return Outline.of(self._base.prepared, self._optimum)
            return self._solve_outline(cohort, policy, watch)

    def _solve_outline(self, cohort: Cohort, policy: Policy, watch: Watch) -> Outline | None:
        with pause_collector():
            prepared, earlier = self._prepare(cohort, policy, watch)
            start, known = (None, NO_DUOS) if earlier is None else earlier.start_for(prepared)
            if earlier is None and self._base is not None:
                start = self._base.start_of_others(prepared)
            optimum = solve_prepared(prepared, start, watch)
            if isinstance(optimum, Infeasible):
                return None
            self._keep(WarmStartData(prepared, optimum.plain, known.placed, scored=known.same_scores))
            return Outline.of(prepared, optimum)

    def match_policy(self, policy: Policy) -> Matching:
        """Return the matching of the people of the base under another policy."""
        return self.match(self.cohort, policy)

    def outline_or_error(self, policy: Policy) -> Outline:
        """Return the outline of the people of the base under another policy.

        Raises
        ------
        InfeasibleError
            If no matching exists.
        """
        outline = self.outline(self.cohort, policy)
        return Outline.of_matching(self.match_policy(policy)) if outline is None else outline

    def _is_base(self, cohort: Cohort, policy: Policy) -> bool:
        return cohort is self.cohort and policy == self.policy

    def _solve_base(self, watch: Watch) -> None:
        """Solve the base unless it has been solved; keep the error if it cannot be."""
        if self._base is not None or self._error is not None:
            return
        watch.step("score pairs")
        try:
            with pause_collector():
                prepared = prepare(self.cohort, self.policy, self.options, again=True)
                self._optimum = optimum_of(prepared, None, watch)
        except InfeasibleError as error:
            self._error = error
        else:
            self._base = WarmStartData(prepared, self._optimum.plain, NONE_PLACED)

    def _explain_base(self) -> Matching:
        assert self._base is not None  # noqa: S101 - for type checkers
        assert self._optimum is not None  # noqa: S101
        with pause_collector():
            matching, duos = assemble(self._base.prepared, self._optimum)
        self._base = replace(self._base, duos=duos)
        return matching.with_answers(self._explainer(self.cohort, self._optimum))

    def _explainer(self, cohort: Cohort, optimum: Optimum) -> Explainer:
        return Explainer(cohort, self.options, optimum)

    def _prepare(self, cohort: Cohort, policy: Policy, watch: Watch) -> tuple[Prepared, WarmStartData | None]:
        """Return the prepared problem and its starting point; the last table of scores may be overwritten."""
        watch.step("score pairs")
        last, self._last = self._last, None  # an interruption from here on leaves no half-overwritten table
        earlier = self._starting_point(last, cohort, policy)
        out = None if last is None else last.prepared.table
        prepared = prepare(
            cohort,
            policy,
            self.options,
            None if earlier is None else earlier.prepared,
            again=earlier is not None,
            out=out,
        )
        if not _share_scores(prepared.table, out):  # not overwritten
            self._last = last
        return prepared, earlier

    def _keep(self, solved: WarmStartData) -> None:
        """Keep a solution with its own table: the next match with other scores than the base starts there."""
        prepared = solved.prepared
        own = self._base is not None and not _share_scores(prepared.table, self._base.prepared.table)
        if own and prepared.has_people_of(self.cohort, self.policy):
            self._last = solved

    def _starting_point(
        self, last: WarmStartData | None, cohort: Cohort, policy: Policy
    ) -> WarmStartData | None:
        """Return where to start: from the base if scores are equal, else from the last with other scores."""
        base = self._base
        if base is None or base.prepared.policy.seed != policy.seed:
            return None
        if cohort is not self.cohort:
            alike = differs_in_capacities(self.cohort, cohort) and not _reads_capacities(policy, self.policy)
            return replace(base, prepared=base.prepared.with_capacities_of(cohort)) if alike else None
        return base if last is None or base.prepared.has_scores_of(policy) else last


def _share_scores(one: ScoreTable | None, other: ScoreTable | None) -> bool:
    """Say whether two tables have their scores in the same array, which either of them may overwrite."""
    return one is not None and other is not None and one.table is other.table


def differs_in_capacities(one: Cohort, other: Cohort) -> bool:
    """Say whether two cohorts have the same people in the same order, apart from their capacities."""
    if len(one.participants) != len(other.participants) or one.as_of != other.as_of:
        return False
    both = one.participants, other.participants
    differing = compress(zip(*both, strict=True), map(is_not, *both))  # of thousands, a few
    return all(
        mine.model_copy(update={name: getattr(theirs, name) for name in PLACES}) == theirs
        for mine, theirs in differing
    )


def _reads_capacities(*policies: Policy) -> bool:
    """Say whether a score, a rule or a group may depend on capacities."""
    return any(not fields_of(policy).isdisjoint(PLACES) or functions_of(policy) for policy in policies)
