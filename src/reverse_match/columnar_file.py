"""Reads a .parquet file as columns, through pyarrow.

A few kilobytes of such a file can hold gigabytes: a value that stands in it once, and is counted a million
times. So what it says of its sizes is looked at first, then how long its texts are, each where it stands
once, and only then are they made.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from reverse_match.cells import LONGEST_TEXT
from reverse_match.errors import CohortError, Fault
from reverse_match.extras import needed
from reverse_match.frames import columns_of_frame
from reverse_match.table_limits import MOST_CELLS, MOST_ROWS, refuse_many_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 1024**3
"""A file that says it unpacks to more is refused before it is unpacked."""

MOST_BYTES_OF_TEXT = 512 * 1024**2
"""Of all texts together, each as often as it counts."""

MOST_PIECES = 1_000_000
"""Columns of groups of rows, each of which is looked at."""

_TOO_LONG = f"holds a text too long for a cell; right would be up to {LONGEST_TEXT:,} characters"

_BYTES_OF_LETTER = 4
"""Of one letter in UTF-8, at most."""


def parquet_columns(data: bytes, name: str) -> dict[str, list[Any]]:
    """Return the cells of a file by heading.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What it is called, for messages.

    Raises
    ------
    CohortError
        If it is no such file, or too large.
    MissingExtraError
        If pyarrow is not installed.
    """
    parquet = needed("pyarrow.parquet", "parquet", "reading .parquet")
    arrow = needed("pyarrow", "parquet", "reading .parquet")
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        _refuse_large(file.metadata, name)
        texts = _columns_of_text(file.metadata)
        if texts:
            once = parquet.ParquetFile(io.BytesIO(data), read_dictionary=texts)
            _refuse_long_texts(once.read(columns=texts), name)
        return columns_of_frame(file.read(), name).cells
    except (arrow.ArrowException, OSError, ValueError, MemoryError):  # the third, where text is none
        message = "not a parquet file, or a damaged one; write it again"
        raise CohortError([Fault(message, name, code="damaged")]) from None


def _refuse_large(metadata: Any, name: str) -> None:
    refuse_many_columns(metadata.num_columns, name)
    groups = range(metadata.num_row_groups)
    if metadata.num_rows > MOST_ROWS or len(groups) * metadata.num_columns > MOST_PIECES:
        raise _too_large(name)
    pieces = [
        metadata.row_group(group).column(column) for group in groups for column in range(metadata.num_columns)
    ]
    values = sum(piece.num_values for piece in pieces)
    unpacked = sum(piece.total_uncompressed_size for piece in pieces)
    fixed = sum(
        piece.num_values * max(0, metadata.schema.column(place % metadata.num_columns).length)
        for place, piece in enumerate(pieces)
    )
    if values > MOST_CELLS or unpacked > MOST_BYTES or fixed > MOST_BYTES_OF_TEXT:
        raise _too_large(name)


def _too_large(name: str) -> CohortError:
    message = f"more than {MOST_ROWS:,} rows, {MOST_CELLS:,} values, or {MOST_BYTES:,} bytes when unpacked"
    return CohortError([Fault(f"{message}; split it", name, code="too-large")])


def _columns_of_text(metadata: Any) -> list[str]:
    columns = [metadata.schema.column(place) for place in range(metadata.num_columns)]
    return [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]


def _refuse_long_texts(table: Any, name: str) -> None:
    """Refuse texts that no cell can hold, and texts that take too much room together."""
    compute = needed("pyarrow.compute", "parquet", "reading .parquet")
    room = 0
    for heading, column in zip(table.column_names, table.columns, strict=True):
        for chunk in column.chunks:
            for texts in _dictionaries(chunk):
                lengths = compute.binary_length(texts.dictionary)
                if (compute.max(lengths).as_py() or 0) > _BYTES_OF_LETTER * LONGEST_TEXT:
                    message = (
                        f"holds a text too long for a cell; right would be up to {LONGEST_TEXT:,} characters"
                    )
                    raise CohortError([Fault(message, name, column=f"'{heading}'", code="too-long")])
                room += compute.sum(lengths.take(texts.indices)).as_py() or 0
    if room > MOST_BYTES_OF_TEXT:
        message = f"more than {MOST_BYTES_OF_TEXT:,} bytes of text when unpacked; split it"
        raise CohortError([Fault(message, name, code="too-large")])


def _dictionaries(array: Any) -> Iterator[Any]:
    """Yield the texts within an array, whatever lists and records they stand in."""
    if hasattr(array, "dictionary"):
        yield array
    elif hasattr(array, "flatten"):
        parts = array.flatten()
        for part in parts if isinstance(parts, list) else [parts]:
            if part is not array and part.type != array.type:
                yield from _dictionaries(part)
