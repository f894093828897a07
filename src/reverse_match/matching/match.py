"""Forms the matching: cohort and policy in, duos with their proof out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import checked
from reverse_match.foundation.garbage import pause_collector
from reverse_match.matching.run_options import RunOptions
from reverse_match.matching.warm_start import WarmStart, WarmStartData
from reverse_match.policy import Policy
from reverse_match.policy.added import NOTHING_ADDED, Added
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from reverse_match.foundation.progress import Progress, Watch
    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.solver.assignment.solve import Start
    from reverse_match.solver.objectives import Optimum

_log = logging.getLogger("reverse_match")
_log.addHandler(logging.NullHandler())  # here, since the import of the library loads next to nothing


@checked
def match(
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
    warm_start: WarmStart | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Matching:
    """Form the best possible duos.

    By default, as many duos as the rules and capacities allow, and of all such matchings one with the
    highest total score; the policy's objective can ask for something else. Between equally good ones its seed
    decides.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy, optional
        The default policy if not given. What it says of people who have left (:meth:`.Cohort.amended`) does
        not count until they are back.
    threads : int, optional
        All cores if not given; the matching does not depend on it.
    memory : int
        Budget in bytes for arrays and solver, beside the cohort itself; 1 GiB if not given. The matching does
        not depend on it.
    time_limit : float, optional
        Seconds after which no new round begins: then the best matching so far is returned with its gap, which
        is checked against all pairs. One round is always finished.
    warm_start : WarmStart, optional
        What an earlier, similar match left behind; the matching does not depend on it.
    progress : callable, optional
        Is given a :class:`Progress` whenever something has changed.

    Returns
    -------
    Matching
        With its certificate. It can be asked: :meth:`.Matching.explain`, :meth:`.Matching.alternatives`.

    Raises
    ------
    PolicyError
        If the policy names a field or a person that is not there.
    CohortError
        If a column does not hold what a criterion needs.
    InfeasibleError
        If fixed duos, rules, quotas and capacities cannot hold together; it names those that conflict, and
        the smallest changes that would do.
    UndecidedError
        If it was neither found how to keep all quotas, nor proved that it cannot be done.
    SizeError
        If the people do not fit into the memory budget; before anything is scored.

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
    return match_in_force(
        cohort,
        policy or Policy(),
        NOTHING_ADDED,
        RunOptions(threads, memory, time_limit, progress),
        warm_start=warm_start,
    )


def match_in_force(
    cohort: Cohort,
    policy: Policy,
    added: Added,
    options: RunOptions,
    *,
    warm_start: WarmStart | None = None,
) -> Matching:
    """Do what :func:`match` does under the policy in force: the given one, and what was added to it.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        As it was given.
    added : Added
        What amending and rotating have added.
    options : RunOptions
        Its threads, memory, time limit and progress.
    warm_start : WarmStart, optional
        As for :func:`match`.
    """
    # Scores, rules and the solver are loaded by the first match, and not by a program that only names it.
    from reverse_match.matching.encode import prepare
    from reverse_match.matching.explain import Explainer

    warm = warm_start or WarmStart()
    watch = options.watch()
    left_over = warm.take()
    watch.step("score pairs")
    earlier = None if left_over is None else left_over.prepared
    with pause_collector():
        again, out = warm_start is not None, None if earlier is None else earlier.table
        prepared = prepare(cohort, policy, options, earlier, again=again, out=out, added=added)
        matching, optimum, warm.left_over = solve_and_assemble(prepared, left_over, watch)
    return matching.with_answers(Explainer(cohort, options.quiet, optimum))


def solve_and_assemble(
    prepared: Prepared, left_over: WarmStartData | None, watch: Watch
) -> tuple[Matching, Optimum, WarmStartData]:
    """Solve what is prepared, from where an earlier match has ended, and put the matching together.

    Raises
    ------
    InfeasibleError
        If quotas cannot be kept.
    """
    from reverse_match.matching.decode import NO_DUOS, assemble

    start, known = (None, NO_DUOS) if left_over is None else left_over.start_for(prepared)
    optimum = optimum_of(prepared, start, watch)
    watch.step("explain")
    matching, duos = assemble(prepared, optimum, known)
    _log.info("matched %d mentors and %d mentees: %d duos", *prepared.model.shape, len(duos))
    return matching, optimum, WarmStartData(prepared, optimum.plain, duos)


def optimum_of(prepared: Prepared, start: Start | None, watch: Watch) -> Optimum:
    """Solve what is prepared.

    Raises
    ------
    InfeasibleError
        If quotas cannot be kept.
    """
    from reverse_match.solver.objectives import Optimum, solve_for

    optimum = solve_for(
        prepared.maximised,
        prepared.problem,
        prepared.tiling,
        watch,
        start,
        prepared.quotas_left,
        whatever_start=True,
        needs_pair=not prepared.rules.fixed,
    )
    if not isinstance(optimum, Optimum):
        raise prepared.infeasible(watch)
    return optimum
