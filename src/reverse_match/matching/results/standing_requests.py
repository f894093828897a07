"""Standing requests: those made by hand that still count, by replaying the log of a matching.

A later request can take back an earlier one; the log then lists the lifted pair. Requests about a person stay
when the person leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reverse_match.policy.added import people_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.matching.results.matching import Matching

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class StandingRequests:
    """The requests by hand that still count, as sorted pairs of ids.

    Attributes
    ----------
    fixed, forbidden : tuple of pairs
        Duos requested or kept by decision, and pairs forbidden, in this round.
    before : tuple of pairs
        Pairs forbidden in earlier rounds, or ended by decision.
    avoided : tuple of pairs
        Pairs of which the first avoids the second, by a record that was removed or replaced.
    """

    fixed: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    before: tuple[Pair, ...] = ()
    avoided: tuple[Pair, ...] = ()

    @classmethod
    def of(cls, matching: Matching) -> StandingRequests:
        """Return the requests that count after the rotation and all amendments of a matching."""
        rotation = matching.rotation
        requests = cls()
        if rotation is not None:
            requests = cls(fixed=rotation.fixed, before=rotation.forbidden, avoided=rotation.avoided)
        for amendment in matching.log:
            asked = StandingRequests(amendment.fixed, amendment.forbidden, avoided=amendment.avoided)
            requests = requests.after(asked, amendment.lifted)
        return requests

    def after(self, later: StandingRequests, lifted: Iterable[Pair]) -> StandingRequests:
        """Return the requests that count after later ones: without those contradicted or lifted."""
        banned, free = (set(map(people_of, pairs)) for pairs in (later.forbidden, lifted))
        return StandingRequests(
            fixed=_union(_without(self.fixed, banned | free), later.fixed),
            forbidden=_union(_without(self.forbidden, free), later.forbidden),
            before=_without(self.before, free),
            avoided=_without(_union(self.avoided, later.avoided), free),
        )

    def pairs_lifted_by(self, fixed: Iterable[Pair], allowed: Iterable[Pair]) -> tuple[Pair, ...]:
        """Return the pairs that an amendment lifts by requesting some duos and allowing some pairs.

        A request for a duo lifts an earlier request that forbade the pair. It does not lift that one of the
        two avoids the other; only allowing the pair does. So it lifts nothing where both stand: the duo stays
        impossible, and what is lifted holds for a pair as a whole.

        Examples
        --------
        >>> requests = StandingRequests(forbidden=(("a", "b"),), avoided=(("c", "d"),))
        >>> requests.pairs_lifted_by([("b", "a"), ("c", "d")], [])
        (('a', 'b'),)
        """
        free = set(map(people_of, allowed))
        wanted = set(map(people_of, fixed)) - set(map(people_of, self.avoided))
        by_hand = [pair for pair in (*self.forbidden, *self.before) if people_of(pair) in wanted | free]
        return _union(by_hand, [pair for pair in self.avoided if people_of(pair) in free])


def _union(pairs: Iterable[Pair], others: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted({*pairs, *others}))


def _without(pairs: Iterable[Pair], contradicted: set[frozenset[str]]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if people_of(pair) not in contradicted)


def pairs_lifted_in(matching: Matching) -> tuple[Pair, ...]:
    """Return the pairs that this round lifts: by amendments, or since its policy fixes them."""
    policy = () if matching.rotation is None else matching.rotation.lifted
    return _union(policy, (pair for amendment in matching.log for pair in amendment.lifted))
