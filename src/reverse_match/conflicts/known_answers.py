"""What earlier answers already say about a question, with nothing solved anew.

Duos that were found for one question may keep what another asks; that is looked up in them. And a proof holds
for other bounds and other capacities, too: its prices bound every choice of the same pairs (weak duality), so
that only the sums of prices times bounds change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.quota_sums import UNBOUNDED, PairQuota
from reverse_match.solver.feasibility import Unkept
from reverse_match.solver.problem import Arcs
from reverse_match.solver.quota_prices import holds

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.conflicts.question import Question
    from reverse_match.quota_sums import Quota
    from reverse_match.solver.quota_prices import QuotaPrices

REMEMBERED = 30
"""So many of the last answers are looked at: more would take longer than they save."""


@dataclass(frozen=True)
class Duos:
    """Duos that keep what was asked, fixed ones among them."""

    rows: IntArray
    columns: IntArray


@dataclass(frozen=True)
class Clash:
    """No duos keep what was asked; ``of`` marks demands that are enough to see it."""

    of: BoolArray


@dataclass
class KnownAnswers:
    """Remembers answers.

    Attributes
    ----------
    duos : list of Duos
        That were found.
    proofs : list of (Question, Unkept)
        Why none could be.
    """

    duos: list[Duos] = field(default_factory=list)
    proofs: list[tuple[Question, Unkept]] = field(default_factory=list)

    def answer(self, question: Question) -> Duos | Unkept | None:
        """Return what is known about a question, ``None`` if nothing is."""
        for duos in reversed(self.duos[-REMEMBERED:]):
            if _keep(duos, question):
                return duos
        for asked, why in reversed(self.proofs[-REMEMBERED:]):
            bound = _bound(asked, why, question)
            if bound is not None and bound < 0:
                return Unkept(bound, why.prices, why.of_quotas)
        return None

    def learn(self, question: Question, answer: Duos | Unkept) -> None:
        """Remember an answer."""
        if isinstance(answer, Duos):
            self.duos.append(answer)
        elif answer.prices is not None:
            self.proofs.append((question, answer))


def _keep(duos: Duos, question: Question) -> bool:
    """Say whether some duos keep everything that is asked."""
    demanded, (rows, columns) = question.demanded, question.fixed
    width = demanded.shape[1]
    formed = np.isin(duos.rows * width + duos.columns, rows * width + columns)
    if formed.sum() < len(rows):
        return False
    here, there = duos.rows[~formed], duos.columns[~formed]
    for ends, capacity in zip((here, there), question.capacities, strict=True):
        if (np.bincount(ends, minlength=len(capacity)) > capacity).any():
            return False
    scores = demanded.model.at(here, there)
    if any(rule.among(here, there, scores).any() for rule in question.rules):
        return False
    return holds(question.quotas, Arcs(here, there, scores))


def _bound(asked: Question, why: Unkept, question: Question) -> int | None:
    """Return the bound that the prices of a proof give for another question; ``None`` if they give none."""
    if why.prices is None or why.of_quotas is None or not _same_pairs(asked, question):
        return None
    if not _bounded(question, why.of_quotas):
        return None
    bound = why.bound + why.of_quotas.most(question.quotas) - why.of_quotas.most(asked.quotas)
    for price, now, then in zip(
        (why.prices.rows, why.prices.columns), question.capacities, asked.capacities, strict=True
    ):
        if ((now > 0) & (then == 0)).any():  # pairs of people who were in none
            return None
        bound += int((price * (now - then)).sum())
    return bound


def _same_pairs(asked: Question, question: Question) -> bool:
    """Say whether another question is about the same pairs, or fewer, that count in the same sums."""
    if asked.sources != question.sources:
        return False
    for one, other in zip(asked.quotas, question.quotas, strict=True):
        if _counted(one) != _counted(other):
            return False
    same_fixed = all(
        np.array_equal(one, other) for one, other in zip(asked.fixed, question.fixed, strict=True)
    )
    return same_fixed and {id(rule) for rule in asked.rules} <= {id(rule) for rule in question.rules}


def _counted(quota: Quota) -> tuple[int, int]:
    """Return what pairs count in a quota."""
    return (quota.inside, quota.outside) if isinstance(quota, PairQuota) else (1, 0)


def _bounded(question: Question, prices: QuotaPrices) -> bool:
    """Say whether every bound with a price is there."""
    return not any(
        ((price > 0) & (quota.upper >= UNBOUNDED)).any() or ((price < 0) & (quota.lower <= -UNBOUNDED)).any()
        for price, quota in zip(prices.of_sums, question.quotas, strict=True)
    )
