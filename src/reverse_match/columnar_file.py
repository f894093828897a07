"""Reads a .parquet file as columns, through pyarrow."""

from __future__ import annotations

import io
from typing import Any

from reverse_match.errors import CohortError, Fault
from reverse_match.extras import needed
from reverse_match.frames import columns_of_frame

MOST_ROWS = 5_000_000
"""A file that claims more people is refused before it is unpacked."""

MOST_BYTES = 4 * 1024**3
"""And so is one that claims to unpack to more than that."""


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
        return columns_of_frame(file.read(), name).cells
    except (arrow.ArrowException, OSError, ValueError):  # the last, where text is none
        message = "not a parquet file, or a damaged one; write it again"
        raise CohortError([Fault(message, name)]) from None


def _refuse_large(metadata: Any, name: str) -> None:
    unpacked = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if metadata.num_rows > MOST_ROWS or unpacked > MOST_BYTES:
        message = f"more than {MOST_ROWS:,} rows or {MOST_BYTES:,} bytes when unpacked; split it"
        raise CohortError([Fault(message, name)])
