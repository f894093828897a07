"""The base of every model that a user writes or reads: frozen, strict about names, plain JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class PlainData(BaseModel):
    """A frozen record whose JSON uses exactly the names of the files (``from``, not ``from_``).

    Unknown names and numbers that are not finite are refused, and messages never repeat the input.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        serialize_by_alias=True,
        validate_by_alias=True,
        validate_by_name=True,
        use_attribute_docstrings=True,
    )
