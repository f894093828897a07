"""How large a table may be, whatever file or frame it comes from; beyond, it is refused in one line."""

from __future__ import annotations

from reverse_match.foundation.errors import CohortError, Fault

MOST_COLUMNS = 16_384
"""As many as a sheet of a spreadsheet can have."""

MOST_ROWS = 2_000_000
"""People in a file: more than anybody can match in one call."""

MOST_CELLS = 20_000_000
"""Of a file or a frame: a million people with twenty columns."""


def refuse_many_columns(count: int, source: str, row: int | None = None) -> None:
    """Refuse a file of so many columns that it was never meant to be one.

    Raises
    ------
    CohortError
        If there are more columns than :data:`MOST_COLUMNS`.
    """
    if count > MOST_COLUMNS:
        message = f"{count:,} columns; right would be up to {MOST_COLUMNS:,}"
        raise CohortError([Fault(message, source, row, code="too-many-columns")])
