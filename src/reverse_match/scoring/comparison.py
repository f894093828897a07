"""Difference and sameness of two texts, or of two paths such as ``Group/Plant/Workshop``.

On paths the shared part is the number of equal leading parts; sameness is the shared part over the length of
the longer path, difference is one minus that. A text without ``/`` is a path of one part, so that plain texts
are either the same or different.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.names.normalise import name_key
from reverse_match.scoring.grid import millionths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.arrays import FloatArray
    from reverse_match.policy import Difference, Sameness
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.evidence import NameMatch

Path = tuple[str, ...]


def encode_comparison(criterion: Difference | Sameness, columns: Columns, sides: Sides) -> ComparisonPairs:
    """Read everybody's text or path; see :class:`ComparisonPairs`."""
    paths = [_path(text, splits=criterion.splits_paths) for text in columns.texts(criterion.field)]
    code: dict[Path, int] = {}
    for path in paths:
        for length in range(1, len(path) + 1):
            code.setdefault(path[:length], len(code))
    mentors = [paths[index] for index in sides.mentors]
    mentees = [paths[index] for index in sides.mentees]
    depth = max((len(path) for path in paths), default=0)
    return ComparisonPairs(
        (_prefixes(mentors, code, depth, padding=-1), _prefixes(mentees, code, depth, padding=-2)),
        (_lengths(mentors), _lengths(mentees)),
        difference=criterion.kind == "difference",
    )


def _path(text: str | None, *, splits: bool) -> Path:
    parts = [] if text is None else text.split("/") if splits else [text]
    return tuple(name_key(part) for part in parts if name_key(part))


def _prefixes(paths: Sequence[Path], code: dict[Path, int], depth: int, padding: int) -> NDArray[np.int32]:
    """Return the code of each leading part; a different padding on each side never compares equal."""
    prefixes = np.full((len(paths), depth), padding, dtype=np.int32)
    for row, path in enumerate(paths):
        for length in range(1, len(path) + 1):
            prefixes[row, length - 1] = code[path[:length]]
    return prefixes


def _lengths(paths: Sequence[Path]) -> FloatArray:
    return np.array([len(path) for path in paths], dtype=float)


@dataclass(frozen=True)
class ComparisonPairs:
    """Difference or sameness of a cohort; not known where a text is missing."""

    prefixes: tuple[NDArray[np.int32], NDArray[np.int32]]
    lengths: tuple[FloatArray, FloatArray]
    difference: bool

    @property
    def always_known(self) -> bool:
        """Whether nobody's text is missing."""
        return all(bool((lengths > 0).all()) for lengths in self.lengths)

    def values(self, rows: slice, columns: slice) -> FloatArray:
        """Return the values of a tile."""
        here, there = self.prefixes[0][rows], self.prefixes[1][columns]
        shared = np.zeros((len(here), len(there)))
        for depth in range(here.shape[1]):
            shared += here[:, depth, None] == there[None, :, depth]
        mine, other = self.lengths[0][rows, None], self.lengths[1][None, columns]
        longer = np.where((mine > 0) & (other > 0), np.maximum(mine, other), 0.0)
        return millionths(longer - shared if self.difference else np.where(longer > 0, shared, 0.0), longer)

    def name_matches(self, row: int, column: int) -> tuple[NameMatch, ...]:  # noqa: ARG002 - compares no names
        """Return nothing: no names are compared."""
        return ()
