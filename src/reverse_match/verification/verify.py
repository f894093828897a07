"""Verifies a matching: every check, in the order in which one relies on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import checked
from reverse_match.foundation.errors import Finding, VerificationError
from reverse_match.policy.conditions import counts_months
from reverse_match.scoring.model import score_model
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.verification.additions import Additions
from reverse_match.verification.all_pairs import Audit, addition_findings, tie_findings
from reverse_match.verification.beside import absent_findings, away_findings
from reverse_match.verification.demands import Demands
from reverse_match.verification.duos import (
    capacity_findings,
    duo_findings,
    rule_findings,
    sum_findings,
    summary_findings,
    worst_findings,
)
from reverse_match.verification.emptiness import emptiness_findings
from reverse_match.verification.few_pairs import FewPairs
from reverse_match.verification.form import form_findings
from reverse_match.verification.log import log_findings, rotation_findings
from reverse_match.verification.objective import CohortObjective
from reverse_match.verification.people import PeopleIndex
from reverse_match.verification.proof import bound_findings, malformed_numbers, price_findings
from reverse_match.verification.quota_proofs import QuotaProofs
from reverse_match.verification.quotas import Quotas
from reverse_match.verification.record import record_findings
from reverse_match.verification.unmatched import BlockingQuotas, shortage_findings, unmatched_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


@checked
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
    findings = findings_of(matching, cohort, policy, threads)
    if findings:
        raise VerificationError(findings)


def findings_of(
    matching: Matching,
    cohort: Cohort,
    policy: Policy | None = None,
    threads: int | None = None,
    *,
    in_plan: bool = False,
) -> list[Finding]:
    """Return everything that is wrong with a matching.

    Of a round of a plan it is not asked whether one more duo could be formed where two people could meet
    either way: in a plan they meet once, and the round by itself does not say so.
    """
    people = PeopleIndex(cohort)
    origin = [*origin_findings(matching, cohort, policy)]
    written = [*record_findings(matching), *away_findings(matching, people)]
    if written:
        return [*origin, *written]
    rules = matching.policy_in_force
    objective = CohortObjective(rules, people)
    findings = [
        *origin,
        *people.strangers(matching, rules),
        *absent_findings(matching, people),
        *malformed_numbers(matching, objective),
    ]
    if findings:
        return findings
    model = score_model(cohort, rules, people.sides, matching.as_of, Tiling(threads=threads))
    demands = Demands(people, rules, matching.as_of)
    quotas = Quotas(rules, demands.context, model)
    proofs = QuotaProofs(matching, people, demands, quotas, objective) if rules.quotas else None
    blocking = BlockingQuotas(matching, people, quotas, objective) if rules.quotas else None
    few = FewPairs(people, demands, model)
    additions = Additions(matching, people, demands, quotas, objective) if rules.quotas else None
    audit = Audit(matching, people, demands, model, objective, proofs, additions=additions)
    findings += [
        *duo_findings(matching, people, model, objective),
        *rule_findings(matching, people, demands, audit),
        *capacity_findings(matching, people),
        *sum_findings(matching, objective),
        *summary_findings(matching, model),
        *unmatched_findings(matching, people, demands, audit, blocking),
        *shortage_findings(matching, people, demands, audit.left_out),
        *quotas.findings(matching, people),
        *emptiness_findings(matching, audit),
        *form_findings(matching, rules),
        *log_findings(matching, few),
        *rotation_findings(matching, few),
        *price_findings(matching, people, demands, audit),
        *bound_findings(matching, demands, audit),
        *worst_findings(matching, demands, audit),
        *tie_findings(matching, demands, audit),
    ]
    if not (in_plan and sum(person.teaches and person.learns for person in cohort.participants) > 1):
        findings += addition_findings(matching, demands, audit)
    return findings


def refuse_tampered_duos(matching: Matching, cohort: Cohort, threads: int | None = None) -> None:
    """Raise an error for a matching whose duos or log are not as they were written; no proof is checked.

    Parameters
    ----------
    matching : Matching
        What is checked.
    cohort : Cohort
        The people it was formed of.
    threads : int, optional
        All cores if not given.

    Raises
    ------
    VerificationError
        With everything that is wrong.
    """
    people = PeopleIndex(cohort)
    written = [*origin_findings(matching, cohort, None), *record_findings(matching)]
    if findings := written or [*away_findings(matching, people)]:
        raise VerificationError(findings)
    rules = matching.policy_in_force
    if findings := [*people.strangers(matching, rules), *absent_findings(matching, people)]:
        raise VerificationError(findings)
    objective, demands = CohortObjective(rules, people), Demands(people, rules, matching.as_of)
    model = score_model(cohort, rules, people.sides, matching.as_of, Tiling(threads=threads))
    few = FewPairs(people, demands, model)
    findings = [
        *duo_findings(matching, people, model, objective),
        *capacity_findings(matching, people),
        *sum_findings(matching, objective),
        *log_findings(matching, few),
        *rotation_findings(matching, few),
    ]
    formed = {people.at(duo.mentor, duo.mentee) for duo in matching.duos}
    listed = set().union(*demands.forbidden.values())
    if formed & listed or not demands.fixed <= formed:
        findings.append(Finding("rule", "a duo is formed that a rule forbids, or one that is fixed is not"))
    if findings:
        raise VerificationError(findings)


def origin_findings(matching: Matching, cohort: Cohort, policy: Policy | None) -> Iterator[Finding]:
    """Check that people, policy and day are those of the matching."""
    if not cohort.has_digest(matching.digests.cohort):
        yield Finding(
            "cohort",
            "these are not the people that were matched: the digest of their records differs",
        )
    if policy is not None and policy != matching.policy:
        yield Finding("policy", "the matching followed another policy than the one given")
    if matching.digests.policy != matching.policy.sha256:
        yield Finding("policy", "the digest of the policy is not that of the policy in the matching")
    added = matching.added
    needs_a_day = cohort.needs_a_day or matching.policy.counts_months
    needs_a_day = needs_a_day or any(map(counts_months, added.rules))
    if needs_a_day and matching.as_of is None:
        yield Finding("as_of", "ages or rules depend on a day, and the matching does not say which")
    if matching.as_of and not needs_a_day:
        yield Finding("as_of", "the matching counts ages on a day, but no age and no rule depends on one")
    asked = cohort.as_of or added.as_of or matching.policy.as_of
    if needs_a_day and matching.as_of and asked and asked != matching.as_of:
        yield Finding("as_of", f"the matching counts ages on {matching.as_of}, not on {asked}")
