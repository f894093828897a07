"""Data frames in and out, of pandas, polars and pyarrow through narwhals.

In: each column is read as it is typed, and where whole numbers have become fractions because some are missing
(pandas makes grade 3 beside nothing 3.0, and a file that pandas wrote keeps that), they are whole numbers
again. Out: the same kind of frame.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.errors import CohortError, Fault, InputError, MissingExtraError
from reverse_match.extras import is_installed
from reverse_match.names.suggestion import did_you_mean

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
        known = nw.from_native(whole, eager_only=True)
    except TypeError:
        raise CohortError([Fault(_not_a_frame(frame), name)]) from None
    kind = known.implementation.value
    cells = {heading: _cells(known[heading], nw) for heading in known.columns}
    return Columns(cells, len(known), str(kind))


def _not_a_frame(frame: Any) -> str:
    message = "not a frame; right would be one of pandas, polars or pyarrow"
    return f"{message} (this one is lazy: call .collect() first)" if hasattr(frame, "collect") else message


def _with_named_index(frame: Any) -> Any:
    """Return a frame of pandas with its index as columns, where that has names of its own."""
    names = getattr(getattr(frame, "index", None), "names", None)
    if names is None or not hasattr(frame, "reset_index"):
        return frame
    hidden = [level for level in names if level is not None and level not in list(frame.columns)]
    return frame.reset_index(level=hidden) if hidden else frame


def _refuse_wrong_headings(frame: Any, name: str) -> None:
    """Refuse what pandas and pyarrow allow; names in polars are texts, each there once."""
    if hasattr(frame, "reset_index"):
        listed = list(frame.columns)
    else:
        listed = list(getattr(frame, "column_names", ()))
    if not all(isinstance(heading, str) for heading in listed):
        message = "a column name is not text; right would be one of a people file, such as 'id'"
        raise CohortError([Fault(message, name)])
    twice = sorted({heading for heading in listed if listed.count(heading) > 1})
    if twice:
        raise CohortError(
            [Fault("the same heading stands here twice", name, column=f"'{heading}'") for heading in twice]
        )


def _cells(series: Any, nw: Any) -> list[Any]:
    values = [
        None if missing else value
        for value, missing in zip(series.to_list(), series.is_null().to_list(), strict=True)
    ]
    if series.dtype not in (nw.Float64, nw.Float32):
        return values
    if series.dtype == nw.Float32:  # 0.1 is what it shows, and what a file of it says
        values = [None if value is None else float(str(np.float32(value))) for value in values]
    numbers = [None if value is None or isnan(value) else value for value in values]
    if None in numbers and all(value is None or value.is_integer() for value in numbers):
        return [None if value is None else int(value) for value in numbers]
    return numbers


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
        raise InputError([Fault(f"unknown kind of frame '{kind}'{did_you_mean(kind, KINDS)}", column="kind")])
    if not is_installed(kind):
        message = (
            f"a frame of {kind} needs {kind}, which is not installed; right would be: pip install {kind}"
        )
        raise MissingExtraError(message)
    return kind
