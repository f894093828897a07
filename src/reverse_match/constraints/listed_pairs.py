"""Whether two people stand in a list of pairs, as this mentor and this mentee; it is always known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.blocked_pairs import BlockedPairs
from reverse_match.constraints.composition import NotPairs
from reverse_match.constraints.listed_condition import ListedCondition
from reverse_match.errors import Fault, PolicyError
from reverse_match.names.normalise import id_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import Listed


def compile_listed(condition: Listed, setting: Setting) -> NotPairs:
    """Make a list ready: the condition is false of all pairs but those listed.

    Raises
    ------
    PolicyError
        If a pair names somebody who is not in the cohort, or in a role that the person does not have.
    """
    faults = list(_faults(condition, setting))
    if faults:
        raise PolicyError(faults)
    position = setting.cohort.position
    listed = [(position[id_key(mentor)], position[id_key(mentee)]) for mentor, mentee in condition.pairs]
    mentors, mentees = np.array(listed, dtype=np.int64).reshape(-1, 2).T
    pairs = BlockedPairs.of(condition.kind, setting.seats.places(mentors, mentees))
    return NotPairs(ListedCondition(pairs, BlockedPairs.of("unknown")))


def _faults(condition: Listed, setting: Setting) -> Iterator[Fault]:
    """Yield what is wrong, each with its place in the list of pairs."""
    cohort = setting.cohort
    for index, pair in enumerate(condition.pairs):
        for side, (identity, role) in enumerate(zip(pair, ("mentor", "mentee"), strict=True)):
            place = cohort.position.get(id_key(identity))
            if place is None:
                yield Fault("nobody in the cohort has this id", column=f"[{index}][{side}]")
                continue
            person = cohort.participants[place]
            if not (person.teaches, person.learns)[side]:
                order = f"a listed pair names the {role} {('first', 'second')[side]}"
                yield Fault(f"{order}; this person has role {person.role}", column=f"[{index}][{side}]")
