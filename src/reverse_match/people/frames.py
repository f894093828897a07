"""Reads data frames of pandas, polars and pyarrow through narwhals, and .parquet files through pyarrow.

Each column is read by its type. pandas turns whole numbers into floats where a cell is missing (grade 3
becomes 3.0), and a file that pandas wrote keeps that; such columns become whole numbers again.

A few kilobytes of parquet can unpack to gigabytes, since a value is stored once and repeated a million times.
So the sizes that the file claims are checked first, then the lengths of its distinct texts. Only then are the
texts made.
"""

from __future__ import annotations

import io
from collections import Counter
from math import isnan
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.optional import require_module
from reverse_match.people.cells import LONGEST_TEXT
from reverse_match.people.table import MOST_CELLS, MOST_ROWS, Table, refuse_many_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def table_of_frame(frame: Any, name: str) -> tuple[Table, str]:
    """Return a frame as a table, with rows counted from 1, and the name of its library.

    The name is ``"pandas"``, ``"polars"``, ``"pyarrow"``, or that of another library that narwhals reads.

    Parameters
    ----------
    frame : frame
        Frame of pandas, polars or pyarrow. A named index of pandas counts as columns.
    name : str
        Name of the frame in messages.

    Raises
    ------
    CohortError
        If it is no frame, or its columns have no usable names.

    Examples
    --------
    >>> import pandas as pd
    >>> table_of_frame(pd.DataFrame({"grade": [3, None]}), "frame")
    (Table(columns={'grade': [3, None]}, rows=range(1, 3)), 'pandas')
    """
    import narwhals.stable.v2 as nw  # takes long to load, and only frames need it

    whole = _with_named_index(frame)
    _refuse_wrong_headings(whole, name)
    try:
        known = nw.from_native(whole, eager_only=True, allow_series=False)
    except TypeError:
        raise CohortError([Fault(_not_a_frame(frame), name)]) from None
    cells = {heading: _cells(known[heading], nw, name, heading) for heading in known.columns}
    return Table(cells, range(1, len(known) + 1)), str(known.implementation.value)


def _not_a_frame(frame: Any) -> str:
    message = "not a frame; right would be one of pandas, polars or pyarrow"
    return f"{message} (this one is lazy: call .collect() first)" if hasattr(frame, "collect") else message


def _is_of_pandas(frame: Any) -> bool:
    return hasattr(frame, "reset_index") and hasattr(frame, "columns")  # a Series has no columns


def _with_named_index(frame: Any) -> Any:
    """Return a frame of pandas with its index as columns, where the index has names."""
    names = getattr(getattr(frame, "index", None), "names", None)
    if names is None or not _is_of_pandas(frame):
        return frame
    hidden = [level for level in names if level is not None and level not in list(frame.columns)]
    return frame.reset_index(level=hidden) if hidden else frame


def _refuse_wrong_headings(frame: Any, name: str) -> None:
    """Refuse headings that are no text or repeated, which pandas and pyarrow allow and polars does not."""
    listed = list(frame.columns if _is_of_pandas(frame) else getattr(frame, "column_names", ()))
    refuse_many_columns(len(listed), name)
    if not all(isinstance(heading, str) for heading in listed):
        message = "a column name is not text; right would be one of a people file, such as 'id'"
        raise CohortError([Fault(message, name)])
    twice = sorted(heading for heading, count in Counter(listed).items() if count > 1)
    if twice:
        raise CohortError(
            [Fault("the same heading stands here twice", name, column=f"'{heading}'") for heading in twice]
        )


def _cells(series: Any, nw: Any, name: str, heading: str) -> list[Any]:
    if series.dtype in (nw.Date, nw.Datetime) and series.implementation.is_polars():
        _refuse_days_that_polars_cannot_give(series, nw, name, heading)
    try:
        listed = series.to_list()
    except UnicodeDecodeError:
        raise
    except (OverflowError, ValueError):
        raise _out_of_range(_unreadable_places(series), name, heading) from None
    values = [
        None if missing else value for value, missing in zip(listed, series.is_null().to_list(), strict=True)
    ]
    if series.dtype not in (nw.Float64, nw.Float32):
        return values
    if series.dtype == nw.Float32:  # take 0.1 as it is shown, and as a file of the frame would write it
        import numpy as np

        values = [None if value is None else float(str(np.float32(value))) for value in values]
    numbers = [None if value is None or isnan(value) else value for value in values]
    if None in numbers and all(value is None or value.is_integer() for value in numbers):
        return [None if value is None else int(value) for value in numbers]
    return numbers


_DAYS = (-719_162, 2_932_896)
"""First and last day of a Python date, as days since 1 January 1970: years 1 to 9999."""

_MOST_TOLD = 100


def _refuse_days_that_polars_cannot_give(series: Any, nw: Any, name: str, heading: str) -> None:
    """Refuse days beyond the years of Python; for these polars prints a message, and raises no exception."""
    days = series.cast(nw.Date).cast(nw.Int32).to_list()
    wrong = [place for place, day in enumerate(days) if day is not None and not _DAYS[0] <= day <= _DAYS[1]]
    if wrong:
        raise _out_of_range(wrong, name, heading)


def _unreadable_places(series: Any) -> list[int]:
    wrong = []
    for place in range(len(series)):
        try:
            series[place : place + 1].to_list()
        except (OverflowError, ValueError):
            wrong.append(place)
            if len(wrong) == _MOST_TOLD:
                break
    return wrong


def _out_of_range(places: Sequence[int], name: str, heading: str) -> CohortError:
    message = "a date, time or duration out of range; right would be one in the years 1 to 9999"
    return CohortError(
        [Fault(message, name, place + 1, heading, "out-of-range") for place in places[:_MOST_TOLD]]
        or [Fault(message, name, column=f"'{heading}'", code="out-of-range")]
    )


MOST_BYTES = 1024**3
"""Largest unpacked size that a file may claim, in bytes."""

MOST_BYTES_OF_TEXT = 512 * 1024**2
"""Largest number of bytes of all texts together; a repeated text counts each time."""

MOST_PIECES = 1_000_000
"""Largest number of column chunks (columns times row groups), each of which is checked."""

_TOO_LONG = f"holds a text too long for a cell; right would be up to {LONGEST_TEXT:,} characters"

_BYTES_OF_LETTER = 4
"""Bytes of one character in UTF-8, at most."""


def parquet_table(data: bytes, name: str) -> Table:
    """Return the content of a parquet file.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file, for messages.

    Raises
    ------
    CohortError
        If it is no parquet file, or too large.
    MissingExtraError
        If pyarrow is not installed.
    """
    parquet = require_module("pyarrow.parquet", "parquet", "reading .parquet")
    arrow = require_module("pyarrow", "parquet", "reading .parquet")
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        _refuse_large(file.metadata, name)
        texts = _columns_of_text(file.metadata)
        if texts:
            once = parquet.ParquetFile(io.BytesIO(data), read_dictionary=texts)
            _refuse_long_texts(once.read(columns=texts), name)
        return table_of_frame(file.read(), name)[0]
    except (arrow.ArrowException, OSError, ValueError, MemoryError):  # ValueError: text that is not UTF-8
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
    """Refuse texts too long for a cell, and texts that together need too much memory."""
    compute = require_module("pyarrow.compute", "parquet", "reading .parquet")
    room = 0
    for heading, column in zip(table.column_names, table.columns, strict=True):
        for chunk in column.chunks:
            for texts in _dictionaries(chunk):
                lengths = compute.binary_length(texts.dictionary)
                if (compute.max(lengths).as_py() or 0) > _BYTES_OF_LETTER * LONGEST_TEXT:
                    raise CohortError([Fault(_TOO_LONG, name, column=f"'{heading}'", code="too-long")])
                room += compute.sum(lengths.take(texts.indices)).as_py() or 0
    if room > MOST_BYTES_OF_TEXT:
        message = f"more than {MOST_BYTES_OF_TEXT:,} bytes of text when unpacked; split it"
        raise CohortError([Fault(message, name, code="too-large")])


def _dictionaries(array: Any) -> Iterator[Any]:
    """Yield the dictionary-encoded texts within an array, through all nested lists and records."""
    if hasattr(array, "dictionary"):
        yield array
    elif hasattr(array, "flatten"):
        parts = array.flatten()
        for part in parts if isinstance(parts, list) else [parts]:
            if part is not array and part.type != array.type:
                yield from _dictionaries(part)
