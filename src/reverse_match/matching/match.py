"""Forms the matching: from a cohort and a policy to duos with their proof.

The data that one match leaves can be given to the next, similar one, so that a what-if need not start from
nothing.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.garbage import pause_collector
from reverse_match.matching.run_options import RunOptions
from reverse_match.policy.added import NOTHING_ADDED, Added
from reverse_match.policy.former_partners import with_past
from reverse_match.policy.policy import default_policy
from reverse_match.scoring.own_data import bind, bind_afresh
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Executor

    from reverse_match.foundation.progress import Progress, Watch
    from reverse_match.matching.decode import EarlierDuos
    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.placed_duos import PlacedDuos
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.solver.assignment.solve import Solution, Start
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible


MOST_CHANGES = 50
"""Largest number of people who leave and join for which the last solution helps to find the next one."""


@dataclass(frozen=True)
class WarmStartData:
    """The data that one match leaves: its arrays, its solution, and its duos with rows and columns.

    The solution has the most duos and then the highest total, whatever the objective was. Where no duos were
    made, those of an earlier match stand here; then ``scored`` says whether they would score the same.
    """

    prepared: Prepared
    solution: Solution
    duos: PlacedDuos
    scored: bool = True

    def start_for(self, prepared: Prepared) -> tuple[Start | None, EarlierDuos]:
        """Return the start of the next solve, and the duos that can be reused."""
        from reverse_match.matching.decode import NO_DUOS, EarlierDuos  # already loaded by the earlier match

        if not self.prepared.has_people_of(prepared.cohort, prepared.policy):
            return None, NO_DUOS
        same_credits = self.prepared.policy.credits == prepared.policy.credits
        same_credits &= self.prepared.asks_as(prepared)
        same_scores = self.prepared.model is prepared.model and same_credits
        start = self._start(prepared, same_scores) if self.prepared.utility == prepared.utility else None
        same_names = self.prepared.has_names_of(prepared.cohort, prepared.policy, prepared.day)
        if not (same_names and self.prepared.has_criteria_of(prepared.policy)):
            return start, NO_DUOS
        return start, EarlierDuos(self.duos, same_scores and self.scored)

    def start_of_alike(self, prepared: Prepared) -> Start | None:
        """Return the start for other records of the same people, with equal roles and capacities."""
        sides = zip(self.prepared.people, prepared.people, strict=True)
        alike = all(list(mine.ids) == list(theirs.ids) for mine, theirs in sides)
        same_worth = (
            self.prepared.utility == prepared.utility and self.prepared.policy.seed == prepared.policy.seed
        )
        return self._start(prepared, same_scores=False) if alike and same_worth else None

    def start_of_others(self, prepared: Prepared) -> Start | None:
        """Return the start for people of whom nearly all are the same; ``None`` where many are not."""
        then, now = self.prepared, prepared
        if then.utility != now.utility or then.policy.seed != now.policy.seed:
            return None
        places = [mine.places_in(theirs) for mine, theirs in zip(then.people, now.people, strict=True)]
        staying = sum(int((place >= 0).sum()) for place in places)
        if sum(then.problem.shape) + sum(now.problem.shape) - 2 * staying > MOST_CHANGES:
            return None
        # Apart from the neutral values of criteria, which are means over all people.
        near = then.has_scores_of(now.policy) and then.asks_as(now)
        start = self._start(prepared, same_scores=False)
        return start.of_others(now.problem, (places[0], places[1]), near_scores=near)

    def _start(self, prepared: Prepared, same_scores: bool) -> Start:
        from reverse_match.solver.assignment.solve import Start

        solution = self.solution
        known = prepared.changed if same_scores else None  # other credits change what all pairs count
        snapshot = None if known is None else replace(solution.snapshot, changed=known)
        return Start(solution.candidates, solution.primal_dual, same_scores, snapshot)


@dataclass
class WarmStart:
    """Keeps the data that one match can give to the next, so that a what-if is answered much faster.

    Give the same object to one match after the other. If the next match has the same cohort (the same object,
    not a copy) and the same seed, it starts with the candidate pairs of the last match; if the criteria are
    the same, too, with its scores. The matching does not depend on it, to the last byte. The object holds the
    scores of all pairs of a small or middle cohort, and the data to blend them with other weights (200 MB at
    5,000 a side). It must not be used by two matches at the same time.

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
    """Data that the last match left, for the library's own use."""

    def take(self) -> WarmStartData | None:
        """Return the kept data and keep nothing, so that a failing match leaves nothing half-changed."""
        left_over, self.left_over = self.left_over, None
        return left_over


_log = logging.getLogger("reverse_match")
_log.addHandler(logging.NullHandler())  # not at the import of the library, which loads very little


@check_arguments
def match(
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
    warm_start: WarmStart | None = None,
    progress: Callable[[Progress], None] | None = None,
    tables: Mapping[str, Any] | None = None,
    past: Iterable[Any] = (),
    purpose: str | None = None,
    made_by: str | None = None,
    executor: Executor | Literal["serial"] | None = None,
) -> Matching:
    """Form the best possible duos.

    By default the matching has as many duos as rules and capacities allow, and the highest total score of all
    such matchings. The policy's objective can ask for something else. Between equally good matchings its seed
    decides.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy, optional
        The default policy if not given. Its statements on people who have left (:meth:`.Cohort.amended`) do
        not count until they are back.
    threads : int, optional
        Number of threads; all cores if not given. The matching does not depend on it.
    memory : int
        Budget in bytes for arrays and solver, beside the cohort itself; 1 GiB if not given. The matching does
        not depend on it.
    time_limit : float, optional
        Seconds after which no new solver round begins. Then the best matching so far is returned with its
        gap, which is checked against all pairs. One round is always finished.
    warm_start : WarmStart, optional
        Data that an earlier, similar match left; the matching does not depend on it.
    progress : callable, optional
        Is given a :class:`Progress` after every change.
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.
    past : iterable, optional
        Former duos of other years, as :func:`read_past` returns them, or pairs of ids. They do not meet again
        before ``rotation.again_after_months`` of the policy has passed, and never if it says nothing. The
        policy stored in the matching has them in the rule ``former partners of other years``.
    purpose : str, optional
        Purpose for which people are matched; the one in the policy if not given. The matching states it,
        with the columns of people that it uses and does not use.
    made_by : str, optional
        Name of whoever runs the match, to be stated as well.
    executor : Executor or "serial", optional
        Any executor of PEP 3148 (``concurrent.futures``, ``dask.distributed``'s ``Client.get_executor()``),
        whose workers look at all pairs of a large cohort. The people are sent to each process once. Blocks of
        pairs are scored there, and only what is found in them comes back. The matching does not depend on it.
        The executor stays open. This process does everything if none is given, or ``"serial"``.

    Returns
    -------
    Matching
        The matching with its certificate. :meth:`.Matching.explain` and :meth:`.Matching.alternatives` answer
        questions.

    Raises
    ------
    PolicyError
        If the policy names a field or a person that does not exist.
    CohortError
        If a column does not hold what a criterion needs.
    InfeasibleError
        If fixed duos, rules, quotas and capacities cannot hold together; the error names those that conflict,
        and the smallest changes that end the conflict.
    UndecidedError
        If neither a matching that keeps all quotas was found, nor a proof that none exists.
    SizeError
        If the people do not fit into the memory budget; this is known before anything is scored.
    ExecutorError
        If the executor has lost its workers or is shut down, or a function of the policy cannot be sent to
        them. A worker that dies while others live is no error: its work is given to another.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [
    ...     {"id": "lea", "role": "mentor", "offers": "Python:5"},
    ...     {"id": "ada", "role": "mentee", "seeks": "Python"},
    ... ]
    >>> matching = rm.match(rm.Cohort.from_records(people))
    >>> matching.duos[0].mentor, matching.duos[0].mentee, matching.certificate.gap
    ('lea', 'ada', 0.0)
    """
    found = match_in_force(
        cohort,
        bind_afresh(with_past(policy or default_policy(), past), cohort, tables),
        NOTHING_ADDED,
        RunOptions(threads, memory, time_limit, progress, executor),
        warm_start=warm_start,
    )
    from reverse_match.matching.stated_purpose import with_purpose

    return with_purpose(found, cohort, purpose, made_by)


@check_arguments
def attach(
    matching: Matching,
    cohort: Cohort,
    *,
    memory: int = DEFAULT_MEMORY,
    threads: int | None = None,
    tables: Mapping[str, Any] | None = None,
) -> Matching:
    """Attach its people to a matching that was read from JSON, copied or pickled, for later questions.

    Parameters
    ----------
    matching : Matching
        The matching; the object is not changed.
    cohort : Cohort
        The people of the matching; the order of the file does not matter.
    memory : int
        Budget in bytes for answers, beside the cohort itself; 1 GiB if not given.
    threads : int, optional
        Number of threads; all cores if not given. No answer depends on it.
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.

    Returns
    -------
    Matching
        An equal matching that answers questions.

    Raises
    ------
    CohortError
        If these are not the people of the matching.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> stored = rm.Matching.from_json(rm.match(cohort).to_json())
    >>> rm.attach(stored, cohort).explain("adam.levy", "anne.girard").matched
    False
    """
    cohort = cohort.with_digest(matching.digests.cohort)
    if not cohort.has_digest(matching.digests.cohort):
        message = (
            "these are not the people that were matched: the digest of their records differs; "
            "right would be the people file as it was then"
        )
        raise CohortError([Fault(message, cohort.source.name)])
    from reverse_match.matching.explain import Explainer

    if matching.digests.version_1 is not None:
        cohort = cohort.with_words_as_written()
    bound = matching.with_policy(bind(matching.policy, cohort, tables))
    return bound.with_answers(Explainer(cohort, RunOptions(threads, memory)))


def match_in_force(
    cohort: Cohort,
    policy: Policy,
    added: Added,
    options: RunOptions,
    *,
    warm_start: WarmStart | None = None,
) -> Matching:
    """Match as :func:`match` does, under the policy in force: the given one with its additions.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy as it was given.
    added : Added
        Additions of amendments and rotations.
    options : RunOptions
        Threads, memory, time limit and progress.
    warm_start : WarmStart, optional
        As for :func:`match`.
    """
    # Scores, rules and the solver are loaded by the first match, not by a program that only names it.
    from reverse_match.matching.encode import prepare
    from reverse_match.matching.explain import Explainer

    warm = warm_start or WarmStart()
    watch = options.watch()
    left_over = warm.take()
    watch.step("score pairs")
    earlier = None if left_over is None else left_over.prepared
    with pause_collector(), workers_for(options, watch) as options:
        again, out = warm_start is not None, None if earlier is None else earlier.table
        prepared = prepare(cohort, policy, options, earlier, again=again, out=out, added=added)
        matching, optimum, warm.left_over = solve_and_assemble(prepared, left_over, watch)
        # What a warm start or workers hold goes with them, and does not stay for the sake of questions.
        known = prepared if warm_start is None and options.workers is None else None
    return matching.with_answers(Explainer(cohort, options.quiet, optimum, known))


@contextmanager
def workers_for(options: RunOptions, watch: Watch) -> Iterator[RunOptions]:
    """Yield the options of a match with the workers of its executor, if it has one.

    Raises
    ------
    ExecutorError
        If it is no executor.
    """
    if options.executor is None or options.executor == "serial":
        yield options
        return
    from reverse_match.foundation.workers import Workers

    workers = Workers(options.executor, watch.tell_again)
    try:
        yield replace(options, workers=workers)
    finally:
        workers.release()


def solve_and_assemble(
    prepared: Prepared, left_over: WarmStartData | None, watch: Watch, *, beside: WarmStartData | None = None
) -> tuple[Matching, Optimum, WarmStartData]:
    """Solve a prepared problem, starting from an earlier match, and assemble the matching.

    Parameters
    ----------
    prepared : Prepared
        The problem.
    left_over : WarmStartData or None
        Data of an earlier match of the same people.
    watch : Watch
        Listener for progress.
    beside : WarmStartData, optional
        Data of a match of nearly the same people, which is used if there is no other.

    Raises
    ------
    InfeasibleError
        If quotas cannot be kept.
    """
    from reverse_match.matching.decode import NO_DUOS, assemble

    start, known = (None, NO_DUOS) if left_over is None else left_over.start_for(prepared)
    if left_over is None and beside is not None:
        start = beside.start_of_others(prepared)
    optimum = optimum_of(prepared, start, watch)
    watch.step("explain")
    matching, duos = assemble(prepared, optimum, known)
    _log.info("matched %d mentors and %d mentees: %d duos", *prepared.model.shape, len(duos.duos))
    return matching, optimum, WarmStartData(prepared, optimum.plain, duos)


def solve_prepared(prepared: Prepared, start: Start | None, watch: Watch) -> Optimum | Infeasible:
    """Solve a prepared problem; the optimum does not depend on the start."""
    from reverse_match.solver.objectives import solve_for

    return solve_for(
        prepared.maximised,
        prepared.problem,
        prepared.tiling,
        watch,
        start,
        prepared.residual_quotas,
        whatever_start=True,
        needs_pair=not prepared.rules.fixed,
    )


def optimum_of(prepared: Prepared, start: Start | None, watch: Watch) -> Optimum:
    """Solve a prepared problem.

    Raises
    ------
    InfeasibleError
        If quotas cannot be kept.
    """
    from reverse_match.solver.objectives import Optimum

    optimum = solve_prepared(prepared, start, watch)
    if not isinstance(optimum, Optimum):
        raise prepared.infeasible(watch)
    return optimum
