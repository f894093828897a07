"""Scales: words of a column that have an order, so that they can be counted and compared like numbers."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from reverse_match.foundation.errors import CodedError
from reverse_match.foundation.names import name_key
from reverse_match.policy.values import LONGEST_TEXT

BANDS = "bands"
"""Stands for a scale without a list of words: they are bands of numbers, such as ``25-34`` and ``55+``."""

_RIGHT = "two words or more, each once, the lowest first, or 'bands'"


def _scale(value: object) -> object:
    """Read a scale: ``"bands"``, or words of which each stands there once."""
    if value == BANDS:
        return value
    words = list(value) if isinstance(value, list | tuple) else []
    keys = [name_key(word) for word in words if isinstance(word, str) and len(word) <= LONGEST_TEXT]
    if len(keys) < max(2, len(words)) or not all(keys) or len({*keys}) < len(keys):
        message = f"no scale; right would be {_RIGHT}"
        raise CodedError(message, "wrong-type")
    return tuple(words)


Scale: TypeAlias = Annotated[
    Literal["bands"] | tuple[str, ...],
    BeforeValidator(_scale, json_schema_input_type=Literal["bands"] | list[str]),
    Field(max_length=1_000),
]
"""Words in order, the lowest first, or ``"bands"``."""
