"""What a matching holds, as seen by what only shows it: pictures and the report.

A matching offers its report itself (:meth:`.Matching.report`), so what makes the report stands before
:mod:`reverse_match.matching` and cannot name its classes. It names what it reads of them; that a
:class:`.Matching` has all of it, the type checker sees where the matching hands itself over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reverse_match.plural import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.amendment import Amendment
    from reverse_match.left_out import Shortage, Unmatched
    from reverse_match.policy import Policy
    from reverse_match.rotation import Rotation
    from reverse_match.scoring.evidence import NameMatch


class DuoFacts(Protocol):
    """What is read of a :class:`.Duo`."""

    @property
    def mentor(self) -> str: ...  # noqa: D102 - described where they are defined
    @property
    def mentee(self) -> str: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def contributions(self) -> Mapping[str, float]: ...  # noqa: D102
    @property
    def missing(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def name_matches(self) -> Sequence[NameMatch]: ...  # noqa: D102
    @property
    def fixed(self) -> bool: ...  # noqa: D102
    @property
    def credits(self) -> Mapping[str, float]: ...  # noqa: D102


class QuotaFacts(Protocol):
    """What is read of a :class:`.QuotaResult`."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def reached(self) -> float | None: ...  # noqa: D102
    @property
    def lowest(self) -> int | None: ...  # noqa: D102
    @property
    def highest(self) -> int | None: ...  # noqa: D102


class CriterionFacts(Protocol):
    """What is read of a :class:`.CriterionSummary`."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def weight(self) -> float: ...  # noqa: D102
    @property
    def neutral(self) -> float | None: ...  # noqa: D102
    @property
    def known_pairs(self) -> int: ...  # noqa: D102


class QuotaPriceFacts(Protocol):
    """What is read of a :class:`.QuotaPrice`."""

    @property
    def quota(self) -> int: ...  # noqa: D102


class CertificateFacts(Protocol):
    """What is read of a :class:`.Certificate`."""

    @property
    def duos(self) -> int: ...  # noqa: D102
    @property
    def duos_bound(self) -> int: ...  # noqa: D102
    @property
    def total(self) -> float: ...  # noqa: D102
    @property
    def bound(self) -> float: ...  # noqa: D102
    @property
    def gap(self) -> float: ...  # noqa: D102
    @property
    def proved(self) -> bool: ...  # noqa: D102
    @property
    def pairs_checked(self) -> int: ...  # noqa: D102
    @property
    def duo_price(self) -> float: ...  # noqa: D102
    @property
    def equal_optima(self) -> bool | None: ...  # noqa: D102
    @property
    def units(self) -> int | None: ...  # noqa: D102
    @property
    def worst(self) -> float | None: ...  # noqa: D102
    @property
    def worst_bound(self) -> float | None: ...  # noqa: D102
    @property
    def quota_prices(self) -> Sequence[QuotaPriceFacts] | None: ...  # noqa: D102
    @property
    def relaxed_bound(self) -> float | None: ...  # noqa: D102
    @property
    def searched_pairs(self) -> int | None: ...  # noqa: D102


class DigestFacts(Protocol):
    """What is read of :class:`.Digests`."""

    @property
    def file(self) -> str | None: ...  # noqa: D102
    @property
    def cohort(self) -> str: ...  # noqa: D102
    @property
    def policy(self) -> str: ...  # noqa: D102


class MatchingFacts(Protocol):
    """What is read of a :class:`.Matching`."""

    @property
    def library_version(self) -> str: ...  # noqa: D102
    @property
    def duos(self) -> Sequence[DuoFacts]: ...  # noqa: D102
    @property
    def unmatched(self) -> Sequence[Unmatched]: ...  # noqa: D102
    @property
    def shortages(self) -> Sequence[Shortage]: ...  # noqa: D102
    @property
    def total(self) -> float: ...  # noqa: D102
    @property
    def quotas(self) -> Sequence[QuotaFacts]: ...  # noqa: D102
    @property
    def criteria(self) -> Sequence[CriterionFacts]: ...  # noqa: D102
    @property
    def certificate(self) -> CertificateFacts: ...  # noqa: D102
    @property
    def policy(self) -> Policy: ...  # noqa: D102
    @property
    def policy_in_force(self) -> Policy: ...  # noqa: D102
    @property
    def as_of(self) -> date | None: ...  # noqa: D102
    @property
    def digests(self) -> DigestFacts: ...  # noqa: D102
    @property
    def log(self) -> Sequence[Amendment]: ...  # noqa: D102
    @property
    def rotation(self) -> Rotation | None: ...  # noqa: D102
    @property
    def sha256(self) -> str: ...  # noqa: D102


def without_duo(matching: MatchingFacts) -> list[str]:
    """Return the ids of everybody who has no duo in any role, sorted: people, and not roles or places."""
    have = {duo.mentor for duo in matching.duos} | {duo.mentee for duo in matching.duos}
    return sorted({left.id for left in matching.unmatched} - have)


def left_out_in_words(matching: MatchingFacts) -> str:
    """Return how many people have no duo, and how many who are both have one in only one of their roles."""
    alone = without_duo(matching)
    half = len({left.id for left in matching.unmatched} - set(alone))
    told = f"{counted(len(alone), 'person', 'people')} without a duo"
    return f"{told}, {half:,} with one in only one of two roles" if half else told


def all_allowed_pairs(number: int) -> str:
    """Return how many pairs a proof has looked at.

    Examples
    --------
    >>> all_allowed_pairs(815), all_allowed_pairs(1)
    ('all 815 allowed pairs', 'the only allowed pair')
    """
    return "the only allowed pair" if number == 1 else f"all {number:,} allowed pairs"
