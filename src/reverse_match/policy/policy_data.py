"""The base of everything that a policy is made of: of wrong data comes an error of the library."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, ValidationError

from reverse_match.errors import PolicyError
from reverse_match.plain_data import PlainData

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TEXT = 10_000
"""Characters of a name, an id or a field; a text of more is none of these."""


class PolicyData(PlainData):
    """A policy, or a part of one."""

    model_config = ConfigDict(str_max_length=LONGEST_TEXT)

    if not TYPE_CHECKING:  # what may be given, type checkers read from the fields

        def __init__(self, **data: Any) -> None:
            with _own_errors(type(self)):
                super().__init__(**data)

        # Where a part of a policy is read as part of a whole, pydantic fills it itself, and tells the place.
        __init__.__pydantic_base_init__ = True

        @classmethod
        def model_validate(cls, obj: Any, **options: Any) -> Any:
            """Read plain data; see :meth:`pydantic.BaseModel.model_validate`."""
            with _own_errors(cls):
                return super().model_validate(obj, **options)

        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Any:
            """Read JSON; see :meth:`pydantic.BaseModel.model_validate_json`."""
            with _own_errors(cls):
                return super().model_validate_json(json_data, **options)


@contextmanager
def _own_errors(model: type[PlainData]) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        from reverse_match.policy.faults import faults_of  # knows all kinds of part, which are made with this

        raise PolicyError(faults_of(error, None, model)) from None
