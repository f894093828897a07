"""What is maximised, as a user writes it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag

from reverse_match.foundation.errors import CodedError
from reverse_match.policy.policy_data import PolicyData
from reverse_match.policy.values import Number


class Fair(PolicyData):
    """Most duos, then the highest sum of a fair utility of their scores; fixed duos count, too."""

    kind: Literal["fair"] = "fair"
    alpha: Annotated[Number, Field(ge=0, le=5)] = 1
    """0: the total of the scores; 1: proportional, of their logarithms; larger: the worst duos count most."""


_KNOWN = ("coverage", "total", "max_min")
_RIGHT = """'coverage', 'total', 'max_min', or {"kind": "fair", "alpha": 1}"""


def _check_known(value: object) -> object:
    if not isinstance(value, dict | Fair) and not (isinstance(value, str) and value in _KNOWN):
        message = f"unknown; right would be {_RIGHT}"
        raise CodedError(message, "unknown-value")
    return value


def _form_of_objective(value: object) -> str:
    return "fair" if isinstance(value, dict | Fair) else "named"


Objective: TypeAlias = Annotated[
    Annotated[Literal["coverage", "total", "max_min"], Tag("named")] | Annotated[Fair, Tag("fair")],
    Discriminator(_form_of_objective),
    BeforeValidator(_check_known),
]
"""What is maximised.

``coverage``: most duos, then the highest total score. ``total``: the highest total score, then most duos.
``max_min``: most duos, then the best worst duo of those that the policy does not fix, then the highest total.
"""
