"""What a language has to say about demands that cannot hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.policy.values import Role


class DemandInWords(NamedTuple):
    """A demand, to be said."""

    kind: str
    name: str
    counted: str
    measure: str | None
    limit: str | None
    bound: int | float | None
    groups: tuple[str, ...]
    duos: tuple[tuple[str, str], ...]
    role: Role | None
    ids: tuple[str, ...]


class RelaxationInWords(NamedTuple):
    """A change that would do, to be said."""

    kind: str
    name: str
    counted: str
    measure: str | None
    limit: str | None
    bound: int | float | None
    instead_of: int | float | None
    duo: tuple[str, str] | None
    role: Role | None
    id: str | None


class ConflictLanguage(Protocol):
    """The phrases of one language; each returns a whole sentence."""

    def conflict(self, demands: Sequence[DemandInWords], *, leaves_no_duo: bool = False) -> str:
        """Say what cannot hold together, or what leaves no duo at all."""
        ...

    def fixed_and_forbidden(self, mentor: str, mentee: str, rule: str) -> str:
        """Say that a duo is fixed and forbidden."""
        ...

    def too_many_fixed(self, person: str, role: Role, duos: int, capacity: int) -> str:
        """Say that somebody has more fixed duos than capacity."""
        ...

    def relaxation(self, change: RelaxationInWords) -> str:
        """Say what would do."""
        ...

    def nobody_has(self, quota: str, path: str, value: str, nearest: str | None) -> str:
        """Say that nobody has a value, and which one is near."""
        ...

    def heading(self) -> str:
        """Say that no matching is possible, before what cannot hold together."""
        ...

    def would_do(self) -> str:
        """Announce what would do."""
        ...
