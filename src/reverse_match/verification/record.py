"""What can be checked of a matching without any people: that its parts fit together.

Amending and rotating build on what a matching says, and a rotation has other people than those whom the
matching was formed of. So both check this much first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Finding, VerificationError
from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.verification.beside import added_findings
from reverse_match.verification.log import chain_findings, round_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.matching import Matching


def record_findings(matching: Matching) -> Iterator[Finding]:
    """Check what was added to the policy, the log, and the rotation, against each other and the duos."""
    yield from added_findings(matching)
    yield from chain_findings(matching)
    yield from round_findings(matching)


def refuse_tampered(matching: Matching) -> None:
    """Raise an error for a matching that is not as it was written, as far as that shows without people.

    Raises
    ------
    VerificationError
        With everything that is wrong.
    """
    findings = [*record_findings(matching), *_sum_findings(matching)]
    if matching.digests.policy != matching.policy.sha256:
        findings.append(
            Finding("policy", "the digest of the policy is not that of the policy in the matching")
        )
    if findings:
        raise VerificationError(findings)


def _sum_findings(matching: Matching) -> Iterator[Finding]:
    pairs = [(duo.mentor, duo.mentee) for duo in matching.duos]
    if len(set(pairs)) < len(pairs):
        yield Finding("duo", "a duo stands there twice")
    if matching.total != points(sum(round(duo.score * ONE) for duo in matching.duos)):
        yield Finding("total", "the total is not the sum of the scores of the duos")
    for duo in matching.duos:
        if sum(round(value * ONE) for value in duo.contributions.values()) != round(duo.score * ONE):
            yield Finding(
                "score", f"the points of '{duo.mentor}' and '{duo.mentee}' do not add up to their score"
            )
    if matching.certificate.duos != len(matching.duos):
        yield Finding("total", "the certificate speaks of another number of duos than there are")
