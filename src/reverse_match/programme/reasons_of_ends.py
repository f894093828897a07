"""Tells why a duo of the round that ends cannot stay, or need not, before anything is solved.

A rotation reports it, and a review says it beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.names import id_key, pair_key
from reverse_match.matching.results.proposal import KEEPING
from reverse_match.programme.rotation_input import ROLES, RolesOfPeople

if TYPE_CHECKING:
    from reverse_match.foundation.names import PairLike
    from reverse_match.matching.results.matching import Duo
    from reverse_match.matching.results.proposal import Proposal
    from reverse_match.programme.beside_the_policy import Pair, RotationInput


@dataclass(frozen=True)
class EndReasons:
    """Why duos of a round are not among those that may stay in the next one."""

    inputs: RotationInput

    @cached_property
    def roles(self) -> RolesOfPeople:
        """The people of the next round by their roles."""
        return RolesOfPeople(self.inputs.people)

    @cached_property
    def staying(self) -> set[Pair]:
        """Keys of the duos that may stay, in their roles of the next round."""
        return {pair_key(pair) for pair in self.inputs.staying}

    @cached_property
    def _parted(self) -> set[Pair]:
        return {pair_key(one) for one in self.inputs.decided if one.decision in ("end", "change")}

    def of(self, duo: Duo) -> dict[str, Any] | None:
        """Return why a duo of the round that ends cannot stay, or need not; ``None`` where it may."""
        names = {id_key(name): name for name in (duo.mentor, duo.mentee)}
        if gone := sorted(name for key, name in names.items() if key not in self.inputs.people.position):
            return {"reason": "person_left", "who": gone}
        pair = self.turned(duo)
        without = [key for role, key in zip(ROLES, pair, strict=True) if key not in self.roles.of[role]]
        if without:
            return {"reason": "no_place", "who": sorted(names[key] for key in without)}
        if pair_key(duo) in self._parted:
            return {"reason": "decided"}
        if pair in self.staying:
            return None
        return reason_of_answers(self.inputs.proposals[pair_key(duo)])

    def turned(self, duo: PairLike) -> Pair:
        """Return the keys of a duo of the round that ends, in their roles of the next one."""
        pair = pair_key(duo)
        return pair[::-1] if self.inputs.reciprocal else pair


def reason_of_answers(proposal: Proposal) -> dict[str, Any]:
    """Return why a duo is not kept by what was said about it.

    Of all answers the record names one alone: who did not ask to continue. Who wants to stop, or is not
    satisfied, stands in the review and not in what becomes a stored matching.
    """
    people = {"mentor": proposal.mentor, "mentee": proposal.mentee}
    if proposal.proposal in KEEPING and proposal.both_want_to_keep:
        return {"reason": "policy_ends_all"}
    if proposal.proposal == "end":
        return {"reason": "asked_to_end"}
    if proposal.proposal == "rotate" and any(reason.by is not None for reason in proposal.reasons):
        return {"reason": "answers_against"}
    return {"reason": "rotates", "who": sorted(people[role] for role in proposal.did_not_ask)}
