"""Converts between a plan and matchings: all rounds as one, each round as one, and people who sit out.

*All rounds together*: each person has their capacity once for each round in which they are there. A quota
counts over all rounds, so its bounds are multiplied by their number. The bound on such a matching also bounds
every plan. *One round*: the pairs of the other rounds are forbidden, and a person who is away has no partner.
Both are added beside the policy, which stays that of the plan.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reverse_match.matching.encode import Side, prepare
from reverse_match.matching.results.plan import SittingOut, WhySittingOut
from reverse_match.people.cohort import Cohort
from reverse_match.people.participant import PLACES, TWO_ROLES
from reverse_match.policy import Fix, ShareQuota
from reverse_match.policy.added import OTHER_ROUNDS, Added
from reverse_match.solver.pairs.problem import Arcs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.matching.encode import Prepared
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.unmatched import Unmatched
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Policy, Quota


def cohort_of_all_rounds(cohort: Cohort, rounds: int, away: Mapping[str, tuple[int, ...]]) -> Cohort:
    """Return the people with their capacity summed over all rounds in which they are there.

    Examples
    --------
    >>> people = Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    >>> [person.capacity for person in cohort_of_all_rounds(people, 4, {"e": (2,)}).participants]
    [4, 3]
    """
    people = [
        _with_places_of_all_rounds(person, rounds - len(away.get(person.id, ())))
        for person in cohort.participants
    ]
    return Cohort(tuple(people), cohort.source, cohort.as_of, cohort.away)


def _with_places_of_all_rounds(person: Participant, there: int) -> Participant:
    stated = {name: getattr(person, name) for name in PLACES}
    return person.model_copy(update={name: places * there for name, places in stated.items() if places})


def policy_of_all_rounds(policy: Policy, rounds: int) -> Policy:
    """Return the policy with quotas for all rounds together."""
    return policy.model_copy(update={"quotas": tuple(_scale_quota(quota, rounds) for quota in policy.quotas)})


def _scale_quota(quota: Quota, rounds: int) -> Quota:
    if isinstance(quota, ShareQuota):
        return quota
    bounds = {name: getattr(quota, name) for name in ("at_least", "at_most")}
    return quota.model_copy(
        update={name: None if bound is None else bound * rounds for name, bound in bounds.items()}
    )


def drop_fixed_duos(policy: Policy) -> Policy:
    """Return the policy without its fixed duos, each of which is formed in only one of the rounds."""
    rules = tuple(rule for rule in policy.rules if not isinstance(rule, Fix))
    return policy.model_copy(update={"rules": rules})


@dataclass(frozen=True)
class RoundDuos:
    """The duos of one round, by row and column.

    Attributes
    ----------
    arcs : Arcs
        All duos, sorted by row and column, with their worth; with the scores of fixed duos.
    fixed : bool array
        Marks of the duos that the policy fixes.
    """

    arcs: Arcs
    fixed: BoolArray

    @property
    def only_fixed(self) -> RoundDuos:
        """Return only the fixed duos."""
        return RoundDuos(self.arcs.where(self.fixed), self.fixed[self.fixed])

    def free(self, prepared: Prepared) -> Arcs:
        """Return the duos that are not fixed, with their worth."""
        free = self.arcs.where(~self.fixed)
        return replace(free, scores=prepared.problem.at(free.rows, free.columns))

    def with_free(self, chosen: Arcs) -> RoundDuos:
        """Return the fixed duos together with other free duos."""
        joint = Arcs.union([self.only_fixed.arcs, chosen])
        return RoundDuos(joint, joint.among(self.only_fixed.arcs))


class RoundModels:
    """Prepares the arrays of one round after the other, each from those of the round before.

    Scores are the same in all rounds, so only the forbidden pairs change.

    Parameters
    ----------
    whole : Prepared
        All rounds together, whose scores are used for each round.
    cohort, policy
        The people and the policy of the plan.
    away : mapping
        The rounds in which people are away, by id.
    options : RunOptions
        Memory and threads to use.
    """

    def __init__(
        self,
        whole: Prepared,
        cohort: Cohort,
        policy: Policy,
        away: Mapping[str, tuple[int, ...]],
        options: RunOptions,
    ) -> None:
        self.maximised = whole.maximised
        self._cohort, self._policy, self._away = cohort, policy, away
        self._options = options
        indices = whole.sides.mentors, whole.sides.mentees
        mentors, mentees = (
            Side.of([cohort.participants[index] for index in side], role)
            for side, role in zip(indices, TWO_ROLES, strict=True)
        )
        self._ids = mentors.ids, mentees.ids
        self._last = replace(whole, cohort=cohort, people=(mentors, mentees))

    def prepare_alone(self) -> Prepared:
        """Prepare one round without forbidden pairs of others, without absences and without fixed duos."""
        alone = drop_fixed_duos(self._policy)
        self._last = prepare(self._cohort, alone, self._options, self._last, least_by_quota=True)
        return self._last

    def prepare_round(self, number: int, rounds: Sequence[RoundDuos]) -> Prepared:
        """Prepare a round, in which the pairs of the other rounds are forbidden.

        Parameters
        ----------
        number : int
            Index of the round, from 0.
        rounds : sequence of RoundDuos
            The duos of all rounds.
        """
        others = [
            pair for place, duos in enumerate(rounds) if place != number for pair in self._id_pairs(duos)
        ]
        away = [person for person, when in self._away.items() if number + 1 in when]
        added = Added(other_rounds=tuple(sorted(others)), absent=tuple(sorted(away)))
        asked = self._cohort, self._policy, self._options, self._last
        self._last = prepare(*asked, added=added, least_by_quota=True)
        return self._last

    def _id_pairs(self, duos: RoundDuos) -> list[tuple[str, str]]:
        mentors, mentees = self._ids
        places = zip(duos.arcs.rows.tolist(), duos.arcs.columns.tolist(), strict=True)
        return [(mentors[row], mentees[column]) for row, column in places]


def sitting_out_of(rounds: Sequence[Matching], away: Mapping[str, tuple[int, ...]]) -> tuple[SittingOut, ...]:
    """Return the people who have no duo in some rounds, with the reasons."""
    lacking: defaultdict[tuple[str, str], dict[int, Unmatched]] = defaultdict(dict)
    partners: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, matching in enumerate(rounds, 1):
        for left in matching.unmatched:
            lacking[left.id, left.role][number] = left
        for duo in matching.duos:
            partners[duo.mentor, "mentor"] += 1
            partners[duo.mentee, "mentee"] += 1
    found = []
    for (person, role), by_round in sorted(lacking.items()):
        absent = tuple(number for number in by_round if number in away.get(person, ()))
        there = [left for number, left in by_round.items() if number not in absent]
        found.append(
            SittingOut.of_checked(
                {
                    "id": person,
                    "role": role,
                    "rounds": tuple(by_round),
                    "absent": absent,
                    "partners": partners[person, role],
                    "reason": _reason(there, list(by_round.values())),
                }
            )
        )
    return tuple(found)


def _reason(there: Sequence[Unmatched], everywhere: Sequence[Unmatched]) -> WhySittingOut:
    if any(left.reason == "sits_out" for left in everywhere):
        return "capacity"
    reasons = {left.reason for left in there}
    if not reasons:
        return "absent"
    if "partners_taken" in reasons:
        return "partners_taken"
    if "quota_full" in reasons:
        return "quota_full"
    met = any(OTHER_ROUNDS in left.blocked_by for left in there)
    return "fewer_partners_than_rounds" if met else "no_allowed_partner"
