"""Which cases of a test run by default where many take the same way through the code, and all of them in CI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def thinned_product(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    """Return every combination; by default only as many run as show each value of both once."""
    return [
        pytest.param(one, other, marks=_marks(place % len(second) == beside or beside % len(first) == place))
        for place, one in enumerate(first)
        for beside, other in enumerate(second)
    ]


def thinned(values: Iterable[Any], every: int) -> list[Any]:
    """Return all values, of which the first of each so many run by default."""
    return [pytest.param(value, marks=_marks(place % every == 0)) for place, value in enumerate(values)]


def _marks(by_default: bool) -> list[pytest.MarkDecorator]:
    return [] if by_default else [pytest.mark.long]
