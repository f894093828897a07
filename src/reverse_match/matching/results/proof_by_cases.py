"""The proof tree of a branch and bound search, as a certificate stores it.

A case is split by a count of some pairs: a matching has at most k of them, or at least k + 1. So each open
case has two cases below it. Every case has prices, which bound the worth of its matchings. A case is closed
if its bound is not above the worth that was reached. ``docs/proof.md`` says how to check the tree. The method
is branch and bound (A. H. Land and A. G. Doig, "An automatic method of solving discrete programming
problems", 1960).
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
    """Pairs whose number splits a case: those of some mentors with some mentees, or those in a quota."""

    mentors: tuple[str, ...] | None = Field(default=None, exclude_if=is_none)
    """Ids of the mentors; all mentors if not given."""
    mentees: tuple[str, ...] | None = Field(default=None, exclude_if=is_none)
    """Ids of the mentees; all mentees if not given."""
    quota: int | None = Field(default=None, exclude_if=is_none)
    """Index of a quota in the policy, from 0; if given, only pairs that count in it are counted."""


class CasePrice(PlainData):
    """Differences of payments for a quota between a case and the case above it."""

    quota: int
    """Index of the quota in the policy, from 0."""
    group: str | None = Field(default=None, exclude_if=is_none)
    """Name of the group, if the quota bounds each of several groups."""
    inside: int
    """Increase of the payment of a duo that counts in the quota."""
    outside: int = Field(default=0, exclude_if=operator.not_)
    """Increase of the payment of a duo that does not count."""


class CaseNode(PlainData):
    """A case: the differences of its prices from those of the case above, and its split, if it is not closed.

    Prices are whole numbers of ten-thousandths of a unit. A unit is a millionth; under ``fair`` it is
    1 / ``units``, and in proofs of a number of duos 1 / 100,000.
    """

    counts: int | None = Field(default=None, exclude_if=is_none)
    """Index, in ``counted``, of the pairs whose number splits the case; absent if the case is closed."""
    most: int | None = Field(default=None, exclude_if=is_none)
    """Number k of the split: the first case below has at most k of these pairs, the second at least k + 1."""
    mentors: _WholeById = Field(default={}, exclude_if=operator.not_)
    """Differences of the prices of mentors, by id."""
    mentees: _WholeById = Field(default={}, exclude_if=operator.not_)
    """Differences of the prices of mentees, by id."""
    quotas: tuple[CasePrice, ...] = Field(default=(), exclude_if=operator.not_)
    """Differences of the payments for quotas."""
    duo: int = Field(default=0, exclude_if=operator.not_)
    """Difference of the cardinality dual."""
    above: tuple[tuple[int, int], ...] = Field(default=(), exclude_if=operator.not_)
    """Differences of the prices of the splits above: pairs of the depth of the case that was split, from 0,
    and the difference."""


class ProofByCases(PlainData):
    """A proof tree: all cases, and the pairs whose numbers split them.

    The first case is that of all matchings. Its prices are given as differences from those of the
    certificate, or of the proof of a number of duos, in which the tree stands.
    """

    counted: tuple[CountedPairs, ...] = Field(default=(), exclude_if=operator.not_)
    """Sets of pairs whose numbers split cases."""
    nodes: tuple[CaseNode, ...]
    """The cases in preorder: each case, then its first case below with all below that, then its second."""
