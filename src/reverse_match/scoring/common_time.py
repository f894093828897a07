"""Common time: how many minutes of a week two people have in common, up to enough of them.

The value is the number of minutes in common over the number that is enough. Whoever has stated less than that
is measured by what they have stated: somebody with one free hour has the value 1 with all who are free at
that hour, and 0 with all others. So stating little neither lowers all values of a person, nor raises any
above those of other people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.scoring.criterion import millionths
from reverse_match.scoring.profiles import CodedValues, ProfilePairs
from reverse_match.scoring.stated_times import stated_times
from reverse_match.scoring.weekly_overlap import KeptTable, OverlapOfSides

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.policy import CommonTime
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides


def encode_common_time(criterion: CommonTime, columns: Columns, sides: Sides) -> ProfilePairs:
    """Read the weekly times of each person, with their time zone, as a profile."""
    overlap = OverlapOfSides(stated_times(columns, on_site=criterion.on_site), sides, criterion.slot)
    codes = _Codes(overlap, criterion.enough)
    values = CodedValues(codes, codes.values)
    return ProfilePairs(values, overlap.mentors, overlap.mentees, lacking=not overlap.always_known)


class _Codes:
    """The value of each two weekly times by its place in a list of all that there can be.

    For each number of minutes by which somebody is measured, the list has the values from none of them to all
    of them; the first are those of ``enough``, by which most people are. Its last entry means "not known".
    """

    def __init__(self, overlap: OverlapOfSides, enough: int) -> None:
        self._overlap, self._enough = overlap, enough
        self._minutes = KeptTable(overlap.shape, overlap.minutes, np.uint16)
        # where no stated slot is long enough, nothing is in common
        stated = overlap.stated(*map(np.arange, overlap.shape))
        self._mine, self._theirs = (np.clip(side, 1, enough) for side in stated)
        fewer = np.setdiff1d(np.concatenate((self._mine, self._theirs)), [enough])
        measures = [enough, *fewer.tolist()]
        starts = np.cumsum([0, *(most + 1 for most in measures)])
        self._start_of = np.zeros(enough + 1, dtype=np.int64)
        self._start_of[measures] = starts[:-1]
        parts = [millionths(np.arange(most + 1), most) for most in measures]
        self.values = np.concatenate([*parts, [np.nan]])

    def __call__(self, here: IntArray, there: IntArray) -> IntArray:
        """Return the place of the value of each pair of weekly times; the two arrays broadcast."""
        minutes = self._minutes(here, there)
        mine, theirs = self._mine[here], self._theirs[there]
        if minutes.ndim == 2 and mine.shape[1] == theirs.shape[0] == 1:
            codes = np.minimum(minutes, self._enough).astype(np.int64)
            rows, columns = mine[:, 0] < self._enough, theirs[0] < self._enough
            codes[rows] = self._measured(minutes[rows], mine[rows], theirs)
            codes[:, columns] = self._measured(minutes[:, columns], mine, theirs[:, columns])
        else:
            codes = self._measured(minutes, mine, theirs)
        if not self._overlap.always_known:
            codes[~self._overlap.known(here, there)] = len(self.values) - 1
        return codes

    def _measured(self, minutes: NDArray[Any], mine: IntArray, theirs: IntArray) -> IntArray:
        most = np.minimum(mine, theirs)
        found: IntArray = self._start_of[most] + np.minimum(minutes, most).astype(np.int64)
        return found
