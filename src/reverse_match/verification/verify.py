"""Verifies a matching, or a plan. What checks them is loaded when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import VerificationError

if TYPE_CHECKING:
    from reverse_match.foundation.dates import Calendar
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


@check_arguments
def verify(
    matching: Matching, cohort: Cohort, policy: Policy | None = None, *, threads: int | None = None
) -> None:
    """Check that a matching is what it says: its scores, rules, capacities, reasons, and its proof.

    Parameters
    ----------
    matching : Matching
        What is checked.
    cohort : Cohort
        The people it was formed of; the order of the file does not matter.
    policy : Policy, optional
        The policy it must have followed, as it was given then; what amending and rotating have added is
        apart from it, and checked against log and rotation. If not given, the one stored in the matching,
        which then is taken on trust.
    threads : int, optional
        All cores if not given.

    Raises
    ------
    VerificationError
        With everything that is wrong.
    PolicyError, CohortError
        If the policy does not fit these people at all.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort, policy = rm.read_cohort(rm.demo_path()), rm.Policy()
    >>> rm.verify(rm.match(cohort, policy), cohort, policy)
    """
    from reverse_match.verification.findings import findings_of

    if findings := findings_of(matching, cohort, policy, threads):
        raise VerificationError(findings)


@check_arguments
def verify_plan(
    plan: RotationPlan,
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    programme: Calendar | None = None,
    threads: int | None = None,
) -> None:
    """Check that a plan is what it says: each round, that nobody meets twice, and the proof of all rounds.

    Parameters
    ----------
    plan : RotationPlan
        What is checked.
    cohort : Cohort
        The people it was made of; the order of the file does not matter.
    policy : Policy, optional
        The policy it must have followed. If not given, the one stored in the plan, which then is taken on
        trust.
    programme : Calendar, optional
        Says which months make up which round. If not given, what the plan says of that is taken on trust.
    threads : int, optional
        All cores if not given.

    Raises
    ------
    VerificationError
        With everything that is wrong.
    PolicyError, CohortError
        If the policy does not fit these people at all.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort, policy = rm.read_cohort(rm.demo_path()), rm.Policy()
    >>> rm.verify_plan(rm.plan_rotations(cohort, policy, rounds=2), cohort, policy)
    """
    from reverse_match.verification.plan import plan_findings

    if findings := plan_findings(plan, cohort, policy, programme, threads):
        raise VerificationError(findings)
