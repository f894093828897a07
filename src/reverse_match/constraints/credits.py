"""The credits of a policy made ready: in arrays for the solver, and by name for whoever asks about a pair.

A pair has the points of a credit once for each of its lists in which it stands: for its mentor, for its
mentee, for itself. No pair may have more than ``MOST_POINTS`` in all, and this is why: tiles hold whole
numbers of 32 bits, in which a full score is up to 10^8 units (``utility.FULL_UTILITY``) and a pair that may
not be chosen is marked by -2^30. Six points are 6 x 10^8 units, and what a pair gets for quotas at most 2^29
more (``solver.side_constraints.lagrangian_pairs``): together below 2^31, as far as sums with prices may go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import ONE, exact, points
from reverse_match.foundation.names import id_key, near_name
from reverse_match.policy.credits import MOST_POINTS, CreditsByDuo
from reverse_match.solver.pairs.credits import PairCredits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.foundation.fixed_point import Points
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Credit, Policy
    from reverse_match.scoring.criterion import Sides

_ROLES = ("mentor", "mentee")


@dataclass(frozen=True)
class CompiledCredits:
    """The credits of a policy on one cohort.

    Attributes
    ----------
    pairs : PairCredits, optional
        What pairs have, in units of what the objective adds up; ``None`` where the policy has no credits.
    in_worst : PairCredits, optional
        What they have of it where the worst pair is judged; ``None`` where no credit counts there.
    by_duo : CreditsByDuo
        The credits of two people.
    ids : pair of sequences of str
        Of rows and columns.
    """

    pairs: PairCredits | None = None
    in_worst: PairCredits | None = None
    by_duo: CreditsByDuo = CreditsByDuo(())  # noqa: RUF009 - it is never changed
    ids: tuple[Sequence[str], Sequence[str]] = ((), ())

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return what some pairs have, in units of what the objective adds up."""
        if self.pairs is None:
            return np.zeros(len(rows), dtype=np.int64)
        return self.pairs.at(rows, columns)

    def of_pair(self, place: tuple[int, int]) -> dict[str, Points]:
        """Return the points that a pair has, by the names of credits, in the order of the policy."""
        if self.pairs is None:
            return {}
        found: dict[str, int] = {}
        for credit in self.by_duo(self.ids[0][place[0]], self.ids[1][place[1]]):
            found[credit.name] = found.get(credit.name, 0) + _units(credit, ONE)
        return {name: points(whole) for name, whole in found.items()}


NO_CREDITS = CompiledCredits()


def compile_credits(policy: Policy, cohort: Cohort, sides: Sides, full: int) -> CompiledCredits:
    """Make a policy's credits ready for a cohort.

    Parameters
    ----------
    policy : Policy
        Its credits.
    cohort : Cohort
        The people.
    sides : Sides
        Who is which row and column.
    full : int
        Units that a full score is worth, and so one point of credit.

    Raises
    ------
    PolicyError
        If a credit names somebody who is not in the cohort, or in a role that the person does not have; or
        if a pair could have more than ``MOST_POINTS``.
    """
    if not policy.credits:
        return NO_CREDITS
    faults = [
        fault for index, credit in enumerate(policy.credits) for fault in _faults(credit, index, cohort)
    ]
    if faults:
        raise PolicyError(faults)
    pairs = _in_arrays(policy.credits, cohort, sides, full)
    if pairs.highest > MOST_POINTS * full:
        message = (
            f"a pair could have {pairs.highest / full:.10g} points from all credits together; right would be "
            f"points of which no pair has more than {MOST_POINTS}"
        )
        raise PolicyError([Fault(message, column="credits")])
    judged = [credit for credit in policy.credits if credit.counts_in_worst]
    mentors, mentees = (
        [cohort.participants[index].id for index in side] for side in (sides.mentors, sides.mentees)
    )
    in_worst = _in_arrays(judged, cohort, sides, full) if judged else None
    return CompiledCredits(pairs, in_worst, CreditsByDuo(policy.credits), (mentors, mentees))


def _units(credit: Credit, of_a_point: int) -> int:
    """Return the points of a credit in whole units: they have six decimals at most."""
    return int(exact(credit.points) * of_a_point)


def _faults(credit: Credit, index: int, cohort: Cohort) -> Iterator[Fault]:
    """Yield what is wrong with the ids of a credit, each with its place."""
    for side, ids in enumerate((credit.mentors, credit.mentees)):
        for place, identity in enumerate(ids):
            yield from _wrong_with(identity, side, cohort, f"credits[{index}].{_ROLES[side]}s[{place}]")
    for place, pair in enumerate(credit.pairs):
        for side, identity in enumerate(pair):
            yield from _wrong_with(identity, side, cohort, f"credits[{index}].pairs[{place}][{side}]")


def _wrong_with(identity: str, side: int, cohort: Cohort, where: str) -> Iterator[Fault]:
    index = cohort.position.get(id_key(identity))
    if index is None:
        near = near_name(identity, (person.id for person in cohort.participants))
        hint = f"; did you mean '{near}'?" if near is not None else ""
        yield Fault(f"nobody in the cohort has this id{hint}", column=where)
        return
    person = cohort.participants[index]
    if not (person.teaches, person.learns)[side]:
        message = f"a credit names a {_ROLES[side]} here; this person has role {person.role}"
        yield Fault(message, column=where)


def _in_arrays(listing: Sequence[Credit], cohort: Cohort, sides: Sides, full: int) -> PairCredits:
    """Add up credits by row, by column and by listed pair; within a list everybody counts once."""
    row, column = (
        {id_key(cohort.participants[index].id): place for place, index in enumerate(side)}
        for side in (sides.mentors, sides.mentees)
    )
    of_rows, of_columns = np.zeros(len(row), dtype=np.int64), np.zeros(len(column), dtype=np.int64)
    of_pairs: dict[tuple[int, int], int] = {}
    for credit in listing:
        units = _units(credit, full)
        of_rows[list({row[id_key(mentor)] for mentor in credit.mentors})] += units
        of_columns[list({column[id_key(mentee)] for mentee in credit.mentees})] += units
        for place in {(row[id_key(mentor)], column[id_key(mentee)]) for mentor, mentee in credit.pairs}:
            of_pairs[place] = of_pairs.get(place, 0) + units
    places = sorted(of_pairs)
    rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
    points_of_pairs = np.array([of_pairs[place] for place in places], dtype=np.int64)
    return PairCredits(of_rows, of_columns, rows, columns, points_of_pairs)
