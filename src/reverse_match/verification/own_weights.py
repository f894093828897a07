"""Weights of pairs that follow what matters most to two people, computed pair by pair in fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE, exact, points
from reverse_match.foundation.names import name_key
from reverse_match.scoring.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.policy import Policy
    from reverse_match.policy.own_weights import OwnWeights
    from reverse_match.verification.claim import Claim


def own_weights_findings(claim: Claim) -> Iterator[str]:
    """Yield what is untrue of each duo's own weights; nothing if the policy has none."""
    asked = claim.policy.own_weights
    if asked is None:
        for duo in claim.matching.duos:
            if duo.weights or duo.matters_most:
                yield f"the duo of '{duo.mentor}' and '{duo.mentee}' has weights of its own, by no policy"
        return
    people = claim.people
    texts = Columns(people.cohort, claim.policy, claim.matching.as_of).compared_texts(asked.field)
    called = {name_key(criterion.name): criterion.name for criterion in claim.policy.criteria}
    most = [None if text is None else called.get(name_key(text)) for text in texts]
    known: dict[tuple[str | None, ...], dict[str, int]] = {}
    for (row, column), duo, values in zip(claim.places, claim.matching.duos, _values(claim), strict=True):
        named = {"mentor": most[people.sides.mentors[row]], "mentee": most[people.sides.mentees[column]]}
        weights = known.setdefault((*named.values(),), {}) or _weights(claim.policy, asked, named)
        known[*named.values(),] = weights
        said = {role: name for role, name in named.items() if name is not None}
        shown = {name: points(weight) for name, weight in weights.items()} if said else {}
        who = f"the duo of '{duo.mentor}' and '{duo.mentee}'"
        if duo.matters_most != said or duo.weights != shown:
            yield f"{who}: its weights are not those that follow from what matters most to the two"
        if duo.contributions != {
            name: points((2 * values[name] * weight + ONE) // (2 * ONE)) for name, weight in weights.items()
        }:
            yield f"{who}: the points of its criteria do not follow from its weights"


def _values(claim: Claim) -> Iterator[dict[str, int]]:
    """Yield the values of each duo in whole millionths, neutral ones where they are not known."""
    rows, columns = np.array(claim.places, dtype=np.int64).reshape(-1, 2).T
    found = [one.pairs.at(rows, columns) for one in claim.model.criteria]
    names = [one.name for one in claim.model.criteria]
    filled = [
        np.where(np.isnan(values), one.blend.neutral, values).astype(np.int64).tolist()
        for one, values in zip(claim.model.criteria, found, strict=True)
    ]
    for values in zip(*filled, strict=True):
        yield dict(zip(names, values, strict=True))


def _weights(policy: Policy, asked: OwnWeights, named: dict[str, str | None]) -> dict[str, int]:
    """Return weights in whole millionths; what is left of a million goes to the largest remainders."""
    shares = {"mentor": exact(asked.share), "mentee": 1 - exact(asked.share)}
    mixed: dict[str, Fraction] = {criterion.name: Fraction(0) for criterion in policy.criteria}
    for role, share in shares.items():
        times = {one.name: exact(asked.factor) if one.name == named[role] else 1 for one in policy.criteria}
        own = {one.name: exact(one.weight) * times[one.name] for one in policy.criteria}
        whole = sum(own.values())
        for name, part in own.items():
            mixed[name] += share * part / whole * ONE
    down = {name: int(part) for name, part in mixed.items()}
    left = ONE - sum(down.values())
    first = sorted(mixed, key=lambda name: (down[name] - mixed[name], name))[:left]
    return {name: down[name] + (name in first) for name in mixed}
