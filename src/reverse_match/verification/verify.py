"""Verifies a matching or a plan. The code of the checks is loaded with the first call."""

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
    """Check that a matching is as it states: its scores, rules, capacities, reasons, and its proof.

    Parameters
    ----------
    matching : Matching
        The matching to check.
    cohort : Cohort
        The people of the matching; the order of the file does not matter.
    policy : Policy, optional
        The policy that was given to form it. The additions of amendments and rotations are stored apart from
        it, and are checked against the log and the rotation. If not given, the policy stored in the matching
        is taken on trust.
    threads : int, optional
        Number of threads; all cores if not given.

    Raises
    ------
    VerificationError
        With every finding.
    PolicyError, CohortError
        If the policy does not fit these people at all.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort, policy = rm.read_cohort(rm.demo_path()), rm.Policy()
    >>> rm.verify(rm.match(cohort, policy), cohort, policy)
    """
    from reverse_match.verification.findings import findings_of

    cohort = cohort.with_digest(matching.digests.cohort)
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
    """Check that a plan is as it states: each round, that nobody meets twice, and the proof of all rounds.

    Parameters
    ----------
    plan : RotationPlan
        The plan to check.
    cohort : Cohort
        The people of the plan; the order of the file does not matter.
    policy : Policy, optional
        The policy that was given to form it. If not given, the policy stored in the plan is taken on trust.
    programme : Calendar, optional
        Programme that says which months make up each round. If not given, the months in the plan are taken on
        trust.
    threads : int, optional
        Number of threads; all cores if not given.

    Raises
    ------
    VerificationError
        With every finding.
    PolicyError, CohortError
        If the policy does not fit these people at all.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort, policy = rm.read_cohort(rm.demo_path()), rm.Policy()
    >>> rm.verify_plan(rm.plan_rotations(cohort, policy, rounds=2), cohort, policy)
    """
    from reverse_match.verification.plan import plan_findings

    cohort = cohort.with_digest(plan.digests.cohort)
    if findings := plan_findings(plan, cohort, policy, programme, threads):
        raise VerificationError(findings)
