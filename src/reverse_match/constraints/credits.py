"""The credits of a policy for one cohort: in arrays for the solver, and by name for explanations of a pair.

A pair has the points of a credit once for each of the credit's lists in which it stands: once for its mentor,
once for its mentee, once for itself.

``MOST_POINTS`` bounds the credits of a pair, so that the 32-bit integers of tiles do not overflow. A full
score is up to 10^8 units (``utility.FULL_UTILITY``). So score and credits of a pair are at most 6 points, or
6 x 10^8 units. Payments for quotas add at most 2^29 units (``solver.side_constraints.lagrangian_pairs``). The
sum is below 2^31, and the mark of a forbidden pair is -2^30.
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
        The credits of pairs, in units of the objective; ``None`` if the policy has no credits.
    in_worst : PairCredits, optional
        The credits that count where ``max_min`` compares the worst duos; ``None`` if there are none.
    by_duo : CreditsByDuo
        Finds the credits of a duo by the ids of its people.
    ids : pair of sequences of str
        Ids of rows and of columns.
    """

    pairs: PairCredits | None = None
    in_worst: PairCredits | None = None
    by_duo: CreditsByDuo = CreditsByDuo(())  # noqa: RUF009 - it is never changed
    ids: tuple[Sequence[str], Sequence[str]] = ((), ())

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the credits of listed pairs, in units of the objective."""
        if self.pairs is None:
            return np.zeros(len(rows), dtype=np.int64)
        return self.pairs.at(rows, columns)

    def of_pair(self, place: tuple[int, int]) -> dict[str, Points]:
        """Return the points of a pair (row, column) by name of credit, in the order of the policy."""
        if self.pairs is None:
            return {}
        found: dict[str, int] = {}
        for credit in self.by_duo(self.ids[0][place[0]], self.ids[1][place[1]]):
            found[credit.name] = found.get(credit.name, 0) + _units(credit, ONE)
        return {name: points(whole) for name, whole in found.items()}


NO_CREDITS = CompiledCredits()


def compile_credits(policy: Policy, cohort: Cohort, sides: Sides, full: int) -> CompiledCredits:
    """Compile the credits of a policy for a cohort.

    Parameters
    ----------
    policy : Policy
        The policy with the credits.
    cohort : Cohort
        The people.
    sides : Sides
        The participants of rows and of columns.
    full : int
        Units of the objective in a full score, and so in one point of credit.

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
    """Return the points of a credit in units, which are whole since points have six decimals at most."""
    return int(exact(credit.points) * of_a_point)


def _faults(credit: Credit, index: int, cohort: Cohort) -> Iterator[Fault]:
    """Yield the faults in the ids of a credit, each with its place."""
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
