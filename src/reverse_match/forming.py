"""Forms the matching: cohort and policy in, duos with their proof out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from reverse_match.assembling import assemble
from reverse_match.policy import Policy
from reverse_match.preparing import prepare
from reverse_match.solver.candidates import refuse_too_many
from reverse_match.solver.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable

    from reverse_match.cohort import Cohort
    from reverse_match.matching import Matching

_log = logging.getLogger("reverse_match")


def match(
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    threads: int | None = None,
    report: Callable[[str], None] | None = None,
) -> Matching:
    """Form the best possible duos.

    As many duos as the rules and capacities allow, and of all such matchings one with the highest total
    score; between equally good ones the policy's seed decides.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy, optional
        The default policy if not given.
    threads : int, optional
        All cores if not given; the matching does not depend on it.
    report : callable, optional
        Called with the name of each step when it begins, for a progress display.

    Returns
    -------
    Matching
        With its certificate.

    Raises
    ------
    PolicyError
        If the policy names a field or a person that is not there.
    CohortError
        If a column does not hold what a criterion needs.
    InfeasibleError
        If fixed duos cannot hold together with the other rules or with capacities.
    SizeError
        If the cohort is too large for this version.

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
    chosen_policy = policy or Policy()
    refuse_too_many((len(cohort.mentors), len(cohort.mentees)))
    prepared = prepare(cohort, chosen_policy, threads)
    solution = solve(prepared.problem, threads, report)
    _log.info(
        "matched %d mentors and %d mentees: %d duos",
        *prepared.model.shape,
        len(solution.rows) + len(prepared.rules.fixed),
    )
    return assemble(cohort, chosen_policy, prepared, solution)
