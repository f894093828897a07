"""Scores of a few pairs, such as duos that have ended, and the rules that forbid them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.foundation.names import id_key
from reverse_match.policy.labels import SAME_PERSON

if TYPE_CHECKING:
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.people import PeopleIndex, Role

    Pair = tuple[str, str]

_ROLES: tuple[Role, Role] = ("mentor", "mentee")


@dataclass(frozen=True)
class FewPairs:
    """People, demands and scores, to be asked about a few pairs; pairs name the mentor first."""

    people: PeopleIndex
    demands: Demands
    model: ScoreModel

    def without_place(self, pair: Pair) -> list[str]:
        """Return who of the two has no place in this role."""
        found = []
        for role, name in zip(_ROLES, pair, strict=True):
            place = self.people.place[role].get(id_key(name))
            if place is None or not self.demands.capacity[role][place]:
                found.append(name)
        return found

    def score(self, pair: Pair) -> float:
        """Return what a pair scores."""
        row, column = self.people.at(*pair)
        return points(int(self.model.at(np.array([row]), np.array([column]))[0]))

    def against(self, pair: Pair) -> set[str]:
        """Return the labels of the rules that forbid a pair."""
        place, score = self.people.at(*pair), round(self.score(pair) * ONE)
        rows, columns = slice(place[0], place[0] + 1), slice(place[1], place[1] + 1)
        scores = np.array([[score]], dtype=np.int64)
        listed = {SAME_PERSON: self.demands.same_person, **self.demands.forbidden}
        labels = {label for label, places in listed.items() if place in places}
        labels |= {label for label, least in self.demands.thresholds.items() if score < least}
        return labels | {
            label
            for label, condition in self.demands.conditions.items()
            if condition.violations(rows, columns, scores)[0, 0]
        }

    def possible(self, pair: Pair) -> bool:
        """Say whether the two have places, and no rule forbids them."""
        return not self.without_place(pair) and not self.against(pair)
