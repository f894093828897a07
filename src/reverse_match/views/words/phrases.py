"""What a language has to say. A record tells its facts in order; a language puts each into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.policy.values import Role
    from reverse_match.scoring.name_matches import NameMatch

MOST_LISTED = 6
"""Of a long list a sentence names so many, and says how many more there are; the data has all."""


class PairInWords(NamedTuple):
    """Two people and a score, to be said."""

    mentor: str
    mentee: str
    score: float


class PartnerInWords(NamedTuple):
    """Somebody and the score with them, to be said."""

    id: str
    score: float


class Price(NamedTuple):
    """What the programme would lose, to be said."""

    points: float
    duos: int


class Language(Protocol):
    """The phrases of one language; each returns a whole sentence."""

    def pair(self, pair: PairInWords, points: Mapping[str, float], *, formed: bool) -> str:
        """Say whether two people are a duo, what they score, and of which criteria it is made."""
        ...

    def partner(self, person: str, role: Role, partner: PartnerInWords, points: Mapping[str, float]) -> str:
        """Say who could be with somebody, and what they would score."""
        ...

    def fixed(self) -> str:
        """Say that the policy demands the duo."""
        ...

    def not_known(self, criteria: Sequence[str]) -> str:
        """Say for which criteria the neutral value counts."""
        ...

    def credited(self, points: Mapping[str, float]) -> str:
        """Say how many points a duo counts beside its score, and which credits give them."""
        ...

    def credits_lost(self, points: float) -> str:
        """Say how many points of credits the programme would lose beside scores."""
        ...

    def shared_names(self, names: Sequence[NameMatch]) -> str:
        """Say which skills and goals match."""
        ...

    def ruled_out(self, rules: Sequence[str]) -> str:
        """Say what forbids a pair."""
        ...

    def partners_now(self, person: str, role: Role, partners: Sequence[PartnerInWords]) -> str:
        """Say with whom somebody is."""
        ...

    def forcing(self, price: Price, waived: int) -> str:
        """Say what forcing a duo would cost, if so many rules were waived for the two."""
        ...

    def cannot_force(self, quotas: Sequence[str]) -> str:
        """Say that no waiver would help: because of some quotas, or of places and people."""
        ...

    def cannot_forbid(self, quotas: Sequence[str]) -> str:
        """Say that quotas cannot be kept without a duo."""
        ...

    def fixed_the_other_way(self) -> str:
        """Say that a duo cannot be forbidden, since the two are a fixed duo in each other's role."""
        ...

    def quotas_in_the_way(self, quotas: Sequence[str]) -> str:
        """Say which quotas stand against a duo."""
        ...

    def worst_then(self, score: float) -> str:
        """Say what the worst duo would score then."""
        ...

    def forbidding(self, price: Price, *, waived: bool) -> str:
        """Say what forbidding a duo would cost, if the policy did not demand it."""
        ...

    def ending(self, duos: Sequence[PairInWords], *, others: bool) -> str:
        """Say which duos would end, beside the one that was spoken of or not."""
        ...

    def beginning(self, duos: Sequence[PairInWords], *, others: bool) -> str:
        """Say which duos would be new, beside the one that was spoken of or not."""
        ...

    def costs(self, price: Price) -> str:
        """Say what a duo would cost the programme."""
        ...

    def nobody_else(self, person: str) -> str:
        """Say that there is no other partner for somebody."""
        ...

    def sits_out(self, person: str, role: Role) -> str:
        """Say that somebody has capacity 0."""
        ...

    def no_allowed_partner(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Say which rules leave somebody without any possible partner."""
        ...

    def below_minimum(self, person: str, role: Role, rules: Mapping[str, int]) -> str:
        """Say that only a minimum score stands against every possible partner."""
        ...

    def partners_taken(self, person: str, role: Role, allowed: int) -> str:
        """Say that all possible partners are with others."""
        ...

    def quota_full(self, person: str, role: Role, allowed: int, quotas: Sequence[str]) -> str:
        """Say that quotas leave no room for a duo of somebody."""
        ...

    def next_to(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Say who would have been nearest, with whom they are, and what the duo would cost at least."""
        ...

    def nearest(self, partner: str, taken_by: Sequence[str], by: float | None) -> str:
        """Say who would have been nearest, with whom they are, and by how much they are worth more there."""
        ...

    def shortage(self, role: Role, people: int, wanted: int, partners: int, places: int) -> str:
        """Say that people compete for too few partners."""
        ...

    def competing(self, people: Sequence[str]) -> str:
        """Name those who compete."""
        ...

    def sits_out_rounds(
        self, person: str, role: Role, rounds: Sequence[int], reason: str, partners: int
    ) -> str:
        """Say in which rounds of a plan somebody has no duo, and why."""
        ...
