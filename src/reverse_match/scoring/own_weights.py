"""Weights of a pair that follow what matters most to its two people.

A *profile* is a criterion that matters most, or none. There are few of them, so a small table holds the
weights of every two profiles: the exact mixture of the two people's weights, in whole millionths that sum to
1,000,000 (largest remainder, rounded once). A contribution is the weight of the pair times the value, rounded
half up, as everywhere; so contributions sum to the score, exactly.

**Tiles.** A tile of each criterion's values is multiplied by the weights of its pairs, looked up by profile.
A value and a weight are whole millionths, so their product is exactly a half above a whole millionth, or at
least a millionth of a millionth away from one; the error in doubles is far smaller. So adding ``HALF_UP`` and
cutting off the fraction rounds half up exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reverse_match.foundation.errors import CohortError, Fault, PolicyError
from reverse_match.foundation.fixed_point import ONE, apportioned, exact
from reverse_match.foundation.names import did_you_mean, name_key
from reverse_match.scoring.profiles import number_profiles

HALF_UP = 0.5 + 2.0**-27

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.policy import Policy
    from reverse_match.policy.own_weights import OwnWeights
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import ContributionBlock, Sides


@dataclass(frozen=True)
class WeightsOfPairs:
    """The weights of all pairs, by what matters most to the two people.

    Attributes
    ----------
    weights : int64 array, shape (profiles of mentors, profiles of mentees, criteria)
        Weights in whole millionths.
    named : pair of tuples
        The criterion that matters most in each profile, of mentors and of mentees; ``None`` for none.
    mentors, mentees : int64 arrays
        Profile of each mentor and of each mentee.
    """

    weights: IntArray
    named: tuple[tuple[str | None, ...], tuple[str | None, ...]]
    mentors: IntArray
    mentees: IntArray

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the weights of listed pairs, by pair and criterion."""
        found: IntArray = self.weights[self.mentors[rows], self.mentees[columns]]
        return found

    def matters_most(self, row: int, column: int) -> dict[str, str]:
        """Return the criterion that matters most to each of two people, by role."""
        profiles = self.mentors[row], self.mentees[column]
        said = [named[profile] for named, profile in zip(self.named, profiles, strict=True)]
        return {role: name for role, name in zip(("mentor", "mentee"), said, strict=True) if name is not None}

    def part(self, rows: IntArray, columns: IntArray) -> WeightsOfPairs:
        """Return the weights of some rows and some columns."""
        return replace(self, mentors=self.mentors[rows], mentees=self.mentees[columns])


def weights_of_pairs(policy: Policy, columns: Columns, sides: Sides) -> WeightsOfPairs | None:
    """Return the weights of all pairs; ``None`` if they are those of the policy for everybody.

    Raises
    ------
    PolicyError
        If the people have no such column.
    CohortError
        If somebody names a criterion that the policy has not.
    """
    asked = policy.own_weights
    if asked is None:
        return None
    named = criteria_named(policy, asked, columns)
    mentors, of_mentors = number_profiles(named[person] for person in sides.mentors)
    mentees, of_mentees = number_profiles(named[person] for person in sides.mentees)
    weights = np.array(
        [[mixed_weights(policy, asked, one, other) for other in mentees] for one in mentors], dtype=np.int64
    )
    shape = len(mentors), len(mentees), len(policy.criteria)
    return WeightsOfPairs(weights.reshape(shape), (tuple(mentors), tuple(mentees)), of_mentors, of_mentees)


def criteria_named(policy: Policy, asked: OwnWeights, columns: Columns) -> list[str | None]:
    """Return the criterion that each person names, ``None`` where they name none; errors are those above."""
    by_key = {name_key(criterion.name): criterion.name for criterion in policy.criteria}
    try:
        said = columns.compared_texts(asked.field)
    except PolicyError as error:
        place = "own_weights.field"
        faults = [Fault(fault.message, column=place, code=fault.code) for fault in error.faults]
        raise PolicyError(faults) from None
    faults = [
        columns.cohort.fault(index, asked.field, _unknown(text, policy), "unknown-criterion")
        for index, text in enumerate(said)
        if text is not None and name_key(text) not in by_key
    ]
    if faults:
        raise CohortError(faults)
    return [None if text is None else by_key[name_key(text)] for text in said]


def _unknown(text: str, policy: Policy) -> str:
    names = [criterion.name for criterion in policy.criteria]
    return f"no criterion of the policy is called so{did_you_mean(text, names)}"


def mixed_weights(policy: Policy, asked: OwnWeights, one: str | None, other: str | None) -> list[int]:
    """Return the weights of a pair in whole millionths, by what matters most to mentor and mentee.

    Examples
    --------
    >>> import reverse_match as rm
    >>> criteria = [{"kind": "overlap", "field": "goals", "name": name, "weight": 1} for name in "ab"]
    >>> policy = rm.Policy(criteria=criteria, own_weights={"factor": 3})
    >>> [mixed_weights(policy, policy.own_weights, *most) for most in (("a", None), ("b", "b"))]
    [[625000, 375000], [250000, 750000]]
    """
    share = exact(asked.share)
    mine, theirs = (_weights_of_person(policy, asked, most) for most in (one, other))
    mixed = [share * here + (1 - share) * there for here, there in zip(mine, theirs, strict=True)]
    return apportioned(mixed, [criterion.name for criterion in policy.criteria])


def _weights_of_person(policy: Policy, asked: OwnWeights, most: str | None) -> list[Fraction]:
    """Return a person's weights, which sum to 1."""
    parts = [
        exact(criterion.weight) * (exact(asked.factor) if criterion.name == most else 1)
        for criterion in policy.criteria
    ]
    total = sum(parts, Fraction(0))
    return [part / total for part in parts]


class Tiles(Protocol):
    """Scores of a block of columns."""

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return the scores of a tile in whole millionths."""
        ...


class MixedBlock:
    """The scores of a block of columns under weights that differ between pairs.

    Parameters
    ----------
    values : mapping of int to ContributionBlock
        Adds the values of each criterion with a weight, in whole millionths: its contributions at weight 1.
    own : WeightsOfPairs
        The weights of all pairs.
    columns : slice
        The columns of the block.
    """

    def __init__(self, values: Mapping[int, ContributionBlock], own: WeightsOfPairs, columns: slice) -> None:
        self.width = columns.stop - columns.start
        self._rows = own.mentors
        weights = own.weights[:, own.mentees[columns]] / ONE
        self._parts = [(block, np.ascontiguousarray(weights[:, :, place])) for place, block in values.items()]

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return the scores of a tile in whole millionths."""
        shape = rows.stop - rows.start, self.width
        profiles, total = self._rows[rows], np.zeros(shape, dtype=np.int32)
        for block, weights in self._parts:
            values = np.zeros(shape, dtype=np.int32)
            block.add_to(values, rows)
            points = weights.take(profiles, axis=0)
            points *= values
            points += HALF_UP
            total += points.astype(np.int32)
        return total
