"""The kinds of value that a policy is written in, and what is refused."""

from __future__ import annotations

import math
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator


def _number(value: object) -> object:
    """Let only finite numbers through: text and true/false are not numbers here."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "not a number"
        raise ValueError(message)
    if not math.isfinite(value):
        message = "NaN or infinite; a finite number is needed"
        raise ValueError(message)
    return value


Number: TypeAlias = Annotated[int | float, BeforeValidator(_number)]


def _share(value: Number) -> Number:
    if not 0 <= value <= 1:
        message = "out of range; right would be a number from 0 to 1"
        raise ValueError(message)
    return value


def _weight(value: Number) -> Number:
    if value < 0:
        message = "negative; right would be 0 or more"
        raise ValueError(message)
    return value


def _pair(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"mentor", "mentee"}:
        return value["mentor"], value["mentee"]
    return value


Share = Annotated[Number, AfterValidator(_share)]
Weight = Annotated[Number, AfterValidator(_weight)]
Pair = Annotated[tuple[str, str], BeforeValidator(_pair)]


def is_none(value: object) -> bool:
    """Say whether a field was left out, and is left out of the JSON, too."""
    return value is None
