"""How a matching is written: lists in their order, each entry once, and digests of the form of SHA-256.

A matching has one form. Another order of duos, or a name that stands twice, would change its digest and say
nothing else. So both are refused.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Finding
from reverse_match.policy import EachQuota

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy import Policy

_DIGEST = re.compile(r"[0-9a-f]{64}")


def form_findings(matching: Matching, policy: Policy) -> Iterator[Finding]:
    """Check order, repetitions, names of quotas, and the form of digests.

    Parameters
    ----------
    matching : Matching
        What is checked.
    policy : Policy
        The one in force.
    """
    for what, keys in _ordered_lists(matching):
        if not all(one < other for one, other in pairwise(keys)):
            yield Finding("order", f"{what}: not in order, or something stands there twice")
    told = [quota.name for quota in matching.quotas]
    if len(told) == len(policy.quotas) and told != _names_of_quotas(policy):
        yield Finding("quota", "the quotas are not called what the policy calls them, or not in its order")
    digests = matching.digests
    for name, digest in (("file", digests.file), ("version_1", digests.version_1)):
        if digest is not None and not _DIGEST.fullmatch(digest):
            yield Finding("digests", f"digests.{name} is no SHA-256 in hexadecimal digits")


def _ordered_lists(matching: Matching) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield every list that has an order of its own, as what it is ordered by."""
    proof = matching.certificate
    yield "duos", [(duo.mentor, duo.mentee) for duo in matching.duos]
    yield "unmatched", [(left.id, left.role) for left in matching.unmatched]
    yield "shortages", [(shortage.role, shortage.people) for shortage in matching.shortages]
    for place, shortage in enumerate(matching.shortages):
        yield f"shortages[{place}].people", shortage.people
        yield f"shortages[{place}].partners", shortage.partners
    yield "certificate.scarce_mentors", proof.scarce_mentors
    yield "certificate.scarce_mentees", proof.scarce_mentees
    yield "certificate.worst_scarce_mentors", proof.worst_scarce_mentors or ()
    yield "certificate.worst_scarce_mentees", proof.worst_scarce_mentees or ()


def _names_of_quotas(policy: Policy) -> list[str]:
    """Return what quotas are called: their names, or what they say, with their place if two say one."""
    plain = [quota.name or _plain_name(quota) for quota in policy.quotas]
    return [name if plain.count(name) == 1 else f"{name} [{place}]" for place, name in enumerate(plain)]


def _plain_name(quota: Any) -> str:
    if isinstance(quota, EachQuota):
        return f"each {quota.by}"
    where, condition = getattr(quota, "where", None) or {}, getattr(quota, "of", None)
    counted = [f"{path} {' or '.join(map(str, values))}" for path, values in where.items()]
    if condition is not None:
        counted.append(f"{condition.kind} {getattr(condition, 'field', '')}".strip())
    return f"{quota.kind} of {', '.join(counted)}" if counted else str(quota.kind)
