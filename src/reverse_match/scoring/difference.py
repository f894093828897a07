"""Difference and sameness of two texts, or of two paths such as ``Group/Plant/Workshop``.

On paths the shared part is the number of equal leading parts; sameness is the shared part over the length of
the longer path, difference is one minus that. A text without ``/`` is a path of one part, so that plain texts
are either the same or different.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.names import name_key
from reverse_match.scoring.grid import millionths
from reverse_match.scoring.profiles import ProfilePairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.policy import Difference, Sameness
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides

Path = tuple[str, ...]


def encode_comparison(criterion: Difference | Sameness, columns: Columns, sides: Sides) -> ProfilePairs:
    """Read everybody's text or path; see :class:`Comparisons`."""
    texts = columns.texts(criterion.field)
    paths = {text: path_of(text, splits=criterion.splits_paths) for text in dict.fromkeys(texts)}
    profile = {path: place for place, path in enumerate(dict.fromkeys(paths.values()))}
    code: dict[Path, int] = {}
    for path in profile:
        for length in range(1, len(path) + 1):
            code.setdefault(path[:length], len(code))
    distinct = list(profile)
    profile_of = {text: profile[path] for text, path in paths.items()}
    profiles = np.array([profile_of[text] for text in texts], dtype=np.int64)
    mentors, mentees = profiles[list(sides.mentors)], profiles[list(sides.mentees)]
    missing = profile.get((), -1)
    comparisons = Comparisons(
        _prefixes(distinct, code),
        _lengths(distinct),
        difference=criterion.kind == "difference",
        always_known=missing not in mentors and missing not in mentees,
    )
    return ProfilePairs(comparisons, mentors, mentees)


def path_of(text: str | None, *, splits: bool) -> Path:
    """Return a text as its parts, normalised; none where it is missing.

    Examples
    --------
    >>> path_of("Groupe / Atelier É", splits=True), path_of(None, splits=True)
    (('groupe', 'atelier e'), ())
    """
    parts = [] if text is None else text.split("/") if splits else [text]
    return tuple(key for part in parts if (key := name_key(part)))


def _prefixes(paths: Sequence[Path], code: dict[Path, int]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the code of each leading part; a different padding on each side never compares equal."""
    depth = max(map(len, paths), default=0)
    codes = [
        [code[path[: length + 1]] if length < len(path) else -1 for length in range(depth)] for path in paths
    ]
    here = np.array(codes, dtype=np.int32).reshape(len(paths), depth)
    return here, np.where(here < 0, np.int32(-2), here)


def _lengths(paths: Sequence[Path]) -> FloatArray:
    return np.array([len(path) for path in paths], dtype=float)


@dataclass(frozen=True)
class Comparisons:
    """Difference or sameness of distinct paths; not known where a text is missing.

    Attributes
    ----------
    prefixes : pair of int32 arrays, shape (paths, depth)
        The leading parts of each path, as seen from either side.
    lengths : array
        Of each path; 0 where a text is missing.
    difference : bool
        Difference rather than sameness.
    always_known : bool
        Whether nobody's text is missing.
    """

    prefixes: tuple[NDArray[np.int32], NDArray[np.int32]]
    lengths: FloatArray
    difference: bool
    always_known: bool

    def table(self, mentors: IntArray, mentees: IntArray) -> FloatArray:
        """Return the values of all pairs of listed paths."""
        return self._value(mentors[:, None], mentees[None, :])

    def at(self, mentors: IntArray, mentees: IntArray) -> FloatArray:
        """Return the values path by path."""
        return self._value(mentors, mentees)

    def _value(self, here: IntArray, there: IntArray) -> FloatArray:
        shared = np.zeros(np.broadcast_shapes(here.shape, there.shape))
        for depth in range(self.prefixes[0].shape[1]):
            shared += self.prefixes[0][here, depth] == self.prefixes[1][there, depth]
        mine, other = self.lengths[here], self.lengths[there]
        longer = np.where((mine > 0) & (other > 0), np.maximum(mine, other), 0.0)
        return millionths(longer - shared if self.difference else np.where(longer > 0, shared, 0.0), longer)
