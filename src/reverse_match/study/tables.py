"""Results of a study as tables and frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.frames import frame_of
from reverse_match.foundation.records import notebook_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Record = Mapping[str, Any]


class StudyTable:
    """A result that can be read as a table."""

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as mappings, all with the same keys."""
        raise NotImplementedError

    @check_arguments
    def to_frame(self, kind: str | None = None) -> Any:
        """Return the table as a frame of pandas, polars or pyarrow; of the first installed if not given."""
        return frame_of_records(self.records(), kind)

    def _repr_html_(self) -> str:
        """Return the view in a notebook."""
        return notebook_view(self)


def frame_of_records(records: Sequence[Record], kind: str | None) -> Any:
    """Return records with the same keys as a frame; a list of names becomes one text, separated by ``;``.

    Parameters
    ----------
    records : sequence of mappings
        One mapping for each row.
    kind : str or None
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; the first of these that is installed if ``None``.

    Examples
    --------
    >>> frame_of_records([{"id": "lea", "after": ("ada", "eva")}], "polars").rows()
    [('lea', 'ada;eva')]
    """
    names = list(records[0]) if records else []
    columns = {name: [_flatten(record[name]) for record in records] for name in names}
    return frame_of({name: _with_type(cells) for name, cells in columns.items()}, kind)


def _flatten(value: Any) -> Any:
    return ";".join(map(str, value)) if isinstance(value, tuple | list) else value


def _with_type(cells: list[Any]) -> tuple[type, list[Any]]:
    """Return cells of one type, and the type; whole numbers become floats where some cells are ``None``."""
    known = [cell for cell in cells if cell is not None]
    for kind in (bool, int):
        if known and len(known) == len(cells) and all(isinstance(cell, kind) for cell in known):
            return kind, cells
    if known and all(isinstance(cell, int | float) for cell in known):
        return float, [None if cell is None else float(cell) for cell in cells]
    return str, [None if cell is None else str(cell) for cell in cells]
