"""A matching, and the truth about the same people under the policy in force; checks compare the two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.names import id_key
from reverse_match.policy.labels import SAME_PERSON
from reverse_match.scoring.model import score_model
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.verification.demands import Demands
from reverse_match.verification.people import ROLES
from reverse_match.verification.quotas import lacking_quota, quotas_of
from reverse_match.verification.statements import Tile

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.people import PeopleIndex, Place, Role
    from reverse_match.verification.quotas import CohortQuota

    Pair = tuple[str, str]


@dataclass(frozen=True)
class Claim:
    """A matching with the people, scores and demands against which it is checked.

    Attributes
    ----------
    matching : Matching
        The matching to check; everybody whom it names is in the cohort.
    people : PeopleIndex
        Index of people to rows and columns.
    policy : Policy
        The policy in force.
    objective : CohortObjective
        The objective, which gives the worth of duos.
    demands : Demands
        The pairs that the policy forbids, fixes and demands.
    model : ScoreModel
        The scores of all pairs.
    """

    matching: Matching
    people: PeopleIndex
    policy: Policy
    objective: CohortObjective
    demands: Demands
    model: ScoreModel

    @classmethod
    def read(
        cls, matching: Matching, people: PeopleIndex, objective: CohortObjective, threads: int | None
    ) -> Claim:
        """Return a matching with the truth about some people, computed anew from people and policy."""
        policy, day = matching.policy_in_force, matching.as_of
        model = score_model(people.cohort, policy, people.sides, day, Tiling(threads=threads))
        return cls(matching, people, policy, objective, Demands(people, policy, day), model)

    @cached_property
    def quotas(self) -> list[CohortQuota]:
        """The quotas of the policy, in its order."""
        return quotas_of(self.policy, self.demands.context, self.model)

    @cached_property
    def lacking(self) -> CohortQuota | None:
        """The bound on the number of lacking duos, if the policy asks for something as far as possible."""
        return self.lacking_at_most(self.matching.certificate.lacking or 0)

    def lacking_at_most(self, most: int) -> CohortQuota | None:
        """Return a bound on the number of lacking duos, if the policy asks for something."""
        asked = self.policy.as_far_as_possible
        return None if asked is None else lacking_quota(asked, most, self.demands.context, self.model)

    @cached_property
    def lacking_places(self) -> set[Place]:
        """Row and column of each lacking duo."""
        marks = self._lacking_marks
        return set() if marks is None else set(compress(self.places, marks.tolist()))

    @property
    def lacking_duos(self) -> int:
        """Number of lacking duos."""
        marks = self._lacking_marks
        return 0 if marks is None else int(marks.sum())

    @cached_property
    def _lacking_marks(self) -> BoolArray | None:
        """Marks of the lacking duos; ``None`` if the policy asks for nothing."""
        return None if self.lacking is None else self.lacking.counting(self.places)

    @cached_property
    def places(self) -> list[Place]:
        """Row and column of each duo."""
        return [self.people.at(duo.mentor, duo.mentee) for duo in self.matching.duos]

    @cached_property
    def formed(self) -> set[Place]:
        """Row and column of each duo, as a set."""
        return set(self.places)

    @cached_property
    def free(self) -> IntArray:
        """Rows and columns of the duos that the policy does not fix."""
        return np.array(sorted(self.formed - self.demands.fixed), dtype=np.int64).reshape(-1, 2)

    @cached_property
    def loads(self) -> dict[Role, IntArray]:
        """Number of duos of each person, by role."""
        ends = np.array(self.places, dtype=np.int64).reshape(-1, 2).T
        return {
            role: np.bincount(end, minlength=len(self.people.of[role]))
            for role, end in zip(ROLES, ends, strict=True)
        }

    @cached_property
    def lowest(self) -> int | None:
        """The lowest judged score of a free duo, in millionths; ``None`` without a free duo."""
        judged = [
            self.objective.judged_score(round(duo.score * ONE), place)
            for duo, place in zip(self.matching.duos, self.places, strict=True)
            if place not in self.demands.fixed
        ]
        return min(judged, default=None)

    def names(self, place: Place) -> Pair:
        """Return the ids of the two people of a pair."""
        return self.people.of["mentor"][place[0]].id, self.people.of["mentee"][place[1]].id

    def without_place(self, pair: Pair) -> list[str]:
        """Return the people of a pair (the mentor first) who have no capacity in their role."""
        found = []
        for role, name in zip(ROLES, pair, strict=True):
            place = self.people.place[role].get(id_key(name))
            if place is None or not self.demands.capacity[role][place]:
                found.append(name)
        return found

    def score(self, pair: Pair) -> float:
        """Return the score of a pair, in points."""
        row, column = self.people.at(*pair)
        return points(int(self.model.at(np.array([row]), np.array([column]))[0]))

    def against(self, pair: Pair) -> set[str]:
        """Return the labels of the rules that forbid a pair."""
        place, score = self.people.at(*pair), round(self.score(pair) * ONE)
        tile = Tile.of_pair(place, score)
        listed = {SAME_PERSON: self.demands.same_person, **self.demands.forbidden}
        labels = {label for label, places in listed.items() if place in places}
        labels |= {label for label, least in self.demands.thresholds.items() if score < least}
        return labels | {
            label for label, condition in self.demands.conditions.items() if condition.violations(tile)[0, 0]
        }

    def possible(self, pair: Pair) -> bool:
        """Say whether both people have capacity, and no rule forbids the pair."""
        return not self.without_place(pair) and not self.against(pair)
