"""Runs every check of circles, in the order in which one relies on another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Finding
from reverse_match.policy.conditions import counts_months
from reverse_match.verification.circles.members import (
    circle_findings,
    criteria_findings,
    form_findings,
    score_findings,
    stranger_findings,
    unmatched_findings,
)
from reverse_match.verification.circles.proof import TeamSearch, proof_findings
from reverse_match.verification.circles.truth import CircleTruth
from reverse_match.verification.people import PeopleIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.circles import CircleMatching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy

_DIGEST = re.compile(r"[0-9a-f]{64}")


def findings_of_circles(
    record: CircleMatching, cohort: Cohort, policy: Policy | None, threads: int | None
) -> list[Finding]:
    """Return all findings on circles."""
    people = PeopleIndex(cohort)
    if _was_in(record):
        message = (
            "people were erased from these circles: the scores, rules and places of circles, who is in none, "
            "and the proof cannot be checked any more"
        )
        return [*_origin_findings(record, cohort, policy), Finding("forgotten", message)]
    findings = [
        *_origin_findings(record, cohort, policy),
        *stranger_findings(record, people),
        *form_findings(record),
    ]
    if findings:
        return findings
    truth = CircleTruth(record, people, threads)
    search = TeamSearch(truth)
    return [
        *circle_findings(truth),
        *score_findings(truth),
        *criteria_findings(truth),
        *unmatched_findings(truth, search),
        *proof_findings(truth, search),
    ]


def _was_in(record: CircleMatching) -> bool:
    """Say whether somebody who was erased was in a circle, or could have been."""
    names = {name for circle in record.circles for name in circle.people} | {
        one.id for one in record.unmatched
    }
    return not names.isdisjoint(record.forgotten)


def _origin_findings(record: CircleMatching, cohort: Cohort, policy: Policy | None) -> Iterator[Finding]:
    """Check that people, policy and day are those of the circles."""
    digests = record.digests
    if not cohort.has_digest(digests.cohort):
        yield Finding(
            "cohort", "these are not the people of the circles: the digest of their records differs"
        )
    if policy is not None and policy != record.policy:
        yield Finding("policy", "the circles followed another policy than the one given")
    if digests.policy != record.policy.sha256:
        yield Finding("policy", "the digest of the policy is not that of the policy in the circles")
    if digests.file is not None and not _DIGEST.fullmatch(digests.file):
        yield Finding("form", "the digest of the file has not the form of one")
    if digests.version_1 is not None or digests.changes is not None:
        yield Finding("form", "circles have no digest of changes")
    if not record.library_version or len(record.library_version) > 50:
        yield Finding("form", "the version of the library has not the form of one")
    yield from _policy_findings(record)
    yield from _day_findings(record, cohort)


def _policy_findings(record: CircleMatching) -> Iterator[Finding]:
    policy = record.policy
    if policy.circles is None or policy.quotas or policy.credits or policy.objective != "coverage":
        yield Finding("policy", "no circles follow a policy that says nothing of them, or more than they can")


def _day_findings(record: CircleMatching, cohort: Cohort) -> Iterator[Finding]:
    needs_a_day = cohort.needs_a_day or any(map(counts_months, record.policy.rules))
    if cohort.needs_a_day and record.as_of is None:
        yield Finding("as_of", "ages depend on a day, and the circles do not say which")
    if record.as_of and not needs_a_day:
        yield Finding("as_of", "the circles count ages on a day, but no age and no rule depends on one")
    asked = cohort.as_of or record.policy.as_of
    if record.as_of and asked and asked != record.as_of:
        yield Finding("as_of", f"the circles count ages on {record.as_of}, not on {asked}")
