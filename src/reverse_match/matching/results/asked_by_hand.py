"""What was asked by hand and still counts: replayed from the log of a matching, amendment by amendment.

What is asked later can take back what was asked earlier, and says so in the log. Who leaves takes nothing
back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from reverse_match.policy.added import people_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.matching.results.matching import Matching

Pair: TypeAlias = tuple[str, str]


class Asked(Protocol):
    """What an amendment asks: see :class:`.Amendment`."""

    @property
    def fixed(self) -> tuple[Pair, ...]:
        """Duos that must be."""
        ...

    @property
    def forbidden(self) -> tuple[Pair, ...]:
        """People who must be no duo."""
        ...

    @property
    def lifted(self) -> tuple[Pair, ...]:
        """People who may be one again."""
        ...

    @property
    def avoided(self) -> tuple[Pair, ...]:
        """Who avoids whom by a record that goes."""
        ...


@dataclass(frozen=True)
class ByHand:
    """What was asked by hand and still counts: sorted pairs.

    Attributes
    ----------
    fixed, forbidden : tuple of pairs
        In this round.
    before : tuple of pairs
        Forbidden in earlier rounds.
    avoided : tuple of pairs
        Who avoids whom by a record that was taken away or replaced.
    """

    fixed: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    before: tuple[Pair, ...] = ()
    avoided: tuple[Pair, ...] = ()

    @classmethod
    def of(cls, matching: Matching) -> ByHand:
        """Return what counts after the rotation and all amendments of a matching."""
        rotation = matching.rotation
        asked = cls() if rotation is None else cls(before=rotation.forbidden, avoided=rotation.avoided)
        for amendment in matching.log:
            asked = asked.after(amendment)
        return asked

    def after(self, asked: Asked) -> ByHand:
        """Return what counts when more is asked: it takes back what contradicts it, and what it lifts."""
        banned, lifted = (set(map(people_of, pairs)) for pairs in (asked.forbidden, asked.lifted))
        return ByHand(
            fixed=_together(_without(self.fixed, banned | lifted), asked.fixed),
            forbidden=_together(_without(self.forbidden, lifted), asked.forbidden),
            before=_without(self.before, lifted),
            avoided=_without(_together(self.avoided, asked.avoided), lifted),
        )

    def lifted_by(self, fixed: Iterable[Pair], allowed: Iterable[Pair]) -> tuple[Pair, ...]:
        """Return what counts no more when some duos are asked for, and some people are allowed to meet.

        Who asks for a duo takes back that somebody forbade it, and not that one of the two avoids the other.

        Examples
        --------
        >>> ByHand(forbidden=(("a", "b"),), avoided=(("c", "d"),)).lifted_by([("b", "a"), ("c", "d")], [])
        (('a', 'b'),)
        """
        wanted, free = set(map(people_of, fixed)), set(map(people_of, allowed))
        by_hand = [pair for pair in (*self.forbidden, *self.before) if people_of(pair) in wanted | free]
        return _together(by_hand, [pair for pair in self.avoided if people_of(pair) in free])


def _together(pairs: Iterable[Pair], others: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted({*pairs, *others}))


def _without(pairs: Iterable[Pair], contradicted: set[frozenset[str]]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if people_of(pair) not in contradicted)


def lifted_in(matching: Matching) -> tuple[Pair, ...]:
    """Return who may meet again since this round: allowed by hand in it, or fixed by its policy."""
    policy = () if matching.rotation is None else matching.rotation.lifted
    return _together(policy, (pair for amendment in matching.log for pair in amendment.lifted))
