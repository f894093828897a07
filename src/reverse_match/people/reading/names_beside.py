"""Knows which names stand in the lists of all files, so that a comma between two of them shows as one.

What one person teaches another wants to learn: a part of a cell that stands in another cell, too, is a name
of its own. Skills taught and skills wanted share their names; every other list has names of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from reverse_match.people.reading.choices import RATED
from reverse_match.people.reading.cutting import FULL_WIDTH, OUTSIDE_BRACKETS, split_cell
from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.people.reading.choices import FileColumn

_BEHIND = re.compile(r"\s*(?::[^:]*|\[[^\[\]]*\]|\([^()]*\)|\s[-–—]\s[^-–—]*)$")
"""What may say a rating behind a name."""

_ALL_SIGNS = re.compile(r"[\n;|]| / ")


class NamesBeside:
    """The names in the lists of all files, counted when they are asked for.

    Parameters
    ----------
    columns : sequence of FileColumn
        Of all files; each knows its field.
    """

    def __init__(self, columns: Sequence[FileColumn]) -> None:
        self._columns = columns
        self._counts: dict[str, Counter[str]] = {}

    def returns(self, part: str, field: str) -> bool:
        """Say whether a part of a cell stands in another cell, too."""
        counts = self._counts_of(field)
        return any(counts[key] > 1 for key in keys_of(part))

    def _counts_of(self, field: str) -> Counter[str]:
        kin = "skills" if field in RATED else field
        if kin not in self._counts:
            fields = RATED if field in RATED else (field,)
            found = [column for column in self._columns if column.field in fields]
            self._counts[kin] = Counter(_keys_by_cell(found))
        return self._counts[kin]


@lru_cache(maxsize=10_000)
def keys_of(part: str) -> frozenset[str]:
    """Return the forms in which a part may stand elsewhere: with its rating, and without.

    Examples
    --------
    >>> sorted(keys_of("Excel (Expert)"))
    ['excel', 'excel (expert)']
    """
    return frozenset((word_key(part), word_key(_BEHIND.sub("", part)))) - {""}


def parts_at_any_sign(cell: str) -> list[str]:
    """Return the parts of a cell, whatever stands between them.

    Examples
    --------
    >>> parts_at_any_sign("Excel; Video, Art (drawing, painting)")
    ['Excel', 'Video', 'Art (drawing, painting)']
    """
    outer = _ALL_SIGNS.split(cell) if _ALL_SIGNS.search(OUTSIDE_BRACKETS.sub("", cell)) else [cell]
    return [part for piece in outer for part in split_cell(piece, ",")]


def _keys_by_cell(columns: Iterable[FileColumn]) -> Iterable[str]:
    for column in columns:
        if column.option is not None:
            yield from keys_of(column.option)
            continue
        for cell in column.cells:
            if isinstance(cell, str) and cell:
                yield from {
                    key for part in parts_at_any_sign(cell.translate(FULL_WIDTH)) for key in keys_of(part)
                }
