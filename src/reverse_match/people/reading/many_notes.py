"""Makes one note of many that say the same of columns of one file.

A question with thirty options is thirty columns; whoever reads the notes wants to read of it once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_ALONE = 3
"""Notes of one kind on columns of one file that are told one by one."""

_CODE = "non-answer"
_COUNT = re.compile(r"\d+")


def together_where_many(notes: Sequence[Fault]) -> list[Fault]:
    """Return notes in which what is said of many columns is said once.

    Parameters
    ----------
    notes : sequence of Fault
        Of several files.
    """
    kinds: dict[str | None, list[Fault]] = defaultdict(list)
    for note in notes:
        if note.code == _CODE:
            kinds[note.source].append(note)
    kept = []
    for note in notes:
        group = kinds[note.source] if note.code == _CODE else []
        if len(group) <= _MOST_ALONE:
            kept.append(note)
        elif note is group[0]:
            kept.append(_of_all(group))
    return kept


def _of_all(group: Sequence[Fault]) -> Fault:
    counts = (_COUNT.match(note.message) for note in group)
    total = sum(int(found[0]) for found in counts if found)
    message = f"{total} answers such as 'N/A' count as not known, in {len(group)} columns"
    return Fault(message, group[0].source, code=_CODE)
