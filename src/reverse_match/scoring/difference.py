"""Difference and sameness of two texts, or of two paths such as ``Group/Plant/Workshop``.

The sameness of two paths is the number of equal leading parts over the number of parts of the longer path;
the difference is 1 minus the sameness. A text without ``/`` is a path of one part, so that plain texts have
sameness 0 or 1.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.names import name_key
from reverse_match.scoring.criterion import millionths
from reverse_match.scoring.profiles import ProfilePairs, number_profiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.policy import Difference, Sameness
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides

Path = tuple[str, ...]


def encode_comparison(criterion: Difference | Sameness, columns: Columns, sides: Sides) -> ProfilePairs:
    """Read the text or path of each person as a profile."""
    texts = columns.compared_texts(criterion.field)
    path = {text: path_of(text, splits=criterion.splits_paths) for text in dict.fromkeys(texts)}
    distinct, profiles = number_profiles([path[text] for text in texts])
    lengths = np.array([len(path) for path in distinct], dtype=float)  # 0 where a text is missing
    values = partial(_values, criterion.kind == "difference", _prefixes(distinct), lengths)
    mentors, mentees = profiles[list(sides.mentors)], profiles[list(sides.mentees)]
    lacking = any(bool((lengths[side] == 0).any()) for side in (mentors, mentees))
    return ProfilePairs(values, mentors, mentees, lacking)


def _values(
    is_difference: bool,
    prefixes: tuple[NDArray[np.int32], NDArray[np.int32]],
    lengths: FloatArray,
    mentors: IntArray,
    mentees: IntArray,
) -> FloatArray:
    """Return the values of pairs of distinct paths, NaN where one is missing."""
    shared = np.zeros(np.broadcast_shapes(mentors.shape, mentees.shape))
    for depth in range(prefixes[0].shape[1]):
        shared += prefixes[0][mentors, depth] == prefixes[1][mentees, depth]
    mine, other = lengths[mentors], lengths[mentees]
    longer = np.where((mine > 0) & (other > 0), np.maximum(mine, other), 0.0)
    return millionths(longer - shared if is_difference else np.where(longer > 0, shared, 0.0), longer)


def path_of(text: str | None, *, splits: bool) -> Path:
    """Return the normalised parts of a text; an empty tuple if the text is missing.

    Examples
    --------
    >>> path_of("Groupe / Atelier É", splits=True), path_of(None, splits=True)
    (('groupe', 'atelier e'), ())
    """
    parts = [] if text is None else text.split("/") if splits else [text]
    return tuple(key for part in parts if (key := name_key(part)))


def _prefixes(paths: Sequence[Path]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return codes of the leading parts of each path, for either side, by path and number of parts.

    Shorter paths are padded with -1 on one side and with -2 on the other, which are never equal.
    """
    code: dict[Path, int] = {}
    for path in paths:
        for length in range(1, len(path) + 1):
            code.setdefault(path[:length], len(code))
    depth = max(map(len, paths), default=0)
    codes = [
        [code[path[: length + 1]] if length < len(path) else -1 for length in range(depth)] for path in paths
    ]
    here = np.array(codes, dtype=np.int32).reshape(len(paths), depth)
    return here, np.where(here < 0, np.int32(-2), here)
