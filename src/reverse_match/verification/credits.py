"""What duos count beside their scores, computed a second time from the policy, one person at a time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.names.normalise import id_key
from reverse_match.scoring.grid import ONE, points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.arrays import IntArray
    from reverse_match.policy import Credit, Policy
    from reverse_match.verification.people import People, Place


class Credits:
    """The credits of a policy on the people of a cohort, whom they all must know."""

    def __init__(self, policy: Policy, people: People) -> None:
        self._of_mentors = np.zeros(len(people.of["mentor"]), dtype=np.int64)
        self._of_mentees = np.zeros(len(people.of["mentee"]), dtype=np.int64)
        self._of_pairs: Counter[Place] = Counter()
        self._listed: list[tuple[Credit, set[int], set[int], set[Place]]] = []
        for credit in policy.credits:
            given = round(credit.points * ONE)
            mentors = {people.place["mentor"][id_key(name)] for name in credit.mentors}
            mentees = {people.place["mentee"][id_key(name)] for name in credit.mentees}
            pairs = {people.at(*pair) for pair in credit.pairs}
            for mentor in mentors:
                self._of_mentors[mentor] += given
            for mentee in mentees:
                self._of_mentees[mentee] += given
            for pair in pairs:
                self._of_pairs[pair] += given
            self._listed.append((credit, mentors, mentees, pairs))
        listed = [(*pair, given) for pair, given in sorted(self._of_pairs.items())]
        self._pairs = np.array(listed, dtype=np.int64).reshape(-1, 3)

    def tile(self, rows: slice, columns: slice) -> IntArray:
        """Return what the pairs of a tile count beside their scores, in millionths."""
        found = self._of_mentors[rows, None] + self._of_mentees[None, columns]
        first, last = np.searchsorted(self._pairs[:, 0], (rows.start, rows.stop))
        row, column, given = self._pairs[first:last].T
        inside = (columns.start <= column) & (column < columns.stop)
        found[row[inside] - rows.start, column[inside] - columns.start] += given[inside]
        return found

    def of_places(self, places: Iterable[Place]) -> IntArray:
        """Return what some pairs count beside their scores, in millionths."""
        return np.array(
            [
                self._of_mentors[row] + self._of_mentees[column] + self._of_pairs[row, column]
                for row, column in places
            ],
            dtype=np.int64,
        )

    def named(self, place: Place) -> dict[str, float]:
        """Return the points of a pair by the names of the credits that give them."""
        found: Counter[str] = Counter()
        for credit, mentors, mentees, pairs in self._listed:
            times = [place[0] in mentors, place[1] in mentees, place in pairs].count(True)
            if times:
                found[credit.name] += times * round(credit.points * ONE)
        return {name: points(whole) for name, whole in found.items()}
