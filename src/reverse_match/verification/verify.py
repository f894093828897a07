"""Verifies a matching or a plan. The code of the checks is loaded with the first call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.foundation.dates import Calendar
    from reverse_match.matching.results.circles import CircleMatching
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.plan import RotationPlan
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


@check_arguments
def verify(
    matching: Matching | CircleMatching,
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    threads: int | None = None,
    tables: Mapping[str, Any] | None = None,
) -> None:
    """Check that a matching or circles are as they state: scores, rules, capacities, reasons, and the proof.

    Parameters
    ----------
    matching : Matching or CircleMatching
        The matching, or the circles, to check.
    cohort : Cohort
        The people of the matching; the order of the file does not matter.
    policy : Policy, optional
        The policy that was given to form it. The additions of amendments and rotations are stored apart from
        it, and are checked against the log and the rotation. If not given, the policy stored in the matching
        is taken on trust.
    threads : int, optional
        Number of threads; all cores if not given.
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.
        They must have the digests that the matching states.

    Raises
    ------
    VerificationError
        With every finding.
    PolicyError, CohortError
        If the policy does not fit these people at all, or its scores or vectors are not at hand.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort, policy = rm.read_cohort(rm.demo_path()), rm.Policy()
    >>> rm.verify(rm.match(cohort, policy), cohort, policy)
    """
    from reverse_match.verification.own_data import bound_circles, bound_matching

    cohort = cohort.with_digest(matching.digests.cohort)
    if getattr(matching, "kind", "") == "circles":
        from reverse_match.verification.circles.findings import findings_of_circles

        circles, policy = bound_circles(cast("CircleMatching", matching), cohort, policy, tables)
        findings = findings_of_circles(circles, cohort, policy, threads)
    else:
        from reverse_match.verification.findings import findings_of

        bound, policy = bound_matching(cast("Matching", matching), cohort, policy, tables)
        findings = findings_of(bound, cohort, policy, threads)
    if findings:
        raise VerificationError(findings)


@check_arguments
def verify_plan(
    plan: RotationPlan,
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    programme: Calendar | None = None,
    threads: int | None = None,
    tables: Mapping[str, Any] | None = None,
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
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.
        They must have the digests that the plan states.

    Raises
    ------
    VerificationError
        With every finding.
    PolicyError, CohortError
        If the policy does not fit these people at all, or its scores or vectors are not at hand.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort, policy = rm.read_cohort(rm.demo_path()), rm.Policy()
    >>> rm.verify_plan(rm.plan_rotations(cohort, policy, rounds=2), cohort, policy)
    """
    from reverse_match.verification.own_data import bound_plan
    from reverse_match.verification.plan import plan_findings

    cohort = cohort.with_digest(plan.digests.cohort)
    plan, policy = bound_plan(plan, cohort, policy, tables)
    if findings := plan_findings(plan, cohort, policy, programme, threads):
        raise VerificationError(findings)
