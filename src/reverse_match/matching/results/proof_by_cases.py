"""A proof that no matching is better, by cases: as a certificate stores it.

A matching has at most so many of some pairs, or at least one more: that makes two cases of one, and so on.
Each case has prices that bound what a matching of it can be worth; where the bound is not above what was
reached, the case is closed. How to check it is told in ``docs/proof.md``.
"""

from __future__ import annotations

import operator
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from reverse_match.foundation.canonical_form import by_name
from reverse_match.foundation.records import PlainData
from reverse_match.policy.values import is_none

_WholeById: TypeAlias = Annotated[dict[str, int], AfterValidator(by_name)]


class CountedPairs(PlainData):
    """Pairs that are counted together: those of some mentors with some mentees, or that count in a quota."""

    mentors: tuple[str, ...] | None = Field(default=None, exclude_if=is_none)
    """Which mentors; all, if not given."""
    mentees: tuple[str, ...] | None = Field(default=None, exclude_if=is_none)
    """Which mentees; all, if not given."""
    quota: int | None = Field(default=None, exclude_if=is_none)
    """Only pairs that count in this quota, by its place in the policy, if given."""


class CasePrice(PlainData):
    """By how much a case lets duos pay more for a quota than the case above it."""

    quota: int
    """Place of the quota in the policy, from 0."""
    group: str | None = Field(default=None, exclude_if=is_none)
    """Of which group, where the quota is on each of some."""
    inside: int
    """How much more a duo that counts pays."""
    outside: int = Field(default=0, exclude_if=operator.not_)
    """How much more another duo pays."""


class CaseNode(PlainData):
    """A case: how its prices differ from those of the case above, and how it is split, if it is not closed.

    Prices are whole numbers of ten-thousandths of a unit (of a millionth; under ``fair`` of 1 / ``units``; in
    proofs of a number of duos, of 1 / 100,000).
    """

    counts: int | None = Field(default=None, exclude_if=is_none)
    """The place, in the list of counted pairs, of those by whose number it is split; not there if closed."""
    most: int | None = Field(default=None, exclude_if=is_none)
    """The first case below has at most so many of them, the second at least one more."""
    mentors: _WholeById = Field(default={}, exclude_if=operator.not_)
    """By how much prices of mentors differ."""
    mentees: _WholeById = Field(default={}, exclude_if=operator.not_)
    """By how much prices of mentees differ."""
    quotas: tuple[CasePrice, ...] = Field(default=(), exclude_if=operator.not_)
    """By how much what duos pay for quotas differs."""
    duo: int = Field(default=0, exclude_if=operator.not_)
    """By how much the price of a duo differs."""
    above: tuple[tuple[int, int], ...] = Field(default=(), exclude_if=operator.not_)
    """By how much the prices differ of what the cases above count: the depth of the case, from 0, and how
    much."""


class ProofByCases(PlainData):
    """All cases, and the pairs that are counted in them.

    The first case is of all matchings, and differs from the prices of the certificate (or of the proof of a
    number of duos) that has it.
    """

    counted: tuple[CountedPairs, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs that are counted together."""
    nodes: tuple[CaseNode, ...]
    """Each case before those below it, the first of them first."""
