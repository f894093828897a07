"""What a pair owes to its people's own say: its weights, what matters most to them, and rules of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.rows_and_columns import CompilationContext
from reverse_match.foundation.fixed_point import points

if TYPE_CHECKING:
    from reverse_match.matching.encode import Prepared

    Place = tuple[int, int]


def own_weights_of(prepared: Prepared, place: Place) -> dict[str, object]:
    """Return what matters most to the two people of a pair, and its weights where they follow that."""
    own = prepared.model.own
    said = {} if own is None else own.matters_most(*place)
    if own is None or not said:
        return {"matters_most": {}, "weights": {}}
    weights = own.at(*(np.array([end]) for end in place))[0].tolist()
    names = [criterion.name for criterion in prepared.model.criteria]
    return {
        "matters_most": said,
        "weights": {name: points(weight) for name, weight in zip(names, weights, strict=True)},
    }


def personal_rules_against(prepared: Prepared, place: Place) -> list[dict[str, object]]:
    """Return the musts of the two people that keep them from being a duo: whose, and about which field."""
    from reverse_match.constraints.personal_rules import broken_musts  # few policies have such rules

    rules = [rule for rule in prepared.policy.rules if rule.kind == "personal_rules"]
    if not rules:
        return []
    context = CompilationContext.of(prepared.cohort, prepared.policy, prepared.sides, prepared.day)
    found = dict.fromkeys(must for rule in rules for must in broken_musts(rule, context, place))
    return [
        {
            "id": prepared.people[side].ids[place[side]],
            "role": ("mentor", "mentee")[side],
            "field": field,
            "known": known,
        }
        for side, field, known in sorted(found)
    ]
