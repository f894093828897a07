"""What a matching says of people who compete for too few partners: that it is so, and nobody is forgotten.

By Hall's condition a set of people is short of partners if they want more places than all partners whom they
may be with have for them, each partner no more than there are people of the set to be with. That is counted
here for each stated set, over all pairs; how the set was found does not matter.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.errors import Finding
from reverse_match.names.normalise import id_key
from reverse_match.verification.left_out_audit import IN_NONE, NOTHING, LeftOutAudit, other_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.left_out import Shortage
    from reverse_match.matching import Matching
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.people import People, Role


def shortage_findings(
    matching: Matching, people: People, demands: Demands, audit: LeftOutAudit
) -> Iterator[Finding]:
    """Check every shortage, and who is said to be in which."""
    yield from _repeated(matching)
    reasons = {(left.role, left.shortage) for left in matching.unmatched}
    for index, shortage in enumerate(matching.shortages):
        for message in _untrue(shortage, people, demands, audit):
            yield Finding("shortage", f"shortage {index} of {shortage.role}s: {message}")
        if (shortage.role, index) not in reasons:
            yield Finding(
                "shortage", f"shortage {index} of {shortage.role}s: everybody who competes has a duo"
            )
    most = matching.certificate.duos == matching.certificate.duos_bound
    limited = matching.certificate.duos_proof is not None
    all_are_told = most and not limited and matching.policy.objective != "total"
    for left in matching.unmatched:
        place = people.place[left.role][id_key(left.id)]
        index = int(audit.competes[left.role][place])
        if left.shortage != (None if index == IN_NONE else index):
            message = (
                f"'{left.id}' is said to be in another shortage of {left.role}s than the one that has them"
            )
            yield Finding("shortage", message)
        if index == IN_NONE and all_are_told and audit.best[left.role][place] != NOTHING:
            yield Finding(
                "shortage", f"'{left.id}' competes for partners as {left.role}, but is in no shortage"
            )


def _repeated(matching: Matching) -> Iterator[Finding]:
    named: Counter[tuple[Role, Role, str]] = Counter()
    for shortage in matching.shortages:
        role = shortage.role
        named.update((role, role, id_key(name)) for name in shortage.people)
        named.update((role, other_role(role), id_key(name)) for name in shortage.partners)
    for (role, as_role, name), count in named.items():
        if count > 1:
            yield Finding("shortage", f"'{name}' is named {count} times as {as_role} in shortages of {role}s")


def _untrue(shortage: Shortage, people: People, demands: Demands, audit: LeftOutAudit) -> Iterator[str]:
    role, across = shortage.role, other_role(shortage.role)
    mine = np.array([people.place[role][id_key(name)] for name in shortage.people], dtype=np.int64)
    theirs = np.array([people.place[across][id_key(name)] for name in shortage.partners], dtype=np.int64)
    wanted = int(np.maximum(demands.left[role][mine], 0).sum())
    met = audit.met[role][theirs]
    places = int(np.minimum(np.maximum(demands.left[across][theirs], 0), met).sum())
    if audit.escapes[role][mine].any():
        yield "somebody may be with a partner who is not listed"
    if (met == 0).any() or not len(theirs):
        yield "a listed partner may be with nobody of them, or none is listed"
    if wanted != shortage.wanted:
        yield f"they are said to want {shortage.wanted} places, but want {wanted}"
    if places != shortage.places:
        yield f"their partners are said to have {shortage.places} places for them, but have {places}"
    if places >= wanted:
        yield f"{places} places are enough for {wanted}"
