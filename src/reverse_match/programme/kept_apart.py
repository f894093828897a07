"""Whom rounds keep apart: what somebody forbade by hand in one holds until it is lifted in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from reverse_match.policy.added import people_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.policy.values import Pair


class RoundRecord(Protocol):
    """What an entry says of a round; see :class:`.PastRound`."""

    @property
    def number(self) -> int:
        """Counted from 1."""
        ...

    @property
    def forbidden(self) -> tuple[Pair, ...]:
        """Whom somebody has forbidden to each other."""
        ...

    @property
    def avoided(self) -> tuple[Pair, ...]:
        """Who avoids whom by a record that is gone."""
        ...

    @property
    def lifted(self) -> tuple[Pair, ...]:
        """Who may meet again since this round."""
        ...


def pairs_kept_apart(rounds: Iterable[RoundRecord], what: Literal["forbidden", "avoided"]) -> dict[Pair, int]:
    """Return the pairs that are kept apart after some rounds, each with the round since which it counts.

    A round first lifts pairs of the rounds before it; then its own pairs count.
    """
    found: dict[Pair, int] = {}
    for one in rounds:
        lifted = set(map(people_of, one.lifted))
        said = one.forbidden if what == "forbidden" else one.avoided
        still = {pair: number for pair, number in found.items() if people_of(pair) not in lifted}
        found = {**dict.fromkeys(said, one.number), **still}
    return found
