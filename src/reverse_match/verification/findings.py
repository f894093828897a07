"""Runs every check of a matching, in the order in which one relies on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Finding, VerificationError
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.matching.results.matching import policy_as_then
from reverse_match.policy.conditions import counts_months
from reverse_match.verification.added import absent_findings, added_findings, away_findings
from reverse_match.verification.all_pairs import PairExamination
from reverse_match.verification.amendments import chain_findings, log_findings
from reverse_match.verification.claim import Claim
from reverse_match.verification.duos import (
    duo_findings,
    form_findings,
    own_weights_in_duos,
    quota_findings,
    rule_findings,
    sum_findings,
    summary_findings,
)
from reverse_match.verification.equal_optima import addition_findings, tie_findings
from reverse_match.verification.forgotten import forgotten_findings, was_in
from reverse_match.verification.loads import bound_by_quota_findings, load_findings
from reverse_match.verification.objective import CohortObjective
from reverse_match.verification.people import PeopleIndex
from reverse_match.verification.people_proof import people_findings
from reverse_match.verification.proof import (
    bound_findings,
    malformed_numbers,
    price_findings,
    spread_findings,
    worst_findings,
)
from reverse_match.verification.rotation import rotation_findings, round_findings
from reverse_match.verification.unmatched import shortage_findings, unmatched_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


ANOTHER_POLICY = "the digest of the policy is not that of the policy in the matching"


def findings_of(
    matching: Matching,
    cohort: Cohort,
    policy: Policy | None = None,
    threads: int | None = None,
    *,
    in_plan: bool = False,
) -> list[Finding]:
    """Return all findings on a matching.

    In a round of a plan (``in_plan``), a possible further duo of two people who can meet in both roles is no
    finding: in a plan two people meet only once, and the round alone does not show their other meeting.
    """
    if was_in(matching):
        return [
            *origin_findings(matching, cohort, policy),
            *record_findings(matching),
            *forgotten_findings(matching, cohort, threads),
        ]
    findings, claim = _read(matching, cohort, policy, threads, numbers=True)
    if claim is None:
        return findings
    audit = PairExamination(claim)
    findings += [
        *duo_findings(claim),
        *own_weights_in_duos(claim),
        *rule_findings(claim, audit),
        *load_findings(claim),
        *sum_findings(claim),
        *summary_findings(claim),
        *unmatched_findings(claim, audit),
        *shortage_findings(claim, audit),
        *quota_findings(claim, audit),
        *form_findings(matching),
        *log_findings(claim),
        *rotation_findings(claim),
        *price_findings(claim, audit),
        *bound_findings(claim, audit),
        *worst_findings(claim, audit),
        *spread_findings(claim, audit),
        *people_findings(claim, audit),
        *tie_findings(claim, audit),
    ]
    if not (in_plan and sum(person.teaches and person.learns for person in cohort.participants) > 1):
        findings += addition_findings(claim, audit)
    return findings


def _read(
    matching: Matching, cohort: Cohort, policy: Policy | None, threads: int | None, *, numbers: bool
) -> tuple[list[Finding], Claim | None]:
    """Return the findings before any pair is examined, and the claim to check unless they prevent that."""
    if matching.digests.version_1 is not None:
        cohort = cohort.with_words_as_written()
    people, origin = PeopleIndex(cohort), [*origin_findings(matching, cohort, policy)]
    written = [*record_findings(matching), *away_findings(matching, people)]
    if written:
        return [*origin, *written], None
    rules = matching.policy_in_force
    objective = CohortObjective(rules, people)
    findings = [
        *origin,
        *people.strangers(matching, rules),
        *absent_findings(matching, people),
        *bound_by_quota_findings(matching, people),
        *(malformed_numbers(matching, objective, people) if numbers else ()),
    ]
    return findings, None if findings else Claim.read(matching, people, objective, threads)


def refuse_tampered_duos(matching: Matching, cohort: Cohort, threads: int | None = None) -> None:
    """Raise an error if the duos or the log of a matching were changed after it was written; skip all proofs.

    Parameters
    ----------
    matching : Matching
        The matching to check.
    cohort : Cohort
        The people of the matching.
    threads : int, optional
        Number of threads; all cores if not given.

    Raises
    ------
    VerificationError
        With every finding.
    """
    findings, claim = _read(matching, cohort, None, threads, numbers=False)
    if claim is not None:
        findings += [
            *duo_findings(claim),
            *own_weights_in_duos(claim),
            *load_findings(claim),
            *sum_findings(claim),
            *log_findings(claim),
            *rotation_findings(claim),
        ]
        listed = set().union(*claim.demands.forbidden.values())
        if claim.formed & listed or not claim.demands.fixed <= claim.formed:
            message = "a duo is formed that a rule forbids, or one that is fixed is not"
            findings.append(Finding("rule", message))
    if findings:
        raise VerificationError(findings)


def record_findings(matching: Matching) -> Iterator[Finding]:
    """Check the additions to the policy, the log and the rotation against each other and the duos."""
    yield from added_findings(matching)
    yield from chain_findings(matching)
    yield from round_findings(matching)


def refuse_tampered(matching: Matching) -> None:
    """Raise an error if a matching was changed after it was written, as far as that shows without people.

    Amendments and rotations rely on the statements of a matching. A rotation has other people than the
    matching before it, so those cannot be used.

    Raises
    ------
    VerificationError
        With every finding.
    """
    findings = [*record_findings(matching), *_sum_findings(matching)]
    if matching.digests.policy != matching.policy.sha256:
        findings.append(Finding("policy", ANOTHER_POLICY))
    if findings:
        raise VerificationError(findings)


def _sum_findings(matching: Matching) -> Iterator[Finding]:
    pairs = [(duo.mentor, duo.mentee) for duo in matching.duos]
    if len(set(pairs)) < len(pairs):
        yield Finding("duo", "a duo stands there twice")
    if matching.total != points(sum(round(duo.score * ONE) for duo in matching.duos)):
        yield Finding("total", "the total is not the sum of the scores of the duos")
    for duo in matching.duos:
        if duo.mentor in matching.forgotten or duo.mentee in matching.forgotten:
            continue  # its points were erased
        if sum(round(value * ONE) for value in duo.contributions.values()) != round(duo.score * ONE):
            yield Finding(
                "score", f"the points of '{duo.mentor}' and '{duo.mentee}' do not add up to their score"
            )
    if matching.certificate.duos != len(matching.duos):
        yield Finding("total", "the certificate speaks of another number of duos than there are")


def origin_findings(matching: Matching, cohort: Cohort, policy: Policy | None) -> Iterator[Finding]:
    """Check that people, policy and day are those of the matching."""
    if not cohort.has_digest(matching.digests.cohort):
        yield Finding(
            "cohort",
            "these are not the people that were matched: the digest of their records differs",
        )
    if policy is not None and policy_as_then(policy, matching) != matching.policy:
        yield Finding("policy", "the matching followed another policy than the one given")
    if matching.digests.policy != matching.policy.sha256:
        yield Finding("policy", ANOTHER_POLICY)
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
