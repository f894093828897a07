"""Data of a criterion that stands outside of the policy: scores of pairs, vectors of people.

A policy is plain data, and a table of 25 million scores does not belong into it. So the policy has their
SHA-256 digest, and the data itself stands *beside* the criterion: it is no field, so that neither JSON nor
equality nor the digest of the policy depend on whether it is at hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from reverse_match.foundation.errors import CodedError


@dataclass(frozen=True, eq=False)
class Beside:
    """What stands beside a criterion; all are equal, and none is part of a criterion's value.

    Attributes
    ----------
    data : object
        The scores or vectors, once they are bound; see :mod:`reverse_match.scoring.own_scores`.
    folder : str or None
        Folder of the policy file, in which the file of the data stands; the working folder if ``None``.
    stated : object
        What the criterion stated of the data when it was bound. A copy of the criterion that states something
        else has this object beside it, too, and is not bound by it.
    """

    data: Any = None
    folder: str | None = None
    stated: Any = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Beside)

    def __hash__(self) -> int:
        return 0

    def __deepcopy__(self, _: dict[int, Any]) -> Beside:
        return self  # frozen, and possibly large


def _file_beside(value: str) -> str:
    """Refuse a path that leaves the folder: a policy may come from a stranger, or go to another machine."""
    for path in (PurePosixPath(value), PureWindowsPath(value)):
        if path.is_absolute() or path.drive or path.root or ".." in path.parts or not path.name:
            message = (
                "leaves the folder of the policy; right would be the name of a file in that folder, or to "
                "give the data by tables="
            )
            raise CodedError(message, "not-a-file-name")
    return value


FileBeside: TypeAlias = Annotated[str, AfterValidator(_file_beside)]
"""Name of a file in the folder of the policy."""

Digest: TypeAlias = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""A SHA-256 digest in hexadecimal digits."""


def _pair_with_value(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"mentor", "mentee", "value"}:
        value = value["mentor"], value["mentee"], value["value"]
    if not isinstance(value, list | tuple) or len(value) != 3:
        message = "not a pair with its value; right would be a list such as ['lea', 'ada', 0.8]"
        raise CodedError(message, "wrong-type")
    return value


FORBIDDEN_WORDS = ("null", "forbidden", "interdit")
"""Words in place of a value that forbid a pair; TOML and CSV have no null."""


def _finite_number(value: object) -> object:
    """Return any finite number as it is, or None."""
    if value is None or (isinstance(value, str) and value in FORBIDDEN_WORDS):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "right would be a number, or null for a pair that is forbidden"
        raise CodedError(message, "not-a-number")
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite:
        message = (
            "NaN or infinite; right would be a number, null for a pair that is forbidden, or no entry at all "
            "for one that is not known"
        )
        raise CodedError(message, "not-a-number")
    return value


_Value: TypeAlias = Annotated[
    int | float | None, BeforeValidator(_finite_number, json_schema_input_type=float | None)
]
PairWithValue: TypeAlias = Annotated[tuple[str, str, _Value], BeforeValidator(_pair_with_value)]
"""Ids of a mentor and a mentee, and the value of the pair; ``None`` forbids it."""
