"""The facts that an audit counts: about each person in a role, and about each duo, over all rounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from reverse_match.audits.places import SIDES
from reverse_match.audits.ranks import rank_partners
from reverse_match.audits.terms import keys_of, whole_scores
from reverse_match.foundation.errors import CohortError, Fault, InputError
from reverse_match.foundation.names import id_key
from reverse_match.programme.beside_the_policy import rounds_waited
from reverse_match.scoring.own_data import bind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.policy.values import Role
    from reverse_match.programme.history import History, PastRound


class AuditedRound(NamedTuple):
    """A matching with its policy, and with its people where they are the audited ones."""

    matching: Matching
    policy: Policy
    people: Cohort | None


def rounds_of(
    listed: tuple[Matching, ...], cohort: Cohort, policy: Policy | None, tables: Mapping[str, Any] | None
) -> list[AuditedRound]:
    """Return each matching with its policy, and with its people if they are these.

    Raises
    ------
    CohortError
        If no matching is of these people; with a policy, if one of them is of others.
    InputError
        If a matching stands there twice.
    """
    if len({matching.sha256 for matching in listed}) < len(listed):
        message = "the same matching twice; right would be that of each round, the first one first"
        raise InputError([Fault(message, column="matchings")])
    found = []
    for matching in listed:
        people = cohort.with_digest(matching.digests.cohort)
        chosen = matching.policy_in_force if policy is None else matching.added.in_force(policy)
        if people.has_digest(matching.digests.cohort):
            bound = bind(chosen, people, tables, like=matching.policy if policy is None else policy)
            found.append(AuditedRound(matching, bound, people))
        else:
            found.append(AuditedRound(matching, chosen, None))
    others = [one for one in found if one.people is None]
    if len(others) == len(found) or (others and policy is not None):
        message = "these are not the people that were matched: the digest of their records differs"
        raise CohortError([Fault(message)])
    return found


@dataclass
class PersonFacts:
    """What is true of a person in a role, over all rounds."""

    rounds: int = 0
    rounds_matched: int = 0
    duos: int = 0
    waited: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


FactsByRole: TypeAlias = "dict[Role, dict[str, PersonFacts]]"


def facts_of(matchings: Sequence[Matching], history: History | None) -> FactsByRole:
    """Return the facts about the people of some matchings, in each role by the key of the id."""
    facts: FactsByRole = {side: defaultdict(PersonFacts) for side in SIDES}
    for matching in matchings:
        for side in SIDES:
            loads = Counter(id_key(getattr(duo, side)) for duo in matching.duos)
            for person, load in loads.items():
                of = facts[side][person]
                of.rounds, of.rounds_matched, of.duos = of.rounds + 1, of.rounds_matched + 1, of.duos + load
        for left in matching.unmatched:
            of = facts[left.role][id_key(left.id)]
            of.rounds += 1
            of.reasons[left.reason] += 1
            of.waited += left.reason != "sits_out"
    for (role, person), rounds in _waited_before(matchings, history).items():
        if person in facts[role]:
            facts[role][person].waited += rounds
    return facts


def _waited_before(matchings: Sequence[Matching], history: History | None) -> Mapping[tuple[Role, str], int]:
    """Return in how many earlier rounds people had no duo: by the history, or as a rotation remembers it."""
    if history is None:
        return rounds_waited(matchings[0].added)
    earlier = earlier_rounds(matchings, history)
    return Counter((left.role, id_key(left.id)) for one in earlier for left in one.unmatched)


def earlier_rounds(matchings: Sequence[Matching], history: History | None) -> list[PastRound]:
    """Return the rounds of a history whose matchings are not given."""
    if history is None:
        return []
    given = {history.number_of(matching) for matching in matchings}
    return [one for one in history.rounds if one.number not in given]


def can_wait(rounds: Sequence[AuditedRound], history: History | None) -> bool:
    """Say whether more than one round is known, so that somebody can have waited longer than others."""
    matchings = [one.matching for one in rounds]
    known = len(rounds) + len(earlier_rounds(matchings, history))
    return known > 1 or bool(_waited_before(matchings, history))


@dataclass(frozen=True)
class DuoTable:
    """All duos of all rounds; ranks are 0 where they are not known."""

    keys: list[tuple[str, str]]
    scores: IntArray
    ranks: tuple[IntArray, IntArray]
    partners: tuple[IntArray, IntArray]

    @classmethod
    def of(cls, rounds: Sequence[AuditedRound], *, rescored: bool, threads: int | None) -> DuoTable:
        """Return the duos of all rounds, scored anew if asked, where their people are known."""
        keys, parts = [], []
        for one in rounds:
            duos = one.matching.duos
            keys += keys_of(duos)
            nothing = np.zeros(len(duos), dtype=np.int64)
            if one.people is None:
                parts.append([whole_scores(duos), *[nothing] * 4])
                continue
            found = rank_partners(one.people, one.policy, duos, one.matching.as_of, threads)
            scores = found.scores if rescored else whole_scores(duos)
            parts.append([scores, *found.ranks, *found.partners])
        scores, *ranked = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        return cls(keys, scores, (ranked[0], ranked[1]), (ranked[2], ranked[3]))

    def ranked(self) -> DuoTable:
        """Return the duos whose ranks are known."""
        known = self.ranks[0] > 0
        return DuoTable(
            [key for key, is_known in zip(self.keys, known.tolist(), strict=True) if is_known],
            self.scores[known],
            (self.ranks[0][known], self.ranks[1][known]),
            (self.partners[0][known], self.partners[1][known]),
        )
