"""Writes columns as a data frame of pandas, polars or pyarrow, through narwhals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Fault, InputError, MissingExtraError
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean
from reverse_match.foundation.optional import is_installed
from reverse_match.foundation.text_safety import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = ("pandas", "polars", "pyarrow")
"""Kinds of frame on offer; the first installed one is the default."""

_OTHERS = ("modin", "cudf")
"""Further kinds that narwhals reads and writes; they are not tested here."""


def frame_of(columns: Mapping[str, tuple[type, Sequence[Any]]], kind: str | None) -> Any:
    """Return columns as a frame.

    Parameters
    ----------
    columns : mapping of str to (type, sequence)
        Type of the cells (``str``, ``float``, ``int`` or ``bool``) and the cells, by heading. A missing text
        or float is ``None``.
    kind : str or None
        Library of the frame; if ``None``, the first installed of pandas, polars and pyarrow.

    Raises
    ------
    InputError
        If the kind is not known.
    MissingExtraError
        If the library is not installed.

    Examples
    --------
    >>> frame_of({"id": (str, ["lea"])}, "polars").shape
    (1, 1)
    """
    backend: Any = _choose_installed(kind)
    import narwhals.stable.v2 as nw

    types = {str: nw.String, float: nw.Float64, int: nw.Int64, bool: nw.Boolean}
    data = {heading: list(cells) for heading, (_, cells) in columns.items()}
    schema = {heading: types[of]() for heading, (of, _) in columns.items()}
    return nw.from_dict(data, schema=schema, backend=backend).to_native()


def _choose_installed(kind: str | None) -> str:
    if kind is None:
        kind = next((known for known in KINDS if is_installed(known)), None)
        if kind is None:
            message = f"a frame needs one of {', '.join(KINDS)}; right would be: pip install pandas"
            raise MissingExtraError(message)
        return kind
    if kind not in KINDS and kind not in _OTHERS:
        message = f"unknown kind of frame '{shorten(kind, LONGEST_SHOWN)}'{did_you_mean(kind, KINDS)}"
        raise InputError([Fault(message, column="kind")])
    if not is_installed(kind):
        message = (
            f"a frame of {kind} needs {kind}, which is not installed; right would be: pip install {kind}"
        )
        raise MissingExtraError(message)
    return kind
