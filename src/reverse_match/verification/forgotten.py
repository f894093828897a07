"""Checks a matching from which somebody was erased while they were in it, as far as that can be done.

What the erased person's record decided is gone: the scores of their duos, the neutral values of criteria that
are not known for a pair (means over all people), whether a quota or the proof would hold without them. What
is left is checked: that duos of others are allowed, within capacities, and score what they are said to score
where everything is known. The rest is a finding of its own, so that nothing passes that was not checked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.foundation.plural import quantity
from reverse_match.people.participant import TWO_ROLES
from reverse_match.verification.claim import Claim
from reverse_match.verification.objective import CohortObjective
from reverse_match.verification.people import PeopleIndex, duo_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort


def was_in(matching: Matching) -> bool:
    """Say whether somebody who was erased had a duo, or could have had one, in this matching."""
    proof = matching.certificate
    names = {name for duo in matching.duos for name in (duo.mentor, duo.mentee)}
    names |= {left.id for left in matching.unmatched} | {*proof.mentor_prices, *proof.mentee_prices}
    return not names.isdisjoint(matching.forgotten)


def forgotten_findings(matching: Matching, cohort: Cohort, threads: int | None) -> Iterator[Finding]:
    """Check what is left, and say what is not checkable any more."""
    others = tuple(duo for duo in matching.duos if not _is_erased(duo, matching))
    people = PeopleIndex(cohort)
    unknown = [
        name
        for duo in others
        for role, name in zip(TWO_ROLES, (duo.mentor, duo.mentee), strict=True)
        if id_key(name) not in people.place[role]
    ]
    for name in unknown:
        yield Finding("person", f"'{name}' has a duo, but is not in the cohort in this role")
    if not unknown:
        rest = matching.model_copy(update={"duos": others})
        claim = Claim.read(rest, people, CohortObjective(rest.policy_in_force, people), threads)
        yield from _duo_findings(claim)
        yield from _load_findings(claim)
    gone = quantity(len(matching.forgotten), "person erased", "people erased")
    partly = quantity(sum(bool(duo.missing) for duo in others), "score")
    erased = quantity(len(matching.duos) - len(others), "duo")
    yield Finding(
        "forgotten",
        f"{gone} from this matching: the proof, quotas, who has no duo, {erased} of theirs, and "
        f"{partly} of others, of which something is not known, cannot be checked any more",
    )


def _is_erased(duo: Duo, matching: Matching) -> bool:
    return duo.mentor in matching.forgotten or duo.mentee in matching.forgotten


def _duo_findings(claim: Claim) -> Iterator[Finding]:
    for duo in claim.matching.duos:
        pair = (duo.mentor, duo.mentee)
        if not duo.missing and claim.score(pair) != duo.score:
            message = f"{duo_name(duo)} is said to score {duo.score}, but scores {claim.score(pair)}"
            yield Finding("score", message)
        for label in sorted(claim.against(pair)):
            if label not in claim.demands.thresholds or not duo.missing:
                yield Finding("rule", f"{duo_name(duo)} is forbidden by {label}")


def _load_findings(claim: Claim) -> Iterator[Finding]:
    for role in TWO_ROLES:
        loads = Counter(id_key(getattr(duo, role)) for duo in claim.matching.duos)
        for key, load in sorted(loads.items()):
            place = claim.people.place[role][key]
            if load > claim.demands.capacity[role][place]:
                name = claim.people.of[role][place].id
                yield Finding("capacity", f"'{name}' has more duos than places as {role}")
