"""The base of every model that a user writes or reads: frozen, strict about names, plain JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict

from reverse_match.errors import CodedError
from reverse_match.html.record import record_block


def _written_day(value: object) -> object:
    """Let only a written day through: pydantic would read 0 as 1970-01-01."""
    if isinstance(value, datetime) or not isinstance(value, str | date):
        message = "not a day; right would be text such as 2026-11-23"
        raise CodedError(message, "not-a-day")
    return value


Day = Annotated[date, BeforeValidator(_written_day, json_schema_input_type=str)]


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

    def _repr_html_(self) -> str:
        """Return the view of the record in a notebook."""
        told = getattr(self, "sentences", list)
        return record_block(type(self).__name__, self.model_dump(mode="json"), told())

    @classmethod
    def of_checked(cls, values: dict[str, Any]) -> Self:
        """Make a record of values that have been checked: of every field, each of its final type.

        Validating what the library itself has computed takes six times as long, and thousands of records are
        made in one call.
        """
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", values)
        object.__setattr__(record, "__pydantic_fields_set__", set(values))
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record
