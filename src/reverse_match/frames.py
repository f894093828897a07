"""Data frames in and out, of pandas, polars and pyarrow through narwhals.

In: each column is read as it is typed, and where whole numbers have become fractions because some are missing
(pandas makes grade 3 beside nothing 3.0, and a file that pandas wrote keeps that), they are whole numbers
again. Out: the same kind of frame.
"""

from __future__ import annotations

from collections import Counter
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.errors import CohortError, Fault, InputError, MissingExtraError
from reverse_match.extras import is_installed
from reverse_match.names.suggestion import LONGEST_SHOWN, did_you_mean
from reverse_match.table_limits import refuse_many_columns
from reverse_match.visible_text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = ("pandas", "polars", "pyarrow")
"""Kinds of frame that can be asked for; without a wish, the first one that is installed."""

_OTHERS = ("modin", "cudf")
"""Kinds that narwhals reads and writes as well; nobody has tried them here."""


class Columns(NamedTuple):
    """A frame as lists."""

    cells: dict[str, list[Any]]
    """Cells by heading."""
    rows: int
    """How many."""
    kind: str
    """Whose frame it is: ``"pandas"``, ``"polars"``, ``"pyarrow"``, or another one that narwhals reads."""


def columns_of_frame(frame: Any, name: str) -> Columns:
    """Return the cells of a frame.

    Parameters
    ----------
    frame : frame
        Of pandas, polars or pyarrow. A named index of pandas counts as columns.
    name : str
        What to call it in messages.

    Raises
    ------
    CohortError
        If it is no frame, or its columns have no usable names.

    Examples
    --------
    >>> import pandas as pd
    >>> columns_of_frame(pd.DataFrame({"grade": [3, None]}), "frame").cells
    {'grade': [3, None]}
    """
    import narwhals.stable.v2 as nw  # takes long to load, and only frames need it

    whole = _with_named_index(frame)
    _refuse_wrong_headings(whole, name)
    try:
        known = nw.from_native(whole, eager_only=True, allow_series=False)
    except TypeError:
        raise CohortError([Fault(_not_a_frame(frame), name)]) from None
    kind = known.implementation.value
    cells = {heading: _cells(known[heading], nw, name, heading) for heading in known.columns}
    return Columns(cells, len(known), str(kind))


def _not_a_frame(frame: Any) -> str:
    message = "not a frame; right would be one of pandas, polars or pyarrow"
    return f"{message} (this one is lazy: call .collect() first)" if hasattr(frame, "collect") else message


def _is_of_pandas(frame: Any) -> bool:
    return hasattr(frame, "reset_index") and hasattr(frame, "columns")  # a Series has no columns


def _with_named_index(frame: Any) -> Any:
    """Return a frame of pandas with its index as columns, where that has names of its own."""
    names = getattr(getattr(frame, "index", None), "names", None)
    if names is None or not _is_of_pandas(frame):
        return frame
    hidden = [level for level in names if level is not None and level not in list(frame.columns)]
    return frame.reset_index(level=hidden) if hidden else frame


def _refuse_wrong_headings(frame: Any, name: str) -> None:
    """Refuse what pandas and pyarrow allow; names in polars are texts, each there once."""
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
    if series.dtype == nw.Float32:  # 0.1 is what it shows, and what a file of it says
        values = [None if value is None else float(str(np.float32(value))) for value in values]
    numbers = [None if value is None or isnan(value) else value for value in values]
    if None in numbers and all(value is None or value.is_integer() for value in numbers):
        return [None if value is None else int(value) for value in numbers]
    return numbers


_DAYS = (-719_162, 2_932_896)
"""From 1 January of the year 1 to 31 December 9999, counted from 1970."""

_MOST_TOLD = 100


def _refuse_days_that_polars_cannot_give(series: Any, nw: Any, name: str, heading: str) -> None:
    """Refuse days that there are not in Python; polars would write about itself, and raise no exception."""
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


def frame_of(columns: Mapping[str, tuple[type, Sequence[Any]]], kind: str | None) -> Any:
    """Return columns as a frame.

    Parameters
    ----------
    columns : mapping of str to (type, sequence)
        Cells by heading, with their type (``str``, ``float``, ``int`` or ``bool``); ``None`` where a
        text or a fraction is not known.
    kind : str or None
        Which library's; pandas, else polars, else pyarrow if ``None``.

    Raises
    ------
    InputError
        If there is no such kind.
    MissingExtraError
        If the library is not installed.

    Examples
    --------
    >>> frame_of({"id": (str, ["lea"])}, "polars").shape
    (1, 1)
    """
    backend: Any = _installed(kind)
    import narwhals.stable.v2 as nw

    types = {str: nw.String, float: nw.Float64, int: nw.Int64, bool: nw.Boolean}
    data = {heading: list(cells) for heading, (_, cells) in columns.items()}
    schema = {heading: types[of]() for heading, (of, _) in columns.items()}
    return nw.from_dict(data, schema=schema, backend=backend).to_native()


def _installed(kind: str | None) -> str:
    if kind is None:
        kind = next((known for known in KINDS if is_installed(known)), None)
        if kind is None:
            message = f"a frame needs one of {', '.join(KINDS)}; right would be: pip install pandas"
            raise MissingExtraError(message)
        return kind
    if kind not in KINDS and kind not in _OTHERS:
        message = f"unknown kind of frame '{shortened(kind, LONGEST_SHOWN)}'{did_you_mean(kind, KINDS)}"
        raise InputError([Fault(message, column="kind")])
    if not is_installed(kind):
        message = (
            f"a frame of {kind} needs {kind}, which is not installed; right would be: pip install {kind}"
        )
        raise MissingExtraError(message)
    return kind
