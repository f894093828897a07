"""The places of an audit's table: all people of a role, and each group of them; and which are hidden.

Counts of people are hidden by cell suppression over people, for each role on its own. A score belongs to a
duo, and so to two people, each of whom is in groups of their own role. So figures on duos are hidden in both
roles together: a place is shown only if at least as many mentors as the limit stand behind it, and as many
mentees, and if no combination of shown places, of either role, is a hidden one. Cell suppression counts the
mentors of each place in one run and the mentees in another; what either hides is hidden. Fewer places are
shown then than in each run, and what cannot be combined from more cannot be combined from fewer. Both runs
begin with the places whose counts of people are hidden, since figures on duos say how many people have one.

A lowest score is no sum, and sums are not all that can be inferred from it: every duo of a place scores at
least the lowest score shown there. So if a place shows a lowest score, it is that of one of those of its duos
for which no other place shows a higher one. These must be duos of enough mentors and of enough mentees, too.
Places are shown in their order as long as that holds for all of them, so that totals come first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.programme.indicators.cell_suppression import hidden_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.audits.groups import Group, Grouping
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.policy.values import Role

SIDES: tuple[Role, Role] = ("mentor", "mentee")


class AuditPlace(NamedTuple):
    """All people of a role, or a group of them."""

    side: Role
    by: tuple[str, ...] = ()
    group: Group = ()


class Places:
    """All places of a table, the two roles first.

    Parameters
    ----------
    groupings : sequence of Grouping
        The groups of people.
    people : mapping of Role to sequence of str
        The people of each role, by the keys of their ids.
    """

    def __init__(self, groupings: Sequence[Grouping], people: Mapping[Role, Sequence[str]]) -> None:
        self.groupings = {grouping.by: grouping for grouping in groupings}
        self.all = [AuditPlace(side) for side in SIDES]
        for by, grouping in self.groupings.items():
            for side in SIDES:
                there = {group for person in people[side] for group in grouping.of(person)}
                order = grouping.order
                self.all += [AuditPlace(side, by, group) for group in sorted(there, key=order.__getitem__)]

    def members(self, ends: Mapping[Role, Sequence[str]]) -> BoolArray:
        """Return the facts in each place, shape (places, facts).

        Parameters
        ----------
        ends : mapping of Role to sequence of str
            For each fact the person in a role, by the key of the id.
        """
        count = max(len(end) for end in ends.values())
        members = np.zeros((len(self.all), count), dtype=bool)
        place_of = {place: number for number, place in enumerate(self.all)}
        for side, end in ends.items():
            members[place_of[AuditPlace(side)]] = True
            for by, grouping in self.groupings.items():
                for fact, person in enumerate(end):
                    for group in grouping.of(person):
                        members[place_of[AuditPlace(side, by, group)], fact] = True
        return members

    def totals(self) -> list[tuple[int, list[int]]]:
        """Return the places that are totals, with their parts: by a column, or by one that crosses it."""
        parts: defaultdict[tuple[AuditPlace, tuple[str, ...]], list[int]] = defaultdict(list)
        for number, place in enumerate(self.all):
            if place.by and self.groupings[place.by].apart:
                for whole in self._wholes(place):
                    parts[whole, place.by].append(number)
        number_of = {place: number for number, place in enumerate(self.all)}
        return [(number_of[whole], some) for (whole, _), some in parts.items()]

    def _wholes(self, place: AuditPlace) -> Iterator[AuditPlace]:
        """Yield the places of which a place is a part."""
        yield AuditPlace(place.side)
        for by in self.groupings:
            if by != place.by and set(by) < set(place.by):
                values = dict(zip(place.by, place.group, strict=True))
                yield AuditPlace(place.side, by, tuple(values[name] for name in by))

    def hide_people(self, people: Mapping[Role, Sequence[str]], fewest: int) -> BoolArray:
        """Return the places to hide in figures on all people of each role."""
        hidden = np.zeros(len(self.all), dtype=bool)
        for side in SIDES:
            members = self.members({side: people[side]})
            mine = np.array([place.side == side for place in self.all])
            gone = hidden_cells(members, np.arange(len(people[side])), self.totals(), fewest)
            hidden |= gone & mine
        return hidden

    def hide_duos(self, duos: Sequence[tuple[str, str]], fewest: int, also: BoolArray) -> BoolArray:
        """Return the places to hide in figures on duos.

        Parameters
        ----------
        duos : sequence of pairs of str
            The duos by the keys of their ids, mentor first.
        fewest : int
            Smallest number of people of either role.
        also : bool array, shape (places,)
            The places that are hidden in figures on all people.
        """
        members = self.members_of_duos(duos)
        full = also & members.any(
            axis=1
        )  # of a place without duos nothing can be inferred but that it has none
        runs = [hidden_cells(members, end, self.totals(), fewest, full) for end in numbered_ends(duos)]
        return also | runs[0] | runs[1]

    def members_of_duos(self, duos: Sequence[tuple[str, str]]) -> BoolArray:
        """Return the duos in each place, shape (places, duos)."""
        return self.members({side: [duo[end] for duo in duos] for end, side in enumerate(SIDES)})


def numbered_ends(duos: Sequence[tuple[str, str]]) -> tuple[IntArray, IntArray]:
    """Return numbers of the mentors and of the mentees of duos."""
    rows, columns = (_numbers([duo[end] for duo in duos]) for end in (0, 1))
    return rows, columns


def _numbers(people: Sequence[str]) -> IntArray:
    known: dict[str, int] = {}
    return np.array([known.setdefault(person, len(known)) for person in people], dtype=np.int64)


def hide_lowest(
    members: BoolArray, scores: IntArray, ends: tuple[IntArray, IntArray], hidden: BoolArray, fewest: int
) -> BoolArray:
    """Return the places whose lowest score is hidden, among them those that are hidden anyway.

    Parameters
    ----------
    members : bool array, shape (places, duos)
        The duos of each place.
    scores : int64 array, shape (duos,)
        Score of each duo.
    ends : pair of int64 arrays
        Numbers of the mentor and of the mentee of each duo.
    hidden : bool array, shape (places,)
        The places that are hidden anyway.
    fewest : int
        Smallest number of people of either role.

    Examples
    --------
    All of three duos score 5 or more. Were it also shown that the first two score 7 or more, the third would
    score 5.

    >>> members, ends = np.array([[True, True, True], [True, True, False]]), (np.arange(3), np.arange(3))
    >>> hide_lowest(members, np.array([9, 7, 5]), ends, np.zeros(2, dtype=bool), fewest=2)
    array([False,  True])
    """
    gone = hidden.copy()
    at_least = np.full(len(scores), -1, dtype=np.int64)
    shown: list[tuple[BoolArray, int]] = []
    for place, row in enumerate(members):
        if gone[place] or not row.any():
            continue
        lowest = int(scores[row].min())
        raised = np.where(row, np.maximum(at_least, lowest), at_least)
        concerned = [(one, score) for one, score in shown if (one & row).any()]
        enough = all(
            _enough(one & (raised <= score), ends, fewest) for one, score in (*concerned, (row, lowest))
        )
        if enough:
            at_least = raised
            shown.append((row, lowest))
        else:
            gone[place] = True
    return gone


def _enough(duos: BoolArray, ends: tuple[IntArray, IntArray], fewest: int) -> bool:
    """Say whether some duos are of enough mentors and of enough mentees."""
    return all(len(np.unique(end[duos])) >= fewest for end in ends)
