"""Says which data of people a policy uses: what works councils and data protection officers ask first.

Besides what is said here, every match reads ids, roles, and how many duos somebody can have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reverse_match.policy.conditions import (
    Avoids,
    HasCommonTime,
    NotInReportingLine,
    OverlappingHours,
    PersonalRules,
)
from reverse_match.policy.criteria import CommonTime, OwnData, Preferences, Similarity, Wants
from reverse_match.policy.policy import fields_of, functions_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.policy.policy import Policy
    from reverse_match.policy.values import PolicyData

READ_WITHOUT_BEING_NAMED: Mapping[type[PolicyData], tuple[str, ...]] = {
    Wants: ("wants",),
    Preferences: ("prefers",),
    PersonalRules: ("prefers",),
    CommonTime: ("available", "timezone"),
    HasCommonTime: ("available", "timezone"),
    OverlappingHours: ("timezone",),
    NotInReportingLine: ("manager_id",),
    Avoids: ("avoids",),
}
"""Fields that a kind of criterion or condition reads though no option of it names them."""

_ON_SITE = "on_site", "location", "timezone"
"""What is read in place of these fields where time on site is asked for."""


class DataUsed(NamedTuple):
    """The data of people that a policy uses."""

    fields: frozenset[str]
    """Fields of people; where ``age`` is among them, birth dates and years are read, too."""
    functions: frozenset[str]
    """Registered functions, which may read any field."""
    from_outside: tuple[str, ...]
    """Names of criteria whose scores or vectors come from outside of the people file."""

    @property
    def any_field(self) -> bool:
        """Whether people themselves say which fields count: those that they name in ``prefers``."""
        return "prefers" in self.fields


def data_used(policy: Policy) -> DataUsed:
    """Return the data of people that a policy uses.

    A criterion without weight changes no score, but its values stand beside every duo, so it counts, too.

    Examples
    --------
    >>> from reverse_match.policy.policy import Policy
    >>> sorted(data_used(Policy.preset("no-personal-traits")).fields)
    ['avoids', 'goals', 'manager_id', 'offers', 'seeks']
    """
    parts = [*policy.criteria, *policy.conditions]
    unnamed = {
        field
        for part in parts
        for kind, fields in READ_WITHOUT_BEING_NAMED.items()
        if isinstance(part, kind)
        for field in (_ON_SITE if getattr(part, "on_site", False) else fields)
    }
    # An embedder, where there is one, reads the column of that name.
    columns = {part.vectors for part in parts if isinstance(part, Similarity) and part.file is None}
    outside = tuple(part.name for part in policy.criteria if isinstance(part, OwnData))
    return DataUsed(
        frozenset(fields_of(policy) | unnamed | columns), frozenset(functions_of(policy)), outside
    )
