"""Plans several rounds together. The code that forms them is loaded with the first call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.matching.run_options import RunOptions
from reverse_match.policy import Policy
from reverse_match.scoring.own_data import bind_afresh
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reverse_match.foundation.dates import Calendar
    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.people.cohort import Cohort


@check_arguments
def plan_rotations(
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    rounds: int,
    programme: Calendar | None = None,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    progress: Callable[[Progress], None] | None = None,
    tables: Mapping[str, Any] | None = None,
) -> RotationPlan:
    """Plan several rounds at once: no two people meet twice, and all rounds together are the best possible.

    The objective of the policy counts over all rounds together. Rules and quotas hold in every round. A fixed
    duo of the policy is formed in one of the rounds. People are away in the rounds that their column
    ``absent`` names.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy, optional
        The default policy if not given.
    rounds : int
        Number of rounds, from 1 to 100.
    programme : Calendar, optional
        Programme that says when rounds begin and end (``round_begins(number)``, ``round_ends(number)``);
        needed if ``absent`` names months.
    threads : int, optional
        Number of threads; all cores if not given. The plan does not depend on it.
    memory : int
        Budget in bytes, as for :func:`match`.
    progress : callable, optional
        Is given a :class:`Progress` after every change.
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.

    Returns
    -------
    RotationPlan
        A matching for each round, and the certificate of all rounds together. Its gap is 0 wherever nobody is
        away, no two people can meet in both roles, and quotas allow it.

    Raises
    ------
    PolicyError
        If the number of rounds is out of range, the policy names a field or a person that does not exist, or
        fixes two people in both roles, or has the objective ``max_min`` together with quotas.
    CohortError
        If a column does not hold what a criterion needs, or ``absent`` is malformed.
    InfeasibleError
        If fixed duos, rules, quotas and capacities cannot hold together over all rounds.
    UndecidedError
        If neither a plan that keeps all quotas in every round was found, nor a proof that none exists.
    SizeError
        If the people do not fit into the memory budget.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": f"m{n}", "role": "mentor", "offers": f"skill {n}:{n}"} for n in (1, 2)]
    >>> people += [{"id": f"e{n}", "role": "mentee", "seeks": "skill 1;skill 2"} for n in (1, 2)]
    >>> plan = rm.plan_rotations(rm.Cohort.from_records(people), rounds=2)
    >>> [[(duo.mentor, duo.mentee) for duo in matching.duos] for matching in plan.rounds]
    [[('m1', 'e1'), ('m2', 'e2')], [('m1', 'e2'), ('m2', 'e1')]]
    >>> plan.certificate.gap
    0.0
    """
    from reverse_match.programme.plan.planner import form_plan

    options = RunOptions(threads, memory, progress=progress)
    return form_plan(cohort, bind_afresh(policy or Policy(), cohort, tables), rounds, programme, options)
