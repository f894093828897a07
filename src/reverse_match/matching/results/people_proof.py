"""The proof that a matching is fair to people, as a certificate stores it.

A case is split by the number of duos of a mentor or of a mentee, or by a single pair: a matching has at most
k, or at least k + 1. Every case that is not split has prices, which bound the worth of its matchings.
``docs/proof.md`` says how to check them.
"""

from __future__ import annotations

import operator
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from reverse_match.foundation.canonical_form import by_name
from reverse_match.foundation.records import PlainData
from reverse_match.matching.results.proof_by_cases import CasePrice
from reverse_match.policy.values import is_none

_WholeById: TypeAlias = Annotated[dict[str, int], AfterValidator(by_name)]


class MadeUp(PlainData):
    """A duo that lacks something for one of its people, and a price of what their other duos make up."""

    person: str
    """Id of the person."""
    mentor: str
    """Id of the mentor of the duo."""
    mentee: str
    """Id of the mentee of the duo."""
    price: int
    """Price of a point."""


class PeopleCase(PlainData):
    """A case: its split, or the prices that close it, in whole parts.

    A point of a mean, a sum or a total has 10^10 parts, and so has a duo; a full utility has 10^13.
    """

    mentor: str | None = Field(default=None, exclude_if=is_none)
    """Id of the mentor whose number of duos splits the case; with ``mentee``, the pair that does."""
    mentee: str | None = Field(default=None, exclude_if=is_none)
    """Id of the mentee whose number of duos splits the case; with ``mentor``, the pair that does."""
    most: int | None = Field(default=None, exclude_if=is_none)
    """Number k of the split: the first case below has at most k, the second at least k + 1; absent if the
    case is closed."""
    mentors: _WholeById = Field(default={}, exclude_if=operator.not_)
    """Prices of a duo of each mentor, by id; 0 where not given."""
    mentees: _WholeById = Field(default={}, exclude_if=operator.not_)
    """Prices of a duo of each mentee, by id; 0 where not given."""
    people: _WholeById = Field(default={}, exclude_if=operator.not_)
    """Prices of a point of the sum of each person's scores, by id; 0 where not given."""
    quotas: tuple[CasePrice, ...] = Field(default=(), exclude_if=operator.not_)
    """Payments for quotas."""
    duo: int = Field(default=0, exclude_if=operator.not_)
    """Amount that every duo gets in addition to its worth."""
    made_up: tuple[MadeUp, ...] = Field(default=(), exclude_if=operator.not_)
    """Prices of what duos make up for others of the same person."""


class PeopleProof(PlainData):
    """What people have in a matching, and the proof that it cannot be fairer to them.

    The proofs are of matchings with as many duos that keep the quotas.
    """

    lowest: float | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: the lowest mean (rounded down to a millionth), or sum, of scores of somebody
    with a free duo."""
    lowest_bound: float | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: upper bound on the lowest mean or sum."""
    lowest_cases: tuple[PeopleCase, ...] | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: proof that no matching reaches a millionth more than ``lowest_bound``."""
    utility: float | None = Field(default=None, exclude_if=is_none)
    """Under ``fair``: sum of the utilities of people, and of credits, rounded down to a whole unit of
    10^-8."""
    utility_bound: float | None = Field(default=None, exclude_if=is_none)
    """Under ``fair``: upper bound on that sum."""
    proved: bool
    """Whether it is proved that no matching has fewer lacking duos, or as few and a higher total (under
    ``fair``, utility), of those that reach ``lowest``."""
    lacking_cases: tuple[PeopleCase, ...] | None = Field(default=None, exclude_if=is_none)
    """If the policy asks for something as far as possible and it is proved: proof that no matching has fewer
    lacking duos."""
    cases: tuple[PeopleCase, ...] | None = Field(default=None, exclude_if=is_none)
    """Proof that none with so few has a higher total or utility; if it is not ``proved``, under ``fair``, the
    proof of ``utility_bound`` alone."""
